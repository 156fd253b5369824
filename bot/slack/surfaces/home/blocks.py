"""The Home tab: what can be searched, what is set, and what needs attention. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Correction, CurrentClaim, Subscription, Watch
from bot.newsroom.health import Freshness, Problems
from bot.slack import parts
from bot.slack.parts import Block
from bot.slack.surfaces.corrections.blocks import decision_message
from bot.slack.surfaces.digests.settings_blocks import subscription_row
from bot.slack.surfaces.watches.blocks import watch_row
from bot.store import OutboxMessage
from bot.wording.answers import counted
from bot.wording.feeds import feed_line
from bot.words import say
from bot.words.dates import clock, period, short_date

MOST_DIGESTS, MOST_WATCHES, MOST_CORRECTIONS, MOST_FEEDS, MOST_LETTERS = 12, 12, 3, 5, 5
"""How many of each are shown, so that a Home tab stays below its 100 blocks."""
LINE_ROOM, LETTER_ROOM = 250, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The contents of somebody's Home tab.

    `digests` are those that they may see, each with its next posting. `corrections` are the first
    of the `undecided` ones, for reviewers; `troubles` are for admins, else None. `now` is in the
    person's zone.
    """

    person: str
    now: datetime
    freshness: Freshness
    digests: Sequence[tuple[Subscription, datetime]] = ()
    watches: Sequence[Watch] = ()
    corrections: Sequence[tuple[Correction, CurrentClaim]] = ()
    undecided: int = 0
    troubles: Problems | None = None


def home_view(home: Home) -> Block:
    """Return the Home tab of one person."""
    blocks = [
        parts.section("\n".join(_coverage_lines(home))),
        parts.buttons(parts.button(say("home.find"), "home_find", "form")),
        *_digests(home),
        *_watches(home),
    ]
    blocks += _corrections(home)
    if home.troubles:
        blocks += _troubles(home.troubles, home)
    blocks += [_header("help_title"), parts.section(say("home.help"))]
    zone = str(home.now.tzinfo)
    as_of = say("home.as_of", moment=_moment(home.now, home), zone=zone)
    return {"type": "home", "blocks": [*blocks, parts.context(as_of)]}


def _coverage_lines(home: Home) -> Iterator[str]:
    """Yield what can be searched and how fresh it is."""
    found, lately = home.freshness.coverage, home.freshness.arrivals
    if not found.articles:
        yield say("home.nothing")
    else:
        claims, articles = counted(found.claims, "claim"), counted(found.articles, "article")
        if found.first and found.last:
            dates = period(found.first, found.last)
            yield say("home.covered", claims=claims, articles=articles, period=dates)
        else:
            yield say("home.covered_undated", claims=claims, articles=articles)
    fresh = []
    if lately.newest_at:
        fresh.append(say("home.newest", moment=_moment(lately.newest_at, home)))
        claims, articles = counted(lately.claims, "claim"), counted(lately.articles, "article")
        fresh.append(say("home.lately", claims=claims, articles=articles))
    if home.freshness.active_feeds:
        fresh.append(say("home.feeds", n=home.freshness.active_feeds))
    if home.freshness.polled_at:
        fresh.append(say("home.polled", moment=_moment(home.freshness.polled_at, home)))
    if fresh:
        yield " · ".join(fresh)


def _digests(home: Home) -> Iterator[Block]:
    yield _header("digests")
    for one, coming in home.digests[:MOST_DIGESTS]:
        yield subscription_row(one, coming, home.now, home.person)
    if not home.digests:
        yield parts.context(say("home.no_digests"))
    if (more := len(home.digests) - MOST_DIGESTS) > 0:
        yield parts.context(say("home.digests_more", n=more))


def _watches(home: Home) -> Iterator[Block]:
    yield _header("watches")
    for watch in home.watches[:MOST_WATCHES]:
        yield from watch_row(watch, home.person)
    if not home.watches:
        yield parts.context(say("home.no_watches"))
    if (more := len(home.watches) - MOST_WATCHES) > 0:
        yield parts.context(say("home.watches_more", n=more))


def _corrections(home: Home) -> Iterator[Block]:
    if not home.corrections:
        return
    yield _header("corrections")
    for correction, claim in home.corrections[:MOST_CORRECTIONS]:
        yield from decision_message(correction, claim, str(home.now.tzinfo)).blocks
    if (more := home.undecided - len(home.corrections[:MOST_CORRECTIONS])) > 0:
        yield parts.context(say("home.corrections_more", n=more))


def _troubles(troubles: Problems, home: Home) -> Iterator[Block]:
    """Yield the problems for admins, each with what to do about it."""
    yield _header("admins")
    told = [*_trouble_lines(troubles)]
    if told:
        yield parts.section("\n".join(told))
    if failing := troubles.failing_feeds:
        lines = [parts.note(feed_line(feed), LINE_ROOM) for feed in failing[:MOST_FEEDS]]
        if (more := len(failing) - MOST_FEEDS) > 0:
            lines.append(say("home.failing_more", n=more))
        yield parts.section("\n".join([say("home.failing", n=len(failing)), *lines]))
    if letters := troubles.dead_letters:
        yield parts.section(say("home.letters", n=len(letters)))
        for letter in letters[:MOST_LETTERS]:
            yield from _letter(letter, home)
        if (more := len(letters) - MOST_LETTERS) > 0:
            yield parts.context(say("home.letters_more", n=more))
    if not (told or failing or letters):
        yield parts.context(say("home.all_well"))


def _trouble_lines(troubles: Problems) -> Iterator[str]:
    if why := troubles.access_error:
        yield say("home.shut_out", why=parts.note(why))
    if failed := troubles.failed_jobs:
        yield say("home.failed_jobs", n=failed)
    if overdue := troubles.overdue_jobs:
        minutes = counted(troubles.overdue_by // timedelta(minutes=1), "minute")
        yield say("home.overdue", n=overdue, minutes=minutes)


def _letter(letter: OutboxMessage, home: Home) -> Iterator[Block]:
    to_person = letter.channel.startswith(("U", "W"))
    where = f"<@{letter.channel}>" if to_person else f"<#{letter.channel}>"
    reason = parts.note(letter.failure or say("home.no_reason"), LETTER_ROOM)
    why = parts.link_channel(letter.channel, reason)
    moment = _moment(letter.asked_at, home)
    yield parts.section(say("home.letter", where=where, moment=moment, why=why))
    yield parts.buttons(
        parts.button(say("home.retry"), "home_retry", str(letter.id)),
        parts.button(say("home.drop"), "home_drop", str(letter.id)),
    )


def _header(key: str) -> Block:
    return {"type": "header", "text": parts.plain(say(f"home.{key}"), 150)}


def _moment(moment: datetime, home: Home) -> str:
    """Print a moment in the person's zone."""
    local = moment.astimezone(home.now.tzinfo)
    return say("home.moment", day=short_date(local.date()), time=clock(local))
