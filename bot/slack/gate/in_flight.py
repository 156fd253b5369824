"""Deliveries in flight: acknowledged, but not yet handled. Slack does not send them again, so the
bot finishes them before it stops.

A command is acknowledged only once its person has heard something: if the process is killed before
that, Slack tells them that the command failed.
"""

from __future__ import annotations

import asyncio
import logging
import re
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.log_limit import LogLimit
from bot.monitoring.metrics import Metrics, bounded_label
from bot.monitoring.requests import Request, begin_request, current_request
from bot.search.patience import begin_answer
from bot.slack.gate.shapes import has_known_shape
from bot.slack.incident_log import IncidentLog
from bot.slack.parts import notice
from bot.slack.threads import AnsweringThreads, page_threads
from bot.store import awaited_by_a_person
from bot.words import say

log = logging.getLogger(__name__)

FINISH_TIMEOUT = 5.0
"""Seconds that deliveries have to finish. Docker kills a container after ten, and closing the
connection may take three of them (bot/slack/connection.py)."""
CANCEL_TIMEOUT = 1.0
"""Seconds to notify the people whose deliveries were cancelled."""
ANSWER_BEFORE_ACK = 2.5
"""Seconds since its arrival after which a command is acknowledged without an answer; Slack waits
for three."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, and halves of characters, which JSON can hold."""


class InFlight(AsyncListenerStartHandler):
    """The tasks that handle deliveries, each with a label for the log.

    Bolt keeps no track of a listener once it has acknowledged (AsyncioListenerRunner in 1.30).
    """

    def __init__(self, metrics: Metrics) -> None:
        self._answer_seconds = metrics.answer_seconds
        self._tasks: dict[asyncio.Task[Any], str] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        """Track a listener; Bolt calls this in the listener's task when it starts."""
        if task := asyncio.current_task():
            self.add(task, request.body)
            if delivery := current_request():
                measure = partial(self._measure, kind_of(request.body), delivery)
                task.add_done_callback(measure)

    def add(self, task: asyncio.Task[Any], body: dict[str, Any]) -> None:
        """Track a task that handles a delivery, until it is done."""
        self._tasks[task] = _label(body)
        task.add_done_callback(self._tasks.pop)
        if delivery := current_request():
            delivery.tasks += 1
            task.add_done_callback(partial(_settle, delivery))

    def _measure(self, kind: str, delivery: Request, task: asyncio.Task[Any]) -> None:
        has_failed = delivery.has_failed or task.cancelled() or task.exception() is not None
        outcome = "failed" if has_failed else "ok"
        self._answer_seconds.labels(kind, outcome).observe(delivery.seconds)

    async def finish(self, timeout: float = FINISH_TIMEOUT) -> None:
        """Wait up to `timeout` seconds for all tasks; then cancel the rest."""
        # A listener whose event was just acknowledged starts in this turn of the loop.
        await asyncio.sleep(0)
        if self._tasks:
            log.info("requests still to finish: %d", len(self._tasks))
        time = asyncio.get_running_loop().time
        deadline = time() + timeout
        while self._tasks and (remaining := deadline - time()) > 0:
            # Repeat: a task that has looked up a person starts a listener when it is done.
            await asyncio.wait(self._tasks, timeout=remaining)
        for task, label in self._tasks.items():
            log.error("%s did not finish within %g seconds and was cut off", label, timeout)
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CANCEL_TIMEOUT)


class App(AsyncApp):
    """A Bolt app that tracks and counts its deliveries, and what goes wrong with them.

    `threads` are those in which it answers them.
    """

    def __init__(self, incidents: IncidentLog, metrics: Metrics, **options: Any) -> None:
        super().__init__(**options)
        self.incidents, self.metrics = incidents, metrics
        self.threads = AnsweringThreads("answering")
        self.in_flight, self._strange = InFlight(metrics), LogLimit(log)
        for pool in (self.threads, page_threads):
            pool.show_in(metrics)
        self.listener_runner.listener_start_handler = self.in_flight

    async def receive(self, body: bytes | dict[str, Any], **more: Any) -> BoltResponse:
        """Dispatch what Slack sent; `more` are further arguments of AsyncBoltRequest."""
        delivery = begin_request()
        try:
            read = body.decode() if isinstance(body, bytes) else body
            request = AsyncBoltRequest(body=read, **more)
        except Exception as error:  # noqa: BLE001  Bolt relies on the shape of what it reads
            self._strange.warning(
                "could not parse a request signed by Slack: %s", type(error).__name__
            )
            self.metrics.refused_deliveries.labels("unreadable").inc()
            return BoltResponse(status=400)
        response = await self.async_dispatch(request)
        if "command" in request.body and delivery.tasks:
            response = await _await_answer(delivery, response)
        kind = kind_of(request.body)
        self.metrics.acknowledgement_seconds.labels(kind).observe(delivery.seconds)
        return response

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Dispatch a delivery.

        Bolt 1.30 reads no field of a form in which the word "payload" stands anywhere, such as
        in the text of a command; those fields are read here.
        """
        begin_answer()
        if not req.body and req.raw_body:
            req.body = dict(parse_qsl(req.raw_body, keep_blank_values=True))
            req.context = build_async_context(req.context, req.body)
        req.body = _replace_unstorable(req.body)
        if not has_known_shape(req.body):
            self._strange.warning("ignored a delivery of a shape that Slack does not document")
            return BoltResponse(status=200)
        try:
            with awaited_by_a_person():
                return await super().async_dispatch(req)
        except Exception as error:  # noqa: BLE001  what Slack sent may be the cause
            self._strange.warning("could not handle a delivery", error=error)
            return BoltResponse(status=200)


def _settle(delivery: Request, task: asyncio.Task[Any]) -> None:
    delivery.tasks -= 1
    if not delivery.tasks:
        delivery.is_settled.set()


async def _await_answer(delivery: Request, response: BoltResponse) -> BoltResponse:
    """Wait until a command is answered, and return its acknowledgement.

    If the answer takes too long, the acknowledgement says that it may not come.
    """
    try:
        async with asyncio.timeout(ANSWER_BEFORE_ACK - delivery.seconds):
            await delivery.is_settled.wait()
    except TimeoutError:
        message = notice(say("refusals.slow"))
        answer = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        return BoltResponse(status=200, body=answer)
    return response


def _replace_unstorable(value: Any) -> Any:
    """Replace the characters in all texts of a delivery that no database can store."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_replace_unstorable(element) for element in value]
    if isinstance(value, dict):
        return {name: _replace_unstorable(element) for name, element in value.items()}
    return value


def kind_of(body: dict[str, Any]) -> str:
    """Return what a delivery is, as Slack names it: /claim, app_mention, block_actions."""
    event = body.get("event")
    name = event.get("type") if isinstance(event, dict) else body.get("command")
    return bounded_label(name or body.get("type"))


def _label(body: dict[str, Any]) -> str:
    """Label a delivery for the log, without anything that a person wrote."""
    (action, *_) = body.get("actions") or [{}]
    event, view = body.get("event") or {}, body.get("view") or {}
    name = body.get("command") or event.get("type") or action.get("action_id")
    return str(name or body.get("callback_id") or view.get("callback_id") or body.get("type"))
