"""The notes below a claim: who else reports or disputes it, or that it was found by meaning. No
I/O."""

from __future__ import annotations

from collections.abc import Iterable

from bot.articles.outlets import one_per_outlet
from bot.model import Dispute, Hit, Row
from bot.text.negation import is_denial
from bot.wording.answers import other_outlets_line, outlet_name
from bot.wording.runs import shorten
from bot.wording.who_line import name_of
from bot.words import say
from bot.words.dates import short_date

MAX_NAMED = 2
"""The number of outlets that are named, and of disputes that are shown."""
MAX_DENIED_PART = 80


def notes(hit: Hit, row: Row | None, *, with_outlets: bool = True) -> list[str]:
    """Say whether a claim was found by meaning, who else reports it (`with_outlets`), which
    outlets name its source, and who disputes it."""
    lines = [say("answers.by_meaning")] if hit.by_meaning else []
    if row:
        reports_line = also_reported_line(row) if with_outlets else None
        lines += [*([reports_line] if reports_line else []), *_naming_outlets(row)]
        lines += dispute_lines(row)
    return lines


def dispute_lines(row: Row) -> list[str]:
    """Describe the first disputes of a row."""
    return [_describe_dispute(row, dispute) for dispute in row.disputes[:MAX_NAMED]]


def also_reported_line(row: Row) -> str | None:
    """Say where else a row's first claim is reported; None if nowhere."""
    first, *others = row.hits
    _, *printing = one_per_outlet(hit.article for hit in row.hits)
    outlets = [article.outlet for article in printing if article.outlet]
    if outlets_line := other_outlets_line(outlets):
        return outlets_line
    if articles := {other.article.id for other in others} - {first.article.id}:
        return say("answers.also_in_articles", n=len(articles))
    return say("answers.repeated") if others else None


def _naming_outlets(row: Row) -> Iterable[str]:
    """Say which outlets name the source and which do not, if they differ."""
    named = [hit for hit in row.hits if hit.claim.source_kind == "named"]
    unnamed = [hit for hit in row.hits if hit.claim.source_kind in ("described", "unnamed")]
    if named and unnamed:
        yield say("answers.named_by", named=_places(named), unnamed=_places(unnamed))


def _places(hits: Iterable[Hit]) -> str:
    articles = one_per_outlet(hit.article for hit in hits)
    names = _without_duplicates(article.outlet or article.title for article in articles)
    shown = ", ".join(names[:MAX_NAMED]) or say("answers.untitled_article")
    remaining = len(names) - MAX_NAMED
    return say("answers.places_and_more", places=shown, n=remaining) if remaining > 0 else shown


def _describe_dispute(row: Row, dispute: Dispute) -> str:
    """Say who disputes a row, and where and when that was printed."""
    first, hit = row.hits[0], dispute.hit
    denial = hit if dispute.is_denial else first
    is_denied = denial.claim.stance == "denied" or is_denial(denial.claim.text)
    part_key = "part_" if dispute.denied_part else ""
    side_key = "by" if dispute.is_denial else "with"
    description = say(
        f"answers.{'denied' if is_denied else 'contradicted'}_{part_key}{side_key}",
        who=name_of(hit.claim) or say("answers.source_not_given"),
        **({"half": shorten(dispute.denied_part, MAX_DENIED_PART)} if dispute.denied_part else {}),
    )
    return " · ".join([description, *_where_and_when(first, dispute)])


def _where_and_when(first: Hit, dispute: Dispute) -> Iterable[str]:
    article = dispute.hit.article
    if article.id == first.article.id:
        yield say("answers.same_article")
        return
    if outlet := outlet_name(article):
        yield outlet
    if article.published_on:
        yield short_date(article.published_on)
    if dispute.order == "unknown":
        yield say("answers.order_unknown")


def _without_duplicates(names: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(name for name in names if name))
