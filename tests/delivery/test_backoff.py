from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.backoff import JITTER, MAX_BACKOFF, MIN_BACKOFF, backoff_delay


def test_waits_double_from_30_seconds_to_an_hour() -> None:
    waits = [backoff_delay(n, "poll a") for n in range(1, 12)]
    plain = [min(MIN_BACKOFF * 2**n, MAX_BACKOFF) for n in range(11)]
    for wait, middle in zip(waits, plain, strict=True):
        assert abs(wait - middle) <= JITTER * middle


@given(st.integers(1, 10**9), st.text(max_size=20))
def test_waits_are_bounded_and_deterministic(attempts: int, seed: str) -> None:
    wait = backoff_delay(attempts, seed)
    assert MIN_BACKOFF * (1 - JITTER) <= wait <= MAX_BACKOFF * (1 + JITTER)
    assert wait == backoff_delay(attempts, seed)


def test_jobs_that_fail_together_retry_apart() -> None:
    waits = {backoff_delay(8, f"poll {n}") for n in range(50)}
    assert max(waits) - min(waits) > timedelta(minutes=10)
