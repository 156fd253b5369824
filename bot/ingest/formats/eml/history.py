"""Tell what a sender wrote from quoted and forwarded mails, line by line.

A quoted mail follows a line of its program's own ("-----Original Message-----"), its headers
("From: … Sent: …"), or a line "On Tuesday, Edda Marsh wrote:"; or each of its lines starts with
">". Answers between such lines are the sender's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Literal, NamedTuple

from bot.ingest.formats.eml import mailers
from bot.ingest.formats.properties import find_embargo

MAX_NOTE_LENGTH = 300
"""Characters of a note above a forwarded release; a longer text is a release itself."""
MAX_HEADER_LINES = 15
"""Lines in which the headers of a quoted mail are looked for."""
MAX_INTRO_LINES = 4
MAX_INTRO_LENGTH = 300
MAX_BARE_INTRO_LENGTH = 100
"""The same if it is only a day and an address: "2026-11-03 Edda Marsh <edda@quay.example>"."""
MAX_SIGNATURE_LINES = 12
"""Lines below a "--" without the space that makes it the mark of a signature."""
MAX_SIGNATURE_LENGTH = 80
MAX_FOOTER_LINES = 40
"""Lines at the end of a mail in which such marks are looked for."""

_DASHES = re.compile(r"[—–]{1,2}|[-_]{3,}")
"""A rule that may be above a signature."""
_QUOTED = re.compile(r"\s?>")
_QUOTATION_MARK = re.compile(r"\s?>\s?")
_ESCAPED_FROM = re.compile(r">+From ")
"""How mailboxes write a line that starts with "From "."""


class Sent(NamedTuple):
    """What one sender wrote: its lines, and the headers of the quoted mail by kind."""

    lines: Sequence[str]
    headers: Mapping[str, str]


class _Part(NamedTuple):
    """The lines of one mail, how it got below the mail above it, and its printed headers."""

    origin: Literal["own", "forwarded", "quoted"]
    lines: list[str]
    headers: dict[str, str]


def own_part(lines: Sequence[str], *, is_forwarded: bool) -> Sent:
    """Return what the sender wrote, without the signature and the history.

    In a forwarded mail, it is what the first sender wrote who wrote more than a note. Notes above
    it that state an embargo are kept.
    """
    parts = _forwarded_parts(_split(lines, is_forwarded), is_forwarded)
    texts = [_without_history(part, is_forwarded) for part in parts]
    sizes = [sum(map(len, text)) for text in texts]
    size_below = sum(sizes)
    notes: list[str] = []
    for part, text, size in zip(parts, texts, sizes, strict=True):
        size_below -= size
        if size >= min(MAX_NOTE_LENGTH, size_below):
            return Sent([*notes, *text], part.headers)
        if find_embargo(None, "\n".join(text)):
            notes += [*text, ""]
    return Sent(notes, {})


def _forwarded_parts(parts: Sequence[_Part], is_forwarded: bool) -> Sequence[_Part]:
    """Return the parts down to the first one that was only quoted.

    A mail below nothing at all was sent on.
    """
    count = 1
    for part in parts[1:]:
        is_alone = count == 1 and not any(_without_history(parts[0], is_forwarded=False))
        if part.origin == "quoted" and not is_forwarded and not is_alone:
            break
        count += 1
    return parts[:count]


def _without_history(part: _Part, is_forwarded: bool) -> list[str]:
    """Drop the quotations and the signature; if all of a forwarded mail is quoted, it is kept."""
    lines = _drop_signature(_drop_quotations(part.lines))
    if not any(map(str.strip, lines)) and (is_forwarded or part.origin == "forwarded"):
        lines = _drop_signature(_unquote(part.lines))
    return lines


def _split(lines: Sequence[str], is_forwarded: bool) -> list[_Part]:
    """Split a mail into what each sender wrote, the last sender first.

    The line above a forwarded mail may be quoted like the mail itself.
    """
    parts = [_Part("own", [], {})]
    index = 0
    lines = list(lines)
    while index < len(lines):
        if is_forwarded and mailers.FORWARDED.fullmatch(_QUOTATION_MARK.sub("", lines[index])):
            _unquote_below(lines, index)
        if mailers.FORWARDED.fullmatch(lines[index]):
            _unquote_below(lines, index + 1)
            end, headers = _read_headers(lines, index + 1)
            parts.append(_Part("forwarded", [], headers))
        elif mailers.ORIGINAL.fullmatch(lines[index]):
            end, headers = _read_headers(lines, index + 1)
            parts.append(_Part("quoted", [], headers))
        elif _starts_headers(lines, index):
            end, headers = _read_headers(lines, index)
            parts.append(_Part("quoted", [], headers))
        elif count := _count_intro_lines(lines, index):
            end = index + count
            parts.append(_Part("quoted", [], {}))
        else:
            parts[-1].lines.append(lines[index])
            index += 1
            continue
        _drop_rules(parts[-2].lines)
        index = end
    return parts


def _starts_headers(lines: Sequence[str], index: int) -> bool:
    """Whether the headers of a quoted mail start at a line: who sent it, and when or to whom."""
    if mailers.ONE_LINE_HEADERS.match(lines[index]):
        return True
    if not mailers.HEADER.match(lines[index]):
        return False
    if index and mailers.HEADER.match(lines[index - 1]):
        return False  # they would start there
    headers = _read_headers(lines, index, is_strict=True)[1]
    is_sender = not headers.get("from", "0")[:1].isdecimal()  # "From: 10:00" may be opening times
    return is_sender and ("date" in headers or len(headers) > 2)


def _read_headers(
    lines: Sequence[str], start: int, *, is_strict: bool = False
) -> tuple[int, dict[str, str]]:
    """Read headers; returns the index below them, and the first value of each kind.

    There may be a blank line between two of them, and a value may be on the next line. Unless
    `is_strict`, any words before a colon are a header.
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
            kind = next(name for name in mailers.HEADER_KINDS if match[name])
            headers.setdefault(kind, match["value"].strip())
            open_kind = "" if match["value"].strip() else kind
        elif open_kind:
            headers[open_kind], open_kind = line.strip(), ""
        elif mailers.ONE_LINE_HEADERS.match(line):
            pass
        elif is_strict or not mailers.ANY_HEADER.match(line):
            break
        end = index + 1
    return end, headers


