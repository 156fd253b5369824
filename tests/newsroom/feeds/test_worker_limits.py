"""Slow and busy sites do not block others."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from bot.newsroom.feeds.worker_limits import FAILING_SLOTS, LATENESS, MAX_AHEAD, WorkerLimits

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
GAP = timedelta(seconds=5)


def test_site_is_asked_by_one_job_at_a_time() -> None:
    worker_limits = WorkerLimits()
    with worker_limits.acquire_site("a.example:443") as first:
        for _ in range(2):  # who was not let in frees nothing
            with (
                worker_limits.acquire_site("a.example:443") as second,
                worker_limits.acquire_site("b.example:443") as other,
            ):
                assert (first, second, other) == (True, False, True)
    with worker_limits.acquire_site("a.example:443") as after:
        assert after


def test_failing_feeds_have_limited_slots() -> None:
    worker_limits = WorkerLimits()
    with ExitStack() as places:
        got = [
            places.enter_context(worker_limits.acquire_worker(has_failed=True)) for _ in range(4)
        ]
        assert got == [True] * FAILING_SLOTS + [False] * (4 - FAILING_SLOTS)
        with worker_limits.acquire_worker(has_failed=False) as well:
            assert well
    with worker_limits.acquire_worker(has_failed=True) as again:
        assert again


def test_retries_of_a_busy_site_are_spread() -> None:
    worker_limits = WorkerLimits()

    def after(site: str, now: datetime = NOON) -> timedelta:
        return worker_limits.reserve_retry(site, now + GAP, gap=GAP, now=now) - now

    assert [after("a.example:443") for _ in range(3)] == [
        GAP,
        2 * GAP + LATENESS,
        3 * GAP + 2 * LATENESS,
    ]
    assert after("b.example:443") == GAP
    assert after("a.example:443", NOON + 4 * GAP) == GAP  # those had their turns
    far = [after("c.example:443") for _ in range(1000)]
    assert max(far) <= MAX_AHEAD
    worker_limits.reserve_retry("d.example:443", NOON + timedelta(days=900), gap=GAP, now=NOON)
    assert after("d.example:443") == GAP  # a clock that was wrong for a while
