"""The one door to the network for articles: addresses from anywhere, of which some are hostile.

Only http and https, only hosts of the public internet (connections.py), so much time and so many
bytes, no cookies, no login, nothing that tells one site of another. Redirects are followed here,
one after the other, each with all checks again.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpcore2

from bot import __version__
from bot.config import FetchSettings
from bot.errors import FetchError, FetchKind
from bot.ingest.fetch import addresses
from bot.ingest.fetch.addresses import Address, for_display
from bot.ingest.fetch.bodies import read_body
from bot.ingest.fetch.connections import Dialer, Resolve, asked_of
from bot.ingest.fetch.mediatypes import media_type, with_charset
from bot.ingest.fetch.robots import AGENT

MOST_REDIRECTS = 5
LONGEST_WAIT = timedelta(days=7)
"""What a site may ask for at most with Retry-After or max-age."""

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_WHOLE = {200, 203}
"""The statuses that bring the whole of what is there; 206 would bring a part that nobody asked."""
_STATUSES: dict[int, tuple[FetchKind, str]] = {
    401: ("forbidden", "it asks for a login"),
    402: ("forbidden", "it asks for payment"),
    403: ("forbidden", "access is forbidden"),
    404: ("missing", "there is nothing at this address"),
    410: ("gone", "it was removed for good"),
    429: ("limited", "the site got too many requests"),
    451: ("forbidden", "it is blocked for legal reasons"),
}
_ACCEPTED = {
    "application/xml": "application/rss+xml, application/atom+xml, application/xml, text/xml",
    "application/json": "application/feed+json, application/json",
    "text/html": "text/html, application/xhtml+xml",
}
"""How a request names what `media_type` tells from the bytes."""


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What an address gave. `status` is 200, or 304 (and `body` empty) where nothing is new.

    `url` is where it was in the end; `moved_to` is the address to remember in place of the one
    asked for: as far as permanent redirects led before the first that was not. `media_type` is
    told from the bytes. `fresh_for` is how long the site says that nothing new will come.
    """

    url: str
    status: int
    body: bytes
    media_type: str
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    """What is asked of every address of a chain; `deadline` is of the monotonic clock."""

    headers: tuple[tuple[str, str], ...]
    accept: Sequence[str]
    deadline: float

    @property
    def is_conditional(self) -> bool:
        return any(name.startswith("If-") for name, _ in self.headers)


@dataclass(frozen=True, slots=True)
class _Redirect:
    status: int
    location: str


