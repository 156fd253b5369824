"""`claimdesk check`: compare the quotations of a draft with print."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.metadata_options import STANDARD_INPUT
from bot.cli.output import json_lines, screen
from bot.cli.output.streams import err, out
from bot.desk import lines
from bot.desk.archive import Archive
from bot.desk.check import Check, check
from bot.desk.rows import Row
from bot.errors import IngestError, QueryError
from bot.model import OPERATOR, Spans
from bot.words import say


@claimdesk.command("check")
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per draft.")
def check_command(files: tuple[str, ...], as_json: bool) -> None:
    """Compare the quotations of a draft with print.

    Nothing of the draft is kept. "-" as FILES is standard input.
    """
    failed = 0
    with open_newsroom() as newsroom:
        newsroom.open(warm=False)
        for name in files:
            read = newsroom.article_files
            if name == STANDARD_INPUT:
                _, documents = read.read_input(sys.stdin.buffer, anyway=True)
            else:
                _, documents = read.read_file(Path(name), anyway=True)
            for document in documents:
                try:
                    found = check(document, Archive(newsroom, OPERATOR))
                except (IngestError, QueryError) as error:
                    failed += 1
                    screen.print_text(err, str(error), style="red")
                    continue
                if as_json:
                    click.echo(json_lines.dumps(_check_json(name, found)))
                else:
                    _print(found)
    exit_if_failed(failed)


def _print(found: Check) -> None:
    for line in (*lines.sum_lines(found), *lines.note_lines(found)):
        screen.print_text(out, line)
    for number, row in enumerate(found.rows, 1):
        first, *others = lines.finding_lines(row)
        out.print()
        screen.print_text(out, f"{number}. {first}", style="bold")
        for line in others:
            screen.print_indented(out, Text(screen.make_visible(line), "bold"))
        screen.print_indented(out, _marked("“", lines.wording(row, "draft", found.text)))
        if article := row.shown_article:
            if row.finding != "word_for_word":
                printed = lines.wording(row, "printed", article.text.text)
                screen.print_indented(out, _marked(f"{say('desk.printed')} “", printed))
            screen.print_indented(out, screen.render_runs(lines.where_line(row), "dim"))
            screen.print_indented(out, Text(f"claimdesk article {article.card.id}", "dim"))


def _marked(before: str, excerpt: tuple[str, Spans]) -> Text:
    """Return a line with a wording in which the differences stand out, in a pipe as well."""
    text, spans = excerpt
    line, position = Text(before), 0
    for start, end in spans:
        line.append(screen.make_visible(text[position:start]))
        line.append(f"[{screen.make_visible(text[start:end])}]", "bold red")
        position = end
    return line.append(f"{screen.make_visible(text[position:])}”")


def _check_json(name: str, found: Check) -> dict[str, Any]:
    """Return the JSON object of a draft. Offsets are code points of its text, or of the article's
    (`printed`)."""
    rows = [_row_json(row, found.text) for row in found.rows]
    return {"file": name, "sums": lines.sum_lines(found), "names": found.names, "rows": rows}


def _row_json(row: Row, draft: str) -> dict[str, Any]:
    article, claim = row.shown_article, row.claim if row.shown_article else None
    return {
        "kind": row.quoted.kind,
        "findings": row.findings,
        "change": row.change,
        "span": row.quoted.span,
        "text": draft[slice(*row.quoted.span)],
        "speaker": row.quoted.claim and row.quoted.claim.speaker,
        "gone": row.gone and row.gone.state,
        "article": article and json_lines.card_json(article.card),
        "claim": claim and claim.id,
        "printed": article and row.printed,
        "printed_text": article and article.text.text[slice(*row.printed)],
        "printed_speaker": claim and claim.speaker_name,
        "differences": [one._asdict() for one in row.differences],
    }
