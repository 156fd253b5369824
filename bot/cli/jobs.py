"""`claimdesk jobs`: what the worker has to do, what of it fails, and what to do about that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from bot.cli import lines
from bot.cli.doctor import overdue
from bot.cli.group import claimdesk, open_newsroom
from bot.cli.screen import print_words
from bot.cli.streams import out
from bot.newsroom import Newsroom
from bot.store import Job


@claimdesk.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a job in trouble.")
@click.pass_context
def jobs(context: click.Context, as_json: bool) -> None:
    """Show the jobs of the worker: how many wait, and which of them fail and why."""
    if context.invoked_subcommand:
        return
    with open_newsroom() as newsroom:
        if as_json:
            for job in newsroom.jobs_in_trouble():
                click.echo(lines.dumps(_line(job)))
        else:
            _print(newsroom)


def _print(newsroom: Newsroom) -> None:
    counts = newsroom.job_counts()
    if not counts:
        print_words(out, "No jobs: nothing waits and nothing has failed.")
    for one in counts:
        parts = [f"{one.waiting:,} waiting"]
        parts += [f"{one.troubled:,} waiting after a failure"] if one.troubled else []
        parts += [f"{one.failed:,} failed"] if one.failed else []
        print_words(out, f"{one.kind:<8}{' · '.join(parts)}", style="bold")
    for job in newsroom.jobs_in_trouble():
        print_words(out, f"{job.id}. {job.kind} {job.key} · {_how_it_stands(job)}")
        print_words(out, f"   {job.failure}", style="red" if job.state == "failed" else "yellow")
    number, by = newsroom.jobs_overdue()
    if number:
        print_words(out, overdue(number, by), style="yellow")
    for team, why in newsroom.shut_out().items():
        print_words(out, f"In workspace {team} all that is to be posted waits: {why}", style="red")
    if letters := len(newsroom.dead_letters()):
        words = "claimdesk outbox says which and why."
        print_words(out, f"Not posted: {letters:,}; {words}", style="yellow")


def _how_it_stands(job: Job) -> str:
    tried = "1 attempt" if job.attempts == 1 else f"{job.attempts} attempts"
    last = f", the last {_moment(job.tried_at)}" if job.tried_at else ""
    if job.state == "failed":
        return f"failed after {tried}{last}"
    return f"{tried}{last}; again at {_moment(job.due_at)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


@jobs.command()
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="Retry all that the list shows.")
def retry(ids: tuple[int, ...], every: bool) -> None:
    """Let failed jobs be tried again, now and as if for the first time."""
    if every == bool(ids):
        raise click.UsageError("Name the jobs by their ids, or give --all.")
    with open_newsroom() as newsroom:
        number = newsroom.retry_jobs(None if every else ids)
    click.echo(f"{_counted(number)} will be tried again as soon as a worker runs.", err=True)


@jobs.command()
@click.argument("ids", nargs=-1, required=True, type=int)
def drop(ids: tuple[int, ...]) -> None:
    """Forget jobs that have failed for good."""
    with open_newsroom() as newsroom:
        number = newsroom.drop_jobs(ids)
    click.echo(f"{_counted(number)} dropped.", err=True)


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
