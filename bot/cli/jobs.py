"""`claimdesk jobs`: list the worker's jobs, and retry or discard those that failed."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.doctor import describe_overdue
from bot.cli.group import ID, claimdesk, open_newsroom
from bot.cli.output import json_lines
from bot.cli.output.screen import local_time, print_text
from bot.cli.output.streams import out
from bot.newsroom import Newsroom
from bot.store import Job
from bot.wording.answers import article_label, unread_line, with_noun

MAX_PARTLY_READ = 10
"""Articles listed that were not searched to their end, the latest first."""


@claimdesk.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per failing job.")
@click.pass_context
def jobs(context: click.Context, as_json: bool) -> None:
    """List the worker's jobs and failures."""
    if context.invoked_subcommand:
        return
    with open_newsroom() as newsroom:
        if as_json:
            for job in newsroom.store.jobs.failing():
                click.echo(json_lines.dumps(_job_json(job)))
        else:
            _print(newsroom)


def _print(newsroom: Newsroom) -> None:
    counts = newsroom.store.jobs.counts()
    if not counts:
        print_text(out, "No jobs waiting, none failed.")
    for count in counts:
        parts = [f"{count.waiting:,} waiting"]
        parts += [f"{count.retrying:,} waiting to be retried"] if count.retrying else []
        parts += [f"{count.failed:,} failed"] if count.failed else []
        print_text(out, f"{count.kind:<8}{' · '.join(parts)}", style="bold")
    for job in newsroom.store.jobs.failing():
        print_text(out, f"{job.id}. {job.kind} {job.key} · {_status(job)}")
        print_text(out, f"   {job.failure}", style="red" if job.state == "failed" else "yellow")
    for card in newsroom.store.article_list.partly_read(MAX_PARTLY_READ):
        print_text(out, f"{card.id} · {article_label(card)}", style="yellow")
        print_text(out, f"   {unread_line(card.read_to, card.characters or 0)}")
    number, delay = newsroom.delivery.jobs.count_overdue()
    if number:
        print_text(out, describe_overdue(number, delay), style="yellow")
    for team, reason in newsroom.store.channels.failures().items():
        print_text(out, f"Nothing can be posted in workspace {team}: {reason}", style="red")
    if letters := len(newsroom.store.dead_letters.find()):
        advice = "claimdesk outbox shows which and why."
        print_text(out, f"Messages not posted: {letters:,}; {advice}", style="yellow")


def _status(job: Job) -> str:
    attempts = "1 attempt" if job.attempts == 1 else f"{job.attempts} attempts"
    last_attempt = f", the last {local_time(job.tried_at)}" if job.tried_at else ""
    if job.state == "failed":
        return f"failed after {attempts}{last_attempt}"
    return f"{attempts}{last_attempt}; next at {local_time(job.due_at)}"


@jobs.command()
@click.argument("ids", nargs=-1, type=ID)
@click.option("--all", "retry_all", is_flag=True, help="Retry all jobs in the list.")
def retry(ids: tuple[int, ...], retry_all: bool) -> None:
    """Retry failed jobs now."""
    if retry_all == bool(ids):
        raise click.UsageError("Give the ids of jobs, or --all.")
    with open_newsroom() as newsroom:
        number = newsroom.delivery.jobs.retry(None if retry_all else ids)
    click.echo(f"{with_noun(number, 'job')} will be retried as soon as a worker runs.", err=True)


@jobs.command()
@click.argument("ids", nargs=-1, required=True, type=ID)
def drop(ids: tuple[int, ...]) -> None:
    """Discard jobs that failed and will not be retried."""
    with open_newsroom() as newsroom:
        number = newsroom.delivery.jobs.drop(ids)
    click.echo(f"{with_noun(number, 'job')} discarded.", err=True)


def _job_json(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": job.kind,
        "key": job.key,
        "state": job.state,
        "attempts": job.attempts,
        "tried_at": job.tried_at and job.tried_at.isoformat(),
        "due_at": job.due_at.isoformat() if job.state == "waiting" else None,
        "failure": job.failure,
    }
