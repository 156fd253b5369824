"""Read the headline, byline and day above the story of a plain file, by rules.

The lines stay in the text. In doubt a file has no title, since a sentence of the story would
otherwise be shown as the outlet's headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.ingest.head.bylines import is_name, is_role, parse_names
from bot.ingest.head.lines import HeadFields, merge, parse_line, parse_run_in_dateline
from bot.ingest.head.markdown_lines import Line, parse_markdown_line, parse_plain_line
from bot.ingest.head.outlets import is_organisation
from bot.ingest.head.titles import (
    BULLET,
    MAX_HEADLINE_LENGTH,
    find_headline,
    is_like_name,
    is_story,
)
from bot.ingest.metadata import Metadata, Published, drop_empty
from bot.languages.table import headline_forms

MAX_HEAD_CHARACTERS = 6_000
"""Characters at the start of a file that are searched."""
MAX_BLOCKS = 12
MAX_DECKS = 2
"""Blocks that may be between the headline and the byline."""

_NEXT_BLOCK_COUNT = 3
"""How many of the next blocks are searched for a heading, a release line or a salutation."""
_UNDERLINE = re.compile(r"[=~_*-]{3,}")


def read_head(text: str, *, is_markdown: bool = False) -> Metadata:
    """Read the title, the byline and the day of publication above a story, if they are there."""
    blocks = list(_split_blocks(text, is_markdown))
    head = merge(_read_blocks(blocks))
    if not head.title:
        head = merge([head, *_read_late_heading(blocks)])
    day = head.published_on or head.updated_on
    return drop_empty(
        title=" ".join(head.title.split()),
        byline=" ".join((head.byline or _bare_name(head, _lines(blocks))).split()),
        published=Published(on=day, at=None, printed=day.isoformat()) if day else None,
    )


_Block = Sequence[Line]


def _split_blocks(text: str, is_markdown: bool) -> Iterator[_Block]:
    """Split the start of a text into blocks at blank lines; a heading is a block of its own."""
    lines = text[:MAX_HEAD_CHARACTERS].removeprefix("\ufeff").splitlines()
    if len(text) > MAX_HEAD_CHARACTERS and len(lines[-1]) < MAX_HEADLINE_LENGTH:
        del lines[-1]  # it may be cut
    parse = parse_markdown_line if is_markdown else parse_plain_line
    block: list[Line] = []
    for line in map(parse, (*lines, "")):
        if len(block) == 1 and _UNDERLINE.fullmatch(line.text) and not _is_aside(block):
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


class _ParsedBlock(NamedTuple):
    """A block of the head.

    `fields_above` come from the lines at its start. `text` are the lines after these, without
    fields. `fields_below` come from the lines after the text. `has_more_text` means that more text
    follows.
    """

    fields_above: HeadFields
    text: _Block
    fields_below: HeadFields
    has_more_text: bool


def _parse_block(block: _Block) -> _ParsedBlock:
    results = [_parse_block_line(block, index) for index in range(len(block))]
    text_start = _find_index(results, 0, has_fields=False)
    text_end = _find_index(results, text_start, has_fields=True)
    end = _find_index(results, text_end, has_fields=False)
    return _ParsedBlock(
        fields_above=merge(filter(None, results[:text_start])),
        text=block[text_start:text_end],
        fields_below=merge(filter(None, results[text_end:end])),
        has_more_text=end < len(results),
    )


def _find_index(results: Sequence[HeadFields | None], start: int, *, has_fields: bool) -> int:
    """Return the index of the first result, from `start` on, with or without fields."""
    indices = range(start, len(results))
    return next((i for i in indices if (results[i] is not None) == has_fields), len(results))


def _parse_block_line(block: _Block, index: int) -> HeadFields | None:
    """Parse a line; a name is a byline if the next line is the person's role."""
    line = block[index].text
    is_above_role = index + 1 < len(block) and is_role(block[index + 1].text)
    is_byline = is_above_role and is_name(line)
    return parse_line(line) or (HeadFields(byline=line) if is_byline else None)


def _read_blocks(blocks: Sequence[_Block]) -> Iterator[HeadFields]:
    """Yield the fields of the blocks above the story."""
    letterhead = ""
    for index, block in enumerate(blocks[:MAX_BLOCKS]):
        parsed, next_blocks = _parse_block(block), blocks[index + 1 :]
        head_blocks = blocks[index + 1 : MAX_BLOCKS]
        yield parsed.fields_above
        if parsed.fields_above.title:
            yield from _read_below_title(head_blocks)
            return
        if not parsed.text or (_is_aside(block) and _is_heading_next(next_blocks)):
            continue
        title = "" if _is_sender(block, next_blocks) else _find_title(parsed, next_blocks)
        if title:
            yield parsed.fields_below._replace(title=title)
            if not parsed.has_more_text:
                yield from _read_below_title(head_blocks)
            yield HeadFields(byline=_names_unless_in_story(letterhead, _lines(next_blocks)))
            return
        first_line = parsed.text[0].text
        if len(parsed.text) > 1 or not _is_letterhead(block, next_blocks):
            yield parse_run_in_dateline(first_line) or HeadFields()
            is_signed = len(first_line) < MAX_HEADLINE_LENGTH and _is_signed(parsed, next_blocks)
            if is_signed or _is_letter(next_blocks):
                yield parsed.fields_below
            if is_signed:  # it is a headline with a full stop
                yield from _read_below_title(head_blocks)
            return
        yield parsed.fields_below
        letterhead = first_line  # the name of an outlet, a place or the writer


