"""The app: its connections, the requests that it accepts, and its manifest."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
import yaml
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot import config, slack
from bot.config import SlackSettings
from bot.config.manifest import EVENT_SCOPES, load_manifest
from bot.errors import SettingsError, SlackError, StoreError
from bot.model import CurrentClaim, Row
from bot.newsroom import Newsroom
from bot.newsroom.articles.overview import Overview
from bot.slack import app as app_module
from bot.slack.app import (
    build_app,
    identify_bot,
    keep_index_current,
    make_client,
    run_until_stopped,
)
from bot.slack.connection import connect
from bot.slack.events import CHANNEL_LOST_EVENT
from bot.slack.local import ALICE, BOT, NEWSROOM, TEAM
from bot.slack.parts import Message
from bot.slack.surfaces.answers import (
    blocks,
    commands,
    menu,
    reports,
    talk,
    talk_blocks,
    withdrawal,
)
from bot.slack.surfaces.answers import buttons as actions
from bot.slack.surfaces.answers import shared_claims as public
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles import commands as links
from bot.slack.surfaces.articles import corrections as article_corrections
from bot.slack.surfaces.articles import withdrawal as articles
from bot.slack.surfaces.corrections import rulings
from bot.slack.surfaces.corrections import suggestions as corrections
from bot.slack.surfaces.corrections.blocks import (
    correction_message,
    decision_message,
    other_choices_message,
)
from bot.slack.surfaces.desk import commands as desk_commands
from bot.slack.surfaces.digests import commands as digest_commands
from bot.slack.surfaces.feeds import commands as feeds
from bot.slack.surfaces.speakers import commands as speakers
from bot.slack.surfaces.watches import commands as watches
from bot.store.delivery.payloads import AnswerPayload
from tests.logs import records_of
from tests.samples import CARD, answer, card, claim, correction, hit
from tests.slack.desk import PATIENCE, Desk, is_note
from tests.slack.fake_slack import signed

MANIFEST = load_manifest()

ME = AuthorizeResult(
    enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id="B0BOT", bot_token="xoxb-1"
)


async def status(desk: Desk, *, secret: str | None = None, age: int = 0) -> int:
    """Return the status of the response to a command over signed HTTP."""
    form = {"command": "/claim", "text": "help", "team_id": TEAM, "user_id": ALICE}
    body = urlencode({**form, "channel_id": NEWSROOM, "response_url": f"{desk.slack.url}/none"})
    headers = signed(secret or str(desk.settings.signing_secret), body, age=age)
    url = f"http://127.0.0.1:{desk.settings.port}/slack/events"
    async with aiohttp.ClientSession() as web, web.post(url, data=body, headers=headers) as reply:
        return reply.status


over_http = pytest.mark.parametrize("local_slack", ["http"], indirect=True)


@over_http
async def test_only_fresh_requests_with_the_right_signature_get_in(desk: Desk) -> None:
    assert await status(desk) == 200
    assert await status(desk, secret="another secret") == 401
    assert await status(desk, age=400) == 401


async def test_an_envelope_on_both_sockets_is_answered_once(desk: Desk) -> None:
    await desk.answer_to_command("/claim help")
    await desk.answer_to_command("/claim photosynthesis")
    await asyncio.sleep(0.2)
    answers = [one for one in await desk.messages() if one.get("bot_id") and not is_note(one)]
    assert len(answers) == 2


async def test_the_workspace_is_known_from_the_token(desk: Desk) -> None:
    assert (await identify_bot(make_client(desk.settings))).team_id == TEAM


async def test_an_invalid_token_is_reported_with_a_remedy(desk: Desk) -> None:
    desk.faults["auth.test"] = "token_revoked"
    with pytest.raises(SlackError, match=r"SLACK_BOT_TOKEN: token_revoked\. Copy it again"):
        await identify_bot(make_client(desk.settings))


async def test_an_invalid_app_token_is_reported_with_a_remedy(
    desk: Desk, newsroom: Newsroom
) -> None:
    desk.faults["apps.connections.open"] = "invalid_auth"
    settings = replace(desk.settings, app_token="xapp-dead")
    app = build_app(settings, newsroom, make_client(settings), ME)
    with pytest.raises(SlackError, match=r"SLACK_APP_TOKEN: invalid_auth\. Copy it again"):
        await connect(app, settings)


async def test_a_rate_limit_does_not_blame_the_token(desk: Desk) -> None:
    desk.faults["auth.test"] = "ratelimited"
    with pytest.raises(SlackError, match=r"SLACK_BOT_TOKEN: ratelimited\. Try again") as told:
        await identify_bot(make_client(desk.settings))
    assert "accept" not in str(told.value)


def test_the_app_starts_without_a_warning(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")  # Bolt reads it too
    settings = SlackSettings(bot_token="xoxb-1", signing_secret="s")
    build_app(settings, newsroom, make_client(settings), ME)
    assert not records_of(caplog, "bot.slack", "slack_bolt")


@pytest.mark.parametrize("kind", ["message", "app_mention", "app_home_opened"])
async def test_unsubscribed_events_are_ignored_silently(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    settings = SlackSettings(bot_token="xoxb-1", signing_secret="s")
    app = build_app(settings, newsroom, make_client(settings), ME)
    event = {"type": kind, "subtype": "bot_message", "user": ALICE, "channel": NEWSROOM}
    body = json.dumps({"type": "event_callback", "team_id": TEAM, "event": event})
    app._async_middleware_list.clear()  # who sends it is not the question here
    answered = await app.async_dispatch(AsyncBoltRequest(body=body, headers={}))
    assert answered.status == 200
    assert not records_of(caplog, "bot.slack", "slack_bolt")


async def test_the_index_catches_up_with_another_process(tmp_path: Path) -> None:
    def found() -> int:
        return serving.search.find("lock").total

    article = tmp_path / "leak.txt"
    article.write_text("The lock leaks, Jane Roe said.")
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    with Newsroom(settings) as serving:
        serving.open()
        following = asyncio.ensure_future(keep_index_current(serving))
        with Newsroom(settings) as other:
            other.updates.catch_up_if_free = lambda: None  # type: ignore[method-assign]
            assert [
                o.status for one in other.intake.files.ingest([article]) for o in one.outcomes
            ] == ["new"]
        async with asyncio.timeout(PATIENCE):
            while not await asyncio.to_thread(found):
                await asyncio.sleep(0.02)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        assert found() == 1


async def test_the_index_catches_up_at_once_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "CATCH_UP_INTERVAL", 86_400.0)
    loop, changed, caught_up = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def catch_up_if_free() -> bool:
        loop.call_soon_threadsafe(caught_up.set)
        return True

    newsroom: Any = SimpleNamespace(updates=SimpleNamespace(catch_up_if_free=catch_up_if_free))
    following = asyncio.ensure_future(keep_index_current(newsroom, changed))
    async with asyncio.timeout(PATIENCE):
        await caught_up.wait()
        caught_up.clear()
        changed.set()
        await caught_up.wait()
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


class PanicError(BaseException):
    """Stands for a panic in Rust, which is no Exception."""


@pytest.mark.parametrize("failure", [StoreError("locked"), OSError("gone"), PanicError("rust")])
async def test_no_failure_ends_the_loop_that_keeps_the_index_current(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: BaseException
) -> None:
    attempts: list[int] = []
    has_gone_on = asyncio.Event()
    loop = asyncio.get_running_loop()

    def catch_up_if_free() -> bool:
        attempts.append(len(attempts))
        if len(attempts) > 3:
            loop.call_soon_threadsafe(has_gone_on.set)
            return True
        raise failure

    monkeypatch.setattr(app_module, "RETRY_INTERVAL", 0)
    newsroom: Any = SimpleNamespace(updates=SimpleNamespace(catch_up_if_free=catch_up_if_free))
    following = asyncio.ensure_future(keep_index_current(newsroom))
    async with asyncio.timeout(60):
        await has_gone_on.wait()
    assert not following.done()
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    assert caplog.text.count("the index is still behind") == 1


async def test_an_unreachable_slack_is_reported_with_a_remedy() -> None:
    settings = SlackSettings(bot_token="xoxb-1", api_url="http://127.0.0.1:1/api")
    with pytest.raises(SlackError, match="Check the network, and SLACK_API_URL"):
        await identify_bot(make_client(settings))


def test_without_a_bot_token_nothing_starts() -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN is not set"):
        make_client(SlackSettings())


async def test_without_app_token_and_secret_nothing_is_served(newsroom: Newsroom) -> None:
    settings = SlackSettings(bot_token="xoxb-1")
    app = build_app(settings, newsroom, make_client(settings), ME)
    with pytest.raises(SettingsError, match="neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET"):
        await connect(app, settings)


@over_http
async def test_a_port_in_use_is_reported(desk: Desk, newsroom: Newsroom) -> None:
    app = build_app(desk.settings, newsroom, make_client(desk.settings), ME)
    with pytest.raises(SettingsError, match="Set PORT to a free port"):
        await connect(app, desk.settings)


async def test_a_job_that_fails_ends_the_others() -> None:
    ended = []

    async def lasting() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async def failing() -> None:
        raise SlackError("no")

    with pytest.raises(SlackError):
        await run_until_stopped(lasting(), failing())
    assert ended


class Registered:
    """An app that records what is registered."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.actions: list[Any] = []
        self.views: list[Any] = []

    def command(self, name: str) -> Any:
        self.commands.append(name)
        return lambda listener: listener

    def action(self, name: Any) -> Any:
        self.actions.append(name)
        return lambda listener: listener

    def view(self, name: Any) -> Any:
        self.views.append(name)
        return lambda listener: listener

    def options(self, name: str) -> Any:
        return lambda listener: listener

    global_shortcut = message_shortcut = options


