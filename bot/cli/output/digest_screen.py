"""Print a digest for people."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from bot.cli.output import screen
from bot.model import Digest, DigestRow
from bot.wording import answers as wording
from bot.wording.digests import digests as digest_wording
from bot.wording.digests.digest_head import head_sentences
from bot.wording.hits import before_line, shown_passage


def print_digest(console: Console, digest: Digest) -> None:
    """Print a whole digest, with the period that it covers."""
    console.print(Text(digest_wording.heading(digest), style="bold"))
    for sentence in head_sentences(digest):
        console.print(screen.render_runs(sentence, ""))
    for note in digest_wording.notes(digest):
        console.print(Text(note, style="yellow"))
    screen.print_text(console, digest_wording.window_line(digest), style="dim")
    for section in digest.sections:
        console.print()
        screen.print_text(console, digest_wording.section_title(section), style="bold")
        for row in section.rows:
            _print_digest_row(console, row, digest)
    if remaining := digest_wording.remaining_line(digest):
        console.print()
        console.print(Text(remaining))


def _print_digest_row(console: Console, row: DigestRow, digest: Digest) -> None:
    """Print the claim of a row, or both sides of a dispute."""
    if not row.current.hit:
        screen.print_text(console, f"·  {wording.gone_line(row.current.gone)}")
    for side in digest_wording.sides(row, digest):
        if before := before_line(side.hit):
            screen.print_indented(console, screen.render_runs(before, "dim"))
        console.print(Text("·  ").append_text(screen.render_runs(side.who, "cyan")))
        text, _ = shown_passage(side.hit)
        screen.print_indented(console, Text(screen.make_visible(" ".join(text.split()))))
        screen.print_indented(console, screen.render_runs(side.where, "dim"))
    if more_denials := digest_wording.more_denials(row):
        screen.print_indented(console, Text(more_denials, "dim"))
