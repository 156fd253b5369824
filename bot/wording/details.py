"""The details of a claim: how and when it was said. No I/O."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import ArticleCard, Claim
from bot.wording.runs import Runs, plain_text, say_runs
from bot.words import say
from bot.words.dates import day_of_year, full_date


def details(
    claim: Claim,
    article: ArticleCard | None = None,
    *,
    in_context: bool = False,
) -> Iterator[Runs]:
    """Yield the paragraph of its `article` that contains a claim, how it is quoted and when it was
    said.

    For its Context (`in_context`), what is not known about the article is added.
    """
    if article and in_context and not article.outlet:
        yield say_runs("articles.outlet_not_known")
    if article and in_context and not article.published_on:
        yield say_runs("articles.date_not_known")
    if article and claim.paragraph:
        yield say_runs("articles.paragraph", number=str(claim.paragraph))
    if claim.type and not claim.negative:
        yield say_runs(f"claims.type_{claim.type}")
    if day := _said_on(claim):
        yield say_runs("claims.said_on", day=day)
    if claim.corrected:
        yield say_runs("claims.corrected")


def details_line(
    claim: Claim,
    article: ArticleCard | None = None,
    *,
    in_context: bool = False,
) -> str:
    """Return the details as one line."""
    parts = details(claim, article, in_context=in_context)
    return " · ".join(map(plain_text, parts))


def _said_on(claim: Claim) -> str | None:
    if not (day := claim.said_on):
        return None
    if claim.said_on_inferred:
        return say("claims.year_inferred", day=day_of_year(day), year=str(day.year))
    return full_date(day)
