"""Notes below a claim: who else reports or disputes it, or that meaning found it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Dispute, Hit, Row
from bot.text.negation import is_denial
from bot.wording.answers import also_in
from bot.wording.runs import shorten
from bot.wording.who import name_of
from bot.words import say
from bot.words.dates import short_date

MAX_NAMED = 2
"""Outlets that are listed by name, and disputes that are shown."""
MAX_DENIED_PART = 80


def notes(hit: Hit, row: Row | None, *, with_outlets: bool = True) -> list[str]:
    """Say if meaning found a claim, who else reports it (`with_outlets`), which outlets name its
    source, and who disputes it."""
    said = [say("answers.by_meaning")] if hit.by_meaning else []
    if row:
        also = also_reported_line(row) if with_outlets else None
        said += [*([also] if also else []), *_who_names_source(row)]
        said += dispute_lines(row)
    return said


def dispute_lines(row: Row) -> list[str]:
    """Say who disputes a row, for its first disputes."""
    return [_disputed(row, dispute) for dispute in row.disputes[:MAX_NAMED]]


def also_reported_line(row: Row) -> str | None:
    """Say where else a row's first claim is reported; None if nowhere."""
    first, *others = row.hits
    outlets = _distinct(other.article.outlet for other in others)
    outlets = [outlet for outlet in outlets if outlet != first.article.outlet]
    if also := also_in(outlets):
        return also
    if articles := {other.article.id for other in others} - {first.article.id}:
        return say("answers.also_in_articles", n=len(articles))
    return say("answers.repeated") if others else None


def _who_names_source(row: Row) -> Iterable[str]:
    """Say which outlets name the source and which do not, if they differ."""
    named = [hit for hit in row.hits if hit.claim.source_kind == "named"]
    unnamed = [hit for hit in row.hits if hit.claim.source_kind in ("described", "unnamed")]
    if named and unnamed:
        yield say("answers.named_by", named=_places(named), unnamed=_places(unnamed))


def _places(hits: Iterable[Hit]) -> str:
    places = _distinct(hit.article.outlet or hit.article.title for hit in hits)
    shown = ", ".join(places[:MAX_NAMED]) or say("answers.untitled_article")
    more = len(places) - MAX_NAMED
    return say("answers.places_and_more", places=shown, n=more) if more > 0 else shown


def _disputed(row: Row, dispute: Dispute) -> str:
    """Say who disputes a row, and where and when that was printed."""
    own, hit = row.hits[0], dispute.hit
    denial = hit if dispute.is_denial else own
    is_denied = denial.claim.stance == "denied" or is_denial(denial.claim.text)
    part = "part_" if dispute.half else ""
    side = "by" if dispute.is_denial else "with"
    said = say(
        f"answers.{'denied' if is_denied else 'contradicted'}_{part}{side}",
        who=name_of(hit.claim) or say("answers.source_not_given"),
        **({"half": shorten(dispute.half, MAX_DENIED_PART)} if dispute.half else {}),
    )
    return " · ".join([said, *_where_and_when(own, dispute)])


def _where_and_when(own: Hit, dispute: Dispute) -> Iterable[str]:
    article = dispute.hit.article
    if article.id == own.article.id:
        yield say("answers.same_article")
        return
    if article.outlet:
        yield article.outlet
    if article.published_on:
        yield short_date(article.published_on)
    if dispute.order == "unknown":
        yield say("answers.order_unknown")


def _distinct(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
