"""Rulings on names and their effect, in one transaction; on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.model import Article, Claim, NameRuling
from bot.store import FiledArticle, NamingRules, Store
from bot.store.delivery.payloads import SharePayload
from bot.store.schema import jobs

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
RULING = NameRuling(
    id="r1",
    team="T1",
    press="p1",
    kind="merged",
    sides=(("Ada Brook", "Eve Crane"),),
    person="U1",
    person_name="Ada",
    ruled_at=NOON,
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    store.database.migrate()
    for number, name in enumerate(("Ada Brook", "Ada Byron", "Eve Crane", "Jon Rehm")):
        claim = Claim(
            id=f"c{number}",
            article_id=f"a{number}",
            kind="attribution",
            text="x",
            speaker=name,
            source_kind="named",
            type="direct",
        )
        article = Article(id=claim.article_id, origin="o", text=f"text {number}", copy_of=None)
        filed = FiledArticle(article, [claim], ((0, 4),))
        store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)
    store.names.add(["a0", "a1", "a2", "a3"], Rules().naming, NOON)
    yield store
    store.close()


class Rules:
    """Names with one first word are in a block; a name stands for itself or for those that the
    last ruling merges with it."""

    def __init__(self) -> None:
        self.grouped: list[set[str]] = []
        self.naming = NamingRules(
            lambda printed: {p.speaker: p.speaker[:3] for p in printed}, self, "1"
        )

    def __call__(
        self, names: Mapping[str, str | None], rulings: Sequence[NameRuling]
    ) -> Mapping[str, str]:
        self.grouped.append(set(names))
        stands = {name: r.sides[0][0] for r in rulings for name in r.sides[0]}
        return {name: stands.get(name, name) for name in names}


def speakers(store: Store) -> set[str]:
    names = ["Ada Brook", "Ada Byron", "Eve Crane", "Jon Rehm"]
    return set(store.names.canonical_names(names).values())


def test_a_ruling_regroups_only_its_blocks_at_once(store: Store) -> None:
    rules = Rules()
    kept = store.name_rulings.add(RULING, rules.naming, is_effective=lambda now: len(now) == 2)
    assert kept == RULING
    assert sorted(map(sorted, rules.grouped)) == [["Ada Brook", "Ada Byron"], ["Eve Crane"]]
    assert speakers(store) == {"Ada Brook", "Ada Byron", "Jon Rehm"}
    assert store.names.is_canonical("Jon Rehm")
    assert not store.names.is_canonical("Eve Crane")
    store.names.rebuild(rules.naming, NOON)
    assert speakers(store) == {"Ada Brook", "Ada Byron", "Jon Rehm"}


def test_a_ruling_without_effect_is_rolled_back(store: Store) -> None:
    kept = store.name_rulings.add(RULING, Rules().naming, is_effective=lambda _: False)
    assert kept is None
    assert store.name_rulings.all() == []
    assert "Eve Crane" in speakers(store)


def undo(store: Store, ruling_id: str, team: str | None, by: str, now: datetime) -> NameRuling:
    naming = Rules().naming
    return store.name_rulings.undo(ruling_id, team=team, person=by, now=now, naming=naming)


def test_a_speakers_claims_are_counted_and_listed(store: Store) -> None:
    names = ["Ada Brook", "Eve Crane"]
    tally = store.speaker_claims.tally(names)
    assert (tally.total, tally.direct, tally.articles, tally.first) == (2, 2, 2, None)
    newest = [claim.id for claim, _ in store.speaker_claims.latest(names, limit=9)]
    assert newest == ["c2", "c0"]
    assert [one.names for one in store.speaker_claims.articles(names, limit=1)] == [("Eve Crane",)]
    assert store.speaker_claims.counts([*names, "Nobody"]) == {"Ada Brook": 1, "Eve Crane": 1}


class Beside(Rules):
    """The same, where names beside one that is merged are taken for its speaker's, too."""

    def __call__(
        self, names: Mapping[str, str | None], rulings: Sequence[NameRuling]
    ) -> Mapping[str, str]:
        stands = super().__call__(names, rulings)
        return {n: "Ada Brook" if rulings and n == "Ada Byron" else s for n, s in stands.items()}


def test_a_ruling_updates_only_messages_with_renamed_speakers(store: Store) -> None:
    for number in range(4):
        message = {"team": "T1", "channel": "C1", "ts": f"1.{number}", "key": f"{number}"}
        store.outbox.record_claims(
            **message, payload=SharePayload("U1"), claims=[f"c{number}"], now=NOON
        )
    store.name_rulings.add(RULING, Beside().naming, is_effective=lambda _: True)
    with store.database.read() as connection:
        due = sa.select(jobs.c.key).where(jobs.c.kind == "mend")
        assert sorted(connection.scalars(due)) == ["T1/C1/1.1", "T1/C1/1.2"]
