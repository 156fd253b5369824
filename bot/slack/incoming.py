"""What the bot says of feeds and of articles that are read by their addresses. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.errors import IngestError
from bot.ingest import addresses
from bot.languages import is_known
from bot.model import Feed, Hit
from bot.newsroom import Followed, Outcome
from bot.slack import blocks, wording
from bot.slack.blocks import Message, told
from bot.slack.language_names import language_name
from bot.slack.wording import counted

CLAIMS_SHOWN = 3

ADMINS_ONLY = (
    "Only admins may change which feeds are read. Ask one of them; /feed list shows what is there."
)

# -- feeds


def followed(found: Followed) -> Message:
    """Say what was found in a feed that was added, or that it was there."""
    if found.entries is None:
        state = _state(found.feed)
        return told(f"{found.feed.label} is on the list already: {state}. Nothing was changed.")
    listed = "1 entry" if found.entries == 1 else f"{found.entries} entries"
    return told(
        f"{found.feed.label} · {listed}, {found.with_full_text} with full text. It is read from "
        "now on; its articles come in within minutes."
    )


def feed_list(feeds: Sequence[Feed]) -> Message:
    """One line a feed, those that need somebody first."""
    if not feeds:
        return told("No feed is read yet. /feed add URL adds one.")
    ordered = sorted(feeds, key=lambda feed: (feed.failing_since is None, feed.label.casefold()))
    return blocks.lines_message([feed_line(feed) for feed in ordered])


def feed_line(feed: Feed) -> str:
    """A feed's name, its address, and how reading it goes."""
    return f"{feed.label} · {addresses.shown(feed.url)} · {_state(feed)}"


def _state(feed: Feed) -> str:
    if feed.state == "paused":
        return "paused"
    if feed.failing_since:
        since = f"since {moment(feed.failing_since)}: {feed.failure}"
        return f"gone {since}" if feed.state == "gone" else f"cannot be read {since}"
    if feed.polled_at is None:
        return "not read yet"
    news = f"something new {moment(feed.fresh_at)}" if feed.fresh_at else "nothing new yet"
    return f"last read {moment(feed.polled_at)}, {news}"


def moment(at: datetime) -> str:
    """Print a moment as 3 Nov 2026 08:30 UTC."""
    utc = at.astimezone(UTC)
    return f"{wording.short_date(utc.date())} {utc:%H:%M} UTC"


def feed_news(news: Mapping[str, Any]) -> Message:
    """What the owner of a feed is told: that it is broken, well again, or gone."""
    feed = f"The feed {news['label']} ({news['url']})"
    since = moment(datetime.fromisoformat(news["since"]))
    match news["what"]:
        case "broken":
            said = f"cannot be read since {since}: {news['reason']}. I go on trying."
        case "well":
            said = f"is read again. It could not be since {since}: {news['reason']}."
        case _:
            said = f"is gone: {news['reason']}. It is read no more."
    return told(f"{feed} {said}")


# -- articles


def article_message(outcome: Outcome, hits: Sequence[Hit], *, others: int = 0) -> Message:
    """Say what became of an article, with its first claims; `hits` are all of them. `others` is how
    many more articles came with it."""
    if outcome.status in ("withdrawn", "withheld"):
        return told(f"{_title(outcome)}: {_kept_out(outcome)}")
    shown = [hit for hit in hits if hit.claim.kind != "passage"][:CLAIMS_SHOWN]
    summary = [_BECAME[outcome.status], _claims(outcome, hits)]
    if len(hits) > len(shown) > 0:
        summary.append(f"{len(shown)} shown")
    if others:
        summary.append(f"{counted(others, 'more article')} from the same address")
    if not shown:
        return told(" · ".join([_title(outcome), *summary]))
    return blocks.article_message(shown, " · ".join(summary))


_BECAME = {
    "new": "read and filed",
    "updated": "read again: it has changed",
    "unchanged": "known already, and unchanged",
}


def _claims(outcome: Outcome, hits: Sequence[Hit]) -> str:
    if not is_known(outcome.language):
        return f"in {language_name(outcome.language)}: kept as text, not read for claims"
    return counted(len(hits), "claim")


def _kept_out(outcome: Outcome) -> str:
    why = f" ({outcome.reason})" if outcome.reason else ""
    if outcome.status == "withheld":
        return f"held back by its publisher for now{why}. Nothing of it is shown."
    return f"it was taken back{why} and stays out. Nothing of it is shown."


def _title(outcome: Outcome) -> str:
    published = outcome.published[:10] if outcome.published else "date not known"
    return " · ".join(
        [outcome.title or "untitled", outcome.outlet or "outlet not known", published]
    )


def not_read(errors: Sequence[IngestError]) -> Message:
    """Say why an address gave no article."""
    error = errors[0]
    where = f"{error.subject}: " if error.subject else ""
    return told(f"Not read: {where}{error.cause}. {error.remedy}".rstrip())
