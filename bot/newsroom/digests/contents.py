"""Compose a digest: select and arrange a day's claims for one channel."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot import store
from bot.config import DigestSettings
from bot.digest import DayFacts, plan, plan_rest
from bot.digest.news import PrintedClaim, find_boilerplate, is_news
from bot.errors import QueryError
from bot.languages.table import name_parts
from bot.model import Claim, CurrentClaim, Digest, DigestRow, Hit, Reason, Row
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.disputes import Disputes
from bot.newsroom.search.index_updates import IndexUpdates
from bot.newsroom.speakers.printed import PrintedNames
from bot.newsroom.speakers.said_before import SaidBefore
from bot.search import parse
from bot.speakers.names import parse_name
from bot.statements.rows import group_by_statement

REPEAT_WINDOW = timedelta(days=30)
"""How far back to look for sentences that are printed repeatedly."""


@dataclass(eq=False, repr=False, kw_only=True)
class DigestContents:
    """Composes digests from the store."""

    arrivals: store.ClaimArrivals
    names: store.SpeakerNames
    posted_messages: store.PostedMessages
    feeds: store.Feeds
    index: OpenIndex
    claims: ShownClaims
    disputes: Disputes
    said_before: SaidBefore
    printed_names: PrintedNames
    updates: IndexUpdates
    settings: DigestSettings
    now: Clock

    def compose(self, frame: Digest, changed_ids: Sequence[str]) -> Digest:
        """Return the digest of the articles that arrived in a window.

        `frame` is a digest without sections that gives the window. `changed_ids` are claims of
        earlier digests that were corrected or removed during the window.
        """
        rows, facts = self._load_day(frame)
        digest = plan(
            rows,
            frame=frame,
            limit=self._limit(frame),
            facts=replace(facts, changes=self._change_rows(changed_ids)),
            read_passages=partial(self._select_news, frame=frame),
        )
        if not digest.claims:
            return self._with_feed_status(digest)
        return self.with_passages(self._with_earlier(digest))

    def _with_earlier(self, digest: Digest) -> Digest:
        """Add to the rows of a digest what their speakers said before, where it opposes them."""

        def add(row: DigestRow) -> DigestRow:
            hit = row.current.hit
            if not hit or row.disputes or row.current.changed:
                return row
            earlier = self.said_before.opposed(hit)
            return replace(row, earlier=earlier.hit) if earlier else row

        sections = (
            replace(section, rows=tuple(map(add, section.rows))) for section in digest.sections
        )
        return replace(digest, sections=tuple(sections))

    def compose_omitted(self, frame: Digest, shown_ids: Collection[str]) -> Digest:
        """Return a digest of the claims that `compose` left out, without passages.

        `shown_ids` are the ids of the claims that were shown.
        """
        rows, facts = self._load_day(frame)
        return plan_rest(rows, frame=frame, limit=self._limit(frame), facts=facts, shown=shown_ids)

    def _limit(self, frame: Digest) -> int:
        return frame.preferences.claims or self.settings.claims

    def _load_day(self, frame: Digest) -> tuple[Sequence[Row], DayFacts]:
        """Return the statements of a digest's window, and facts about them."""
        preferences = frame.preferences
        arrivals = self.arrivals.claims_arrived(
            frame.since, frame.until, oldest_days=self.settings.oldest_days
        )
        if preferences.outlets:
            outlets = {outlet.casefold() for outlet in preferences.outlets}
            arrivals = [hit for hit in arrivals if (hit.article.outlet or "").casefold() in outlets]
        shown = self.claims.as_shown([hit.claim for hit in arrivals])
        hits = [replace(hit, claim=claim) for hit, claim in zip(arrivals, shown, strict=True)]
        self.updates.catch_up_if_free()
        rows = group_by_statement(sorted(hits, key=lambda hit: hit.claim.id))
        firsts = self.disputes.with_disputes(row.hits[0] for row in rows)
        rows = tuple(
            replace(row, hits=(first, *row.hits[1:]))
            for row, first in zip(rows, firsts, strict=True)
        )
        claims = [hit.claim for hit in hits]
        return rows, DayFacts(
            new_voices=self._new_voices(claims, frame),
            speaker_keys=_speaker_keys(claims),
            topics={topic: self._match_topic(topic, claims) for topic in preferences.topics},
        )

    def _select_news(self, hits: Sequence[Hit], frame: Digest) -> Sequence[Hit]:
        """Return those hits that are news, with their passages."""
        texts = {hit.claim.text for hit in hits}
        printed_claims = (
            PrintedClaim(
                family=article.family_id,
                outlet=article.outlet,
                text=claim.text,
                cue=claim.cue,
                source=claim.source,
                is_earlier=arrived_at < frame.since,
            )
            for claim, article, arrived_at in self.arrivals.claims_with_text(
                texts, frame.since - REPEAT_WINDOW, frame.until
            )
        )
        repeated_ids = find_boilerplate(hits, printed_claims)
        new_hits = self.claims.with_passages(
            hit for hit in hits if hit.claim.id not in repeated_ids
        )
        return [hit for hit in new_hits if is_news(hit)]

    def with_passages(self, digest: Digest) -> Digest:
        """Add to the rows of a digest the printed sentences of their claims."""
        sections = (
            replace(section, rows=tuple(map(self._row_with_passages, section.rows)))
            for section in digest.sections
        )
        return replace(digest, sections=tuple(sections))

    def _row_with_passages(self, row: DigestRow) -> DigestRow:
        current = self.claims.with_passages([row.current.hit] if row.current.hit else [])
        denials = self.claims.with_passages([dispute.hit for dispute in row.disputes])
        return replace(
            row,
            current=replace(row.current, hit=current[0] if current else None),
            others=tuple(self.claims.with_passages(row.others)),
            disputes=tuple(
                replace(dispute, hit=hit)
                for dispute, hit in zip(row.disputes, denials, strict=True)
            ),
        )

    def _new_voices(self, claims: Sequence[Claim], frame: Digest) -> set[str]:
        """Return the ids of claims by people who were never quoted before, under any name.

        Empty if nothing at all arrived before the window.
        """
        speakers = {
            claim.id: claim.speaker for claim in claims if claim.speaker and _is_named(claim)
        }
        if not speakers or not self.arrivals.has_arrived(frame.since):
            return set()
        canonical = self.names.canonical_names(sorted(set(speakers.values())))
        aliases = self.names.aliases_of(sorted(set(canonical.values())))
        canonical_by_any_name = {name: name for name in canonical.values()} | aliases
        known_names = self.arrivals.known_speakers(sorted(canonical_by_any_name), frame.since)
        quoted_before = {canonical_by_any_name[name] for name in known_names}
        return {
            claim_id
            for claim_id, speaker in speakers.items()
            if (name := canonical.get(speaker))
            and name not in quoted_before
            and parse_name(name).kind == "full"
        }

    def _match_topic(self, topic: str, claims: Sequence[Claim]) -> Collection[str]:
        """Return the ids of those claims that match a saved search exactly as typed."""
        with contextlib.suppress(QueryError):  # it was valid when it was saved
            query = replace(parse(topic, self.now().astimezone().date()), exact=True)
            aliases = self.printed_names.aliases_for(query.speakers) if query.speakers else ()
            claim_ids = [claim.id for claim in claims]
            return self.index().filter_ids(replace(query, speaker_aliases=aliases), claim_ids)
        return ()

    def _change_rows(self, claim_ids: Sequence[str]) -> list[DigestRow]:
        hits = self.claims.by_id(claim_ids)
        gone = self.posted_messages.gone_claims_by_id(claim_ids)
        return [
            DigestRow(
                claim_id=claim_id,
                current=CurrentClaim(hit=hits[claim_id], changed=True)
                if claim_id in hits
                else CurrentClaim(gone=gone.get(claim_id)),
                reasons=(Reason("changed", 0),),
            )
            for claim_id in claim_ids
        ]

    def _with_feed_status(self, digest: Digest) -> Digest:
        """Add to a digest without claims the number of active feeds and the time of the next
        poll."""
        active_feeds = sum(feed.state == "active" for feed in self.feeds.all())
        next_poll = self.feeds.next_poll_at()
        is_in_future = next_poll is not None and next_poll > self.now()
        return replace(digest, feeds=active_feeds, next_check=next_poll if is_in_future else None)


