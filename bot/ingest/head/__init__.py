"""What a plain file prints above its story: headline, byline and day, read by rules. Pure.

The lines stay in the text. In doubt a file has no title: a sentence of the story in its place
would be shown as what its outlet called it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.ingest.head.bylines import bare_names, is_name, is_role
from bot.ingest.head.lines import Printed, joined, printed, run_in_dateline
from bot.ingest.head.marks import Line, marked, plain
from bot.ingest.head.outlets import is_organisation
from bot.ingest.head.titles import BULLET, LONGEST, headline, is_like_a_name, is_story
from bot.ingest.metadata import Metadata, Published, Value
from bot.languages.table import headline_forms

REACH = 6_000
"""Characters at the start of a file in which its head is looked for."""
MOST_BLOCKS = 12
MOST_DECKS = 2
"""Blocks that may stand between the headline and the byline."""

_SOON = 3
_UNDERLINE = re.compile(r"[=~_*-]{3,}")


def read_head(text: str, *, is_markdown: bool = False) -> Metadata:
    """Read the title, the byline and the day of publication that stand above a story, as far as
    they do."""
    blocks = list(_blocks(text, is_markdown))
    head = joined(list(_read(blocks)))
    if not head.title:
        head = joined([head, *_late_heading(blocks)])
    on = head.on or head.updated_on
    values: dict[str, Value | None] = {
        "title": " ".join(head.title.split()),
        "byline": " ".join((head.byline or _writer(head, _lines(blocks))).split()),
        "published": Published(on=on, at=None, printed=on.isoformat()) if on else None,
    }
    return {key: value for key, value in values.items() if value}


_Block = Sequence[Line]


def _blocks(text: str, is_markdown: bool) -> Iterator[_Block]:
    """The lines at a text's start, without the blank ones, which part them; a heading is a block of
    its own."""
    lines = text[:REACH].removeprefix("\ufeff").splitlines()
    if len(text) > REACH and len(lines[-1]) < LONGEST:
        del lines[-1]  # it may be cut
    read = marked if is_markdown else plain
    block: list[Line] = []
    for line in map(read, (*lines, "")):
        if len(block) == 1 and _UNDERLINE.fullmatch(line.text) and not _is_set_apart(block):
            has_words = any(map(str.isalnum, block[0].text))
            block[0] = block[0]._replace(level=1 if is_markdown and has_words else 0)
        elif line.text and not line.level:
            block.append(line)
            continue
        if block:
            yield block
        block = []
        if line.level:
            yield [line]


class _Parts(NamedTuple):
    """A block: what is read of the lines at its start, the lines of text below, what is read of
    those behind, and whether more text follows in it."""

    above: Printed
    text: _Block
    behind: Printed
    goes_on: bool


def _parts(block: _Block) -> _Parts:
    read = [_printed(block, at) for at in range(len(block))]
    first = next((at for at, one in enumerate(read) if one is None), len(read))
    last = next((at for at in range(first, len(read)) if read[at] is not None), len(read))
    end = next((at for at in range(last, len(read)) if read[at] is None), len(read))
    above, behind = ([one for one in some if one] for some in (read[:first], read[last:end]))
    return _Parts(joined(above), block[first:last], joined(behind), end < len(read))


def _printed(block: _Block, at: int) -> Printed | None:
    """Read a line; a name is a byline where its bearer's role is on the next line."""
    line = block[at].text
    has_role = at + 1 < len(block) and is_role(block[at + 1].text)
    return printed(line) or (Printed(byline=line) if has_role and is_name(line) else None)


def _read(blocks: Sequence[_Block]) -> Iterator[Printed]:
    """What the blocks above the story say."""
    above_title = ""
    for at, block in enumerate(blocks[:MOST_BLOCKS]):
        parts, after = _parts(block), blocks[at + 1 :]
        yield parts.above
        if parts.above.title:
            yield from _below_title(blocks[at + 1 : MOST_BLOCKS])
            return
        if not parts.text or (_is_set_apart(block) and _has_heading(after)):
            continue
        if title := "" if _is_sender(block, after) else _title(parts, after):
            yield parts.behind._replace(title=title, byline=parts.behind.byline)
            if not parts.goes_on:
                yield from _below_title(blocks[at + 1 : MOST_BLOCKS])
            yield Printed(byline=_unmentioned(above_title, _lines(after)))
            return
        if len(parts.text) > 1 or not _is_letterhead(block, after):
            yield run_in_dateline(parts.text[0].text) or Printed()
            is_signed = len(parts.text[0].text) < LONGEST and _is_signed(parts, after)
            if is_signed or _is_letter(after):
                yield parts.behind
            if is_signed:  # below a headline with a full stop
                yield from _below_title(blocks[at + 1 : MOST_BLOCKS])
            return
        yield parts.behind
        above_title = parts.text[0].text  # an outlet's name, a place's, or the writer's


