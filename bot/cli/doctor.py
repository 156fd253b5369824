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
from bot.wording.feeds import feed_line, utc_moment
from bot.wording.incidents import dated_line

MAX_FEEDS_SHOWN = 10
"""The most failing feeds to list."""
LABELS = {"ok": ("ok", "green"), "note": ("note", "yellow"), "problem": ("problem", "red")}
READABLE_BY_OTHERS = stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of checking one part; "note" means that it works, but could be better."""

    part: str
    verdict: Literal["ok", "note", "problem"]
    message: str


def examine() -> Iterator[Finding]:
    """Check the settings and then, if they are valid, all parts, one after the other."""
    try:
        newsroom = Newsroom(config.load(slack=True))
    except BotError as error:
        yield Finding("settings", "problem", str(error))
        return
    with newsroom:
        yield _check_data_folder(newsroom.settings.data)
        yield from _check_parts(newsroom)
        yield from _check_chart(newsroom.settings.digest)
        yield _check_fetching(newsroom.settings.fetch)
        yield _check_slack(newsroom.settings.slack)
    if not shutil.which("npm"):
        yield Finding("demo", "note", "npm is not installed; claimdesk demo needs it.")


def _check_parts(newsroom: Newsroom) -> Iterator[Finding]:
    """Check the parts that may depend on each other.

    If a part fails for the same reason as an earlier one, the reason is not repeated.
    """
    parts_by_reason: dict[str, str] = {}
    unchecked_parts: dict[str, list[str]] = {}
    for part, check in PARTS.items():
        try:
            yield check(newsroom)
        except BotError as error:
            reason = str(error)
            if reason in parts_by_reason:
                unchecked_parts.setdefault(parts_by_reason[reason], []).append(part)
            else:
                parts_by_reason[reason] = part
                yield Finding(part, "problem", reason)
    for part, parts in unchecked_parts.items():
        message = f"For the same reason, these could not be checked: {', '.join(parts)}."
        yield Finding(part, "note", message)


def _check_data_folder(folder: Path) -> Finding:
    if folder.stat().st_mode & READABLE_BY_OTHERS:
        message = (
            f"data folder {folder}: other users of this machine can read it, including what is "
            f"under embargo. To stop that: chmod 700 {shlex.quote(str(folder))}"
        )
        return Finding("settings", "note", message)
    return Finding("settings", "ok", f"data folder {folder}")


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
    message = f"{kind}: {articles}, {claims}{stale}"
    return Finding("store", "ok", message)


def _check_index(newsroom: Newsroom) -> Finding:
    newsroom.updates.catch_up()
    missing, extra = newsroom.updates.difference()
    if missing or extra:
        raise BotError(
            "the index does not match the store",
            cause=f"{missing:,} claims are missing from it, {extra:,} should not be in it",
            remedy="Run claimdesk reindex.",
        )
    return Finding("index", "ok", "matches the store")


def _check_vectors(newsroom: Newsroom) -> Finding:
    if reason := newsroom.vectors.disabled_reason():
        return Finding("vectors", "note", f"Search is by words only: {reason}.")
    _ = newsroom.vectors.embedder  # raises if it cannot be loaded
    vector_count, claim_count = (
        newsroom.vectors.stored.count(),
        newsroom.store.archive.coverage().claims,
    )
    if vector_count < claim_count:
        message = f"{vector_count:,} of {claim_count:,} claims have one; "
        message += "claimdesk vectors makes the rest."
        return Finding("vectors", "note", message)
    return Finding("vectors", "ok", "every claim has one")


def _check_chart(digest: DigestSettings) -> Iterator[Finding]:
    if digest.chart and not chart.is_installed():
        message = (
            "Digests have no chart, because Pillow is not installed. Install it with "
            "pip install 'claimdesk[chart]', or set digest.chart to false in bot.yml."
        )
        yield Finding("chart", "note", message)


def _check_jobs(newsroom: Newsroom) -> Finding:
    counts = newsroom.store.jobs.counts()
    has_slack = newsroom.settings.slack.bot_token is not None
    kinds = NON_SLACK_KINDS | SLACK_KINDS if has_slack else NON_SLACK_KINDS
    overdue_count, delay = newsroom.delivery.jobs.count_overdue(kinds)
    if failed := sum(count.failed for count in counts):
        return Finding("jobs", "problem", f"{failed:,} failed; claimdesk jobs shows which and why.")
    if overdue_count:
        return Finding("jobs", "problem", describe_overdue(overdue_count, delay))
    if retried := sum(count.retrying for count in counts):
        return Finding("jobs", "note", f"{retried:,} will be retried; see claimdesk jobs.")
    return Finding("jobs", "ok", f"{sum(count.waiting for count in counts):,} waiting, none failed")


def _check_outbox(newsroom: Newsroom) -> Finding:
    pause_reasons, letters = newsroom.store.channels.failures(), newsroom.store.dead_letters.find()
    if pause_reasons:
        message = "; ".join(f"{team}: {reason}" for team, reason in pause_reasons.items())
        return Finding("outbox", "problem", f"Nothing can be posted. {message}")
    if letters:
        number = with_noun(len(letters), "message")
        message = f"{number} could not be posted; claimdesk outbox shows which and why."
        return Finding("outbox", "note", message)
    return Finding("outbox", "ok", "every message was delivered, or is still waiting")


def _check_incidents(newsroom: Newsroom) -> Finding:
    """Report what Slack's deliveries have met lately in any process."""
    incidents = newsroom.store.incidents.recent(now=newsroom.now())
    if not incidents:
        return Finding("incidents", "ok", "none in the last hour")
    lines = [dated_line(incident, utc_moment) for incident in incidents]
    # Anybody on the internet can send what is not from Slack.
    are_harmless = all(incident.kind == "unsigned" for incident in incidents)
    return Finding("incidents", "note" if are_harmless else "problem", "\n".join(lines))


