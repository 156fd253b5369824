"""Modals whose metadata somebody has forged: an answer, and nothing is called."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.newsroom import Newsroom
from bot.slack.replies import sign_response_url
from tests.slack.slack_stub import Json, SlackStub

FORGED = (
    "", "{", "null", "[]", '"x"', "7", "{}", '{"url": 1}', "[" * 2900, "\ud800", '{"claim": null}',
)  # fmt: skip
POSTING: Json = {
    **{"claim_id": "c", "channel": "C1", "press": "1.0", "thread_ts": None},
    **{"shown": "", "url": ""},
}
MODALS: dict[str, Json] = {
    "share": POSTING,
    "cite": POSTING,
    "claim_form": {"channel": "", "url": ""},
    "withdraw": {"article": "a", "answer": ""},
    "correct_article": {"article": "a", "answer": "", "shown": {}},
    "review": {"article": "a", "change": 1},
    "correct_speaker": {"claim": "c", "answer": "", "seen": "", "others": ""},
    "correction_decision": {"correction": "c", "verb": "accept", "answer": "", "home": False},
    "digest_settings": {"channel": "C1", "url": ""},
    "speaker_merge": {"speaker": "x", "answer": ""},
    "speaker_split": {"speaker": "x", "answer": ""},
    "watch_edit": {"watch": "w", "channel": "C1", "answer": ""},
}
"""The metadata of each modal that is submitted, by its callback_id."""


class Target:
    """An address that nobody must call."""

    calls = 0

    async def called(self, request: web.Request) -> web.Response:
        self.calls += 1
        return web.Response(text="ok")


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


@pytest.fixture
async def target() -> AsyncIterator[tuple[Target, str]]:
    target, site = Target(), web.Application()
    site.router.add_route("*", "/{path:.*}", target.called)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield target, f"http://127.0.0.1:{runner.addresses[0][1]}/x"
    await runner.cleanup()


@pytest.mark.parametrize("callback", MODALS)
async def test_forged_metadata_gets_an_answer(stub: SlackStub, callback: str) -> None:
    blocks = [{"type": "input", "block_id": "words"}]
    for metadata in FORGED:
        if callback == "cite" and not metadata:
            continue  # a modal that only shows texts has no metadata
        sent = stub.submission(callback, private_metadata=metadata, blocks=blocks)
        answer = await stub.deliver(sent)
        assert answer.status == 200, metadata
        errors = json.loads(answer.body)["errors"]
        assert errors["words"].startswith("This form no longer works."), metadata
    assert not stub.shown


@pytest.mark.parametrize("signed_with", ["nothing", "another token", "this token, cut"])
@pytest.mark.parametrize("callback", MODALS)
async def test_a_forged_address_is_not_called(
    stub: SlackStub, target: tuple[Target, str], callback: str, signed_with: str
) -> None:
    nobody, url = target
    if signed_with == "another token":
        stub.client.token = "xoxb-2"
        url = sign_response_url(stub.client, {"response_url": url})
        stub.client.token = "xoxb-1"
    elif signed_with == "this token, cut":
        url = sign_response_url(stub.client, {"response_url": f"{url}/y"}).removesuffix("y")
    metadata = MODALS[callback] | {
        name: url for name in ("url", "answer") if name in MODALS[callback]
    }
    states = {"reason": {"reason": {"value": "so"}}, "why": {"why": {"value": "so"}}}
    sent = stub.submission(
        callback, private_metadata=json.dumps(metadata), state={"values": states}
    )
    assert (await stub.deliver(sent)).status == 200
    await stub.wait_until_idle()
    assert nobody.calls == 0


async def test_a_signed_address_gets_the_answer(stub: SlackStub) -> None:
    url = sign_response_url(stub.client, {"response_url": f"{stub.url}/hook"})
    metadata = json.dumps({"article": "gone", "answer": url})
    states = {"reason": {"reason": {"value": "so"}}}
    await stub.deliver(
        stub.submission("withdraw", private_metadata=metadata, state={"values": states})
    )
    await stub.words()
    assert len(stub.shown) == 1


@pytest.mark.parametrize(("action", "value"), [("elsewhere_next", "4"), ("digest_off", "")])
async def test_a_forged_button_in_a_modal_gets_an_answer(
    stub: SlackStub, action: str, value: str
) -> None:
    for metadata in FORGED:
        view = {"id": "V1", "type": "modal", "private_metadata": metadata}
        before = len(stub.shown)
        await stub.deliver(stub.press(action, value, view=view))
        assert (await stub.words(before + 1))[-1].startswith("This form no longer works.")
