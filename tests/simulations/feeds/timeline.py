"""The events of fifty feeds and a wire, generated from a seed: the ground truth of a simulation.

Times are seconds since START. This module imports nothing of Claimdesk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal

from tests.simulations.stories import paragraphs

START = datetime(2026, 11, 3, tzinfo=UTC)
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0

Format = Literal["rss", "atom"]
Page = Literal["open", "disallowed", "missing", "late"]

TROUBLES = (
    *("html 200", "html 500", "truncated", "dropped", "slow", "missing", "limited", "unavailable"),
    *("elsewhere", "empty", "login"),
)
"""How a feed's server may fail for some hours: "limited" is 429 and "unavailable" 503, both with
Retry-After, "elsewhere" a 302, "slow" a time-out."""

FIRST_FORGED_NUMBER = 90_000
"""The stories that a hostile feed makes up are numbered from here."""


def moment(at: float) -> datetime:
    return START + timedelta(seconds=at)


@dataclass(kw_only=True)
class Story:
    """A story of one feed.

    `versions` has the start of each version, `embargoes` the start and end of each embargo; an end
    of None lifts the embargo. The feed lists the story in `forced` periods however old it is, in
    `hidden` ones never.
    """

    number: int
    feed: int
    published: float
    versions: list[float]
    text_of: int
    """The number of the story whose text this is: another one's if it is a copy."""
    addition: str = ""
    killed: float | None = None
    embargoes: list[tuple[float, float | None]] = field(default_factory=list)
    hidden: list[tuple[float, float]] = field(default_factory=list)
    forced: list[tuple[float, float]] = field(default_factory=list)
    renamed: float | None = None
    redated: float | None = None
    page: Page = "open"
    page_from: float = 0.0
    has_guid: bool = True
    is_listed_twice: bool = False
    after_kill: Literal["nothing", "same", "guid", "both"] = "nothing"
    """Whether the story is listed again half a day after its kill, and what differs then: only its
    guid, or both guid and address."""

    def version(self, at: float) -> int:
        return sum(start <= at for start in self.versions)

    def embargo(self, at: float) -> float | None:
        ends = [until for since, until in self.embargoes if since <= at]
        return ends[-1] if ends else None

    def is_relisted(self, at: float) -> bool:
        """Tell whether the story was killed, and is listed all the same."""
        if self.killed is None or self.after_kill == "nothing":
            return False
        return self.killed + DAY / 2 <= at < self.killed + DAY

    def text(self, version: int) -> list[str]:
        story = paragraphs(self.text_of, version, random.Random(self.text_of))
        return [*story, self.addition] if self.addition else story


