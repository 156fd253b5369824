"""What the bot says of claims, articles and answers, to the word. Pure.

Lines are made of runs, so that a terminal and Slack can each set them in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model import Answer, ArticleCard, AttributionType, Claim, Coverage, Digest, Near

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

HOW: dict[AttributionType | None, str] = {
    "direct": "quoted",
    "mixed": "partly quoted",
    "indirect": "in the article's words",
}
SUGGESTED = "These would find something:"
NOT_NAMED = {"described": "not named", "unnamed": "unnamed"}

# Cues that stand before their source: "according to the ministry", "was criticized by Xi".
LEADING_CUE = re.compile(r"(?:according to|per|in the words of|.*\bby)$", re.IGNORECASE | re.DOTALL)
# Without whom it was told ("told Putin"), the word hangs in the air.
HANGING_CUE = re.compile(r"(?:.*\s)?told$", re.IGNORECASE | re.DOTALL)
LEADING_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)


class Run(NamedTuple):
    """A stretch of a line: `strong` where it is emphasised, `link` where it leads somewhere."""

    text: str
    strong: bool = False
    link: str | None = None


Runs = tuple[Run, ...]


def plain(runs: Iterable[Run]) -> str:
    """Print runs without emphasis and links."""
    return "".join(run.text for run in runs)


# -- claims


def attribution_line(claim: Claim) -> Runs:
    """Say who, through whom, with which word, how and when; what is missing is said to be."""
    if claim.kind == "statement" and not claim.speaker:
        return _own_voice(claim.near)
    who = claim.speaker or claim.source
    runs: Runs
    if not who:
        said = f'no source given ("{claim.cue}")' if claim.cue else "no source given"
        runs, how_is_said = (Run(said),), True
    elif claim.unsure:
        nearest = claim.source or who
        runs = (Run(f'unsure who said this; nearest in the text: "{nearest}"'),)
        how_is_said = True
    else:
        runs, how_is_said = _who_said(claim, (Run(who, strong=True), *_remarks(claim, who)))
    # "In the article's words" would only repeat what such a line says already.
    how = None if how_is_said and claim.type == "indirect" else HOW.get(claim.type)
    return (*runs, *(Run(f" · {part}") for part in (how, _when(claim)) if part))


def _own_voice(near: Near | None) -> Runs:
    own = Run("no source: the article's own words")
    if near is None:
        return (own,)
    runs = (own, Run(" · nearby: "), Run(near.speaker, strong=True))
    return (*runs, Run(f", in {_possessive(near.report)} report")) if near.report else runs


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _remarks(claim: Claim, who: str) -> Runs:
    remarks = [NOT_NAMED[claim.source_kind]] if claim.source_kind in NOT_NAMED else []
    if claim.source and not _holds(claim.source, who):
        remarks.append(f'printed: "{claim.source}"')
    return (Run(f" ({'; '.join(remarks)})"),) if remarks else ()


def _holds(printed: str, speaker: str) -> bool:
    """Whether a reader of the printed source finds the speaker's whole name in it."""
    return LEADING_ARTICLE.sub("", speaker).casefold() in printed.casefold()


def _who_said(claim: Claim, who: Runs) -> tuple[Runs, bool]:
    """The line up to its cue and chain, and whether it says by itself how it was said."""
    cue = claim.cue or ""
    if claim.negative:
        on = " on" if cue.casefold().endswith("comment") else ""
        return (*who, Run(f" {cue}{on} …")), True
    if claim.via and not claim.inside:
        return (*who, *_quoted_by(claim.via)), False
    said = _with_cue(who, cue)
    if claim.via:
        outer, *further = claim.via
        return (*said, Run(", according to "), *_outer(outer), *_quoted_by(further)), True
    if claim.stance == "believes" and cue and not LEADING_CUE.match(cue):
        return (*said, Run(", as the article puts it")), True
    return said, False


def _with_cue(who: Runs, cue: str) -> Runs:
    if not cue or HANGING_CUE.match(cue):
        return who
    return (Run(f"{cue} "), *who) if LEADING_CUE.match(cue) else (*who, Run(f" {cue}"))


def _outer(name: str) -> Runs:
    """Somebody in whose words another's stand. Only the words are at hand here: words without a
    capital that nothing before has pinned down ("people familiar with the matter") name nobody."""
    nobody = name == name.lower() and not name.startswith("the ")
    return (Run(name, strong=True), Run(" (unnamed)")) if nobody else (Run(name, strong=True),)


def _quoted_by(names: Sequence[str]) -> Runs:
    return tuple(run for name in names for run in (Run(", quoted by "), Run(name, strong=True)))


def _when(claim: Claim) -> str | None:
    day = claim.said_on
    if day is None:
        return None
    shown = f"{day.day} {MONTHS[day.month - 1]}"
    return (
        f"{shown} (year inferred: {day.year})" if claim.said_on_inferred else f"{shown} {day.year}"
    )


# -- articles


