"""`claimdesk doctor`: check each part, and say what is wrong and how to fix it."""

from __future__ import annotations

import shlex
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click
from rich.text import Text

from bot import config
from bot.cli.checks.archive import (
    check_index,
    check_server_clock,
    check_servers,
    check_store,
    check_tagger,
    check_vectors,
    find_missing_store,
)
from bot.cli.checks.disk import check_disk
from bot.cli.checks.finding import Finding
from bot.cli.checks.slack import check_slack
from bot.cli.group import claimdesk, exit_if_failed
from bot.cli.output import json_lines, screen
from bot.cli.output.streams import out
from bot.config import DigestSettings, FetchSettings
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
PART_WIDTH = 11
"""The longest name of a part is "incidents"."""
READABLE_BY_OTHERS = stat.S_IROTH | stat.S_IXOTH


def examine() -> Iterator[Finding]:
    """Check the settings and then, if they are valid, all parts, one after the other."""
    try:
        newsroom = Newsroom(config.load(slack=True))
    except BotError as error:
        yield Finding("settings", "problem", str(error))
        return
    with newsroom:
        if newsroom.settings.needs_data_folder:
            yield _check_data_folder(newsroom.settings.data)
            yield check_disk(newsroom.settings.data)
        else:
            message = f"nothing is kept in the data folder {newsroom.settings.data}"
            yield Finding("settings", "ok", message)
        if missing_store := find_missing_store(newsroom.settings):
            yield missing_store
        else:
            yield from _check_parts(newsroom)
        yield from _check_chart(newsroom.settings.digest)
        yield _check_fetching(newsroom.settings.fetch)
        yield from check_slack(newsroom.settings.slack)
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
            found = check(newsroom)
            yield from [found] if isinstance(found, Finding) else found
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


PARTS: dict[str, Callable[[Newsroom], Finding | Iterable[Finding]]] = {
    "store": check_store,
    "clock": check_server_clock,
    "servers": check_servers,
    "index": check_index,
    "tagger": check_tagger,
    "vectors": check_vectors,
    "jobs": _check_jobs,
    "outbox": _check_outbox,
    "incidents": _check_incidents,
    "feeds": _check_feeds,
}
"""The checks that need a newsroom, in this order; a part that is well may yield nothing.

A check that raises BotError has found a problem: its text says what is wrong and what to do.
"""


def _print(finding: Finding) -> None:
    """Print a finding."""
    label, style = LABELS[finding.verdict]
    message = screen.make_visible(finding.message)
    out.print(
        Text.assemble((f"{label:<8}", style), (f"{finding.part:<{PART_WIDTH}}", "bold"), message)
    )


@claimdesk.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per part.")
def doctor_command(as_json: bool) -> None:
    """Check every part, and say what to fix."""
    failed = 0
    for finding in examine():
        failed += finding.verdict == "problem"
        if as_json:
            click.echo(json_lines.dumps(asdict(finding)))
        else:
            _print(finding)
    exit_if_failed(failed)
