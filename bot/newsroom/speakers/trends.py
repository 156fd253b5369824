"""Count how often speakers were quoted over the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import store
from bot.model import Digest, Trend

DAYS = 14
MAX_SPEAKERS = 3
MIN_DAYS = 3
"""The fewest days with claims for which a chart is worth drawing."""
MIN_CLAIMS = 10
"""The fewest claims for which a chart is worth drawing."""


@dataclass(eq=False, repr=False, kw_only=True)
class Trends:
    """Counts the claims of speakers by day."""

    arrivals: store.ClaimArrivals
    names: store.SpeakerNames

    def trend_of_digest(self, digest: Digest) -> Trend | None:
        """Count by day the claims of the speakers in a digest's first section.

        The days are the 14 periods of 24 hours before the digest's end. Returns None if there
        is too little to show.
        """
        speakers = _first_speakers(digest)
        if not speakers:
            return None
        since = digest.until - timedelta(days=DAYS)
        aliases = self.names.aliases_of(sorted(speakers))
        names = sorted({*speakers, *aliases})
        counts = [0] * DAYS
        for moment in self.arrivals.arrival_times(names, since, digest.until):
            counts[(moment - since) // timedelta(days=1)] += 1
        if sum(counts) < MIN_CLAIMS or sum(map(bool, counts)) < MIN_DAYS:
            return None
        days = [digest.day - timedelta(days=DAYS - 1 - index) for index in range(DAYS)]
        return Trend(
            speakers=speakers,
            days=tuple(zip(days, counts, strict=True)),
        )


def _first_speakers(digest: Digest) -> tuple[str, ...]:
    """Return the named speakers of the first section of new claims."""
    for section in digest.sections:
        if section.kind != "changes":
            claims = (row.current.hit.claim for row in section.rows if row.current.hit)
            names = dict.fromkeys(
                claim.known_as or claim.speaker for claim in claims if claim.source_kind == "named"
            )
            return tuple([name for name in names if name][:MAX_SPEAKERS])
    return ()
