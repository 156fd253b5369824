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
    """A story as a feed served it; `is_settled` if the bot has finished that poll."""

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
    """A growing log of JSON lines."""

    def __init__(self, path: Path) -> None:
        self._path, self._at = path, 0

    def read_new(self) -> Iterator[dict[str, Any]]:
        """Return the complete lines that were added since the last call."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._at)
            whole, end, _ = file.read().rpartition(b"\n")
        self._at += len(whole) + len(end)
        for line in whole.splitlines():
            try:
                yield json.loads(line)
            except ValueError:  # the process was killed while it wrote the line
                continue


class Record:
    """The contents of a folder's logs, as of the last `read_polls` and `read_answers`."""

    def __init__(self, folder: Path, timeline: Timeline) -> None:
        self._ingested_file = folder / "taken.txt"
        self._timeline = timeline
        self._answer_log = JsonLog(folder / "server.jsonl")
        self._poll_log = JsonLog(folder / "polls.jsonl")
        self.answers: list[dict[str, Any]] = []
        self.polls: list[Poll] = []
        self.settled: set[tuple[int, float]] = set()
        self._served: dict[int, list[tuple[float, int, list[Any]]]] = defaultdict(list)
        self.ingested: set[str] = set()

    def read_polls(self) -> None:
        """Read which polls have finished and which wire files were ingested."""
        for entry in self._poll_log.read_new():
            feed = int(urlsplit(entry["feed"]).path.rpartition("/")[2])
            self.polls.append(Poll(entry["at"], feed, entry["failure"]))
            if entry["failure"] is None:
                self.settled.add((feed, round(entry["at"], 3)))
        if self._ingested_file.exists():
            self.ingested = set(self._ingested_file.read_text().split())

    def read_answers(self) -> None:
        """Read the responses of the sites."""
        for answer in self._answer_log.read_new():
            self.answers.append(answer)
            for entry in answer.get("listed", ()):
                self._served[entry[0]].append((answer["at"], answer["feed"], entry))

    def servings(self, story: int) -> list[ServedStory]:
        """Return each time that a feed served a story, in order."""
        return [
            ServedStory(at, feed, version, embargo, is_kill, (feed, round(at, 3)) in self.settled)
            for at, feed, (_, version, embargo, is_kill) in self._served[story]
        ]

    def candidates(self, story: int) -> list[ServedStory]:
        """Return the servings that may be the current one: that of the last finished poll, and
        all later ones."""
        served = self.servings(story)
        last = max((n for n, serving in enumerate(served) if serving.is_settled), default=0)
        # If a feed lists a story twice at a time, the first entry counts.
        same_time = [n for n, serving in enumerate(served) if serving.at == served[last].at]
        return served[min([last, *same_time]) :]

    def delivered(self, item: int) -> list[Delivery]:
        """Return the wire's files about an item that were ingested."""
        return [
            delivery
            for delivery in self._timeline.deliveries
            if delivery.item == item and delivery.name in self.ingested
        ]


def was_withdrawn(story: Story, served: Sequence[ServedStory], *, is_excerpt: bool) -> bool:
    """Tell whether a finished poll withdrew a story for good.

    A withdrawn story may be listed again under another id. The bot can recognise it only if it saw
    the story before the kill; under another address too, only by a full text that it saw before.
    """
    settled = [serving for serving in served if serving.is_settled]
    kill = next((n for n, serving in enumerate(settled) if serving.is_kill), None)
    if kill is None:
        return False
    before = {s.version for s in settled[:kill] if not story.is_relisted(s.at)}
    is_recognisable = bool(before)
    if story.after_kill == "both":
        relisted = {s.version for s in served if not s.is_kill and story.is_relisted(s.at)}
        is_recognisable = not is_excerpt and relisted <= before
    keeps_its_id = story.after_kill in ("nothing", "same")
    return keeps_its_id or is_recognisable or all(serving.is_kill for serving in served)
