"""What a digest says of itself and its rows, to the word. Pure; of claims see bot/wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model import ArticleCard, Digest, DigestRow, DigestSection, Hit, Reason
from bot.slack.wording import also_in, article_label, closed, counted
from bot.wording.hits import passage_shown, who_line
from bot.wording.runs import Run, Runs, plain, shorten
from bot.wording.who import name_of
from bot.words import say
from bot.words.dates import clock, long_date, long_moment, short_date, short_moment

MOST_DENIALS = 2
LONGEST_TOPIC = 80
MOST_TIMES = 7
"""Of digests that did not come; the earlier ones are counted."""


def heading(digest: Digest) -> str:
    """A digest's first line; of a quiet day, that there is nothing."""
    if digest.claims:
        articles, day = counted(digest.articles, "article"), long_date(digest.day, digest.language)
        return say("digests.heading", day=day, n=digest.claims, articles=articles)
    since = digest.since.astimezone(ZoneInfo(digest.zone))
    if since.date() == digest.day - timedelta(days=1):
        time = clock(since, digest.language)
        return closed(say("digests.none_since_yesterday", time=time))
    return closed(say("digests.none_since", moment=long_moment(since, digest.language)))


def notes(digest: Digest) -> list[str]:
    """What is to be said below the heading: on a quiet day that the feeds are still read; of
    earlier digests those that did not come, or may not have; and where this one begins, if that is
    before yesterday."""
    out = [] if digest.claims else _still_reading(digest)
    begin = digest.since.astimezone(ZoneInfo(digest.zone))
    is_of_days = begin.date() < digest.day - timedelta(days=1)
    if digest.claims and is_of_days and not digest.missed:
        out.append(closed(say("digests.begins", since=long_moment(begin, digest.language))))
    if digest.missed:
        times, since = (_times(t, digest) for t in (digest.missed, [digest.since]))
        out.append(closed(say("digests.missed", times=times, since=since)))
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
    """How many claims there are beyond those shown, or None if there are no more.

    No query finds just these: filters go by the day of publication, a digest by that of arrival.
    """
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


def row_line(hit: Hit, row: DigestRow, digest: Digest) -> Runs:
    """Say who said what a row shows, its `hit`, where it is printed, and where else."""
    sample = (Run(f"{say('articles.sample')} · "),) if hit.article.sample else ()
    line = (*sample, *who_line(hit), Run(" · "), *_place(hit.article, digest))
    if also := also_in(elsewhere(row)):
        line = (*line, Run(f" · {also}"))
    return line


def _place(article: ArticleCard, digest: Digest) -> Runs:
    """The outlet, or the title of an article whose outlet is not known, and the day if it is not
    one of the digest's."""
    day = article.published_on
    place = (Run(article.outlet or article_label(article), link=article.url),)
    if day and day < digest.since.astimezone(ZoneInfo(digest.zone)).date():
        return (*place, Run(f" · {short_date(day, digest.language)}"))
    return place


def elsewhere(row: DigestRow) -> tuple[str, ...]:
    """In which places else a statement is printed: outlets, or titles where these aren't known."""
    first = row.stands.hit
    own = (first.article.outlet or article_label(first.article)) if first else None
    places = (hit.article.outlet or article_label(hit.article) for hit in row.others)
    return tuple(place for place in dict.fromkeys(places) if place != own)


def denied_lines(row: DigestRow) -> Iterator[str]:
    """Say who denies what a row reports, and where."""
    for one in row.disputes[:MOST_DENIALS]:
        claim, article = one.hit.claim, one.hit.article
        who = name_of(claim) or say("answers.source_not_given")
        place = article.outlet or article_label(article)
        yield say("digests.denied_by", who=who, place=place)
    if (more := len(row.disputes) - MOST_DENIALS) > 0:
        yield say("digests.more_denials", n=more)


def wording_elsewhere(row: DigestRow) -> Iterator[str]:
    """How other places print a statement or its denial: where, who says it, and the sentence."""
    first = row.stands.hit
    seen = {first.claim.text} if first else set()
    for hit in row.beside:
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
    """Say why a row is in a digest, what counts most first."""
    ranked = sorted(row.why, key=lambda reason: -abs(reason.points))
    return [_why(reason) for reason in ranked] or [say("digests.why_not_known")]


def _why(reason: Reason) -> str:
    if isinstance(reason.value, int):
        return say(f"digests.why_{reason.kind}", n=reason.value)
    value = reason.value or say("digests.somebody")
    return say(f"digests.why_{reason.kind}", value=shorten(value, LONGEST_TOPIC))
