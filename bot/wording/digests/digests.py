"""The words of a digest and its rows. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.articles.outlets import one_per_outlet
from bot.model import Digest, DigestRow, DigestSection, Dispute, Hit, Reason, ReasonKind
from bot.wording.answers import (
    article_label,
    other_outlets_line,
    outlet_name,
    with_noun,
    with_one_full_stop,
)
from bot.wording.hits import after_line, before_line, shown_passage, who_line, without_guess
from bot.wording.runs import Run, Runs, plain_text, shorten
from bot.words import say
from bot.words.dates import (
    clock,
    long_date,
    long_moment,
    short_date,
    short_moment,
)

MAX_DENIALS = 2
MAX_TOPIC_LENGTH, MAX_DENIED_LENGTH = 80, 120
UNEXPLAINED: frozenset[ReasonKind] = frozenset(
    ("said", "fragment", "old", "not_said", "unsure", "within")
)
"""Reasons that affect the rank of a row, but do not explain why it is in the digest."""
MAX_TIMES = 7
"""The number of missed digests to list; earlier ones are only counted."""


def heading(digest: Digest) -> str:
    """Return a digest's first line; on a quiet day it says that there are no claims."""
    if digest.claims:
        claims, articles = with_noun(digest.claims, "claim"), with_noun(digest.articles, "article")
        day = long_date(digest.day)
        return say("digests.heading", day=day, claims=claims, articles=articles)
    since = digest.since.astimezone(ZoneInfo(digest.zone))
    if since.date() == digest.day - timedelta(days=1):
        time = clock(since)
        return with_one_full_stop(say("digests.none_since_yesterday", time=time))
    return with_one_full_stop(say("digests.none_since", moment=long_moment(since)))


def notes(digest: Digest) -> list[str]:
    """Return the notes below the heading.

    They say that feeds are still being read (on a quiet day), when the digest's period begins (if
    before yesterday), and which earlier digests were missed or may have been posted.
    """
    lines = [] if digest.claims else _feed_notes(digest)
    start = digest.since.astimezone(ZoneInfo(digest.zone))
    spans_days = start.date() < digest.day - timedelta(days=1)
    if digest.claims and spans_days and not digest.missed:
        lines.append(with_one_full_stop(say("digests.begins", since=long_moment(start))))
    if digest.missed:
        times, since = (_times(moments, digest) for moments in (digest.missed, [digest.since]))
        lines.append(with_one_full_stop(say("digests.missed", times=times, since=since)))
    if digest.uncertain:
        lines.append(say("digests.uncertain", times=_times(digest.uncertain, digest)))
    return lines


def _feed_notes(digest: Digest) -> list[str]:
    if not digest.feeds:
        return [say("digests.no_feeds")]
    if not digest.next_check:
        return [say("digests.still_reading", n=digest.feeds)]
    time = clock(digest.next_check.astimezone(ZoneInfo(digest.zone)))
    return [with_one_full_stop(say("digests.still_reading_until", n=digest.feeds, time=time))]


def _times(moments: Sequence[datetime], digest: Digest) -> str:
    local = [moment.astimezone(ZoneInfo(digest.zone)) for moment in moments]
    shown = [long_moment(moment) for moment in local[-MAX_TIMES:]]
    if omitted := len(local) - len(shown):
        shown.insert(0, say("digests.earlier", n=omitted))
    return ", ".join(shown)


def remaining_line(digest: Digest) -> str | None:
    """Say how many more claims there are; None if there are none."""
    return say("digests.rest", n=digest.omitted_count) if digest.omitted_count > 0 else None


def window_line(digest: Digest) -> str:
    """Say in which period a digest's articles arrived."""
    since, until = (
        moment.astimezone(ZoneInfo(digest.zone)) for moment in (digest.since, digest.until)
    )
    first, last = (short_moment(moment) for moment in (since, until))
    return say("digests.window", since=first, until=last, zone=digest.zone)


def refused_line(day: date, channel: str) -> str:
    """Say which digest Slack refused to post, with its channel as a Slack link."""
    return say("digests.refused", day=long_date(day), channel=f"<#{channel}>")


def retry_line(*, minutes: int, until: datetime | None) -> str:
    """Say that a refused digest is retried every `minutes` until a time, or is given up (None)."""
    if until is None:
        return say("digests.given_up")
    return say("digests.tried_again", n=minutes, time=clock(until))


# -- sections and rows


def section_title(section: DigestSection) -> str:
    """Return the title of a section."""
    topic = shorten(section.topic or "", MAX_TOPIC_LENGTH)
    return say(f"digests.section_{section.kind}", topic=topic)


class Side(NamedTuple):
    """One claim of a row: who says it, the claim, and where. Disputes have several, and what
    opposes what its speaker said before."""

    who: Runs
    hit: Hit
    where: Runs


