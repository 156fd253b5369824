"""Fifty outlets' sites, and Slack, on one port of this machine, which behave as a timeline says.

Every request is logged: the verdict is drawn from what each feed served, and when.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.simulations.clock import VirtualClock
from tests.simulations.feeds import printing
from tests.simulations.feeds.printing import FeedEntry
from tests.simulations.feeds.timeline import (
    DAY,
    FIRST_FORGED_NUMBER,
    HOUR,
    Feed,
    Story,
    Timeline,
    moment,
)

ROBOTS = "User-agent: *\nDisallow: /private/\n"
ERROR_PAGE = "<!doctype html><html><head><title>Oops</title></head><body>Sorry!</body></html>"
SLOW_RESPONSE = 8.0
"""How long a slow server takes in real seconds: longer than any timeout."""
RETRY_AFTER = 2 * HOUR


class Sites:
    """All sites, on one port."""

    def __init__(self, timeline: Timeline, clock: VirtualClock, log: Path) -> None:
        self.timeline, self.clock = timeline, clock
        self.port = self.request_count = 0
        self._log = log.open("a", buffering=1)
        self._last_changes: dict[int, tuple[str, float]] = {}
        """The digest of each feed's last response, and since when it is served."""
        self._messages: list[dict[str, Any]] = []

    def site(self, feed: Feed) -> str:
        return f"http://{feed.host}:{self.port}"

    def note(self, what: str, **fields: Any) -> None:
        self.request_count += 1
        self._log.write(json.dumps({"what": what, "at": self.clock.seconds, **fields}) + "\n")

    # -- answering

    async def robots(self, request: web.Request) -> web.Response:
        return web.Response(text=ROBOTS)

    async def feed(self, request: web.Request) -> web.StreamResponse:
        feed = self.timeline.feeds[int(request.match_info["number"])]
        # The target of a redirect does not redirect.
        at, is_redirected = self.clock.seconds, request.path.startswith(("/moved/", "/elsewhere/"))
        trouble = feed.trouble(at)
        if feed.gone is not None and at >= feed.gone:
            trouble = "gone"
        elif feed.moved is not None and at >= feed.moved and not is_redirected:
            trouble = "moved"
        if trouble not in (None, "elsewhere", "truncated"):
            self.note("feed", feed=feed.number, outcome=trouble, path=request.path)
            return await self._fail(request, feed, trouble)
        if trouble == "elsewhere" and not request.path.startswith("/elsewhere/"):
            self.note("led on", feed=feed.number, path=request.path)
            raise web.HTTPFound(f"/elsewhere/{feed.number}")
        return self._serve(request, feed, at, is_cut=trouble == "truncated")

    async def _fail(self, request: web.Request, feed: Feed, kind: str) -> web.StreamResponse:
        match kind:
            case "html 200":
                return web.Response(text=ERROR_PAGE, content_type="text/html")
            case "html 500":
                return web.Response(text=ERROR_PAGE, content_type="text/html", status=500)
            case "empty":
                return web.Response(text="", content_type="text/xml")
            case "missing":
                return web.Response(status=404, text="no")
            case "gone":
                return web.Response(status=410, text="gone")
            case "moved":
                return web.Response(status=301, headers={"Location": feed.new_path})
            case "login":
                return web.Response(status=302, headers={"Location": "/login"})
            case "limited" | "unavailable":
                status = 429 if kind == "limited" else 503
                return web.Response(status=status, headers={"Retry-After": f"{RETRY_AFTER:.0f}"})
            case "dropped":
                answer = web.StreamResponse(headers={"Content-Length": "5000"})
                await answer.prepare(request)
                await answer.write(b'<?xml version="1.0"?><rss><channel>')
            case "slow":
                await asyncio.sleep(SLOW_RESPONSE)
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _serve(self, request: web.Request, feed: Feed, at: float, *, is_cut: bool) -> web.Response:
        entries = self.entries(feed, at)
        text = printing.feed_text(feed, entries, self.site(feed))
        complete = len(entries)
        if is_cut:
            text = text[: len(text) * 2 // 3]
            ends = ("</item>", "</entry>", "<at:deleted-entry")
            complete = sum(map(text.count, ends))
        body = text.encode()
        body = b"\xef\xbb\xbf" + body if feed.charset == "bom" else body
        headers = self._validators(feed, body, at)
        known = request.headers.get("If-None-Match") or request.headers.get("If-Modified-Since")
        if known and known in (headers.get("ETag"), headers.get("Last-Modified")) and not is_cut:
            self.note("feed", feed=feed.number, outcome="not modified", path=request.path)
            return web.Response(status=304, headers=headers)
        listed = [
            (entry.story, entry.version, entry.embargo, entry.killed is not None)
            for entry in entries[:complete]
            if entry.story >= 0
        ]
        self.note("feed", feed=feed.number, outcome="entries", listed=listed, path=request.path)
        headers["Content-Type"] = "application/xml" + "; charset=iso-8859-1" * (
            feed.charset == "header"
        )
        return web.Response(body=body, headers=headers)

    def _validators(self, feed: Feed, body: bytes, at: float) -> dict[str, str]:
        """Return the ETag or Last-Modified header of a response."""
        digest = hashlib.sha256(body).hexdigest()[:16]
        previous, since = self._last_changes.get(feed.number, ("", at))
        if digest != previous:
            # Last-Modified has a resolution of a second, and must differ from the previous one.
            since = max(at, since + 1)
            self._last_changes[feed.number] = (digest, since)
        if feed.etag == "right":
            return {"ETag": f'"{digest}"'}
        if feed.etag == "changing":
            return {"ETag": f'W/"{at:.0f}-{id(body)}"'}
        if feed.etag == "date":
            return {"Last-Modified": format_datetime(moment(since), usegmt=True)}
        return {}

    def entries(self, feed: Feed, at: float) -> list[FeedEntry]:
        """Return a feed's entries in order; withdrawals come first."""
        entries: list[FeedEntry] = []
        if feed.format == "atom":
            entries += [
                FeedEntry(guid=printing.guid(story), story=story.number, killed=story.killed)
                for story in feed.killed(at)
            ]
        if feed.is_hostile:
            entries += self._forged_entries(at)
        for story in feed.listed(at):
            entry = printing.feed_entry(story, feed, self.site(feed), at)
            entries += [entry] * (2 if story.is_listed_twice else 1)
        return entries

    def _forged_entries(self, at: float) -> Iterator[FeedEntry]:
        """Return entries that try to withdraw, change or withhold the stories of other feeds."""
        for victim in self.victims(at):
            feed = self.timeline.feeds[victim.feed]
            target_guid, address = printing.guid(victim), printing.link(victim, self.site(feed))
            if not target_guid.startswith("urn:"):
                target_guid = f"{self.site(feed)}{feed.path}#{target_guid}"
            number = FIRST_FORGED_NUMBER + victim.number % 10_000
            forged = FeedEntry(
                guid=target_guid,
                title="Forged",
                text=[f"This is false, said nobody, as the forged docket {number:05}-1 will show."],
                published=victim.published,
                updated=victim.published + DAY,
            )
            kill = FeedEntry(guid=target_guid, killed=at // HOUR * HOUR)
            # The victim's own text, under the name of its outlet.
            words = victim.text(max(1, victim.version(at)))
            copied = replace(forged, guid=f"urn:copied:{number}", text=words, outlet=feed.outlet)
            later = at // HOUR * HOUR + 9 * DAY
            yield {
                0: kill,
                1: replace(forged, guid="", link=address),
                2: replace(forged, link=f"{address}/forged"),
                3: replace(forged, embargo=later),
                4: replace(forged, guid="", link=address, embargo=later),
                5: replace(copied, embargo=later),
                6: copied if at % DAY < 8 * HOUR else replace(kill, guid=copied.guid),
                7: replace(forged, guid=f"urn:linked:{number}", link=address, text=words[:1]),
            }[victim.number % 8]

    def victims(self, at: float) -> list[Story]:
        """Return stories of other feeds that are new or still to come."""
        stories = [
            story
            for feed in self.timeline.feeds
            if not feed.is_hostile
            for story in feed.stories
            if story.has_guid and at - DAY < story.published < at + DAY
        ]
        return stories[::3][:12] if at > 4 * HOUR else []

    async def page(self, request: web.Request) -> web.Response:
        number, at = int(request.match_info["number"].removesuffix("-again")), self.clock.seconds
        feed = self.timeline.feeds[number // 1_000]
        story = next(story for story in feed.stories if story.number == number)
        self.note("page", feed=feed.number, story=number, path=request.path)
        if story.page == "late" and at < story.page_from:
            return web.Response(status=503, headers={"Retry-After": "600"})
        if story.page == "missing" or (story.killed is not None and at >= story.killed):
            return web.Response(status=404, text="no")
        text = printing.page(story, story.version(at))
        return web.Response(text=text, content_type="text/html")

    async def login(self, request: web.Request) -> web.Response:
        return web.Response(text=ERROR_PAGE, content_type="text/html")

    async def slack(self, request: web.Request) -> web.Response:
        """Answer as Slack does; messages are logged, and listed for the lookup of a killed worker's
        message."""
        sent = dict(request.query) or await request.json()
        answer: dict[str, Any] = {"ok": True}
        match request.match_info["method"]:
            case "chat.postMessage":
                self.note("notice", person=sent["channel"], text=sent["text"])
                self._messages.append(
                    {"ts": f"{len(self._messages)}.1", "metadata": sent["metadata"]}
                )
                answer |= {"ts": self._messages[-1]["ts"], "channel": f"D{sent['channel']}"}
            case "conversations.open":
                answer["channel"] = {"id": f"D{sent['users']}"}
            case "conversations.history":
                answer["messages"] = self._messages
        return web.json_response(answer)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/robots.txt", self.robots)
        for folder in ("feed", "moved", "elsewhere"):
            app.router.add_get(f"/{folder}/{{number}}", self.feed)
        for folder in ("story", "private"):
            app.router.add_get(f"/{folder}/{{number}}", self.page)
        app.router.add_get("/login", self.login)
        app.router.add_route("*", "/api/{method}", self.slack)
        return app


@contextmanager
def serving(timeline: Timeline, clock: VirtualClock, log: Path) -> Iterator[Sites]:
    """Serve all sites on loopback, in a separate thread."""
    sites, loop = Sites(timeline, clock, log), asyncio.new_event_loop()

    async def start() -> web.AppRunner:
        runner = web.AppRunner(sites.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        sites.port = runner.addresses[0][1]
        return runner

    runner = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield sites
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
