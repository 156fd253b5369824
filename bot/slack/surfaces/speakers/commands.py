"""The slash command /speaker, its buttons, and the modals in which reviewers rule on names.

Whoever presses or sends is asked for anew whether they may: a press may be old, or forged.
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
from bot.newsroom import Newsroom, SpeakerNotFoundError
from bot.slack.gate.people import is_reviewer, person
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledged, asking, respond_with, told_if_it_fails
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import typed_words
from bot.slack.surfaces.speakers import blocks as speaker_blocks
from bot.words import say

PAGING = re.compile(r"speaker_(?:next|previous|\d+)")
RULING = re.compile(r"speaker_(?:merge|split)")
CLAIMS = 3
HELP = ("", "help", "?")
MOST_OPTIONS = 20


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /speaker and all that hangs on its answer."""
    _register_profiles(app, newsroom)
    _register_rulings(app, newsroom)


def _register_profiles(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /speaker, and turn its pages."""

    @app.command("/speaker")
    @acknowledged
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

    @app.action(PAGING)
    @acknowledged
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
    """Answer what reviewers rule on names: buttons and modals."""

    @app.action(RULING)
    @acknowledged
    async def ask(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        who, (answer_id, _) = body["user"]["id"], _page_of(body)
        await _only_reviewers(newsroom, client, who)
        recall = partial(newsroom.store.conversations.recall, body["team_id"], who)
        name = await asyncio.to_thread(recall, answer_id)
        url = str(body.get("response_url") or "")
        if body["actions"][0]["action_id"] == "speaker_merge":
            view = speaker_blocks.merge_view(name, answer_id, url)
        else:
            # Not the whole profile: Slack opens a modal for three seconds after the press.
            speaker, *aliases = await asyncio.to_thread(newsroom.speakers.profiles.names_of, name)
            if not speaker_blocks.splittable(aliases):
                raise NotFoundError(say("speakers.not_theirs"), remedy=say("speakers.look_again"))
            view = speaker_blocks.split_view(speaker, aliases, answer_id, url)
        with asking(say("speakers.not_ruled"), again=say("speakers.rule_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options("speaker_options")
    async def options(ack: AsyncAck, body: Body) -> None:
        typed = str(body.get("value") or "")
        near = await asyncio.to_thread(newsroom.speakers.profiles.suggest, typed, MOST_OPTIONS)
        fit = [one for one in near if len(one) <= speaker_blocks.OPTION]
        await ack(options=list(map(speaker_blocks.option, fit)))

    @app.view(RULING)
    async def rule(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        answer_id, url, names = speaker_blocks.chosen_names(body["view"])
        if not names:
            first = body["view"]["blocks"][0]["block_id"]
            await ack(response_action="errors", errors={first: say("speakers.none_chosen")})
            return
        await ack()
        reply = Reply(client, body, url=url or None)
        work = _rule(newsroom, client, body, answer_id, names, reply)
        await told_if_it_fails(work, reply)

    @app.action("speaker_undo")
    @acknowledged
    async def undo(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        who, ruling_id = body["user"]["id"], str(body["actions"][0].get("value") or "")
        await _only_reviewers(newsroom, client, who)
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
    """Say who the speaker of a name is, with the claims after the first `offset`; or who else may
    be meant, to choose from."""

    def remembered(asked: str) -> str:
        return newsroom.store.conversations.remember(team, who, asked, newsroom.now())

    try:
        profile = newsroom.speakers.profiles.of(name, limit=CLAIMS, offset=offset)
        if offset and not profile.hits:  # there are fewer than when this page was promised
            profile, offset = newsroom.speakers.profiles.of(name, limit=CLAIMS), 0
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
    await _only_reviewers(newsroom, client, who)
    known = await person(client, who, failed=say("speakers.not_ruled"))
    by = {"team": team, "press": view["id"], "person": who, "person_name": known.name}

    def ruled() -> NameRuling:
        name = newsroom.store.conversations.recall(team, who, answer_id)
        if view["callback_id"] == "speaker_merge":
            return newsroom.speakers.rulings.merge([name, *names], **by)
        return newsroom.speakers.rulings.split(name, names, **by)

    await respond_with(reply, speaker_blocks.ruled_message(await asyncio.to_thread(ruled)))


async def _only_reviewers(newsroom: Newsroom, client: AsyncWebClient, who: str) -> None:
    """Raise NotFoundError, which is told as it is, where somebody may not rule on names."""
    if not await is_reviewer(newsroom, client, who, failed=say("speakers.not_ruled")):
        raise NotFoundError(say("speakers.reviewers_only"))


async def _may_rule(newsroom: Newsroom, client: AsyncWebClient, who: str) -> bool:
    # Where Slack does not say who it is, the speaker is shown all the same.
    with contextlib.suppress(SlackError):
        return await is_reviewer(newsroom, client, who, failed="")
    return False


def _page_of(body: Body) -> tuple[str, int]:
    """The answer's id and the offset that a button carries. Raises NotFoundError."""
    match = PAGE_VALUE.fullmatch(str(body["actions"][0].get("value") or ""))
    if match is None:
        raise NotFoundError(say("gone.button"), remedy=say("speakers.look_again"))
    return match[1], int(match[2])
