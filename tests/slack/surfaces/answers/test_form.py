"""The search form, opened by /claim alone, by a shortcut and from the Home tab."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator

import pytest

from bot.newsroom import Newsroom
from bot.search.language.fields import Fields
from bot.slack.local import ALICE, NEWSROOM
from bot.slack.surfaces.answers import form_blocks
from bot.slack.surfaces.answers.form_blocks import FormOrigin, form_view
from tests.slack.desk import Desk, Json, read
from tests.slack.slack_stub import SlackStub
from tests.slack.surfaces.answers.test_form_blocks import option

TOMORROW = {"selected_date": "2030-01-02"}


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


def states(**values: Json) -> Json:
    return {name: {form_blocks.action_id(name): value} for name, value in values.items()}


def view(opened: FormOrigin, **values: Json) -> Json:
    return {**form_view([], opened), "state": {"values": states(**values)}}


def fill_in(stub: SlackStub, action: str, **values: Json) -> Json:
    """Return what Slack sends when an input of the form changes."""
    body = stub.press(action)
    body.pop("channel"), body.pop("response_url")
    container = {"type": "view", "view_id": "V1"}
    return {**body, "container": container, "view": {**view(FormOrigin(), **values), **SHOWN}}


SHOWN = {"id": "V1", "hash": "1.abc", "type": "modal"}


async def test_claim_alone_opens_the_form(
    desk: Desk,
) -> None:
    known = await desk.messages()
    opened = await desk.open_modal("/claim")
    assert [block["block_id"] for block in opened["blocks"]][:3] == ["words", "speaker", "outlet"]
    became = await desk.submit_values(states(words={"value": "yuan ruble"}))
    assert became["stack"] == []
    answer = await desk.next_message(known)
    assert answer["ephemeral_to"] == ALICE
    assert "yuan ruble · " in read(answer)


async def test_dates_narrow_the_answer_or_get_an_error(desk: Desk) -> None:
    known = await desk.messages()
    await desk.open_modal("/claim")
    words = {"value": "port"}
    late, early = {"selected_date": "2026-11-05"}, {"selected_date": "2026-11-04"}
    became = await desk.submit_values(states(words=words, after=late, before=early))
    assert became["errors"] == {"before": "This day is before the first one."}
    became = await desk.submit_values(states(words=words, after=early, before=early))
    assert became["t"] == "view"
    assert "port on:2026-11-04 · " in read(await desk.next_message(known))


async def test_the_query_is_shown_while_the_form_is_filled_in(stub: SlackStub) -> None:
    await stub.deliver(fill_in(stub, "form_words", words={"value": "yuan"}))
    filled = {"words": {"value": "yuan"}, "speaker": option("Sun Yun")}
    await stub.deliver(fill_in(stub, "speaker_options", **filled))
    await stub.deliver(fill_in(stub, "form_after", after=TOMORROW, words={"value": "OR x"}))
    await stub.deliver(fill_in(stub, "form_words", words={"value": None}))
    await stub.wait_until_idle()
    updates = stub.called("views.update")
    shown = [one["view"]["blocks"][-1]["elements"][0]["text"] for one in updates]
    assert {(one["view_id"], one["hash"]) for one in updates} == {("V1", "1.abc")}
    assert sorted(shown) == [
        "Fill something in, and you'll see here how to type the same search after /claim.",
        'The same query, typed: `/claim yuan by:"Sun Yun"`',
        "The same query, typed: `/claim yuan`",
        'There is nothing before OR. OR goes between two words or "phrases": yuan OR ruble.',
    ]
    assert stub.shown == []


@pytest.mark.parametrize("why", ["hash_conflict", "not_found"])
async def test_a_closed_or_changed_form_is_not_updated(stub: SlackStub, why: str) -> None:
    stub.answers["views.update"] = {"ok": False, "error": why}
    await stub.deliver(fill_in(stub, "form_words", words={"value": "yuan"}))
    await stub.wait_until_idle()
    assert stub.called("views.update")
    assert not stub.called("chat.postMessage")


async def test_the_form_is_parsed_outside_the_event_loop(
    stub: SlackStub, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads, written = [], newsroom.search.query_from_form

    def noted(fields: Fields) -> str:
        threads.append(threading.current_thread())
        return written(fields)

    monkeypatch.setattr(newsroom.search, "query_from_form", noted)
    filled = {"words": {"value": "yuan"}}
    await stub.deliver(fill_in(stub, "form_words", **filled))
    await stub.deliver(stub.submission("claim_form", **view(FormOrigin(NEWSROOM), **filled)))
    await stub.words()
    assert len(threads) == 2
    assert threading.current_thread() not in threads


async def test_an_empty_form_gets_an_error(stub: SlackStub) -> None:
    sent = await stub.deliver(stub.submission("claim_form", **view(FormOrigin(NEWSROOM))))
    answer = json.loads(sent.body)
    assert answer["response_action"] == "errors"
    assert answer["errors"]["words"].startswith("Type at least one word to search for.")


async def test_the_shortcut_opens_the_form_and_answers_directly(stub: SlackStub) -> None:
    await stub.deliver({**stub.shortcut(), "callback_id": "find_claim"})
    await stub.wait_until_idle()
    opened = stub.called("views.open")[0]["view"]
    assert json.loads(opened["private_metadata"]) == {"channel": "", "url": ""}
    filled = view(FormOrigin(), words={"value": "yuan"})
    sent = await stub.deliver(stub.submission("claim_form", **filled))
    assert json.loads(sent.body)["view"]["callback_id"] == "told"
    [told] = await stub.words()
    assert "yuan" in told
    assert stub.called("chat.postMessage")[0]["channel"] == ALICE
    assert not stub.called("chat.postEphemeral")


async def test_an_exhausted_response_url_sends_the_answer_to_the_channel(stub: SlackStub) -> None:
    stub.answers["hook"] = 404
    filled = view(FormOrigin(NEWSROOM, f"{stub.url}/hook"), words={"value": "yuan"})
    await stub.deliver(stub.submission("claim_form", **filled))
    await stub.words()
    [shown] = stub.called("chat.postEphemeral")
    assert (shown["channel"], shown["user"]) == (NEWSROOM, ALICE)


async def test_a_form_that_slack_refuses_is_reported(stub: SlackStub) -> None:
    stub.answers["views.open"] = {"ok": False, "error": "expired_trigger_id"}
    await stub.deliver(stub.command(""))
    [told] = await stub.words()
    assert told.startswith(
        "The form was not opened: Slack stopped waiting for me. Please open it again."
    )


async def test_names_are_suggested_while_typing(stub: SlackStub, newsroom: Newsroom) -> None:
    asked = {**stub.options(), "action_id": "speaker_options", "value": "har"}
    offered = json.loads((await stub.deliver(asked)).body)["options"]
    assert offered
    assert {one["value"] for one in offered} <= set(newsroom.speakers.profiles.suggest("har", 50))
