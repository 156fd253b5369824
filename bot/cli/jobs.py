"""`claimdesk jobs`: the worker's jobs, which of them fail, and what to do about that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from bot.cli.doctor import overdue
from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output import lines
from bot.cli.output.screen import print_words
from bot.cli.output.streams import out
from bot.newsroom import Newsroom
from bot.store import Job


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
                click.echo(lines.dumps(_line(job)))
        else:
            _print(newsroom)


def _print(newsroom: Newsroom) -> None:
    counts = newsroom.store.jobs.counts()
    if not counts:
        print_words(out, "No jobs waiting, none failed.")
    for one in counts:
        parts = [f"{one.waiting:,} waiting"]
        parts += [f"{one.retrying:,} waiting to be retried"] if one.retrying else []
        parts += [f"{one.failed:,} failed"] if one.failed else []
        print_words(out, f"{one.kind:<8}{' · '.join(parts)}", style="bold")
    for job in newsroom.store.jobs.failing():
        print_words(out, f"{job.id}. {job.kind} {job.key} · {_how_it_stands(job)}")
        print_words(out, f"   {job.failure}", style="red" if job.state == "failed" else "yellow")
    number, by = newsroom.delivery.jobs.overdue()
    if number:
        print_words(out, overdue(number, by), style="yellow")
    for team, why in newsroom.store.channels.failures().items():
        print_words(out, f"Nothing can be posted in workspace {team}: {why}", style="red")
    if letters := len(newsroom.store.dead_letters.find()):
        words = "claimdesk outbox shows which and why."
        print_words(out, f"Messages not posted: {letters:,}; {words}", style="yellow")


def _how_it_stands(job: Job) -> str:
    tried = "1 attempt" if job.attempts == 1 else f"{job.attempts} attempts"
    last = f", the last {_moment(job.tried_at)}" if job.tried_at else ""
    if job.state == "failed":
        return f"failed after {tried}{last}"
    return f"{tried}{last}; next at {_moment(job.due_at)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


@jobs.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="Retry all jobs in the list.")
def retry(ids: tuple[int, ...], every: bool) -> None:
    """Retry failed jobs now."""
    if every == bool(ids):
        raise click.UsageError("Give the ids of jobs, or --all.")
    with open_newsroom() as newsroom:
        number = newsroom.delivery.jobs.retry(None if every else ids)
    click.echo(f"{_counted(number)} will be retried as soon as a worker runs.", err=True)


@jobs.command()
@click.argument("ids", nargs=-1, required=True, type=int)
def drop(ids: tuple[int, ...]) -> None:
    """Discard jobs that failed and will not be retried."""
    with open_newsroom() as newsroom:
        number = newsroom.delivery.jobs.drop(ids)
    click.echo(f"{_counted(number)} discarded.", err=True)


def _counted(number: int) -> str:
    return "1 job" if number == 1 else f"{number:,} jobs"


def _line(job: Job) -> dict[str, Any]:
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
