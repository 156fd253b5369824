"""Read the files that somebody sends to the bot in a direct message."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import IngestError, NotFoundError
from bot.ingest import printable_name
from bot.model import ANYONE, viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.slack.gate import scopes
from bot.slack.gate.people import needs_review
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import talk
from bot.slack.surfaces.articles.sent_file_blocks import SentFile, sent_files_message
from bot.slack.threads import to_slow_thread
from bot.words import say

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
    person, files = str(reply.person), body["event"]["files"]
    viewer = viewer_key(body["team_id"], person)
    brought_by = viewer if await needs_review(newsroom, client, person) else ANYONE
    sent_files = []
    for file in files[:MAX_FILES]:
        result = await _read(newsroom, client, body["team_id"], file, brought_by)
        sent_files.append(await asyncio.to_thread(_sent_file, newsroom, file, result, viewer))
    return sent_files_message(sent_files, MAX_FILES if len(files) > MAX_FILES else 0)


async def _read(
    newsroom: Newsroom, client: AsyncWebClient, team: str, file: Body, brought_by: str
) -> IngestResult:
    name = _name(file)
    origin = f"slack/{team}/{file.get('id')}/{name}"
    try:
        raw = await _download(client, file, newsroom.article_files.max_bytes)
    except IngestError as error:
        return IngestResult(origin, errors=(error,))
    ingest = newsroom.intake.files.ingest_sent
    return await to_slow_thread(ingest, raw, name, origin=origin, brought_by=brought_by)


async def _download(client: AsyncWebClient, file: Body, max_bytes: int) -> bytes:
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
    return SentFile(_name(file), overviews, result.errors, has_articles=bool(result.outcomes))


def _name(file: Mapping[str, Any]) -> str:
    name = printable_name(str(file.get("name") or file.get("title") or "file"))
    return name.replace("/", "_")


def _error(file: Body, cause: str) -> IngestError:
    cause, _, remedy = cause.partition(". ")
    return IngestError("", subject=_name(file), cause=cause, remedy=remedy)


def _too_large(file: Body, max_bytes: int) -> IngestError:
    return _error(file, say("files.too_large", megabytes=max_bytes // 1_000_000))
