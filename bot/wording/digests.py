"""The words of a digest and its rows. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model import Digest, DigestRow, DigestSection, Dispute, Hit, Reason, ReasonKind
from bot.wording.answers import also_in, article_label, counted, with_one_full_stop
from bot.wording.hits import shown_passage, who_line
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

MAX_DENIALS = 2
MAX_TOPIC, MAX_DENIED_PART = 80, 120
UNEXPLAINED: frozenset[ReasonKind] = frozenset(
    ("said", "fragment", "old", "not_said", "unsure", "within")
)
"""Reasons that only rank a row, and do not explain why it is in the digest."""
MAX_TIMES = 7
"""Missed digests that are listed; earlier ones are only counted."""


def heading(digest: Digest) -> str:
    """A digest's first line; on a quiet day it says that there is nothing."""
    if digest.claims:
        claims, articles = counted(digest.claims, "claim"), counted(digest.articles, "article")
        day = long_date(digest.day, digest.language)
        return say("digests.heading", day=day, claims=claims, articles=articles)
    since = digest.since.astimezone(ZoneInfo(digest.zone))
    if since.date() == digest.day - timedelta(days=1):
        time = clock(since, digest.language)
        return with_one_full_stop(say("digests.none_since_yesterday", time=time))
    return with_one_full_stop(say("digests.none_since", moment=long_moment(since, digest.language)))


def notes(digest: Digest) -> list[str]:
    """The notes below the heading.

    On a quiet day, that feeds are still being read; where the digest begins, if before yesterday;
    earlier digests that were missed, or may have been; once, that its dates are now in English.
    """
    out = [] if digest.claims else _still_reading(digest)
    begin = digest.since.astimezone(ZoneInfo(digest.zone))
    is_of_days = begin.date() < digest.day - timedelta(days=1)
    if digest.claims and is_of_days and not digest.missed:
        out.append(
            with_one_full_stop(say("digests.begins", since=long_moment(begin, digest.language)))
        )
    if digest.missed:
        times, since = (_times(t, digest) for t in (digest.missed, [digest.since]))
        out.append(with_one_full_stop(say("digests.missed", times=times, since=since)))
    if (
        not has_dates(digest.preferences.language)
        and digest.language != digest.preferences.language
    ):
        name = language_name(digest.preferences.language)
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
    return [with_one_full_stop(say("digests.still_reading_until", n=digest.feeds, time=time))]


def _times(instants: Sequence[datetime], digest: Digest) -> str:
    local = [instant.astimezone(ZoneInfo(digest.zone)) for instant in instants]
    told = [long_moment(instant, digest.language) for instant in local[-MAX_TIMES:]]
    if left_out := len(local) - len(told):
        told.insert(0, say("digests.earlier", n=left_out))
    return ", ".join(told)


def remaining_line(digest: Digest) -> str | None:
    """Say how many more claims there are; None if there are none."""
    return say("digests.rest", n=digest.omitted_count) if digest.omitted_count > 0 else None


def window_line(digest: Digest) -> str:
    """The period in which a digest's articles arrived."""
    since, until = (t.astimezone(ZoneInfo(digest.zone)) for t in (digest.since, digest.until))
    first, last = (short_moment(t, digest.language) for t in (since, until))
    return say("digests.window", since=first, until=last, zone=digest.zone)


def refused_line(day: date, channel: str) -> str:
    """Say which digest Slack refused to post, with its channel as a Slack link."""
    return say("digests.refused", day=long_date(day), channel=f"<#{channel}>")


def retry_line(*, minutes: int, until: datetime | None) -> str:
    """Say that a refused digest is retried every `minutes` until a time, or given up (None)."""
    if until is None:
        return say("digests.given_up")
    return say("digests.tried_again", n=minutes, time=clock(until))


# -- sections and rows


def section_title(section: DigestSection) -> str:
    """The title of a section."""
    topic = shorten(section.topic or "", MAX_TOPIC)
    return say(f"digests.section_{section.kind}", topic=topic)


class Side(NamedTuple):
    """One claim of a row: who says it, the claim, and where. Only a dispute has several."""

    who: Runs
    hit: Hit
    where: Runs


