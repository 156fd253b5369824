"""Deliveries of another shape than Slack documents: each is answered, and the log stays short."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from bot.newsroom import Newsroom
from bot.slack.gate import in_flight
from bot.slack.gate.shapes import has_known_shape
from tests.logs import records_of
from tests.slack.slack_stub import SlackStub, member

VALUES: tuple[Any, ...] = (None, [], {}, 7, True, "x", ["a"], [None], {"id": None}, {"id": 7})


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every field and element of a delivery."""
    named = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in named if isinstance(value, dict | list) else ():
        yield (*path, name)
        if isinstance(part, dict | list):
            yield from paths(part, (*path, name))


def changed(body: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """Return a delivery with one field or element replaced."""
    changed_body = copy.deepcopy(body)
    part: Any = changed_body
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    return changed_body


def deliveries(stub: SlackStub) -> list[dict[str, Any]]:
    """Return deliveries of every type, as Slack sends them."""
    links = [{"url": "https://a.example/", "domain": "a.example"}]
    return [
        stub.command("harbour"),
        stub.press("context", "x"),
        stub.event("app_mention", text="<@U0BOT> harbour"),
        stub.event("message", channel_type="im", text="harbour"),
        stub.event("app_home_opened", tab="home"),
        stub.event("link_shared", links=links, message_ts="1.1"),
        stub.event("app_home_opened", tab="messages", channel="D1"),
        stub.options(),
        stub.shortcut(),
        stub.submission("find", private_metadata="{}"),
    ]


async def test_deliveries_of_another_shape_are_answered(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    async with SlackStub().opened(newsroom) as stub:
        stub.answers["users.info"] = member(is_admin=True)
        sent = 0
        for body in deliveries(stub):
            for path in paths(body):
                for value in VALUES:
                    made = changed(body, path, value)
                    for key in ("trigger_id", "event_id"):
                        if isinstance(made.get(key), str):
                            made[key] = f"{key}{sent}"
                    response = await stub.app.receive(made, mode="socket_mode")
                    assert response.status < 500, (path, value)
                    sent += 1
        await stub.wait_until_idle()
    (own,) = records_of(caplog, in_flight.__name__)
    assert own.levelno == logging.WARNING


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'"x"', b"7", b"payload=7", b"payload=[]", b"payload=\xff", b'{"a":' * 100_000],
)
async def test_bodies_that_are_no_delivery_are_answered(newsroom: Newsroom, body: bytes) -> None:
    async with SlackStub().opened(newsroom) as stub:
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            response = await stub.app.receive(body, headers={"content-type": kind})
            assert response.status < 500


@pytest.mark.parametrize(
    ("change", "is_known"),
    [
        ({}, True),
        ({"view": None, "new_field": [7]}, True),
        ({"user": "U01ALICE"}, True),
        ({"user": 7}, False),
        ({"actions": []}, False),
        ({"actions": [None]}, False),
        ({"actions": [{"action_id": 7}]}, False),
        ({"channel": []}, False),
    ],
)
def test_shapes_that_are_known(change: dict[str, Any], is_known: bool) -> None:
    press = {
        "type": "block_actions",
        "user": {"id": "U01ALICE"},
        "channel": {"id": "C1"},
        "actions": [{"type": "button", "action_id": "next", "value": "1"}],
    }
    assert has_known_shape(json.loads(json.dumps({**press, **change}))) is is_known
