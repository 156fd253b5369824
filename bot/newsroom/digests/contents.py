"""The use case of putting a day's claims together, as one channel wants them."""

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
from bot.digest.news import PrintedClaim, boilerplate, is_news
from bot.errors import QueryError
from bot.languages.table import name_parts
from bot.model import Claim, CurrentClaim, Digest, DigestRow, Hit, Reason, Row
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.index_updates import IndexUpdates
from bot.newsroom.search.shown import PrintedNames, ShownClaims
from bot.search import parse
from bot.speakers.names import read_name

REPEAT_WINDOW = timedelta(days=30)
"""How far before a digest sentences are looked for that are printed again and again."""


@dataclass(eq=False, repr=False, kw_only=True)
class DigestContents:
    """What a digest holds, from what is in the store."""

    arrivals: store.ClaimArrivals
    names: store.SpeakerNames
    posted: store.PostedMessages
    feeds: store.Feeds
    index: OpenIndex
    claims: ShownClaims
    printed_names: PrintedNames
    updates: IndexUpdates
    settings: DigestSettings
    now: Clock

    def compose(self, frame: Digest, touched: Sequence[str]) -> Digest:
        """The digest of the articles that arrived in the window of `frame`, one that has no
        sections yet; `touched` are claims of earlier ones that were corrected or went in it."""
        rows, known = self._day(frame)
        known = replace(known, changes=self._changes(touched))
        read = partial(self._news, frame=frame)
        made = plan(rows, frame=frame, limit=self._limit(frame), known=known, read=read)
        return self.with_passages(made) if made.claims else self._with_checks(made)

    def compose_omitted(self, frame: Digest, shown: Collection[str]) -> Digest:
        """What is left of the same articles when some claims have been `shown`, without
        passages."""
        rows, known = self._day(frame)
        limit = self._limit(frame)
        return plan_rest(rows, frame=frame, limit=limit, known=known, shown=shown)

    def _limit(self, frame: Digest) -> int:
        return frame.wants.claims or self.settings.claims

    def _day(self, frame: Digest) -> tuple[Sequence[Row], DayFacts]:
        """The statements of a digest's window, and what is known of them."""
        wants, settings = frame.wants, self.settings
        found = self.arrivals.claims_arrived(
            frame.since, frame.until, oldest_days=settings.oldest_days
        )
        if wants.outlets:
            wanted = {outlet.casefold() for outlet in wants.outlets}
            found = [one for one in found if (one[1].outlet or "").casefold() in wanted]
        hits = [
            Hit(claim=claim, article=card, score=0.0) for claim, card in self.claims.shown(found)
        ]
        rows = self.claims.group_rows(sorted(hits, key=lambda hit: hit.claim.id))
        claims = [hit.claim for hit in hits]
        return rows, DayFacts(
            new_voices=self._new_voices(claims, frame),
            speaker_keys=_persons(claims),
            topics={topic: self._found_by(topic, claims) for topic in wants.topics},
        )

    def _news(self, hits: Sequence[Hit], frame: Digest) -> Sequence[Hit]:
        """Those of some claims that are news, each with its passage."""
        texts = {hit.claim.text for hit in hits}
        printed = (
            PrintedClaim(
                family=card.family,
                outlet=card.outlet,
                text=claim.text,
                cue=claim.cue,
                source=claim.source,
                is_earlier=at < frame.since,
            )
            for claim, card, at in self.arrivals.claims_with_text(
                texts, frame.since - REPEAT_WINDOW, frame.until
            )
        )
        old = boilerplate(hits, printed)
        there = self.claims.with_passages(hit for hit in hits if hit.claim.id not in old)
        return [hit for hit in there if is_news(hit)]

    def with_passages(self, digest: Digest) -> Digest:
        """A digest with the printed sentences of what its rows show."""
        sections = (
            replace(section, rows=tuple(map(self._row_with_passages, section.rows)))
            for section in digest.sections
        )
        return replace(digest, sections=tuple(sections))

    def _row_with_passages(self, row: DigestRow) -> DigestRow:
        first = self.claims.with_passages([row.current.hit] if row.current.hit else [])
        return replace(
            row,
            current=replace(row.current, hit=first[0] if first else None),
            others=tuple(self.claims.with_passages(row.others)),
            disputes=tuple(
                replace(dispute, hit=hit)
                for dispute, hit in zip(
                    row.disputes,
                    self.claims.with_passages([one.hit for one in row.disputes]),
                    strict=True,
                )
            ),
        )

    def _new_voices(self, claims: Sequence[Claim], frame: Digest) -> set[str]:
        """The ids of claims of people whom nothing names that arrived before, by any name; none
        where nothing did."""
        named = {claim.id: claim.speaker for claim in claims if claim.speaker and _is_named(claim)}
        if not named or not self.arrivals.has_arrived(frame.since):
            return set()
        stands = self.names.speakers(sorted(set(named.values())))
        also = self.names.aliases_of(sorted(set(stands.values())))
        everyone = {name: name for name in stands.values()} | also
        heard = self.arrivals.known_speakers(sorted(everyone), frame.since)
        known = {everyone[name] for name in heard}
        new = {
            name
            for name, stand in stands.items()
            if stand not in known and read_name(stand).kind == "full"
        }
        return {claim_id for claim_id, name in named.items() if name in new}

    def _found_by(self, topic: str, claims: Sequence[Claim]) -> Collection[str]:
        """The ids of those claims that a saved search finds, taken as it is typed."""
        self.updates.catch_up_if_free()
        with contextlib.suppress(QueryError):  # it could be read when it was saved
            query = replace(parse(topic, self.now().astimezone().date()), exact=True)
            also = self.printed_names.aliases_for(query.by) if query.by else ()
            ids = [claim.id for claim in claims]
            return self.index().among(replace(query, also_by=also), ids)
        return ()

    def _changes(self, touched: Sequence[str]) -> list[DigestRow]:
        standing, gone = self.claims.by_id(touched), self.posted.gone(touched)
        rows = []
        for one in touched:
            stands = CurrentClaim(gone=gone.get(one))
            if one in standing:
                claim, card = standing[one]
                stands = CurrentClaim(hit=Hit(claim=claim, article=card, score=0.0), changed=True)
            rows.append(DigestRow(claim_id=one, current=stands, why=(Reason("changed", 0),)))
        return rows

    def _with_checks(self, quiet: Digest) -> Digest:
        """A day without claims, with how many feeds are read and when the next one is."""
        feeds = sum(feed.state == "active" for feed in self.feeds.all())
        coming = self.feeds.next_poll()
        is_ahead = coming is not None and coming > self.now()
        return replace(quiet, feeds=feeds, next_check=coming if is_ahead else None)


