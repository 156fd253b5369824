"""Find the answers of an interview, printed under questions in bold or after "Q:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.extract.speakers.names import Names
from bot.extract.speakers.roles import Mention
from bot.extract.words import words
from bot.languages.table import capitals, given_names, pronouns, quoting
from bot.model import Span, Spans
from bot.text.quotes import quotations
from bot.text.spans import masked

QUESTION = re.compile(r"(?:\*\*|__)[^*_\n]+(?:\*\*|__)|(?:\*\*|__)?Q[.:](?:\*\*|__)?\s.+")
LABEL = re.compile(r"(?:\*\*|__)?A[.:](?:\*\*|__)?\s+(?=\S)")
MIN_QUESTIONS = 2
MIN_USES = 2  # of the interviewee's surname, in the whole text
BYLINE_LOOKBACK = 20  # characters before a name to search for "By"
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
    numbers = {number + 1 for number in questions} - {*questions, len(paragraphs)}
    answers = [_content(text, paragraphs[number]) for number in sorted(numbers)]
    if 2 * sum(_is_first_person(text, answer) for answer in answers) < len(answers):
        return []
    source, is_sure = _interviewee(text, paragraphs[questions[0]].start)
    return [
        Draft(
            source=source,
            cue=((start, start + 1),),
            content=((start, end),),
            confidence=CONFIDENCE,
            is_guessed=False,
            paragraph=Paragraph(start, end, "text"),
            is_unsure=not is_sure,
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
    """Tell whether an answer speaks of "I" or "we", apart from what it quotes."""
    printed = text[slice(*answer)]
    return not pronouns.FIRST_PERSON.isdisjoint(words(masked(printed, quotations(printed))))


def _interviewee(text: str, end: int) -> tuple[Spans, bool]:
    """Return where the interviewee is named before the first question, and whether that is sure.

    It is the person named most, apart from whoever asks. Somebody named half as often may be meant.
    """
    names = Names(text)
    named = [mention for mention in names.possible_persons(0, end) if _is_person(names, mention)]
    asking = {mention.name for mention in named if _asks(text, mention)}
    counts = Counter(mention.name for mention in named if mention.name not in asking)
    if not counts:
        return (), True
    (person, count), *others = counts.most_common(2)
    if words(text).count(words(person)[-1]) < MIN_USES:
        return (), True
    start = next(mention.start for mention in named if mention.name == person)
    run = capitals.CAPITALISED_RUN.match(text, start)
    is_sure = not others or count >= 2 * others[0][1]
    return (((start, run.end()),) if run else ()), is_sure


def _is_person(names: Names, mention: Mention) -> bool:
    """Tell whether a full name is a person's, not that of a place or body."""
    given, _, family = mention.name.partition(" ")
    is_known = given_names.gender_of(given) or names.person(mention.name, mention.start)
    return bool(family and is_known)


def _asks(text: str, mention: Mention) -> bool:
    """Tell whether somebody named asks the questions: "By Omar Lund", "Lund met Ida Falk"."""
    start = mention.start
    if quoting.BYLINE.search(text, max(0, start - BYLINE_LOOKBACK), start):
        return True
    run = capitals.CAPITALISED_RUN.match(text, start)
    return bool(run and quoting.INTERVIEWS.match(text, run.end()))