def _count_intro_lines(lines: Sequence[str], index: int) -> int:
    """Count the lines from `index` that introduce a quotation without marks; 0 if they do not."""
    if not mailers.INTRO_START.match(lines[index].strip()):
        return int(_is_complete_intro(lines[index]) and not _is_quoted_below(lines, index + 1))
    for count in range(1, MAX_INTRO_LINES + 1):
        text = " ".join(line.strip() for line in lines[index : index + count])
        if len(text) > MAX_INTRO_LENGTH:
            return 0
        if _is_intro(text) and _names_a_mail(text):
            return 0 if _is_quoted_below(lines, index + count) else count
    return 0


def _is_complete_intro(line: str) -> bool:
    """Whether a line in any language has the day, the time and the address, and ends with ":"."""
    return (
        line.rstrip().endswith(":")
        and len(line) <= MAX_INTRO_LENGTH
        and mailers.CLOCK_TIME.search(line) is not None
        and mailers.DAY.search(line) is not None
        and mailers.ADDRESS.search(line) is not None
    )


def _is_quoted_below(lines: Sequence[str], index: int) -> bool:
    """Whether the next line with text has a quotation mark, so that answers may follow."""
    below = (line for line in lines[index : index + 3] if line.strip())
    return bool(_QUOTED.match(next(below, "")))


