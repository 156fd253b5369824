"""Extract what an e-mail's sender wrote, without quotations, signatures and boilerplate.

A quoted mail follows a line of its program's own ("-----Original Message-----"), its headers
("From: … Sent: …"), or a line "On Tuesday, Edda Marsh wrote:"; or each of its lines starts with
">". Answers between such lines are the sender's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from lxml import etree

from bot.ingest.formats import markup
from bot.ingest.formats.eml import mailers
from bot.ingest.formats.html.source import parse_page
from bot.ingest.formats.properties import find_embargo

MAX_NOTE_LENGTH = 300
"""Characters of a note above a forwarded release; a longer text is a release itself."""
MIN_WRAPPED_LENGTH = 50
"""The minimum length of each line of a wrapped paragraph, except for its last line."""
MIN_PLAIN_LENGTH = 200
"""Characters; a shorter plain text may only point to the HTML or to the attachments."""
MAX_HEADER_LINES, MAX_INTRO_LINES, MAX_INTRO_LENGTH = 15, 4, 300
MAX_SIGNATURE_LINES, MAX_SIGNATURE_LENGTH, MAX_FOOTER_LINES = 12, 80, 40
MAX_BOILERPLATE_LENGTH, MAX_NOTICE_LENGTH = 200, 1_500

_QUOTED = re.compile(r"\s?>(?!From )\s?")
"""A quotation's mark; mailboxes also put one before a line that starts with "From "."""
_SIGNATURE_RULE = re.compile(r"--|[—–]{1,2}|[-_]{3,}")
_SENTENCE_ENDS = (".", "!", "?", ":", "”")
_PGP_ARMOUR = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:[\w-]+:[^\n]*\n)*\r?\n"
    r"|^-----BEGIN PGP SIGNATURE-----.*?-----END PGP SIGNATURE-----",
    re.MULTILINE | re.DOTALL,
)
_HIDDEN_XPATH = (
    "//*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature')"
    " or contains(@class, 'protonmail_signature') or @id='Signature' or @id='AppleMailSignature'"
    " or @id='ms-outlook-mobile-signature' or contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'mso-hide:all')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
_QUOTATION_XPATH = (
    "//blockquote[@type='cite' or contains(@class, 'quote') or contains(@id, 'quote')"
    " or ancestor::*[contains(@class, 'gmail_quote')]]"
)
_HISTORY_XPATH = (
    "//*[@id='divRplyFwdMsg' or @id='OLK_SRC_BODY_SECTION' or contains(@class, 'yahoo_quoted')"
    " or @id='mail-editor-reference-message-container']"
)
_START, _END, _HISTORY = "\ue000", "\ue001", "\ue002"
"""Private characters that mark quotations and the history between tree and text."""


class Body(NamedTuple):
    """What the sender wrote, and the length of the whole text, quotations included.

    `headers` are those printed above the text if it was forwarded, by kind ("sender", "date").
    """

    text: str = ""
    length: int = 0
    headers: Mapping[str, str] = {}


class _Part(NamedTuple):
    """The lines of one mail, whether it was only quoted, and its printed headers."""

    lines: list[str]
    headers: Mapping[str, str] = {}
    is_quoted: bool = False
    is_forwarded: bool = False


def choose(plain: Body, rich: Body, *, is_reply: bool) -> Body:
    """Choose the plain text, unless it is only a pointer to the HTML.

    The plain text of a reply is short because the rest of it is quoted.
    """
    if not (plain.text and rich.text):
        return plain if plain.text else rich
    is_whole = is_reply or len(plain.text) >= MIN_PLAIN_LENGTH or 2 * plain.length > rich.length
    return plain if is_whole or len(rich.text) <= 2 * len(plain.text) else rich


def extract_plain(source: str, *, title: str, flow: str | None, is_forwarded: bool) -> Body:
    """Extract plain text, joining wrapped lines; with `flow` between them, by RFC 3676.

    If a mail was forwarded with at most a short note, the forwarded mail is extracted.
    """
    source = _PGP_ARMOUR.sub("", source)
    lines, headers = _own_part(source.splitlines(), title, is_forwarded)
    text = "\n".join(lines)
    if flow is not None:
        lines = [line.removeprefix(" ") for line in lines]
        text = "".join(
            line.rstrip(" ") + flow if line.endswith(" ") else f"{line}\n" for line in lines
        )
    paragraphs: list[str] = []
    for paragraph in markup.clean_plain_text(text).split("\n\n"):
        lines = paragraph.split("\n")
        is_wrapped = all(len(line) >= MIN_WRAPPED_LENGTH for line in lines[:-1])
        paragraphs.append(" ".join(lines) if is_wrapped else paragraph)
    return Body(_drop_boilerplate(paragraphs), len(source), headers)


def extract_html(source: str, *, title: str, is_forwarded: bool) -> Body:
    """Extract the text of HTML as of plain text. Raises Refusal as `parse_page` does."""
    if not source.strip():
        return Body()
    tree = parse_page(re.sub(f"[{_START}-{_HISTORY}]", "", source))
    for element in tree.xpath(_HIDDEN_XPATH):
        if element.getparent() is not None:
            element.drop_tree()
    for row in tree.xpath("//tr[count(*) = 2]"):  # a header and its value, on one line
        label, value = (" ".join(cell.text_content().split()) for cell in row)
        if mailers.HEADER.fullmatch(label) and len(value) < MAX_BOILERPLATE_LENGTH:
            row[:] = []
            row.text = f"{label} {value}"
    marked = [(element, _HISTORY) for element in tree.xpath(_HISTORY_XPATH)]
    for element, mark in [*marked, *((one, _START) for one in tree.xpath(_QUOTATION_XPATH))]:
        first = etree.Element("div")
        first.text, first.tail, element.text = mark, element.text, None
        element.insert(0, first)
        if mark == _START:
            etree.SubElement(element, "div").text = _END
    text = markup.extract_text(etree.tostring(tree, encoding="unicode", method="html"))
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):  # quotations as plain mails write them
        depth += (line == _START) - (line == _END)
        if line not in (_START, _END):
            lines.append(f"{'>' * depth} {line}" if depth and line != _HISTORY else line)
    lines, headers = _own_part(lines, title, is_forwarded)
    own_text = markup.clean_plain_text("\n".join(lines))
    return Body(_drop_boilerplate(own_text.split("\n\n")), len(text), headers)


