"""Extract what an e-mail's sender wrote, without quotations, signatures and boilerplate.

Only replies and forwarded mails have a history; what looks like one in another mail is its text.

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
from bot.ingest.formats.html.source import parse_page
from bot.ingest.formats.properties import find_embargo

MAX_NOTE_LENGTH = 300
"""Characters of a note above a forwarded release; a longer text is a release itself."""
_WRAPPED_LENGTHS = range(50, 91)
"""The lengths of the lines of a wrapped paragraph, except for its last line."""
MAX_HEADER_LINES, MAX_INTRO_LINES, MAX_INTRO_LENGTH = 30, 4, 300
MAX_SIGNATURE_LINES, MAX_SIGNATURE_LENGTH = 12, 80
MAX_BOILERPLATE_LENGTH = 200

_QUOTED = re.compile(r"^\s?>(?!From )\s?")
"""A quotation's mark; mailboxes also put one before a line that starts with "From "."""
_RULES = " \t\xa0_=*–—-"  # of which lines above a quoted mail or a signature are drawn
_SENTENCE_ENDS = (".", "!", "?", ":", "”")
_HIDDEN_XPATH = (
    "//*[contains(translate(concat(@class, ' ', @id, ' '), 'S', 's'), 'signature ')"
    " or contains(translate(@style, ' ', ''), 'display:none')]"
)
_QUOTATION_XPATH = (
    "//blockquote[@type='cite' or contains(concat(@class, @id), 'mail_quote')"
    " or ancestor::*[contains(@class, 'gmail_quote')]]"
)
_HISTORY_XPATH = (
    "//*[@id='divRplyFwdMsg' or @id='OLK_SRC_BODY_SECTION' or contains(@class, 'yahoo_quoted')"
    " or @id='mail-editor-reference-message-container']"
)
_START, _END, _HISTORY = "\ue000", "\ue001", "\ue002"
"""Private characters that mark quotations and the history between tree and text."""

_FORWARDED_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|vs|i|rv|enc|doorst)\s*:", re.IGNORECASE)
_REPLIED_SUBJECT = re.compile(r"\s*(?:re|aw|antw|sv|odp|ref)\s*(?:\[\d+\])?:", re.IGNORECASE)
SUBJECT_PREFIX = re.compile(
    rf"^(?:{_FORWARDED_SUBJECT.pattern}|{_REPLIED_SUBJECT.pattern}|\[external\])*\s*", re.IGNORECASE
)
_HEADER = re.compile(
    r"\s*[*_]*(?P<label>[^\W\d_][\w -]{0,15}?)[\s*_]*[:：][*_]*(?:\s+(?P<value>.*)|$)"
)
"""A line that may be a header of a quoted mail, in any language."""
_LABELS = {
    "sender": "from, von, de, da, van, från, fra, od, от",
    "date": "sent, date, gesendet, datum, envoyé, enviado, enviado el, enviada, enviada em, fecha,"
    " inviato, data, verzonden, skickat, sendt, dato, wysłano, отправлено, дата",
    "subject": "subject, betreff, objet, asunto, assunto, oggetto, onderwerp, ämne, emne, temat,"
    " тема",
    "to": "to, an, à, para, a, aan, till, til, do, кому, cc, bcc, reply-to, attachments",
}
_KINDS = {label: kind for kind, labels in _LABELS.items() for label in labels.split(", ")}
_RULED = re.compile(r"[\s*_]*-{2,}\s*[^\W\d_].{1,80}?-{2,}[\s*_]*")
_FORWARDED = (
    *("forwarded", "weitergeleitet", "transféré", "réexpédié", "reenviado", "encaminhada"),
    *("inoltrato", "doorgestuurd", "vidarebefordra", "przekazan", "пересылаем"),
)
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
_MARKED_ADDRESS = re.compile(rf"[<(\[](?:mailto:)?{_ADDRESS.pattern}")
_CLOCK_TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
_DAY = re.compile(r"\b\d{1,4}[./-]\d{1,2}\b|\b(?:19|20)\d\d\b|\d月")

_SIGN_OFF = re.compile(
    r"(?:(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|regards|yours \w+|(?:many )?thanks"
    r"|(?:mit )?\w+ grüßen?|(?:bien )?cordialement|(?:\w+ )?salu\w+)[,.!]?(?: \w+){0,2}",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online|html)\b"
    r"|\bunsubscribe\b|\A.{0,40}https?://\S+\Z|don.t often get email|\A-----begin pgp"
    r"|\A(?:sent (?:from|via|with)|get outlook for|von meinem|gesendet von|envoyé de|enviado desde"
    r"|inviato da|verzonden vanaf|skickat från) [^,;?!]{1,60}\Z",
    re.IGNORECASE,
)
"""What mailing programs and telephones print above and below a text, and bare links."""
_DISCLAIMER = re.compile(
    r"\b(?:intended|named) (?:recipient|addressee)|\breceived (?:this|it)\b.{0,60}\bin error\b"
    r"|\bintended (?:solely|only|exclusively) for\b|\bvertrauliche informationen\b",
    re.IGNORECASE | re.DOTALL,
)
"""A notice of confidentiality, below which nothing is the sender's own."""


