"""Read the headline, byline and day above the story of a plain file, by rules.

The lines stay in the text. In doubt a file has no title, since a sentence of the story would
otherwise be shown as the outlet's headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.ingest.head.bylines import is_name, parse_names
from bot.ingest.head.lines import HeadFields, is_section, merge, parse_dateline, parse_line
from bot.ingest.head.outlets import is_organisation
from bot.ingest.metadata import Metadata, Published, drop_empty
from bot.languages.table import headline_forms
from bot.text.sentences import sentences

MAX_HEAD_CHARACTERS = 6_000
"""Characters at the start of a file that are searched."""
MAX_BLOCKS, MAX_DECKS, MAX_HEADLINE_LENGTH = 12, 2, 150

_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?(?:\s*\{[^{}]*\})?")
_UNDERLINE = re.compile(r"[=~_*-]{3,}")
_UNSEEN = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*?-->", re.DOTALL)
"""Pictures and comments."""
_LINK = re.compile(r"\[(?P<text>[^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>.+?)(?<=\S)(?P=mark)(?!\w)")
_BULLET = re.compile(r"(?:[-–—•·*>▪●◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_HEADLINE_START = re.compile(r"[\w“”‘’\"'«»„$€£¿¡(\[…]")
_CLOSING_MARKS = "”’\"')]» "
_TURN = re.compile(r"(?P<who>[A-Z][\w.'’ -]{0,39}?)\s*(?:\([^)]*\)\s*)?:(?:\s|$)")
_PULL_QUOTE = re.compile(r"[“‘\"'].+[”’\"']\s*[–—-]+\s*\S.*")


class _Line(NamedTuple):
    """A line's text, and its level if it is a heading, else 0."""

    text: str
    level: int = 0


def read_head(text: str, *, is_markdown: bool = False) -> Metadata:
    """Read the title, the byline and the day of publication above a story, if they are there."""
    blocks = list(_split_blocks(text, is_markdown))
    head = merge(_read_blocks(blocks))
    top = [index for index, block in enumerate(blocks) if block[0].level == 1]
    if not head.title and len(top) == 1 and not parse_line(title := blocks[top[0]][0].text):
        head = merge([head, HeadFields(title=title), *_read_blocks(blocks[top[0] :])])
    names = _writer(head.bare_name, blocks) if head.title else ""
    day = head.published_on or head.updated_on
    return drop_empty(
        title=" ".join(head.title.split()),
        byline=" ".join((head.byline or names).split()),
        published=Published(on=day, at=None, printed=day.isoformat()) if day else None,
    )


def _split_blocks(text: str, is_markdown: bool) -> Iterator[list[_Line]]:
    """Split the start of a text into blocks at blank lines; a heading is a block of its own."""
    head = text[:MAX_HEAD_CHARACTERS].removeprefix("\ufeff")
    lines = (_UNSEEN.sub("", head) if is_markdown else head).splitlines()
    if len(text) > MAX_HEAD_CHARACTERS and lines and len(lines[-1]) < MAX_HEADLINE_LENGTH:
        del lines[-1]  # it may be cut
    block: list[_Line] = []
    for source in (*lines, ""):
        text, level = source.strip(), 0
        if is_markdown:
            heading = _HEADING.fullmatch(text)
            text = _LINK.sub(r"\g<text>", heading["text"] if heading else text)
            text = _EMPHASIS.sub(r"\g<text>", text).strip()
            level = len(heading["level"]) if heading and any(map(str.isalnum, text)) else 0
        elif emphasis := _EMPHASIS.fullmatch(text):
            text = emphasis["text"]
        if len(block) == 1 and _UNDERLINE.fullmatch(text) and not _is_aside(block):
            has_words = is_markdown and any(map(str.isalnum, block[0].text))
            block, text = [_Line(block[0].text, int(has_words))], ""
        elif text and not level:
            block.append(_Line(text))
            continue
        if block:
            yield block
        block = []
        if level:
            yield [_Line(text, level)]


def _read_blocks(blocks: Sequence[list[_Line]]) -> Iterator[HeadFields]:
    """Yield the fields of the blocks above the story."""
    title, decks = "", 0
    for index, block in enumerate(blocks[:MAX_BLOCKS]):
        below = blocks[index + 1 :]
        results = [parse_line(line.text) for line in block]
        start = next((at for at, one in enumerate(results) if one is None), len(block))
        end = next((at for at in range(start, len(block)) if results[at] is not None), len(block))
        above = merge(filter(None, results[:start]))
        fields_below = merge(filter(None, results[end:]))
        yield above
        title = title or above.title
        lines = [line.text for line in block[start:end]]
        if not lines:
            continue
        has_more_text = None in results[end:]
        if title:
            is_alone = len(lines) == 1 and any(map(_is_story, below))
            names = _writer(lines[0], below) if is_alone else ""
            if dateline := parse_dateline(lines[0], is_run_in=True):
                yield dateline
                return
            if decks == MAX_DECKS or has_more_text:
                return
            yield fields_below._replace(byline=fields_below.byline or names)
            decks += 1 if len(lines[0]) <= MAX_HEADLINE_LENGTH else MAX_DECKS
            continue
        is_heading_next = any(next_block[0].level for next_block in below[:3])
        if is_heading_next and _is_aside(block):
            continue
        next_fields = [parse_line(line.text) for line in below[0]] if below else []
        signed = merge(filter(None, (fields_below, *next_fields)))
        is_signed = bool(signed.byline or signed.bare_name)
        is_letterhead = len(lines) == 1 and is_organisation(lines[0]) and not is_signed
        if block[start].level:
            title = lines[0]
        elif (any(fields_below) or not has_more_text) and not (is_heading_next or is_letterhead):
            is_alone = not has_more_text
            title = _find_headline(lines, below, is_signed=is_signed, is_alone=is_alone)
        if title:
            yield fields_below._replace(title=title)
            if has_more_text:
                return
        elif is_letterhead or (len(lines) == 1 and _is_like_name(lines[0])):
            yield fields_below  # the name of an outlet, a sender or the writer
        else:
            yield parse_dateline(lines[0], is_run_in=True) or HeadFields()
            if is_signed and len(lines[0]) < MAX_HEADLINE_LENGTH:
                yield signed
            return


