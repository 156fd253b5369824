"""How an article introduces the speaker of a claim, in its own words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.model import Claim

if TYPE_CHECKING:
    from bot.extract.speakers.descriptions import Description


def introduction(text: str, claim: Claim) -> str | None:
    """A claim's speaker with what its article says of them, in the article's order: "Sun Yun,
    director of the China Program", "Foreign Minister Wang Yi"; None where it does not say."""
    found = speaker_description(text, claim)
    if found is None:
        return None
    return f"{found.text} {claim.speaker}" if found.is_title else f"{claim.speaker}, {found.text}"


def speaker_description(text: str, claim: Claim) -> Description | None:
    """The description of a claim's speaker that stands nearest before the claim's end, or else the
    first one behind it; None of nobody whom the article names."""
    from bot.extract.speakers.descriptions import descriptions

    if claim.unsure or claim.source_kind != "named" or not claim.speaker:
        return None
    described = list(descriptions(text, claim.speaker))
    end = claim.spans[-1][1] if claim.spans else 0
    before = [one for one in described if one.name[0] < end]
    # An article introduces somebody at length, and later calls them by a title alone.
    best = max(before, key=lambda one: (not one.is_title, one.name), default=None)
    return best or next(iter(described), None)