def _own_part(
    lines: list[str], title: str, is_forwarded: bool
) -> tuple[list[str], Mapping[str, str]]:
    """Return the lines of what the sender wrote, and its printed headers.

    In a forwarded mail, it is what the first sender wrote who wrote more than a note. Notes above
    it that state an embargo are kept.
    """
    parts: list[tuple[list[str], _Part]] = []
    for part in _split(lines, title, is_forwarded):
        is_below_text = len(parts) > 1 or any(text for text, _ in parts)
        if part.is_quoted and is_below_text and not is_forwarded:
            break
        own = _drop_signature(_drop_quotations(part.lines))
        if not any(map(str.strip, own)):
            own = []
            if is_forwarded or part.is_forwarded:
                own = _drop_signature([_QUOTED.sub("", line, count=1) for line in part.lines])
        parts.append((own, part))
    size_below = sum(len(line) for own, _ in parts for line in own)
    notes: list[str] = []
    for own, part in parts:
        size = sum(map(len, own))
        size_below -= size
        if size >= min(MAX_NOTE_LENGTH, size_below):
            return [*notes, *own], part.headers
        if find_embargo(None, "\n".join(own)):
            notes += [*own, ""]
    return notes, {}


def _split(source: Sequence[str], title: str, is_forwarded: bool) -> list[_Part]:
    """Split a mail into what each sender wrote, the last sender first."""
    lines, parts = list(source), [_Part([])]
    index = 0
    while index < len(lines):
        line = lines[index]
        is_sent_on = len(line) < MAX_INTRO_LENGTH and bool(mailers.FORWARDED.search(line))
        if is_sent_on and is_forwarded and _QUOTED.match(line):  # it is quoted like the mail
            lines[index:] = [_QUOTED.sub("", one, count=1) for one in lines[index:]]
            line = lines[index]
        is_marked = mailers.RULED.fullmatch(line) or (
            is_sent_on and line.rstrip(" *").endswith(":")
        )
        if is_marked and is_sent_on and _is_quoted(lines, index + 1):
            lines[index + 1 :] = [_QUOTED.sub("", one, count=1) for one in lines[index + 1 :]]
        below = next((one for one in lines[index + 1 : index + 4] if one.strip()), "")
        end, headers = _read_headers(lines, index + 1) if is_marked else (index + 1, {})
        is_mail = is_sent_on and mailers.ANY_HEADER.match(below)  # not "--- Notes to editors ---"
        if line == _HISTORY or (is_marked and (is_mail or "sender" in headers)):
            part = _Part([], headers, is_quoted=not is_sent_on, is_forwarded=is_sent_on)
        elif _starts_headers(lines, index, title):
            end, headers = _read_headers(lines, index)
            part = _Part([], headers, is_quoted=True)
        elif (count := _intro_length(lines, index)) and not _is_quoted(lines, index + count):
            end, part = index + count, _Part([], is_quoted=True)
        else:
            parts[-1].lines.append(line)
            index += 1
            continue
        above = parts[-1].lines
        while above and (not above[-1].strip() or mailers.RULE.fullmatch(above[-1])):
            above.pop()
        parts.append(part)
        index = end
    return parts


def _starts_headers(lines: Sequence[str], index: int, title: str) -> bool:
    """Whether the headers of a quoted mail start at a line: who sent it, and when or what on.

    In a language that is not known here, they are three labels, one with the title of the reply.
    """
    line, above = lines[index], lines[index - 1] if index else ""
    is_known = mailers.HEADER.match(line)
    label = mailers.HEADER if is_known else mailers.ANY_HEADER
    if not label.match(line) or label.match(above):
        return False
    end, headers = _read_headers(lines, index)
    if is_known:
        is_sender = not headers.get("sender", "0")[:1].isdecimal()  # not opening times
        is_one_line = mailers.ONE_LINE_HEADERS.match(line)
        return bool(is_one_line) or (is_sender and ("date" in headers or "subject" in headers))
    labels = [
        match["value"] for one in lines[index:end] if (match := mailers.ANY_HEADER.match(one))
    ]
    return len(labels) > 2 and bool(title) and title in labels


