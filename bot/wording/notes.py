"""What is said below a claim that others report too, or dispute, or that no word found. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model import Dispute, Hit, Row
from bot.text.negation import denies
from bot.wording.answers import also_in
from bot.wording.runs import shorten
from bot.wording.who import name_of
from bot.words import say
from bot.words.dates import short_date

MAX_NAMED = 2
"""Outlets that are listed by name, and disputes that are shown."""
MAX_DENIED_PART = 80


def notes(hit: Hit, row: Row | None, *, with_outlets: bool = True) -> list[str]:
    """Say how a claim was found, where else it is reported (`with_outlets`), who names whom, and
    with whom it is in dispute."""
    said = [say("answers.by_meaning")] if hit.by_meaning else []
    if row:
        also = also_reported_line(row) if with_outlets else None
        said += [*([also] if also else []), *_who_names_source(row)]
        said += dispute_lines(row)
    return said


def dispute_lines(row: Row) -> list[str]:
    """Say with whom a row is in dispute, the first of them."""
    return [_disputed(row, dispute) for dispute in row.disputes[:MAX_NAMED]]


def also_reported_line(row: Row) -> str | None:
    """Say where else a row's first claim is reported, if it is."""
    first, *others = row.hits
    outlets = _distinct(other.article.outlet for other in others)
    outlets = [outlet for outlet in outlets if outlet != first.article.outlet]
    if also := also_in(outlets):
        return also
    if articles := {other.article.id for other in others} - {first.article.id}:
        return say("answers.also_in_articles", n=len(articles))
    return say("answers.repeated") if others else None


def _who_names_source(row: Row) -> Iterable[str]:
    """Which outlets name the source and which keep the name back, where they differ."""
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
    """Say with whom a row is in dispute, and where and when that one was printed."""
    own, hit = row.hits[0], dispute.hit
    denial = hit if dispute.is_denial else own
    is_denied = denial.claim.stance == "denied" or denies(denial.claim.text)
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
