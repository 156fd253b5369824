"""Whether messages came in order and no faster than Slack wants, whether they were mended, and what
watches told: from what Slack has taken and the truth of the year alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.simulations.digests.digest_verdict import DOCKET, ON_TIME, is_disturbed
from tests.simulations.digests.slack_log import Message, SlackLog, texts
from tests.simulations.digests.year import STEP, WATCHES, Channel, Story, Watch, Year, first_at
from tests.simulations.feeds.timeline import DAY, moment

PACE = 1.0
"""Seconds between two messages in a channel."""


MUST_BE_ZERO = (
    *("messages posted twice", "messages too fast", "threads missing"),
    *("alerts told twice", "alerts lost", "alerts at a wrong time"),
)
"""What is counted and should be 0."""


class MessageVerdict:
    """Compares all that was posted."""

    def __init__(self, year: Year, log: SlackLog) -> None:
        self._year, self._log = year, log
        self._channels: dict[str, Channel] = {one.id: one for one in year.channels}
        self._stories = {one.docket: one for one in year.stories}
        self.counts = Counter(dict.fromkeys(MUST_BE_ZERO, 0))

    def faults(self) -> Iterator[str]:
        """Say what deviates."""
        for messages in self._log.by_channel.values():
            yield from self._manners(messages)
        for one in self._log.all:
            for docket in set(_dockets(one)):
                yield from self._mended(one, self._stories[docket])
        for watch in WATCHES:
            yield from self._watch(watch)
        yield from (f"strange: {method} is no method here" for method in self._log.strange)

    # -- how

    def _manners(self, messages: Sequence[Message]) -> Iterator[str]:
        """Whether the messages of a channel are each one, in order and at their pace."""
        for key, number in Counter(one.key for one in messages).items():
            if number > 1:
                self.counts["messages posted twice"] += number - 1
                yield f"twice: {key} was posted {number} times in {messages[0].channel}"
        for one, after in pairwise(messages):
            if after.at - one.at < PACE - 0.001:
                self.counts["messages too fast"] += 1
                yield f"pace: {one.key} and {after.key} came at once in {one.channel}"
        digests = [one for one in messages if one.is_digest]
        for one, after in pairwise(digests):
            if after.day <= one.day:
                yield f"order: {after.key} came after {one.key}"
        for one in digests:
            yield from self._thread(one, [m for m in messages if m.thread == one.ts])

    def _thread(self, digest: Message, thread: Sequence[Message]) -> Iterator[str]:
        """Whether what belongs into a digest's thread is there, in order."""
        self.counts["messages in threads"] += len(thread)
        numbers = [one.key.rpartition("/")[2] for one in thread if "/detail/" in one.key]
        if numbers != sorted(numbers, key=int):
            yield f"order: the thread of {digest.key} goes {numbers}"
        channel = self._channels[digest.channel]
        may_lack = not channel.is_readable or any(
            one.touches(digest.at, digest.at + DAY) for one in channel.closed
        )
        if not numbers and _dockets(digest) and not may_lack:
            self.counts["threads missing"] += 1
            yield f"thread: {digest.key} has none"

    # -- what became of it

    def _mended(self, one: Message, story: Story) -> Iterator[str]:
        """Whether a message that shows a story shows what became of it."""
        at = story.withdrawn if story.withdrawn is not None else story.corrected
        if at is None:
            return
        channel = self._channels.get(one.channel)
        if channel and any(span.touches(at, at + DAY) for span in channel.closed):
            return  # what is closed is not mended
        if channel and not channel.is_readable:
            return  # nor what nobody knows to stand there
        stands = "\n".join(texts(one.last))
        if story.withdrawn is not None:
            self.counts["claims withdrawn from messages"] += 1
            if story.docket in stands:
                yield f"mended: {one.key} in {one.channel} shows {story.docket}, withdrawn"
        elif one.is_digest or one.key.startswith("alert/"):
            self.counts["claims corrected in messages"] += 1
            if story.other not in stands:
                yield f"mended: {one.key} in {one.channel} shows {story.docket} uncorrected"

    # -- watches

    def _watch(self, watch: Watch) -> Iterator[str]:
        """Whether a watch has told each claim that it waited for once, and when it should."""
        told: dict[str, list[Message]] = {}
        for one in self._log.by_channel[f"D{watch.person}"]:
            if one.key.startswith("alert/"):
                for docket in set(_dockets(one)):
                    told.setdefault(docket, []).append(one)
        for story in self._year.stories:
            messages = told.pop(story.docket, [])
            if watch.word in story.words:
                yield from self._alert(watch, story, messages)
            elif messages:
                yield f"watch {watch.number}: it told {story.docket}"

    def _alert(self, watch: Watch, story: Story, messages: Sequence[Message]) -> Iterator[str]:
        self.counts["alerts wanted"] += 1
        self.counts["alerts told"] += len(messages)
        self.counts["alerts told twice"] += max(0, len(messages) - 1)
        due = _told_at(watch, story.at)
        if len(messages) > 1:
            yield f"watch {watch.number}: it told {story.docket} {len(messages)} times"
        if not messages:
            is_gone = story.withdrawn is not None and story.withdrawn < due + DAY
            self.counts["alerts of what was withdrawn before"] += is_gone
            if not is_gone:
                self.counts["alerts lost"] += 1
                yield f"watch {watch.number}: it did not tell {story.docket}"
            return
        at = messages[0].at
        is_late = at > due + ON_TIME and not is_disturbed(self._year, (), due, at)
        if at < due or is_late:
            self.counts["alerts at a wrong time"] += 1
            yield f"watch {watch.number}: it told {story.docket} at {moment(at)}, due {moment(due)}"


def _dockets(one: Message) -> list[str]:
    return [docket for text in texts(one.first) for docket in DOCKET.findall(text)]


def _told_at(watch: Watch, at: float) -> float:
    """When a watch is to tell what came at a moment."""
    zone = ZoneInfo(watch.zone)
    if watch.pace == "daily" and watch.at:
        day = moment(at).astimezone(zone).date()
        while (due := first_at(day, watch.at, watch.zone) or 0.0) <= at:
            day += timedelta(1)
        return due
    looked = at
    if watch.pace == "hourly":
        while moment(looked).astimezone(zone).minute or looked == at:
            looked = (looked // STEP + 1) * STEP
    if watch.quiet:
        begin, end = watch.quiet
        while not end <= moment(looked).astimezone(zone).time() < begin:
            looked = (looked // STEP + 1) * STEP
    return looked
