"""Days of claims for tests of what a digest holds, and a hypothesis strategy for any of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from bot.digest import DayFacts, plan
from bot.model import ArticleCard, Claim, Digest, Hit, Row
from tests.samples import denied_by

FRAME = Digest(
    day=date(2026, 11, 4),
    since=datetime(2026, 11, 3, 8, 30, tzinfo=UTC),
    until=datetime(2026, 11, 4, 8, 30, tzinfo=UTC),
    zone="UTC",
)


def hit(
    name: str, *, article: str = "a", outlet: str | None = None, of: str | None = None, **more: Any
) -> Hit:
    """A claim, by default of nobody in particular; `of` is the article that its one copies."""
    card = ArticleCard(
        id=article,
        title=article,
        outlet=outlet,
        published=None,
        published_on=date(2026, 11, 3),
        url=None,
        sample=False,
        opening="",
        copy_of=of,
    )
    fields: dict[str, Any] = {
        "text": "they will mend the quay wall before the winter",
        "kind": "attribution",
        "type": "indirect",
        "source_kind": "none",
    }
    claim = Claim(id=name, article_id=article, **(fields | more))
    return Hit(claim=claim, article=card, score=0.0)


def named(name: str, speaker: str, **more: Any) -> Hit:
    """A claim of somebody who is named."""
    return hit(name, speaker=speaker, source=speaker, source_kind="named", **more)


def alone(*hits: Hit) -> list[Row]:
    """Each claim a statement of its own."""
    return [Row(hits=(one,)) for one in hits]


def planned(rows: Sequence[Row], limit: int = 10, **known: Any) -> Digest:
    return plan(rows, frame=FRAME, limit=limit, facts=DayFacts(**known))


def shown(digest: Digest) -> dict[str, list[str]]:
    """The ids of the claims that a digest shows, by section, a topic by its query."""
    return {
        part.topic or part.kind: [row.claim_id for row in part.rows] for part in digest.sections
    }


def day_of(chance: random.Random, most: int = 30) -> list[Row]:
    """A day's statements, some of several outlets, some denied, of few speakers and articles."""
    rows = [statement_of(chance, f"c{n}") for n in range(chance.randint(0, most))]
    for n in range(0, len(rows) - 1, 7):
        first, *others = rows[n].hits
        disputed = replace(first, disputes=denied_by(rows[n + 1].hits[0]))
        rows[n] = replace(rows[n], hits=(disputed, *others))
    return rows


def statement_of(chance: random.Random, name: str) -> Row:
    """A statement that one article or a few report."""
    speaker = chance.choice(["Ida Marsh", "Jon Lund", "Mara Quill", "the ministry"])
    more = {
        "speaker": speaker,
        "source": speaker,
        "source_kind": chance.choice(["named", "described", "unnamed", "none"]),
        "type": chance.choice(["direct", "mixed", "indirect"]),
        "text": chance.choice(["it rose by 12 percent", "they will mend it soon", "No"]),
        "negative": chance.random() < 0.2,
    }
    if chance.random() < 0.2:
        more |= {"speaker": None, "guess": speaker}
    articles = chance.sample(range(9), chance.randint(1, 4))
    return Row(
        hits=tuple(
            hit(f"{name}.{n}", article=f"a{article}", outlet=f"o{article // 3}", **more)
            for n, article in enumerate(articles)
        )
    )


chances = st.integers(0, 2**32).map(random.Random)
"""Hypothesis draws a day as one number: of thirty statements it would draw three hundred."""
