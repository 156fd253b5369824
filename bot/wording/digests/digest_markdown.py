"""Render a digest as Markdown. No I/O.

The words are those of digests.py. The text of articles is escaped, and only web addresses become
links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Digest, DigestRow
from bot.wording.answers import gone_line
from bot.wording.digests import digests as wording
from bot.wording.digests.digest_head import head_sentences
from bot.wording.hits import before_line, shown_passage
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run, Runs

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")


def to_markdown(digest: Digest) -> str:
    """Render a digest as Markdown (CommonMark)."""
    lines = [
        f"# {_escape(wording.heading(digest))}",
        *map(_render, head_sentences(digest)),
        *map(_escape, wording.notes(digest)),
    ]
    for section in digest.sections:
        lines.append(f"## {_escape(wording.section_title(section))}")
        for row in section.rows:
            lines.append("- " + "  \n  ".join(filter(None, _row_lines(row, digest))))
    if remaining := wording.remaining_line(digest):
        lines.append(_escape(remaining))
    return "\n\n".join(lines) + "\n"


def _row_lines(row: DigestRow, digest: Digest) -> Iterator[str]:
    """Yield who says it, the sentence, and where, for each side of a row."""
    if not row.current.hit:
        yield _escape(gone_line(row.current.gone))
    for side in wording.sides(row, digest):
        passage_text, _ = shown_passage(side.hit)
        denials = wording.more_denials(row) if side.hit.claim.id == row.claim_id else None
        yield _render(before_line(side.hit))
        yield _render(side.who)
        yield _escape(passage_text)
        yield _render((*side.where, Run(f" · {denials}")) if denials else side.where)


def _escape(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.translate(BIDI_CONTROLS).split()))


def _render(runs: Runs) -> str:
    return "".join(map(_render_run, runs))


def _render_run(run: Run) -> str:
    address = run.link or ""
    if WEB_ADDRESS.fullmatch(address):
        return f"[{_escape(run.text)}](<{address}>)"
    # Emphasis must touch a letter, so the spaces around a run are put outside it.
    text = _escape(run.text)
    before, after = (" " * run.text[::step].startswith(" ") for step in (1, -1))
    return f"{before}**{text}**{after}" if run.strong else f"{before}{text}{after}"
