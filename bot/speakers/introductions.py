"""Introduce a claim's speaker in the words of its article. No side effects."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.model import Claim

if TYPE_CHECKING:
    from bot.speakers.descriptions import Description


def introduction(text: str, claim: Claim) -> str | None:
    """Return a claim's speaker with the article's description, in printed order.

    "Sun Yun, director of the China Program", "Foreign Minister Wang Yi"; None if the article does
    not describe the speaker.
    """
    description = speaker_description(text, claim)
    if description is None:
        return None
    if description.is_title:
        return f"{description.text} {claim.speaker}"
    return f"{claim.speaker}, {description.text}"


def speaker_description(text: str, claim: Claim) -> Description | None:
    """Return the article's best description of a claim's speaker; None if there is none.

    A description before the claim's end is preferred. Claims with an uncertain or unnamed speaker
    have none.
    """
    if claim.source_kind != "named" or not claim.speaker:
        return None
    described = _descriptions(text, claim.speaker)
    end = claim.spans[-1][1] if claim.spans else 0
    count = bisect_left(described, end, key=lambda pair: pair[0].name[0])
    if count:
        return described[count - 1][1]
    return described[0][0] if described else None


def _descriptions(text: str, name: str) -> tuple[tuple[Description, Description], ...]:
    """List an article's descriptions of a speaker, in order, each with the best one so far."""
    from bot.speakers.descriptions import descriptions

    known = _known_descriptions(text)
    if name not in known:
        found = list(descriptions(text, name))
        known[name] = tuple(zip(found, accumulate(found, _better), strict=True))
    return known[name]


@lru_cache(maxsize=4)
def _known_descriptions(text: str) -> dict[str, tuple[tuple[Description, Description], ...]]:
    """Keep the descriptions in an article: a speaker may have made thousands of its claims.

    Few articles are kept, since they may be long.
    """
    return {}


def _better(best: Description, later: Description) -> Description:
    """Choose the later description, unless it is a title.

    An article introduces a person in full first, and later uses only a title.
    """
    return best if later.is_title and not best.is_title else later
