"""Find the answers of an interview, printed under questions in bold or after "Q:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.extract.words import words
from bot.languages.table import capitals, function_words, pronouns
from bot.model import Span, Spans
from bot.text.quotes import quotations

QUESTION = re.compile(r"(?:\*\*|__)[^*_\n]+(?:\*\*|__)|(?:\*\*|__)?Q[.:](?:\*\*|__)?\s.+")
LABEL = re.compile(r"(?:\*\*|__)?A[.:](?:\*\*|__)?\s+(?=\S)")
NAME = re.compile(rf"{capitals.CAPITALISED_WORD}(?: {capitals.CAPITALISED_WORD}){{1,3}}")
MIN_QUESTIONS = 2
CONFIDENCE = 0.8


def find_answers(text: str, paragraphs: Sequence[Paragraph]) -> list[Draft]:
    """Find the answers of an interview; the source of each is where the interviewee is named.

    Explainers print their headings in the same way, so at least half of the answers must speak of
    "I" or "we".
    """
    questions = [number for number, one in enumerate(paragraphs) if _is_question(text, one)]
    asks = sum(
        "?" in text[paragraphs[number].start : paragraphs[number].end] for number in questions
    )
    if asks < MIN_QUESTIONS:
        return []
    answers = [
        _content(text, paragraphs[number + 1])
        for number in questions
        if number + 1 < len(paragraphs) and number + 1 not in questions
    ]
    if 2 * sum(_is_first_person(text, answer) for answer in answers) < len(answers):
        return []
    source = _interviewee(text, paragraphs[questions[0]].start)
    return [
        Draft(
            source=source,
            cue=((start, start + 1),),
            content=((start, end),),
            confidence=CONFIDENCE,
            is_guessed=False,
            paragraph=Paragraph(start, end, "text"),
        )
        for start, end in answers
        if not quotations(text[start:end])
    ]


def _is_question(text: str, paragraph: Paragraph) -> bool:
    return QUESTION.fullmatch(text, paragraph.start, paragraph.end) is not None


def _content(text: str, answer: Paragraph) -> Span:
    label = LABEL.match(text, answer.start, answer.end)
    return (label.end() if label else answer.start), answer.end


def _is_first_person(text: str, answer: Span) -> bool:
    return not pronouns.FIRST_PERSON.isdisjoint(words(text[slice(*answer)]))


def _interviewee(text: str, end: int) -> Spans:
    """Return where the interviewee is named before the first question: the name used most."""
    names = list(_names(text, end))
    uses = Counter(words(text))
    last_words = {name: words(text[slice(*name)])[-1] for name in names}
    named = max(names, key=lambda name: uses[last_words[name]], default=None)
    return (named,) if named and uses[last_words[named]] > 1 else ()


def _names(text: str, end: int) -> Iterator[Span]:
    for name in NAME.finditer(text, 0, end):
        if (
            not name[0].isupper()
            and name[0].split()[0].lower() not in function_words.NON_NAME_WORDS
        ):
            yield name.span()
