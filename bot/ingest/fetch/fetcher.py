"""Fetch articles and feeds from the network. Some of the addresses are hostile.

Only http and https are used, and only hosts on the public internet (connections.py), with limits on
time and bytes. No cookies or logins are sent, nor anything that tells one site about another.
Redirects are followed here, one by one, and each is checked like the first address.
"""

from __future__ import annotations

import codecs
import gzip
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import NamedTuple

import httpcore2

from bot import __version__
from bot.config import FetchSettings
from bot.errors import FetchError, FetchKind
from bot.ingest.fetch import addresses
from bot.ingest.fetch.addresses import Address, for_display
from bot.ingest.fetch.connections import Dialer, Resolve, to_httpcore_url
from bot.ingest.fetch.robots import AGENT
from bot.ingest.formats import charsets
from bot.ingest.formats import table as formats
from bot.ingest.formats.text import is_binary

MAX_REDIRECTS = 5
MAX_WAIT = timedelta(days=7)
MAX_SMALL_CHUNKS, MIN_CHUNK_SIZE = 50_000, 16
"""After so many chunks, their mean size must be at least so many bytes: they take long to read."""

_REDIRECT_STATUSES = {301, 302, 303, 307, 308}
_PERMANENT_STATUSES = {301, 308}
_COMPLETE_STATUSES = {200, 203}
"""Statuses with a complete body. A 206 has only a part, which we never request."""
_ERRORS_BY_STATUS: dict[int, tuple[FetchKind, str]] = {
    401: ("forbidden", "it asks for a login"),
    402: ("forbidden", "it asks for payment"),
    403: ("forbidden", "access is forbidden"),
    404: ("missing", "there is nothing at this address"),
    410: ("gone", "it was removed for good"),
    429: ("limited", "the site got too many requests"),
    451: ("forbidden", "it is blocked for legal reasons"),
}

_PAGE_AFTER_WARNINGS = re.compile(r"(?i)[^<]{0,1000}<(?:!doctype\s+html|html|head|body)\b")
_ENCODING_DECLARATION = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)

_Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FetchResult:
    """A response. `status` is 200, or 304 with an empty `body` if nothing has changed.

    `url` is the address after all redirects. `moved_to` is the address to use from now on: the last
    one before the first redirect that is not permanent; None without a permanent redirect.
    `media_type` is detected from the bytes.
    """

    url: str
    status: int
    body: bytes
    media_type: str
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class _Redirect(NamedTuple):
    target: Address
    is_permanent: bool


class Fetcher:
    """Fetches addresses. Stateless and thread-safe; there is nothing to close.

    `resolve` looks up names, with the signature of socket.getaddrinfo. Raises FetchError of the
    kind "url" if an entry of the setting `fetch.allowed` is invalid.
    """

    def __init__(self, settings: FetchSettings, *, resolve: Resolve = socket.getaddrinfo) -> None:
        self._settings = settings
        self._trusted_hosts = {
            addresses.parse(f"http://{host}").host_and_port for host in settings.allowed
        }
        self._dialer = Dialer(settings.servers, resolve)

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        on_redirect: Callable[[Address], object] | None = None,
    ) -> FetchResult:
        """Fetch an address, following at most MAX_REDIRECTS redirects.

        `etag` and `last_modified` are those of a previous result, whose body need not be sent
        again. `on_redirect` is called with the target of each redirect before it is requested, and
        may raise FetchError. Raises FetchError: its subject is always the requested address, and
        its cause says where a redirect led.
        """
        deadline = time.monotonic() + self._settings.seconds
        contact = f" (+{self._settings.contact})" if self._settings.contact else ""
        headers = {
            "User-Agent": f"{AGENT}/{__version__}{contact}",
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            "If-None-Match": _valid_validator(etag),
            "If-Modified-Since": _valid_validator(last_modified),
        }
        sent_headers = [(name, value) for name, value in headers.items() if value]
        address = first_address = addresses.parse(url)
        moved_to, is_permanent, is_trusted = None, True, True
        for _ in range(MAX_REDIRECTS + 1):
            # Redirects from the public internet must not lead back into the newsroom's own hosts.
            is_trusted = is_trusted and address.host_and_port in self._trusted_hosts
            try:
                response = self._send(address, sent_headers, deadline, is_trusted)
                if isinstance(response, FetchResult):
                    return replace(response, moved_to=moved_to)
                address = response.target
                if on_redirect:
                    on_redirect(address)
            except FetchError as error:
                if error.subject == for_display(first_address.url):
                    raise
                raise first_address.redirect_error(error) from error
            is_permanent = is_permanent and response.is_permanent
            moved_to = address.url if is_permanent else moved_to
        raise first_address.error("redirects", f"it redirects more than {MAX_REDIRECTS} times")

    def _send(
        self, address: Address, headers: _Headers, deadline: float, is_trusted: bool
    ) -> FetchResult | _Redirect:
        """Send one request. Raises FetchError for every network failure."""
        url, sent = to_httpcore_url(address), [("Host", address.authority), *headers]
        try:
            with (
                closing(self._dialer.dial(address, is_trusted, deadline)) as connection,
                connection.stream("GET", url, headers=sent) as response,
            ):
                is_conditional = any(name.startswith("If-") for name, _ in headers)
                return self._read_response(address, response, is_conditional)
        except TimeoutError:
            cause = f"it took longer than {self._settings.seconds} seconds"
            raise address.error("slow", cause) from None
        except ssl.SSLError as error:
            cause = getattr(error, "verify_message", "") or error.reason or "no secure connection"
            raise address.error("tls", cause) from None
        except (OSError, httpcore2.ProtocolError):
            cause = "the connection failed, or broke off"
            raise address.error("connection", cause) from None

    def _read_response(
        self, address: Address, response: httpcore2.Response, is_conditional: bool
    ) -> FetchResult | _Redirect:
        headers = {
            name.lower().decode(): value.decode("utf-8", "surrogateescape")
            for name, value in response.headers
        }
        if response.status in _REDIRECT_STATUSES:
            if not (location := headers.get("location")):
                raise address.error("redirects", "it redirects without saying where")
            # Bytes that are not UTF-8 are asked for as they came, as browsers do.
            target = address.resolve(
                re.sub(r"[\udc80-\udcff]", lambda one: f"%{ord(one[0]) - 0xDC00:X}", location)
            )
            # Without TLS, anybody on the network path could change the article.
            if address.scheme == "https" and target.scheme == "http":
                raise address.error("redirects", "it redirects from https to http")
            return _Redirect(target, response.status in _PERMANENT_STATUSES)
        is_unchanged = response.status == 304 and is_conditional
        body, media_type = b"", ""
        if not is_unchanged:
            if response.status not in _COMPLETE_STATUSES:
                raise _status_error(address, response.status, headers)
            body = _read_body(response, headers, address, self._settings.max_megabytes)
            media_type = detect_media_type(body)
            body = recode_to_utf8(body, media_type, headers.get("content-type", ""))
        return FetchResult(
            url=address.url,
            status=304 if is_unchanged else 200,
            body=body,
            media_type=media_type,
            etag=_valid_validator(headers.get("etag")),
            last_modified=_valid_validator(headers.get("last-modified")),
        )


