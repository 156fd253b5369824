"""`claimdesk doctor`: look at each part, say what is wrong with it and what to do."""

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
from bot.cli.group import claimdesk, finish
from bot.cli.output import screen
from bot.cli.output.streams import out
from bot.config import DigestSettings, FetchSettings, Settings, SlackSettings
from bot.delivery.kinds import IN_SLACK, WITHOUT_SLACK
from bot.digest import chart
from bot.errors import BotError
from bot.newsroom import Newsroom
from bot.newsroom.health import failing_feeds
from bot.wording.answers import counted
from bot.wording.feeds import feed_line

FAILING_SHOWN = 10
"""Feeds that cannot be read."""
MARKS = {"well": ("ok", "green"), "note": ("note", "yellow"), "problem": ("problem", "red")}
READ_BY_OTHERS = stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part: `note` is for what is left out by choice."""

    part: str
    verdict: Literal["well", "note", "problem"]
    words: str


def examine() -> Iterator[Finding]:
    """Examine settings, store, index, tagger and Slack, one after the other; with settings that
    can't be used, only these."""
    try:
        newsroom = Newsroom(config.load(slack=True))
    except BotError as error:
        yield Finding("settings", "problem", str(error))
        return
    with newsroom:
        yield _folder(newsroom.settings.data)
        yield from _each_part(newsroom)
        yield from _chart(newsroom.settings.digest)
        yield _fetching(newsroom.settings.fetch)
        yield _slack(newsroom.settings.slack)
    if not shutil.which("npm"):
        yield Finding("demo", "note", "npm is not installed; claimdesk demo needs it.")


def _each_part(newsroom: Newsroom) -> Iterator[Finding]:
    """Examine the parts that may stand on each other; what fails for a reason that was given
    already is only named."""
    given: dict[str, str] = {}
    unchecked: dict[str, list[str]] = {}
    for part, look in PARTS.items():
        try:
            yield look(newsroom)
        except BotError as error:
            why = str(error)
            if why in given:
                unchecked.setdefault(given[why], []).append(part)
            else:
                given[why] = part
                yield Finding(part, "problem", why)
    for part, others in unchecked.items():
        words = f"For the same reason could not be checked: {', '.join(others)}."
        yield Finding(part, "note", words)


def _folder(data: Path) -> Finding:
    if data.stat().st_mode & READ_BY_OTHERS:
        words = (
            f"data folder {data}: other users of this machine can read it, including what is under "
            f"embargo. To stop that: chmod 700 {shlex.quote(str(data))}"
        )
        return Finding("settings", "note", words)
    return Finding("settings", "well", f"data folder {data}")


def _store(newsroom: Newsroom) -> Finding:
    coverage = newsroom.store.archive.coverage()
    kind = newsroom.settings.database_url.split(":", 1)[0]
    earlier = newsroom.store.readings.count_stale(newsroom.extractions.version)
    behind = f"; {earlier:,} read by an earlier version: run claimdesk reextract" if earlier else ""
    articles, claims = counted(coverage.articles, "article"), counted(coverage.claims, "claim")
    words = f"{kind}: {articles}, {claims}{behind}"
    return Finding("store", "well", words)


def _index(newsroom: Newsroom) -> Finding:
    newsroom.updates.catch_up()
    missing, extra = newsroom.updates.difference()
    if missing or extra:
        raise BotError(
            "the index does not match the store",
            cause=f"{missing:,} claims are missing from it, {extra:,} should not be in it",
            remedy="Run claimdesk reindex.",
        )
    return Finding("index", "well", "matches the store")


def _vectors(newsroom: Newsroom) -> Finding:
    if reason := newsroom.vectors.disabled_reason():
        return Finding("vectors", "note", f"Search is by words only: {reason}.")
    _ = newsroom.vectors.embedder
    there, claims = newsroom.vectors.stored.count(), newsroom.store.archive.coverage().claims
    if there < claims:
        words = f"{there:,} of {claims:,} claims have one; claimdesk vectors makes the rest."
        return Finding("vectors", "note", words)
    return Finding("vectors", "well", "every claim has one")


def _chart(digest: DigestSettings) -> Iterator[Finding]:
    if digest.chart and not chart.is_installed():
        words = (
            "Digests have no chart, because Pillow is not installed. Install it with "
            "pip install 'claimdesk[chart]', or set digest.chart to false in bot.yml."
        )
        yield Finding("chart", "note", words)


