"""The notes below a claim: who else reports or disputes it, or that it was found by meaning. No
I/O."""

from __future__ import annotations

from collections.abc import Iterable

from bot.articles.outlets import one_per_outlet
from bot.model import Dispute, Hit, Row
from bot.text.negation import is_denial
from bot.wording.answers import other_outlets_line, outlet_name
from bot.wording.runs import shorten
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
    for shown in row.shown_hits if row else (hit,):
        lines += dispute_lines(shown)
    return list(dict.fromkeys(lines))


def dispute_lines(hit: Hit) -> list[str]:
    """Describe the first disputes of a claim."""
    return [_describe_dispute(hit, dispute) for dispute in hit.disputes[:MAX_NAMED]]


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


def _describe_dispute(shown: Hit, dispute: Dispute) -> str:
    """Say who disputes a claim, or speaks on the same matter, and where that was printed."""
    hit = dispute.hit
    if dispute.is_same_matter:
        description = say(
            "answers.same_matter_denied"
            if hit.claim.stance == "denied"
            else "answers.same_matter_said",
            who=hit.claim.speaker_name or say("answers.source_not_given"),
            words=shorten(hit.claim.text.strip(' ,;.“”"‘’'), MAX_DENIED_PART),
        )
        return " · ".join([description, *_where_and_when(shown, dispute)])
    denial = hit if dispute.is_denial else shown
    is_denied = denial.claim.stance == "denied" or is_denial(denial.claim.text)
    part_key = "part_" if dispute.denied_part else ""
    side_key = "by" if dispute.is_denial else "with"
    description = say(
        f"answers.{'denied' if is_denied else 'contradicted'}_{part_key}{side_key}",
        who=hit.claim.speaker_name or say("answers.source_not_given"),
        **({"half": shorten(dispute.denied_part, MAX_DENIED_PART)} if dispute.denied_part else {}),
    )
    return " · ".join([description, *_where_and_when(shown, dispute)])


def _where_and_when(shown: Hit, dispute: Dispute) -> Iterable[str]:
    article = dispute.hit.article
    if article.id == shown.article.id:
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