def _read_headers(lines: Sequence[str], start: int) -> tuple[int, dict[str, str]]:
    """Read headers; returns the index below them, and the first value of each known kind.

    There may be a blank line between two of them, and a value may be on the next line.
    """
    headers: dict[str, str] = {}
    end, open_kind = start, ""
    for index in range(start, min(len(lines), start + MAX_HEADER_LINES)):
        line = lines[index]
        if not line.strip():
            if headers and index > start and not lines[index - 1].strip():
                break
            continue
        if match := mailers.HEADER.match(line):
            kind = next(kind for kind in ("sender", "date", "subject", "to") if match[kind])
            value = match["value"].strip()
            headers.setdefault(kind, value)
            open_kind = "" if value else kind
        elif open_kind:
            headers[open_kind], open_kind = line.strip(), ""
        elif not mailers.ANY_HEADER.match(line) or (end < index and headers):
            break
        end = index + 1
    return end, headers


def _intro_length(lines: Sequence[str], index: int) -> int:
    """Count the lines that introduce a quotation, "On Tuesday, Edda Marsh wrote:"; often 0.

    They name a day, and the sender's address or the time, as only programs do, unless marks follow.
    """
    text = ""
    for count in range(1, MAX_INTRO_LINES + 1):
        line = lines[index + count - 1].strip(" *_\xa0") if index + count <= len(lines) else ""
        text = f"{text} {line}".strip()
        starts = mailers.INTRO_START.match(text)
        if not line or len(text) > MAX_INTRO_LENGTH or not (starts or count == 1):
            return 0
        if not text.endswith((":", "：")):
            continue
        address, verb = mailers.ADDRESS.search(text), mailers.INTRO_VERB.search(text)
        clock = mailers.CLOCK_TIME.search(text)
        names_mail = mailers.DAY.search(text) and (address or (clock and verb))
        if names_mail and (starts or (address and clock)):
            return count
        if (verb or names_mail) and _is_quoted(lines, index + count):
            return count
    return 0


def _is_quoted(lines: Sequence[str], index: int) -> bool:
    """Whether the next line with text has a quotation's mark, so that answers may follow."""
    return bool(_QUOTED.match(next((one for one in lines[index : index + 3] if one.strip()), "")))


def _drop_quotations(lines: Sequence[str]) -> list[str]:
    own: list[str] = []
    index = 0
    while index < len(lines):
        if count := _intro_length(lines, index):
            index += count
            continue
        line = lines[index]
        own.append("" if _QUOTED.match(line) else re.sub("^>(?=From )", "", line))
        index += 1
    return own


def _drop_signature(lines: list[str]) -> list[str]:
    """Return the lines above the signature, without the ones that a telephone adds."""
    own = list(takewhile(lambda line: line.replace("\xa0", " ") != "-- ", lines))
    if not any(map(str.strip, own)):
        own = [line for line in lines if line.strip() != "--"]  # a rule above the text
    for index in range(max(0, len(own) - MAX_FOOTER_LINES), len(own)):
        if not _SIGNATURE_RULE.fullmatch(own[index].strip()):
            continue
        below = [line for line in own[index + 1 :] if line.strip()]
        is_short = 0 < len(below) <= MAX_SIGNATURE_LINES and _is_signature(below)
        if is_short or any(map(mailers.LIST_FOOTER.search, below[:3])):
            own = own[:index]
            break
    return [line for line in own if not mailers.DEVICE.fullmatch(line)]


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether lines are a name, an address or the like, rather than sentences."""
    return all(
        len(line) < MAX_SIGNATURE_LENGTH
        and (not line.rstrip().endswith(_SENTENCE_ENDS) or mailers.SIGN_OFF.fullmatch(line))
        for line in lines
    )


def _drop_boilerplate(paragraphs: Sequence[str]) -> str:
    """Drop links, disclaimers, a mailing program's text, and the sign-off with what is below it."""
    own: list[str] = []
    for paragraph in paragraphs:
        if mailers.NOTICE.search(paragraph):
            is_boilerplate = len(paragraph) <= MAX_NOTICE_LENGTH
        else:
            is_short = len(paragraph) < MAX_BOILERPLATE_LENGTH
            is_boilerplate = is_short and bool(mailers.BOILERPLATE.search(paragraph))
        own += [] if is_boilerplate else [paragraph]
    lines = "\n\n".join(own).split("\n")
    for index in range(max(1, len(lines) - MAX_FOOTER_LINES), len(lines)):
        if mailers.SIGN_OFF.fullmatch(lines[index]) and _is_signature(lines[index:]):
            return "\n".join(lines[:index]).rstrip()
    return "\n".join(lines)
