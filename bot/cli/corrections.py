"""`claimdesk corrections`: what people say of claims, decided at a terminal, and exported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import click

from bot.cli import lines
from bot.cli.group import claimdesk, finish, open_newsroom
from bot.cli.screen import print_words
from bot.cli.streams import err, out
from bot.corrections import as_json
from bot.errors import BotError, StoreError
from bot.model import Correction, CorrectionState, RulingKind
from bot.newsroom.correcting import state_of
from bot.slack.correction_lines import changes_said
from bot.slack.wording import counted
from bot.words import say


@claimdesk.group()
def corrections() -> None:
    """List, decide on, undo and export corrections."""


@corrections.command("list")
@click.option(
    "--state", type=click.Choice(get_args(CorrectionState)), help="Only corrections in this state."
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object per correction.")
def list_command(state: CorrectionState | None, limit: int, as_lines: bool) -> None:
    """List corrections, newest first."""
    with open_newsroom() as newsroom:
        found = newsroom.corrections(state=state, limit=limit)
    for one in found:
        if as_lines:
            click.echo(lines.dumps(_line(one)))
        else:
            _print(one)
    if not found and not as_lines:
        print_words(out, "No corrections.")


def _print(one: Correction) -> None:
    print_words(out, f"{one.id} · {'; '.join(changes_said(one))}", style="bold")
    on = f"{one.suggested_at.astimezone():%Y-%m-%d %H:%M}"
    print_words(out, f"   claim {one.claim_id} · {one.person_name}, {on}: {one.reason}")
    stands = f"{state_of(one)}; {say('corrections.waits')}" if one.waits else state_of(one)
    print_words(out, f"   {stands}", style="yellow" if one.waits else "dim")


def _line(one: Correction) -> dict[str, Any]:
    return {
        "id": one.id,
        "claim": one.claim_id,
        "article": one.article_id,
        "state": one.state,
        "waits": one.waits,
        "changes": as_json(one.changes),
        "before": as_json(one.before),
        "reason": one.reason,
        "by": one.person_name,
        "suggested_at": one.suggested_at.isoformat(),
        "rulings": [
            {"ruling": ruled.ruling, "by": ruled.person_name, "at": ruled.at.isoformat()}
            for ruled in one.rulings
        ],
    }


BY = click.option("--by", default="the terminal", show_default=True, help="Who decides.")
IDS = click.argument("ids", nargs=-1, required=True)


@corrections.command()
@IDS
@BY
def accept(ids: tuple[str, ...], by: str) -> None:
    """Accept suggested corrections."""
    _decide(ids, "accepted", by)


@corrections.command()
@IDS
@BY
def decline(ids: tuple[str, ...], by: str) -> None:
    """Decline suggested corrections."""
    _decide(ids, "declined", by)


@corrections.command()
@IDS
@BY
def undo(ids: tuple[str, ...], by: str) -> None:
    """Undo accepted corrections."""
    _decide(ids, "undone", by)


def _decide(ids: tuple[str, ...], ruling: RulingKind, by: str) -> None:
    failed = 0
    with open_newsroom() as newsroom:
        for one in ids:
            try:
                decided = newsroom.decide(one, ruling, person="terminal", person_name=by)
            except BotError as error:
                failed += 1
                print_words(err, f"{one}: {error}", style="red")
            else:
                print_words(err, f"{one}: {state_of(decided)}")
    finish(failed)


@corrections.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--as-found", is_flag=True, help="Write them as they were before correction.")
def export(folder: Path, as_found: bool) -> None:
    """Write the corrected articles to FOLDER, to train and test taggers.

    Each article becomes a text (ID.txt) and its attributions as they are now (ID.json): spans of
    source, cue and content, in code points of the text. FOLDER must be new or empty: what an
    earlier export wrote there may have been undone since.
    """
    done = 0
    with open_newsroom() as newsroom:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _require_empty(folder)
            for one in newsroom.training(as_found=as_found):
                (folder / f"{one.id}.txt").write_bytes(one.text.encode())
                (folder / f"{one.id}.json").write_text(json.dumps(one.found), "utf-8")
                done += 1
        except OSError as error:
            raise StoreError(
                "the corrections cannot be exported",
                subject=str(folder),
                cause=error.strerror or str(error),
                remedy="Choose a folder that you can write to.",
            ) from error
    print_words(err, f"{counted(done, 'article')} exported to {folder}")


def _require_empty(folder: Path) -> None:
    if there := next(folder.iterdir(), None):
        raise StoreError(
            "the corrections cannot be exported",
            subject=str(folder),
            cause=f"it is not empty: it has {there.name}",
            remedy="Choose a new or empty folder.",
        )
