"""Extract what an e-mail's sender wrote, without quotations, signatures and boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile, zip_longest

from lxml import etree

from bot.ingest.formats import html, markup
from bot.ingest.formats.properties import find_embargo

MIN_WRAPPED_LENGTH = 50
"""The minimum length of each line of a wrapped paragraph, except for its last line."""

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
_QUOTATION_INTRO = re.compile(
    r"^(?:on|am|le)\s.{5,200}\b(?:wrote|schrieb\b.{0,80}|a écrit)\s*:$", re.IGNORECASE | re.DOTALL
)
_FROM_HEADER = re.compile(r"^\*?(?:From|Von|De|Van|Från|Fra)\*?\s?:\*? ")
_FORWARDED_HEADER = re.compile(r"^\*?[A-Z][A-Za-zäöüé-]{1,15}\*?\s?: ")
_BOILERPLATE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online|web)\b|\bunsubscribe\b"
    r"|\bim browser\b|\babmelden\b|\bdésabonner\b|\bmanage (?:your )?preferences\b",
    re.IGNORECASE,
)
_LABELLED_LINK = re.compile(r"[^\n]{0,40}:? ?https?://\S+")
_SIGN_OFF = re.compile(
    r"(?:(?:kind|best|warm) (?:regards|wishes)|regards|yours (?:sincerely|faithfully|truly)"
    r"|(?:mit )?(?:freundliche|beste|viele|herzliche)[nr]? gr(?:ü|ue)(?:ß|ss)en?|cordialement)\b",
    re.IGNORECASE,
)
_MAX_BOILERPLATE_LENGTH = 200
_DISCLAIMER = re.compile(
    r"\bthis (?:e-?mail|message|communication)\b.{0,300}"
    r"\b(?:addressee|intended recipient|in error|solely for)\b"
    r"|\bdiese (?:e-?mail|nachricht)\b.{0,300}\b(?:empfänger|irrtümlich|adressat)",
    re.IGNORECASE | re.DOTALL,
)
_MAX_DISCLAIMER_LENGTH = 1_500
MAX_NOTE_LENGTH = 300
"""Characters of a note above a forwarded release; a longer text is a release itself."""
_HIDDEN_XPATH = (
    "//*[@id='divRplyFwdMsg' or contains(@class, 'gmail_signature')]"
    " | //*[contains(translate(@style, ' ', ''), 'display:none')]"
)
_HISTORY_XPATH = (
    "//blockquote[@type='cite'] | //*[contains(@class, 'gmail_quote')]"
    " | //*[@id='divRplyFwdMsg' or @id='appendonsend']/following-sibling::*"
    f" | {_HIDDEN_XPATH}"
)


def extract_plain(
    source: str, *, is_flowed: bool, deletes_space: bool, is_forwarded: bool = False
) -> str:
    """Extract plain text, joining wrapped lines (by RFC 3676 if `is_flowed`).

    If a mail was forwarded with at most a short note, the forwarded mail is extracted.
    """
    lines = _own_lines(source.splitlines(), is_forwarded=is_forwarded)
    text = _unflow(lines, "" if deletes_space else " ") if is_flowed else "\n".join(lines)
    return _drop_boilerplate(map(_unwrap, markup.clean_plain_text(text).split("\n\n")))


def extract_html(source: str, *, is_forwarded: bool = False) -> str:
    """Extract the text of HTML; forwarded mail is treated as in `extract_plain`.

    Raises Refusal as `html.parse` does.
    """
    if not source.strip():
        return ""
    tree = html.parse(source)
    for element in tree.xpath(_HIDDEN_XPATH if is_forwarded else _HISTORY_XPATH):
        if element.getparent() is not None:
            element.drop_tree()
    text = markup.extract_text(etree.tostring(tree, encoding="unicode", method="html"))
    if is_forwarded:
        text = markup.clean_plain_text("\n".join(_own_lines(text.split("\n"), is_forwarded=True)))
    return _drop_boilerplate(text.split("\n\n"))


def _own_lines(lines: list[str], *, is_forwarded: bool) -> list[str]:
    """Return the lines before the signature and the history.

    In a forwarded mail, they are the lines of the first sender who wrote more than a note. Notes
    above them that state an embargo are kept.
    """
    parts = [
        _drop_quotations(list(takewhile(lambda line: line not in ("-- ", "--"), part)))
        for part in _split_by_sender(lines, is_forwarded)
    ]
    sizes = [sum(map(len, part)) for part in parts]
    size_below = sum(sizes)
    notes: list[str] = []
    for part, size in zip(parts, sizes, strict=True):
        size_below -= size
        if size >= min(MAX_NOTE_LENGTH, size_below):
            return [*notes, *part]
        if find_embargo(None, "\n".join(part)):
            notes += [*part, ""]
    return notes


def _split_by_sender(lines: list[str], is_forwarded: bool) -> list[list[str]]:
    """Return what each sender wrote, the last sender first, without the headers between."""
    parts: list[list[str]] = [[]]
    is_header = False
    for line, next_line in zip_longest(lines, lines[1:], fillvalue=""):
        if _HISTORY.match(line) and not is_forwarded:
            break
        has_headers = _FROM_HEADER.match(line) and _FORWARDED_HEADER.match(next_line)
        starts_headers = is_forwarded and has_headers and not is_header
        if _HISTORY.match(line) or _FORWARDED.match(line) or starts_headers:
            parts.append([])
            is_header = True
        elif not (is_header and (not line.strip() or _FORWARDED_HEADER.match(line))):
            parts[-1].append(line)
            is_header = False
    return parts


def _drop_quotations(lines: list[str]) -> list[str]:
    own_lines: list[str] = []
    for line in lines:
        if not _QUOTED.match(line):
            own_lines.append(line)
            continue
        # "On Tuesday, Edda Marsh wrote:" is on one or two lines directly above.
        while own_lines and not own_lines[-1].strip():
            own_lines.pop()
        for count in (1, 2):
            if _QUOTATION_INTRO.match(" ".join(own_lines[-count:]).strip()):
                del own_lines[-count:]
                break
    return own_lines


def _unflow(lines: list[str], separator: str) -> str:
    """Join lines that end with a space to the next line, and undo space-stuffing (RFC 3676)."""
    text = ""
    for line in lines:
        unstuffed = line.removeprefix(" ")
        is_soft_break = unstuffed.endswith(" ")
        text += unstuffed.rstrip(" ") + separator if is_soft_break else unstuffed + "\n"
    return text


def _unwrap(paragraph: str) -> str:
    lines = paragraph.split("\n")
    is_wrapped = all(len(line) >= MIN_WRAPPED_LENGTH for line in lines[:-1])
    return " ".join(lines) if is_wrapped else paragraph


def _drop_boilerplate(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if not _is_boilerplate(paragraph))


def _is_boilerplate(paragraph: str) -> bool:
    """Whether a paragraph is a link, a sign-off, a disclaimer or a mailing program's text."""
    if _DISCLAIMER.search(paragraph):
        return len(paragraph) <= _MAX_DISCLAIMER_LENGTH
    if len(paragraph) >= _MAX_BOILERPLATE_LENGTH:
        return False
    return bool(
        _BOILERPLATE.search(paragraph)
        or _SIGN_OFF.match(paragraph)
        or _LABELLED_LINK.fullmatch(paragraph)
    )
