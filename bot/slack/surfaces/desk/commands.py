"""The slash command /check, its form, its message shortcut and its buttons; files to check.

A draft is checked in this process, answered to whoever asked, and forgotten.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk.archive import Archive
from bot.desk.check import Check, check
from bot.errors import IngestError, QueryError
from bot.model import Document
from bot.newsroom import Newsroom
from bot.newsroom.articles.claim_spans import enclosing_paragraphs
from bot.newsroom.feeds.fetches import MAX_HOST_WAIT, HostBusy, busy_error
from bot.slack import claim_parts
from bot.slack.gate import scopes
from bot.slack.parts import Block, markup_message, notice
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    report_failure,
    respond_with,
    slack_call,
)
from bot.slack.replies import Reply, match_value, pressed_value, viewer_of
from bot.slack.surfaces.answers.commands import HELP_WORDS, typed_words
from bot.slack.surfaces.answers.context import paragraph_sections
from bot.slack.surfaces.answers.form_blocks import origin_of, parse_form_origin
from bot.slack.surfaces.answers.message_text import message_words
from bot.slack.surfaces.articles.commands import parse_address
from bot.slack.surfaces.articles.sent_files import (
    FILES_SCOPE,
    MAX_FILES,
    answer_files,
    download,
    file_name,
)
from bot.slack.surfaces.desk import blocks
from bot.slack.threads import to_slow_thread
from bot.words import say

CHECK_WORD = "check"
"""What a direct message says beside files that are not to be filed."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /check, its form, its shortcut and its button."""

    @app.command("/check")
    @acknowledge_first
    async def check_draft(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        text = typed_words(body)
        if not text:
            view = blocks.form_view(origin_of(client, body, reply))
            with slack_call(say("form.not_opened"), next_step=say("form.open_again")):
                await client.views_open(trigger_id=body["trigger_id"], view=view)
        elif text.casefold() in HELP_WORDS:
            await respond_with(reply, markup_message(say("desk.help")))
        elif url := parse_address(text):
            await _answer(newsroom, body, reply, await to_slow_thread(_fetch, newsroom, url))
        else:
            await _answer(newsroom, body, reply, [_pasted(text)])

    @app.message_shortcut("check_quotes")
    @acknowledge_first
    async def check_message(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = body.get("message") or {}
        reply.prefers_thread = reply.thread_ts not in (None, message.get("ts"))
        await _answer(newsroom, body, reply, [_pasted(message_words(message))])

    @app.view(blocks.CALLBACK)
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        origin = parse_form_origin(body["view"])
        values = body["view"]["state"]["values"]
        text = str(values["draft"]["draft"].get("value") or "")
        reply = Reply(client, body, signed_url=origin.url)
        reply.channel = origin.channel or None
        await report_failure(_answer(newsroom, body, reply, [_pasted(text)]), reply)

    @app.action("check_printed")
    @acknowledge_first
    async def show_printed(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        view = await asyncio.to_thread(
            _printed_view, newsroom, pressed_value(body), viewer_of(body)
        )
        with slack_call(say("sharing.context_failed"), next_step=say("sharing.context_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)


def reader_of(words: str) -> Callable[..., Coroutine[Any, Any, bool]]:
    """Return what reads the files of a direct message: a draft is checked, others are filed."""
    return check_files if words.casefold() == CHECK_WORD else answer_files


async def check_files(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, *, thread_ts: str
) -> bool:
    """Check the files of a direct message and answer in its thread; nothing of them is filed."""
    if FILES_SCOPE in await scopes.find_missing(client):
        await respond_with(reply, notice(f"{say('files.not_allowed')}: {say('files.missing')}"))
        return True
    reply.thread_ts, reply.prefers_thread = thread_ts, True
    for file in body["event"]["files"][:MAX_FILES]:
        try:
            raw = await download(client, file, newsroom.article_files.max_bytes)
        except IngestError as error:
            await respond_with(reply, notice(str(error)))
            continue
        documents = await to_slow_thread(_read_sent, newsroom, raw, file_name(file))
        await _answer(newsroom, body, reply, documents)
    return True


def _pasted(text: str) -> Document:
    return Document(origin="pasted", text=text)


def _read_sent(newsroom: Newsroom, raw: bytes, name: str) -> list[Document | IngestError]:
    return list(newsroom.article_files.read_sent(raw, name, origin=name, anyway=True))


def _fetch(newsroom: Newsroom, url: str) -> list[Document | IngestError]:
    """Fetch a draft from the web."""
    try:
        fetched = newsroom.fetches.fetch(url, max_wait=MAX_HOST_WAIT)
    except HostBusy:
        return [busy_error(url)]
    except IngestError as error:
        return [error]
    return list(newsroom.fetches.read_documents(fetched, anyway=True))


async def _answer(
    newsroom: Newsroom, body: Body, reply: Reply, documents: Sequence[Document | IngestError]
) -> None:
    """Check drafts and show what was found to whoever asked."""
    viewer = viewer_of(body)
    for document in documents:
        try:
            found = await to_slow_thread(_check, newsroom, document, viewer)
        except (IngestError, QueryError) as error:
            await respond_with(reply, notice(str(error)))
            continue
        for message in blocks.check_messages(found):
            await respond_with(reply, message)


def _check(newsroom: Newsroom, document: Document | IngestError, viewer: str) -> Check:
    if isinstance(document, IngestError):
        raise document
    return check(document, Archive(newsroom, viewer))


def _printed_view(newsroom: Newsroom, value: str, viewer: str) -> Block:
    """Return the modal with the paragraph of a claim, in which the differences are bold.

    Raises NotFoundError.
    """
    match = match_value(blocks.PRINTED_VALUE, value, "gone.button")
    claim_id, version, places = match[1], int(match[2]), blocks.parse_places(match[3])
    hit = newsroom.claims.load_hit(claim_id, viewer)
    stored = newsroom.store.archive.claim_in_text(claim_id, viewer)
    paragraph, marked = hit.claim.text, places
    if stored and hit.claim.spans:
        spans = hit.claim.spans if version != stored.card.version or not places else places
        start, end = enclosing_paragraphs(spans, stored.paragraphs)
        paragraph = stored.text[start:end]
        marked = tuple((first - start, last - start) for first, last in spans)
    sections = list(paragraph_sections(paragraph, marked))
    who = claim_parts.render_who_line(hit)
    return blocks.printed_view(who, sections, claim_parts.render_article_line(hit.article))
