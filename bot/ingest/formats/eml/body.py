"""What a mail's sender wrote: without what is quoted, the signature and the mailing's furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile, zip_longest

from lxml import etree

from bot.ingest.formats import html, markup
from bot.ingest.formats.properties import embargoed

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
_FROM = re.compile(r"^\*?(?:From|Von|De|Van|Från|Fra)\*?\s?:\*? ")
_FORWARDED_HEADER = re.compile(r"^\*?[A-Z][A-Za-zäöüé-]{1,15}\*?\s?: ")
_FURNITURE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online|web)\b|\bunsubscribe\b"
    r"|\bim browser\b|\babmelden\b|\bdésabonner\b|\bmanage (?:your )?preferences\b",
    re.IGNORECASE,
)
_LINK_ALONE = re.compile(r"[^\n]{0,40}:? ?https?://\S+")
_SIGNS_OFF = re.compile(
    r"(?:(?:kind|best|warm) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)"
    r"|(?:mit )?(?:freundliche|beste|viele|herzliche)[nr]? gr(?:ü|ue)(?:ß|ss)en?|cordialement)\b",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 200
_DISCLAIMER = re.compile(
    r"\bthis (?:e-?mail|message|communication)\b.{0,300}"
    r"\b(?:addressee|intended recipient|in error|solely for)\b"
    r"|\bdiese (?:e-?mail|nachricht)\b.{0,300}\b(?:empfänger|irrtümlich|adressat)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_DISCLAIMER = 1_500
LONGEST_NOTE = 300
"""Characters of what somebody writes above a release that they only pass on."""
_UNSEEN_XPATH = (
    "//*[@id='divRplyFwdMsg' or contains(@class, 'gmail_signature')]"
    " | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
_HISTORY_XPATH = (
    "//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote')]"
    " | //*[@id='divRplyFwdMsg' or @id='appendonsend']/following-sibling::*"
    f" | {_UNSEEN_XPATH}"
)


def of_plain(
    source: str, *, is_flowed: bool, deletes_space: bool, is_forwarded: bool = False
) -> str:
    """Read a plain text: lines that a program wrapped are joined (RFC 3676 if `is_flowed`).

    Of what was forwarded, and bears no more than a note of who did it, that is read.
    """
    lines = _own_lines(source.splitlines(), is_forwarded=is_forwarded)
    text = _flowed(lines, "" if deletes_space else " ") if is_flowed else "\n".join(lines)
    paragraphs = markup.read_plain(text).split("\n\n")
    return _without_furniture(_unwrapped(paragraph) for paragraph in paragraphs)


def of_html(source: str, *, is_forwarded: bool = False) -> str:
    """Read an HTML text, forwarded ones as `of_plain` does. Raises Refusal as `html.parse` does."""
    if not source.strip():
        return ""
    tree = html.parse(source)
    for element in tree.xpath(_UNSEEN_XPATH if is_forwarded else _HISTORY_XPATH):
        if element.getparent() is not None:
            element.drop_tree()
    text = markup.read(etree.tostring(tree, encoding="unicode", method="html"))
    if is_forwarded:
        text = markup.read_plain("\n".join(_own_lines(text.split("\n"), is_forwarded=True)))
    return _without_furniture(text.split("\n\n"))


def _own_lines(lines: list[str], *, is_forwarded: bool) -> list[str]:
    """The lines before the signature and the history; of a mere forwarding, those forwarded, below
    the note if that states an embargo."""
    parts = [
        _without_quotations(list(takewhile(lambda line: line not in ("-- ", "--"), part)))
        for part in _parts(lines, is_forwarded)
    ]
    sizes = [sum(map(len, part)) for part in parts]
    below = sum(sizes)
    notes: list[str] = []
    for part, size in zip(parts, sizes, strict=True):
        below -= size
        if size >= min(LONGEST_NOTE, below):
            return [*notes, *part]
        if embargoed(None, "\n".join(part)):
            notes += [*part, ""]
    return notes


def _parts(lines: list[str], is_forwarded: bool) -> list[list[str]]:
    """What each sender wrote, the last first, without the headers between."""
    parts: list[list[str]] = [[]]
    is_header = False
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        if _HISTORY.match(line) and not is_forwarded:
            break
        is_headed = _FROM.match(line) and _FORWARDED_HEADER.match(after) and not is_header
        if _HISTORY.match(line) or _FORWARDED.match(line) or (is_forwarded and is_headed):
            parts.append([])
            is_header = True
        elif not (is_header and (not line.strip() or _FORWARDED_HEADER.match(line))):
            parts[-1].append(line)
            is_header = False
    return parts


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
    return "\n\n".join(paragraph for paragraph in paragraphs if not _is_furniture(paragraph))


def _is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is a link's label, a sign-off, or what programs add."""
    if _DISCLAIMER.search(paragraph):
        return len(paragraph) <= _LONGEST_DISCLAIMER
    if len(paragraph) >= _LONGEST_FURNITURE:
        return False
    return bool(
        _FURNITURE.search(paragraph)
        or _SIGNS_OFF.match(paragraph)
        or _LINK_ALONE.fullmatch(paragraph)
    )
