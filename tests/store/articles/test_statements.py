"""Which statement each claim reports, however the articles come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Article, Claim, Correction, NameRuling, Ruling
from bot.statements.filing import RULES
from bot.store import FiledArticle, HistoryUpdate, NamingRules, Store
from bot.store.schema import (
    articles,
    claims,
    statement_keys,
    statement_relations,
    statements,
)
from tests.soak import examples

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
OUTLETS = ("Post", "Echo", "Courier", None)
SPEAKERS = ("Mara Quill", "Quill", "Corin Hallas", "the ministry")
NOUNS = [
    "harbour",
    "bridge",
    "ferry",
    "reactor",
    "library",
    "tunnel",
    "orchard",
    "refinery",
    "stadium",
    "glacier",
]
VERBS = [
    "closed",
    "reopened",
    "inspected",
    "flooded",
    "renamed",
    "auctioned",
    "demolished",
    "insured",
]
PLACES = ["Vellmouth", "Tidewater", "Dorne", "Ashby", "Fenwick", "Kestrel"]


@dataclass
class Day:
    """What a made day prints: sentences, their parts, near ones and denials."""

    seed: int
    printed: dict[str, Article] = field(default_factory=dict)
    found: dict[str, list[Claim]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = random.Random(self.seed)
        plain = [
            f"the {noun} in {rng.choice(PLACES)} had been {verb} after {rng.choice(NOUNS)} "
            f"inspectors warned {rng.choice(PLACES)} twice"
            for noun, verb in zip(rng.choices(NOUNS, k=6), rng.choices(VERBS, k=6), strict=True)
        ]
        for number in range(rng.randint(4, 9)):
            id_ = f"{self.seed:x}-{number}"
            day = date(2026, 11, 1) + timedelta(days=rng.randint(0, 2))
            self.printed[id_] = Article(
                id=id_,
                origin=f"{id_}.txt",
                text=" ".join(f"word{rng.randrange(10**6)}" for _ in range(30)),
                outlet=rng.choice(OUTLETS),
                published_on=rng.choice((day, day, None)),
            )
            self.found[id_] = [self._claim(rng, id_, at, plain) for at in range(rng.randint(1, 5))]

    @staticmethod
    def _claim(rng: random.Random, article_id: str, at: int, plain: list[str]) -> Claim:
        text, stance = rng.choice(plain), None
        change = rng.randrange(6)
        if change == 1:
            text = " ".join(text.split()[: rng.randint(7, 12)])
        elif change == 2:
            text = f"{text}, and nobody in {rng.choice(PLACES)} had objected"
        elif change == 3:
            text = text.replace("twice", f"{rng.randint(2, 4)} times")
        elif change == 4:
            text, stance = " ".join(text.split()[:7]), "denied"
        return Claim(
            id=f"{article_id}-{at}",
            article_id=article_id,
            kind="attribution",
            text=text,
            stance=stance,
            speaker=rng.choice(SPEAKERS),
            source_kind="named",
        )


def open_store(path: Path) -> Store:
    return Store(f"sqlite:///{path / uuid4().hex}.sqlite3", statement_rules=RULES)


def groups(store: Store) -> set[frozenset[str]]:
    by_statement: dict[int, set[str]] = {}
    for id_, statement in rows(store, sa.select(claims.c.id, claims.c.statement)):
        by_statement.setdefault(statement, set()).add(id_)
    return set(map(frozenset, by_statement.values()))


def rows(store: Store, query: sa.Select[object]) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.database.fetch_all(query)]


def file(store: Store, article: Article, found: list[Claim], *, is_known: bool = False) -> None:
    step = FiledArticle(article, found, is_known=is_known)
    store.archive.apply_steps([step], arrival="single", now=lambda: NOON)


def correct(store: Store, claim_id: str, number: int) -> None:
    correction = Correction(
        id="",
        team="T",
        press=f"p{number}",
        claim_id=claim_id,
        article_id=claim_id.rsplit("-", 1)[0],
        changes={"speaker": f"Ada Brook {number}"},
        before={},
        reason="",
        person="U1",
        person_name="Una",
        suggested_at=NOON,
        state="suggested",
    )
    ruling = Ruling(ruling="accepted", person="U1", person_name="Una", at=NOON, reason=None)
    store.corrections.suggest(correction, ruling)


def recount(store: Store) -> list[tuple[object, ...]]:
    found = sa.select(
        claims.c.statement,
        sa.func.count(),
        sa.func.count(sa.distinct(articles.c.outlet)),
        sa.func.min(articles.c.published_on),
        sa.func.max(articles.c.published_on),
    ).join(articles, articles.c.id == claims.c.article_id)
    counted = rows(store, found.where(articles.c.review.is_(None)).group_by(claims.c.statement))
    return sorted(counted)


def assert_whole(store: Store) -> None:
    names = ("id", "claims", "outlets", "first_on", "last_on")
    counts = rows(store, sa.select(*(statements.c[name] for name in names)))
    assert sorted(counts) == recount(store)
    ids = {row[0] for row in counts}
    first = sa.select(statements.c.id, claims.c.statement)
    first = first.join(claims, claims.c.id == statements.c.first_claim)
    assert all(one == other for one, other in rows(store, first))
    assert {row[0] for row in rows(store, sa.select(statement_keys.c.statement))} <= ids
    related = sa.select(statement_relations.c.statement, statement_relations.c.other)
    assert {id_ for pair in rows(store, related) for id_ in pair} <= ids


AGREED = [0, 0]
"""The pairs of claims that are together, or are not, before restate as after it; and all pairs."""


def pairs(found: set[frozenset[str]]) -> set[tuple[str, str]]:
    return {pair for group in found for pair in combinations(sorted(group), 2)}


@settings(max_examples=examples(60), deadline=None)
@given(seed=st.integers(0, 2**32), order=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_statements(
    seed: int, order: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    day, path = Day(seed), tmp_path_factory.mktemp("stores")
    plain, shuffled = open_store(path), open_store(path)
    for id_, article in day.printed.items():
        file(plain, article, day.found[id_])
    ids = [*day.printed]
    order.shuffle(ids)
    version = 1
    for id_ in ids:
        file(shuffled, day.printed[id_], day.found[id_])
        other = order.choice(ids[: ids.index(id_) + 1])
        if order.random() < 0.3:
            shuffled.archive.remove([other], reason="test", block_reimport=False, removed_at=NOON)
            assert_whole(shuffled)
            file(shuffled, day.printed[other], day.found[other])
        elif order.random() < 0.3:
            later = replace(
                day.printed[other], version=version + 1, text=f"Later {other} {version}"
            )
            file(shuffled, later, day.found[other][1:], is_known=True)
            assert_whole(shuffled)
            version += 2
            same = replace(day.printed[other], version=version)
            file(shuffled, same, day.found[other], is_known=True)
        assert_whole(shuffled)
    before = pairs(groups(shuffled))
    plain.statements.restate()
    shuffled.statements.restate()
    assert groups(plain) == groups(shuffled)
    count = sum(map(len, day.found.values()))
    AGREED[0] += count * (count - 1) // 2 - len(before ^ pairs(groups(plain)))
    AGREED[1] += count * (count - 1) // 2
    for store in (plain, shuffled):
        assert_whole(store)
        store.close()


def test_nearly_all_pairs_agree_before_restating() -> None:
    if not AGREED[1]:
        pytest.skip("the orders were not filed")
    assert AGREED[0] >= 0.99 * AGREED[1]


def said(article_id: str, number: int, text: str, speaker: str = "Mara Quill") -> Claim:
    return Claim(
        id=f"{article_id}-{number}",
        article_id=article_id,
        kind="attribution",
        text=text,
        speaker=speaker,
        source_kind="named",
        stance="denied" if speaker == "Corin Hallas" else None,
    )


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url, statement_rules=RULES)
    store.database.migrate()
    yield store
    store.close()


def an_article(id_: str, outlet: str, day: int, **known: object) -> Article:
    text = " ".join(f"{id_}{n * n}" for n in range(30))
    on = date(2026, 11, day)
    known |= {"title": "Dorne museum loses beetle labels", "published_on": on}
    return Article(id=id_, origin=id_, text=text, outlet=outlet, **known)  # type: ignore[arg-type]


STOLEN = "the labels of the beetles were thrown away by the museum in Dorne"


def test_a_statement_counts_what_everyone_may_see(store: Store) -> None:
    file(store, an_article("b", "Echo", 2), [said("b", 0, STOLEN)])
    file(store, an_article("a", "Post", 1), [said("a", 0, STOLEN)])
    hidden = an_article("c", "Courier", 3, review=("unreviewed",), brought_by=("T/U1",))
    file(store, hidden, [said("c", 0, STOLEN)])
    columns = statements.c.first_claim, statements.c.claims, statements.c.outlets
    assert rows(store, sa.select(*columns)) == [("a-0", 2, 2)]

    store.reviews.accept("c", ["unreviewed"], NOON)
    assert rows(store, sa.select(*columns)) == [("a-0", 3, 3)]
    store.archive.remove(["a"], reason="test", block_reimport=True, removed_at=NOON)
    assert rows(store, sa.select(*columns)) == [("b-0", 2, 2)]
    for id_ in "bc":
        step = HistoryUpdate(article_id=id_, demoted_to="withdrawn", reason="killed")
        store.archive.apply_steps([step], arrival="single", now=lambda: NOON)
    assert rows(store, sa.select(*columns)) == rows(store, sa.select(statement_keys.c.key)) == []


def test_a_denial_relates_two_statements(store: Store) -> None:
    file(store, an_article("a", "Post", 1), [said("a", 0, STOLEN)])
    denial = "the labels of the beetles were thrown away"
    file(store, an_article("b", "Echo", 2), [said("b", 0, denial, "Corin Hallas")])
    both = sa.select(claims.c.id, claims.c.statement)
    by_claim = dict(rows(store, both))
    related = sa.select(statement_relations)
    assert rows(store, related) == [(by_claim["b-0"], by_claim["a-0"], "denies")]
    store.statements.restate()
    assert rows(store, related) == [(by_claim["b-0"], by_claim["a-0"], "denies")]
    store.archive.remove(["a"], reason="test", block_reimport=False, removed_at=NOON)
    assert rows(store, related) == []
    assert_whole(store)


def test_a_corrected_claim_changes_its_statement(store: Store) -> None:
    file(store, an_article("a", "Post", 1), [said("a", 0, STOLEN)])
    file(store, an_article("b", "Echo", 2), [said("b", 0, STOLEN)])
    assert rows(store, sa.select(statements.c.claims)) == [(2,)]
    correct(store, "b-0", 1)
    assert rows(store, sa.select(statements.c.claims)) == [(1,), (1,)]
    assert_whole(store)


AS_PRINTED = NamingRules(lambda printed: {}, lambda names, _: {name: name for name in names}, "1")


def rule(store: Store, kind: str, *sides: tuple[str, ...]) -> None:
    ruling = NameRuling(
        id=f"{kind} {sides[0][0][:8]}",
        team="T",
        press=f"{sides}",
        kind=kind,  # type: ignore[arg-type]
        sides=sides,
        person="U1",
        person_name="Una",
        ruled_at=NOON,
    )
    store.name_rulings.add(ruling, AS_PRINTED, is_effective=lambda _: True)


def undo(store: Store, kind: str, *sides: tuple[str, ...]) -> None:
    id_ = f"{kind} {sides[0][0][:8]}"
    store.name_rulings.undo(id_, team=None, person="U1", now=NOON, naming=AS_PRINTED)


def test_a_ruling_on_names_joins_and_parts_statements(store: Store) -> None:
    for number, name in enumerate(("Mara Quill", "Quill", "Ida Marsh")):
        id_ = "abc"[number]
        file(store, an_article(id_, "Post", number + 1), [said(id_, 0, STOLEN, name)])
    alike, married = ("Mara Quill",), ("Mara Quill", "Ida Marsh")
    for act, kind, sides, expected in (
        (rule, "split", (alike, ("Quill",)), {"a", "b", "c"}),
        (rule, "merged", (married,), {"ac", "b"}),
        (undo, "split", (alike, ("Quill",)), {"abc"}),
        (undo, "merged", (married,), {"ab", "c"}),
    ):
        seq = store.archive.state()[1]
        act(store, kind, *sides)
        found = groups(store)
        assert {"".join(sorted(id_[0] for id_ in group)) for group in found} == expected
        assert store.archive.changes(after=seq, limit=9), "the index is not told"
        assert_whole(store)
        store.statements.restate()
        assert groups(store) == found