@pytest.fixture
def registered(newsroom: Newsroom) -> Registered:
    app = Registered()
    commands.register(app, newsroom)  # type: ignore[arg-type]
    desk_commands.register(app, newsroom)  # type: ignore[arg-type]
    digest_commands.register(app, newsroom)  # type: ignore[arg-type]
    feeds.register(app, newsroom)  # type: ignore[arg-type]
    links.register(app, newsroom)  # type: ignore[arg-type]
    articles.register(app, newsroom)  # type: ignore[arg-type]
    speakers.register(app, newsroom)  # type: ignore[arg-type]
    watches.register(app, newsroom)  # type: ignore[arg-type]
    actions.register(app, newsroom)  # type: ignore[arg-type]
    withdrawal.register(app, newsroom)  # type: ignore[arg-type]
    menu.register(app, newsroom)  # type: ignore[arg-type]
    corrections.register(app, newsroom)  # type: ignore[arg-type]
    article_corrections.register(app, newsroom)  # type: ignore[arg-type]
    rulings.register(app, newsroom)  # type: ignore[arg-type]
    reports.register(app, newsroom)  # type: ignore[arg-type]
    talk.register(app, newsroom)  # type: ignore[arg-type]
    return app


def test_the_manifest_has_the_commands_of_the_code(registered: Registered) -> None:
    named = MANIFEST["features"]["slash_commands"]
    assert [command["command"] for command in named] == registered.commands
    assert all(len(command["description"]) <= 2000 for command in named)
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]
    assert MANIFEST["settings"]["socket_mode_enabled"]
    assert MANIFEST["features"]["bot_user"]["display_name"] == "Claimdesk"