class Body(NamedTuple):
    """What the sender wrote, and whether it was HTML.

    `headers` are those printed above the text if it was forwarded, by kind ("sender", "date"). It
    `is_thin` if most was taken for history.
    """

    text: str = ""
    headers: Mapping[str, str] = {}
    is_rich: bool = False
    is_thin: bool = False


class _Part(NamedTuple):
    """The lines of one mail, whether it was only quoted, and its printed headers."""

    lines: list[str]
    headers: Mapping[str, str] = {}
    is_quoted: bool = True


def is_forward(subject: str) -> bool:
    """Whether a mail was sent on, by its subject: "Fwd: North gate"."""
    return bool(_FORWARDED_SUBJECT.match(subject))


def extract_plain(source: str, subject: str) -> Body:
    """Extract plain text, joining wrapped lines.

    If a mail was forwarded with at most a short note, the forwarded mail is extracted.
    """
    lines, headers, is_thin = _own_part(source.splitlines(), subject)
    paragraphs: list[str] = []
    for paragraph in markup.clean_plain_text("\n".join(lines)).split("\n\n"):
        lines = paragraph.split("\n")
        is_wrapped = all(len(line) in _WRAPPED_LENGTHS for line in lines[:-1])
        paragraphs.append(" ".join(lines) if is_wrapped else paragraph)
    return Body("\n\n".join(paragraphs), headers, is_thin=is_thin)


def extract_html(source: str, subject: str) -> Body:
    """Extract the text of HTML as of plain text. Raises Refusal as `parse_page` does."""
    if not source.strip():
        return Body()
    tree = parse_page(re.sub(f"[{_START}-{_HISTORY}]", "", source))
    for element in tree.xpath(_HIDDEN_XPATH):
        if element.getparent() is not None:
            element.drop_tree()
    history = [(element, _HISTORY) for element in tree.xpath(_HISTORY_XPATH)]
    for element, mark in [*history, *((one, _START) for one in tree.xpath(_QUOTATION_XPATH))]:
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
    lines, headers, is_thin = _own_part(lines, subject)
    return Body(markup.clean_plain_text("\n".join(lines)), headers, True, is_thin)


def _own_part(lines: list[str], subject: str) -> tuple[list[str], Mapping[str, str], bool]:
    """Return the lines of what the sender wrote, its printed headers, and whether it is thin.

    In a forwarded mail, it is what the first sender wrote who wrote more than a note. Notes above
    it that state an embargo are kept.
    """
    is_forwarded, is_first = is_forward(subject), SUBJECT_PREFIX.sub("", subject) == subject
    split = _split(lines, is_forwarded)
    if is_first and any(split[0].lines) and all(one.is_quoted for one in split[1:]):
        own = [_QUOTED.sub("", one, count=1) for one in lines if one != _HISTORY]
        return _drop_signature(own), {}, False
    parts: list[tuple[list[str], Mapping[str, str]]] = []
    for part in split:
        if part.is_quoted and not is_forwarded and any(own for own, _ in parts):
            break
        own = _drop_signature(
            ["" if _QUOTED.match(one) else one.removeprefix(">") for one in part.lines]
        )
        parts.append((own, part.headers))
    size_below = sum(len(line) for own, _ in parts for line in own)
    notes: list[str] = []
    for own, headers in parts:
        size = sum(map(len, own))
        size_below -= size
        if size >= min(MAX_NOTE_LENGTH, size_below):
            is_thin = size < MAX_NOTE_LENGTH and 4 * size < sum(map(len, lines))
            return [*notes, *own], headers, is_thin
        if find_embargo(None, "\n".join(own)):
            notes += [*own, ""]
    return notes, {}, False


def _split(source: Sequence[str], is_forwarded: bool) -> list[_Part]:
    """Split a mail into what each sender wrote, the last sender first."""
    lines, parts = list(source), [_Part([], is_quoted=False)]
    index = 0
    while index < len(lines):
        line = lines[index]
        end, part = index + 1, None
        bare = _QUOTED.sub("", line).strip(" *").casefold() if len(line) < MAX_INTRO_LENGTH else ""
        is_sent_on = bare.endswith((":", "--")) and any(one in bare for one in _FORWARDED)
        if is_sent_on and (is_forwarded or not _QUOTED.match(line)):
            if _is_quoted(lines, index + 1):
                lines[index:] = [_QUOTED.sub("", one, count=1) for one in lines[index:]]
            below = next((one for one in lines[index + 1 : index + 4] if one.strip()), "")
            if _HEADER.match(below):  # not "--- Notes to editors ---"
                end, headers = _read_headers(lines, index + 1)
                part = _Part([], headers, is_quoted=False)
        elif line == _HISTORY:
            part = _Part([])
        elif _starts_headers(lines, index):
            end, headers = _read_headers(lines, index)
            part = _Part([], headers)
        elif count := _intro_length(lines, index):
            end = index + count
            if is_forwarded and all(map(_QUOTED.match, filter(str.strip, lines[end:]))):
                lines[end:] = [_QUOTED.sub("", one, count=1) for one in lines[end:]]
            if _is_quoted(lines, end):
                index = end
                continue
            part = _Part([])
        if part is None:
            parts[-1].lines.append(lines[index])
            index += 1
            continue
        above = parts[-1].lines
        while above and (not above[-1].strip(_RULES) or _RULED.fullmatch(above[-1])):
            above.pop()
        parts.append(part)
        index = end
    return parts


