"""What a mail's sender wrote: without what is quoted, the signature and the mailing's furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from bot.ingest import html, markup

WRAPPED = 50
"""Characters that each line but the last has, at least, of a paragraph that a program wrapped."""

_QUOTED = re.compile(r"^\s?>")
_HISTORY = re.compile(
    r"^\s*-{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht"
    r"|message d[’']origine)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\s*(?:-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré)\s*-{2,}"
    r"|begin forwarded message:)\s*$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"^(?:on|am|le)\s.{5,200}\b(?:wrote|schrieb\b.{0,80}|a écrit)\s*:$", re.IGNORECASE | re.DOTALL
)
_FORWARDED_HEADER = re.compile(r"^\*?[A-Z][A-Za-zäöüé-]{1,15}\*?\s?: ")
_FURNITURE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online|web)\b|\bunsubscribe\b"
    r"|\bim browser\b|\babmelden\b|\bdésabonner\b|\bmanage (?:your )?preferences\b",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 200
_HISTORY_XPATH = (
    "//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote')]"
    " | //*[@id='divRplyFwdMsg' or @id='appendonsend']/following-sibling::*"
    " | //*[@id='divRplyFwdMsg' or contains(@class, 'gmail_signature')]"
    " | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)


def of_plain(source: str, *, is_flowed: bool, deletes_space: bool) -> str:
    """Read a plain text: lines that a program wrapped are joined (RFC 3676 if `is_flowed`)."""
    lines = _own_lines(source.splitlines())
    text = _flowed(lines, "" if deletes_space else " ") if is_flowed else "\n".join(lines)
    paragraphs = markup.read_plain(text).split("\n\n")
    return _without_furniture(_unwrapped(paragraph) for paragraph in paragraphs)


def of_html(source: str) -> str:
    """Read an HTML text. Raises Refusal as `html.parse` does."""
    if not source.strip():
        return ""
    tree = html.parse(source)
    for element in tree.xpath(_HISTORY_XPATH):
        if element.getparent() is not None:
            element.drop_tree()
    text = markup.read(etree.tostring(tree, encoding="unicode", method="html"))
    return _without_furniture(text.split("\n\n"))


def _own_lines(lines: list[str]) -> list[str]:
    """The lines before the signature and the history; of a mere forwarding, those forwarded."""
    own: list[str] = []
    for number, line in enumerate(lines):
        if line in ("-- ", "--") or _HISTORY.match(line):
            break
        if _FORWARDED.match(line):
            if any(map(str.strip, own)):
                break
            return _own_lines(_after_header(lines[number + 1 :]))
        own.append(line)
    return _without_quotations(own)


def _after_header(lines: list[str]) -> list[str]:
    start = 0
    while start < len(lines) and (
        not lines[start].strip() or _FORWARDED_HEADER.match(lines[start])
    ):
        start += 1
    return lines[start:]


def _without_quotations(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if not _QUOTED.match(line):
            kept.append(line)
            continue
        # "On Tuesday, Edda Marsh wrote:" stands in one or two lines right above.
        while kept and not kept[-1].strip():
            kept.pop()
        for count in (1, 2):
            if _INTRODUCES.match(" ".join(kept[-count:]).strip()):
                del kept[-count:]
                break
    return kept


def _flowed(lines: list[str], between: str) -> str:
    """Join lines that end with a space to the next, and take away the space that stuffs one."""
    text = ""
    for line in lines:
        unstuffed = line.removeprefix(" ")
        is_open = unstuffed.endswith(" ")
        text += unstuffed.rstrip(" ") + between if is_open else unstuffed + "\n"
    return text


def _unwrapped(paragraph: str) -> str:
    lines = paragraph.split("\n")
    is_wrapped = all(len(line) >= WRAPPED for line in lines[:-1])
    return " ".join(lines) if is_wrapped else paragraph


def _without_furniture(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(
        paragraph
        for paragraph in paragraphs
        if not (len(paragraph) < _LONGEST_FURNITURE and _FURNITURE.search(paragraph))
    )