NEEDED = {
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "files_upload_v2": {"files:write"},
    "files_info": {"files:read"},
    "users_info": {"users:read"},
    "users_list": {"users:read"},
    "usergroups_users_list": {"usergroups:read"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_members": {"channels:read", "groups:read"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "conversations_open": {"im:write"},
    "api_test": set(),
    "chat_unfurl": {"links:write"},
    "assistant_threads_setStatus": {"chat:write"},
    "assistant_threads_setSuggestedPrompts": {"assistant:write"},
    "views_open": set(),
    "views_publish": set(),
    "views_update": set(),
    "auth_test": set(),
    "apps_connections_open": set(),  # the app token has a scope of its own: connections:write
}
"""The scopes of each method that the code calls (docs.slack.dev/reference/methods)."""


def _code() -> str:
    return "".join(p.read_text("utf-8") for p in Path(slack.__file__).parent.rglob("*.py"))


def test_the_manifest_has_the_events_and_shortcuts_of_the_code() -> None:
    listened = set(re.findall(r'app\.event\("([a-z_]+)"\)', _code()))
    asked = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    events = {one.partition(".")[0] for one in asked}
    lost = {one for one in events if CHANNEL_LOST_EVENT.fullmatch(one)}
    assert len(lost) == 6
    assert events - lost == listened
    called = re.findall(r'app\.(global|message)_shortcut\("([a-z_]+)"\)', _code())
    shortcuts = [(one["type"], one["callback_id"]) for one in MANIFEST["features"]["shortcuts"]]
    assert sorted(shortcuts) == sorted(called)
    assert all(len(one["name"]) <= 24 for one in MANIFEST["features"]["shortcuts"])


def test_the_manifest_lists_domains_of_known_outlets() -> None:
    outlets = yaml.safe_load((config.shipped_folder("config") / "outlets.yml").read_text("utf-8"))
    known = {domain for one in outlets["outlets"] for domain in one.get("domains", ())}
    domains = MANIFEST["features"]["unfurl_domains"]
    assert 1 <= len(domains) <= 5
    assert set(domains) <= known


def test_the_manifest_has_exactly_the_needed_scopes() -> None:
    client = r"(?:client|without_retries\(client\))"
    called = set(re.findall(rf"{client}\.([a-z]+_[A-Za-z_0-9]+)\(", _code()))
    assert called <= set(NEEDED)
    needed = {"commands", *EVENT_SCOPES.values()}
    needed = needed.union(*(NEEDED[method] for method in called))
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert {*scopes["bot"], *scopes["bot_optional"]} == needed


def test_the_manifest_has_the_prompts_of_the_conversation() -> None:
    assert MANIFEST["features"]["agent_view"]["suggested_prompts"] == talk_blocks.prompts()


def test_every_button_has_a_listener(registered: Registered) -> None:
    said = [hit(claim(id=f"c{n}", speaker=f"Speaker {n}")) for n in range(9)]
    article = Overview(article=CARD, hits=tuple(said))
    kept = AnswerPayload("quay", "quay", None, {}, {}, (), more=9, nearest=())
    twice = Row(hits=(hit(), hit(claim(id="c2"), card(id="a2", outlet="The Courier"))))
    reported = answer(total=9, rows=(twice,))
    messages = [
        article_blocks.article_message(None, article, offset=3, may_withdraw=True),
        article_blocks.choice_message([CARD]),
        talk_blocks.answer_message(
            [CurrentClaim(hit=hit())], kept, button_value="1.5", is_public=True
        ),
        talk_blocks.answer_message([], kept, button_value="1.5", is_public=True),
        blocks.answer_message(reported, answer_id="q", offset=3, page_size=3),
        blocks.nothing_found_message(answer(hits=(), total=0), [("q1", "quay")], answer_id="q"),
        public.share_message(hit(), ALICE),
        Message("", [public.withdraw_row("k")]),
        other_choices_message(hit()),
        correction_message(correction()),
        decision_message(correction(state="suggested", rulings=()), CurrentClaim(hit=hit())),
    ]
    ids = {
        element["action_id"]
        for message in messages
        for block in message.blocks
        for element in [*block.get("elements", []), block.get("accessory", {})]
        if "action_id" in element
    }
    assert ids == {
        *("claim_menu", "claim_article", "claim_by", "next", "previous", "suggest_0"),
        *("change_search", "change_asked"),
        *("article_next", "article_previous", "article_sources", "article_open", "withdraw"),
        *(
            "answer_all",
            "watch_search",
            "correction_undo",
            "correction_accept",
            "correction_decline",
        ),
        *("correct_speaker", "correct_rejected", "correct_words", "correct_article"),
        "withdraw_post",
    }
    for action_id in ids:
        listening = [
            name
            for name in registered.actions
            if (name == action_id if isinstance(name, str) else name.fullmatch(action_id))
        ]
        assert len(listening) == 1