@dataclass(kw_only=True)
class Feed:
    """A feed and its site; `troubles` have a start, an end and a kind."""

    number: int
    format: Format
    host: str
    outlet: str
    full_text: bool = False
    window: int = 15
    troubles: list[tuple[float, float, str]] = field(default_factory=list)
    moved: float | None = None
    gone: float | None = None
    etag: Literal["right", "changing", "none", "date"] = "right"
    charset: Literal["utf-8", "wrong", "header", "bom"] = "utf-8"
    """"wrong": the XML declares another charset; "header": the server does."""
    is_hostile: bool = False
    stories: list[Story] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/feed/{self.number}"

    @property
    def new_path(self) -> str:
        return f"/moved/{self.number}"

    def trouble(self, at: float) -> str | None:
        return next((kind for since, until, kind in self.troubles if since <= at < until), None)

    def listed(self, at: float) -> list[Story]:
        """Return the stories in the feed: forced ones first, then newest first."""
        stories = [story for story in self.stories if self._lists(story, at)]
        stories.sort(key=lambda story: -story.published)
        forced = [story for story in stories if any(a <= at < b for a, b in story.forced)]
        rest = [story for story in stories if story not in forced]
        return forced + rest[: self.window]

    def killed(self, at: float) -> list[Story]:
        """Return the stories whose withdrawal the feed lists, for three days after the kill."""
        return [
            story
            for story in self.stories
            if story.killed is not None and story.killed <= at < story.killed + 3 * DAY
            if not story.is_relisted(at)
        ]

    def _lists(self, story: Story, at: float) -> bool:
        if story.published > at or any(a <= at < b for a, b in story.hidden):
            return False
        return story.killed is None or at < story.killed or story.is_relisted(at)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A file of the wire: one revision of an item."""

    at: float
    item: int
    revision: int
    format: Literal["ninjs", "newsml", "nitf"]
    is_kill: bool = False
    embargo: float | None = None

    @property
    def name(self) -> str:
        what = "kill" if self.is_kill else "story"
        suffix = "json" if self.format == "ninjs" else "xml"
        return f"{self.at:09.0f}_{self.item}_{self.revision}_{what}.{suffix}"


@dataclass(frozen=True)
class Timeline:
    """All events of `days` days at `count` feeds."""

    seed: int
    days: float
    count: int

    @property
    def end(self) -> float:
        """When the last event happens; from then on nothing fails."""
        return self.days * DAY

    @property
    def quiet_until(self) -> float:
        """When each feed has been polled again: the longest interval is 12 hours."""
        return self.end + 14 * HOUR

    @cached_property
    def feeds(self) -> list[Feed]:
        feeds = [self._feed(number) for number in range(self.count)]
        feeds[-1].is_hostile, feeds[-1].format = True, "atom"
        feeds[-1].moved = feeds[-1].gone = None
        feeds[-1].host = "hostile.example"
        for feed in feeds:
            self._publish(feed)
        self._share_copies(feeds)
        return feeds

    @cached_property
    def stories(self) -> dict[int, list[Story]]:
        """The stories of all feeds, by the number that their text names."""
        stories: dict[int, list[Story]] = {}
        for feed in self.feeds:
            for story in feed.stories:
                stories.setdefault(story.text_of, []).append(story)
        return stories

    def _chance(self, *purpose: object) -> random.Random:
        return random.Random(f"{self.seed} {purpose}")

    # -- feeds

    def _feed(self, number: int) -> Feed:
        chance = self._chance("feed", number)
        formats: tuple[Format, ...] = ("atom", "rss", "rss", "atom", "rss")
        feed = Feed(
            number=number,
            format=formats[number % 5],
            host=f"site{number - number % 7 // 6:02}.example",  # some share one
            outlet=f"The {('Tidewater', 'Corran', 'Halyard')[number % 3]} Post {number}",
            full_text=number % 4 == 1,
            window=chance.choice((6, 10, 15, 20)),
            etag=("right", "changing", "none", "date")[number % 4],
            charset=("utf-8", "wrong", "header", "bom")[number // 2 % 4],
        )
        feed.troubles = list(self._troubles(chance))
        if number % 8 == 3:
            feed.moved = chance.uniform(0.2, 0.7) * self.end
        if number % 13 == 6:
            feed.gone = chance.uniform(0.5, 0.9) * self.end
        return feed

    def _troubles(self, chance: random.Random) -> Iterator[tuple[float, float, str]]:
        at = chance.uniform(0.05, 0.4) * DAY
        while at < self.end - 6 * HOUR:
            kind = chance.choice(TROUBLES)
            hours = chance.choice((0.5, 2.0, 5.0, 30.0)) if kind != "slow" else 1.0
            seconds = min(hours * HOUR, self.end - HOUR - at)
            yield at, at + seconds, kind
            at += seconds + chance.uniform(0.3, 4) * DAY

    def _publish(self, feed: Feed) -> None:
        chance = self._chance("stories", feed.number)
        at = -chance.uniform(0, 8) * HOUR
        end = min(self.end, feed.gone or self.end) - HOUR
        while at < end:
            number = feed.number * 1_000 + len(feed.stories)
            feed.stories.append(self._story(chance, feed, number, at))
            at += chance.expovariate(1 / (8 * HOUR))

    def _story(self, chance: random.Random, feed: Feed, number: int, at: float) -> Story:
        story = Story(number=number, feed=feed.number, published=at, versions=[at], text_of=number)
        while chance.random() < 0.25 and story.versions[-1] < self.end - 5 * HOUR:
            story.versions.append(story.versions[-1] + chance.uniform(0.3, 4) * HOUR)
        last = story.versions[-1]
        story.has_guid = chance.random() > 0.08
        story.is_listed_twice = chance.random() < 0.05
        if chance.random() < 0.1:
            story.hidden.append((last + HOUR, last + chance.uniform(2, 20) * HOUR))
        if chance.random() < 0.1:
            start = last + chance.uniform(1, 6) * DAY
            story.forced.append((start, start + DAY))
        if story.has_guid and feed.format != "atom" and chance.random() < 0.1:
            story.renamed = last + chance.uniform(1, 12) * HOUR
        if chance.random() < 0.1:
            story.redated = last + chance.uniform(1, 12) * HOUR
        if feed.full_text:
            story.page = chance.choice(("open", "open", "open", "disallowed", "missing", "late"))
            story.page_from = at + 2 * HOUR if story.page == "late" else 0.0
        elif chance.random() < 0.12:
            story.embargoes = self._embargoes(chance, at)
        if feed.format == "atom" and chance.random() < 0.15 and story.has_guid:
            story.killed = last + chance.uniform(-0.2, 1) * chance.choice((2, 40)) * HOUR
            if not at < story.killed < self.end - HOUR:
                story.killed = None
            story.after_kill = chance.choice(("nothing", "same", "guid", "both"))
        return story

    def _embargoes(self, chance: random.Random, at: float) -> list[tuple[float, float | None]]:
        at = float(int(at))  # feeds print seconds
        until = at + float(chance.randrange(2 * 3_600, 12 * 3_600))
        embargoes: list[tuple[float, float | None]] = [(at, until)]
        draw = chance.random()
        if draw < 0.2:
            embargoes.append((at + HOUR, until + 6 * HOUR))
        elif draw < 0.4:
            embargoes.append((at + HOUR, at + 1.5 * HOUR))
        elif draw < 0.5:
            embargoes.append((at + HOUR, None))
        return embargoes

    def _share_copies(self, feeds: list[Feed]) -> None:
        """Let five feeds publish the same agency story, now and then."""
        chance = self._chance("shared")
        plain = [f for f in feeds if not (f.full_text or f.gone or f.is_hostile)]
        at = 3 * HOUR
        number = 80_000
        while at < self.end - 6 * HOUR and len(plain) > 1:
            for feed in chance.sample(plain, min(5, len(plain))):
                later = at + chance.uniform(0, 3) * HOUR
                addition = f"Readers of {feed.outlet} may write to its desk."
                feed.stories.append(
                    Story(
                        number=feed.number * 1_000 + 900 + number % 100,
                        feed=feed.number,
                        published=later,
                        versions=[later],
                        text_of=number,
                        addition=addition if chance.random() < 0.5 else "",
                    )
                )
            number += 1
            at += chance.uniform(0.3, 1) * DAY

    # -- the wire

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """The files of the wire, in the order of their delivery."""
        chance = self._chance("wire")
        files: list[Delivery] = []
        for number in range(max(8, int(self.days * 6))):
            at = float(chance.randrange(int(max(self.end - 12 * HOUR, 4 * HOUR))))
            files += self._item(chance, 70_000 + number, at)
        return sorted(files, key=lambda file: (file.at, file.item, file.revision))

    def _item(self, chance: random.Random, number: int, at: float) -> list[Delivery]:
        kind = ("ninjs", "newsml", "nitf")[number % 3]

        def file(
            after: float, revision: int, *, kill: bool = False, embargo: float | None = None
        ) -> Delivery:
            until = at + embargo * HOUR if embargo is not None else None
            return Delivery(at=at + after * HOUR, item=number, revision=revision, format=kind,
                            is_kill=kill, embargo=until)  # fmt: skip

        return chance.choice([
            [file(0, 1), file(2, 2)],
            [file(0, 2), file(2, 1)],  # out of order
            [file(0, 1), file(3, 2, kill=True)],
            [file(0, 2, kill=True), file(3, 1)],  # the kill comes first
            [file(0, 1), file(2, 2, kill=True), file(5, 1), file(6, 3)],  # resent after the kill
            [file(0, 1, embargo=6)],
            [file(0, 1, embargo=4), file(1, 2, embargo=9)],  # moved later
            [file(0, 1, embargo=9), file(1, 2, embargo=3)],  # moved earlier
            [file(0, 1, embargo=9), file(2, 2)],  # lifted
            [file(0, 2, embargo=6), file(2, 1)],  # an earlier version without an embargo
            [file(0, 1), file(1, 2, embargo=5)],  # shown, then withheld
            [file(0, 1, embargo=5), file(3, 2, kill=True)],
        ])  # fmt: skip
