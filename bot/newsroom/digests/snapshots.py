"""Convert a digest to the form stored with its message, and back. Pure.

For each row, the outbox stores the claim shown, with its section and the reasons for showing it,
followed by the claims that report or deny the same; their `beside` is the id of the first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from bot.model import (
    CurrentClaim,
    Digest,
    DigestPreferences,
    DigestRow,
    DigestSection,
    Dispute,
    Hit,
    Reason,
)
from bot.store import DigestClaim, PostedDigest, wording_hash
from bot.store.delivery.payloads import DigestHeading


def make_heading(digest: Digest) -> DigestHeading:
    """Return what is stored of a digest for its first and last lines."""
    return DigestHeading(
        zone=digest.zone,
        claims=digest.claims,
        articles=digest.articles,
        left_out=digest.omitted_count,
        missed=tuple(moment.isoformat() for moment in digest.missed),
        uncertain=tuple(moment.isoformat() for moment in digest.uncertain),
        feeds=digest.feeds,
        next_check=digest.next_check.isoformat() if digest.next_check else None,
        topics=tuple(digest.preferences.topics),
        outlets=tuple(digest.preferences.outlets),
        limit=digest.preferences.claims,
    )


def claims_in_digest(digest: Digest) -> list[DigestClaim]:
    """Return the claims that a digest shows or mentions, with their places."""
    claims = []
    for section in digest.sections:
        for row in section.rows:
            hit = row.current.hit
            reasons = [list(reason) for reason in row.reasons]
            place = {"section": section.kind, "topic": section.topic, "why": reasons}
            wording = wording_hash(hit.claim) if hit else None
            claims.append(DigestClaim(row.claim_id, wording, place))
            for role, hits in (
                ("others", row.others),
                ("same_sentence", row.same_sentence),
                ("earlier", (row.earlier,) if row.earlier else ()),
            ):
                claims += [_related_claim(row, role, hit) for hit in hits]
            claims += [
                _related_claim(
                    row,
                    "denials",
                    dispute.hit,
                    denied_part=dispute.denied_part,
                    order=dispute.order,
                )
                for dispute in row.disputes
            ]
    return claims


def _related_claim(row: DigestRow, role: str, hit: Hit, **details: Any) -> DigestClaim:
    place = {"beside": row.claim_id, "as": role, **details}
    return DigestClaim(hit.claim.id, wording_hash(hit.claim), place)


def empty_digest(posted: PostedDigest) -> Digest:
    """Return a posted digest without its claims."""
    digest = Digest(day=posted.day, since=posted.since, until=posted.until, zone="UTC")
    if not (heading := posted.heading):
        return digest
    return replace(
        digest,
        zone=heading.zone,
        preferences=DigestPreferences(
            topics=heading.topics,
            outlets=heading.outlets,
            claims=heading.limit,
        ),
    )


def restore_digest(posted: PostedDigest, claims: Sequence[CurrentClaim]) -> Digest:
    """Return a posted digest with the current state of its claims, in the order of
    `posted.shown`."""
    digest = replace(empty_digest(posted), sections=tuple(_sections(_rows(posted, claims))))
    if not (heading := posted.heading):
        return digest
    return replace(
        digest,
        claims=heading.claims,
        articles=heading.articles,
        omitted_count=heading.left_out,
        missed=tuple(map(datetime.fromisoformat, heading.missed)),
        uncertain=tuple(map(datetime.fromisoformat, heading.uncertain)),
        feeds=heading.feeds,
        next_check=datetime.fromisoformat(heading.next_check) if heading.next_check else None,
    )


def _rows(
    posted: PostedDigest, claims: Sequence[CurrentClaim]
) -> list[tuple[Mapping[str, Any], DigestRow]]:
    """Return the rows of a digest, each with its place."""
    rows: list[tuple[Mapping[str, Any], DigestRow]] = []
    related_hits: defaultdict[tuple[str, str], list[Hit]] = defaultdict(list)
    disputes: defaultdict[str, list[Dispute]] = defaultdict(list)
    for shown, current in zip(posted.shown, claims, strict=True):
        if not (place := shown.place):
            continue
        if "beside" not in place:
            reasons = tuple(Reason(*reason) for reason in place["why"])
            rows.append(
                (place, DigestRow(claim_id=shown.claim_id, current=current, reasons=reasons))
            )
        elif current.hit and place["as"] == "denials":
            disputes[place["beside"]].append(
                Dispute(
                    hit=current.hit,
                    is_denial=True,
                    denied_part=place["denied_part"],
                    order=place["order"],
                )
            )
        elif current.hit:
            related_hits[place["beside"], place["as"]].append(current.hit)
    return [
        (
            place,
            replace(
                row,
                others=tuple(related_hits[row.claim_id, "others"]),
                disputes=tuple(disputes[row.claim_id]),
                same_sentence=tuple(related_hits[row.claim_id, "same_sentence"]),
                earlier=next(iter(related_hits[row.claim_id, "earlier"]), None),
            ),
        )
        for place, row in rows
    ]


def _sections(rows: Sequence[tuple[Mapping[str, Any], DigestRow]]) -> Sequence[DigestSection]:
    groups = groupby(rows, key=lambda entry: (entry[0]["section"], entry[0]["topic"]))
    return [
        DigestSection(kind=kind, topic=topic, rows=tuple(row for _, row in entries))
        for (kind, topic), entries in groups
    ]
