"""When a digest is due and what it holds. Pure: the clock and the claims are handed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import ArticleCard, Claim, Digest, DigestSection

Entry = tuple[Claim, ArticleCard]

FIRST_WINDOW = timedelta(hours=24)

LONGEST_WINDOW = timedelta(days=7)
"""How far back a digest reaches after missed ones; those before that go unnamed."""

SETTLING = timedelta(seconds=2)
"""How long after its posting time a digest is composed. An article's arrival is stamped inside the
transaction that files it, so one that arrived before the posting time can become visible a moment
after it; composed at once, the digest would miss it, and the next begins too late for it."""


@dataclass(frozen=True, slots=True)
class Due:
    """One local day's digest whose posting time has come; `late` when it is too late to post."""

    day: date
    posting_time: datetime
    late: bool


def posting_time(day: date, at: time, zone: str) -> datetime:
    """The first instant of a local day at or after a wall-clock time, in UTC.

    Where clocks spring over that time it is the moment of the jump; where they go through it twice
    it is the first time.
    """
    tz = ZoneInfo(zone)
    wanted = datetime.combine(day, at)
    before, after = (wanted.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    # PEP 495: inside a gap, and only there, the reading with fold=1 is the earlier instant.
    return _jump(after, before, tz) if after < before else before


def exists(day: date, zone: str) -> bool:
    """Whether a zone has this day: one that crosses the date line leaves one out."""
    return posting_time(day, time(0), zone).astimezone(ZoneInfo(zone)).date() == day


def _jump(low: datetime, high: datetime, tz: ZoneInfo) -> datetime:
    """The instant between `low` and `high` at which the zone's clocks are put forward."""
    offset = low.astimezone(tz).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def due(
    *,
    at: time,
    zone: str,
    since: datetime,
    settled: Iterable[date],
    now: datetime,
    catch_up: timedelta,
) -> Iterator[Due]:
    """The digests that can be composed at `now` and are not settled yet, oldest first.

    `since` is when the channel's digest was set: earlier posting times don't count. `settled` are
    the local days that need no digest any more.
    """
    done = set(settled)
    today = now.astimezone(ZoneInfo(zone)).date()
    first = max(since.astimezone(ZoneInfo(zone)).date(), today - LONGEST_WINDOW)
    for n in range((today - first).days + 1):
        day = first + timedelta(n)
        instant = posting_time(day, at, zone)
        if day not in done and exists(day, zone) and since < instant <= now - SETTLING:
            yield Due(day, instant, late=now - instant > catch_up)


def next_posting(*, at: time, zone: str, settled: Iterable[date], now: datetime) -> datetime:
    """When the next digest will be posted, in UTC."""
    done = set(settled)
    day = now.astimezone(ZoneInfo(zone)).date()
    while day in done or not exists(day, zone) or posting_time(day, at, zone) <= now:
        day += timedelta(1)
    return posting_time(day, at, zone)


def compose(
    entries: Sequence[Entry],
    *,
    day: date,
    since: datetime,
    until: datetime,
    zone: str,
    limit: int,
    missed: tuple[datetime, ...] = (),
    uncertain: tuple[datetime, ...] = (),
) -> Digest:
    """Put a day's claims together: grouped by article, `limit` of them shown.

    Every article gets one place before any gets two; within an article, named people's words come
    first, and of statements those that are better to check. What was not said, or by nobody knows
    whom, comes after everything else. The claims shown stand in reading order. What a copy prints
    in the words of the article that it copies stands there, once; what it adds stays its own.
    """
    printed = _printed(entries)
    by_article: dict[str, list[Entry]] = {}
    for first, *_ in printed:
        by_article.setdefault(first[1].id, []).append(first)
    ranked = [sorted(group, key=_weight) for group in by_article.values()]
    rounds = max(map(len, ranked), default=0)
    turns = [group[n][0] for n in range(rounds) for group in ranked if n < len(group)]
    shown = {claim.id for claim in sorted(turns, key=_weak)[:limit]}
    sections = (
        DigestSection(article=group[0][1], claims=tuple(c for c, _ in group if c.id in shown))
        for group in by_article.values()
    )
    return Digest(
        day=day,
        since=since,
        until=until,
        zone=zone,
        sections=tuple(section for section in sections if section.claims),
        claims=len(printed),
        articles=len({article.id for _, article in entries}),
        missed=missed,
        uncertain=uncertain,
        copies=_copies([places for places in printed if places[0][0].id in shown]),
    )


def _printed(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The claims, each with those that are it once more in a copy; an article before its copies."""
    places: dict[tuple[object, ...], list[Entry]] = {}
    said: Counter[tuple[object, ...]] = Counter()
    for claim, article in sorted(entries, key=lambda entry: entry[1].copy_of is not None):
        words = " ".join(re.findall(r"\w+", claim.text.casefold()))
        what = article.family, claim.kind, claim.negative, claim.stance, words
        said[article.id, *what] += 1  # an article may say a thing twice
        places.setdefault((*what, said[article.id, *what]), []).append((claim, article))
    order = {claim.id: place for place, (claim, _) in enumerate(entries)}
    return sorted(places.values(), key=lambda there: order[there[0][0].id])


def _copies(printed: Iterable[Sequence[Entry]]) -> dict[str, dict[str, str]]:
    """Where else claims are printed, by the article that they stand under and by copy: in which
    outlets, or under which title where no outlet is known."""
    names: dict[str, dict[str, str]] = {}
    for (_, article), *others in printed:
        there = {copy.id: copy.outlet or copy.title or copy.opening for _, copy in others}
        elsewhere = {copy: name for copy, name in there.items() if name != article.outlet}
        names.setdefault(article.id, {}).update(elsewhere)
    return {article: there for article, there in names.items() if there}


def _weak(claim: Claim) -> bool:
    return claim.negative or claim.unsure


def _weight(entry: Entry) -> tuple[bool, int, int, float]:
    claim = entry[0]
    kinds = ("named", "described", "unnamed", "none")
    forms = ("direct", "mixed", "indirect", None)
    checkable = claim.checkable or 0.0
    return _weak(claim), kinds.index(claim.source_kind), forms.index(claim.type), -checkable
