"""Check what a site's robots.txt allows Claimdesk to read (RFC 9309)."""

from __future__ import annotations

from protego import Protego

AGENT = "Claimdesk"
MAX_ROBOTS_LENGTH = 500 * 1024
"""Characters that are parsed: the minimum that the RFC requires."""


def allows(text: str, url: str) -> bool:
    """Whether the robots.txt `text` of a site allows Claimdesk to read an address of the site.

    The longest matching pattern decides, and Allow wins a tie. Unreadable lines are ignored.
    """
    return Protego.parse(text.removeprefix("\ufeff")[:MAX_ROBOTS_LENGTH]).can_fetch(url, AGENT)
