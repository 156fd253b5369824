"""The slash command /speaker, its buttons, and the modals in which reviewers rule on names.

Each press and each modal is authorised again: it may be old, or forged.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.model import NameRuling
from bot.newsroom import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError
from bot.slack import parts
from bot.slack.gate.people import is_reviewer, person
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import typed_words
from bot.slack.surfaces.speakers import blocks as speaker_blocks
from bot.words import say

PAGE_ACTIONS = re.compile(r"speaker_(?:next|previous|\d+)")
RULING_ACTIONS = re.compile(r"speaker_(?:merge|split)")
CLAIMS = 3
HELP = ("", "help", "?")
MOST_OPTIONS = 20


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /speaker, its buttons and modals."""
    _register_profiles(app, newsroom)
    _register_rulings(app, newsroom)


def _register_profiles(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /speaker and its paging buttons."""

    @app.command("/speaker")
    @acknowledge_first
    async def speaker(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if words.casefold() in HELP:
            await respond_with(reply, speaker_blocks.help_message())
            return
        may_rule = await _may_rule(newsroom, client, body["user_id"])
        team, who = body["team_id"], body["user_id"]
        message = await asyncio.to_thread(
            profile_page, newsroom, team, who, words, may_rule=may_rule
        )
        await respond_with(reply, message)

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, offset = _page_of(body)
        team, who = body["team_id"], body["user"]["id"]
        may_rule = await _may_rule(newsroom, client, who)

        def answer() -> Message:
            name = newsroom.store.conversations.recall(team, who, answer_id)
            return profile_page(
                newsroom, team, who, name, offset=offset, answer_id=answer_id, may_rule=may_rule
            )

        await respond_with(reply, await asyncio.to_thread(answer), replace=True)


def _register_rulings(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons and modals to merge and split names."""

    @app.action(RULING_ACTIONS)
    @acknowledge_first
    async def ask(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        who, (answer_id, _) = body["user"]["id"], _page_of(body)
        await _require_reviewer(newsroom, client, who)
        recall = partial(newsroom.store.conversations.recall, body["team_id"], who)
        name = await asyncio.to_thread(recall, answer_id)
        url = str(body.get("response_url") or "")
        if body["actions"][0]["action_id"] == "speaker_merge":
            view = speaker_blocks.merge_view(name, answer_id, url)
        else:
            # Not the whole profile: Slack opens a modal only within three seconds of the press.
            speaker, *aliases = await asyncio.to_thread(
                newsroom.speakers.profiles.printed_names_of, name
            )
            if not speaker_blocks.splittable(aliases):
                raise NotFoundError(say("speakers.not_theirs"), remedy=say("speakers.look_again"))
            view = speaker_blocks.split_view(speaker, aliases, answer_id, url)
        with slack_call(say("speakers.not_ruled"), again=say("speakers.rule_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options("speaker_options")
    async def options(ack: AsyncAck, body: Body) -> None:
        typed = str(body.get("value") or "")
        near = await asyncio.to_thread(newsroom.speakers.profiles.suggest, typed, MOST_OPTIONS)
        fit = [one for one in near if len(one) <= parts.OPTION_LENGTH]
        await ack(options=[parts.option(name, name) for name in fit])

    @app.view(RULING_ACTIONS)
    async def rule(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        answer_id, url, names = speaker_blocks.chosen_names(body["view"])
        if not names:
            first = body["view"]["blocks"][0]["block_id"]
            await ack(response_action="errors", errors={first: say("speakers.none_chosen")})
            return
        await ack()
        reply = Reply(client, body, url=url or None)
        work = _rule(newsroom, client, body, answer_id, names, reply)
        await report_failure(work, reply)

    @app.action("speaker_undo")
    @acknowledge_first
    async def undo(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        who, ruling_id = body["user"]["id"], str(body["actions"][0].get("value") or "")
        await _require_reviewer(newsroom, client, who)
        ruling = await asyncio.to_thread(
            newsroom.speakers.rulings.undo, ruling_id, team=body["team_id"], person=who
        )
        await respond_with(reply, speaker_blocks.undone_message(ruling))


def profile_page(
    newsroom: Newsroom,
    team: str,
    who: str,
    name: str,
    *,
    offset: int = 0,
    answer_id: str = "",
    may_rule: bool,
) -> Message:
    """Show the speaker of a name with the claims after the first `offset`, or a choice of speakers
    who may be meant."""

    def remembered(asked: str) -> str:
        return newsroom.store.conversations.remember(team, who, asked, newsroom.now())

    try:
        profile = newsroom.speakers.profiles.load(name, limit=CLAIMS, offset=offset)
        if offset and not profile.hits:  # there are fewer now than when the button was shown
            profile, offset = newsroom.speakers.profiles.load(name, limit=CLAIMS), 0
    except SpeakerNotFoundError as error:
        near = [(remembered(one), one) for one in error.near]
        return speaker_blocks.choice_message(str(error), near)
    answer_id = answer_id or remembered(profile.name)
    ours = tuple(one for one in profile.rulings if one.team == team)
    return speaker_blocks.profile_message(
        replace(profile, rulings=ours),
        answer_id=answer_id,
        offset=offset,
        page=CLAIMS,
        may_rule=may_rule,
    )


async def _rule(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    answer_id: str,
    names: list[str],
    reply: Reply,
) -> None:
    team, who, view = body["team_id"], body["user"]["id"], body["view"]
    await _require_reviewer(newsroom, client, who)
    known = await person(client, who, failed=say("speakers.not_ruled"))
    by = {"team": team, "press": view["id"], "person": who, "person_name": known.name}

    def ruled() -> NameRuling:
        name = newsroom.store.conversations.recall(team, who, answer_id)
        if view["callback_id"] == "speaker_merge":
            return newsroom.speakers.rulings.merge([name, *names], **by)
        return newsroom.speakers.rulings.split(name, names, **by)

    await respond_with(reply, speaker_blocks.ruled_message(await asyncio.to_thread(ruled)))


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, who: str) -> None:
    """Raise NotFoundError, worded for the person, unless they may rule on names."""
    if not await is_reviewer(newsroom, client, who, failed=say("speakers.not_ruled")):
        raise NotFoundError(say("speakers.reviewers_only"))


async def _may_rule(newsroom: Newsroom, client: AsyncWebClient, who: str) -> bool:
    # If Slack does not say who they are, the speaker is shown anyway.
    with contextlib.suppress(SlackError):
        return await is_reviewer(newsroom, client, who, failed="")
    return False


def _page_of(body: Body) -> tuple[str, int]:
    """Read the answer's id and the offset from a button. Raises NotFoundError."""
    match = PAGE_VALUE.fullmatch(str(body["actions"][0].get("value") or ""))
    if match is None:
        raise NotFoundError(say("gone.button"), remedy=say("speakers.look_again"))
    return match[1], int(match[2])
