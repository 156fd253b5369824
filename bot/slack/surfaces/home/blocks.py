"""The Home tab: what can be searched, what is set up, and what needs attention. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import ArticleCard, Correction, CurrentClaim, Feed, Subscription, Watch
from bot.newsroom.health import Freshness, Problems
from bot.slack import claim_parts, parts
from bot.slack.clock import clock_blocks
from bot.slack.parts import Block
from bot.slack.refusals import Failure
from bot.slack.surfaces.corrections.blocks import decision_message
from bot.slack.surfaces.digests.settings_blocks import subscription_row
from bot.slack.surfaces.watches.blocks import watch_row
from bot.store import OutboxMessage
from bot.wording.answers import with_noun
from bot.wording.feeds import feed_line
from bot.wording.incidents import dated_line, missing_scope_line
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import clock, period, short_date

MAX_DIGESTS, MAX_WATCHES, MAX_CORRECTIONS, MAX_REVIEWS, MAX_FEEDS, MAX_LETTERS = 12, 12, 3, 5, 5, 5
"""How many of each are shown, so that the tab stays below Slack's limit of 100 blocks."""
FEW_ARTICLES = 10
"""More than come with Claimdesk."""
MAX_ADMINS, MAX_SITES, MAX_SITE_LENGTH = 3, 5, 40
MAX_ESCAPED_LINE_LENGTH, MAX_ESCAPED_FAILURE_LENGTH = 250, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The contents of a person's Home tab.

    `now` is in the person's time zone. `digests` are those that the person may see, each with the
    time of its next posting. For reviewers, `corrections` are the first undecided corrections, and
    `undecided_count` is the number of all; `reviews` and `review_count` are the same for the
    articles to review. `problems` are None for people who are not admins; the letters in them are
    messages that could not be posted. `failures` are those of which people were told lately; they
    and the `missing_scopes` are shown with the problems. `feeds` are the active ones, and `admins`
    the ids of those who may add some, if settings name them.
    """

    person: str
    now: datetime
    freshness: Freshness
    digests: Sequence[tuple[Subscription, datetime]] = ()
    watches: Sequence[Watch] = ()
    corrections: Sequence[tuple[Correction, CurrentClaim]] = ()
    undecided_count: int = 0
    reviews: Sequence[ArticleCard] = ()
    review_count: int = 0
    problems: Problems | None = None
    failures: Sequence[Failure] = ()
    missing_scopes: Sequence[str] = ()
    feeds: Sequence[Feed] = ()
    admins: Sequence[str] = ()

    @property
    def is_for_admin(self) -> bool:
        """Whether the person may change the feeds."""
        return self.problems is not None

    @property
    def lacks_sites(self) -> bool:
        """Whether no site is read, and next to nothing came in another way, such as from a wire."""
        return not self.feeds and self.freshness.coverage.articles < FEW_ARTICLES


def home_view(home: Home) -> Block:
    """Return the Home tab of one person."""
    as_of = say("home.as_of", moment=_local_time(home.now, home), zone=str(home.now.tzinfo))
    buttons = [parts.button(say("home.find"), "home_find", "form")]
    if home.is_for_admin:
        add_sites = parts.button(say("sites.add"), "home_sites", "form")
        buttons = [add_sites, *buttons] if home.lacks_sites else [*buttons, add_sites]
    blocks = [
        *_first_steps(home),
        *([parts.section("\n".join(lines))] if (lines := [*_coverage_lines(home)]) else []),
        parts.actions(*buttons),
        *_digests(home),
        *_watches(home),
        *_corrections(home),
        *_reviews(home),
        *(_problems(home.problems, home) if home.problems else ()),
        _header("help_title"),
        parts.section(say("home.help")),
        parts.context(as_of),
    ]
    return {"type": "home", "blocks": blocks}


def _coverage_lines(home: Home) -> Iterator[str]:
    """Yield what can be searched, and how recent it is."""
    freshness = home.freshness
    coverage, arrivals = freshness.coverage, freshness.arrivals
    if coverage.articles:
        counts = _counts(coverage.claims, coverage.articles)
        if coverage.first and coverage.last:
            yield say("home.covered", **counts, period=period(coverage.first, coverage.last))
        else:
            yield say("home.covered_undated", **counts)
    facts = []
    if arrivals.newest_at:
        facts.append(say("home.newest", moment=_local_time(arrivals.newest_at, home)))
        facts.append(say("home.lately", **_counts(arrivals.claims, arrivals.articles)))
    if freshness.active_feeds:
        facts.append(say("home.feeds", n=freshness.active_feeds))
    if freshness.polled_at:
        facts.append(say("home.polled", moment=_local_time(freshness.polled_at, home)))
    if facts:
        yield " · ".join(facts)
    if home.feeds:
        yield parts.escape_note(_sites_line(home.feeds), MAX_ESCAPED_LINE_LENGTH)


def _first_steps(home: Home) -> Iterator[Block]:
    """Yield what to do while no site is read, or while no articles have come in yet."""
    has_articles = bool(home.freshness.coverage.articles)
    if home.lacks_sites and home.is_for_admin:
        yield {"type": "header", "text": parts.plain_text(say("sites.ask"), 150)}
        yield parts.section(f"{say('sites.ask_why')}\n{say('sites.ask_next')}")
    elif not home.feeds and not has_articles:
        names = " ".join(f"<@{admin}>" for admin in home.admins[:MAX_ADMINS])
        yield parts.section(say("sites.ask_admin", admins=names or say("sites.admins")))
    elif not has_articles and all(feed.failing_since for feed in home.feeds):
        yield parts.section(say("sites.in_trouble"))
    elif not has_articles:
        yield parts.section(say("sites.on_their_way", n=len(home.feeds)))


def _sites_line(feeds: Sequence[Feed]) -> str:
    shown = ", ".join(shorten(feed.label, MAX_SITE_LENGTH) for feed in feeds[:MAX_SITES])
    if (hidden_count := len(feeds) - MAX_SITES) > 0:
        return say("sites.read_some", sites=shown, n=hidden_count)
    return say("sites.read", sites=shown)


def _counts(claims: int, articles: int) -> dict[str, str]:
    return {"claims": with_noun(claims, "claim"), "articles": with_noun(articles, "article")}


def _digests(home: Home) -> Iterator[Block]:
    yield _header("digests")
    for subscription, next_posting in home.digests[:MAX_DIGESTS]:
        yield subscription_row(subscription, next_posting, home.now, home.person)
    if not home.digests:
        yield parts.context(say("home.no_digests"))
    yield from _hidden_line("digests_more", len(home.digests) - MAX_DIGESTS)


def _watches(home: Home) -> Iterator[Block]:
    yield _header("watches")
    for watch in home.watches[:MAX_WATCHES]:
        yield from watch_row(watch, home.person)
    if not home.watches:
        yield parts.context(say("home.no_watches"))
    yield from _hidden_line("watches_more", len(home.watches) - MAX_WATCHES)


def _corrections(home: Home) -> Iterator[Block]:
    if not home.corrections:
        return
    yield _header("corrections")
    shown_corrections = home.corrections[:MAX_CORRECTIONS]
    for correction, claim in shown_corrections:
        yield from decision_message(correction, claim, str(home.now.tzinfo)).blocks
    yield from _hidden_line("corrections_more", home.undecided_count - len(shown_corrections))


def _reviews(home: Home) -> Iterator[Block]:
    """Yield the articles that somebody has to review, each with the button that shows it: nobody
    accepts a text that they have not seen."""
    if not home.reviews:
        return
    yield {"type": "header", "text": parts.plain_text(say("review.title"), 150)}
    for article in home.reviews[:MAX_REVIEWS]:
        lines = [claim_parts.render_article_line(article)]
        lines += filter(None, [claim_parts.render_review_note(article)])
        yield parts.section("\n".join(lines))
        yield parts.actions(
            parts.button(say("review.open"), "review_open", article.id),
            parts.button(say("review.remove"), "review_remove", article.id),
        )
    if (hidden_count := home.review_count - MAX_REVIEWS) > 0:
        yield parts.context(say("review.more", n=hidden_count))


def _problems(problems: Problems, home: Home) -> Iterator[Block]:
    """Yield the problems for admins, each with what to do about it."""
    yield _header("admins")
    if jump := problems.clock_jump:
        yield from clock_blocks(jump)
    lines = [*_problem_lines(problems, home)]
    if lines:
        yield parts.section("\n".join(lines))
    if home.missing_scopes:
        yield parts.section("\n".join(_scope_lines(home.missing_scopes)))
    if feeds := problems.failing_feeds:
        feed_lines = [
            parts.escape_note(feed_line(feed), MAX_ESCAPED_LINE_LENGTH)
            for feed in feeds[:MAX_FEEDS]
        ]
        if (hidden_count := len(feeds) - MAX_FEEDS) > 0:
            feed_lines.append(say("home.failing_more", n=hidden_count))
        yield parts.section("\n".join([say("home.failing", n=len(feeds)), *feed_lines]))
    if letters := problems.dead_letters:
        yield parts.section(say("home.letters", n=len(letters)))
        for letter in letters[:MAX_LETTERS]:
            yield from _letter(letter, home)
        yield from _hidden_line("letters_more", len(letters) - MAX_LETTERS)
    if home.failures:
        yield parts.section("\n".join([say("home.failures"), *_failure_lines(home)]))
    if not (jump or lines or home.missing_scopes or feeds or letters or home.failures):
        yield parts.context(say("home.sites_missing" if home.lacks_sites else "home.all_well"))


def _problem_lines(problems: Problems, home: Home) -> Iterator[str]:
    if reason := problems.access_error:
        yield say("home.shut_out", why=parts.escape_note(reason))
    if failed_jobs := problems.failed_jobs:
        yield say("home.failed_jobs", n=failed_jobs)
    if overdue_jobs := problems.overdue_jobs:
        minutes = with_noun(problems.overdue_by // timedelta(minutes=1), "minute")
        yield say("home.overdue", n=overdue_jobs, minutes=minutes)
    for incident in problems.incidents:
        line = dated_line(incident, lambda moment: _local_time(moment, home))
        yield parts.escape_note(line, MAX_ESCAPED_FAILURE_LENGTH)


def _scope_lines(missing_scopes: Sequence[str]) -> Iterator[str]:
    yield from map(missing_scope_line, missing_scopes)
    yield say("scopes.install_again")


def _failure_lines(home: Home) -> Iterator[str]:
    for failure in home.failures:
        moment = _local_time(failure.at, home)
        line = say(
            "home.failure", moment=moment, why=failure.cause.rstrip("."), ref=failure.reference
        )
        yield parts.escape_note(line, MAX_ESCAPED_FAILURE_LENGTH)


def _letter(letter: OutboxMessage, home: Home) -> Iterator[Block]:
    """Yield a message that could not be posted, and the buttons to retry or drop it."""
    is_to_person = letter.channel.startswith(("U", "W"))
    recipient = f"<@{letter.channel}>" if is_to_person else f"<#{letter.channel}>"
    failure = parts.escape_note(letter.failure or say("home.no_reason"), MAX_ESCAPED_FAILURE_LENGTH)
    failure = parts.link_channel(letter.channel, failure)
    moment = _local_time(letter.asked_at, home)
    yield parts.section(say("home.letter", where=recipient, moment=moment, why=failure))
    yield parts.actions(
        parts.button(say("home.retry"), "home_retry", str(letter.id)),
        parts.button(say("home.drop"), "home_drop", str(letter.id)),
    )


def _header(key: str) -> Block:
    return {"type": "header", "text": parts.plain_text(say(f"home.{key}"), 150)}


def _hidden_line(key: str, hidden_count: int) -> Iterator[Block]:
    """Yield a line with the number of hidden rows, if there are any."""
    if hidden_count > 0:
        yield parts.context(say(f"home.{key}", n=hidden_count))


def _local_time(moment: datetime, home: Home) -> str:
    """Format a moment in the person's time zone."""
    local_moment = moment.astimezone(home.now.tzinfo)
    return say("home.moment", day=short_date(local_moment.date()), time=clock(local_moment))
