"""Sentences in the article's own voice that can be checked, and how well.

Numbers, dates, names and a plain present or past make a sentence checkable, in the manner of
ClaimBuster (Hassan et al., 2017) but with readable features. Forecasts and possibilities count for
less; pure judgements are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.extract.paragraphs import BULLET, Paragraph, is_furniture
from bot.extract.words import words
from bot.languages.table import assertions, cue_verbs, function_words, people, pronouns
from bot.model import Attribution, Span, Spans, Unattributed
from bot.text.quotes import quotation_mask, spans_overlapping
from bot.text.sentences import sentences

MIN_WORDS = 5
MIN_WORDS_WITH_NUMBER = 4  # "It weighs eleven kilos."
WORDS_OF_A_SENTENCE = 8  # words; so many hardly go without a verb
NAME = re.compile(r"(?<=[\w,;:’“\"(] )[A-Z][\w’-]+")  # not the first word of the sentence
# The score of a sentence with no feature, and what each feature adds.
BASE_SCORE, NUMBER, TIME, NAMED = 0.3, 0.3, 0.2, 0.2
POSSIBLE_FACTOR = 0.4  # multiplies the score of a forecast or possibility
JUDGING_PENALTY = 0.25  # subtracted for words that judge
MIN_SCORE = 0.1  # sentences below it have nothing to check
MAX_PARAGRAPHS_BACK = 2  # how far the nearest attribution may stand before a sentence


def find_unattributed(
    text: str, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution]
) -> list[Unattributed]:
    """Find an article's unattributed sentences, in order, each with its nearest attribution."""
    outer = [found for found in attributions if found.inside is None]
    claimed = _merged(span for found in outer for span in found.content + found.cue)
    by_paragraph = _by_paragraph(paragraphs, outer)
    found = []
    for at, paragraph in enumerate(paragraphs):
        if paragraph.kind != "text":
            continue
        for start, end in _own_sentences(text, paragraph):
            sentence = text[start:end]
            if spans_overlapping(claimed, start, end) or not _asserts(sentence):
                continue
            if (score := checkability(sentence)) >= MIN_SCORE:
                near = _nearest(start, at, paragraphs, by_paragraph)
                found.append(Unattributed(content=((start, end),), near=near, checkable=score))
    return found


def _own_sentences(text: str, paragraph: Paragraph) -> Iterator[Span]:
    """List a paragraph's sentences, without the mark of a list before the first."""
    for first, last in sentences(text[paragraph.start : paragraph.end]):
        start, end = paragraph.start + first, paragraph.start + last
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


def _by_paragraph(
    paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution]
) -> list[list[Attribution]]:
    """List each paragraph's attributions, by where their content begins."""
    lists: list[dict[str, Attribution]] = [{} for _ in paragraphs]
    for found in sorted(attributions, key=_begins):
        for start, _ in found.content + found.cue:
            at = bisect_right(paragraphs, start, key=lambda paragraph: paragraph.start) - 1
            lists[at][found.id] = found
    return [list(each.values()) for each in lists]


def _begins(found: Attribution) -> int:
    return found.content[0][0]


def checkability(sentence: str) -> float:
    """Say how well a sentence can be checked, from 0 to 1, by the signs that it shows."""
    spoken = words(sentence)
    dated = not assertions.TIME_WORDS.isdisjoint(spoken) or assertions.PRINTED_TIME.search(sentence)
    named = any(
        name[0].lower() not in function_words.NON_NAME_WORDS for name in NAME.finditer(sentence)
    )
    score = BASE_SCORE + (NUMBER if _has_number(spoken) else 0)
    score += (TIME if dated else 0) + (NAMED if named else 0)
    score *= 1 if assertions.POSSIBILITY_WORDS.isdisjoint(spoken) else POSSIBLE_FACTOR
    score -= 0 if assertions.JUDGEMENT_WORDS.isdisjoint(spoken) else JUDGING_PENALTY
    return round(max(score, 0.0), 2)


def _has_number(spoken: Iterable[str]) -> bool:
    """Tell whether there is a number among words, in digits or spelled out."""
    return any(
        word[0].isdigit() or not assertions.NUMBER_WORDS.isdisjoint(word.split("-"))
        for word in spoken
    )


def _asserts(sentence: str) -> bool:
    """Tell whether a sentence asserts something: no question, no quotation, nobody's "I think"."""
    inside = quotation_mask(sentence)
    own = "".join(" " if inside[at] else letter for at, letter in enumerate(sentence))
    spoken = words(own)
    numbers = _has_number(spoken)
    fewest = MIN_WORDS_WITH_NUMBER if numbers else MIN_WORDS
    if len(spoken) < fewest or len(own.split()) * 2 < len(sentence.split()):
        return False
    if sentence.rstrip("”’\"')").endswith("?") or is_furniture(sentence):
        return False
    # Of the reporting, not of the news.
    if people.ANONYMITY_PHRASE.search(own) or people.NO_COMMENT.search(own):
        return False
    if assertions.INSTRUCTION.match(own):
        return False
    verb = any(
        word in cue_verbs.VERBS or (word.endswith("ed") and len(word) > 4) for word in spoken
    )
    verb = (
        verb
        or len(spoken) >= WORDS_OF_A_SENTENCE
        or assertions.PRESENT_VERB.search(own) is not None
    )
    whole = numbers and own.rstrip().endswith(".")
    return (verb or whole) and pronouns.FIRST_OR_SECOND_PERSON.isdisjoint(spoken)


def _nearest(
    start: int,
    at: int,
    paragraphs: Sequence[Paragraph],
    by_paragraph: Sequence[Sequence[Attribution]],
) -> str | None:
    """Choose the attribution from which a reader would take the origin of what starts at `start`.

    The last one before it in its paragraph or, up to the heading above, in the two before; else the
    next one in its paragraph. One without a speaker, or of what was not said, answers nothing.
    """
    here = by_paragraph[at]
    before = here[: bisect_left(here, start, key=_begins)][-1:]
    back = at - 1
    while not before and at - back <= MAX_PARAGRAPHS_BACK and back >= 0:
        if paragraphs[back].kind == "heading":
            break
        before = by_paragraph[back][-1:]
        back -= 1
    nearest = next(iter([*before, *here[:1]]), None)
    return nearest.id if nearest and nearest.speaker and not nearest.negative else None