def _jobs(newsroom: Newsroom) -> Finding:
    counts = newsroom.store.jobs.counts()
    late, by = newsroom.delivery.jobs.overdue(_worked_off(newsroom.settings))
    if failed := sum(one.failed for one in counts):
        return Finding("jobs", "problem", f"{failed:,} failed; claimdesk jobs shows which and why.")
    if late:
        return Finding("jobs", "problem", overdue(late, by))
    if troubled := sum(one.troubled for one in counts):
        return Finding("jobs", "note", f"{troubled:,} will be retried; see claimdesk jobs.")
    return Finding("jobs", "well", f"{sum(one.waiting for one in counts):,} waiting, none failed")


def _outbox(newsroom: Newsroom) -> Finding:
    shut_out, letters = newsroom.store.channels.failures(), newsroom.store.dead_letters.of()
    if shut_out:
        words = "; ".join(f"{team}: {why}" for team, why in shut_out.items())
        return Finding("outbox", "problem", f"Nothing can be posted. {words}")
    if letters:
        number = f"{len(letters):,} message{'' if len(letters) == 1 else 's'}"
        words = f"{number} could not be posted; claimdesk outbox shows which and why."
        return Finding("outbox", "note", words)
    return Finding("outbox", "well", "every message was delivered, or is still waiting")


def overdue(number: int, by: timedelta) -> str:
    """Say how many jobs are overdue, and by how long the oldest."""
    minutes = counted(by // timedelta(minutes=1), "minute")
    late = "1 job is" if number == 1 else f"{number:,} jobs are"
    return (
        f"{late} overdue, {'the oldest ' if number > 1 else ''}by {minutes}. Is a worker running?"
    )


def _worked_off(settings: Settings) -> frozenset[str]:
    """The kinds of jobs that a worker does with these settings: without Slack not all."""
    return WITHOUT_SLACK | IN_SLACK if settings.slack.bot_token else WITHOUT_SLACK


def _tagger(newsroom: Newsroom) -> Finding:
    _ = newsroom.extractions.extractor
    return Finding("tagger", "well", "loads, its checksum is right")


def _fetching(fetch: FetchSettings) -> Finding:
    if not fetch.contact:
        words = "fetch.contact is not set in bot.yml, so sites can't contact you about requests."
        return Finding("fetching", "note", words)
    return Finding("fetching", "well", f"requests name {fetch.contact} as the contact")


def _feeds(newsroom: Newsroom) -> Finding:
    feeds = newsroom.feeds.all()
    broken = failing_feeds(feeds)
    if broken:
        told = [feed_line(feed) for feed in broken[:FAILING_SHOWN]]
        if more := len(broken) - len(told):
            told.append(f"and {more:,} more; claimdesk feed list shows all")
        words = f"{len(broken):,} of {len(feeds):,} can't be read:"
        is_ill = 2 * len(broken) > len(feeds)
        return Finding("feeds", "problem" if is_ill else "note", "\n".join([words, *told]))
    if not feeds:
        return Finding("feeds", "note", "There are none; claimdesk feed add URL adds one.")
    idle = sum(feed.state != "active" for feed in feeds)
    words = f"{len(feeds) - idle} working" + (
        f", {idle} paused or no longer in feeds.yml" if idle else ""
    )
    return Finding("feeds", "well", words)


PARTS: dict[str, Callable[[Newsroom], Finding]] = {
    "store": _store,
    "index": _index,
    "tagger": _tagger,
    "vectors": _vectors,
    "jobs": _jobs,
    "outbox": _outbox,
    "feeds": _feeds,
}


def _slack(slack: SlackSettings) -> Finding:
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
        known = client.auth_test()
        if slack.app_token:
            setting = "SLACK_APP_TOKEN"
            client.apps_connections_open(app_token=slack.app_token)
    except (SlackClientError, OSError) as error:
        words = f"does not answer: {_reason(error)}. Check {setting} and the network."
        return Finding("Slack", "problem", words)
    mode = "Socket Mode" if slack.app_token else f"signed HTTP on port {slack.port}"
    return Finding("Slack", "well", f"{known.get('team')} as {known.get('user')}, {mode}")


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return str(response["error"]) if response else type(error).__name__


def _print(finding: Finding) -> None:
    """Print what the doctor found of one part."""
    mark, style = MARKS[finding.verdict]
    words = screen.visible(finding.words)
    out.print(Text.assemble((f"{mark:<8}", style), (f"{finding.part:<9}", "bold"), words))


@claimdesk.command("doctor")
def doctor_command() -> None:
    """Check every part, and say what to fix."""
    failed = 0
    for finding in examine():
        failed += finding.verdict == "problem"
        _print(finding)
    finish(failed)
