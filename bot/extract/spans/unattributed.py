"""Find sentences in the article's own voice that can be checked, and score how well.

Numbers, dates, names and a plain present or past tense make a sentence checkable, as in ClaimBuster
(Hassan et al., 2017), but with readable features. Forecasts and possibilities score less;
sentences that only judge are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, starmap

from bot.extract.paragraphs import BULLET, Paragraph, is_furniture, paragraph_index
from bot.extract.words import words
from bot.languages.table import LISTS, assertions, cue_verbs, function_words, people, pronouns
from bot.model import Attribution, Span, Spans, Unattributed
from bot.text.quotes import quotations
from bot.text.sentences import sentences
from bot.text.spans import masked, spans_overlapping

MIN_WORDS = 5
MIN_WORDS_WITH_NUMBER = 4  # "It weighs eleven kilos."
MIN_WORDS_WITHOUT_VERB = 8  # longer sentences almost always have a verb, known or not
NAME = re.compile(r"(?<=[\w,;:’“\"(] )[A-Z][\w’-]+")  # not the first word of the sentence
# The score of a sentence without features, and what each feature adds.
BASE_SCORE, NUMBER_SCORE, TIME_SCORE, NAME_SCORE = 0.3, 0.3, 0.2, 0.2
POSSIBILITY_FACTOR = 0.4  # multiplies the score of a forecast or possibility
JUDGEMENT_PENALTY = 0.25
MIN_SCORE = 0.1  # sentences below it have nothing to check
MAX_PARAGRAPHS_BACK = 2  # between a sentence and its nearest attribution


def find_unattributed(
    text: str, paragraphs: Sequence[Paragraph], attributions: Sequence[Attribution]
) -> list[Unattributed]:
    """Find an article's unattributed sentences, in order, each with its nearest attribution."""
    outer = [attribution for attribution in attributions if attribution.inside is None]
    attributed = _merged(span for one in outer for span in (*one.content, *one.cue))
    by_paragraph = _by_paragraph(paragraphs, outer)
    unattributed = []
    for number, paragraph in enumerate(paragraphs):
        if paragraph.kind != "text":
            continue
        for start, end in _sentences(text, paragraph):
            sentence = text[start:end]
            if spans_overlapping(attributed, start, end) or not _asserts(sentence):
                continue
            if (score := checkability(sentence)) >= MIN_SCORE:
                nearest_id = _nearest(start, number, paragraphs, by_paragraph)
                unattributed.append(
                    Unattributed(content=((start, end),), near=nearest_id, checkable=score)
                )
    return unattributed


def _sentences(text: str, paragraph: Paragraph) -> Iterator[Span]:
    """List a paragraph's sentences, without a bullet before the first."""
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
    """List each paragraph's attributions, by where their content starts."""
    found_by_id: list[dict[str, Attribution]] = [{} for _ in paragraphs]
    for attribution in sorted(attributions, key=_content_start):
        for start, _ in (*attribution.content, *attribution.cue):
            found_by_id[paragraph_index(paragraphs, start)][attribution.id] = attribution
    return [list(found.values()) for found in found_by_id]


def _content_start(attribution: Attribution) -> int:
    return attribution.content[0][0]


def checkability(sentence: str) -> float:
    """Score how well a sentence can be checked, from 0 to 1."""
    parts = words(sentence)
    score = BASE_SCORE
    if _has_number(parts):
        score += NUMBER_SCORE
    if not LISTS["time_words"].isdisjoint(parts) or assertions.PRINTED_TIME.search(sentence):
        score += TIME_SCORE
    names = (name[0].lower() for name in NAME.finditer(sentence))
    if any(name not in function_words.NON_NAME_WORDS for name in names):
        score += NAME_SCORE
    if not LISTS["possibility_words"].isdisjoint(parts):
        score *= POSSIBILITY_FACTOR
    if not LISTS["judgement_words"].isdisjoint(parts):
        score -= JUDGEMENT_PENALTY
    return round(max(score, 0.0), 2)


def _has_number(parts: Iterable[str]) -> bool:
    """Tell whether words contain a number, in digits or spelled out."""
    return any(
        word[0].isdigit() or not LISTS["number_words"].isdisjoint(word.split("-")) for word in parts
    )


def _asserts(sentence: str) -> bool:
    """Tell whether a sentence is an assertion: no question, no quotation, no "I think"."""
    unquoted = masked(sentence, quotations(sentence))
    parts = words(unquoted)
    has_number = _has_number(parts)
    min_words = MIN_WORDS_WITH_NUMBER if has_number else MIN_WORDS
    if len(parts) < min_words or len(unquoted.split()) * 2 < len(sentence.split()):
        return False
    if sentence.rstrip("”’\"')").endswith("?") or is_furniture(sentence):
        return False
    # Sentences about the reporting, not the news.
    if people.ANONYMITY_PHRASE.search(unquoted) or people.NO_COMMENT.search(unquoted):
        return False
    is_instruction = parts[0] in LISTS["imperatives"] and parts[1] in assertions.AFTER_IMPERATIVE
    if is_instruction or not pronouns.FIRST_OR_SECOND_PERSON.isdisjoint(parts):
        return False
    has_verb = (
        any(word in cue_verbs.VERBS or (word.endswith("ed") and len(word) > 4) for word in parts)
        or len(parts) >= MIN_WORDS_WITHOUT_VERB
        or any(starmap(_is_present_verb, pairwise(unquoted.split())))
    )
    return has_verb or (has_number and unquoted.rstrip().endswith("."))


def _is_present_verb(word: str, following: str) -> bool:
    """Tell whether a word is a verb by the one after it: "employs 4,000 people"."""
    is_noun_next = following in assertions.AFTER_PRESENT_VERB or following[0].isdigit()
    return is_noun_next and word.endswith("s") and word.islower() and word.isalpha()


def _nearest(
    start: int,
    number: int,
    paragraphs: Sequence[Paragraph],
    by_paragraph: Sequence[Sequence[Attribution]],
) -> str | None:
    """Return the id of the attribution to which a reader would assign a sentence.

    It is the last one before the sentence, in its paragraph or in the two before, up to a heading.
    If there is none, it is the next one in the sentence's paragraph. Return None if the attribution
    has no speaker or is negated.
    """
    in_paragraph = by_paragraph[number]
    preceding = in_paragraph[: bisect_left(in_paragraph, start, key=_content_start)][-1:]
    earlier_number = number - 1
    while not preceding and earlier_number >= max(0, number - MAX_PARAGRAPHS_BACK):
        if paragraphs[earlier_number].kind == "heading":
            break
        preceding = by_paragraph[earlier_number][-1:]
        earlier_number -= 1
    nearest = next(iter([*preceding, *in_paragraph[:1]]), None)
    return nearest.id if nearest and nearest.speaker and not nearest.negative else None
