"""Which lines are a headline; in doubt, none is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ingest.head.bylines import is_name
from bot.ingest.head.lines import is_section, run_in_dateline
from bot.languages.table import headline_forms
from bot.text.sentences import sentences

LONGEST = 150
"""A headline has fewer characters."""

BULLET = re.compile(r"(?:[-–—•·*>▪●◦]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_BEGINS = re.compile(r"[\w“”‘’\"'«»„$€£¿¡(\[…]")

_CLOSERS = "”’\"')]»"
_QUOTED = re.compile(r"(?<!\w)[“‘\"'][^“”\"]*?[”’\"'](?!\w)")
_OPEN_END = re.compile(r"[;:,–—-]$")
_TURN = re.compile(r"(?P<who>[A-Z][\w.'’ -]{0,39}?)\s*(?:\([^)]*\)\s*)?:(?:\s|$)")
_SAYING = re.compile(r"[“‘\"'].+[”’\"']\s*[–—-]+\s*(?P<who>\S.*)")
_MOST_WORDS_OF_A_CRY = 3
_MOST_LINES = 2
_MOST_LINES_WHERE_SIGNED = 4
_LONG = 100


def headline(lines: Sequence[str], below: Sequence[str], *, is_signed: bool) -> str:
    """The headline that the lines of a block are; "" if they are none.

    `below` are the next lines that are not blank; one that `is_signed` has a byline there. Lines
    that go on with the first belong to the headline; what follows is a deck, and left out.
    """
    most = _MOST_LINES_WHERE_SIGNED if is_signed else _MOST_LINES
    if not 1 <= len(lines) <= most or not all(map(_can_stand_alone, lines)):
        return ""
    end = next((at for at in range(1, len(lines)) if not _goes_on(*lines[at - 1 : at + 1])), None)
    if end and _is_wrapped(*lines[end - 1 : end + 1]):
        return ""
    whole = " ".join(lines[:end])
    may_be_name = is_like_a_name(whole) and not (is_signed or _says_more(whole, below))
    can_be = is_headline(whole, below, is_signed=is_signed)
    return whole if can_be and not may_be_name else ""


def is_headline(line: str, below: Sequence[str], *, is_signed: bool) -> bool:
    """Whether a line can be a headline, and cannot well be anything else."""
    words = [word for word in line.split() if any(map(str.isalnum, word))]
    if len(line) >= LONGEST or len(words) < 2 or ends_with_stop(line) or _OPEN_END.search(line):
        return False
    if (
        (line[0].islower() and words[0].islower())
        or not _BEGINS.match(line)
        or BULLET.match(line)
        or headline_forms.SALUTATION.match(line)
    ):
        return False
    said = _SAYING.fullmatch(line)
    if run_in_dateline(line) or _is_turn(line, below) or (said and is_name(said["who"])):
        return False
    if len(words) <= _MOST_WORDS_OF_A_CRY and words[0].lower() == "by":
        return False
    if _is_title_case(line):
        return True
    if len(line) > _LONG and re.search(r"[.!?][”’\"')\]»]*$", line):
        return False  # it may end as a sentence does
    is_told = headline_forms.NARRATIVE_SENTENCE.fullmatch(
        _QUOTED.sub("“”", line)
    ) and not headline_forms.TRAILING_ATTRIBUTION.fullmatch(line)
    return _is_one_sentence(line) and (is_signed or not is_told)


def is_like_a_name(line: str) -> bool:
    """Whether a line may be a name: of a person, a place, an outlet."""
    words = line.split()
    if len(words) == 3:
        return line.isupper() and is_name(line)
    return len(words) == 2 and all(word[0].isupper() for word in words) and line[-1].isalnum()


def ends_with_stop(line: str) -> bool:
    """Whether a line ends with a full stop that is no abbreviation's."""
    bare = line.rstrip(_CLOSERS + " ")
    return bare.endswith((".", "…")) and not headline_forms.ABBREVIATION.search(bare)


def is_story(block: Sequence[str]) -> bool:
    """Whether a block holds a sentence that ends, or a list."""
    bare = block[-1].rstrip(_CLOSERS + " ")
    return (
        bare.endswith((".", "!", "?", "…")) or len(bare) >= LONGEST or bool(BULLET.match(block[0]))
    )


def _can_stand_alone(line: str) -> bool:
    return len(line) < LONGEST and not BULLET.match(line)


def _goes_on(first: str, second: str) -> bool:
    """Whether a headline goes on in a second line."""
    if ends_with_stop(first) or ends_with_stop(second):
        return False
    if second[0].islower():
        return True
    if headline_forms.TRAILING_ATTRIBUTION.fullmatch(first):
        return False
    if headline_forms.UNFINISHED_ENDING.search(first):
        return True
    return (first.isupper() and second.isupper()) or all(map(_is_title_case, (first, second)))


def _is_wrapped(first: str, second: str) -> bool:
    """Whether two lines are text that ends in the second, broken where its width ended."""
    goes_on = second[0].islower() or bool(headline_forms.UNFINISHED_ENDING.search(first))
    is_full = len(first) + 1 + len(second.split()[0]) > len(second)
    return ends_with_stop(second) and (goes_on or is_full)


def _is_title_case(line: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", line) if len(word) > 3]
    return bool(long) and all(word[0].isupper() for word in long)


def _is_one_sentence(line: str) -> bool:
    pieces = [line[start:end] for start, end in sentences(line)]
    if len(pieces) == 1:
        return True
    return all(len(piece.split()) <= _MOST_WORDS_OF_A_CRY for piece in pieces)


def _is_turn(line: str, below: Sequence[str]) -> bool:
    """Whether a line is what somebody says in a conversation that goes on below."""
    turn = _TURN.match(line)
    if not turn:
        return False
    who = turn["who"]
    others = [other["who"] for one in below if (other := _TURN.match(one))]
    if len(who) == 1 or who in others:
        return True
    return not is_section(who) and bool(below) and _TURN.match(below[0]) is not None


def _says_more(line: str, below: Sequence[str]) -> bool:
    """Whether all words of a short line are ordinary ones, which the story prints in small
    letters."""
    text = set(re.findall(r"[^\W\d_]+", " ".join(below)))
    return all(word.lower() in text for word in line.split())
