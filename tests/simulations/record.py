"""The record of a simulation, read from the logs of its processes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.simulations.feeds.timeline import Delivery, Story, Timeline


@dataclass(frozen=True)
class ServedStory:
    """A story as a feed served it; `is_settled` tells that the poll was finished."""

    at: float
    feed: int
    version: int
    embargo: float | None
    is_kill: bool
    is_settled: bool


@dataclass(frozen=True)
class Poll:
    """A finished poll."""

    at: float
    feed: int
    failure: str | None


class JsonLog:
    """Read a growing log of JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path, self._at = path, 0

    def new(self) -> Iterator[dict[str, Any]]:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._at)
            whole, end, _ = file.read().rpartition(b"\n")
        self._at += len(whole) + len(end)
        for line in whole.splitlines():
            try:
                yield json.loads(line)
            except ValueError:  # its process was killed while it wrote
                continue


class Record:
    """All that the logs of a folder tell, up to the last `read_polls` and `read_answers`."""

    def __init__(self, folder: Path, timeline: Timeline) -> None:
        self._taken = folder / "taken.txt"
        self._timeline = timeline
        self._answers, self._polls = (
            JsonLog(folder / "server.jsonl"),
            JsonLog(folder / "polls.jsonl"),
        )
        self.answers: list[dict[str, Any]] = []
        self.polls: list[Poll] = []
        self.well: set[tuple[int, float]] = set()
        self._told: dict[int, list[tuple[float, int, list[Any]]]] = defaultdict(list)
        self.taken: set[str] = set()

    def read_polls(self) -> None:
        """Read which polls have ended, and which files of the wire were taken in."""
        for one in self._polls.new():
            feed = int(urlsplit(one["feed"]).path.rpartition("/")[2])
            self.polls.append(Poll(one["at"], feed, one["failure"]))
            if one["failure"] is None:
                self.well.add((feed, round(one["at"], 3)))
        if self._taken.exists():
            self.taken = set(self._taken.read_text().split())

    def read_answers(self) -> None:
        """Read what the sites have answered."""
        for one in self._answers.new():
            self.answers.append(one)
            for entry in one.get("listed", ()):
                self._told[entry[0]].append((one["at"], one["feed"], entry))

    def tellings(self, story: int) -> list[ServedStory]:
        """How a story was told, in order."""
        return [
            ServedStory(at, feed, version, embargo, is_kill, (feed, round(at, 3)) in self.well)
            for at, feed, (_, version, embargo, is_kill) in self._told[story]
        ]

    def candidates(self, story: int) -> list[ServedStory]:
        """Those that may count now: the last of a poll that has ended, and what came after it."""
        told = self.tellings(story)
        last = max((n for n, one in enumerate(told) if one.is_settled), default=0)
        # A feed may list a story twice, and of several at a time the first counts.
        same = [n for n, one in enumerate(told) if told and one.at == told[last].at]
        return told[min([last, *same]) :] if told else []

    def delivered(self, item: int) -> list[Delivery]:
        """The files on an item of the wire that were taken in."""
        return [
            one for one in self._timeline.deliveries if one.item == item and one.name in self.taken
        ]


def was_withdrawn(story: Story, told: Sequence[ServedStory], *, is_excerpt: bool) -> bool:
    """Whether a poll that has ended took a story back, for good. What was never seen as it was
    cannot be known again under another id, nor an excerpt of it, or a text that is not one of
    those before, under another address, too."""
    settled = [one for one in told if one.is_settled]
    kill = next((n for n, one in enumerate(settled) if one.is_kill), None)
    if kill is None:
        return False
    before = {one.version for one in settled[:kill] if not story.is_back(one.at)}
    can_be_known = bool(before)
    if story.after_kill == "both":
        again = {one.version for one in told if not one.is_kill and story.is_back(one.at)}
        can_be_known = not is_excerpt and again <= before
    comes_back_as_it_was = story.after_kill in ("nothing", "same")
    return comes_back_as_it_was or can_be_known or all(one.is_kill for one in told)