def _starts_headers(lines: Sequence[str], index: int) -> bool:
    """Whether the headers of a quoted mail start at a line: who sent it, and when or what on."""
    if not any(_header(lines[index]) or ()):
        return False
    _, headers = _read_headers(lines, index)
    labels = re.findall(r"(\w+)\*?:\s", lines[index].casefold())  # all of them may be on one line
    kinds, sender = {*headers, *map(_KINDS.get, labels)}, headers.get("sender", "")
    is_sender = "@" in sender or ("subject" in kinds and not sender[:1].isdecimal())  # no event
    return "sender" in kinds and is_sender and not {"date", "subject"}.isdisjoint(kinds)


def _header(line: str) -> tuple[str, str] | None:
    match = _HEADER.match(line)
    kind = _KINDS.get(match["label"].casefold(), "") if match else ""
    return (kind, (match["value"] or "").strip()) if match else None


def _read_headers(lines: Sequence[str], start: int) -> tuple[int, dict[str, str]]:
    """Read headers; returns the index below them, and the first value of each known kind.

    There may be a blank line between two of them, and a value may be on the next line.
    """
    headers: dict[str, str] = {}
    end, open_kind = start, ""
    for index, line in enumerate(lines[start : start + MAX_HEADER_LINES], start=start):
        header = _header(line)
        if not line.strip():
            continue
        if header and header[0]:
            headers.setdefault(*header)
            open_kind = "" if header[1] else header[0]
        elif open_kind:
            headers[open_kind], open_kind = line.strip(), ""
        elif not header or end < index:
            break
        end = index + 1
    return end, headers


def _intro_length(lines: Sequence[str], index: int) -> int:
    """Count the lines that introduce a quotation, "On Tuesday, Edda Marsh wrote:"; often 0.

    The first one names a day. Without marks below it, there are a time and an address, too.
    """
    text = ""
    for count, line in enumerate(lines[index : index + MAX_INTRO_LINES], start=1):
        text = f"{text} {line.strip(' *_' + chr(0xA0))}".strip()
        has_day = _DAY.search(text)
        if not line.strip() or len(text) > MAX_INTRO_LENGTH or (count > 1 and not has_day):
            return 0
        if not text.endswith((":", "：")):
            continue
        has_address, has_time = _ADDRESS.search(text), _CLOCK_TIME.search(text)
        if has_day and has_time and _MARKED_ADDRESS.search(text):
            return count
        if (has_day or has_address) and _is_quoted(lines, index + count):
            return count
    return 0


def _is_quoted(lines: Sequence[str], index: int) -> bool:
    return bool(_QUOTED.match(next((one for one in lines[index : index + 3] if one.strip()), "")))


def _drop_signature(lines: Sequence[str]) -> list[str]:
    """Drop the signature, and links and what programs add; [] if nothing is left."""
    ends = ("-- ", "--\xa0", "-----BEGIN PGP SIGNATURE-----")
    own = list(takewhile(lambda line: line not in ends, lines))
    if not any(map(str.strip, own)):
        own = [line for line in lines if line.strip() != "--"]  # a rule above the text
    kept: list[str] = []
    for paragraph in re.split(r"\n[ \t\xa0]*\n|\n(?=[_-]{2,}\n)", "\n".join(own)):
        is_short = len(paragraph) < MAX_BOILERPLATE_LENGTH
        if kept and _DISCLAIMER.search(paragraph):
            break
        if not (is_short and _BOILERPLATE.search(paragraph.strip())):
            kept.append(paragraph)
    own = "\n\n".join(kept).rstrip().split("\n")
    for index in range(max(0, len(own) - MAX_SIGNATURE_LINES), len(own)):
        line, below = own[index].strip(), own[index + 1 :]
        is_rule = len(line) > 1 and not line.strip(_RULES) and all(map(str.strip, below))
        if (is_rule or (index and _SIGN_OFF.fullmatch(line))) and all(
            len(one) < MAX_SIGNATURE_LENGTH and not one.strip().endswith(_SENTENCE_ENDS)
            for one in below
        ):
            own = own[:index]
            break
    return own if any(map(str.strip, own)) else []
