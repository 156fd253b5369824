"""Corrections: the modals in which people suggest them, and the buttons that decide on them.

Whoever presses is asked for anew whether they may: a press may be old, or forged. The same modal
sent twice is one correction, and one that has been decided on stays so: pressed again, its message
says how it stands.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterator

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, QueryError, SlackError
from bot.model import Correctable, Correction, RulingKind
from bot.newsroom import Newsroom
from bot.slack import correction_views as views
from bot.slack.contexts import context_of
from bot.slack.correction_blocks import (
    corrections_listed,
    quote,
    stands_message,
    to_decide_message,
)
from bot.slack.home import published_again
from bot.slack.outbox import deliver
from bot.slack.people import is_reviewer, person, reviewers, zone_of
from bot.slack.refusals import Body, acknowledged, asking, code, respond_with, told_if_it_fails
from bot.slack.replies import Reply
from bot.slack.views import told_view
from bot.store import Shown
from bot.words import say

OPENING = re.compile(f"correct_(?:{'|'.join(views.KINDS)})")
DECIDING = re.compile(r"correction_(accept|decline|back|undo)")
RULINGS: dict[str, RulingKind] = {
    "accept": "accepted",
    "decline": "declined",
    "back": "declined",
    "undo": "undone",
}
TO_DECIDE = "correction"
"""The kind of the messages that ask people to decide."""
MOST_ASKED = 5
"""People who are asked to decide on one correction."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the modals, and the buttons of what comes of them."""

    @app.action(OPENING)
    @acknowledged
    async def choose(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        action = body["actions"][0]
        kind = str(action["action_id"]).removeprefix("correct_")
        await open_correction(newsroom, client, body, kind, str(action.get("value") or ""))

    @app.view(OPENING)
    async def take(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        kind = str(body["view"]["callback_id"]).removeprefix("correct_")
        await _sent(newsroom, kind, ack, body, client)

    @app.action(DECIDING)
    @acknowledged
    async def decide(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        action = body["actions"][0]
        verb = str(action["action_id"]).removeprefix("correction_")
        correction_id = str(action.get("value") or "")
        ruled = await rule(newsroom, client, body, correction_id, RULINGS[verb])
        if await published_again(newsroom, client, body):
            return
        if there := body.get("view"):
            claim_id = str(there.get("private_metadata") or "")
            view = await context_of(newsroom, client, body, claim_id, undone=ruled)
            with asking(say("correcting.not_shown")):
                await _put_in_place_of(there, view, client)
            return
        zone = (await person(client, body["user"]["id"])).zone
        (claim,) = await asyncio.to_thread(newsroom.restated, [Shown(ruled.claim_id, None)])
        if verb in ("accept", "decline"):
            message = to_decide_message(ruled, claim, zone)
        else:
            quoted = quote(claim.hit) if claim.hit else None
            remarks = [say("correcting.search_again")] if ruled.state == "undone" else []
            message = stands_message(
                ruled, zone, quoted=quoted, remarks=remarks, is_gone=claim.hit is None
            )
        await respond_with(reply, message, replace=True)


async def open_correction(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, kind: str, claim_id: str
) -> None:
    """Open the modal of one of correction_views.KINDS for a claim.

    Raises NotFoundError where the claim is gone, QueryError where it has no words to choose.
    """

    def look() -> tuple[Correctable, list[Correction]]:
        return newsroom.correctable(claim_id), newsroom.corrections_read(body["team_id"], claim_id)

    found, standing = await asyncio.to_thread(look)
    if kind == "words" and not found.words:
        raise QueryError(say("corrections.no_place"))
    url = str(body.get("response_url") or "")
    zone = await zone_of(client, body["user"]["id"]) if standing else None
    view = views.correct_view(kind, found, url, corrections_listed(standing, zone))
    with asking(say("correcting.not_opened"), again=say("correcting.open_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _put_in_place_of(there: Body, view: Body, client: AsyncWebClient) -> None:
    try:
        await client.views_update(view_id=there["id"], hash=there.get("hash"), view=view)
    except SlackApiError as error:
        if code(error) != "hash_conflict":  # the same press twice: its modal is there already
            raise


async def rule(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, correction_id: str, ruling: RulingKind
) -> Correction:
    """Decide on a correction as whoever pressed, and let the one whose it is hear of it; returns
    how it stands then. Raises NotFoundError, which is told as it is, where they may not."""
    who, failed = body["user"]["id"], say("correcting.not_decided")
    there = await asyncio.to_thread(_of_team, newsroom, body["team_id"], correction_id)
    is_own = ruling == "declined" and who == there.person
    if not is_own and not await is_reviewer(newsroom, client, who, failed=failed):
        raise NotFoundError(say("correcting.reviewers_only"))
    known = await person(client, who, failed=failed)
    try:
        ruled = await asyncio.to_thread(
            newsroom.decide, correction_id, ruling, person=who, person_name=known.name
        )
    except QueryError:  # it has been decided on already
        return await asyncio.to_thread(newsroom.correction, correction_id)
    if who != ruled.person:
        await deliver(newsroom, client, ruled.team, ruled.person)
    return ruled


def _of_team(newsroom: Newsroom, team: str, correction_id: str) -> Correction:
    correction = newsroom.correction(correction_id)
    if correction.team != team:
        raise NotFoundError(say("corrections.unknown"), subject=correction_id)
    return correction


async def _sent(
    newsroom: Newsroom, kind: str, ack: AsyncAck, body: Body, client: AsyncWebClient
) -> None:
    """Take a modal that was sent."""
    asked = views.asked(body["view"])
    try:
        found = await asyncio.to_thread(newsroom.correctable, asked.claim_id)
    except NotFoundError as gone:
        await ack(response_action="update", view=told_view(str(gone)))
        return
    changes, errors = views.read(kind, found, asked)
    if errors:
        await ack(response_action="errors", errors=dict(errors))
        return
    await ack()
    reply = Reply(client, body, url=asked.answer_url or None)
    quoted = quote(found.hit)
    work = _correct(newsroom, client, body, asked, dict(changes), quoted, reply)
    await told_if_it_fails(work, reply)


async def _correct(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    asked: views.Asked,
    changes: dict[str, object],
    quoted: str,
    reply: Reply,
) -> None:
    who, failed = body["user"]["id"], say("correcting.failed")
    decides = await is_reviewer(newsroom, client, who, failed=failed)
    known = await person(client, who, failed=failed)

    def correct() -> tuple[Correction, list[str]]:
        made = newsroom.correct(
            team=body["team_id"],
            press=body["view"]["id"],
            claim_id=asked.claim_id,
            changes=changes,
            reason=asked.values["why"],
            person=who,
            person_name=known.name,
            decides=decides,
        )
        return made, list(_not_printed(newsroom, made))

    made, remarks = await asyncio.to_thread(correct)
    if made.state == "suggested":
        is_asked = await _ask(newsroom, client, made)
        remarks.append(say("correcting.waits_for" if is_asked else "correcting.waits"))
    elif made.state == "accepted":
        remarks.append(say("correcting.search_again"))
    message = stands_message(made, known.zone, quoted=quoted, remarks=remarks)
    await respond_with(reply, message)


def _not_printed(newsroom: Newsroom, correction: Correction) -> Iterator[str]:
    name = correction.changes.get("speaker")
    if name and not newsroom.is_printed(correction.claim_id, name):
        yield say("correcting.not_printed", name=name)


async def _ask(newsroom: Newsroom, client: AsyncWebClient, correction: Correction) -> bool:
    """Ask those who decide; False where nobody is named who does."""
    asked: list[str] = []
    with contextlib.suppress(SlackError):  # where Slack does not say who they are, it waits
        asked = await reviewers(newsroom, client, MOST_ASKED)
    for one in asked:
        await asyncio.to_thread(
            newsroom.send,
            team=correction.team,
            channel=one,
            key=f"{TO_DECIDE}/{correction.id}/{one}",
            kind=TO_DECIDE,
            payload={"correction": correction.id},
            person=one,
            claims=[correction.claim_id],
        )
        await deliver(newsroom, client, correction.team, one)
    return bool(asked)
