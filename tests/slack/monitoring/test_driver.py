"""People use the bot in a local Slack; the metrics add up to what they did and saw."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest

from bot.monitoring.logs import log_handler
from bot.monitoring.metrics import Metrics
from bot.monitoring.server import health_routes
from bot.newsroom import Newsroom
from bot.slack.app import build_app, identify_bot, make_client
from bot.slack.connection import connect
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, TEAM, LocalSlack
from bot.slack.messages.post import notice_payload
from bot.slack.messages.worker import make_worker
from bot.slack.monitoring.readiness import monitor
from bot.slack.parts import notice
from tests.monitoring.pages import PATIENCE, Pages, open_pages
from tests.slack.desk import Desk, read
from tests.slack.fake_slack import signed
from tests.slack.test_signed_http import command, post

REFERENCE = re.compile(r"\(ref ([0-9a-f]{4})\)")
over_http = pytest.mark.parametrize("local_slack", ["http"], indirect=True)


class Driver(Desk):
    """A person whose bot is monitored; `pages` are those of its process."""

    pages: Pages
    metrics: Metrics

    async def count(self, name: str, **labels: str) -> float:
        """Return a sample of a metric, or the sum of those that have these labels."""
        samples = await self.pages.metrics()
        wanted = [f"{key}={value}" for key, value in labels.items()]
        return sum(
            value
            for sample, value in samples.items()
            if sample.partition("{")[0] == name and all(part in sample for part in wanted)
        )

    async def until(self, expected: float, name: str, **labels: str) -> None:
        """Wait until a metric has a value: handling ends shortly after its answer is there."""
        async with asyncio.timeout(PATIENCE):
            while await self.count(name, **labels) != expected:
                await asyncio.sleep(0.02)


@pytest.fixture
async def driver(newsroom: Newsroom, local_slack: LocalSlack) -> AsyncIterator[Driver]:
    async with contextlib.AsyncExitStack() as stack:
        driver, metrics = Driver(local_slack), Metrics()
        await stack.enter_async_context(driver.opened())
        client = make_client(driver.settings, metrics)
        app = build_app(driver.settings, newsroom, client, await identify_bot(client), metrics)
        readiness = monitor(newsroom, metrics, client)
        pages = open_pages(metrics, readiness)
        driver.pages, driver.metrics = await stack.enter_async_context(pages), metrics
        bot = asyncio.ensure_future(connect(app, driver.settings, health_routes(readiness)))
        await driver.wait_until_connected()
        try:
            yield driver
        finally:
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What is logged, as JSON lines."""
    lines = io.StringIO()
    handler = log_handler(lines)
    logging.root.addHandler(handler)
    yield lines
    logging.root.removeHandler(handler)


async def test_metrics_of_commands_and_presses_add_up(driver: Driver) -> None:
    for _ in range(4):
        answer = await driver.answer_to_command("/claim yuan ruble")
    await driver.answer_to_command("/speaker Xi Jinping", person=BOB)
    for word in ("yuan", "ruble"):
        await driver.answer_to_message(f"<@{BOT}> {word}")
    await driver.click(answer, "context")
    for kind, number in {"/claim": 4, "/speaker": 1, "app_mention": 2, "block_actions": 1}.items():
        await driver.until(number, "claimdesk_answer_seconds_count", kind=kind, outcome="ok")
        assert await driver.count("claimdesk_acknowledgement_seconds_count", kind=kind) == number
        assert await driver.count("claimdesk_answer_seconds_count", kind=kind) == number
    assert await driver.count("claimdesk_acknowledgement_seconds_sum") < 3 * 8


async def test_calls_of_slack_add_up(driver: Driver) -> None:
    driver.faults["chat.postEphemeral"] = "channel_not_found"
    driver.faults["views.publish"] = "500"
    await driver.answer_to_command("/claim yuan ruble")
    await driver.open_home()
    # The proxy counts a call when it has been answered, so a check may be under way.
    async with asyncio.timeout(PATIENCE):
        while True:
            samples, calls = await driver.pages.metrics(), Counter(name for name, _ in driver.calls)
            counted = Counter[str]()
            for sample, value in samples.items():
                if match := re.match(r"claimdesk_slack_calls_total\{method=([\w.]+)", sample):
                    counted[match[1]] += int(value)
            if counted == calls:
                break
            await asyncio.sleep(0.02)
    outcomes = {"method": "views.publish", "outcome": "http_500"}
    assert await driver.count("claimdesk_slack_calls_total", **outcomes) == calls["views.publish"]
    assert calls["auth.test"] >= 1


