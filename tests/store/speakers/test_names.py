"""Names and readings, on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.model import Article, Claim, NameRuling
from bot.store import FiledArticle, NamingRules, PrintedName, Store
from bot.store.delivery.payloads import SharePayload
from bot.store.schema import jobs
from bot.store.speakers import names

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Store:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


class ByFirstWord:
    """A naming for which the shortest name with the same first word stands."""

    def __init__(self) -> None:
        self.grouped: list[dict[str, str | None]] = []

    def blocks(self, printed: Iterable[PrintedName]) -> Mapping[str, str]:
        names = {name for one in printed for name in (one.speaker, one.capitals) if name}
        return {name: name.split()[0] for name in names}

    def group(
        self, names: Mapping[str, str | None], rulings: Sequence[NameRuling]
    ) -> Mapping[str, str]:
        self.grouped.append(dict(names))
        return dict.fromkeys(names, min(names, key=len))

    def naming(self, version: str = "1") -> NamingRules:
        return NamingRules(self.blocks, self.group, version)


def file(
    store: Store, id_: str, *speakers: str | None, extractor: str = "now", **more: object
) -> FiledArticle:
    claims = [
        Claim(
            **{"id": f"{id_}.{n}", "article_id": id_, "kind": "attribution", "text": "x"}
            | {"speaker": speaker, "source_kind": "named"}
            | more
        )
        for n, speaker in enumerate(speakers)
    ]
    article = Article(id=id_, origin=id_, text=f"text of {id_}")
    filed = FiledArticle(article, claims, ((0, 4),), extractor=extractor)
    store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)
    return filed


def test_a_new_name_regroups_only_its_block(store: Store) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada Brook", "Jon Rehm")
    store.names.add(["a1"], rules.naming(), NOON)
    file(store, "a2", "Ada", "Ada Brook")
    rules.grouped.clear()
    store.names.add(["a2"], rules.naming(), NOON)
    assert rules.grouped == [{"Ada": "a2", "Ada Brook": None}]
    names = ["Ada", "Ada Brook", "Jon Rehm", "Nobody"]
    assert store.names.canonical_names(names) == {
        "Ada": "Ada",
        "Ada Brook": "Ada",
        "Jon Rehm": "Jon Rehm",
    }
    assert store.names.aliases_in(["Ada", "Jon"]) == {"Ada Brook": "Ada"}
    assert store.names.aliases_of(["Ada"]) == {"Ada Brook": "Ada"}
    rules.grouped.clear()
    store.names.add(["a1", "a2"], rules.naming(), NOON)
    assert rules.grouped == []


def test_only_certain_speakers_have_names(store: Store) -> None:
    rules = ByFirstWord()
    file(store, "a1", "an adviser", source_kind="described")
    file(store, "a2", None, guess="Ada Brook")
    file(store, "a3", "J" * 201)
    file(store, "a4", "Harbour Union", source="HU")
    file(store, "a5", "Harbour Board", source="the board")
    store.names.add(["a1", "a2", "a3", "a4", "a5"], rules.naming(), NOON)
    assert set().union(*rules.grouped) == {"Harbour Union", "HU", "Harbour Board"}


def test_a_second_article_regroups_the_block(store: Store) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada Brook", "Ada", "Jon Rehm")
    store.names.add(["a1"], rules.naming(), NOON)
    rules.grouped.clear()
    store.names.add(["a1"], rules.naming(), NOON)
    assert rules.grouped == []
    file(store, "a2", "Ada")
    store.names.add(["a2"], rules.naming(), NOON)
    assert rules.grouped == [{"Ada": None, "Ada Brook": "a1"}]
    file(store, "a3", "Ada")
    store.names.add(["a3"], rules.naming(), NOON)
    assert len(rules.grouped) == 1
    store.names.rebuild(rules.naming(), NOON)
    again = sorted(rules.grouped[1:], key=len)
    assert again == [{"Jon Rehm": "a1"}, {"Ada": None, "Ada Brook": "a1"}]


def test_an_unused_name_is_deleted_and_its_block_regrouped(
    store: Store,
) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada", "Ada Brook")
    file(store, "a2", "Ada Brook", "Jon Rehm")
    store.names.add(["a1", "a2"], rules.naming(), NOON)
    printed = store.names.printed_names(["a1"])
    store.archive.remove(["a1"], reason="r", block_reimport=True, removed_at=NOON)
    rules.grouped.clear()
    store.names.remove_unused(printed, rules.naming(), NOON)
    assert rules.grouped == [{"Ada Brook": "a2"}]
    assert store.names.canonical_names(["Ada", "Ada Brook"]) == {"Ada Brook": "Ada Brook"}


def test_a_name_added_during_a_scan_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada")
    store.names.add(["a1"], rules.naming(), NOON)
    printed = store.names.printed_names(["a1"])
    store.archive.remove(["a1"], reason="r", block_reimport=True, removed_at=NOON)
    looked = names._read_printed

    def meanwhile(*asked: object) -> list[PrintedName]:
        found = looked(*asked)
        monkeypatch.undo()
        file(store, "a2", "Ada")
        return found

    monkeypatch.setattr(names, "_read_printed", meanwhile)
    store.names.remove_unused(printed, rules.naming(), NOON)
    assert store.names.canonical_names(["Ada"]) == {"Ada": "Ada"}


def show(store: Store, *claim_ids: str) -> None:
    """Have each of these claims shown by a message that has its id."""
    for claim_id in claim_ids:
        message = {"team": "T1", "channel": "C1", "ts": claim_id, "key": claim_id}
        store.outbox.record_claims(
            **message, payload=SharePayload("U1"), claims=[claim_id], now=NOON
        )


def mended(store: Store) -> list[str]:
    """The messages that are to be mended, which then are."""
    mine = jobs.c.kind == "mend"
    with store.database.write() as connection:
        due = sorted(connection.scalars(sa.select(jobs.c.key).where(mine)))
        connection.execute(sa.delete(jobs).where(mine))
    return [key.rpartition("/")[2] for key in due]


def test_messages_with_renamed_speakers_are_updated(store: Store) -> None:
    naming = ByFirstWord().naming()
    file(store, "a1", "Ada Brook", "Jon Rehm")
    store.names.add(["a1"], naming, NOON)
    show(store, "a1.0", "a1.1")
    assert mended(store) == []
    file(store, "a2", "Ada")
    store.names.add(["a2"], naming, NOON)
    assert mended(store) == ["a1.0"], "Ada stands for her now"
    printed = store.names.printed_names(["a2"])
    store.archive.remove(["a2"], reason="r", block_reimport=True, removed_at=NOON)
    store.names.remove_unused(printed, naming, NOON)
    assert mended(store) == ["a1.0"], "and no more"
    file(store, "a3", "Jon")
    store.names.rebuild(naming, NOON)
    assert mended(store) == ["a1.1"]


def test_a_rebuild_deletes_unused_names(store: Store) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada", "Jon Rehm")
    file(store, "a2", "Ada Brook")
    assert store.names.rules_version() is None
    store.names.rebuild(rules.naming("1"), NOON)
    assert store.names.canonical_names(["Ada Brook"]) == {"Ada Brook": "Ada"}
    store.archive.remove(["a1"], reason="r", block_reimport=True, removed_at=NOON)
    store.names.rebuild(rules.naming("2"), NOON)
    assert store.names.rules_version() == "2"
    assert store.names.canonical_names(["Ada", "Ada Brook", "Jon Rehm"]) == {
        "Ada Brook": "Ada Brook"
    }


def test_others_write_while_a_rebuild_groups_the_names(store: Store) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada Brook", "Jon Rehm")

    def group(names: Mapping[str, str | None], rulings: Sequence[NameRuling]) -> Mapping[str, str]:
        if not store.archive.claims_in("a2"):
            file(store, "a2", "Ada", "Eve Crane")
            store.names.add(["a2"], rules.naming(), NOON)
        return rules.group(names, rulings)

    store.names.rebuild(NamingRules(rules.blocks, group, "1"), NOON)
    assert store.names.canonical_names(["Ada", "Ada Brook", "Eve Crane", "Jon Rehm"]) == {
        "Ada": "Ada",
        "Ada Brook": "Ada",
        "Eve Crane": "Eve Crane",
        "Jon Rehm": "Jon Rehm",
    }


def test_a_rebuild_moves_names_to_new_blocks(store: Store) -> None:
    rules = ByFirstWord()
    file(store, "a1", "Ada Brook", "Ben Brook")
    store.names.rebuild(rules.naming("1"), NOON)
    by_last_word = NamingRules(
        lambda printed: {one.speaker: one.speaker.split()[-1] for one in printed}, rules.group, "2"
    )
    store.names.rebuild(by_last_word, NOON)
    assert store.names.canonical_names_in(["Ada", "Ben"]) == {}
    assert set(store.names.canonical_names_in(["Brook"])) == {"Ada Brook", "Ben Brook"}


# -- readings


def test_stale_articles_are_listed_in_order(store: Store) -> None:
    for n in (3, 1, 2):
        file(store, f"a{n}", "Ada", extractor="earlier")
    file(store, "a0", "Ada")
    readings = store.extractor_versions
    assert readings.count_stale("now") == 3
    first = readings.stale_articles("now", after="", limit=2)
    assert [one.article.id for one in first] == ["a1", "a2"]
    assert [one.article.id for one in readings.stale_articles("now", after="a2", limit=2)] == ["a3"]
    readings.mark_all_stale()
    assert readings.count_stale("now") == 4


def test_new_claims_replace_old_ones(store: Store) -> None:
    file(store, "a1", "Ada", "Jon", extractor="earlier")
    before = store.archive.state()[1]
    (unread,) = store.extractor_versions.stale_articles("now", after="", limit=9)
    (kept, *_) = file_like(unread.article, "Ada Brook")
    store.extractor_versions.replace_claims(
        [(unread, FiledArticle(unread.article, [kept], ((0, 2),), extractor="now"))], now=NOON
    )
    assert set(store.archive.claim_ids()) == {kept.id}
    assert store.archive.claims_by_id([kept.id])[kept.id][0].speaker == "Ada Brook"
    assert store.archive.claim_in_text(kept.id).paragraphs == ((0, 2),)
    assert [change.article_id for change in store.archive.changes(before, 9)] == ["a1"]
    assert store.extractor_versions.count_stale("now") == 0


def test_an_article_changed_since_listing_is_skipped(store: Store) -> None:
    file(store, "a1", "Ada", extractor="earlier")
    file(store, "a2", "Jon", extractor="earlier")
    changed, removed = store.extractor_versions.stale_articles("now", after="", limit=9)
    again = FiledArticle(changed.article, file_like(changed.article, "Mara"), is_known=True)
    store.archive.apply_steps([again], arrival="single", now=lambda: NOON)
    store.archive.remove(["a2"], reason="r", block_reimport=True, removed_at=NOON)
    store.extractor_versions.replace_claims(
        [
            (one, FiledArticle(one.article, file_like(one.article, "Late"), extractor="now"))
            for one in (changed, removed)
        ],
        now=NOON,
    )
    speakers = {
        claim.speaker for claim, *_ in store.archive.claims_by_id(["a1.0", "a2.0"]).values()
    }
    assert speakers == {"Mara"}
    assert store.archive.coverage().articles == 1


def file_like(article: Article, speaker: str) -> list[Claim]:
    id_ = f"{article.id}.0"
    return [Claim(id=id_, article_id=article.id, kind="attribution", text="x", speaker=speaker)]
