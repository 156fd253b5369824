"""The use case of saying how much somebody was quoted lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import store
from bot.model import Digest, Trend

DAYS = 14
MOST_SPEAKERS = 3
MIN_DAYS, MIN_CLAIMS = 3, 10
"""What there must be of claims, and of days that have any, for a picture to say more than words."""


@dataclass(eq=False, repr=False, kw_only=True)
class Trends:
    """Numbers of claims over time."""

    arrivals: store.ClaimArrivals
    names: store.SpeakerNames

    def for_digest(self, digest: Digest) -> Trend | None:
        """How many claims came of the speakers of a digest's first section, in each of the 14
        times 24 hours that end with the digest; None where that shows nothing."""
        speakers = _speakers(digest)
        if not speakers:
            return None
        since = digest.until - timedelta(days=DAYS)
        also = self.names.aliases_of(sorted(speakers))
        numbers = [0] * DAYS
        for moment in self.arrivals.arrival_times(sorted({*speakers, *also}), since, digest.until):
            numbers[(moment - since) // timedelta(days=1)] += 1
        if sum(numbers) < MIN_CLAIMS or sum(map(bool, numbers)) < MIN_DAYS:
            return None
        days = [digest.day - timedelta(days=DAYS - 1 - place) for place in range(DAYS)]
        counted = tuple(zip(days, numbers, strict=True))
        return Trend(speakers=speakers, days=counted, language=digest.language)


def _speakers(digest: Digest) -> tuple[str, ...]:
    for section in digest.sections:
        claims = [row.current.hit.claim for row in section.rows if row.current.hit]
        sure = [one for one in claims if one.source_kind == "named" and not one.unsure]
        names = dict.fromkeys(one.known_as or one.speaker for one in sure)
        if section.kind != "changes":
            return tuple([name for name in names if name][:MOST_SPEAKERS])
    return ()