def article_line(article: ArticleCard, paragraph: int | None = None) -> Runs:
    """Say which article it is: label, outlet, date, place in it; the label leads to its URL."""
    opening = f' ("{article.opening}")' if article.opening else ""
    label = article.title or f"untitled{opening}"
    published = article.published_on
    facts = [
        article.outlet or "outlet not known",
        short_date(published) if published else "date not known",
    ]
    if paragraph:
        facts.append(f"paragraph {paragraph}")
    sample = (Run("SAMPLE · "),) if article.sample else ()
    return (*sample, Run(label, link=article.url), Run(f" · {' · '.join(facts)}"))


def short_date(day: date) -> str:
    """Print a date as 3 Nov 2026."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


# -- answers


def counted(number: int, noun: str) -> str:
    """Print a number with its noun: 1 claim, 1,204 claims."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary_line(answer: Answer, offset: int = 0) -> str:
    """The last line of an answer: the query as read, how much was found, and what was corrected."""
    parts = [
        answer.read_as,
        f"{counted(answer.total, 'claim')} in {counted(answer.searched.articles, 'article')}",
    ]
    if answer.total > len(answer.hits):
        first, last = offset + 1, offset + len(answer.hits)
        parts.append(f"{first}–{last} shown" if last > first else f"{first} shown")
    if answer.corrections:
        pairs = ", ".join(f"{typed} as {read}" for typed, read in answer.corrections)
        parts.append(f"read {pairs}")
    return " · ".join([*parts, *_left_out(answer)])


def nothing_found(answer: Answer) -> str:
    """Say that nothing was found, and in what."""
    searched = answer.searched
    if not searched.articles:
        return "No articles are here yet, so there is nothing to find."
    # Words are what a claim is about; a filter such as by: is not.
    link = "for" if ":" in answer.read_as else "about"
    said = (
        f"No claim {link} {answer.read_as} in {counted(searched.articles, 'article')} "
        f"({counted(searched.claims, 'claim')}, {_dates(searched)})."
    )
    return " ".join([said, *(f"{note}." for note in _left_out(answer))])


def _left_out(answer: Answer) -> list[str]:
    number = answer.undated_left_out
    if not number:
        return []
    were = "was" if number == 1 else "were"
    return [f"{counted(number, 'undated article')} {were} left out by the date filter"]


def _dates(searched: Coverage) -> str:
    undated = f"; {counted(searched.undated, 'article')} undated" if searched.undated else ""
    return f"{_period(searched)}{undated}"


def _period(searched: Coverage) -> str:
    first, last = searched.first, searched.last
    if first is None or last is None:
        return "no dates known"
    if first == last:
        return short_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_date(last)}"
    return f"{short_date(first)} – {short_date(last)}"


# -- digests


def long_date(day: date) -> str:
    """Print a date as Tuesday 24 November."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def digest_heading(digest: Digest) -> str:
    """The digest's first line; of a quiet day, its only one."""
    if digest.claims:
        articles = counted(digest.articles, "article")
        return f"Claims of {long_date(digest.day)} · {digest.claims:,} from {articles}"
    since = digest.since.astimezone(ZoneInfo(digest.zone))
    yesterday = since.date() == digest.day - timedelta(days=1)
    day = "yesterday" if yesterday else long_date(since.date())
    return f"No new claims since {day} {since:%H:%M}."


def digest_notes(digest: Digest) -> list[str]:
    """What is to be said of earlier digests that did not come, or may not have."""
    notes = []
    if digest.missed:
        times, since = (_times(t, digest.zone) for t in (digest.missed, [digest.since]))
        notes.append(f"Missed: {times} (not posted in time). This one begins at {since}.")
    if digest.uncertain:
        times = _times(digest.uncertain, digest.zone)
        notes.append(f"Not sure to have been posted: {times} (Slack's answer was lost).")
    return notes


def _times(instants: Iterable[datetime], zone: str) -> str:
    local = (instant.astimezone(ZoneInfo(zone)) for instant in instants)
    return ", ".join(f"{long_date(moment.date())} {moment:%H:%M}" for moment in local)


def digest_rest(digest: Digest) -> str | None:
    """How many claims there are beyond those of the sections, or None if there are no more.

    No query finds just these: filters go by the day of publication, a digest by that of arrival.
    """
    more = digest.claims - sum(len(section.claims) for section in digest.sections)
    return f"and {more:,} more, not shown" if more else None


def digest_window(digest: Digest) -> str:
    """Print from when to when a digest's articles arrived."""
    since, until = (t.astimezone(ZoneInfo(digest.zone)) for t in (digest.since, digest.until))
    return f"{_short_moment(since)} to {_short_moment(until)}, {digest.zone}"


def _short_moment(moment: datetime) -> str:
    weekday, month = WEEKDAYS[moment.weekday()][:3], MONTHS[moment.month - 1][:3]
    return f"{weekday} {moment.day} {month} {moment:%H:%M}"


def digest_refused(day: date, channel: str) -> str:
    """Say which digest Slack did not post, with its channel as Slack links it."""
    return f"The digest of {long_date(day)} was not posted in <#{channel}>"


def digest_goes_on(*, minutes: int, until: datetime | None) -> str:
    """Say what becomes of a digest that was refused: tried again every so many `minutes` until a
    local time, or not at all any more (None)."""
    if until is None:
        return "Its claims come with the next digest."
    return (
        f"I try again every {minutes} minutes until {until:%H:%M}; if that fails too, "
        "its claims come with the next digest."
    )
