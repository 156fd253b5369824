"""What becomes of a document, case by case, without a store."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.decision import Decision, decide
from bot.articles.known_article import Exclusion, HiddenVersion, KnownArticle
from bot.articles.recognition import Authority
from bot.model import Article, Document

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def a_document(text: str = "The port is shut.", **known: object) -> Document:
    return Document(**{"origin": "https://post.example/feed", "text": text} | known)


def shown(document: Document, **how: object) -> KnownArticle:
    """How an article stands that is shown as a document says, and known by its guid."""
    article = Article(id="a1", **asdict(document))
    values = {"matched_by": "guid", "article": article, "latest_number": 1}
    return KnownArticle(article_id="a1", **values | how)


def hidden(document: Document, state: str, **how: object) -> KnownArticle:
    version = HiddenVersion(
        number=1, state=state, document=document, arrival="single", reason="because"
    )
    values = {
        "matched_by": "guid",
        "latest_number": 1,
        "hidden_text_digests": frozenset({document.text_sha}),
    }
    return KnownArticle(article_id="a1", hidden=version, **values | how)


def decided(document: Document, on_file: KnownArticle, *, again: bool = False) -> Decision:
    return decide(document, on_file, now=NOON, is_reingest=again)


def test_a_document_that_nobody_knows_is_shown_as_version_1() -> None:
    decision = decided(a_document(title="T"), KnownArticle(article_id="a1"))
    assert decision.status == "new"
    assert decision.article == Article(id="a1", **asdict(a_document(title="T")))


def test_a_repeated_document_changes_nothing() -> None:
    document = a_document(title="T", revision=3, modified_at=NOON)
    decision = decided(document, shown(document))
    assert (decision.status, decision.article, decision.history) == ("unchanged", None, None)


def test_new_keys_of_unchanged_documents_are_stored() -> None:
    document = a_document()
    decision = decided(document, shown(document, new_keys=frozenset({"k"})))
    assert decision.history is not None
    assert (decision.history.keys, decision.history.document) == ({"k"}, None)


@pytest.mark.parametrize("matched_by", ["guid", "url"])
def test_a_publisher_changes_but_never_removes_metadata(matched_by: str) -> None:
    there = a_document(title="Old", byline="A. Brook", origin="elsewhere")
    decision = decided(a_document(title="New"), shown(there, matched_by=matched_by))
    assert decision.status == "updated"
    assert decision.article is not None
    assert (decision.article.title, decision.article.byline) == ("New", "A. Brook")
    assert decision.article.version == 1


def test_only_a_file_may_remove_metadata() -> None:
    decision = decided(a_document(origin="a.txt"), shown(a_document(title="Old", origin="a.txt")))
    assert decision.article is not None
    assert decision.article.title is None
    for matched_by in ("guid", "text"):
        there = shown(a_document(title="Old", revision=3), matched_by=matched_by)
        assert decided(a_document(), there).status == "unchanged"


def test_from_elsewhere_a_document_can_only_add() -> None:
    there = a_document(title="Old", origin="elsewhere")
    same = decided(a_document(title="New"), shown(there, matched_by="text"))
    more = decided(a_document(title="New", byline="B"), shown(there, matched_by="text"))
    assert same.status == "unchanged"
    assert more.article is not None
    assert (more.article.title, more.article.byline) == ("Old", "B")


@pytest.mark.parametrize(
    "how",
    [
        {"text": "The port is open.", "revision": 9},
        {"text": "", "status": "canceled"},
        {"status": "withheld"},
        {"embargo": NOON + HOUR},
        {"guid": "g", "url": "u", "revision": 9, "modified_at": NOON, "note": "n", "sample": True},
        {"published": "2026-11-04", "published_on": NOON.date(), "published_at": NOON},
    ],
)
def test_a_document_without_authority_changes_nothing(how: dict) -> None:
    there = shown(a_document(title="Old", published="2026-11-03"), authority=Authority.ADDS_ONLY)
    decision = decided(a_document(**how), there)
    assert (decision.status, decision.article, decision.history) == ("unchanged", None, None)


def test_a_document_without_authority_cannot_release_hidden_articles() -> None:
    for state in ("withheld", "withdrawn"):
        there = hidden(a_document(), state, authority=Authority.ADDS_ONLY)
        for document in (a_document("New."), a_document("", status="canceled")):
            decision = decided(document, there)
            assert (decision.status, decision.article, decision.history) == (state, None, None)
    again = decided(
        a_document("New."),
        hidden(a_document(), "withdrawn", authority=Authority.ADDS_ONLY),
        again=True,
    )
    assert (again.status, again.reinstates) == ("new", True)


def test_the_rightful_source_ignores_foreign_version_numbers() -> None:
    there = shown(a_document("Forged.", revision=9, guid="x"), authority=Authority.TAKES_OVER)
    for document in (a_document(revision=1, guid="g"), a_document("It is", excerpt=True, guid="g")):
        decision = decided(
            document, replace(there, hidden_text_digests=frozenset({document.text_sha}))
        )
        assert decision.article is not None
        assert (decision.article.text, decision.article.guid) == (document.text, "g")
        assert decision.article.revision == document.revision


def test_two_feeds_do_not_change_an_articles_guid_in_turns() -> None:
    there = a_document(guid="one", origin="elsewhere")
    decision = decided(a_document(guid="two"), shown(there, matched_by="url"))
    assert decision.status == "unchanged"


def test_another_text_is_a_new_version_with_inherited_metadata() -> None:
    there = a_document(byline="A. Brook", note="first", revision=1, guid="g")
    new = a_document("The port is open.", guid="g", revision=2)
    decision = decided(new, shown(there, latest_number=4))
    assert decision.status == "updated"
    assert decision.article is not None
    assert (decision.article.text, decision.article.version) == ("The port is open.", 5)
    assert (decision.article.byline, decision.article.note) == ("A. Brook", None)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"revision": 1}, {"revision": 2}),
        ({"modified_at": NOON - HOUR}, {"modified_at": NOON}),
        ({"revision": 2, "modified_at": NOON - HOUR}, {"revision": 2, "modified_at": NOON}),
        ({"revision": 1, "modified_at": NOON}, {"revision": 2, "modified_at": NOON - HOUR}),
    ],
)
def test_a_late_version_only_enters_the_history(earlier: dict, later: dict) -> None:
    late = a_document("Old text.", **earlier)
    decision = decided(late, shown(a_document(**later)))
    assert (decision.status, decision.article) == ("unchanged", None)
    assert decision.history is not None
    assert (decision.history.document, decision.history.state, decision.history.demoted_to) == (
        late, "earlier", None,
    )  # fmt: skip
    kept_once = shown(a_document(**later), hidden_text_digests=frozenset({late.text_sha}))
    assert decided(late, kept_once).history is None


def test_a_reposted_earlier_text_is_not_a_new_version() -> None:
    old = a_document("Old text.")
    there = shown(a_document(modified_at=NOON), hidden_text_digests=frozenset({old.text_sha}))
    assert decided(old, there).status == "unchanged"
    assert decided(replace(old, modified_at=NOON + HOUR), there).status == "updated"


def test_a_file_may_be_changed_back() -> None:
    old = a_document("Old text.", origin="a.txt")
    texts = frozenset({old.text_sha})
    assert (
        decided(old, shown(a_document(origin="a.txt"), hidden_text_digests=texts)).status
        == "updated"
    )
    assert (
        decided(old, shown(a_document(origin="b.txt"), hidden_text_digests=texts)).status
        == "unchanged"
    )


def test_an_excerpt_does_not_take_the_place_of_the_whole() -> None:
    excerpt = a_document("The port…", excerpt=True, modified_at=NOON)
    assert decided(excerpt, shown(a_document())).status == "unchanged"
    whole = decided(a_document(), shown(excerpt, latest_number=2))
    assert (whole.status, whole.article and whole.article.version) == ("updated", 1)
    longer = replace(excerpt, text="The port is…")
    corrected = decided(longer, shown(excerpt))
    assert (corrected.status, corrected.article and corrected.article.version) == ("updated", 2)


def test_a_kill_takes_back_what_is_shown_or_withheld() -> None:
    kill = a_document("", status="canceled", note="wrong man", revision=1)
    for on_file in (shown(a_document(revision=9)), hidden(a_document(), "withheld")):
        decision = decided(kill, on_file)
        assert decision.status == "withdrawn"
        assert decision.history is not None
        assert decision.history.demoted_to == "withdrawn"
        assert decision.reason == decision.history.reason == "killed by its publisher: wrong man"


def test_a_kill_of_another_sources_article_is_stored() -> None:
    kill = a_document("Kill!", status="canceled", origin="https://own.example/")
    for on_file in (shown(a_document()), hidden(a_document(), "withheld")):
        decision = decided(kill, replace(on_file, authority=Authority.TAKES_OVER))
        assert decision.history is not None
        assert decision.history.document == replace(kill, text="")
        assert (decision.history.state, decision.history.demoted_to) == ("withdrawn", "withdrawn")


def test_an_early_kill_is_stored_without_its_text() -> None:
    decision = decided(a_document("Kill!", status="canceled"), KnownArticle(article_id="a1"))
    assert decision.history is not None
    assert decision.history.document is not None
    assert (decision.history.document.text, decision.history.state) == ("", "withdrawn")


def test_what_was_withdrawn_stays_out_whatever_its_version() -> None:
    on_file = hidden(a_document(), "withdrawn")
    newer = a_document("New text.", revision=99)
    decision = decided(newer, on_file)
    assert (decision.status, decision.reason, decision.article) == ("withdrawn", "because", None)
    assert decision.history is not None
    assert (decision.history.document, decision.history.state) == (newer, "withdrawn")
    assert decided(a_document(), on_file).history is None  # that text is known already
    back = decided(newer, on_file, again=True)
    assert (back.status, back.reinstates) == ("new", True)
    assert back.article is not None
    assert back.article.version == 2
    as_it_was = decided(a_document(), on_file, again=True)
    assert as_it_was.article is not None
    assert as_it_was.article.version == 1


@pytest.mark.parametrize(
    ("known", "release_at"),
    [
        ({"embargo": NOON + HOUR}, NOON + HOUR),
        ({"embargo": NOON + HOUR, "status": "withheld"}, NOON + HOUR),
        ({"status": "withheld"}, None),
    ],
)
def test_withholding_hides_the_shown_version(known: dict, release_at: datetime | None) -> None:
    document = a_document("New text.", **known)
    for on_file in (KnownArticle(article_id="a1"), shown(a_document())):
        for again in (False, True):
            decision = decided(document, on_file, again=again)
            assert (decision.status, decision.article) == ("withheld", None)
            assert decision.history is not None
            assert (decision.history.state, decision.history.release_at) == ("withheld", release_at)
            assert bool(decision.history.demoted_to) == (on_file.article is not None)


def test_an_embargo_ends_at_its_hour() -> None:
    for embargo, status in ((NOON, "new"), (NOON + timedelta(seconds=1), "withheld")):
        document = a_document(embargo=embargo, status="withheld")
        assert decided(document, KnownArticle(article_id="a1")).status == status


def test_only_later_versions_change_an_embargo() -> None:
    on_file = hidden(a_document(embargo=NOON + HOUR, revision=2), "withheld")
    moved = decided(a_document(revision=3, embargo=NOON + 2 * HOUR), on_file)
    assert moved.history is not None
    assert (moved.history.release_at, moved.history.demoted_to) == (NOON + 2 * HOUR, None)
    for text, number in ((a_document().text, 1), ("New text.", 2)):
        lifted = decided(a_document(text, revision=3), on_file)
        assert (lifted.status, lifted.article and lifted.article.version) == ("new", number)
        moved = decided(a_document(text, revision=3, status="withheld"), on_file)
        assert (moved.status, moved.history and moved.history.number) == ("withheld", number)
    early = decided(a_document("Old text.", revision=1), on_file)
    assert (early.status, early.article) == ("withheld", None)


def test_a_repeated_embargo_changes_nothing() -> None:
    document = a_document(embargo=NOON + HOUR)
    assert decided(document, hidden(document, "withheld")).history is None


def test_the_same_text_from_elsewhere_does_not_lift_an_embargo() -> None:
    on_file = hidden(a_document(embargo=NOON + HOUR), "withheld", matched_by="text")
    decision = decided(a_document(origin="copy.txt"), on_file)
    assert (decision.status, decision.article, decision.history) == ("withheld", None, None)


@pytest.mark.parametrize("state", ["withdrawn", "withheld"])
def test_a_text_that_is_barred_comes_in_with_no_article(state: str) -> None:
    bar = Exclusion(article_id="other", state=state, reason="a court order")
    for on_file in (
        KnownArticle(article_id="a1", exclusion=bar),
        shown(a_document("Else."), exclusion=bar),
    ):
        decision = decided(a_document(), on_file)
        assert (decision.status, decision.article_id) == (state, "other")
        assert (decision.article, decision.history) == (None, None)
        again = decided(a_document(), on_file, again=True)
        assert (again.article is not None) == again.reinstates == (state == "withdrawn")
