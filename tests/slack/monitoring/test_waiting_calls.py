from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable

import pytest

from bot.monitoring.metrics import Metrics
from bot.monitoring.requests import begin_request, current_request
from bot.slack.threads import AnsweringThreads, to_slow_thread


def reference() -> str:
    request = current_request()
    return request.reference if request else ""


async def in_answering_thread(function: Callable[[], str]) -> str:
    return await asyncio.wrap_future(AnsweringThreads("page").submit(function))


@pytest.mark.parametrize("run", [in_answering_thread, to_slow_thread, asyncio.to_thread])
async def test_a_thread_works_on_the_request_of_its_caller(
    run: Callable[[Callable[[], str]], asyncio.Future[str]],
) -> None:
    async def handle() -> tuple[str, str]:
        return begin_request().reference, await run(reference)

    begun, seen = await asyncio.create_task(handle(), context=contextvars.Context())
    assert seen == begun


def test_metrics_show_the_calls_that_wait() -> None:
    metrics, threads, may_end = Metrics(), AnsweringThreads("page"), threading.Event()
    threads.show_in(metrics)
    for _ in range(100):
        threads.submit(may_end.wait)
    value = metrics.registry.get_sample_value
    waiting = value("claimdesk_waiting_calls", {"pool": "page"})
    wait = value("claimdesk_expected_wait_seconds", {"pool": "page"})
    may_end.set()
    threads.shutdown()
    assert waiting
    assert 50 < waiting < 100
    assert wait
    assert wait > 0
    assert value("claimdesk_waiting_calls", {"pool": "page"}) == 0