def describe_overdue(number: int, delay: timedelta) -> str:
    """Describe how many jobs are overdue, and by how long the oldest."""
    minutes = with_noun(delay // timedelta(minutes=1), "minute")
    jobs = f"{with_noun(number, 'job')} {'is' if number == 1 else 'are'}"
    return (
        f"{jobs} overdue, {'the oldest ' if number > 1 else ''}by {minutes}. Is a worker running?"
    )


def _check_tagger(newsroom: Newsroom) -> Finding:
    _ = newsroom.extractions.extractor  # raises if it cannot be loaded
    return Finding("tagger", "ok", "loads, its checksum is right")


def _check_fetching(fetch: FetchSettings) -> Finding:
    if not fetch.contact:
        message = "fetch.contact is not set in bot.yml, so sites can't contact you about requests."
        return Finding("fetching", "note", message)
    return Finding("fetching", "ok", f"requests name {fetch.contact} as the contact")


def _check_feeds(newsroom: Newsroom) -> Finding:
    feeds = newsroom.feeds.all()
    failing = failing_feeds(feeds)
    if failing:
        feed_lines = [feed_line(feed) for feed in failing[:MAX_FEEDS_SHOWN]]
        if remaining := len(failing) - len(feed_lines):
            feed_lines.append(f"and {remaining:,} more; claimdesk feed list shows all")
        message = f"{len(failing):,} of {len(feeds):,} can't be read:"
        is_problem = 2 * len(failing) > len(feeds)
        return Finding(
            "feeds", "problem" if is_problem else "note", "\n".join([message, *feed_lines])
        )
    if not feeds:
        return Finding("feeds", "note", "There are none; claimdesk feed add URL adds one.")
    idle_count = sum(feed.state != "active" for feed in feeds)
    message = f"{len(feeds) - idle_count} working" + (
        f", {idle_count} paused or no longer in feeds.yml" if idle_count else ""
    )
    return Finding("feeds", "ok", message)


PARTS: dict[str, Callable[[Newsroom], Finding]] = {
    "store": _check_store,
    "index": _check_index,
    "tagger": _check_tagger,
    "vectors": _check_vectors,
    "jobs": _check_jobs,
    "outbox": _check_outbox,
    "incidents": _check_incidents,
    "feeds": _check_feeds,
}


def _check_slack(slack: SlackSettings) -> Finding:
    if not slack.bot_token:
        return Finding("Slack", "note", "SLACK_BOT_TOKEN is not set; see docs/deploy.md.")
    if not slack.app_token and not slack.signing_secret:
        message = "Set SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET for HTTP."
        return Finding("Slack", "problem", message)
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
        message = f"request failed: {_reason(error)}. Check {setting} and the network."
        return Finding("Slack", "problem", message)
    mode = "Socket Mode" if slack.app_token else f"signed HTTP on port {slack.port}"
    return Finding("Slack", "ok", f"{identity.get('team')} as {identity.get('user')}, {mode}")


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return str(response["error"]) if response else type(error).__name__


def _print(finding: Finding) -> None:
    """Print a finding."""
    label, style = LABELS[finding.verdict]
    message = screen.make_visible(finding.message)
    out.print(Text.assemble((f"{label:<8}", style), (f"{finding.part:<9}", "bold"), message))


@claimdesk.command("doctor")
def doctor_command() -> None:
    """Check every part, and say what to fix."""
    failed = 0
    for finding in examine():
        failed += finding.verdict == "problem"
        _print(finding)
    exit_if_failed(failed)