def _is_intro(text: str) -> bool:
    text = text.strip(" *_\xa0")
    if text.endswith((":", "：")):
        return bool(mailers.INTRO_VERB.search(text) or _names_a_mail(text))
    return text.endswith(">") and _names_a_mail(text) and len(text) < MAX_BARE_INTRO_LENGTH


def _names_a_mail(text: str) -> bool:
    """Whether a line names a day, and the sender's address or the time, as only programs do."""
    has_address, has_time = mailers.ADDRESS.search(text), mailers.CLOCK_TIME.search(text)
    has_day, has_verb = mailers.DAY.search(text), mailers.INTRO_VERB.search(text)
    return bool(has_day and (has_address or (has_time and has_verb)))


def _drop_quotations(lines: Sequence[str]) -> list[str]:
    own_lines: list[str] = []
    for index, line in enumerate(lines):
        if not _QUOTED.match(line) or _is_escaped_from(lines, index):
            own_lines.append(line.removeprefix(">") if _ESCAPED_FROM.match(line) else line)
            continue
        while own_lines and not own_lines[-1].strip():
            own_lines.pop()
        _drop_intro(own_lines)
        own_lines.append("")
    return own_lines


def _is_escaped_from(lines: Sequence[str], index: int) -> bool:
    neighbours = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return bool(_ESCAPED_FROM.match(lines[index])) and not any(map(_QUOTED.match, neighbours))


def _drop_intro(lines: list[str]) -> None:
    """Drop "On Tuesday, Edda Marsh wrote:" at the end of the lines, which programs wrap."""
    for count in range(MAX_INTRO_LINES, 0, -1):
        last_lines = [line.strip() for line in lines[-count:]]
        text = " ".join(last_lines)
        is_whole = count == 1 or mailers.INTRO_START.match(last_lines[0] if last_lines else "")
        if all(last_lines) and is_whole and len(text) < MAX_INTRO_LENGTH and _is_intro(text):
            del lines[-count:]
            return


def _drop_rules(lines: list[str]) -> None:
    while lines and (not lines[-1].strip() or mailers.RULE.fullmatch(lines[-1])):
        lines.pop()


def _drop_signature(lines: Sequence[str]) -> list[str]:
    """Return the lines above the signature, without the ones that a telephone adds."""
    own_lines = list(takewhile(lambda line: line.replace("\xa0", " ") != "-- ", lines))
    if not any(map(str.strip, own_lines)):
        own_lines = [line for line in lines if line.strip() != "--"]  # a rule above the text
    for index in range(max(0, len(own_lines) - MAX_FOOTER_LINES), len(own_lines)):
        if _starts_footer(own_lines[index], own_lines[index + 1 :]):
            own_lines = own_lines[:index]
            break
    return [line for line in own_lines if not mailers.DEVICE.fullmatch(line)]


def _starts_footer(line: str, lines_below: Sequence[str]) -> bool:
    """Whether a line is above a signature, or above what a mailing list adds."""
    below = [other for other in lines_below if other.strip()]
    if line.strip() == "--":
        return len(below) <= MAX_SIGNATURE_LINES
    if _DASHES.fullmatch(line.strip()):
        return 0 < len(below) <= MAX_SIGNATURE_LINES and all(map(_is_signature_line, below))
    is_rule = re.fullmatch(r"_{10,}", line.strip()) is not None
    return is_rule and any(map(mailers.LIST_FOOTER.search, below[:3]))


def _is_signature_line(line: str) -> bool:
    return len(line) < MAX_SIGNATURE_LENGTH and not line.rstrip().endswith((".", "!", "?", "”"))


def _unquote_below(lines: list[str], index: int) -> None:
    """Drop one mark from each line, if the next line with text has one."""
    if _is_quoted_below(lines, index):
        lines[index:] = _unquote(lines[index:])


def _unquote(lines: Sequence[str]) -> list[str]:
    return [_QUOTATION_MARK.sub("", line, count=1) for line in lines]
