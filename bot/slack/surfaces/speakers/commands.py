"""The slash command /speaker, its buttons, and the modals for reviewers to merge and split names.

Each click and each submission is authorised again: it may be old or forged.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.model import NameRuling
from bot.newsroom import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError
from bot.slack import parts
from bot.slack.gate.people import get_person, is_reviewer
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, sign_response_url
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import HELP_WORDS, typed_words
from bot.slack.surfaces.answers.pages import show_page
from bot.slack.surfaces.speakers import blocks as speaker_blocks
from bot.store import Conversation
from bot.wording.speakers import undone_line
from bot.words import say

PROFILE_PAGE_ACTIONS = re.compile(r"speaker_(?:next|previous|\d+)")
RULING_ACTIONS = re.compile(r"speaker_(?:merge|split)")
CLAIMS_PER_PAGE = 3
"""The number of claims on a page of a profile."""
MAX_SUGGESTIONS = 20


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /speaker, its buttons and modals."""
    _register_profiles(app, newsroom)
    _register_rulings(app, newsroom)


def _register_profiles(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /speaker and its paging buttons."""

    @app.command("/speaker")
    @acknowledge_first
    async def speaker(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        name = typed_words(body)
        if name.casefold() in HELP_WORDS:
            await respond_with(reply, parts.markup_message(say("speakers.help")))
            return
        team, user_id = body["team_id"], body["user_id"]
        may_rule = await _may_rule(newsroom, client, user_id)
        await show_page(
            newsroom,
            body,
            reply,
            lambda asked: profile_page(newsroom, team, asked, name, may_rule=may_rule),
        )

    @app.action(PROFILE_PAGE_ACTIONS)
    @acknowledge_first
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, offset = _requested_page(body)
        team, user_id = body["team_id"], body["user"]["id"]
        may_rule = await _may_rule(newsroom, client, user_id)

        def make_page(asked: Conversation) -> Message:
            name = asked.recall(answer_id)
            return profile_page(
                newsroom, team, asked, name, offset=offset, answer_id=answer_id, may_rule=may_rule
            )

        await show_page(newsroom, body, reply, make_page, replace=True)


def _register_rulings(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons and modals to merge and split names."""

    @app.action(RULING_ACTIONS)
    @acknowledge_first
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        user_id, (answer_id, _) = body["user"]["id"], _requested_page(body)
        await _require_reviewer(newsroom, client, user_id)
        recall = newsroom.store.conversations.recall
        name = await asyncio.to_thread(recall, body["team_id"], user_id, answer_id)
        url = sign_response_url(client, body)
        if body["actions"][0]["action_id"] == "speaker_merge":
            view = speaker_blocks.merge_view(name, answer_id, url)
        else:
            # The whole profile would take too long: Slack opens a modal only within three seconds.
            name, *aliases = await asyncio.to_thread(
                newsroom.speakers.profiles.printed_names_of, name
            )
            if not speaker_blocks.splittable_aliases(aliases):
                raise NotFoundError(say("speakers.not_theirs"), remedy=say("speakers.look_again"))
            view = speaker_blocks.split_view(name, aliases, answer_id, url)
        with slack_call(say("speakers.not_ruled"), next_step=say("speakers.rule_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options("speaker_options")
    async def suggest(ack: AsyncAck, body: Body) -> None:
        typed_text = str(body.get("value") or "")
        names = await asyncio.to_thread(
            newsroom.speakers.profiles.suggest, typed_text, MAX_SUGGESTIONS
        )
        fitting_names = (name for name in names if len(name) <= parts.MAX_OPTION_LENGTH)
        await ack(options=[parts.option(name, name) for name in fitting_names])

    @app.view(RULING_ACTIONS)
    async def rule(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        answer_id, url, names = speaker_blocks.selected_names(body["view"])
        if not names:
            first_block = body["view"]["blocks"][0]["block_id"]
            errors = {first_block: say("speakers.none_chosen")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, signed_url=url)
        await report_failure(_rule(newsroom, client, body, answer_id, names, reply), reply)

    @app.action("speaker_undo")
    @acknowledge_first
    async def undo(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        user_id, ruling_id = body["user"]["id"], str(body["actions"][0].get("value") or "")
        await _require_reviewer(newsroom, client, user_id)
        ruling = await asyncio.to_thread(
            newsroom.speakers.rulings.undo, ruling_id, team=body["team_id"], person=user_id
        )
        await respond_with(reply, parts.notice(undone_line(ruling)))


def profile_page(
    newsroom: Newsroom,
    team: str,
    conversation: Conversation,
    name: str,
    *,
    offset: int = 0,
    answer_id: str = "",
    may_rule: bool,
) -> Message:
    """Show a speaker's profile with the claims after the first `offset`, or what they said on a
    subject, or a choice of speakers if it is not clear who is meant."""
    remember, load = conversation.remember, newsroom.speakers.profiles.load
    said_before = newsroom.speakers.said_before
    person, subject = said_before.split(name)
    try:
        if subject:
            said = said_before.on_subject(person, subject, limit=CLAIMS_PER_PAGE, offset=offset)
            return speaker_blocks.subject_message(
                said,
                answer_id=answer_id or remember(name),
                offset=offset,
                page_size=CLAIMS_PER_PAGE,
            )
        profile = load(name, limit=CLAIMS_PER_PAGE, offset=offset)
        if offset and not profile.hits:  # some claims are gone since the button was shown
            profile, offset = load(name, limit=CLAIMS_PER_PAGE), 0
    except SpeakerNotFoundError as error:
        candidates = [
            (remember(said_before.join(candidate, subject)), candidate)
            for candidate in error.candidates
        ]
        return speaker_blocks.choice_message(str(error), candidates)
    rulings = tuple(ruling for ruling in profile.rulings if ruling.team == team)
    return speaker_blocks.profile_message(
        replace(profile, rulings=rulings),
        answer_id=answer_id or remember(profile.name),
        offset=offset,
        page_size=CLAIMS_PER_PAGE,
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
    """Merge a speaker with the names, or split the names off."""
    team, user_id, view = body["team_id"], body["user"]["id"], body["view"]
    await _require_reviewer(newsroom, client, user_id)
    user = await get_person(client, user_id, failure=say("speakers.not_ruled"))
    provenance = {"team": team, "press": view["id"], "person": user_id, "person_name": user.name}

    def rule() -> NameRuling:
        name = newsroom.store.conversations.recall(team, user_id, answer_id)
        if view["callback_id"] == "speaker_merge":
            return newsroom.speakers.rulings.merge([name, *names], **provenance)
        return newsroom.speakers.rulings.split(name, names, **provenance)

    await respond_with(reply, speaker_blocks.ruling_message(await asyncio.to_thread(rule)))


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, user_id: str) -> None:
    """Raise NotFoundError, with a message for the user, unless they are a reviewer."""
    if not await is_reviewer(newsroom, client, user_id, failure=say("speakers.not_ruled")):
        raise NotFoundError(say("speakers.reviewers_only"))


async def _may_rule(newsroom: Newsroom, client: AsyncWebClient, user_id: str) -> bool:
    # If Slack cannot tell, the profile is shown without the buttons.
    with contextlib.suppress(SlackError):
        return await is_reviewer(newsroom, client, user_id, failure="")
    return False


def _requested_page(body: Body) -> tuple[str, int]:
    """Return the answer's id and the offset from a button. Raises NotFoundError."""
    match = PAGE_VALUE.fullmatch(str(body["actions"][0].get("value") or ""))
    if match is None:
        raise NotFoundError(say("gone.button"), remedy=say("speakers.look_again"))
    return match[1], int(match[2])
