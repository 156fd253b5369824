"""What a digest says of itself and its rows, to the word. Pure; of claims see bot/wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model import Digest, DigestRow, DigestSection, Dispute, Hit, Reason, ReasonKind
from bot.wording.answers import also_in, article_label, closed, counted
from bot.wording.hits import passage_shown, who_line
from bot.wording.language_names import language_name
from bot.wording.runs import Run, Runs, plain, shorten
from bot.words import say
from bot.words.dates import (
    clock,
    has_dates,
    long_date,
    long_moment,
    short_date,
    short_moment,
)

MOST_DENIALS = 2
LONGEST_TOPIC, LONGEST_HALF = 80, 120
UNTOLD: frozenset[ReasonKind] = frozenset(
    ("said", "fragment", "old", "not_said", "unsure", "within")
)
"""Reasons that say where a row stands among others, and not why it is there."""
MOST_TIMES = 7
"""Of digests that did not come; the earlier ones are counted."""


def heading(digest: Digest) -> str:
    """A digest's first line; of a quiet day, that there is nothing."""
    if digest.claims:
        claims, articles = counted(digest.claims, "claim"), counted(digest.articles, "article")
        day = long_date(digest.day, digest.language)
        return say("digests.heading", day=day, claims=claims, articles=articles)
    since = digest.since.astimezone(ZoneInfo(digest.zone))
    if since.date() == digest.day - timedelta(days=1):
        time = clock(since, digest.language)
        return closed(say("digests.none_since_yesterday", time=time))
    return closed(say("digests.none_since", moment=long_moment(since, digest.language)))


def notes(digest: Digest) -> list[str]:
    """What is to be said below the heading: on a quiet day that the feeds are still read; of
    earlier digests those that did not come, or may not have; and where this one begins, if that is
    before yesterday; and once that its dates are in English now."""
    out = [] if digest.claims else _still_reading(digest)
    begin = digest.since.astimezone(ZoneInfo(digest.zone))
    is_of_days = begin.date() < digest.day - timedelta(days=1)
    if digest.claims and is_of_days and not digest.missed:
        out.append(closed(say("digests.begins", since=long_moment(begin, digest.language))))
    if digest.missed:
        times, since = (_times(t, digest) for t in (digest.missed, [digest.since]))
        out.append(closed(say("digests.missed", times=times, since=since)))
    if not has_dates(digest.wants.language) and digest.language != digest.wants.language:
        name = language_name(digest.wants.language)
        out.append(say("digests.dates_changed", language=name))
    if digest.uncertain:
        out.append(say("digests.uncertain", times=_times(digest.uncertain, digest)))
    return out


def _still_reading(digest: Digest) -> list[str]:
    if not digest.feeds:
        return [say("digests.no_feeds")]
    if not digest.next_check:
        return [say("digests.still_reading", n=digest.feeds)]
    time = clock(digest.next_check.astimezone(ZoneInfo(digest.zone)), digest.language)
    return [closed(say("digests.still_reading_until", n=digest.feeds, time=time))]


def _times(instants: Sequence[datetime], digest: Digest) -> str:
    local = [instant.astimezone(ZoneInfo(digest.zone)) for instant in instants]
    told = [long_moment(instant, digest.language) for instant in local[-MOST_TIMES:]]
    if left_out := len(local) - len(told):
        told.insert(0, say("digests.earlier", n=left_out))
    return ", ".join(told)


def rest(digest: Digest) -> str | None:
    """How many claims there are beyond those shown, or None if there are no more."""
    return say("digests.rest", n=digest.left_out) if digest.left_out > 0 else None


def window(digest: Digest) -> str:
    """Print from when to when a digest's articles arrived."""
    since, until = (t.astimezone(ZoneInfo(digest.zone)) for t in (digest.since, digest.until))
    first, last = (short_moment(t, digest.language) for t in (since, until))
    return say("digests.window", since=first, until=last, zone=digest.zone)


def refused(day: date, channel: str) -> str:
    """Say which digest Slack did not post, with its channel as Slack links it."""
    return say("digests.refused", day=long_date(day), channel=f"<#{channel}>")


def goes_on(*, minutes: int, until: datetime | None) -> str:
    """Say what becomes of a digest that was refused: tried again every so many `minutes` until a
    local time, or not at all any more (None)."""
    if until is None:
        return say("digests.given_up")
    return say("digests.tried_again", n=minutes, time=clock(until))


# -- sections and rows


def title(section: DigestSection) -> str:
    """What stands above a section's rows."""
    topic = shorten(section.topic or "", LONGEST_TOPIC)
    return say(f"digests.section_{section.kind}", topic=topic)


class Side(NamedTuple):
    """What a row shows of one claim: who says it, the claim, and where; only of a dispute there
    are several."""

    who: Runs
    hit: Hit
    where: Runs


