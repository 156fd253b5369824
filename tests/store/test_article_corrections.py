"""Corrections of an article's title, outlet and date are laid over what comes in, survive whatever
comes, and leave no trace when undone; and those of one press are one; on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article, Claim, Correction, Document, Ruling, RulingKind
from bot.store import FiledArticle, HistoryUpdate, Store, schema
from bot.store.delivery.payloads import SharePayload
from tests.soak import examples

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
TEXT = "Roe said on Monday that the lock leaks. Lund said in May 2026 that it holds."
FOUND = {
    "title": "Lock leaks",
    "outlet": "The Post",
    "published": "2026-11-03T09:30:00+00:00",
    "published_on": date(2026, 11, 3),
    "published_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC),
}


def claims_of(article_id: str) -> list[Claim]:
    known = {"kind": "attribution", "source_kind": "named", "type": "indirect", "stance": "said"}
    spans = [((24, 38),), ((66, 74),)]
    days = [date(2026, 11, 2), date(2026, 5, 9)]
    return [
        Claim(
            id=f"{article_id}c{n}",
            article_id=article_id,
            text=TEXT[slice(*spans[n][0])],
            spans=spans[n],
            paragraph=n + 1,
            speaker=("Roe", "Lund")[n],
            said_on=days[n],
            **known,  # type: ignore[arg-type]
        )
        for n in range(2)
    ]


def filed(article_id: str = "a1", *, is_known: bool = False, **known: Any) -> FiledArticle:
    article = Article(id=article_id, origin=article_id, text=TEXT, **{**FOUND, **known})
    paragraphs = ((0, 39), (40, len(TEXT)))
    return FiledArticle(
        article, claims_of(article_id), paragraphs, is_known=is_known, extractor="x"
    )


def file(store: Store, *steps: FiledArticle | HistoryUpdate) -> None:
    assert not store.archive.apply_steps(steps, arrival="single", now=lambda: NOON)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    opened.database.migrate()
    file(opened, filed())
    yield opened
    opened.close()


def correction(press: str = "p1", article: str = "a1", **changes: Any) -> Correction:
    return Correction(
        id="",
        team="T1",
        press=press,
        claim_id=article,
        article_id=article,
        changes=changes,
        before={},
        reason="the printed page says so",
        person="U1",
        person_name="Ann",
        suggested_at=NOON,
    )


def ruled(ruling: RulingKind = "accepted", reason: str | None = None) -> Ruling:
    return Ruling(ruling=ruling, person="U2", person_name="Bo", at=NOON, reason=reason)


def accept(store: Store, press: str = "p1", **changes: Any) -> Correction:
    kept = store.corrections.suggest(correction(press, **changes), ruled())
    assert kept
    return kept


def undo(store: Store, one: Correction) -> None:
    assert store.corrections.decide(one.id, ruled("undone"))


def rows(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    with store.database.read() as connection:
        found = connection.execute(sa.select(table)).mappings()
        return sorted(({**row, "seq": 0} if "seq" in row else dict(row) for row in found), key=str)


def what_is_shown(store: Store) -> list[list[dict[str, Any]]]:
    return [rows(store, table) for table in (schema.articles, schema.claims, schema.originals)]


def as_seen(store: Store, article_id: str = "a1", **known: Any) -> Article | None:
    """The article that comes again, as the store compares it with what comes."""
    document = Document(origin=article_id, text=TEXT, **{**FOUND, **known})
    return store.archive.look_up([document]).known_articles[0].article


def test_a_repeated_document_is_compared_with_the_original(store: Store) -> None:
    accept(store, title="Lock holds", published=None)
    there = as_seen(store)
    assert there
    assert {name: getattr(there, name) for name in FOUND} == FOUND


def test_a_correction_waits_while_its_article_is_hidden(store: Store) -> None:
    accept(store, title="Lock holds")
    file(store, HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="a test"))
    (listed,) = store.corrections.find(claim_id="a1")
    assert listed.is_pending
    file(store, replace(filed(version=2), reinstates=True))
    assert store.archive.card("a1").title == "Lock holds"
    assert not store.corrections.find(claim_id="a1")[0].is_pending


def test_a_correction_of_a_removed_article_cannot_be_accepted(store: Store) -> None:
    kept = store.corrections.suggest(correction(title="Lock holds"))
    file(store, HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="a test"))
    assert kept
    assert store.corrections.decide(kept.id, ruled()) is None
    assert store.corrections.suggest(correction("p2", title="Lock holds")) is None


def test_a_corrected_outlet_gives_no_authority_over_others(store: Store) -> None:
    file(store, filed("b1", outlet="The Courier"))
    kept = store.corrections.suggest(correction(outlet="The Courier"), ruled())
    assert kept
    file(store, HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="a test"))
    assert store.archive.card("b1").outlet == "The Courier", "it is another outlet's, and stays"


def test_claims_of_another_day_are_not_reused_for_a_copy(store: Store) -> None:
    accept(store, published="2026-11-01")
    copy = replace(filed("b1").article, published="2026-11-01", published_on=date(2026, 11, 1))
    assert store.extractor_versions.claims_of_same_text(copy, "x") is None
    assert store.extractor_versions.claims_of_same_text(replace(copy, **FOUND), "x") is None


def test_messages_with_claims_of_the_article_or_its_copies_are_updated(store: Store) -> None:
    file(store, filed("b1", outlet="The Courier"))
    assert store.archive.card("b1").copy_of == "a1"
    for n, claim in enumerate(("a1c0", "b1c1")):
        store.outbox.add(
            None,
            **{"team": "T1", "channel": f"C{n}", "key": f"k{n}", "payload": SharePayload("U1")},
            now=NOON,
            claims=[claim],
        )
        (sent,) = [store.outbox.by_key("T1", f"k{n}")]
        assert sent
        begun = store.outbox.begin_sending(sent, NOON)
        assert begun
        store.outbox.mark_sent(begun, channel=f"C{n}", ts=f"1.{n}", now=NOON)  # type: ignore[arg-type]
    accept(store, title="Lock holds")
    mended = {row["key"] for row in rows(store, schema.jobs) if row["kind"] == "mend"}
    assert mended == {"T1/C0/1.0", "T1/C1/1.1"}


def test_each_reason_is_stored_with_its_person(store: Store) -> None:
    kept = store.corrections.suggest(correction(title="Lock holds"))
    assert kept
    store.corrections.decide(kept.id, ruled("accepted", "I asked the desk"))
    store.corrections.decide(kept.id, ruled("undone", "the desk was wrong"))
    (listed,) = store.corrections.find()
    assert listed.reason == "the printed page says so"
    assert [one.reason for one in listed.rulings] == ["I asked the desk", "the desk was wrong"]


def three_articles(store: Store) -> Correction:
    """A correction by which three claims are none, suggested with one press."""
    file(store, filed("b1", outlet="The Courier"), filed("d1", outlet="The Echo"))
    one = replace(correction(rejected=True), claim_id="a1c0")
    others = [("b1c0", "b1"), ("d1c0", "d1"), ("gone", "b1")]
    kept = store.corrections.suggest(one, others=others)
    assert kept
    assert kept.others == ("b1c0", "d1c0")
    return kept


def test_corrections_of_one_press_are_decided_together(store: Store) -> None:
    kept = three_articles(store)
    before = what_is_shown(store)
    assert store.corrections.find() == [kept]
    (with_it,) = store.corrections.find(claim_id="b1c0")
    assert with_it.made_with == kept.id
    said = store.corrections.decide(kept.id, ruled())
    assert said
    assert said.state == "accepted"
    assert set(store.archive.claim_ids()) == {"a1c1", "b1c1", "d1c1"}
    assert len(rows(store, schema.outbox)) == 1, "its person hears of it once"
    undone = store.corrections.decide(with_it.id, ruled("undone"))
    assert undone
    assert undone.id == kept.id
    assert what_is_shown(store) == before
    assert rows(store, schema.gone_claims) == []


def test_a_repeated_press_with_other_claims_is_one_correction(store: Store) -> None:
    kept = three_articles(store)
    one = replace(correction(rejected=True), claim_id="a1c0")
    assert store.corrections.suggest(one, others=[("b1c0", "b1")]) == kept
    assert len(rows(store, schema.corrections)) == 3


CHANGES = st.sampled_from(
    [
        {"title": "Lock holds"},
        {"title": None},
        {"outlet": "The Courier", "title": "Sluice"},
        {"published": "2026-10-30"},
        {"published": None},
    ]
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), CHANGES),
        st.tuples(st.just("claim"), st.sampled_from([{"speaker": "Xi"}, {"rejected": True}])),
        st.tuples(st.just("undo"), st.integers(0, 4)),
        st.tuples(st.just("version"), st.sampled_from(["Lock leaks", "Sluice", None])),
        st.tuples(st.just("withdraw"), st.none()),
    ),
    min_size=1,
    max_size=10,
)


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('lives') / 'store.sqlite3'}")
    store.database.migrate()
    yield store
    store.close()


@given(STEPS)
@settings(max_examples=examples(12))
def test_undoing_in_any_order_restores_the_original(
    one_store: Store, steps: Sequence[tuple[str, Any]]
) -> None:
    corrected = lives(one_store, steps, may_correct=True)
    assert corrected == lives(one_store, steps, may_correct=False)


def lives(store: Store, steps: Sequence[tuple[str, Any]], *, may_correct: bool) -> Any:
    """What is shown of an article after what befell it, when all its corrections are undone."""
    with store.database.write() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            if table is not schema.store_state:
                connection.execute(sa.delete(table))
    file(store, filed())
    made: list[Correction] = []
    title, version = FOUND["title"], 1
    for number, (step, what) in enumerate(steps):
        if step in ("correct", "claim") and may_correct:
            one = correction(f"p{number}", **what)
            one = replace(one, claim_id="a1c0") if step == "claim" else one
            made += [kept] if (kept := store.corrections.suggest(one, ruled())) else []
        elif step == "undo" and what < len(made):
            undo(store, made.pop(what))
        elif step == "version":
            title, version = what, version + 1
            file(store, filed(is_known=True, title=title, version=version))
        elif step == "withdraw":
            version += 1
            file(store, HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="a test"))
            file(store, replace(filed(title=title, version=version), reinstates=True))
    for one in made:
        undo(store, one)
    history = [(one.number, one.state, one.document) for one in store.history.versions("a1")]
    return what_is_shown(store), history
