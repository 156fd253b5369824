"""`claimdesk doctor`: check each part, and say what is wrong and how to fix it."""

from __future__ import annotations

import shlex
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from rich.text import Text

from bot import config
from bot.cli.group import claimdesk, exit_if_failed
from bot.cli.output import screen
from bot.cli.output.streams import out
from bot.config import DigestSettings, FetchSettings, SlackSettings
from bot.delivery.kinds import NON_SLACK_KINDS, SLACK_KINDS
from bot.digest import chart
from bot.errors import BotError
from bot.newsroom import Newsroom
from bot.newsroom.health import failing_feeds
from bot.wording.answers import with_noun
from bot.wording.feeds import feed_line

MAX_FEEDS_SHOWN = 10
"""The number of failing feeds to list."""
LABELS = {"well": ("ok", "green"), "note": ("note", "yellow"), "problem": ("problem", "red")}
READABLE_BY_OTHERS = stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one part; a `note` concerns something that was left out by choice."""

    part: str
    verdict: Literal["well", "note", "problem"]
    words: str


def examine() -> Iterator[Finding]:
    """Check settings, store, index, tagger and Slack, one after the other. If the settings are
    invalid, check nothing else."""
    try:
        newsroom = Newsroom(config.load(slack=True))
    except BotError as error:
        yield Finding("settings", "problem", str(error))
        return
    with newsroom:
        yield _check_folder(newsroom.settings.data)
        yield from _check_parts(newsroom)
        yield from _check_chart(newsroom.settings.digest)
        yield _check_fetching(newsroom.settings.fetch)
        yield _check_slack(newsroom.settings.slack)
    if not shutil.which("npm"):
        yield Finding("demo", "note", "npm is not installed; claimdesk demo needs it.")


def _check_parts(newsroom: Newsroom) -> Iterator[Finding]:
    """Check the parts that may depend on each other. A part that fails for the same reason as an
    earlier one is only named."""
    parts_by_reason: dict[str, str] = {}
    unchecked: dict[str, list[str]] = {}
    for part, check in PARTS.items():
        try:
            yield check(newsroom)
        except BotError as error:
            reason = str(error)
            if reason in parts_by_reason:
                unchecked.setdefault(parts_by_reason[reason], []).append(part)
            else:
                parts_by_reason[reason] = part
                yield Finding(part, "problem", reason)
    for part, parts in unchecked.items():
        words = f"For the same reason could not be checked: {', '.join(parts)}."
        yield Finding(part, "note", words)


def _check_folder(data: Path) -> Finding:
    if data.stat().st_mode & READABLE_BY_OTHERS:
        words = (
            f"data folder {data}: other users of this machine can read it, including what is under "
            f"embargo. To stop that: chmod 700 {shlex.quote(str(data))}"
        )
        return Finding("settings", "note", words)
    return Finding("settings", "well", f"data folder {data}")


def _check_store(newsroom: Newsroom) -> Finding:
    coverage = newsroom.store.archive.coverage()
    kind = newsroom.settings.database_url.split(":", 1)[0]
    stale_count = newsroom.store.extractor_versions.count_stale(newsroom.extractions.version)
    stale = (
        f"; {stale_count:,} read by an earlier version: run claimdesk reextract"
        if stale_count
        else ""
    )
    articles, claims = with_noun(coverage.articles, "article"), with_noun(coverage.claims, "claim")
    words = f"{kind}: {articles}, {claims}{stale}"
    return Finding("store", "well", words)


def _check_index(newsroom: Newsroom) -> Finding:
    newsroom.updates.catch_up()
    missing, extra = newsroom.updates.difference()
    if missing or extra:
        raise BotError(
            "the index does not match the store",
            cause=f"{missing:,} claims are missing from it, {extra:,} should not be in it",
            remedy="Run claimdesk reindex.",
        )
    return Finding("index", "well", "matches the store")


def _check_vectors(newsroom: Newsroom) -> Finding:
    if reason := newsroom.vectors.disabled_reason():
        return Finding("vectors", "note", f"Search is by words only: {reason}.")
    _ = newsroom.vectors.embedder
    vector_count, claim_count = (
        newsroom.vectors.stored.count(),
        newsroom.store.archive.coverage().claims,
    )
    if vector_count < claim_count:
        words = f"{vector_count:,} of {claim_count:,} claims have one; "
        words += "claimdesk vectors makes the rest."
        return Finding("vectors", "note", words)
    return Finding("vectors", "well", "every claim has one")


def _check_chart(digest: DigestSettings) -> Iterator[Finding]:
    if digest.chart and not chart.is_installed():
        words = (
            "Digests have no chart, because Pillow is not installed. Install it with "
            "pip install 'claimdesk[chart]', or set digest.chart to false in bot.yml."
        )
        yield Finding("chart", "note", words)


def _check_jobs(newsroom: Newsroom) -> Finding:
    counts = newsroom.store.jobs.counts()
    has_slack = newsroom.settings.slack.bot_token is not None
    kinds = NON_SLACK_KINDS | SLACK_KINDS if has_slack else NON_SLACK_KINDS
    overdue_count, delay = newsroom.delivery.jobs.overdue(kinds)
    if failed := sum(count.failed for count in counts):
        return Finding("jobs", "problem", f"{failed:,} failed; claimdesk jobs shows which and why.")
    if overdue_count:
        return Finding("jobs", "problem", overdue(overdue_count, delay))
    if retried := sum(count.retrying for count in counts):
        return Finding("jobs", "note", f"{retried:,} will be retried; see claimdesk jobs.")
    return Finding(
        "jobs", "well", f"{sum(count.waiting for count in counts):,} waiting, none failed"
    )


def _check_outbox(newsroom: Newsroom) -> Finding:
    blocked, letters = newsroom.store.channels.failures(), newsroom.store.dead_letters.find()
    if blocked:
        words = "; ".join(f"{team}: {reason}" for team, reason in blocked.items())
        return Finding("outbox", "problem", f"Nothing can be posted. {words}")
    if letters:
        number = with_noun(len(letters), "message")
        words = f"{number} could not be posted; claimdesk outbox shows which and why."
        return Finding("outbox", "note", words)
    return Finding("outbox", "well", "every message was delivered, or is still waiting")


def overdue(number: int, delay: timedelta) -> str:
    """Describe how many jobs are overdue, and by how long the oldest."""
    minutes = with_noun(delay // timedelta(minutes=1), "minute")
    jobs = f"{with_noun(number, 'job')} {'is' if number == 1 else 'are'}"
    return (
        f"{jobs} overdue, {'the oldest ' if number > 1 else ''}by {minutes}. Is a worker running?"
    )


def _check_tagger(newsroom: Newsroom) -> Finding:
    _ = newsroom.extractions.extractor
    return Finding("tagger", "well", "loads, its checksum is right")


def _check_fetching(fetch: FetchSettings) -> Finding:
    if not fetch.contact:
        words = "fetch.contact is not set in bot.yml, so sites can't contact you about requests."
        return Finding("fetching", "note", words)
    return Finding("fetching", "well", f"requests name {fetch.contact} as the contact")


def _check_feeds(newsroom: Newsroom) -> Finding:
    feeds = newsroom.feeds.all()
    broken = failing_feeds(feeds)
    if broken:
        feed_lines = [feed_line(feed) for feed in broken[:MAX_FEEDS_SHOWN]]
        if remaining := len(broken) - len(feed_lines):
            feed_lines.append(f"and {remaining:,} more; claimdesk feed list shows all")
        words = f"{len(broken):,} of {len(feeds):,} can't be read:"
        is_problem = 2 * len(broken) > len(feeds)
        return Finding(
            "feeds", "problem" if is_problem else "note", "\n".join([words, *feed_lines])
        )
    if not feeds:
        return Finding("feeds", "note", "There are none; claimdesk feed add URL adds one.")
    idle = sum(feed.state != "active" for feed in feeds)
    words = f"{len(feeds) - idle} working" + (
        f", {idle} paused or no longer in feeds.yml" if idle else ""
    )
    return Finding("feeds", "well", words)


PARTS: dict[str, Callable[[Newsroom], Finding]] = {
    "store": _check_store,
    "index": _check_index,
    "tagger": _check_tagger,
    "vectors": _check_vectors,
    "jobs": _check_jobs,
    "outbox": _check_outbox,
    "feeds": _check_feeds,
}


def _check_slack(slack: SlackSettings) -> Finding:
    if not slack.bot_token:
        return Finding("Slack", "note", "SLACK_BOT_TOKEN is not set; see docs/deploy.md.")
    if not slack.app_token and not slack.signing_secret:
        words = "Set SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET for HTTP."
        return Finding("Slack", "problem", words)
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackClientError

    client = WebClient(slack.bot_token, timeout=10)
    if slack.api_url:
        client.base_url = slack.api_url
    setting = "SLACK_BOT_TOKEN"
    try:
        identity = client.auth_test()
        if slack.app_token:
            setting = "SLACK_APP_TOKEN"
            client.apps_connections_open(app_token=slack.app_token)
    except (SlackClientError, OSError) as error:
        words = f"does not answer: {_reason(error)}. Check {setting} and the network."
        return Finding("Slack", "problem", words)
    mode = "Socket Mode" if slack.app_token else f"signed HTTP on port {slack.port}"
    return Finding("Slack", "well", f"{identity.get('team')} as {identity.get('user')}, {mode}")


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return str(response["error"]) if response else type(error).__name__


def _print(finding: Finding) -> None:
    """Print a finding."""
    label, style = LABELS[finding.verdict]
    words = screen.visible(finding.words)
    out.print(Text.assemble((f"{label:<8}", style), (f"{finding.part:<9}", "bold"), words))


@claimdesk.command("doctor")
def doctor_command() -> None:
    """Check every part, and say what to fix."""
    failed = 0
    for finding in examine():
        failed += finding.verdict == "problem"
        _print(finding)
    exit_if_failed(failed)
