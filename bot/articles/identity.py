"""The keys that identify an article: the publisher's id, its address, or its file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.model import Document

KeyKind = Literal["guid", "url", "origin"]

TRACKING_PARAMETER = re.compile(
    r"(?:utm_.*|mtm_.*|pk_.*|at_medium|at_campaign|cmpid|ftag|fbclid|gclid|dclid|msclkid|mc_[ce]id"
    r"|igshid|yclid|wt\.mc_id|_ga|_hs.*|ns_.*|xtor|ocid|smid)",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from, and do not change the page."""

_HOST_PREFIXES = ("", "www.", "m.", "mobile.", "amp.")
_MOBILE_HOST_PREFIX = re.compile(r"//(?:www|m|mobile|amp)\.(?=[^/?]+\.[^/?])")
_AMP_PATH = re.compile(r"(?:/amp(?:\.html)?|\.amp)((?:\.html)?)$")
_AMP_PARAMETERS = ("amp", "outputType")
_AMP_VIEWER = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[a-z])/s/(.+)"
)
"""The address of an AMP viewer, which ends with the address of the page that it shows."""

STANDARD_INPUT = "standard input"
"""The origin of piped input, whose content is different each time."""

DEFAULT_PORTS = {"http": 80, "https": 443}

UNSTABLE_PLACE = re.compile(r"#(?:line|part|entry|row|message) \d+$")
"""A place in a file that shifts when something is inserted before it."""


def canonical_url(url: str) -> str | None:
    """Normalise an article's address; None if it is not one, such as a site's front page.

    The result lacks the scheme (a site that moves to https keeps its articles), default ports, the
    fragment, tracking parameters and a trailing slash. It keeps the order of parameters.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    query = parse_qsl(parts.query, keep_blank_values=True)
    parameters = [(name, value) for name, value in query if not TRACKING_PARAMETER.match(name)]
    path = parts.path.rstrip("/")
    if not host or not (path or parameters):
        return None
    port_suffix = f":{port}" if port and port != DEFAULT_PORTS.get(parts.scheme) else ""
    return f"//{host}{port_suffix}{path}" + (f"?{urlencode(parameters)}" if parameters else "")


def document_keys(document: Document) -> dict[KeyKind, str]:
    """Return the keys of a document by kind, each a hash, most reliable first.

    The origin is a key only for files, and for a place in a file only if that place is stable; for
    web documents `url` is better.
    """
    values: dict[KeyKind, str | None] = {
        "guid": document.guid,
        "url": canonical_url(document.address) if document.address else None,
        "origin": document.origin if has_stable_origin(document) else None,
    }
    return {kind: _key(kind, value) for kind, value in values.items() if value}


def page_address(url: str) -> str | None:
    """Normalise an address so that a page's mobile and AMP addresses are equal; None if invalid."""
    address = canonical_url(_AMP_VIEWER.sub(r"https://\1", url.strip()))
    if address is None:
        return None
    host, slash, rest = _MOBILE_HOST_PREFIX.sub("//", address)[2:].partition("/")
    path, mark, query = f"{slash}{rest}".partition("?")
    pairs = [pair for pair in query.split("&") if pair.partition("=")[0] not in _AMP_PARAMETERS]
    path = _AMP_PATH.sub(r"\1", path.removeprefix("/amp") if path.startswith("/amp/") else path)
    return f"//{host}{path}" + (f"{mark}{'&'.join(pairs)}" if any(pairs) else "")


def page_keys(url: str) -> list[str]:
    """Return all keys under which a page's article may be stored, for any of the page's
    addresses; empty if the address is not a page's."""
    page = page_address(url)
    if page is None:
        return []
    host, slash, rest = page[2:].partition("/")
    path, mark, query = f"{slash}{rest}".partition("?")
    stem = path.removesuffix(".html")
    paths = dict.fromkeys((path, f"{path}/amp", f"{path}.amp", f"/amp{path}", f"{stem}.amp.html"))
    addresses = [
        f"//{prefix}{host}{variant}{mark}{query}" for prefix in _HOST_PREFIXES for variant in paths
    ]
    return [
        _key("url", variant) for variant in dict.fromkeys([canonical_url(url) or page, *addresses])
    ]


def is_from_file(document: Document) -> bool:
    """Tell whether a document came from a file rather than from the web."""
    return "://" not in document.origin


def has_stable_origin(document: Document) -> bool:
    """Tell whether a document's origin identifies one article for good."""
    if document.origin.partition("#")[0] == STANDARD_INPUT:
        return False
    return is_from_file(document) and not UNSTABLE_PLACE.search(document.origin)


def file_keys(keys: Iterable[str]) -> list[str]:
    """Select the keys of files, each of which holds one article at a time."""
    return [key for key in keys if key.startswith("origin:")]


def _key(kind: KeyKind, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"[:40]
