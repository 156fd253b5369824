"""What is said below a claim that others report too, or deny, or that no word found. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Hit, Row
from bot.slack.wording import also_in
from bot.wording.who import name_of
from bot.words import say
from bot.words.dates import short_date

MOST_NAMED = 2
"""Outlets that are listed by name, and denials that are shown."""


def notes(hit: Hit, row: Row | None) -> list[str]:
    """Say how a claim was found, where else it is reported, who names whom, and who denied it."""
    said = [say("answers.by_meaning")] if hit.by_meaning else []
    if row:
        also = elsewhere(row)
        said += [*([also] if also else []), *_naming(row)]
        denials = [one.hit for one in row.disputes if one.is_denial]
        said += [_denied(denial) for denial in denials[:MOST_NAMED]]
    return said


def elsewhere(row: Row) -> str | None:
    """Say where else a row's first claim is reported, if it is."""
    first, *others = row.hits
    outlets = _distinct(other.article.outlet for other in others)
    outlets = [outlet for outlet in outlets if outlet != first.article.outlet]
    if also := also_in(outlets):
        return also
    if articles := {other.article.id for other in others} - {first.article.id}:
        return say("answers.also_in_articles", n=len(articles))
    return say("answers.repeated") if others else None


def _naming(row: Row) -> Iterable[str]:
    """Which outlets name the source and which keep the name back, where they differ."""
    named = [hit for hit in row.hits if hit.claim.source_kind == "named"]
    unnamed = [hit for hit in row.hits if hit.claim.source_kind in ("described", "unnamed")]
    if named and unnamed:
        yield say("answers.named_by", named=_places(named), unnamed=_places(unnamed))


def _places(hits: Iterable[Hit]) -> str:
    places = _distinct(hit.article.outlet or hit.article.title for hit in hits)
    shown = ", ".join(places[:MOST_NAMED]) or say("answers.untitled_article")
    more = len(places) - MOST_NAMED
    return say("answers.places_and_more", places=shown, n=more) if more > 0 else shown


def _denied(denial: Hit) -> str:
    article = denial.article
    facts = [article.outlet, article.published_on and short_date(article.published_on)]
    who = name_of(denial.claim) or say("answers.source_not_given")
    return " · ".join([say("answers.denied_by", who=who), *(fact for fact in facts if fact)])


def _distinct(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
