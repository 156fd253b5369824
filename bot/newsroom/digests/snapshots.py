"""How a digest is kept beside its message, and made of that again. Pure.

Of each row the outbox keeps the claim that is shown, with its section and why it is there, and
behind it those that report it or deny it too, each as `beside` the first. Digests from before that
have only the claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.model import (
    ArticleCard,
    CurrentClaim,
    Digest,
    DigestRow,
    DigestSection,
    DigestWants,
    Dispute,
    Hit,
    Reason,
)
from bot.store import DigestClaim, PostedDigest, wording_of
from bot.store.delivery.payloads import DigestHeading

_OLD: Mapping[str, Any] = {"section": "more", "topic": None, "why": []}


def make_heading(made: Digest) -> DigestHeading:
    """What a digest's first and last lines are made of."""
    return DigestHeading(
        zone=made.zone,
        language=made.language,
        language_wanted=made.wants.language,
        claims=made.claims,
        articles=made.articles,
        left_out=made.left_out,
        missed=tuple(moment.isoformat() for moment in made.missed),
        uncertain=tuple(moment.isoformat() for moment in made.uncertain),
        feeds=made.feeds,
        next_check=made.next_check.isoformat() if made.next_check else None,
        topics=tuple(made.wants.topics),
        outlets=tuple(made.wants.outlets),
        limit=made.wants.claims,
    )


def claims_in_digest(made: Digest) -> list[DigestClaim]:
    """The claims that a digest shows or speaks of, each with its place."""
    out = []
    for section in made.sections:
        for row in section.rows:
            hit = row.current.hit
            why = [list(reason) for reason in row.why]
            place = {"section": section.kind, "topic": section.topic, "why": why}
            out.append(DigestClaim(row.claim_id, wording_of(hit.claim) if hit else None, place))
            for name, hits in (("others", row.others), ("same_sentence", row.same_sentence)):
                place = {"beside": row.claim_id, "as": name}
                out += [DigestClaim(one.claim.id, wording_of(one.claim), place) for one in hits]
            for one in row.disputes:
                place = {"beside": row.claim_id, "as": "denials"}
                place |= {"half": one.half, "order": one.order}
                out.append(DigestClaim(one.hit.claim.id, wording_of(one.hit.claim), place))
    return out


def empty_digest(posted: PostedDigest) -> Digest:
    """A digest that has been posted, without its claims."""
    frame = Digest(day=posted.day, since=posted.since, until=posted.until, zone="UTC")
    if not (heading := posted.heading):
        return frame
    return replace(
        frame,
        zone=heading.zone,
        language=heading.language,
        wants=DigestWants(
            topics=heading.topics or (),
            outlets=heading.outlets,
            claims=heading.limit,
            language=heading.language_wanted or heading.language,
        ),
    )


def restore_digest(
    posted: PostedDigest, claims: Sequence[CurrentClaim], copies: Mapping[str, ArticleCard]
) -> Digest:
    """A digest that has been posted, with its claims as they stand by now, in the order of
    `posted.shown`; `copies` are the articles that an old one names beside those of its claims."""
    rows, heading = _rows(posted, claims), posted.heading
    if heading and heading.copies:
        rows = [(place, _with_copies(row, heading.copies, copies)) for place, row in rows]
    # Of digests from before numbers were kept, the claims that they show are all that is known.
    articles = len({one.hit.article.id for one in claims if one.hit})
    made = replace(
        empty_digest(posted),
        sections=tuple(_sections(rows)),
        claims=len(claims),
        articles=articles,
        left_out=len(claims) - len(rows),
    )
    if heading is None:
        return made
    known = _or(heading.claims, len(claims))
    return replace(
        made,
        claims=known,
        articles=_or(heading.articles, articles),
        left_out=_or(heading.left_out, known - len(rows)),
        missed=_moments(heading.missed),
        uncertain=_moments(heading.uncertain),
        feeds=heading.feeds,
        next_check=datetime.fromisoformat(heading.next_check) if heading.next_check else None,
    )


def _or(kept: int | None, counted: int) -> int:
    """A number as it was kept; as it is `counted`, where it was not."""
    return counted if kept is None else kept


def _rows(
    posted: PostedDigest, claims: Sequence[CurrentClaim]
) -> list[tuple[Mapping[str, Any], DigestRow]]:
    rows: list[tuple[Mapping[str, Any], DigestRow]] = []
    beside: defaultdict[tuple[str, str], list[Hit]] = defaultdict(list)
    disputes: defaultdict[str, list[Dispute]] = defaultdict(list)
    for shown, stands in zip(posted.shown, claims, strict=True):
        place = shown.place or _OLD
        if "beside" not in place:
            why = tuple(Reason(*reason) for reason in place["why"])
            rows.append((place, DigestRow(claim_id=shown.claim_id, current=stands, why=why)))
        elif stands.hit and place["as"] == "denials":
            disputes[place["beside"]].append(_dispute(stands.hit, place))
        elif stands.hit:
            beside[place["beside"], place["as"]].append(stands.hit)
    return [
        (
            place,
            replace(
                row,
                others=tuple(beside[row.claim_id, "others"]),
                disputes=tuple(disputes[row.claim_id]),
                same_sentence=tuple(beside[row.claim_id, "same_sentence"]),
            ),
        )
        for place, row in rows
    ]


def _dispute(denial: Hit, place: Mapping[str, Any]) -> Dispute:
    """A denial beside a row; digests from before halves and orders were kept have neither."""
    half, order = place.get("half"), place.get("order", "unknown")
    return Dispute(hit=denial, is_denial=True, half=half, order=order)


def _with_copies(
    row: DigestRow, named: Mapping[str, Mapping[str, str]], copies: Mapping[str, ArticleCard]
) -> DigestRow:
    if not (hit := row.current.hit):
        return row
    there = [copies[copy] for copy in named.get(hit.article.id, ()) if copy in copies]
    return replace(row, others=tuple(replace(hit, article=card) for card in there))


def _sections(rows: Sequence[tuple[Mapping[str, Any], DigestRow]]) -> Sequence[DigestSection]:
    return [
        DigestSection(kind=kind, topic=topic, rows=tuple(row for _, row in there))
        for (kind, topic), there in groupby(
            rows, key=lambda one: (one[0]["section"], one[0]["topic"])
        )
    ]


def _moments(kept: Sequence[str]) -> tuple[datetime, ...]:
    return tuple(map(datetime.fromisoformat, kept))