def _is_aside(block: Sequence[_Line]) -> bool:
    """Whether a block is a quotation, a table or a list, which may be above a heading."""
    return all(line.text.startswith((">", "|")) or _BULLET.match(line.text) for line in block)


def _is_story(block: Sequence[_Line]) -> bool:
    """Whether a block ends with a sentence, or is long, or is a list."""
    line = block[-1].text.rstrip(_CLOSING_MARKS)
    is_sentence = line.endswith((".", "!", "?", "…")) or len(line) >= MAX_HEADLINE_LENGTH
    return is_sentence or bool(_BULLET.match(block[0].text))


def _writer(line: str, blocks: Sequence[Sequence[_Line]]) -> str:
    """Return the names in a line, unless the story mentions a person or a place of that name."""
    names = parse_names(line) if line else None
    if not names:
        return ""
    others = [one.text for block in blocks for one in block if parse_line(one.text) is None]
    text = " ".join(other for other in others if other != line).casefold()
    last_name = re.split(r"[\s-]", names)[-1].casefold()
    return "" if re.search(rf"\b{re.escape(last_name)}\b", text) else names


def _find_headline(
    lines: Sequence[str], below: Sequence[Sequence[_Line]], *, is_signed: bool, is_alone: bool
) -> str:
    """Return the headline in a block of lines, without its deck; "" if there is none."""
    next_lines = [line.text for block in below for line in block]
    if is_alone and not any(map(_is_story, below)):
        return ""
    if any(headline_forms.SALUTATION.match(block[0].text) for block in below[:3]):
        return ""
    if len(lines) > (4 if is_signed else 2) or any(map(_BULLET.match, lines)):
        return ""
    if is_alone and next_lines[0][0].islower():
        return ""  # a paragraph with blank lines between its lines
    end = next(
        (at for at in range(1, len(lines)) if not _continues(lines[at - 1], lines[at])), None
    )
    if end and lines[end][0].islower():
        return ""  # wrapped text
    headline = " ".join(lines[:end])
    words = set(re.findall(r"[^\W\d_]+", " ".join(next_lines)))
    is_certain = is_signed or all(word.lower() in words for word in headline.split())
    if not is_certain and _is_like_name(headline):
        return ""
    return headline if _is_headline(headline, next_lines, is_signed=is_signed) else ""


def _is_headline(line: str, next_lines: Sequence[str], *, is_signed: bool) -> bool:
    """Whether a line can be a headline, and is unlikely to be anything else."""
    turn, next_turns = _TURN.match(line), list(map(_TURN.match, next_lines[:3]))
    if (
        len(line) >= MAX_HEADLINE_LENGTH
        or len(re.findall(r"\w\S*", line)) < 2
        or line[0].islower()
        or not _HEADLINE_START.match(line)
        or line.endswith((";", ":", ",", "–", "—", "-"))
        or ends_with_full_stop(line)
        or _PULL_QUOTE.fullmatch(line)
        or headline_forms.SALUTATION.match(line)
        or parse_dateline(line, is_run_in=True)
        or (turn and any(next_turns) and not is_section(turn["who"]))
    ):
        return False
    unquoted = re.sub(r"(?<!\w)[“‘\"'][^“”\"]*?[”’\"'](?!\w)", "“”", line)
    is_story_sentence = headline_forms.NARRATIVE_SENTENCE.fullmatch(unquoted)
    is_attributed = headline_forms.TRAILING_ATTRIBUTION.fullmatch(line)
    is_free = is_signed or is_attributed or not is_story_sentence
    return _is_title_case(line) or bool(len(sentences(line)) == 1 and is_free)


def _is_like_name(line: str) -> bool:
    """Whether a line may be the name of a person, a place or an outlet."""
    words = line.split()
    if len(words) == 3:
        return line.isupper() and is_name(line)
    return len(words) == 2 and all(word[0].isupper() for word in words) and line[-1].isalnum()


def ends_with_full_stop(line: str) -> bool:
    """Whether a line ends with a full stop that is not part of an abbreviation."""
    line = line.rstrip(_CLOSING_MARKS)
    return line.endswith((".", "…")) and not headline_forms.ABBREVIATION.search(line)


def _continues(first_line: str, second_line: str) -> bool:
    """Whether a headline continues in a second line."""
    if ends_with_full_stop(first_line) or ends_with_full_stop(second_line):
        return False
    if second_line[0].islower():
        return True
    if headline_forms.TRAILING_ATTRIBUTION.fullmatch(first_line):
        return False
    if headline_forms.UNFINISHED_ENDING.search(first_line):
        return True
    is_capitals = first_line.isupper() and second_line.isupper()
    return is_capitals or (_is_title_case(first_line) and _is_title_case(second_line))


def _is_title_case(line: str) -> bool:
    long_words = [
        word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line) if len(word) > 3
    ]
    return bool(long_words) and all(word[0].isupper() for word in long_words)