async def test_a_failure_is_counted_and_logged_under_what_people_see(
    driver: Driver,
    newsroom: Newsroom,
    monkeypatch: pytest.MonkeyPatch,
    logged: io.StringIO,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(newsroom.speakers.profiles, "load", fail)
    told = read(await driver.answer_to_command("/speaker Xi Jinping"))
    match = REFERENCE.search(told)
    assert match
    events = [json.loads(line) for line in logged.getvalue().splitlines()]
    # Threads of other tests may log, too.
    ours = [event for event in events if event["logger"].startswith("bot.slack.")]
    (failure,) = [event for event in ours if event["level"] == "error"]
    assert failure["message"].startswith(f"ref {match[1]}: a listener failed")
    assert failure["ref"] == match[1]
    assert "broken" in failure["exception"]
    await driver.until(1, "claimdesk_answer_seconds_count", kind="/speaker", outcome="failed")
    assert await driver.count("claimdesk_answer_seconds_count", outcome="ok") == 0


@over_http
async def test_refused_deliveries_add_up(driver: Driver) -> None:
    body = command(driver)
    for _ in range(5):
        assert (await post(driver, body, signed("another secret", body.decode()))).status == 401
    for _ in range(3):
        assert (await post(driver, body, {})).status == 401
    old = signed(str(driver.settings.signing_secret), body.decode(), age=900)
    assert (await post(driver, body, old)).status == 401
    for why, number in {"signature": 5, "unsigned": 3, "clock": 1}.items():
        assert await driver.count("claimdesk_refused_deliveries_total", why=why) == number


@over_http
async def test_slacks_port_shows_health_but_no_metrics(driver: Driver) -> None:
    pages = Pages(driver.settings.port)
    await pages.until_ready()
    assert await pages.get("/healthz") == (200, "ok\n")
    assert (await pages.get("/metrics"))[0] == 404


async def test_the_workers_jobs_and_messages_add_up(driver: Driver, newsroom: Newsroom) -> None:
    client = make_client(driver.settings, driver.metrics)
    for n in range(3):
        newsroom.store.outbox.add(
            None,
            team=TEAM,
            channel=NEWSROOM,
            key=f"driver/{n}",
            payload=notice_payload(notice(f"News {n}.")),
            now=newsroom.now(),
        )
    assert await driver.count("claimdesk_outbox_messages", state="waiting") == 3
    assert await driver.count("claimdesk_jobs", kind="send", state="waiting") == 1
    worker = make_worker(newsroom, client, TEAM, driver.metrics)
    async with asyncio.timeout(PATIENCE):
        while await driver.count("claimdesk_outbox_messages", state="sent") < 3:
            await worker.run_due()
            await asyncio.sleep(0.05)
    done = await driver.count("claimdesk_jobs_done_total", kind="send", outcome="ok")
    assert done >= 1
    assert await driver.count("claimdesk_job_seconds_count", kind="send") == done
    posted = await driver.count("claimdesk_slack_calls_total", method="chat.postMessage")
    assert posted == len(driver.called("chat.postMessage")) == 3


async def test_no_metric_has_a_persons_id_or_words(
    driver: Driver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    await driver.answer_to_command("/claim photosynthesis")
    await driver.answer_to_message(f"<@{BOT}> photosynthesis", person=BOB)
    await driver.until(1, "claimdesk_answer_seconds_count", kind="/claim")
    _, text = await driver.pages.get("/metrics")
    for words in (ALICE, BOB, BOT, NEWSROOM, TEAM, "photosynthesis", "xoxb"):
        assert words not in text
    assert "photosynthesis" not in caplog.text
