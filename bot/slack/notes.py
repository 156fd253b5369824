"""What is said below a claim that others report too, or deny, or that no word found. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Hit, Row
from bot.slack.wording import also_in, counted, short_date

BY_MEANING = "found by meaning, not by these words"
MOST_NAMED = 2
"""Outlets that are listed by name, and denials that are shown."""


def notes(hit: Hit, row: Row | None) -> list[str]:
    """Say how a claim was found, where else it is reported, who names whom, and who denied it."""
    said = [BY_MEANING] if hit.by_meaning else []
    if row:
        said += [*_elsewhere(row), *_naming(row)]
        said += [_denied(denial) for denial in row.denials[:MOST_NAMED]]
    return said


def _elsewhere(row: Row) -> Iterable[str]:
    first, *others = row.hits
    outlets = _distinct(other.article.outlet for other in others)
    outlets = [outlet for outlet in outlets if outlet != first.article.outlet]
    if also := also_in(outlets):
        yield also
    elif others:
        articles = {other.article.id for other in others} - {first.article.id}
        yield f"also in {counted(len(articles), 'article')}" if articles else "said more than once"


def _naming(row: Row) -> Iterable[str]:
    """Which outlets name the source and which keep the name back, where they differ."""
    named = [hit for hit in row.hits if hit.claim.source_kind == "named"]
    unnamed = [hit for hit in row.hits if hit.claim.source_kind in ("described", "unnamed")]
    if named and unnamed:
        yield f"named by {_places(named)}; unnamed in {_places(unnamed)}"


def _places(hits: Iterable[Hit]) -> str:
    places = _distinct(hit.article.outlet or hit.article.title for hit in hits)
    shown = places[:MOST_NAMED] or ["an article without a title"]
    more = len(places) - len(shown)
    return f"{', '.join(shown)} and {more} more" if more > 0 else ", ".join(shown)


def _denied(denial: Hit) -> str:
    article = denial.article
    facts = [article.outlet, article.published_on and short_date(article.published_on)]
    who = denial.claim.speaker or denial.claim.source or "a source that is not given"
    return " · ".join([f"denied by {who}", *(fact for fact in facts if fact)])


def _distinct(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