def sides(row: DigestRow, digest: Digest) -> list[Side]:
    """Return the claim of a row, or both sides of a dispute, newest first; empty if the claim is
    gone."""
    if not row.current.hit:
        return []
    first = without_guess(row.current.hit)
    own = Side(
        who_line(first), first, _where(first, digest, other_outlets_line(other_outlets(row)))
    )
    if row.earlier:
        mark, earlier = Run(f"{say('digests.earlier_said')} · "), without_guess(row.earlier)
        return [own, Side((mark, *who_line(earlier)), earlier, _where(earlier, digest))]
    if not (disputes := row.disputes[:MAX_DENIALS]):
        return [own]
    newest_first = sorted(disputes, key=lambda dispute: -_day_number(dispute.hit))
    later = [_denying_side(dispute, digest) for dispute in newest_first if dispute.order == "later"]
    others = [
        _denying_side(dispute, digest) for dispute in newest_first if dispute.order != "later"
    ]
    # Sides in the same article have no order.
    is_unknown = any(
        dispute.order == "unknown" and dispute.hit.article.id != first.article.id
        for dispute in disputes
    )
    mark = Run(say("digests.disputed_order_unknown" if is_unknown else "digests.disputed"))
    newest, *rest = _merge_same_passage([*later, own, *others])
    return [newest._replace(who=(mark, Run(" · "), *newest.who)), *rest]


def _merge_same_passage(sides: Sequence[Side]) -> list[Side]:
    """Merge neighbouring sides with the same passage, so that its sentence appears once."""
    merged: list[Side] = []
    for side in sides:
        previous = merged[-1] if merged else None
        if previous and previous.hit.passage and _has_same_passage(previous.hit, side.hit):
            merged[-1] = previous._replace(who=(*previous.who, Run(" · "), *side.who))
        else:
            merged.append(side)
    return merged


def _has_same_passage(hit: Hit, other: Hit) -> bool:
    text, other_text = (hit.passage and hit.passage.text for hit in (hit, other))
    return hit.article.id == other.article.id and text == other_text


def _denying_side(dispute: Dispute, digest: Digest) -> Side:
    """The denying side of a dispute; it says so if only a part is denied."""
    hit = without_guess(dispute.hit)
    who = who_line(hit)
    if dispute.denied_part:
        part = say("digests.only_half", half=shorten(dispute.denied_part, MAX_DENIED_LENGTH))
        who = (*who, Run(f" · {part}"))
    return Side(who, hit, _where(hit, digest))


def _day_number(hit: Hit) -> int:
    day = hit.article.published_on
    return day.toordinal() if day else 0


def more_denials(row: DigestRow) -> str | None:
    """Say how many denials of a row are not shown."""
    remaining = len(row.disputes) - MAX_DENIALS
    return say("digests.more_denials", n=remaining) if remaining > 0 and row.current.hit else None


def changed_line(row: DigestRow, section: DigestSection) -> str | None:
    """Say that a row's claim has changed since it was first shown."""
    if not row.current.changed:
        return None
    return say(f"claims.changed_since_{'shown' if section.kind == 'changes' else 'posted'}")


def _where(hit: Hit, digest: Digest, outlets_note: str | None = None) -> Runs:
    """Say where a claim is printed: the outlet or otherwise the title, the day if before the
    digest's period, and `outlets_note`."""
    article = hit.article
    sample = (Run(f"{say('articles.sample')} · "),) if article.sample else ()
    after = (*after_line(hit), Run(" · ")) if after_line(hit) else ()
    runs = (*after, *sample, Run(article.outlet or article_label(article), link=article.url))
    if not article.outlet and (claim := outlet_name(article)):
        runs = (*runs, Run(f" · {claim}"))
    day = article.published_on
    if day and day < digest.since.astimezone(ZoneInfo(digest.zone)).date():
        runs = (*runs, Run(f" · {short_date(day)}"))
    return (*runs, Run(f" · {outlets_note}")) if outlets_note else runs


def other_outlets(row: DigestRow) -> tuple[str, ...]:
    """Return the other outlets that print a statement, or titles of articles without an outlet."""
    first = row.current.hit
    hits = [*([first] if first else []), *row.others]
    printing = one_per_outlet(hit.article for hit in hits)
    places = dict.fromkeys(article.outlet or article_label(article) for article in printing)
    return tuple(places)[1:] if first else tuple(places)


def other_wordings(row: DigestRow) -> Iterator[str]:
    """Yield how other outlets print a statement or its denial: where, who says it, and the
    sentence."""
    first = row.current.hit
    texts = {first.claim.text} if first else set()
    for hit in row.related:
        if hit.claim.text not in texts:
            texts.add(hit.claim.text)
            text, _ = shown_passage(hit)
            text = f"{plain_text(before_line(hit))} {text}"
            who, sentence = plain_text(who_line(hit)), " ".join(text.split())
            if hit.claim.kind == "attribution":
                place = hit.article.outlet or article_label(hit.article)
                yield say("digests.elsewhere", place=place, who=who, printed=sentence)
            else:  # the who-line names the outlet
                yield say("digests.elsewhere_own", who=who, printed=sentence)


def reason_lines(row: DigestRow) -> list[str]:
    """Say why a row is in a digest, strongest reason first; reasons against it are left out."""
    ranked = sorted(row.reasons, key=lambda reason: -reason.points)
    lines = [_describe_reason(reason) for reason in ranked if reason.kind not in UNEXPLAINED]
    return lines or [say("digests.why_room" if row.reasons else "digests.why_not_known")]


def _describe_reason(reason: Reason) -> str:
    if isinstance(reason.value, int):
        return say(f"digests.why_{reason.kind}", n=reason.value)
    value = reason.value or say("digests.somebody" if reason.kind == "denied" else "digests.they")
    if reason.kind == "denied":
        value = f"{value[0].upper()}{value[1:]}"
    return say(f"digests.why_{reason.kind}", value=shorten(value, MAX_TOPIC_LENGTH))
