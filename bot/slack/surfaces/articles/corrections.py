"""Corrections of an article's title, outlet and date: the modal in which people suggest them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.corrections.articles import FIELDS, MAX_LENGTHS
from bot.errors import NotFoundError
from bot.model import ArticleCard, Correction
from bot.newsroom import Newsroom
from bot.newsroom.corrections.correctables import TERMINAL_TEAM
from bot.slack import modals, parts
from bot.slack.gate.people import is_reviewer, person, zone_of
from bot.slack.mrkdwn import line
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledge_first, report_failure, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.corrections.blocks import correction_lines, quote
from bot.slack.surfaces.corrections.suggestions import report_correction
from bot.slack.views import LONGEST_REASON, notice_view
from bot.wording.answers import article_line
from bot.words import say

ACTION = "correct_article"
"""The button's action, and the modal's callback."""


class SentModal(NamedTuple):
    """A submitted modal: the article, where to answer and, by field, what was typed and what the
    modal had shown."""

    article_id: str
    answer_url: str
    values: Mapping[str, str]
    shown: Mapping[str, str]


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button and its modal."""

    @app.action(ACTION)
    @acknowledge_first
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id = str(body["actions"][0].get("value") or "")

        def look() -> tuple[ArticleCard, list[Correction]]:
            card = newsroom.corrections.correctables.article_card(article_id)
            standing = newsroom.store.corrections.find(state="accepted", claim_id=article_id)
            return card, [one for one in standing if one.team in (body["team_id"], TERMINAL_TEAM)]

        card, standing = await asyncio.to_thread(look)
        zone = await zone_of(client, body["user"]["id"]) if standing else None
        url = str(body.get("response_url") or "")
        view = article_view(card, url, correction_lines(standing, zone))
        with slack_call(say("correcting.not_opened"), again=say("correcting.open_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(ACTION)
    async def take(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        sent = read_modal(body["view"])
        try:
            await asyncio.to_thread(newsroom.corrections.correctables.article_card, sent.article_id)
        except NotFoundError as gone:
            await ack(response_action="update", view=notice_view(str(gone)))
            return
        if errors := dict(_errors(sent)):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, url=sent.answer_url or None)
        await report_failure(_correct(newsroom, client, body, sent, reply), reply)


def article_view(card: ArticleCard, answer_url: str, corrections: Sequence[Block] = ()) -> Block:
    """Return the modal with the current fields and the accepted corrections."""
    why = modals.text_input("correcting.why_article", LONGEST_REASON)
    return modals.modal(
        ACTION,
        [
            parts.section(line(article_line(card), room=parts.ARTICLE_ROOM)),
            *corrections,
            *(_input(name, card) for name in FIELDS),
            modals.field("why", "correcting.why", why),
        ],
        title="correcting.title_article",
        submit="correcting.submit_article",
        metadata=json.dumps({"article": card.id, "answer": answer_url, "shown": _fields(card)}),
    )


def _input(name: str, card: ArticleCard) -> Block:
    value = _fields(card)[name]
    if name == "published":
        element = {
            "type": "datepicker",
            "placeholder": parts.plain(say("correcting.published_example"), 150),
            **({"initial_date": value} if value else {}),
        }
    else:
        element = modals.text_input(f"correcting.{name}", MAX_LENGTHS[name], value)
    return modals.field(name, f"correcting.{name}", element, optional=True)


def _fields(card: ArticleCard) -> dict[str, str]:
    """Return the fields as the modal shows them when it opens."""
    return {
        "title": (card.title or "")[: MAX_LENGTHS["title"]],
        "outlet": (card.outlet or "")[: MAX_LENGTHS["outlet"]],
        "published": card.published_on.isoformat() if card.published_on else "",
    }


def read_modal(view: Body) -> SentModal:
    """Read a submitted modal."""
    known = json.loads(view["private_metadata"])
    values = {}
    for name, block in view["state"]["values"].items():
        element = block.get(name) or {}
        written = element.get("value") or element.get("selected_date") or ""
        values[name] = " ".join(str(written).split())
    shown = {name: " ".join(str(value).split()) for name, value in known["shown"].items()}
    return SentModal(str(known["article"]), str(known["answer"]), values, shown)


def _changes(sent: SentModal) -> dict[str, str]:
    """Return the fields that differ from what the modal showed, so that newer corrections by others
    are not reverted."""
    values = sent.values
    return {n: values[n] for n in FIELDS if n in values and values[n] != sent.shown.get(n)}


def _errors(sent: SentModal) -> Iterator[tuple[str, str]]:
    if not _changes(sent):
        yield "title", say("correcting.article_as_before")
    if not sent.values.get("why"):
        yield "why", say("correcting.no_reason")


async def _correct(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    sent: SentModal,
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
            is_accepted=decides,
        )
        (about,) = newsroom.corrections.correctables.current_claims([made])
        return made, quote(about) or ""

    made, quoted = await asyncio.to_thread(correct)
    await report_correction(newsroom, client, made, quoted, known.zone, reply)
