"""Read the headline, byline and day above the story of a plain file, by rules.

The lines stay in the text. In doubt a file has no title, since a sentence of the story would
otherwise be shown as the outlet's headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from bot.ingest.head.lines import HeadFields, dateline_day, merge, parse_line
from bot.ingest.metadata import Metadata, Published, drop_empty
from bot.languages.table import bylines
from bot.text.sentences import sentences

MAX_HEAD_CHARACTERS = 6_000
MAX_DECKS, MAX_HEADLINE_LENGTH = 2, 100

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?(?:\s*\{[^{}]*\})?")
_UNSEEN = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\w)")
_ASIDE = re.compile(r"[>|]|(?:[-–—•·*▪●◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_CLOSING_MARKS = "”’\"')]» "
_TURN = re.compile(r"(?P<who>[A-Z][\w.'’ -]{0,39}?)\s*(?:\([^)]*\)\s*)?:(?:\s|$)")


class _Line(NamedTuple):
    """A line and the number of its block; `fields` is None if it may be a headline, or text."""

    text: str
    block: int
    is_heading: bool
    fields: HeadFields | None


def read_head(text: str, *, is_markdown: bool = False) -> Metadata:
    """Read the title, the byline and the day of publication above a story, if they are there."""
    lines = _split_lines(text, is_markdown)
    head = _read_lines(lines)
    day = head.published_on or _find_dateline_day([one.text for one in lines])
    return drop_empty(
        title=" ".join(head.title.split()),
        byline=" ".join(head.byline.split()),
        published=Published(on=day, at=None, printed=day.isoformat()) if day else None,
    )


def _split_lines(text: str, is_markdown: bool) -> list[_Line]:
    """Split the start of a text into lines; blank lines and headings start a block."""
    head = text[:MAX_HEAD_CHARACTERS].removeprefix("\ufeff")
    sources = (_LINK.sub(r"\g<text>", _UNSEEN.sub("", head)) if is_markdown else head).splitlines()
    lines: list[_Line] = []
    block = 0
    for source in sources:
        heading = _HEADING.fullmatch(source.strip())
        text = (heading["text"] if heading else source).strip()
        text = _EMPHASIS.sub(r"\g<text>", text).strip()
        is_heading = bool(heading) and any(map(str.isalnum, text))
        block += is_heading or not text
        if text:
            lines.append(_Line(text, block, is_heading, parse_line(text)))
            block += is_heading
    return lines


def _read_lines(lines: Sequence[_Line]) -> HeadFields:
    """Merge the fields of the lines above the story."""
    head = HeadFields()
    decks = at = 0
    while at < len(lines):
        line = lines[at]
        if line.fields is not None:
            head, at = merge([head, line.fields]), at + 1
            continue
        run = [
            one.text
            for one in takewhile(lambda one: one.fields is None, lines[at:])
            if one.block == line.block
        ]
        at += len(run)
        below = lines[at:]
        if head.title:
            if decks == MAX_DECKS or len(line.text) > MAX_HEADLINE_LENGTH:
                return head
            decks += 1
            continue
        if (
            not line.is_heading
            and any(one.is_heading for one in below[:3])
            and (all(map(_ASIDE.match, run)) or not any(map(_is_story, run)))
        ):
            continue
        signed = merge(one.fields for one in takewhile(lambda one: one.fields is not None, below))
        is_signed = bool(signed.byline)
        title = line.text if line.is_heading else _find_headline(run, below, is_signed=is_signed)
        head = merge([head, HeadFields(title=title)])
        if title or (len(run) == 1 and _is_like_name(run[0])):
            continue  # or the name of an outlet, a sender or the writer
        return merge([head, signed]) if len(line.text) < MAX_HEADLINE_LENGTH else head
    return head


def _find_dateline_day(lines: Sequence[str]) -> date | None:
    """Return the day with which a story begins: "LOWER ARLE, 2 December 2026 – The council …".

    The place is in capitals, or a notice above says what it is: a press release. Otherwise it may
    be the day that the story tells of.
    """
    for index, line in enumerate(lines):
        if day := dateline_day(line):
            is_release = any(map(bylines.is_notice, lines[:index]))
            return day if is_release or line.partition(",")[0].isupper() else None
        if _is_story(line):
            break
    return None


def _is_story(line: str) -> bool:
    """Whether a line ends a sentence, or is long, or is in a list."""
    is_sentence = line.rstrip(_CLOSING_MARKS).endswith((".", "!", "?", "…"))
    return is_sentence or len(line) >= MAX_HEADLINE_LENGTH or bool(_ASIDE.match(line))


def _find_headline(lines: Sequence[str], below: Sequence[_Line], *, is_signed: bool) -> str:
    """Return the headline in a block of lines, without its deck; "" if it may be anything else."""
    next_lines = [one.text for one in below]
    headline = lines[0]
    for above, line in pairwise(lines):
        is_unfinished = line[0].islower() or bylines.is_unfinished(above)
        if not is_unfinished:
            break  # a deck
        headline = f"{headline} {line}"
    turns = [_TURN.match(line) for line in (headline, *next_lines[:3])]
    if (
        not any(map(_is_story, next_lines))
        or len(lines) > (4 if is_signed else 2)
        or len(headline) >= MAX_HEADLINE_LENGTH
        or headline[0].islower()
        or next_lines[0][0].islower()  # a paragraph with blank lines between its lines
        or headline.endswith((";", ":", ",", "–", "—", "-"))
        or ends_with_full_stop(headline)
        or len(sentences(headline)) > 1
        or _ASIDE.match(headline)
        or any(map(_is_story, lines[1:]))
        or (turns[0] and any(turns[1:]))
        or (_is_like_name(headline) and not is_signed)
        or dateline_day(headline)
    ):
        return ""
    return headline


def _is_like_name(line: str) -> bool:
    """Whether a line may be the name of a person, a place or an outlet."""
    words = line.split()
    return len(words) == 2 and all(word[0].isupper() for word in words) and line[-1].isalnum()


def ends_with_full_stop(line: str) -> bool:
    """Whether a line ends with a full stop that is not part of an abbreviation."""
    line = line.rstrip(_CLOSING_MARKS)
    return line.endswith((".", "…")) and not bylines.ABBREVIATION.search(line)
