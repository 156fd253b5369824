"""`claimdesk corrections`: list, decide on and export corrections of claims and articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args
from uuid import uuid4

import click

from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.output import json_lines
from bot.cli.output.correction_lines import correction_json, print_correction
from bot.cli.output.screen import print_text
from bot.cli.output.streams import err, out
from bot.errors import BotError, StoreError
from bot.model import CorrectionState, RulingKind
from bot.newsroom.corrections.corrections import state_text
from bot.newsroom.corrections.lookup import TERMINAL_TEAM
from bot.wording.answers import with_noun
from bot.wording.corrections import change_lines


@claimdesk.group()
def corrections() -> None:
    """List, decide on, undo and export corrections of claims and articles."""


@corrections.command("list")
@click.option(
    "--state", type=click.Choice(get_args(CorrectionState)), help="Only corrections in this state."
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object per correction.")
def list_command(state: CorrectionState | None, limit: int, as_lines: bool) -> None:
    """List corrections, newest first."""
    with open_newsroom() as newsroom:
        corrections = newsroom.store.corrections.find(state=state, limit=limit)
    for correction in corrections:
        if as_lines:
            click.echo(json_lines.dumps(correction_json(correction)))
        else:
            print_correction(out, correction)
    if not corrections and not as_lines:
        print_text(out, "No corrections.")


BY_OPTION = click.option(
    "--by", "decided_by", default="the terminal", show_default=True, help="Who decides."
)
IDS_ARGUMENT = click.argument("ids", nargs=-1, required=True)
REASON_OPTION = click.option("--reason", help="Why, for those who suggested them.")


@corrections.command()
@click.argument("article")
@click.option("--title", help='As it should read; "": it has none.')
@click.option("--outlet", help='Who published it; "": nobody knows.')
@click.option("--date", "published", metavar="YYYY-MM-DD", help='When; "": nobody knows.')
@click.option("--reason", required=True, help="Why: kept with the correction.")
@BY_OPTION
def article(
    article: str,
    title: str | None,
    outlet: str | None,
    published: str | None,
    reason: str,
    decided_by: str,
) -> None:
    """Correct the title, the outlet or the date of ARTICLE, given by its id; it holds at once."""
    values = {"title": title, "outlet": outlet, "published": published}
    with open_newsroom() as newsroom:
        correction = newsroom.corrections.correct_article(
            team=TERMINAL_TEAM,
            press=uuid4().hex,
            article_id=article,
            changes={name: value for name, value in values.items() if value is not None},
            reason=reason,
            person="terminal",
            person_name=decided_by,
            is_accepted=True,
        )
    print_text(out, f"{correction.id} · {'; '.join(change_lines(correction))}")


@corrections.command()
@IDS_ARGUMENT
@BY_OPTION
@REASON_OPTION
def accept(ids: tuple[str, ...], decided_by: str, reason: str | None) -> None:
    """Accept suggested corrections."""
    _decide(ids, "accepted", decided_by, reason)


@corrections.command()
@IDS_ARGUMENT
@BY_OPTION
@REASON_OPTION
def decline(ids: tuple[str, ...], decided_by: str, reason: str | None) -> None:
    """Decline suggested corrections."""
    _decide(ids, "declined", decided_by, reason)


@corrections.command()
@IDS_ARGUMENT
@BY_OPTION
@REASON_OPTION
def undo(ids: tuple[str, ...], decided_by: str, reason: str | None) -> None:
    """Undo accepted corrections."""
    _decide(ids, "undone", decided_by, reason)


def _decide(ids: tuple[str, ...], ruling: RulingKind, decided_by: str, reason: str | None) -> None:
    failed = 0
    with open_newsroom() as newsroom:
        for correction_id in ids:
            try:
                correction = newsroom.corrections.decide(
                    correction_id, ruling, person="terminal", person_name=decided_by, reason=reason
                )
            except BotError as error:
                failed += 1
                message = str(error) if correction_id in str(error) else f"{correction_id}: {error}"
                print_text(err, message, style="red")
            else:
                print_text(err, f"{correction_id}: {state_text(correction)}")
    exit_if_failed(failed)


@corrections.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--as-found", is_flag=True, help="Write them as they were before correction.")
def export(folder: Path, as_found: bool) -> None:
    """Write the corrected articles to FOLDER, to train and test taggers.

    Each article becomes a text (ID.txt) and its attributions as they are now (ID.json): spans of
    source, cue and content, in code points of the text. FOLDER must be new or empty: what an
    earlier export wrote there may have been undone since.
    """
    count = 0
    with open_newsroom() as newsroom:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _require_empty(folder)
            for article in newsroom.corrections.lookup.training_examples(as_found=as_found):
                (folder / f"{article.id}.txt").write_bytes(article.text.encode())
                (folder / f"{article.id}.json").write_text(json.dumps(article.annotation), "utf-8")
                count += 1
        except OSError as error:
            raise StoreError(
                "the corrections cannot be exported",
                subject=str(folder),
                cause=error.strerror or str(error),
                remedy="Choose a folder that you can write to.",
            ) from error
    print_text(err, f"{with_noun(count, 'article')} exported to {folder}")


def _require_empty(folder: Path) -> None:
    if existing := next(folder.iterdir(), None):
        raise StoreError(
            "the corrections cannot be exported",
            subject=str(folder),
            cause=f"it is not empty: it has {existing.name}",
            remedy="Choose a new or empty folder.",
        )
