"""Render a digest outside Slack: as Markdown, plain text, HTML and an Atom feed. No I/O.

The words are those of digests.py. The text of articles is escaped, and only web addresses become
links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import NamedTuple
from xml.etree import ElementTree

from bot.model import Digest, DigestRow
from bot.wording.answers import gone_line
from bot.wording.digests import digests as wording
from bot.wording.digests.digest_head import head_sentences
from bot.wording.hits import before_line, shown_passage
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run, Runs, plain_text

ATOM = "http://www.w3.org/2005/Atom"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")
_INVALID_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Side(NamedTuple):
    """A side of a row: who says it, the sentence, where, and what another says before; without a
    dispute it is the only one.

    For a claim that is gone, `who` says so and the rest is empty.
    """

    who: Runs
    printed: str = ""
    where: Runs = ()
    before: Runs = ()


_Row = list[_Side]


def to_markdown(digest: Digest) -> str:
    """Render a digest as Markdown (CommonMark)."""
    lines = [
        f"# {_escape_markdown(wording.heading(digest))}",
        *map(_runs_to_markdown, head_sentences(digest)),
    ]
    lines += map(_escape_markdown, wording.notes(digest))
    for title, rows in _sections(digest):
        lines.append(f"## {_escape_markdown(title)}")
        for row in rows:
            parts = (
                line
                for side in row
                for line in (
                    _runs_to_markdown(side.before),
                    _runs_to_markdown(side.who),
                    _escape_markdown(side.printed),
                    _runs_to_markdown(side.where),
                )
            )
            lines.append("- " + "  \n  ".join(filter(None, parts)))
    if remaining := wording.remaining_line(digest):
        lines.append(_escape_markdown(remaining))
    return "\n\n".join(lines) + "\n"


def to_text(digest: Digest) -> str:
    """Render a digest as plain text."""
    lines = [
        wording.heading(digest),
        *map(plain_text, head_sentences(digest)),
        *wording.notes(digest),
    ]
    for title, rows in _sections(digest):
        lines += ["", title]
        for row in rows:
            parts = (
                part
                for side in row
                for part in (
                    plain_text(side.before),
                    plain_text(side.who),
                    side.printed,
                    plain_text(side.where),
                )
            )
            lines += ["", *filter(None, parts)]
    if remaining := wording.remaining_line(digest):
        lines += ["", remaining]
    return "\n".join(line.translate(BIDI_CONTROLS) for line in lines) + "\n"


def to_html(digest: Digest) -> str:
    """Render a digest as a complete HTML page, readable in light and dark mode."""
    heading = _escape_html(wording.heading(digest))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{heading}</title></head><body><h1>{heading}</h1>{_html_body(digest)}</body></html>\n"
    )


def to_atom(digest: Digest) -> str:
    """Render an Atom feed (RFC 4287) with the digest as its only entry."""
    updated = digest.until.astimezone(UTC).isoformat()
    name = f"tag:claimdesk,{digest.until.year}:digest"
    feed = ElementTree.Element("feed", xmlns=ATOM)
    entry = ElementTree.Element("entry")
    for parent, title, id_ in (
        (feed, "Claimdesk", name),
        (entry, wording.heading(digest), f"{name}/{digest.day.isoformat()}"),
    ):
        ElementTree.SubElement(parent, "id").text = id_
        ElementTree.SubElement(parent, "title").text = title
        ElementTree.SubElement(parent, "updated").text = updated
    author = ElementTree.SubElement(feed, "author")
    ElementTree.SubElement(author, "name").text = "Claimdesk"
    feed.append(entry)
    ElementTree.SubElement(entry, "content", type="html").text = _INVALID_IN_XML.sub(
        "", _html_body(digest)
    )
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, "unicode", xml_declaration=True) + "\n"


FORMATS: dict[str, Callable[[Digest], str]] = {
    "markdown": to_markdown,
    "text": to_text,
    "html": to_html,
    "atom": to_atom,
}


def _sections(digest: Digest) -> Iterator[tuple[str, list[_Row]]]:
    for section in digest.sections:
        yield wording.section_title(section), [list(_sides(row, digest)) for row in section.rows]


def _sides(row: DigestRow, digest: Digest) -> Iterator[_Side]:
    if not row.current.hit:
        yield _Side((Run(gone_line(row.current.gone, digest.language)),))
    for side in wording.sides(row, digest):
        passage_text, _ = shown_passage(side.hit)
        denials = wording.more_denials(row) if side.hit.claim.id == row.claim_id else None
        place = (*side.where, Run(f" · {denials}")) if denials else side.where
        yield _Side(side.who, " ".join(passage_text.split()), place, before_line(side.hit))


def _html_body(digest: Digest) -> str:
    parts = [f"<p>{_runs_to_html(sentence)}</p>" for sentence in head_sentences(digest)]
    parts += [f"<p>{_escape_html(note)}</p>" for note in wording.notes(digest)]
    for title, rows in _sections(digest):
        parts.append(f"<h2>{_escape_html(title)}</h2><ul>")
        parts += [f"<li>{'<br>'.join(map(_side_to_html, row))}</li>" for row in rows]
        parts.append("</ul>")
    if remaining := wording.remaining_line(digest):
        parts.append(f"<p>{_escape_html(remaining)}</p>")
    return "".join(parts)


def _side_to_html(side: _Side) -> str:
    if not side.printed:
        return _runs_to_html(side.who)
    printed = f"<blockquote>{_escape_html(side.printed)}</blockquote>"
    before = f"<small>{_runs_to_html(side.before)}</small><br>" if side.before else ""
    return f"{before}{_runs_to_html(side.who)}{printed}{_runs_to_html(side.where)}"


def _escape_markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.translate(BIDI_CONTROLS).split()))


def _runs_to_markdown(runs: Runs) -> str:
    return "".join(map(_run_to_markdown, runs))


def _runs_to_html(runs: Runs) -> str:
    return "".join(map(_run_to_html, runs))


def _run_to_markdown(run: Run) -> str:
    address = run.link or ""
    if WEB_ADDRESS.fullmatch(address):
        return f"[{_escape_markdown(run.text)}](<{address}>)"
    # Emphasis must touch a letter, so the spaces around a run are put outside it.
    text = _escape_markdown(run.text)
    before, after = (" " * run.text[::step].startswith(" ") for step in (1, -1))
    return f"{before}**{text}**{after}" if run.strong else f"{before}{text}{after}"


def _escape_html(text: str) -> str:
    return html.escape(text.translate(BIDI_CONTROLS))


def _run_to_html(run: Run) -> str:
    text = _escape_html(run.text)
    if WEB_ADDRESS.fullmatch(run.link or ""):
        return f'<a href="{html.escape(run.link or "")}">{text}</a>'
    return f"<b>{text}</b>" if run.strong else text
