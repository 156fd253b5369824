"""Render a digest outside Slack: as Markdown, plain text, HTML and an Atom feed. Pure.

The words are those of digests.py. Text of articles is escaped; only web addresses become links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import NamedTuple
from xml.etree import ElementTree

from bot.model import Digest, DigestRow
from bot.wording import digests as wording
from bot.wording.answers import gone_line
from bot.wording.digest_head import head
from bot.wording.hits import shown_passage
from bot.wording.runs import BIDI_CONTROLS, WEB_ADDRESS, Run, Runs, plain

ATOM = "http://www.w3.org/2005/Atom"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&])")
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Side(NamedTuple):
    """A row, or a side of its dispute: who says it, the sentence, and where.

    For a claim that is gone, `who` says so and the rest is empty.
    """

    who: Runs
    printed: str = ""
    where: Runs = ()


_Row = list[_Side]


def markdown(digest: Digest) -> str:
    """Print a digest as Markdown (CommonMark)."""
    lines = [f"# {_inert(wording.heading(digest))}", *map(_marks, head(digest))]
    lines += map(_inert, wording.notes(digest))
    for title, rows in _sections(digest):
        lines.append(f"## {_inert(title)}")
        for row in rows:
            shown = (
                part
                for side in row
                for part in (_marks(side.who), _inert(side.printed), _marks(side.where))
            )
            lines.append("- " + "  \n  ".join(filter(None, shown)))
    if rest := wording.remaining_line(digest):
        lines.append(_inert(rest))
    return "\n\n".join(lines) + "\n"


def text(digest: Digest) -> str:
    """Print a digest as plain text."""
    lines = [wording.heading(digest), *map(plain, head(digest)), *wording.notes(digest)]
    for title, rows in _sections(digest):
        lines += ["", title]
        for row in rows:
            shown = (
                part for side in row for part in (plain(side.who), side.printed, plain(side.where))
            )
            lines += ["", *filter(None, shown)]
    if rest := wording.remaining_line(digest):
        lines += ["", rest]
    return "\n".join(line.translate(BIDI_CONTROLS) for line in lines) + "\n"


def page(digest: Digest) -> str:
    """Print a digest as a whole HTML page, readable in light and dark."""
    heading = _escaped(wording.heading(digest))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{heading}</title></head><body><h1>{heading}</h1>{_body(digest)}</body></html>\n"
    )


def atom(digest: Digest) -> str:
    """Print a feed in Atom (RFC 4287) with the digest as its one entry."""
    updated = digest.until.astimezone(UTC).isoformat()
    name = f"tag:claimdesk,{digest.until.year}:digest"
    feed = ElementTree.Element("feed", xmlns=ATOM)
    entry = ElementTree.Element("entry")
    for parent, what, this in (
        (feed, "Claimdesk", name),
        (entry, wording.heading(digest), f"{name}/{digest.day.isoformat()}"),
    ):
        ElementTree.SubElement(parent, "id").text = this
        ElementTree.SubElement(parent, "title").text = what
        ElementTree.SubElement(parent, "updated").text = updated
    author = ElementTree.SubElement(feed, "author")
    ElementTree.SubElement(author, "name").text = "Claimdesk"
    feed.append(entry)
    ElementTree.SubElement(entry, "content", type="html").text = _NO_XML.sub("", _body(digest))
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, "unicode", xml_declaration=True) + "\n"


FORMATS: dict[str, Callable[[Digest], str]] = {
    "markdown": markdown,
    "text": text,
    "html": page,
    "atom": atom,
}


def _sections(digest: Digest) -> Iterator[tuple[str, list[_Row]]]:
    for section in digest.sections:
        yield wording.section_title(section), [list(_sides(row, digest)) for row in section.rows]


def _sides(row: DigestRow, digest: Digest) -> Iterator[_Side]:
    if not row.current.hit:
        yield _Side((Run(gone_line(row.current.gone, digest.language)),))
    for side in wording.sides(row, digest):
        text, _ = shown_passage(side.hit)
        more = wording.more_denials(row) if side.hit.claim.id == row.claim_id else None
        where = (*side.where, Run(f" · {more}")) if more else side.where
        yield _Side(side.who, " ".join(text.split()), where)


def _body(digest: Digest) -> str:
    out = [f"<p>{_tags(one)}</p>" for one in head(digest)]
    out += [f"<p>{_escaped(note)}</p>" for note in wording.notes(digest)]
    for title, rows in _sections(digest):
        out.append(f"<h2>{_escaped(title)}</h2><ul>")
        out += [f"<li>{'<br>'.join(map(_side, row))}</li>" for row in rows]
        out.append("</ul>")
    if rest := wording.remaining_line(digest):
        out.append(f"<p>{_escaped(rest)}</p>")
    return "".join(out)


def _side(side: _Side) -> str:
    if not side.printed:
        return _tags(side.who)
    printed = f"<blockquote>{_escaped(side.printed)}</blockquote>"
    return f"{_tags(side.who)}{printed}{_tags(side.where)}"


def _inert(words: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(words.translate(BIDI_CONTROLS).split()))


def _marks(runs: Runs) -> str:
    return "".join(map(_marked, runs))


def _tags(runs: Runs) -> str:
    return "".join(map(_tagged, runs))


def _marked(run: Run) -> str:
    address = run.link or ""
    if WEB_ADDRESS.fullmatch(address):
        return f"[{_inert(run.text)}](<{address}>)"
    # Emphasis ends beside a letter only; the spaces around a run stay.
    words = _inert(run.text)
    before, after = (" " * run.text[::step].startswith(" ") for step in (1, -1))
    return f"{before}**{words}**{after}" if run.strong else f"{before}{words}{after}"


def _escaped(words: str) -> str:
    return html.escape(words.translate(BIDI_CONTROLS))


def _tagged(run: Run) -> str:
    words = _escaped(run.text)
    if WEB_ADDRESS.fullmatch(run.link or ""):
        return f'<a href="{html.escape(run.link or "")}">{words}</a>'
    return f"<b>{words}</b>" if run.strong else words
