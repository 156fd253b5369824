"""What a site's robots.txt lets Claimdesk read (RFC 9309)."""

from __future__ import annotations

from protego import Protego

AGENT = "Claimdesk"
"""The name by which robots.txt may address us."""
LONGEST = 500 * 1024
"""Characters that are looked at: as many as the RFC asks for."""


def allows(text: str, url: str) -> bool:
    """Tell whether a site whose robots.txt is `text` lets Claimdesk read an address of it.

    The longest pattern that fits decides, and Allow wins a draw. What can't be read says nothing.
    """
    return Protego.parse(text.removeprefix("\ufeff")[:LONGEST]).can_fetch(url, AGENT)
