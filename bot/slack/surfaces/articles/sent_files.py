"""Read the files that somebody sends to the bot in a direct message."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import IngestError, NotFoundError
from bot.ingest import printable_name
from bot.model import ANYONE, viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.slack.gate import scopes
from bot.slack.gate.people import needs_review
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with, slack_call
from bot.slack.replies import Reply, match_value, pressed_value
from bot.slack.surfaces.answers import talk
from bot.slack.surfaces.articles.sent_file_blocks import SentFile, sent_files_message
from bot.slack.threads import to_slow_thread
from bot.words import say

log = logging.getLogger(__name__)

FILE_ID = re.compile(r"[0-9A-Z]{1,40}", re.ASCII)
FILES_SCOPE = "files:read"
MAX_FILES = 10
"""How many files of a message are read."""
FILE_HOSTS: Mapping[str | None, str] = {
    "slack.com": "https://files.slack.com",
    "slack-gov.com": "https://files.slack-gov.com",
}
"""Where the files of a workspace are, by the host of Slack's Web API. The token is sent nowhere
else."""
DOWNLOAD_TIMEOUT = 60
"""Seconds to download a file."""
CHUNK_BYTES = 65_536


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button below a file that does not look like an article."""

    @app.action("file_anyway")
    @acknowledge_first
    async def read_anyway(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        file_id = match_value(FILE_ID, pressed_value(body), "gone.button")[0]
        file = await _find_file(client, file_id, reply)
        log.info("%s has file %s read anyway", reply.person, file_id)
        sent = await _read_for(newsroom, client, body["team_id"], [file], reply, anyway=True)
        reply.prefers_thread = bool(reply.thread_ts)
        await respond_with(reply, sent_files_message(sent))


async def _find_file(client: AsyncWebClient, file_id: str, reply: Reply) -> Body:
    """Return a file as Slack describes it (files.info).

    Raises NotFoundError unless this person has uploaded it, or shared it in the direct message
    where the button is: the bot sees other people's files too.
    """
    with slack_call(say("files.not_found")):
        answer = await client.files_info(file=file_id)
    file: Body = answer["file"]
    if file.get("user") != reply.person and reply.channel not in (file.get("ims") or ()):
        raise NotFoundError(say("files.not_yours"))
    return file


async def answer_files(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, *, thread_ts: str
) -> bool:
    """Read the files of a message, and answer in its thread; idempotent across deliveries.

    Returns whether this call posted the answer. Raises SlackError if it cannot be posted.
    """
    message, name = await _read_all(newsroom, client, body, reply), str(body["event"]["ts"])
    return await talk.post_once(
        newsroom, client, body, message, reply, name=name, thread_ts=thread_ts
    )


async def _read_all(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply
) -> Message:
    if FILES_SCOPE in await scopes.find_missing(client):
        return notice(f"{say('files.not_allowed')}: {say('files.missing')}")
    files = body["event"]["files"]
    sent = await _read_for(newsroom, client, body["team_id"], files[:MAX_FILES], reply)
    return sent_files_message(sent, MAX_FILES if len(files) > MAX_FILES else 0)


async def _read_for(
    newsroom: Newsroom,
    client: AsyncWebClient,
    team: str,
    files: Sequence[Body],
    reply: Reply,
    *,
    anyway: bool = False,
) -> list[SentFile]:
    """Read files for the person who sent them, and look up what that person may see of them."""
    person = str(reply.person)
    viewer = viewer_key(team, person)
    brought_by = viewer if await needs_review(newsroom, client, person) else ANYONE
    sent_files = []
    for file in files:
        result = await _read(newsroom, client, team, file, brought_by, anyway=anyway)
        sent_files.append(await asyncio.to_thread(_sent_file, newsroom, file, result, viewer))
    return sent_files


async def _read(
    newsroom: Newsroom,
    client: AsyncWebClient,
    team: str,
    file: Body,
    brought_by: str,
    *,
    anyway: bool,
) -> IngestResult:
    name = file_name(file)
    origin = f"slack/{team}/{file.get('id')}/{name}"
    try:
        raw = await download(client, file, newsroom.article_files.max_bytes)
    except IngestError as error:
        return IngestResult(origin, errors=(error,))
    ingest = partial(newsroom.intake.files.ingest_sent, anyway=anyway)
    return await to_slow_thread(ingest, raw, name, origin=origin, brought_by=brought_by)


async def download(client: AsyncWebClient, file: Body, max_bytes: int) -> bytes:
    """Download a file from Slack. Raises IngestError, worded for people."""
    url, size = str(file.get("url_private") or ""), file.get("size")
    if not _is_slacks(client, url):
        raise _error(file, say("files.elsewhere"))
    if isinstance(size, int) and size > max_bytes:
        raise _too_large(file, max_bytes)
    try:
        return await _fetch(client, url, file, max_bytes)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise _error(file, say("files.cut_off", why=type(error).__name__)) from error


async def _fetch(client: AsyncWebClient, url: str, file: Body, max_bytes: int) -> bytes:
    headers = {"Authorization": f"Bearer {client.token}"}
    timeout = aiohttp.ClientTimeout(total=DOWNLOAD_TIMEOUT)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(
            url, headers=headers, allow_redirects=False, ssl=client.ssl or True, proxy=client.proxy
        ) as response,
    ):
        if response.status == 204:
            return b""  # an empty file
        if response.status != 200:
            raise _error(file, say("files.not_given", why=f"HTTP {response.status}"))
        if response.content_type == "text/html" and "html" not in str(file.get("mimetype")):
            # Slack shows its page to log in to whoever may not have the file.
            raise _error(file, say("files.missing"))
        raw = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            raw += chunk
            if len(raw) > max_bytes:
                raise _too_large(file, max_bytes)
    return bytes(raw)


def _is_slacks(client: AsyncWebClient, url: str) -> bool:
    """Tell whether an address is that of Slack's files, so that the token may be sent there."""
    try:
        api, parts = urlsplit(client.base_url), urlsplit(url)
    except ValueError:
        return False
    host = FILE_HOSTS.get(api.hostname, f"{api.scheme}://{api.netloc}")
    return f"{parts.scheme}://{parts.netloc}" == host


def _sent_file(newsroom: Newsroom, file: Body, result: IngestResult, viewer: str) -> SentFile:
    """Look up what is shown of the articles of a file."""
    overviews = []
    for outcome in result.outcomes:
        try:
            overviews.append(newsroom.articles.overviews.load(outcome.id, viewer))
        except NotFoundError:
            continue
    name, file_id = file_name(file), str(file.get("id"))
    return SentFile(file_id, name, overviews, result.errors, has_articles=bool(result.outcomes))


def file_name(file: Mapping[str, Any]) -> str:
    """Return the name of a file, printable and without folders."""
    name = printable_name(str(file.get("name") or file.get("title") or "file"))
    return name.replace("/", "_")


def _error(file: Body, cause: str) -> IngestError:
    cause, _, remedy = cause.partition(". ")
    return IngestError("", subject=file_name(file), cause=cause, remedy=remedy)


def _too_large(file: Body, max_bytes: int) -> IngestError:
    return _error(file, say("files.too_large", megabytes=max_bytes // 1_000_000))
