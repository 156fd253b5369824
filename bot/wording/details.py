"""The details of a claim: how and when it was said, and which claim is nearby. No I/O."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import ArticleCard, Claim
from bot.wording.runs import Runs, plain_text, say_runs, shorten
from bot.words import say
from bot.words.dates import day_of_year, full_date

MAX_NEARBY = 80
"""Characters shown of a nearby claim."""


def details(
    claim: Claim,
    article: ArticleCard | None = None,
    *,
    nearby: bool = False,
) -> Iterator[Runs]:
    """Yield the paragraph of its `article` that contains a claim, how it is quoted and when it was
    said.

    `nearby` adds what another claim close to it says.
    """
    if article and not article.published_on:
        yield say_runs("articles.date_not_known")
    if article and claim.paragraph:
        yield say_runs("articles.paragraph", number=str(claim.paragraph))
    if claim.type and not claim.negative:
        yield say_runs(f"claims.type_{claim.type}")
    if day := _said_on(claim):
        yield say_runs("claims.said_on", day=day)
    if nearby and (near := claim.near):
        key = "claims.nearby_in" if near.report else "claims.nearby"
        content = shorten(near.text, MAX_NEARBY)
        yield say_runs(key, speaker=near.speaker, content=content, report=near.report or "")
    if claim.corrected:
        yield say_runs("claims.corrected")


def details_line(
    claim: Claim,
    article: ArticleCard | None = None,
    *,
    nearby: bool = False,
) -> str:
    """Return the details as one line."""
    parts = details(claim, article, nearby=nearby)
    return " · ".join(map(plain_text, parts))


def _said_on(claim: Claim) -> str | None:
    if not (day := claim.said_on):
        return None
    if claim.said_on_inferred:
        return say("claims.year_inferred", day=day_of_year(day), year=str(day.year))
    return full_date(day)
