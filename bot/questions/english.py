"""Read English questions by their first words and their form.

What is asked for decides: what somebody said, who said something, how many, when. Any other
question becomes its content words, most of which an answer has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.questions.nouns import by_participle, by_preposition, by_speech_noun, names_known_speaker
from bot.questions.question import ArchiveLookup, ParsedQuestion, Question
from bot.questions.readings import (
    ask_measure,
    ask_words,
    content_words,
    or_ask_words,
    question_of,
    said_by,
    unless_denied,
    with_phrases,
    with_source,
)
from bot.questions.speaker import is_known, with_subject
from bot.questions.tokens import (
    MAX_WORDS_WITH_COMMA,
    Tokens,
    agrees,
    is_saying_verb,
    may_be_question,
    opening_auxiliaries,
    question_words,
    searched_verb,
    split_according_to,
    split_before,
    split_reported_by,
    verb_at,
)
from bot.questions.words import is_form_of, phrase_list, word_list
from bot.search.language.parsing import distinct
from bot.search.language.parts import MARKS, trim
from bot.search.language.query import CLOSE_SHARE, Query
from bot.search.language.typed_text import clean_typed_text

_MOST_WORDS = 24
_QUOTED = re.compile(rf"[{MARKS}]([^{MARKS}]+)[{MARKS}]")
_AT_PRESENT = ("has", "have", "is", "are")
"""These ask for the current state, so the newest answer is the best."""
_LONGEST_SUBJECT = 3
"""Words in the name of a subject."""
_FEW_BEHIND = 5
"""A noun for a figure is among so many first words: what is the death toll."""


def parse_question(typed: str, known: ArchiveLookup) -> Question | None:
    """Read a question; None if the text is not one."""
    text = with_subject(clean_typed_text(typed).text.strip(), known)
    if not may_be_question(text):
        return None
    tokens = question_words(text)
    if len(tokens) < 2 or len(tokens) > _MOST_WORDS:
        return None
    tokens, source = split_according_to(tokens)
    if not source and tokens[0] == "how":
        tokens, source = split_reported_by(tokens)
    asked = ParsedQuestion(tokens, known, text.endswith("?"))
    read_by = _FORMS.get(
        tokens[0], _by_noun if tokens[0] not in opening_auxiliaries() else _yes_or_no
    )
    question = read_by(asked)
    if question and source:
        question = with_source(question, source, known)
    phrases = distinct(filter(None, map(trim, _QUOTED.findall(text))))
    question = with_phrases(question, phrases) if question and phrases else question
    return question and question._replace(tokens=asked.tokens)


def _what(asked: ParsedQuestion) -> Question | None:
    tokens = asked.tokens
    if tokens[1] in word_list("time_nouns"):
        return ask_measure(tokens[2:], "date")
    is_of_something = tokens[1] in ("is", "was", "are", "were")
    if tokens[1] in word_list("measure_nouns") or (
        is_of_something and not word_list("measure_nouns").isdisjoint(tokens[2:_FEW_BEHIND])
    ):
        told = (one for one in tokens[1:] if one not in word_list("measures_little"))
        return ask_measure(tuple(told), "figure", newest=True)
    start = 2 if tokens[1] in word_list("auxiliaries") else 1
    if said := _said(asked, start) or by_speech_noun(asked, 2):
        return said
    if tokens[1] in word_list("determiners") and not asked.has_question_mark:
        return None
    is_clear = tokens[1] in word_list("auxiliaries") or asked.has_question_mark
    return ask_words(tokens[1:], is_clear=is_clear)


def _said(asked: ParsedQuestion, start: int) -> Question | None:
    """What somebody said: the speaker is before the first verb of saying, the topic behind it."""
    tokens, is_asked_of = asked.tokens, start > 1
    at = verb_at(tokens, start)
    if at is None:
        return None
    named = tuple(one for one in tokens[start:at] if one not in word_list("auxiliaries"))
    behind = tokens[at + 1 :]
    if behind[:1] == ("by",):
        named, behind = split_before(behind[1:], "about")
    elif not named and not is_asked_of:
        return None
    if behind[:1] == ("what",):
        behind = behind[1:]
    if not is_asked_of and not is_known(named, asked.archive):
        return None
    own, denied = searched_verb(tokens[at]), is_form_of(tokens[at], "denying")
    if denied and named[-1:] == ("not",):  # what was not denied
        own, denied = tokens[at : at + 1], False
    said = said_by(named, (*own, *behind), asked.archive, denied=denied)
    return or_ask_words(said, tokens[start:]) if said and is_form_of(tokens[at], "doing") else said


_BEFORE_VERB = frozenset((
    *("else", "first", "also", "all", "has", "have", "had", "do", "does", "did", "not", "never"),
))  # fmt: skip


def _who(asked: ParsedQuestion) -> Question | None:
    """Who said something, or did it."""
    tokens = asked.tokens
    at = 1
    is_negated = False
    while at < len(tokens) - 1 and tokens[at] in _BEFORE_VERB:
        is_negated = is_negated or tokens[at] in ("not", "never")
        at += 1
    is_passive = tokens[at] in ("is", "was", "are", "were", "been", "be", "being")
    if is_passive and at + 1 < len(tokens) and tokens[at + 1].endswith("ing"):
        at, is_passive = at + 1, False
    within = tokens[at : at + 1] if tokens[at] != "at" else tokens[at : at + 5]
    verb = (
        None
        if is_passive
        else next((n for n, w in enumerate(within, at) if is_saying_verb(w)), None)
    )
    if verb is None:
        return ask_words(tokens[1:], is_clear=True)
    rest = (*tokens[at:verb], *tokens[verb + 1 :])
    if is_form_of(tokens[verb], "denying") or is_negated:
        said = content_words((*searched_verb(tokens[verb]), *rest))
        denied = Query(words=said, stances=("denied",), min_share=CLOSE_SHARE)
        negated = Query(
            words=("not", *said),
            features=("speaker",),
            not_stances=("denied",),
            min_share=CLOSE_SHARE,
        )
        return question_of([denied, negated]) if said else None
    said = content_words((*searched_verb(tokens[verb]), *rest))
    # Those who doubt something may also deny it.
    stances = () if is_form_of(tokens[verb], "doubting") else ("denied",)
    asserted = Query(words=said, features=("speaker",), not_stances=stances, min_share=CLOSE_SHARE)
    return question_of([asserted]) if said else None


def _when(asked: ParsedQuestion) -> Question | None:
    tokens = asked.tokens[1:]
    if tokens[0] == "when":  # since when, until when
        tokens = tokens[1:]
    if not asked.has_question_mark and (not tokens or tokens[0] not in word_list("auxiliaries")):
        return None
    if said := _said_at(asked, tokens):
        return said
    return ask_measure(tokens, "date")


def _said_at(asked: ParsedQuestion, tokens: Tokens) -> Question | None:
    """When, where or why somebody said something."""
    at = verb_at(tokens, 1)
    if at is None or not is_known(tokens[1:at], asked.archive):
        return None
    return said_by(tokens[1:at], (*searched_verb(tokens[at]), *tokens[at + 1 :]), asked.archive)


def _how(asked: ParsedQuestion) -> Question | None:
    tokens = asked.tokens
    name = tokens[1]
    if name == "old":  # an age may be printed without a word for it: "Norah Pell, 78"
        return ask_words((*tokens[2:], name), is_clear=True)
    if name in word_list("measures"):
        if name == "long":  # a time, or else a way
            return ask_measure(tokens[2:], "figure", "date")
        newest = name in ("many", "much", "few", "little")
        holds = "date" if name in ("soon", "late", "early") else "figure"
        return ask_measure(tokens[2:], holds, newest=newest)
    is_asked = asked.has_question_mark or not word_list("auxiliaries").isdisjoint(tokens[1:3])
    if tokens[1] == "about" or not is_asked:
        return None
    return _said(asked, 2) or ask_words(tokens[1:], is_clear=True)


def _other(asked: ParsedQuestion) -> Question | None:
    """Where, why, which, whose."""
    tokens = asked.tokens[1:]
    is_clear = asked.has_question_mark or tokens[0] in word_list("auxiliaries")
    if tokens[0] in word_list("auxiliaries") and (said := _said_at(asked, tokens)):
        return said
    question = ask_words(tokens, is_clear=is_clear)
    return question and _or_by_subject(question, asked, 2)


def _yes_or_no(asked: ParsedQuestion) -> Question | None:
    """Whether something is so, or whether somebody said it."""
    tokens = asked.tokens
    if len(tokens) < 3:
        return None
    is_clear = (
        asked.has_question_mark
        or tokens[0] in word_list("beginning")
        or tokens[1] in word_list("determiners")
    )
    at = verb_at(tokens, 2)
    if at is not None and agrees(tokens[0], tokens[at]):
        named = tokens[1:at]
        own, denied = searched_verb(tokens[at]), is_form_of(tokens[at], "denying")
        named = tuple(one for one in named if one != "not" and one not in word_list("auxiliaries"))
        if (
            named in phrase_list("nobody")
            or is_known(named, asked.archive)
            or denied
            or names_known_speaker(named, asked.archive)
        ):
            said = said_by(named, (*own, *tokens[at + 1 :]), asked.archive, denied=denied)
            if said and named in phrase_list("nobody") and not denied:
                said = unless_denied(said)
            if said and is_form_of(tokens[at], "addressing"):
                said = or_ask_words(said, tokens[1:])
            return said and said._replace(is_clear=is_clear)
    question = ask_words(tokens[1:], is_clear=is_clear)
    if question and tokens[0] in _AT_PRESENT:
        question = question._replace(readings=(replace(question.readings[0], sort="new"),))
    return question and _or_by_subject(question, asked, 1)


def _or_by_subject(question: Question, asked: ParsedQuestion, start: int) -> Question:
    """The question, with what its subject says of the topic as a further reading."""
    tokens = asked.tokens
    ends = range(min(len(tokens) - 1, start + _LONGEST_SUBJECT), start, -1)
    end = next((n for n in ends if is_known(tokens[start:n], asked.archive)), None)
    own = said_by(tokens[start:end], tokens[end:], asked.archive) if end else None
    by_them = [one for one in own.readings if one.speakers and one.words] if own else []
    return question._replace(readings=(*question.readings, *by_them[:1]))


def _by_noun(asked: ParsedQuestion) -> Question | None:
    """Noun phrases: "ekberg denial about the call", "comments by the mayor on the water". Many
    such texts are no questions, so without a question mark plain words are tried first."""
    question = by_speech_noun(asked, 0) or _said(asked, 0)
    if question is None:
        question = by_participle(asked) or by_preposition(asked) or _asked_within(asked)
    if question is None and asked.has_question_mark and _begins_with_name(asked):
        question = ask_words(asked.tokens, is_clear=False)
        return question and _or_by_subject(question, asked, 0)
    return question and question._replace(is_clear=asked.has_question_mark)


def _begins_with_name(asked: ParsedQuestion) -> bool:
    """Whether a question without a form of one is about somebody known: "ekberg resigned?"."""
    tokens = asked.tokens
    ends = range(1, min(len(tokens), _LONGEST_SUBJECT + 1))
    return len(tokens) <= MAX_WORDS_WITH_COMMA and any(
        is_known(tokens[:n], asked.archive) for n in ends
    )


def _asked_within(asked: ParsedQuestion) -> Question | None:
    """A question that follows its topic: "grain ship how much fuel was lost"."""
    tokens = asked.tokens
    following = word_list("auxiliaries") | word_list("measures")
    at = next(
        (
            n
            for n in range(1, len(tokens) - 2)
            if tokens[n] in _FORMS and tokens[n + 1] in following
        ),
        None,
    )
    if at is None or not (question := _FORMS[tokens[at]](asked._replace(tokens=tokens[at:]))):
        return None
    before = content_words(tokens[:at])
    readings = (replace(one, words=distinct((*before, *one.words))) for one in question.readings)
    return Question(tuple(readings), is_clear=False)


_FORMS: dict[str, Callable[[ParsedQuestion], Question | None]] = {
    "what": _what,
    "who": _who,
    "whom": _who,
    "when": _when,
    "since": lambda asked: _when(asked) if asked.tokens[1] == "when" else None,
    "until": lambda asked: _when(asked) if asked.tokens[1] == "when" else None,
    "how": _how,
    "where": _other,
    "why": _other,
    "which": _other,
    "whose": _other,
}