def sides(row: DigestRow, digest: Digest) -> list[Side]:
    """The claim of a row, or both sides of a dispute, newest first; empty if the claim is gone."""
    if not (first := row.current.hit):
        return []
    own = Side(who_line(first), first, _where(first, digest, also_in(other_outlets(row))))
    if not (disputes := row.disputes[:MAX_DENIALS]):
        return [own]
    newest_first = sorted(disputes, key=lambda one: -_day_number(one.hit))
    later = [_denial(one, digest) for one in newest_first if one.order == "later"]
    others = [_denial(one, digest) for one in newest_first if one.order != "later"]
    # Sides in one article have no order.
    is_unknown = any(
        one.order == "unknown" and one.hit.article.id != first.article.id for one in disputes
    )
    mark = Run(say("digests.disputed_order_unknown" if is_unknown else "digests.disputed"))
    shown = _joined([*later, own, *others])
    return [shown[0]._replace(who=(mark, Run(" · "), *shown[0].who)), *shown[1:]]


def _joined(sides: Sequence[Side]) -> list[Side]:
    """Merge neighbouring sides with the same passage, so that its sentence appears once."""
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
    """The denying side of a dispute; it says so if only a part is denied."""
    hit, who = dispute.hit, who_line(dispute.hit)
    if dispute.denied_part:
        half = say("digests.only_half", half=shorten(dispute.denied_part, MAX_DENIED_PART))
        who = (*who, Run(f" · {half}"))
    return Side(who, hit, _where(hit, digest))


def _day_number(hit: Hit) -> int:
    day = hit.article.published_on
    return day.toordinal() if day else 0


def more_denials(row: DigestRow) -> str | None:
    """Say how many denials of a row are not shown."""
    more = len(row.disputes) - MAX_DENIALS
    return say("digests.more_denials", n=more) if more > 0 and row.current.hit else None


def changed_line(row: DigestRow, section: DigestSection) -> str | None:
    """Say that a row's claim has changed since it was first shown."""
    if not row.current.changed:
        return None
    return say(f"claims.changed_since_{'shown' if section.kind == 'changes' else 'posted'}")


def _where(hit: Hit, digest: Digest, also: str | None = None) -> Runs:
    """Say where a claim is printed: the outlet or else the title, the day if before the digest's
    period, and `also`."""
    article = hit.article
    sample = (Run(f"{say('articles.sample')} · "),) if article.sample else ()
    where = (*sample, Run(article.outlet or article_label(article), link=article.url))
    day = article.published_on
    if day and day < digest.since.astimezone(ZoneInfo(digest.zone)).date():
        where = (*where, Run(f" · {short_date(day, digest.language)}"))
    return (*where, Run(f" · {also}")) if also else where


def other_outlets(row: DigestRow) -> tuple[str, ...]:
    """The other outlets that print a statement, or titles if the outlet is unknown."""
    first = row.current.hit
    own = (first.article.outlet or article_label(first.article)) if first else None
    places = (hit.article.outlet or article_label(hit.article) for hit in row.others)
    return tuple(place for place in dict.fromkeys(places) if place != own)


def other_wordings(row: DigestRow) -> Iterator[str]:
    """How other outlets print a statement or its denial: where, who says it, and the sentence."""
    first = row.current.hit
    seen = {first.claim.text} if first else set()
    for hit in row.related:
        if hit.claim.text not in seen:
            seen.add(hit.claim.text)
            text, _ = shown_passage(hit)
            who, printed = plain(who_line(hit)), " ".join(text.split())
            if hit.claim.kind == "attribution":
                place = hit.article.outlet or article_label(hit.article)
                yield say("digests.elsewhere", place=place, who=who, printed=printed)
            else:  # the who-line names the outlet
                yield say("digests.elsewhere_own", who=who, printed=printed)


def why_lines(row: DigestRow) -> list[str]:
    """Say why a row is in a digest, the strongest reason first; reasons against it are left out."""
    ranked = sorted(row.reasons, key=lambda reason: -reason.points)
    told = [_why(reason) for reason in ranked if reason.kind not in UNEXPLAINED]
    return told or [say("digests.why_room" if row.reasons else "digests.why_not_known")]


def _why(reason: Reason) -> str:
    if isinstance(reason.value, int):
        return say(f"digests.why_{reason.kind}", n=reason.value)
    value = reason.value or say("digests.somebody" if reason.kind == "denied" else "digests.they")
    if reason.kind == "denied":
        value = f"{value[0].upper()}{value[1:]}"
    return say(f"digests.why_{reason.kind}", value=shorten(value, MAX_TOPIC))