def _below_title(blocks: Sequence[_Block]) -> Iterator[Printed]:
    """What stands between the headline and the story, or behind a deck."""
    decks, has_story = 0, False
    for at, block in enumerate(blocks):
        parts = _parts(block)
        yield parts.above
        if not parts.text:
            continue
        if day := run_in_dateline(parts.text[0].text):
            yield day
            return
        if parts.goes_on or decks == MOST_DECKS:
            return
        yield parts.behind
        is_above = not has_story and len(parts.text) == 1 and any(map(_is_story, blocks[at + 1 :]))
        if is_above and (who := _unmentioned(parts.text[0].text, _lines(blocks[at:]))):
            yield Printed(byline=who)
        else:
            decks += 1
            has_story = decks > 1 or len(parts.text[0].text) > LONGEST


def _title(parts: _Parts, after: Sequence[_Block]) -> str:
    """The headline that a block's text is; "" if it is none."""
    lines = [line.text for line in parts.text]
    if parts.text[0].level:
        return lines[0]
    if _has_heading(after):
        return ""
    is_signed = _is_signed(parts, after)
    if parts.goes_on:
        is_set_off = parts.behind != Printed()
        return headline(lines, _lines(after), is_signed=is_signed) if is_set_off else ""
    if not any(map(_is_story, after)):
        return ""
    # A letter's address; or lines of one paragraph, with blank ones between them.
    if _is_letter(after) and (len(lines) > 1 or any(map(str.isdigit, lines[0]))):
        return ""
    if after[0][0].text[0].islower() and _parts(after[0]).text:
        return ""
    return headline(lines, _lines(after), is_signed=is_signed)


def _is_signed(parts: _Parts, after: Sequence[_Block]) -> bool:
    """Whether a byline stands directly below a block's text."""
    below = joined([parts.behind, _parts(after[0]).above]) if after else parts.behind
    return bool(below.byline or below.bare_name)


def _has_heading(after: Sequence[_Block]) -> bool:
    return any(block[0].level for block in after[:_SOON])


def _is_set_apart(block: _Block) -> bool:
    """Whether a block is a quotation, a table or a list, which may stand above a heading."""
    return all(line.text.startswith((">", "|")) or BULLET.match(line.text) for line in block)


def _is_story(block: _Block) -> bool:
    return is_story([line.text for line in block])


def _is_letterhead(block: _Block, after: Sequence[_Block]) -> bool:
    return is_like_a_name(_parts(block).text[0].text) or _is_sender(block, after)


def _is_sender(block: _Block, after: Sequence[_Block]) -> bool:
    """Whether a press release begins with who sends it."""
    lines = _lines([block, *after[:_SOON]])
    return is_organisation(_parts(block).text[0].text) and any(
        map(headline_forms.RELEASE.match, lines)
    )


def _is_letter(after: Sequence[_Block]) -> bool:
    return any(headline_forms.SALUTATION.match(block[0].text) for block in after[:_SOON])


def _lines(blocks: Sequence[_Block]) -> list[str]:
    return [line.text for block in blocks for line in block]


def _writer(head: Printed, lines: Sequence[str]) -> str:
    """The name beside the day, if there is a headline and the story tells of nobody called so."""
    story = [line for line in lines if printed(line) is None]
    return _unmentioned(head.bare_name, story) if head.title and head.bare_name else ""


def _unmentioned(line: str, story: Sequence[str]) -> str:
    """The names that a line holds, if they are nobody's and no place's in the story."""
    names = bare_names(line)
    if names is None:
        return ""
    about = re.compile(rf"{re.escape(names)} (?:is|has|can|covers|reports|writes)\b", re.IGNORECASE)
    told = " ".join(one for one in story if one != line and not about.match(one)).casefold()
    last = re.split(r"[\s-]", names)[-1].casefold()
    return "" if re.search(rf"\b{re.escape(last)}\b", told) else names


def _late_heading(blocks: Sequence[_Block]) -> Iterator[Printed]:
    """Read the one heading of the first level, wherever it stands, and what is below it."""
    found = [at for at, block in enumerate(blocks) if block[0].level == 1]
    if len(found) == 1 and not printed(title := blocks[found[0]][0].text):
        yield Printed(title=title)
        yield from _below_title(blocks[found[0] + 1 : found[0] + MOST_BLOCKS])
