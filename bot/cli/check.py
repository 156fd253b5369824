"""`claimdesk check`: compare the quotations of a draft with print."""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
from bot.model import OPERATOR, Document, Spans
from bot.newsroom import Newsroom
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
        for name, document in _drafts(newsroom, files):
            try:
                if isinstance(document, IngestError):
                    raise document
                found = check(document, Archive(newsroom, OPERATOR))
            except (IngestError, QueryError) as error:
                failed += 1
                screen.print_text(err, str(error), style="red")
                continue
            if as_json:
                click.echo(json_lines.dumps(check_json(name, found)))
            else:
                _print(found)
    exit_if_failed(failed)


def _drafts(
    newsroom: Newsroom, names: tuple[str, ...]
) -> Iterator[tuple[str, Document | IngestError]]:
    for name in names:
        if name == STANDARD_INPUT:
            _, documents = newsroom.article_files.read_input(sys.stdin.buffer, anyway=True)
        else:
            _, documents = newsroom.article_files.read_file(Path(name), anyway=True)
        for document in documents:
            yield name, document


def _print(found: Check) -> None:
    for line in lines.sum_lines(found):
        screen.print_text(out, line, style="bold")
    for line in (*lines.name_lines(found), lines.searched_line(found.searched)):
        screen.print_text(out, line)
    for number, row in enumerate(found.rows, 1):
        out.print()
        _print_row(f"{number}. ", row, found.text)


def _print_row(label: str, row: Row, draft: str) -> None:
    first, *others = lines.finding_lines(row)
    screen.print_text(out, f"{label}{first}", style="bold")
    for line in others:
        screen.print_indented(out, Text(screen.make_visible(line), "bold"))
    screen.print_indented(out, _marked("desk.in_draft", lines.wording(row, "draft", draft)))
    if row.gone or row.article is None:
        return
    if row.finding != "word_for_word":
        printed = lines.wording(row, "printed", row.article.text.text)
        screen.print_indented(out, _marked("desk.in_print", printed))
    screen.print_indented(out, screen.render_runs(lines.where_line(row), "dim"))
    if row.claim:
        screen.print_indented(out, Text(f"claimdesk article {row.article.card.id}", "dim"))


def _marked(key: str, excerpt: tuple[str, Spans]) -> Text:
    """Return a line with a wording in which the differences stand out, in a pipe as well."""
    text, spans = excerpt
    line, position = Text(), 0
    for start, end in spans:
        line.append(screen.make_visible(text[position:start]))
        line.append(f"[{screen.make_visible(text[start:end])}]", "bold red")
        position = end
    line.append(screen.make_visible(text[position:]))
    before, _, after = say(key, text="\0").partition("\0")
    return Text(before).append_text(line).append(after)


def check_json(name: str, found: Check) -> dict[str, Any]:
    """Return the JSON object that `check --json` prints for a draft.

    Offsets are code points of the draft's text, or of the article's (`printed`).
    """
    searched = found.searched
    return {
        "file": name,
        "sums": lines.sum_lines(found),
        "names": found.names,
        "searched": {"articles": searched.articles, "claims": searched.claims},
        "rows": [_row_json(row, found.text) for row in found.rows],
    }


def _row_json(row: Row, draft: str) -> dict[str, Any]:
    article = None if row.gone else row.article
    start, end = row.printed
    return {
        "kind": row.quoted.kind,
        "finding": row.finding,
        "findings": row.findings,
        "change": row.change,
        "span": row.quoted.span,
        "text": draft[slice(*row.quoted.span)],
        "speaker": row.quoted.claim and row.quoted.claim.speaker,
        "source": row.gone and row.gone.state,
        "article": article and json_lines.card_json(article.card),
        "claim": None if row.gone else row.claim and row.claim.id,
        "printed": article and {"span": row.printed, "text": article.text.text[start:end]},
        "printed_speaker": None if row.gone else row.claim and row.claim.speaker_name,
        "differences": [difference._asdict() for difference in row.differences],
    }
