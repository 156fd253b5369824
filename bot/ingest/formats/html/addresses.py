"""Choose a page's own address from those that it states."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from bot.ingest.formats.html.site_names import HOST_PREFIX
from bot.ingest.metadata import check_url


def choose_address(canonical: str | None, own: Iterable[str | None]) -> str | None:
    """Return the canonical address, which a mobile or AMP page has too, or else its `own`.

    A canonical address on another site is that of the article that this page reprints.
    """
    address = _read(canonical)
    own_address = next(filter(None, map(_read, own)), None)
    if address and own_address and _host(address) != _host(own_address):
        return own_address
    return address or own_address


def _read(text: str | None) -> str | None:
    """Return an absolute http or https address, but None for a front page."""
    try:
        url = check_url((text or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.path.strip("/") or parts.query else None


def _host(url: str) -> str:
    return HOST_PREFIX.sub("", urlsplit(url).hostname or "")
