from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from prometheus_client import CollectorRegistry
from slack_sdk.errors import SlackApiError

from bot.config import SlackSettings
from bot.monitoring.metrics import Metrics
from bot.slack.app import make_client
from bot.slack.messages.post import without_retries
from tests.slack.fake_slack import FakeSlack, Fault


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(retry_after=1).running() as running:
        yield running


def calls(registry: CollectorRegistry) -> dict[tuple[str, str], float]:
    """Return the number of calls by method and outcome."""
    return {
        (sample.labels["method"], sample.labels["outcome"]): sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "claimdesk_slack_calls_total"
    }


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("500", "http_502"),
        ("error", "internal_error"),
        ("unheard", "ServerDisconnectedError"),
        ("dropped", "SlackApiError"),
    ],
)
async def test_each_way_to_fail_is_an_outcome(slack: FakeSlack, fault: Fault, outcome: str) -> None:
    metrics = Metrics()
    client = make_client(slack.settings, metrics)
    slack.fail("chat.postMessage", fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError, asyncio.TimeoutError)):
        await client.chat_postMessage(channel="C1", text="x")
    await client.chat_postMessage(channel="C1", text="x")
    assert calls(metrics.registry) == {
        ("chat.postMessage", outcome): 1,
        ("chat.postMessage", "ok"): 1,
    }


async def test_a_call_that_is_tried_again_counts_twice(slack: FakeSlack) -> None:
    metrics = Metrics()
    slack.fail("chat.postMessage", "429")
    await make_client(slack.settings, metrics).chat_postMessage(channel="C1", text="x")
    assert calls(metrics.registry) == {
        ("chat.postMessage", "ratelimited"): 1,
        ("chat.postMessage", "ok"): 1,
    }


async def test_calls_without_retries_are_counted(slack: FakeSlack) -> None:
    metrics = Metrics()
    client = without_retries(make_client(slack.settings, metrics))
    slack.fail("chat.postMessage", "429")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C1", text="x")
    assert calls(metrics.registry) == {("chat.postMessage", "ratelimited"): 1}


async def test_an_uploads_address_is_no_label(slack: FakeSlack) -> None:
    metrics = Metrics()
    settings = SlackSettings(bot_token="xoxb-1", api_url=f"http://127.0.0.1:{slack.port}/up/")
    with pytest.raises(SlackApiError):
        await make_client(settings, metrics).api_call("secret-of-an-upload")
    assert calls(metrics.registry) == {("other", "http_404"): 1}