def sides(row: DigestRow, digest: Digest) -> list[Side]:
    """What a row shows: its claim; of a dispute both sides as they said it, the newer one first.
    Nothing where its claim is gone."""
    if not (first := row.current.hit):
        return []
    own = Side(who_line(first), first, _where(first, digest, also_in(elsewhere(row))))
    if not (disputes := row.disputes[:MOST_DENIALS]):
        return [own]
    newest_first = sorted(disputes, key=lambda one: -_day_number(one.hit))
    later = [_denial(one, digest) for one in newest_first if one.order == "later"]
    others = [_denial(one, digest) for one in newest_first if one.order != "later"]
    # Within one article neither side is newer.
    is_unknown = any(
        one.order == "unknown" and one.hit.article.id != first.article.id for one in disputes
    )
    mark = Run(say("digests.disputed_order_unknown" if is_unknown else "digests.disputed"))
    shown = _joined([*later, own, *others])
    return [shown[0]._replace(who=(mark, Run(" · "), *shown[0].who)), *shown[1:]]


def _joined(sides: Sequence[Side]) -> list[Side]:
    """Sides, those that one passage holds as one: its sentence is read once."""
    out: list[Side] = []
    for side in sides:
        before = out[-1] if out else None
        if before and before.hit.passage and _is_in_one(before.hit, side.hit):
            out[-1] = before._replace(who=(*before.who, Run(" · "), *side.who))
        else:
            out.append(side)
    return out


def _is_in_one(one: Hit, other: Hit) -> bool:
    text, of_other = (hit.passage and hit.passage.text for hit in (one, other))
    return one.article.id == other.article.id and text == of_other


def _denial(dispute: Dispute, digest: Digest) -> Side:
    """A side that denies the other one, or, as is said then, a half of it."""
    hit, who = dispute.hit, who_line(dispute.hit)
    if dispute.half:
        half = say("digests.only_half", half=shorten(dispute.half, LONGEST_HALF))
        who = (*who, Run(f" · {half}"))
    return Side(who, hit, _where(hit, digest))


def _day_number(hit: Hit) -> int:
    day = hit.article.published_on
    return day.toordinal() if day else 0


def more_denials(row: DigestRow) -> str | None:
    """Count those who deny a row's claim beyond the ones that it shows."""
    more = len(row.disputes) - MOST_DENIALS
    return say("digests.more_denials", n=more) if more > 0 and row.current.hit else None


def changed(row: DigestRow, section: DigestSection) -> str | None:
    """Say that a row's claim does not stand any more as it was shown first."""
    if not row.current.changed:
        return None
    return say(f"claims.changed_since_{'shown' if section.kind == 'changes' else 'posted'}")


def _where(hit: Hit, digest: Digest, also: str | None = None) -> Runs:
    """Say where a claim is printed, and where else: the outlet, or the title of an article whose
    outlet is not known, and the day if it is not one of the digest's."""
    article = hit.article
    sample = (Run(f"{say('articles.sample')} · "),) if article.sample else ()
    where = (*sample, Run(article.outlet or article_label(article), link=article.url))
    day = article.published_on
    if day and day < digest.since.astimezone(ZoneInfo(digest.zone)).date():
        where = (*where, Run(f" · {short_date(day, digest.language)}"))
    return (*where, Run(f" · {also}")) if also else where


def elsewhere(row: DigestRow) -> tuple[str, ...]:
    """In which places else a statement is printed: outlets, or titles where these aren't known."""
    first = row.current.hit
    own = (first.article.outlet or article_label(first.article)) if first else None
    places = (hit.article.outlet or article_label(hit.article) for hit in row.others)
    return tuple(place for place in dict.fromkeys(places) if place != own)


def wording_elsewhere(row: DigestRow) -> Iterator[str]:
    """How other places print a statement or its denial: where, who says it, and the sentence."""
    first = row.current.hit
    seen = {first.claim.text} if first else set()
    for hit in row.related:
        if hit.claim.text not in seen:
            seen.add(hit.claim.text)
            text, _ = passage_shown(hit)
            who, printed = plain(who_line(hit)), " ".join(text.split())
            if hit.claim.kind == "attribution":
                place = hit.article.outlet or article_label(hit.article)
                yield say("digests.elsewhere", place=place, who=who, printed=printed)
            else:  # in whose own words it is says where
                yield say("digests.elsewhere_own", who=who, printed=printed)


def why_lines(row: DigestRow) -> list[str]:
    """Say why a row is in a digest, what counts most first; what speaks against it is no answer."""
    ranked = sorted(row.why, key=lambda reason: -reason.points)
    told = [_why(reason) for reason in ranked if reason.kind not in UNTOLD]
    return told or [say("digests.why_room" if row.why else "digests.why_not_known")]


def _why(reason: Reason) -> str:
    if isinstance(reason.value, int):
        return say(f"digests.why_{reason.kind}", n=reason.value)
    value = reason.value or say("digests.somebody" if reason.kind == "denied" else "digests.they")
    if reason.kind == "denied":
        value = f"{value[0].upper()}{value[1:]}"
    return say(f"digests.why_{reason.kind}", value=shorten(value, LONGEST_TOPIC))
