"""The HTTP server: what it accepts, says and logs, in the local Slack."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.config import SlackSettings
from bot.model import Incident
from bot.newsroom import Newsroom
from bot.slack.connection import connect
from bot.slack.local import ALICE, NEWSROOM, TEAM, free_port
from tests.logs import records_of
from tests.slack.desk import Desk, read
from tests.slack.fake_slack import signed
from tests.slack.slack_stub import SlackStub, member

PATIENCE = 60
"""Seconds after which a test fails instead of waiting for ever."""

over_http = pytest.mark.parametrize("local_slack", ["http"], indirect=True)

HELP = {"command": "/claim", "text": "help", "team_id": TEAM, "user_id": ALICE}
UNREADABLE: list[tuple[str, bytes]] = [
    ("no signature", b"{"),
    ("no UTF-8", b"payload=\xff\xfe"),
    ("no JSON", b"payload={]"),
    ("nothing", b""),
]
NO_HTTP = (
    b"GET / HTTP/1.1\r\n\x00: x\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nContent-Length: many\r\n\r\n",
    b"POST /slack/events HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
    b"Content-Length: 4\r\n\r\nzzzz",
)


async def post(desk: Desk, body: bytes, headers: dict[str, str]) -> aiohttp.ClientResponse:
    url = f"http://127.0.0.1:{desk.settings.port}/slack/events"
    async with aiohttp.ClientSession() as web, web.post(url, data=body, headers=headers) as reply:
        await reply.read()
        return reply


def command(desk: Desk) -> bytes:
    form = {**HELP, "channel_id": NEWSROOM, "response_url": f"{desk.slack.url}/none"}
    return urlencode(form).encode()


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    logged = records_of(caplog, "bot.slack", "slack_bolt", "aiohttp")
    return [record for record in logged if record.levelno >= logging.WARNING]


def of_kind(kind: str, newsroom: Newsroom) -> list[Incident]:
    """Find one kind of incident: what another test logged may be stored late."""
    recent = newsroom.store.incidents.recent(now=newsroom.now())
    return [incident for incident in recent if incident.kind == kind]


@over_http
async def test_a_wrong_secret_is_logged_once_and_shown_to_admins(
    desk: Desk, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    body = command(desk)
    for _ in range(30):
        answer = await post(desk, body, signed("another secret", body.decode()))
        assert answer.status == 401
    (line,) = lines(caplog)
    assert "signature is wrong. Check SLACK_SIGNING_SECRET." in line.message
    assert "The last timestamp agreed with our clock." in line.message
    # Nobody whom a delivery of another test may still look up.
    desk.faults["users.info"] = member("U0EDITOR", is_admin=True)
    # Refusals are stored after they are logged.
    async with asyncio.timeout(PATIENCE):
        while not of_kind("signature", newsroom):
            await asyncio.sleep(0.01)
    home = await desk.open_home(person="U0EDITOR")
    # Another test may have added to the count: "their signatures are wrong".
    assert "Check SLACK_SIGNING_SECRET." in read(home)
    desk.faults["users.info"] = member("U0MEMBER")
    assert "SLACK_SIGNING_SECRET" not in read(await desk.open_home(person="U0MEMBER"))


@over_http
async def test_a_wrong_clock_is_logged_with_the_skew(
    desk: Desk, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    body = command(desk)
    headers = signed(str(desk.settings.signing_secret), body.decode(), age=900)
    assert (await post(desk, body, headers)).status == 401
    async with asyncio.timeout(PATIENCE):
        while not (incidents := of_kind("clock", newsroom)):
            await asyncio.sleep(0.01)
    (line,) = lines(caplog)
    assert "it was signed at another time. Check this machine's clock." in line.message
    assert "s behind our clock." in line.message
    (incident,) = incidents
    assert incident.count == 1
    assert -900 - PATIENCE < int(incident.detail) <= -899


@over_http
@pytest.mark.parametrize("timestamp", ["", "soon", "1e9", "-5", "9" * 400, "1764340000.5"])
async def test_a_timestamp_that_is_no_number_is_refused(
    desk: Desk, caplog: pytest.LogCaptureFixture, timestamp: str
) -> None:
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": "v0=1"}
    assert (await post(desk, command(desk), headers)).status == 401
    assert len(lines(caplog)) == 1


@over_http
async def test_malformed_requests_cost_one_line(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(20):
        for kind, body in UNREADABLE:
            headers = {"Content-Type": "application/json", "X-Kind": kind}
            assert (await post(desk, body, headers)).status == 401
        for raw in NO_HTTP:
            assert b"Python" not in await _send_raw(desk, raw)
    (line,) = lines(caplog)
    assert "isn't from Slack" in line.message
    assert not line.exc_info
    assert (await post(desk, command(desk), signed("local-signing-secret", ""))).status == 401


async def _send_raw(desk: Desk, raw: bytes) -> bytes:
    """Send bytes, and return what the server answers before it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", desk.settings.port)
    writer.write(raw)
    if b"\r\n\r\n" not in raw:
        writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer


@over_http
async def test_a_signed_request_that_cannot_be_parsed_is_no_crash(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    secret = str(desk.settings.signing_secret)
    for body in ("payload={]", "{]", "[1]"):
        headers = signed(secret, body) | {"Content-Type": "application/json"}
        assert (await post(desk, body.encode(), headers)).status == 400
    assert all(not line.exc_info for line in lines(caplog))


@over_http
async def test_no_response_names_the_server(desk: Desk) -> None:
    body = command(desk)
    answers = [
        await post(desk, body, signed(str(desk.settings.signing_secret), body.decode())),
        await post(desk, body, {}),
        await post(desk, b"x" * 2_000_000, {}),
    ]
    assert [answer.status for answer in answers] == [200, 401, 413]
    assert {answer.headers.get("Server") for answer in answers} == {"Claimdesk"}
    assert b"Server: Claimdesk\r\n" in await _send_raw(desk, NO_HTTP[0])


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def test_it_listens_on_its_host_only(stub: SlackStub) -> None:
    settings = SlackSettings(signing_secret="s", host="127.0.0.2", port=free_port())
    serving = asyncio.ensure_future(connect(stub.app, settings))
    async with asyncio.timeout(PATIENCE):
        while True:
            with contextlib.suppress(ConnectionRefusedError):
                _, writer = await asyncio.open_connection("127.0.0.2", settings.port)
                break
            await asyncio.sleep(0.01)
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", settings.port)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