def detect_media_type(body: bytes) -> str:
    """Return the media type of bytes: of the format that recognises them, or else of their text.

    What servers declare is often wrong.
    """
    head = body[: formats.HEAD_SIZE]
    if known := next((format_ for format_ in formats.FORMATS if format_.recognises(head)), None):
        return known.media[0]
    if is_binary(head):
        return "application/octet-stream"
    text = (charsets.decode_by_mark(head) or head.decode("latin-1")).lstrip()
    if text.startswith(("{", "[")):
        return "application/json"
    if text.startswith("<?xml"):
        return "application/xml"
    is_page = text.startswith("<") or _PAGE_AFTER_WARNINGS.match(text)
    return "text/html" if is_page else "text/plain"


def recode_to_utf8(body: bytes, media_type: str, content_type: str) -> bytes:
    """Convert a text to UTF-8 if only the Content-Type header states its encoding.

    A byte order mark is put before it, since readers trust a mark more than any declaration. Any
    other body is returned unchanged.
    """
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    is_marked = body.startswith(tuple(charsets.BYTE_ORDER_MARKS))
    if not match or is_marked or _ENCODING_DECLARATION.search(body[: formats.HEAD_SIZE]):
        return body
    if not re.search(r"^text/|xml$", media_type) or not charsets.codec_name(match[1]):
        return body
    return codecs.BOM_UTF8 + charsets.decode(body, match[1]).encode("utf-8", "replace")


def _read_body(
    response: httpcore2.Response, headers: Mapping[str, str], address: Address, max_megabytes: int
) -> bytes:
    """Read a body, and decompress it if it is compressed with gzip, the only encoding we accept.

    Neither the compressed nor the decompressed size may exceed the limit. Raises FetchError.
    """
    max_bytes = max_megabytes * 1_000_000
    too_large = address.error("large", f"it is larger than {max_megabytes} MB")
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise address.error("type", "it is compressed in a way that was not asked for")
    if int(headers.get("content-length", "0")) > max_bytes:
        raise too_large
    response.extensions["network_stream"].bytes_left += max_bytes
    received = bytearray()
    for number, chunk in enumerate(response.iter_stream()):
        received += chunk
        if len(received) > max_bytes:
            raise too_large
        if number > MAX_SMALL_CHUNKS and len(received) < MIN_CHUNK_SIZE * number:
            raise address.error("connection", "it sends its data in pieces that are too small")
    if encoding in ("", "identity"):
        return bytes(received)
    try:
        # One byte more than allowed shows that the body is too large.
        body = gzip.GzipFile(fileobj=BytesIO(received)).read(max_bytes + 1)
    except (OSError, EOFError, zlib.error):
        raise address.error("connection", "the data it sent is damaged, or ends early") from None
    if len(body) > max_bytes:
        raise too_large
    return body


def _status_error(address: Address, status: int, headers: Mapping[str, str]) -> FetchError:
    default: tuple[FetchKind, str] = ("server", f"the site answered with status {status}")
    kind, cause = _ERRORS_BY_STATUS.get(status, default)
    wait = _parse_retry_after(headers.get("retry-after", ""))
    return address.error(kind, cause, status=status, retry_after=wait)


def _valid_validator(value: str | None) -> str | None:
    """Return an ETag or a date if it can be sent back as it is, else None."""
    return value if value and re.fullmatch(r"[ -~]{1,500}", value) else None


def _parse_retry_after(value: str) -> timedelta | None:
    """Parse a wait in seconds, or until a date (RFC 9110, 10.2.3)."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(timedelta(seconds=int(value)), MAX_WAIT)
    try:
        end = parsedate_to_datetime(value).replace(tzinfo=UTC)
        return min(max(end - datetime.now(UTC), timedelta(0)), MAX_WAIT)
    except (ValueError, OverflowError):
        return None
