"""What the bot says of articles, answers and digests, to the word; of claims see attributions.py.

Pure. Lines are made of runs, so that a terminal and Slack can each set them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.languages import is_known
from bot.model import Answer, ArticleCard, Coverage, Digest, Gone
from bot.slack.language_names import language_name

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

SUGGESTED = "These would find something:"
LONGEST_SENTENCE, SHORT_SENTENCE = 160, 50
"""Characters of a passage's sentence: where claims stand below it, and where none do."""
MOST_UNFOUND = 4
LONGEST_QUERY = 300


class Run(NamedTuple):
    """A stretch of a line: `strong` where it is emphasised, `link` where it leads somewhere."""

    text: str
    strong: bool = False
    link: str | None = None


Runs = tuple[Run, ...]


def plain(runs: Iterable[Run]) -> str:
    """Print runs without emphasis and links."""
    return "".join(run.text for run in runs)


# -- articles


def article_line(article: ArticleCard, paragraph: int | None = None) -> Runs:
    """Say which article it is: label, outlet, date, what is to be known of its text, place in it;
    the label leads to its URL."""
    opening = f' ("{article.opening}")' if article.opening else ""
    label = article.title or f"untitled{opening}"
    published = article.published_on
    facts = [
        article.outlet or "outlet not known",
        short_date(published) if published else "date not known",
        *_of_its_text(article),
    ]
    if paragraph:
        facts.append(f"paragraph {paragraph}")
    sample = (Run("SAMPLE · "),) if article.sample else ()
    return (*sample, Run(label, link=article.url), Run(f" · {' · '.join(facts)}"))


def _of_its_text(article: ArticleCard) -> Iterator[str]:
    """What a reader must know of a text who takes it for the article as it was first printed."""
    if article.version > 1:
        day = article.modified_at and f" of {short_date(article.modified_at.date())}"
        yield f"version {article.version}{day or ''}"
    if article.excerpt:
        yield "excerpt from its feed"
    if not is_known(article.language):
        yield f"in {language_name(article.language)}"


def printed_line(article: ArticleCard, outlets: Iterable[str]) -> Runs:
    """Say which article it is, and in which outlets else its claims are printed."""
    also = also_in(tuple(dict.fromkeys(outlets)))
    return (*article_line(article), Run(f" · {also}")) if also else article_line(article)


def also_in(outlets: Sequence[str]) -> str | None:
    """Say in which other outlet a claim is printed, or in how many."""
    if len(outlets) < 2:
        return f"also in {outlets[0]}" if outlets else None
    return f"also in {len(outlets)} outlets"


def short_date(day: date) -> str:
    """Print a date as 3 Nov 2026."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


# -- answers


def counted(number: int, noun: str) -> str:
    """Print a number with its noun: 1 claim, 1,204 claims."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def summary_line(answer: Answer, offset: int = 0) -> str:
    """The last line of an answer: the query as read, how much was found, and what was corrected."""
    where = counted(answer.searched.articles, "article")
    if answer.sections:
        searched = counted(answer.total + len(answer.unfound), "sentence")
        close = f"claims close to {answer.total} of {searched} in {where}"
        parts = ["your text", f"{close}; they may say the opposite"]
    else:
        parts = [shorten(answer.read_as, LONGEST_QUERY)]
        parts.append(f"{counted(answer.total, 'claim')} in {where}")
    parts += [*_shown(answer, offset), *_unfound(answer)]
    if answer.loose:
        parts.append("none holds every word")
    if answer.corrections:
        pairs = ", ".join(f"{typed} as {read}" for typed, read in answer.corrections)
        parts.append(f"read {pairs}")
    return " · ".join([*parts, *_left_out(answer), *_missing(answer)])


def _shown(answer: Answer, offset: int) -> list[str]:
    """Which rows, or sentences, of how many stand here; of claims alone, their number is said."""
    last = offset + len(answer.sections or answer.hits)
    if answer.length == last - offset:
        return []
    rows = f" of {answer.length:,}" if answer.row_count not in (0, answer.total) else ""
    return [f"{offset + 1}–{last}{rows} shown" if last > offset + 1 else f"{last}{rows} shown"]


def _unfound(answer: Answer) -> list[str]:
    """Which sentences of a passage no claim comes close to."""
    if not (named := answer.unfound[:MOST_UNFOUND]):
        return []
    more = len(answer.unfound) - len(named)
    listed = ", ".join(f"“{shorten(sentence, SHORT_SENTENCE)}”" for sentence in named)
    return [f"nothing for: {listed} and {more} more" if more else f"nothing for: {listed}"]


def your_sentence(sentence: str) -> str:
    """Introduce what is found of a sentence of a pasted passage."""
    return shorten(f"Your sentence: {sentence}", LONGEST_SENTENCE)


def shorten(text: str, length: int) -> str:
    """Cut a text to at most `length` characters at a word, with … where something is left out."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at_word = cut[: cut.rfind(" ")] if " " in cut[length // 2 :] else cut
    return at_word.rstrip() + "…"


def exactly(answer: Answer) -> str:
    """Offer to search for the words that were taken for slips, as they were typed."""
    return f"Search exactly for {' '.join(typed for typed, _ in answer.corrections)}"


def _missing(answer: Answer) -> list[str]:
    if answer.rebuilding:
        return ["the index is being built: claims are missing"]
    return ["answers may miss the newest claims"] if answer.behind else []


def nothing_found(answer: Answer) -> str:
    """Say that nothing was found, and in what."""
    searched = answer.searched
    if not searched.articles:
        return "No articles are here yet, so there is nothing to find."
    # Words are what a claim is about; a filter such as by: is not.
    link = "for" if ":" in answer.read_as else "about"
    if answer.read_as.startswith("="):
        link = "with exactly"
    asked = shorten(answer.read_as.removeprefix("="), LONGEST_QUERY)
    said = (
        f"No claim {link} {asked} in {counted(searched.articles, 'article')} "
        f"({counted(searched.claims, 'claim')}, {_dates(searched)})."
    )
    notes = [*_left_out(answer), *_missing(answer)]
    return " ".join([said, *(f"{note[0].upper()}{note[1:]}." for note in notes)])


def _left_out(answer: Answer) -> list[str]:
    notes = []
    if number := answer.undated_left_out:
        left_out = f"{counted(number, 'undated article')} {_were(number)} left out"
        notes.append(f"{left_out} by the date filter")
    if number := answer.sentences_left_out:
        notes.append(f"{counted(number, 'sentence')} at the end {_were(number)} not searched")
    return notes


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


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


def digest_rest(digest: Digest, shown: int) -> str | None:
    """How many claims there are beyond those `shown`, or None if there are no more.

    No query finds just these: filters go by the day of publication, a digest by that of arrival.
    """
    more = digest.claims - shown
    return f"and {more:,} more, not shown" if more else None


CHANGED_SINCE_SHARED = "changed since it was shared"
CHANGED_SINCE_POSTED = "changed since this was posted"


def gone_line(gone: Gone | None) -> str:
    """Say in a claim's place why it is not there any more."""
    if gone is None:
        return "This claim is not there any more: its article was changed or removed."
    by, on = gone.outlet or "its publisher", short_date(gone.on)
    match gone.reason:
        case "withdrawn":
            return f"This claim was withdrawn by {by} on {on}."
        case "withheld":
            return f"This claim is held back by {by} for now, since {on}."
        case "removed":
            return f"This claim was taken out here, with its article, on {on}."
        case "changed":
            of = f" of {gone.outlet}" if gone.outlet else ""
            return f"This claim is not in the present version of the article{of}, since {on}."


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