def _read_below_title(blocks: Sequence[_Block]) -> Iterator[HeadFields]:
    """Yield the fields between the headline and the story; there may be decks above them."""
    decks, has_story = 0, False
    for index, block in enumerate(blocks):
        parsed = _parse_block(block)
        yield parsed.fields_above
        if not parsed.text:
            continue
        first_line = parsed.text[0].text
        if dateline := parse_run_in_dateline(first_line):
            yield dateline
            return
        if parsed.has_more_text or decks == MAX_DECKS:
            return
        yield parsed.fields_below
        is_above_story = (
            not has_story and len(parsed.text) == 1 and any(map(_is_story, blocks[index + 1 :]))
        )
        if is_above_story and (names := _names_unless_in_story(first_line, _lines(blocks[index:]))):
            yield HeadFields(byline=names)
        else:
            decks += 1
            has_story = decks > 1 or len(first_line) > MAX_HEADLINE_LENGTH


def _find_title(parsed: _ParsedBlock, next_blocks: Sequence[_Block]) -> str:
    """Return the headline in a block's text; "" if there is none."""
    lines = [line.text for line in parsed.text]
    if parsed.text[0].level:
        return lines[0]
    if _is_heading_next(next_blocks):
        return ""
    is_signed = _is_signed(parsed, next_blocks)
    if parsed.has_more_text:
        if parsed.fields_below == HeadFields():
            return ""
        return find_headline(lines, _lines(next_blocks), is_signed=is_signed)
    if not any(map(_is_story, next_blocks)):
        return ""
    # The text may be the address in a letter.
    if _is_letter(next_blocks) and (len(lines) > 1 or any(map(str.isdigit, lines[0]))):
        return ""
    # The text may be the first line of a paragraph that has blank lines between its lines.
    if next_blocks[0][0].text[0].islower() and _parse_block(next_blocks[0]).text:
        return ""
    return find_headline(lines, _lines(next_blocks), is_signed=is_signed)


def _is_signed(parsed: _ParsedBlock, next_blocks: Sequence[_Block]) -> bool:
    """Whether a byline is directly below a block's text."""
    fields = parsed.fields_below
    if next_blocks:
        fields = merge([fields, _parse_block(next_blocks[0]).fields_above])
    return bool(fields.byline or fields.bare_name)


def _is_heading_next(next_blocks: Sequence[_Block]) -> bool:
    return any(block[0].level for block in next_blocks[:_NEXT_BLOCK_COUNT])


def _is_aside(block: _Block) -> bool:
    """Whether a block is a quotation, a table or a list, which may be above a heading."""
    return all(line.text.startswith((">", "|")) or BULLET.match(line.text) for line in block)


def _is_story(block: _Block) -> bool:
    return is_story([line.text for line in block])


def _is_letterhead(block: _Block, next_blocks: Sequence[_Block]) -> bool:
    return is_like_name(_parse_block(block).text[0].text) or _is_sender(block, next_blocks)


def _is_sender(block: _Block, next_blocks: Sequence[_Block]) -> bool:
    """Whether a block is the sender at the top of a press release."""
    lines = _lines([block, *next_blocks[:_NEXT_BLOCK_COUNT]])
    return is_organisation(_parse_block(block).text[0].text) and any(
        map(headline_forms.PRESS_RELEASE.match, lines)
    )


def _is_letter(next_blocks: Sequence[_Block]) -> bool:
    return any(
        headline_forms.SALUTATION.match(block[0].text) for block in next_blocks[:_NEXT_BLOCK_COUNT]
    )


def _lines(blocks: Sequence[_Block]) -> list[str]:
    return [line.text for block in blocks for line in block]


def _bare_name(head: HeadFields, lines: Sequence[str]) -> str:
    """Return the name next to the day, if there is a headline and no such name in the story."""
    story = [line for line in lines if parse_line(line) is None]
    return _names_unless_in_story(head.bare_name, story) if head.title else ""


def _names_unless_in_story(line: str, story: Sequence[str]) -> str:
    """Return the names in a line, unless the story mentions a person or a place of that name."""
    names = parse_names(line) if line else None
    if names is None:
        return ""
    about_writer = re.compile(
        rf"{re.escape(names)} (?:is|has|can|covers|reports|writes)\b", re.IGNORECASE
    )
    text = " ".join(other for other in story if other != line and not about_writer.match(other))
    last_name = re.split(r"[\s-]", names)[-1].casefold()
    is_mentioned = re.search(rf"\b{re.escape(last_name)}\b", text.casefold())
    return "" if is_mentioned else names


def _read_late_heading(blocks: Sequence[_Block]) -> Iterator[HeadFields]:
    """Yield the heading of level 1, if there is only one, and the fields below it."""
    indices = [index for index, block in enumerate(blocks) if block[0].level == 1]
    if len(indices) == 1 and not parse_line(title := blocks[indices[0]][0].text):
        yield HeadFields(title=title)
        yield from _read_below_title(blocks[indices[0] + 1 : indices[0] + MAX_BLOCKS])