class Fetcher:
    """Fetches addresses. Has no state and nothing to close, so that any thread may use it.

    `resolve` looks up names, as socket.getaddrinfo does. Raises FetchError of the kind "url" where
    a site of `fetch.allowed` can't be read.
    """

    def __init__(self, settings: FetchSettings, *, resolve: Resolve = socket.getaddrinfo) -> None:
        self._settings = settings
        self._allowed = {
            addresses.parse(f"http://{site}").host_and_port for site in settings.allowed
        }
        self._dialer = Dialer(settings.servers, resolve)

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: Sequence[str] = (),
        on_redirect: Callable[[Address], object] | None = None,
    ) -> FetchResult:
        """Fetch an address, following at most five redirects.

        `etag` and `last_modified` are those of an earlier answer, which need not come again.
        `accept` names the media types that are of use, the best first; none takes all. `on_redirect` is
        called with each address that a redirect leads to, before it is asked for anything.
        Raises FetchError, as `on_redirect` may: its subject is always the address asked for, and its
        cause says where that led.
        """
        deadline = time.monotonic() + self._settings.seconds
        headers = _headers(self._settings.contact, etag, last_modified, accept)
        request = _Request(headers, accept, deadline)
        address = asked = addresses.parse(url)
        moved_to, permanent, trusted = None, True, True
        for _ in range(MOST_REDIRECTS + 1):
            # A chain that has left the newsroom's own sites does not lead back into them.
            trusted = trusted and address.host_and_port in self._allowed
            try:
                answer = self._ask(address, request, trusted)
                if isinstance(answer, FetchResult):
                    return replace(answer, moved_to=moved_to)
                address = _next(address, answer)
                if on_redirect:
                    on_redirect(address)
            except FetchError as error:
                if error.subject == for_display(asked.url):
                    raise
                raise asked.redirect_error(error) from error
            permanent = permanent and answer.status in _PERMANENT
            moved_to = address.url if permanent else moved_to
        raise asked.error("redirects", f"it redirects more than {MOST_REDIRECTS} times")

    def _ask(self, address: Address, request: _Request, trusted: bool) -> FetchResult | _Redirect:
        """Send one request. Every way in which a network fails becomes a FetchError here."""
        headers = [("Host", address.authority), *request.headers]
        try:
            with (
                closing(self._dialer.dial(address, trusted, request.deadline)) as connection,
                connection.stream("GET", asked_of(address), headers=headers) as response,
            ):
                return self._read(address, request, response)
        except TimeoutError:
            cause = f"it took longer than {self._settings.seconds} seconds"
            raise address.error("slow", cause) from None
        except ssl.SSLError as error:
            cause = getattr(error, "verify_message", "") or error.reason or "no secure connection"
            raise address.error("tls", cause) from None
        except (OSError, httpcore2.ProtocolError):
            cause = "the connection failed, or broke off"
            raise address.error("connection", cause) from None

    def _read(
        self, address: Address, request: _Request, response: httpcore2.Response
    ) -> FetchResult | _Redirect:
        headers = {name.lower().decode(): _text(value) for name, value in response.headers}
        body, media = b"", ""
        if response.status in _REDIRECTS:
            return _Redirect(response.status, headers.get("location", ""))
        if response.status != 304 or not request.is_conditional:
            if response.status not in _WHOLE:
                raise _refusal(address, response.status, headers)
            most = self._settings.max_megabytes * 1_000_000
            body = read_body(response.iter_stream(), headers, address, most)
            media = media_type(body)
            if request.accept and media not in request.accept:
                raise address.error("type", f"it is {media}, not {' or '.join(request.accept)}")
            body = with_charset(body, media, headers.get("content-type", ""))
        return FetchResult(
            url=address.url,
            status=304 if response.status == 304 else 200,
            body=body,
            media_type=media,
            etag=_validator(headers.get("etag")),
            last_modified=_validator(headers.get("last-modified")),
            fresh_for=_fresh_for(headers.get("cache-control", "")),
        )


def _headers(
    contact: str, etag: str | None, last_modified: str | None, accept: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    known = [_ACCEPTED.get(media, media) for media in accept]
    wanted = {
        "User-Agent": f"{AGENT}/{__version__}" + (f" (+{contact})" if contact else ""),
        "Accept": ", ".join([*known, "*/*;q=0.1"]) if known else "*/*",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        "If-None-Match": _validator(etag),
        "If-Modified-Since": _validator(last_modified),
    }
    return tuple((name, value) for name, value in wanted.items() if value)


def _next(address: Address, redirect: _Redirect) -> Address:
    if not redirect.location:
        raise address.error("redirects", "it redirects without saying where")
    following = address.resolve(redirect.location)
    # What was asked for over TLS must not come from whoever sits on the way: a wrong quotation is
    # worse than none.
    if address.scheme == "https" and following.scheme == "http":
        raise address.error("redirects", "it redirects from https to http")
    return following


def _refusal(address: Address, status: int, headers: Mapping[str, str]) -> FetchError:
    kind, cause = _STATUSES.get(status, ("server", f"the site answered with status {status}"))
    wait = _retry_after(headers.get("retry-after", ""))
    return address.error(kind, cause, status=status, retry_after=wait)


def _text(value: bytes) -> str:
    """A header's value: UTF-8 in some redirects, though it should be ASCII."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _validator(value: str | None) -> str | None:
    """An ETag or a date that can be sent back as it came."""
    return value if value and re.fullmatch(r"[ -~]{1,500}", value) else None


def _retry_after(value: str) -> timedelta | None:
    """Read how long to wait, given in seconds or as a date (RFC 9110, 10.2.3)."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(timedelta(seconds=int(value)), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value).replace(tzinfo=UTC)
        return min(max(until - datetime.now(UTC), timedelta(0)), LONGEST_WAIT)
    except (ValueError, OverflowError):
        return None


def _fresh_for(value: str) -> timedelta | None:
    """Read max-age of Cache-Control."""
    found = re.search(r"(?:^|[\s,])max-age=\"?([0-9]{1,9})(?![0-9])", value.lower())
    return min(timedelta(seconds=int(found[1])), LONGEST_WAIT) if found else None
