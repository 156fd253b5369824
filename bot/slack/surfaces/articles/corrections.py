"""Corrections of an article's title, outlet and date: the modal in which people suggest them, and
what becomes of it as of any other correction."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.corrections.articles import FIELDS, LONGEST
from bot.errors import NotFoundError
from bot.model import ArticleCard, Correction
from bot.newsroom import Newsroom
from bot.newsroom.corrections.correctables import TERMINAL_TEAM
from bot.slack import parts
from bot.slack.gate.people import is_reviewer, person, zone_of
from bot.slack.mrkdwn import line
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledged, asking, told_if_it_fails
from bot.slack.replies import Reply
from bot.slack.surfaces.corrections.blocks import corrections_listed, quote
from bot.slack.surfaces.corrections.suggestions import tell_made
from bot.slack.views import LONGEST_REASON, TITLE, told_view
from bot.wording.answers import article_line
from bot.words import say

ACTION = "correct_article"
"""The button's action, and the modal's callback."""


class Asked(NamedTuple):
    """A modal that was sent: of which article, where to answer, and by field what was written and
    what the modal had shown."""

    article_id: str
    answer_url: str
    values: Mapping[str, str]
    shown: Mapping[str, str]


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button and its modal."""

    @app.action(ACTION)
    @acknowledged
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id = str(body["actions"][0].get("value") or "")

        def look() -> tuple[ArticleCard, list[Correction]]:
            card = newsroom.corrections.correctables.article_card(article_id)
            standing = newsroom.store.corrections.find(state="accepted", claim_id=article_id)
            return card, [one for one in standing if one.team in (body["team_id"], TERMINAL_TEAM)]

        card, standing = await asyncio.to_thread(look)
        zone = await zone_of(client, body["user"]["id"]) if standing else None
        url = str(body.get("response_url") or "")
        view = article_view(card, url, corrections_listed(standing, zone))
        with asking(say("correcting.not_opened"), again=say("correcting.open_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(ACTION)
    async def take(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        sent = asked(body["view"])
        try:
            await asyncio.to_thread(newsroom.corrections.correctables.article_card, sent.article_id)
        except NotFoundError as gone:
            await ack(response_action="update", view=told_view(str(gone)))
            return
        if errors := dict(_wrong(sent)):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, url=sent.answer_url or None)
        await told_if_it_fails(_correct(newsroom, client, body, sent, reply), reply)


def article_view(card: ArticleCard, answer_url: str, corrections: Sequence[Block] = ()) -> Block:
    """The modal, with what stands there now and the corrections of it that stand already."""
    why = parts.typed("correcting.why_article", LONGEST_REASON)
    return {
        "type": "modal",
        "callback_id": ACTION,
        "private_metadata": json.dumps(
            {"article": card.id, "answer": answer_url, "shown": _reads(card)}
        ),
        "title": parts.plain(say("correcting.title_article"), TITLE),
        "submit": parts.plain(say("correcting.submit_article"), TITLE),
        "close": parts.plain(say("buttons.cancel"), TITLE),
        "blocks": [
            parts.section(line(article_line(card), room=parts.ARTICLE_ROOM)),
            *corrections,
            *(_input(name, card) for name in FIELDS),
            parts.field("why", "correcting.why", why),
        ],
    }


def _input(name: str, card: ArticleCard) -> Block:
    value = _reads(card)[name]
    if name == "published":
        element = {
            "type": "datepicker",
            "placeholder": parts.plain(say("correcting.published_example"), 150),
            **({"initial_date": value} if value else {}),
        }
    else:
        element = parts.typed(f"correcting.{name}", LONGEST[name], value)
    return parts.field(name, f"correcting.{name}", element, optional=True)


def _reads(card: ArticleCard) -> dict[str, str]:
    """The fields as they stand in the modal when it is opened."""
    return {
        "title": (card.title or "")[: LONGEST["title"]],
        "outlet": (card.outlet or "")[: LONGEST["outlet"]],
        "published": card.published_on.isoformat() if card.published_on else "",
    }


def asked(view: Body) -> Asked:
    """Read a modal that was sent."""
    known = json.loads(view["private_metadata"])
    values = {}
    for name, block in view["state"]["values"].items():
        element = block.get(name) or {}
        written = element.get("value") or element.get("selected_date") or ""
        values[name] = " ".join(str(written).split())
    shown = {name: " ".join(str(value).split()) for name, value in known["shown"].items()}
    return Asked(str(known["article"]), str(known["answer"]), values, shown)


def _changes(sent: Asked) -> dict[str, str]:
    """What was written otherwise than the modal showed it: what others have corrected since is not
    taken back."""
    values = sent.values
    return {n: values[n] for n in FIELDS if n in values and values[n] != sent.shown.get(n)}


def _wrong(sent: Asked) -> Iterator[tuple[str, str]]:
    if not _changes(sent):
        yield "title", say("correcting.article_as_before")
    if not sent.values.get("why"):
        yield "why", say("correcting.no_reason")


async def _correct(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    sent: Asked,
    reply: Reply,
) -> None:
    who, failed = body["user"]["id"], say("correcting.article_failed")
    decides = await is_reviewer(newsroom, client, who, failed=failed)
    known = await person(client, who, failed=failed)

    def correct() -> tuple[Correction, str]:
        made = newsroom.corrections.correct_article(
            team=body["team_id"],
            press=body["view"]["id"],
            article_id=sent.article_id,
            changes=_changes(sent),
            reason=sent.values["why"],
            person=who,
            person_name=known.name,
            decides=decides,
        )
        (about,) = newsroom.corrections.correctables.corrected([made])
        return made, quote(about) or ""

    made, quoted = await asyncio.to_thread(correct)
    await tell_made(newsroom, client, made, quoted, known.zone, reply)
