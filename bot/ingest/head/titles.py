"""Decide which lines are a headline; in doubt, none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ingest.head.bylines import is_name
from bot.ingest.head.lines import is_section, parse_run_in_dateline
from bot.languages.table import headline_forms
from bot.text.sentences import sentences

MAX_HEADLINE_LENGTH = 150
"""A headline has fewer characters than this."""

BULLET = re.compile(r"(?:[-–—•·*>▪●◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_HEADLINE_START = re.compile(r"[\w“”‘’\"'«»„$€£¿¡(\[…]")

_CLOSING_MARKS = "”’\"')]»"
_QUOTATION = re.compile(r"(?<!\w)[“‘\"'][^“”\"]*?[”’\"'](?!\w)")
_OPEN_END = re.compile(r"[;:,–—-]$")
_DIALOGUE_TURN = re.compile(r"(?P<who>[A-Z][\w.'’ -]{0,39}?)\s*(?:\([^)]*\)\s*)?:(?:\s|$)")
_PULL_QUOTE = re.compile(r"[“‘\"'].+[”’\"']\s*[–—-]+\s*(?P<who>\S.*)")
_MAX_EXCLAMATION_WORDS = 3
_MAX_LINES = 2
_MAX_LINES_IF_SIGNED = 4
_LONG_HEADLINE_LENGTH = 100


def find_headline(lines: Sequence[str], lines_below: Sequence[str], *, is_signed: bool) -> str:
    """Return the headline in a block of lines; "" if there is none.

    `lines_below` are the lines after the block, without blank ones; `is_signed` means that a byline
    follows. Lines that continue the first line belong to the headline. The rest is a deck, which
    is left out.
    """
    max_lines = _MAX_LINES_IF_SIGNED if is_signed else _MAX_LINES
    if not 1 <= len(lines) <= max_lines or not all(map(_can_be_headline_line, lines)):
        return ""
    end = next((i for i in range(1, len(lines)) if not _continues(lines[i - 1], lines[i])), None)
    if end and _is_wrapped_text(lines[end - 1], lines[end]):
        return ""
    headline = " ".join(lines[:end])
    if not is_headline(headline, lines_below, is_signed=is_signed):
        return ""
    is_certain = is_signed or _occurs_in_lower_case(headline, lines_below)
    return headline if is_certain or not is_like_name(headline) else ""


def is_headline(line: str, lines_below: Sequence[str], *, is_signed: bool) -> bool:
    """Whether a line can be a headline, and is unlikely to be anything else."""
    words = [word for word in line.split() if any(map(str.isalnum, word))]
    is_too_long = len(line) >= MAX_HEADLINE_LENGTH
    if is_too_long or len(words) < 2 or ends_with_full_stop(line) or _OPEN_END.search(line):
        return False
    if (
        (line[0].islower() and words[0].islower())
        or not _HEADLINE_START.match(line)
        or BULLET.match(line)
        or headline_forms.SALUTATION.match(line)
    ):
        return False
    pull_quote = _PULL_QUOTE.fullmatch(line)
    is_pull_quote = pull_quote and is_name(pull_quote["who"])
    if parse_run_in_dateline(line) or _is_turn(line, lines_below) or is_pull_quote:
        return False
    if len(words) <= _MAX_EXCLAMATION_WORDS and words[0].lower() == "by":
        return False
    if _is_title_case(line):
        return True
    if len(line) > _LONG_HEADLINE_LENGTH and re.search(r"[.!?][”’\"')\]»]*$", line):
        return False  # it may be a sentence of the story
    is_past_tense = headline_forms.NARRATIVE_SENTENCE.fullmatch(_QUOTATION.sub("“”", line))
    is_story_sentence = is_past_tense and not headline_forms.TRAILING_ATTRIBUTION.fullmatch(line)
    return _is_one_sentence(line) and (is_signed or not is_story_sentence)


def is_like_name(line: str) -> bool:
    """Whether a line may be the name of a person, a place or an outlet."""
    words = line.split()
    if len(words) == 3:
        return line.isupper() and is_name(line)
    return len(words) == 2 and all(word[0].isupper() for word in words) and line[-1].isalnum()


def ends_with_full_stop(line: str) -> bool:
    """Whether a line ends with a full stop that is not part of an abbreviation."""
    stripped = line.rstrip(_CLOSING_MARKS + " ")
    return stripped.endswith((".", "…")) and not headline_forms.ABBREVIATION.search(stripped)


def is_story(block: Sequence[str]) -> bool:
    """Whether a block ends with a sentence, or is long, or is a list."""
    stripped = block[-1].rstrip(_CLOSING_MARKS + " ")
    is_long = len(stripped) >= MAX_HEADLINE_LENGTH
    return stripped.endswith((".", "!", "?", "…")) or is_long or bool(BULLET.match(block[0]))


def _can_be_headline_line(line: str) -> bool:
    return len(line) < MAX_HEADLINE_LENGTH and not BULLET.match(line)


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
    return (first_line.isupper() and second_line.isupper()) or all(
        map(_is_title_case, (first_line, second_line))
    )


def _is_wrapped_text(first_line: str, second_line: str) -> bool:
    """Whether two lines are wrapped text that ends in the second line."""
    continues = second_line[0].islower() or bool(
        headline_forms.UNFINISHED_ENDING.search(first_line)
    )
    is_full = len(first_line) + 1 + len(second_line.split()[0]) > len(second_line)
    return ends_with_full_stop(second_line) and (continues or is_full)


def _is_title_case(line: str) -> bool:
    words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line)
    long_words = [word for word in words if len(word) > 3]
    return bool(long_words) and all(word[0].isupper() for word in long_words)


def _is_one_sentence(line: str) -> bool:
    """Whether a line is one sentence, or several very short ones."""
    pieces = [line[start:end] for start, end in sentences(line)]
    if len(pieces) == 1:
        return True
    return all(len(piece.split()) <= _MAX_EXCLAMATION_WORDS for piece in pieces)


def _is_turn(line: str, lines_below: Sequence[str]) -> bool:
    """Whether a line is somebody's turn in a conversation that continues below."""
    turn = _DIALOGUE_TURN.match(line)
    if not turn:
        return False
    speaker = turn["who"]
    if len(speaker) == 1 or any(
        (other := _DIALOGUE_TURN.match(text)) and other["who"] == speaker for text in lines_below
    ):
        return True
    is_next_a_turn = bool(lines_below) and _DIALOGUE_TURN.match(lines_below[0]) is not None
    return is_next_a_turn and not is_section(speaker)


def _occurs_in_lower_case(line: str, lines_below: Sequence[str]) -> bool:
    """Whether all words of a line are in the story in lower case, so that it is not a name."""
    words = set(re.findall(r"[^\W\d_]+", " ".join(lines_below)))
    return all(word.lower() in words for word in line.split())
