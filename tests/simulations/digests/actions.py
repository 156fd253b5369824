"""What people do and articles bring in the year, carried out on Claimdesk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.errors import BotError, NotFoundError
from bot.model import DigestPreferences, Document
from bot.newsroom import Newsroom
from tests.simulations.digests.digest_worker import TEAM
from tests.simulations.digests.year import WATCHES, Event, What, Year


@dataclass(frozen=True)
class Press:
    """Somebody wanted a digest at once and was told that it comes."""

    at: float
    channel: int
    day: date


class Actions:
    """Does what happens; `faults` are what it was refused without reason."""

    def __init__(self, newsroom: Newsroom, year: Year) -> None:
        self._newsroom, self._year = newsroom, year
        self._articles: dict[int, str] = {}
        self.pressed: list[Press] = []
        self.faults: list[str] = []
        self._do: Mapping[What, Callable[[Event], None]] = {
            **{"set": self._set, "off": self._off, "now": self._now},
            **{"arrive": self._arrive, "withdraw": self._withdraw, "correct": self._correct},
        }

    def do(self, one: Event) -> None:
        """Let something happen."""
        if not self._newsroom.store.watches.all():
            self._watch()
        try:
            self._do[one.what](one)
        except BotError as error:
            self.faults.append(f"{one.what} {one.number}: {error}")

    def _watch(self) -> None:
        for one in WATCHES:
            self._newsroom.watches.add(
                team=TEAM,
                person=one.person,
                channel=one.person,
                query=one.word,
                zone=one.zone,
                pace=one.pace,
                at=one.at,
                quiet=one.quiet,
            )

    def _set(self, one: Event) -> None:
        channel, wanted = self._year.channels[one.number], one.wanted
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

    def _off(self, one: Event) -> None:
        self._newsroom.store.ledger.unsubscribe(TEAM, self._year.channels[one.number].id)

    def _now(self, one: Event) -> None:
        try:
            row = self._newsroom.digests.post_now(TEAM, self._year.channels[one.number].id)
        except NotFoundError:  # it is off, or was stopped
            return
        if row.state == "planned" and row.posting_time == self._newsroom.now():
            self.pressed.append(Press(one.at, one.number, row.key.day))

    def _arrive(self, one: Event) -> None:
        story = self._year.stories[one.number]
        document = Document(
            origin=f"{story.number}.txt",
            guid=f"guid-{story.number}",
            title=f"Report {story.number}",
            text=story.text,
            outlet=f"The {story.words[0] if story.words else 'Daily'} Post",
            published_on=self._newsroom.now().date(),
        )
        (outcome,) = self._newsroom.intake.articles.ingest([document])
        self._articles[one.number] = outcome.id

    def _withdraw(self, one: Event) -> None:
        self._newsroom.intake.articles.remove([self._articles[one.number]], reason="it was wrong")

    def _correct(self, one: Event) -> None:
        story = self._year.stories[one.number]
        article = self._articles[one.number]
        (claim,) = self._newsroom.store.archive.entries([article])
        self._newsroom.corrections.correct(
            team=TEAM,
            press=f"press-{one.number}",
            claim_id=claim.claim_id,
            changes={"speaker": story.other},
            reason="heard on tape",
            person="U1",
            person_name="Ann",
            is_accepted=True,
        )
