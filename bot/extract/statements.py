"""Sentences in the article's own voice that can be checked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.extract.lexicon import ANONYMITY, DETERMINERS, SPEAKING, VERBS, words
from bot.extract.passages import BULLET, Passage, is_furniture
from bot.extract.quotes import quoted, touched
from bot.extract.sentences import sentences
from bot.model import Attribution, Span, Spans, Statement

FEWEST_WORDS = 5
SURELY_A_SENTENCE = 8  # words; so many hardly go without a verb
# A word in -s before a determiner or a number is a verb: "employs 4,000 people".
PRESENT = re.compile(
    rf"\b[a-z]{{2,}}s (?:{'|'.join(sorted(DETERMINERS))}|its|his|her|their|no|not|about|\d)"
)
PASSAGES_BACK = 2  # how far the nearest attribution may stand before a statement


def find_statements(
    text: str, passages: Sequence[Passage], attributions: Sequence[Attribution]
) -> list[Statement]:
    """Find the statements of an article, in order, each with its nearest attribution."""
    outer = [found for found in attributions if found.inside is None]
    claimed = _merged(span for found in outer for span in found.content + found.cue)
    by_passage = _by_passage(passages, outer)
    found = []
    for at, passage in enumerate(passages):
        if passage.kind != "text":
            continue
        for start, end in _own_sentences(text, passage):
            if not touched(claimed, start, end) and _is_checkable(text[start:end]):
                near = _nearest(start, at, passages, by_passage)
                found.append(Statement(content=((start, end),), near=near))
    return found


def _own_sentences(text: str, passage: Passage) -> Iterator[Span]:
    """List a passage's sentences, without the mark of a list before the first."""
    for first, last in sentences(text[passage.start : passage.end]):
        start, end = passage.start + first, passage.start + last
        bullet = BULLET.match(text, start, end) if first == 0 else None
        start = bullet.end() if bullet else start
        if start < end:
            yield start, end


def _merged(spans: Iterable[Span]) -> Spans:
    """Sort spans and join those that overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _by_passage(
    passages: Sequence[Passage], attributions: Sequence[Attribution]
) -> list[list[Attribution]]:
    """List each passage's attributions, by where their content begins."""
    lists: list[dict[str, Attribution]] = [{} for _ in passages]
    for found in sorted(attributions, key=_begins):
        for start, _ in found.content + found.cue:
            at = bisect_right(passages, start, key=lambda passage: passage.start) - 1
            lists[at][found.id] = found
    return [list(each.values()) for each in lists]


def _begins(found: Attribution) -> int:
    return found.content[0][0]


def _is_checkable(sentence: str) -> bool:
    """Tell whether a sentence asserts something: no question, no quotation, nobody's "I think"."""
    inside = quoted(sentence)
    own = "".join(" " if inside[at] else letter for at, letter in enumerate(sentence))
    spoken = words(own)
    if len(spoken) < FEWEST_WORDS or len(own.split()) * 2 < len(sentence.split()):
        return False
    if sentence.rstrip("”’\"')").endswith("?") or is_furniture(sentence):
        return False
    if ANONYMITY.search(own):  # it tells of the reporting, not of the news
        return False
    verb = any(word in VERBS or (word.endswith("ed") and len(word) > 4) for word in spoken)
    verb = verb or len(spoken) >= SURELY_A_SENTENCE or PRESENT.search(own) is not None
    return verb and SPEAKING.isdisjoint(spoken)


def _nearest(
    start: int,
    at: int,
    passages: Sequence[Passage],
    by_passage: Sequence[Sequence[Attribution]],
) -> str | None:
    """Choose the attribution from which a reader would take the origin of what starts at `start`.

    The last one before it in its paragraph or, up to the heading above, in the two before; else the
    next one in its paragraph. One without a speaker, or of what was not said, answers nothing.
    """
    here = by_passage[at]
    before = here[: bisect_left(here, start, key=_begins)][-1:]
    back = at - 1
    while not before and at - back <= PASSAGES_BACK and back >= 0:
        if passages[back].kind == "heading":
            break
        before = by_passage[back][-1:]
        back -= 1
    nearest = next(iter([*before, *here[:1]]), None)
    return nearest.id if nearest and nearest.speaker and not nearest.negative else None