def _is_named(claim: Claim) -> bool:
    return claim.source_kind == "named" and not claim.negative


def _speaker_keys(claims: Sequence[Claim]) -> Mapping[str, str]:
    """Map each printed name of a person to a key: first and family name, without titles and
    initials.

    The keys let speakers take turns. A family name alone counts as the person of that name who is
    quoted most that day. If that is wrong, it only costs somebody a turn.
    """
    counts = Counter(claim.known_as or claim.speaker for claim in claims if _is_named(claim))
    names = {
        printed_name: parse_name(_without_title(printed_name))
        for printed_name in counts
        if printed_name
    }
    counts_by_family: dict[str, Counter[str]] = {}
    keys = {}
    for printed_name, name in names.items():
        if name.kind == "full":
            keys[printed_name] = f"{name.given[0]} {name.family}"
            family = counts_by_family.setdefault(name.family, Counter())
            family[keys[printed_name]] += counts[printed_name]
    for printed_name, name in names.items():
        if name.kind == "short":
            candidates = counts_by_family.get(name.family, {name.family: 1})
            keys[printed_name] = min(candidates, key=lambda key: (-candidates[key], key))
    return keys


def _without_title(name: str) -> str:
    """Remove "Mr." and the like: with it, a family name alone matches no other name."""
    words = name.split()
    while len(words) > 1 and words[0].lower().strip(".") in name_parts.CLOSED_TITLES:
        del words[0]
    return " ".join(words)
