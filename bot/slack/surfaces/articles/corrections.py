"""The modal in which people suggest corrections of an article's title, outlet and date."""

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
from bot.newsroom.corrections.lookup import TERMINAL_TEAM
from bot.slack import claim_parts, modals, parts
from bot.slack.gate.people import get_person, is_reviewer, zone_of
from bot.slack.modals import MAX_REASON_LENGTH, notice_view
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledge_first, report_failure, slack_call
from bot.slack.replies import Reply, pressed_value, sign_response_url
from bot.slack.surfaces.corrections.blocks import correction_lines, quote
from bot.slack.surfaces.corrections.suggestions import report_correction
from bot.words import say

ACTION = "correct_article"
"""The action_id of the button, and the callback_id of its modal."""


class Submission(NamedTuple):
    """A submitted modal: the article, the URL for the answer, and the fields.

    `values` are the fields as submitted, `initial_values` as they were when the modal was opened.
    """

    article_id: str
    answer_url: str
    values: Mapping[str, str]
    initial_values: Mapping[str, str]


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button and its modal."""

    @app.action(ACTION)
    @acknowledge_first
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id, teams = pressed_value(body), (body["team_id"], TERMINAL_TEAM)

        def load() -> tuple[ArticleCard, list[Correction]]:
            article = newsroom.corrections.lookup.article_card(article_id)
            corrections = newsroom.store.corrections.find(state="accepted", claim_id=article_id)
            return article, [correction for correction in corrections if correction.team in teams]

        article, corrections = await asyncio.to_thread(load)
        zone = await zone_of(client, body["user"]["id"]) if corrections else None
        url = sign_response_url(client, body)
        view = _article_view(article, url, correction_lines(corrections, zone))
        with slack_call(say("correcting.not_opened"), next_step=say("correcting.open_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(ACTION)
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        submission = parse_submission(body["view"])
        find_article = newsroom.corrections.lookup.article_card
        try:
            await asyncio.to_thread(find_article, submission.article_id)
        except NotFoundError as error:
            await ack(response_action="update", view=notice_view(str(error)))
            return
        if errors := dict(_errors(submission)):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, signed_url=submission.answer_url)
        await report_failure(_correct(newsroom, client, body, submission, reply), reply)


def _article_view(article: ArticleCard, answer_url: str, corrections: Sequence[Block]) -> Block:
    """Return the modal with an article's fields and its accepted corrections."""
    fields = _fields(article)
    reason_input = modals.text_input("correcting.why_article", MAX_REASON_LENGTH)
    return modals.modal(
        ACTION,
        [
            parts.section(claim_parts.render_article_line(article)),
            *corrections,
            *(_input(name, fields[name]) for name in FIELDS),
            modals.field("why", "correcting.why", reason_input),
        ],
        title="correcting.title_article",
        submit="correcting.submit_article",
        metadata=json.dumps({"article": article.id, "answer": answer_url, "shown": fields}),
    )


def _input(name: str, value: str) -> Block:
    if name == "published":
        element = {
            "type": "datepicker",
            "placeholder": parts.plain_text(say("correcting.published_example"), 150),
            **({"initial_date": value} if value else {}),
        }
    else:
        element = modals.text_input(f"correcting.{name}", MAX_LENGTHS[name], value)
    return modals.field(name, f"correcting.{name}", element, optional=True)


def _fields(article: ArticleCard) -> dict[str, str]:
    """Return an article's fields as the modal shows them when it opens."""
    return {
        "title": (article.title or "")[: MAX_LENGTHS["title"]],
        "outlet": (article.outlet or "")[: MAX_LENGTHS["outlet"]],
        "published": article.published_on.isoformat() if article.published_on else "",
    }


def parse_submission(view: Body) -> Submission:
    """Parse a submitted modal."""
    metadata = modals.parse_metadata(view, {"article": str, "answer": str, "shown": dict})
    values = {}
    for name, block in view["state"]["values"].items():
        element = block.get(name) or {}
        values[name] = _trim(element.get("value") or element.get("selected_date") or "")
    initial_values = {name: _trim(value) for name, value in metadata["shown"].items()}
    return Submission(metadata["article"], metadata["answer"], values, initial_values)


def _trim(value: object) -> str:
    return " ".join(str(value).split())


def _changes(submission: Submission) -> dict[str, str]:
    """Return the fields that the person changed in the modal.

    The others are left out, so that newer corrections by other people are not reverted.
    """
    values, initial_values = submission.values, submission.initial_values
    return {
        name: values[name]
        for name in FIELDS
        if name in values and values[name] != initial_values.get(name)
    }


def _errors(submission: Submission) -> Iterator[tuple[str, str]]:
    if not _changes(submission):
        yield "title", say("correcting.article_as_before")
    if not submission.values.get("why"):
        yield "why", say("correcting.no_reason")


async def _correct(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    submission: Submission,
    reply: Reply,
) -> None:
    """File a correction and tell the person the outcome."""
    person_id, failure = body["user"]["id"], say("correcting.article_failed")
    may_decide = await is_reviewer(newsroom, client, person_id, failure=failure)
    profile = await get_person(client, person_id, failure=failure)

    def file() -> tuple[Correction, str]:
        correction = newsroom.corrections.correct_article(
            team=body["team_id"],
            press=body["view"]["id"],
            article_id=submission.article_id,
            changes=_changes(submission),
            reason=submission.values["why"],
            person=person_id,
            person_name=profile.name,
            is_accepted=may_decide,
        )
        (current,) = newsroom.corrections.lookup.current_claims([correction])
        return correction, quote(current) or ""

    correction, quotation = await asyncio.to_thread(file)
    await report_correction(newsroom, client, correction, quotation, profile.zone, reply)
