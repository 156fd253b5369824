"""Check that messages were posted in order, within Slack's rate limit, and updated, and that each
watch sent its alerts: from Slack's log and the events of the year alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.simulations.digests.digest_verdict import DOCKET, ON_TIME, is_disturbed
from tests.simulations.digests.slack_log import Message, SlackLog, texts
from tests.simulations.digests.year import STEP, WATCHES, Channel, Story, Watch, Year, first_time_at
from tests.simulations.feeds.timeline import DAY, moment

MIN_INTERVAL = 1.0
"""Seconds between two messages in a channel."""
MUST_BE_ZERO = (
    *("messages posted twice", "messages too fast", "threads missing"),
    *("alerts sent twice", "alerts lost", "alerts at a wrong time"),
)
"""Counts that must be 0."""


class MessageVerdict:
    """Compares all posted messages with the events of the year."""

    def __init__(self, year: Year, log: SlackLog) -> None:
        self._year, self._log = year, log
        self._channels: dict[str, Channel] = {channel.id: channel for channel in year.channels}
        self._stories = {story.docket: story for story in year.stories}
        self.counts = Counter(dict.fromkeys(MUST_BE_ZERO, 0))

    def faults(self) -> Iterator[str]:
        """Return a description of every deviation."""
        for messages in self._log.by_channel.values():
            yield from self._check_channel(messages)
        for message in self._log.all:
            for docket in set(_dockets(message)):
                yield from self._check_updates(message, self._stories[docket])
        for watch in WATCHES:
            yield from self._check_watch(watch)
        for method in self._log.unknown_methods:
            yield f"unknown: the fake Slack has no {method}"

    # -- order and pace

    def _check_channel(self, messages: Sequence[Message]) -> Iterator[str]:
        """Check that a channel's messages were posted once, in order and not too fast."""
        for key, number in Counter(message.key for message in messages).items():
            if number > 1:
                self.counts["messages posted twice"] += number - 1
                yield f"twice: {key} was posted {number} times in {messages[0].channel}"
        for message, following in pairwise(messages):
            if following.at - message.at < MIN_INTERVAL - 0.001:
                self.counts["messages too fast"] += 1
                yield f"pace: {message.key} and {following.key} came at once in {message.channel}"
        digests = [message for message in messages if message.is_digest]
        for message, following in pairwise(digests):
            if following.day <= message.day:
                yield f"order: {following.key} came after {message.key}"
        for message in digests:
            yield from self._check_thread(message, [m for m in messages if m.thread == message.ts])

    def _check_thread(self, digest: Message, thread: Sequence[Message]) -> Iterator[str]:
        """Check that a digest has its thread, in order."""
        self.counts["messages in threads"] += len(thread)
        numbers = [
            message.key.rpartition("/")[2] for message in thread if "/detail/" in message.key
        ]
        if numbers != sorted(numbers, key=int):
            yield f"order: the thread of {digest.key} goes {numbers}"
        channel = self._channels[digest.channel]
        may_be_missing = not channel.is_readable or any(
            closure.overlaps(digest.at, digest.at + DAY) for closure in channel.closed
        )
        if not numbers and _dockets(digest) and not may_be_missing:
            self.counts["threads missing"] += 1
            yield f"thread: {digest.key} has none"

    # -- updates

    def _check_updates(self, message: Message, story: Story) -> Iterator[str]:
        """Check that a message shows the withdrawal or correction of a story in it."""
        at = story.withdrawn if story.withdrawn is not None else story.corrected
        if at is None:
            return
        channel = self._channels.get(message.channel)
        if channel and any(closure.overlaps(at, at + DAY) for closure in channel.closed):
            return  # a message in a closed channel cannot be updated
        if channel and not channel.is_readable:
            return  # the bot may not know that this message was posted
        shown, place = "\n".join(texts(message.last)), f"{message.key} in {message.channel}"
        if story.withdrawn is not None:
            self.counts["claims withdrawn from messages"] += 1
            if story.docket in shown:
                yield f"not updated: {place} shows {story.docket}, withdrawn"
        elif message.is_digest or message.key.startswith("alert/"):
            self.counts["claims corrected in messages"] += 1
            if story.other not in shown:
                yield f"not updated: {place} shows {story.docket} uncorrected"

    # -- watches

    def _check_watch(self, watch: Watch) -> Iterator[str]:
        """Check that a watch sent an alert for each matching claim once, and on time."""
        alerts: dict[str, list[Message]] = {}
        for message in self._log.by_channel[f"D{watch.person}"]:
            if message.key.startswith("alert/"):
                for docket in set(_dockets(message)):
                    alerts.setdefault(docket, []).append(message)
        for story in self._year.stories:
            messages = alerts.pop(story.docket, [])
            if watch.word in story.words:
                yield from self._check_alert(watch, story, messages)
            elif messages:
                yield f"watch {watch.number}: it sent {story.docket}, which does not match"

    def _check_alert(
        self, watch: Watch, story: Story, messages: Sequence[Message]
    ) -> Iterator[str]:
        self.counts["alerts expected"] += 1
        self.counts["alerts sent"] += len(messages)
        self.counts["alerts sent twice"] += max(0, len(messages) - 1)
        due = _due_at(watch, story.at)
        if len(messages) > 1:
            yield f"watch {watch.number}: it sent {story.docket} {len(messages)} times"
        if not messages:
            is_withdrawn = story.withdrawn is not None and story.withdrawn < due + DAY
            self.counts["alerts cancelled by a withdrawal"] += is_withdrawn
            if not is_withdrawn:
                self.counts["alerts lost"] += 1
                yield f"watch {watch.number}: it did not send {story.docket}"
            return
        at = messages[0].at
        is_late = at > due + ON_TIME and not is_disturbed(self._year, (), due, at)
        if at < due or is_late:
            self.counts["alerts at a wrong time"] += 1
            times = f"at {moment(at)}, due {moment(due)}"
            yield f"watch {watch.number}: it sent {story.docket} {times}"


def _dockets(message: Message) -> list[str]:
    return [docket for text in texts(message.first) for docket in DOCKET.findall(text)]


def _due_at(watch: Watch, at: float) -> float:
    """Return when a watch's alert is due for a claim that arrives at `at`."""
    zone = ZoneInfo(watch.zone)
    if watch.pace == "daily" and watch.at:
        day = moment(at).astimezone(zone).date()
        while (due := first_time_at(day, watch.at, watch.zone) or 0.0) <= at:
            day += timedelta(1)
        return due
    due = at
    if watch.pace == "hourly":
        while moment(due).astimezone(zone).minute or due == at:
            due = (due // STEP + 1) * STEP
    if watch.quiet:
        begin, end = watch.quiet
        while not end <= moment(due).astimezone(zone).time() < begin:
            due = (due // STEP + 1) * STEP
    return due
