"""Sentences in the article's own voice that can be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.extract.lexicon import DETERMINERS, SPEAKING, VERBS, words
from bot.extract.passages import Passage, is_furniture
from bot.extract.quotes import quoted
from bot.extract.repair import overlap
from bot.extract.sentences import sentences
from bot.model import Attribution, Span, Statement

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
    by_passage = [_within(passage, outer) for passage in passages]
    found = []
    for at, passage in enumerate(passages):
        if passage.kind != "text":
            continue
        for start, end in sentences(text[passage.start : passage.end]):
            span = (passage.start + start, passage.start + end)
            claimed = any(overlap((span,), each.content + each.cue) for each in by_passage[at])
            if not claimed and _is_checkable(text[span[0] : span[1]]):
                found.append(
                    Statement(content=(span,), near=_nearest(span, at, passages, by_passage))
                )
    return found


def _within(passage: Passage, attributions: Sequence[Attribution]) -> list[Attribution]:
    span = ((passage.start, passage.end),)
    return [found for found in attributions if overlap(span, found.content + found.cue)]


def _is_checkable(sentence: str) -> bool:
    """Tell whether a sentence asserts something: no question, no quotation, nobody's "I think"."""
    inside = quoted(sentence)
    own = "".join(" " if inside[at] else letter for at, letter in enumerate(sentence))
    spoken = words(own)
    if len(spoken) < FEWEST_WORDS or len(own.split()) * 2 < len(sentence.split()):
        return False
    if sentence.rstrip("”’\"')").endswith("?") or is_furniture(sentence):
        return False
    verb = any(word in VERBS or (word.endswith("ed") and len(word) > 4) for word in spoken)
    verb = verb or len(spoken) >= SURELY_A_SENTENCE or PRESENT.search(own) is not None
    return verb and SPEAKING.isdisjoint(spoken)


def _nearest(
    span: Span,
    at: int,
    passages: Sequence[Passage],
    by_passage: Sequence[Sequence[Attribution]],
) -> str | None:
    """Choose the attribution from which a reader would take a statement's origin.

    The last one before it in its paragraph or, up to the heading above, in the two before; else the
    next one in its paragraph. One without a speaker, or of what was not said, answers nothing.
    """
    before = [each for each in by_passage[at] if each.content[0][0] < span[0]]
    back = at - 1
    while not before and at - back <= PASSAGES_BACK and back >= 0:
        if passages[back].kind == "heading":
            break
        before = list(by_passage[back])
        back -= 1
    nearest = before[-1] if before else next(iter(by_passage[at]), None)
    return nearest.id if nearest and nearest.speaker and not nearest.negative else None
