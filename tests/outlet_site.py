"""A local server that acts as an outlet's site."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from aiohttp import web

FULL_TEXT = (
    "<p>The port stays shut. “The wall is safe,” said Ingrid Solvane, the harbour master.</p>"
    "<p>Officials denied that {ships} ships had left for Hollow Bay on Monday evening.</p>"
)
PAGE = """<!doctype html><html><head><title>{title}</title>
<meta property="og:type" content="article"></head><body><article><h1>{title}</h1>
<p>The port of Vellmouth stays shut for a third day, and nobody knows for how long it will be.</p>
<p>“The wall has moved by a hand's breadth,” said Ingrid Solvane, the harbour master, on Monday.</p>
<p>Twenty-six ships are waiting in the roads outside the town, and more are on their way to it.</p>
</article></body></html>"""


@dataclass
class Page:
    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class OutletSite:
    """A site with `pages` by path; it records its requests, in order.

    It answers 304 to a request with the page's ETag, and 404 for an unknown path.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[], Page]] = {}
        self.requests: list[web.Request] = []
        self.url = ""

    @property
    def paths(self) -> list[str]:
        """Return the requested paths, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    @property
    def address(self) -> str:
        """Return the host and port, in the format of fetch.allowed."""
        return self.url.removeprefix("http://")

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        page = self.pages.get(request.path, Page("nothing here", 404))
        page = page() if callable(page) else page
        etag = page.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=page.headers)
        body = page.body.encode() if isinstance(page.body, str) else page.body
        return web.Response(status=page.status, body=body, headers=page.headers)


@contextmanager
def open_site() -> Iterator[OutletSite]:
    """Serve a site on loopback, in a separate thread."""
    site, loop = OutletSite(), asyncio.new_event_loop()

    async def start() -> web.AppRunner:
        app = web.Application()
        app.router.add_get("/{path:.*}", site.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    runner = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield site
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def entry(number: int, *, ships: int = 3, excerpt: str = "", more: str = "") -> str:
    """Return an RSS entry, with the full text unless an `excerpt` is given."""
    text = escape(FULL_TEXT.format(ships=ships))
    content = "" if excerpt else f"<content:encoded>{text}</content:encoded>"
    return (
        f"<item><title>Story {number}</title><link>{{url}}/{number}</link>"
        f"<guid>{{url}}/{number}</guid><pubDate>Tue, 03 Nov 2026 0{number}:30:00 GMT</pubDate>"
        f"<description>{excerpt or 'The port stays shut.'}</description>"
        f"{content}{more}</item>"
    )


def rss(site: OutletSite, *entries: str, channel: str = "") -> str:
    """Return an RSS feed; {url} in an entry is the site's address."""
    items = "".join(entries).replace("{url}", site.url)
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Tidewater Post</title><link>{site.url}</link><language>en</language>"
        f"{channel}{items}</channel></rss>"
    )
