"""Introduce a claim's speaker in the words of its article. No side effects."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.model import Claim

if TYPE_CHECKING:
    from bot.extract.speakers.descriptions import Description


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
    if claim.unsure or claim.source_kind != "named" or not claim.speaker:
        return None
    candidates = _descriptions(text, claim.speaker)
    end = claim.spans[-1][1] if claim.spans else 0
    # They are in order.
    earlier = candidates[: bisect_left(candidates, end, key=lambda candidate: candidate.name[0])]
    # An article introduces a person in full first, and later uses only a title.
    best = max(
        earlier, key=lambda candidate: (not candidate.is_title, candidate.name), default=None
    )
    return best or next(iter(candidates), None)


@lru_cache(maxsize=256)
def _descriptions(text: str, name: str) -> tuple[Description, ...]:
    """List an article's descriptions of a speaker, who may have made thousands of its claims."""
    from bot.extract.speakers.descriptions import descriptions

    return tuple(descriptions(text, name))
