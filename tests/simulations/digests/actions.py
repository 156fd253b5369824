"""Carry out the events of the year on Claimdesk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.errors import BotError, NotFoundError
from bot.model import DigestPreferences, Document
from bot.newsroom import Newsroom
from tests.simulations.digests.digest_worker import TEAM
from tests.simulations.digests.year import WATCHES, Event, EventKind, Year


@dataclass(frozen=True)
class Press:
    """Somebody asked for a digest now, and was promised one."""

    at: float
    channel: int
    day: date


class Actions:
    """Carries out events; `faults` has those that Claimdesk refused."""

    def __init__(self, newsroom: Newsroom, year: Year) -> None:
        self._newsroom, self._year = newsroom, year
        self._articles: dict[int, str] = {}
        self.presses: list[Press] = []
        self.faults: list[str] = []
        self._actions: Mapping[EventKind, Callable[[Event], None]] = {
            **{"set": self._set, "off": self._off, "now": self._now},
            **{"arrive": self._arrive, "withdraw": self._withdraw, "correct": self._correct},
        }

    def do(self, event: Event) -> None:
        """Carry out an event."""
        if not self._newsroom.store.watches.all():
            self._add_watches()
        try:
            self._actions[event.kind](event)
        except BotError as error:
            self.faults.append(f"{event.kind} {event.number}: {error}")

    def _add_watches(self) -> None:
        for watch in WATCHES:
            self._newsroom.watches.add(
                team=TEAM,
                person=watch.person,
                channel=watch.person,
                query=watch.word,
                zone=watch.zone,
                pace=watch.pace,
                at=watch.at,
                quiet=watch.quiet,
            )

    def _set(self, event: Event) -> None:
        channel, wanted = self._year.channels[event.number], event.schedule
        assert wanted
        wants = DigestPreferences(
            days=wanted.days, skip=wanted.skip, paused_until=wanted.paused_until
        )
        self._newsroom.digests.subscriptions.subscribe(
            team=TEAM,
            channel=channel.id,
            at=wanted.at,
            zone=wanted.zone,
            person=channel.person,
            wants=wants,
        )

    def _off(self, event: Event) -> None:
        self._newsroom.store.ledger.unsubscribe(TEAM, self._year.channels[event.number].id)

    def _now(self, event: Event) -> None:
        try:
            row = self._newsroom.digests.post_now(TEAM, self._year.channels[event.number].id)
        except NotFoundError:  # the digest is off or paused
            return
        if row.state == "planned" and row.posting_time == self._newsroom.now():
            self.presses.append(Press(event.at, event.number, row.key.day))

    def _arrive(self, event: Event) -> None:
        story = self._year.stories[event.number]
        document = Document(
            origin=f"{story.number}.txt",
            guid=f"guid-{story.number}",
            title=f"Report {story.number}",
            text=story.text,
            outlet=f"The {story.words[0] if story.words else 'Daily'} Post",
            published_on=self._newsroom.now().date(),
        )
        (outcome,) = self._newsroom.intake.articles.ingest([document])
        self._articles[event.number] = outcome.id

    def _withdraw(self, event: Event) -> None:
        self._newsroom.intake.articles.remove([self._articles[event.number]], reason="it was wrong")

    def _correct(self, event: Event) -> None:
        story = self._year.stories[event.number]
        article = self._articles[event.number]
        (claim,) = self._newsroom.store.archive.entries([article])
        self._newsroom.corrections.correct(
            team=TEAM,
            press=f"press-{event.number}",
            claim_id=claim.claim_id,
            changes={"speaker": story.other},
            reason="heard on tape",
            person="U1",
            person_name="Ann",
            is_accepted=True,
        )