def _is_named(claim: Claim) -> bool:
    sure = not claim.unsure and not claim.negative
    return claim.source_kind == "named" and sure


def _persons(claims: Sequence[Claim]) -> Mapping[str, str]:
    """Whose name each printed name of a person is, for taking turns: first and family name, without
    titles and initials.

    A family name alone is taken for whoever of that name is quoted most on the day. That may be
    wrong, which costs a turn and shows nothing wrong.
    """
    printed = Counter(claim.known_as or claim.speaker for claim in claims if _is_named(claim))
    names = {name: read_name(_untitled(name)) for name in printed if name}
    quoted: dict[str, Counter[str]] = {}
    persons = {}
    for name, read in names.items():
        if read.kind == "full":
            persons[name] = f"{read.given[0]} {read.family}"
            quoted.setdefault(read.family, Counter())[persons[name]] += printed[name]
    for name, read in names.items():
        if read.kind == "short":
            of_family = quoted.get(read.family, {read.family: 1})
            persons[name] = min(of_family, key=lambda one: (-of_family[one], one))
    return persons


def _untitled(name: str) -> str:
    """A name without "Mr." and the like: with it, a family name alone meets no other name."""
    words = name.split()
    while len(words) > 1 and words[0].lower().strip(".") in name_parts.CLOSED:
        del words[0]
    return " ".join(words)
