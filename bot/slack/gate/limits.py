"""How much one person, and everybody together, may ask at once.

Whoever asks too much is told so privately, and nothing else is done for the request.
"""

from __future__ import annotations

import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sized
from typing import Any, Literal, NamedTuple

from bot.config import PeopleSettings
from bot.slack.gate.loop_delay import LoopDelay
from bot.slack.replies import asks_the_bot
from bot.slack.threads import AnsweringThreads
from bot.words import say

MAX_WAIT = 1.0
"""Seconds that a request may wait for a thread and for the event loop; its answer is then there
within three."""
LOOP_TURNS = 4
"""How often a request waits for the event loop on its way to the answer."""
MIN_QUEUE = 25
"""The fewest requests that make the event loop late. If it is late with fewer, it is because of
something else, such as an article that is being read, and refusing requests would not help."""
SUGGESTION_COST = 0.1
"""What a request for suggestions counts: Slack sends one for nearly every letter that is typed."""
MAX_PEOPLE = 10_000
"""The most people to remember."""


class RateLimit:
    """A token bucket for each person: `burst` requests at once, then `per_second`."""

    def __init__(
        self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """The tokens that each person had, and when; the person who asked last is the last."""

    def allows(self, person_id: str, cost: float = 1.0) -> bool:
        """Take tokens for a request; False if the person has too few left."""
        now = self._clock()
        tokens, then = self._buckets.pop(person_id, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        is_allowed = tokens >= cost
        self._buckets[person_id] = (tokens - cost if is_allowed else tokens), now
        if len(self._buckets) > MAX_PEOPLE:
            self._buckets.popitem(last=False)
        return is_allowed


class Refusal(NamedTuple):
    """Why a delivery is refused, in a word and worded for the person; `is_repeated` if they send
    too many, and the one before was refused, too."""

    why: Literal["too_fast", "overloaded"]
    reason: str
    is_repeated: bool


class Limits:
    """Tells which deliveries are too many."""

    def __init__(
        self, people: PeopleSettings, in_flight: Sized, *threads: AnsweringThreads
    ) -> None:
        self._rate_limit = RateLimit(people.requests_at_once, people.requests_a_second)
        self._in_flight, self._threads, self._loop_delay = in_flight, threads, LoopDelay()
        self._admitted_count = 0
        """The requests that were admitted and do not wait for a thread yet: under load, the loop
        admits hundreds before the first of them gets that far."""
        self._refused: set[str] = set()
        """The people whose last request exceeded the rate limit."""

    def refusal(self, person_id: str, body: dict[str, Any]) -> Refusal | None:
        """Return why a delivery is refused; None if it is not."""
        is_suggestion = body.get("type") == "block_suggestion"
        if not self._rate_limit.allows(person_id, SUGGESTION_COST if is_suggestion else 1.0):
            is_repeated = person_id in self._refused
            self._refused.add(person_id)
            return Refusal("too_fast", say("access.too_fast"), is_repeated)
        self._refused.discard(person_id)
        # What nobody waits for, such as a posted link, may be late.
        if asks_the_bot(body) and self._expected_wait() > MAX_WAIT:
            return Refusal("overloaded", say("access.overloaded"), is_repeated=False)
        return None

    @contextlib.contextmanager
    def admit(self) -> Iterator[None]:
        """Count a request until it has started."""
        self._admitted_count += 1
        try:
            yield
        finally:
            self._admitted_count -= 1

    def _expected_wait(self) -> float:
        waits = (threads.expected_wait(self._admitted_count) for threads in self._threads)
        delay = self._loop_delay.seconds()
        queue_length = self._admitted_count + len(self._in_flight)
        return max(waits) + (LOOP_TURNS * delay if queue_length >= MIN_QUEUE else 0.0)
