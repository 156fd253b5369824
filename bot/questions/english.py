"""English questions, read by their first words and their form.

What is asked for decides: what somebody said, who said something, how many, when; all other
questions are the words that tell something, of which an answer holds most.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.questions.nouns import doing, is_whom, joined, of_noun
from bot.questions.question import Asked, Known, Question
from bot.questions.readings import (
    any_words,
    by_whom,
    measured,
    or_any_words,
    question_of,
    telling,
    unless_denied,
    with_phrases,
    with_source,
)
from bot.questions.speaker import is_known, with_subject
from bot.questions.tokens import (
    FEW_WORDS,
    Tokens,
    according_to,
    agrees,
    beginnings,
    by_account_of,
    cut,
    kept,
    may_be_question,
    says,
    up_to,
    verb_at,
)
from bot.questions.words import is_one_of, listed, runs
from bot.search.language.parsing import distinct
from bot.search.language.parts import MARKS, trimmed
from bot.search.language.query import LITTLE, Query
from bot.search.language.typed import as_meant

_MOST_WORDS = 24
_QUOTED = re.compile(rf"[{MARKS}]([^{MARKS}]+)[{MARKS}]")
_AT_PRESENT = ("has", "have", "is", "are")
"""What asks for how something stands now: the newest answer is the best."""
_LONGEST_SUBJECT = 3
"""Words of whom a question asks about."""
_FEW_BEHIND = 5
"""Where the noun for a figure stands at the latest: what is the death toll."""


def read(typed: str, known: Known) -> Question | None:
    """Read a question; None where a text is none."""
    text = with_subject(as_meant(typed).text.strip(), known)
    if not may_be_question(text):
        return None
    tokens = cut(text)
    if len(tokens) < 2 or len(tokens) > _MOST_WORDS:
        return None
    tokens, source = according_to(tokens)
    if not source and tokens[0] == "how":
        tokens, source = by_account_of(tokens)
    asked = Asked(tokens, known, text.endswith("?"))
    read_by = _FORMS.get(tokens[0], _by_noun if tokens[0] not in beginnings() else _yes_or_no)
    question = read_by(asked)
    if question and source:
        question = with_source(question, source, known)
    phrases = distinct(filter(None, map(trimmed, _QUOTED.findall(text))))
    question = with_phrases(question, phrases) if question and phrases else question
    return question and question._replace(tokens=asked.tokens)


def _what(asked: Asked) -> Question | None:
    tokens = asked.tokens
    if tokens[1] in listed("time_nouns"):
        return measured(tokens[2:], "date")
    is_of_something = tokens[1] in ("is", "was", "are", "were")
    if tokens[1] in listed("measure_nouns") or (
        is_of_something and not listed("measure_nouns").isdisjoint(tokens[2:_FEW_BEHIND])
    ):
        told = (one for one in tokens[1:] if one not in listed("measures_little"))
        return measured(tuple(told), "figure", newest=True)
    start = 2 if tokens[1] in listed("auxiliaries") else 1
    if said := _said(asked, start) or of_noun(asked, 2):
        return said
    if tokens[1] in listed("determiners") and not asked.is_asked:
        return None
    return any_words(tokens[1:], is_clear=tokens[1] in listed("auxiliaries") or asked.is_asked)


def _said(asked: Asked, start: int) -> Question | None:
    """What somebody said: who stands before the first verb of saying, what of behind it."""
    tokens, is_asked_of = asked.tokens, start > 1
    at = verb_at(tokens, start)
    if at is None:
        return None
    named = tuple(one for one in tokens[start:at] if one not in listed("auxiliaries"))
    behind = tokens[at + 1 :]
    if behind[:1] == ("by",):
        named, behind = up_to(behind[1:], "about")
    elif not named and not is_asked_of:
        return None
    if behind[:1] == ("what",):
        behind = behind[1:]
    if not is_asked_of and not is_known(named, asked.known):
        return None
    own, denied = kept(tokens[at]), is_one_of(tokens[at], "denying")
    if denied and named[-1:] == ("not",):  # what was not denied
        own, denied = tokens[at : at + 1], False
    said = by_whom(named, (*own, *behind), asked.known, denied=denied)
    return or_any_words(said, tokens[start:]) if said and is_one_of(tokens[at], "doing") else said


_BEFORE_VERB = frozenset((
    *("else", "first", "also", "all", "has", "have", "had", "do", "does", "did", "not", "never"),
))  # fmt: skip


def _who(asked: Asked) -> Question | None:
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
    verb = None if is_passive else next((n for n, w in enumerate(within, at) if says(w)), None)
    if verb is None:
        return any_words(tokens[1:], is_clear=True)
    rest = (*tokens[at:verb], *tokens[verb + 1 :])
    if is_one_of(tokens[verb], "denying") or is_negated:
        said = telling((*kept(tokens[verb]), *rest))
        denied = Query(words=said, stances=("denied",), roughly=LITTLE)
        negated = Query(
            words=("not", *said), holding=("speaker",), not_stances=("denied",), roughly=LITTLE
        )
        return question_of([denied, negated]) if said else None
    said = telling((*kept(tokens[verb]), *rest))
    # Whoever doubts it may well deny it.
    stances = () if is_one_of(tokens[verb], "doubting") else ("denied",)
    asserted = Query(words=said, holding=("speaker",), not_stances=stances, roughly=LITTLE)
    return question_of([asserted]) if said else None


def _when(asked: Asked) -> Question | None:
    tokens = asked.tokens[1:]
    if tokens[0] == "when":  # since when, until when
        tokens = tokens[1:]
    if not asked.is_asked and (not tokens or tokens[0] not in listed("auxiliaries")):
        return None
    if said := _said_at(asked, tokens):
        return said
    return measured(tokens, "date")


def _said_at(asked: Asked, tokens: Tokens) -> Question | None:
    """When, where or why somebody said something."""
    at = verb_at(tokens, 1)
    if at is None or not is_known(tokens[1:at], asked.known):
        return None
    return by_whom(tokens[1:at], (*kept(tokens[at]), *tokens[at + 1 :]), asked.known)


def _how(asked: Asked) -> Question | None:
    tokens = asked.tokens
    name = tokens[1]
    if name == "old":  # what tells an age need not hold it as a figure: "Norah Pell, 78"
        return any_words((*tokens[2:], name), is_clear=True)
    if name in listed("measures"):
        if name == "long":  # a time, or else a way
            return measured(tokens[2:], "figure", "date")
        newest = name in ("many", "much", "few", "little")
        holds = "date" if name in ("soon", "late", "early") else "figure"
        return measured(tokens[2:], holds, newest=newest)
    is_asked = asked.is_asked or not listed("auxiliaries").isdisjoint(tokens[1:3])
    if tokens[1] == "about" or not is_asked:
        return None
    return _said(asked, 2) or any_words(tokens[1:], is_clear=True)


def _other(asked: Asked) -> Question | None:
    """Where, why, which, whose."""
    tokens = asked.tokens[1:]
    is_clear = asked.is_asked or tokens[0] in listed("auxiliaries")
    if tokens[0] in listed("auxiliaries") and (said := _said_at(asked, tokens)):
        return said
    question = any_words(tokens, is_clear=is_clear)
    return question and _or_by_subject(question, asked, 2)


def _yes_or_no(asked: Asked) -> Question | None:
    """Whether something is so, or somebody has said that it is."""
    tokens = asked.tokens
    if len(tokens) < 3:
        return None
    is_clear = (
        asked.is_asked or tokens[0] in listed("beginning") or tokens[1] in listed("determiners")
    )
    at = verb_at(tokens, 2)
    if at is not None and agrees(tokens[0], tokens[at]):
        named = tokens[1:at]
        own, denied = kept(tokens[at]), is_one_of(tokens[at], "denying")
        named = tuple(one for one in named if one != "not" and one not in listed("auxiliaries"))
        if (
            named in runs("nobody")
            or is_known(named, asked.known)
            or denied
            or is_whom(named, asked.known)
        ):
            said = by_whom(named, (*own, *tokens[at + 1 :]), asked.known, denied=denied)
            if said and named in runs("nobody") and not denied:
                said = unless_denied(said)
            if said and is_one_of(tokens[at], "addressing"):
                said = or_any_words(said, tokens[1:])
            return said and said._replace(is_clear=is_clear)
    question = any_words(tokens[1:], is_clear=is_clear)
    if question and tokens[0] in _AT_PRESENT:
        question = question._replace(readings=(replace(question.readings[0], sort="new"),))
    return question and _or_by_subject(question, asked, 1)


def _or_by_subject(question: Question, asked: Asked, start: int) -> Question:
    """A question, or else what somebody says themselves of whom it asks."""
    tokens = asked.tokens
    ends = range(min(len(tokens) - 1, start + _LONGEST_SUBJECT), start, -1)
    end = next((n for n in ends if is_known(tokens[start:n], asked.known)), None)
    own = by_whom(tokens[start:end], tokens[end:], asked.known) if end else None
    by_them = [one for one in own.readings if one.by and one.words] if own else []
    return question._replace(readings=(*question.readings, *by_them[:1]))


def _by_noun(asked: Asked) -> Question | None:
    """Nouns: "ekberg denial about the call", "comments by the mayor on the water"; nobody is quoted
    in every text that looks so, and words are tried first."""
    question = of_noun(asked, 0) or _said(asked, 0)
    if question is None:
        question = doing(asked) or joined(asked) or _asked_within(asked)
    if question is None and asked.is_asked and _begins_with_name(asked):
        question = any_words(asked.tokens, is_clear=False)
        return question and _or_by_subject(question, asked, 0)
    return question and question._replace(is_clear=asked.is_asked)


def _begins_with_name(asked: Asked) -> bool:
    """Whether a question without a form of one is about somebody known: "ekberg resigned?"."""
    tokens = asked.tokens
    ends = range(1, min(len(tokens), _LONGEST_SUBJECT + 1))
    return len(tokens) <= FEW_WORDS and any(is_known(tokens[:n], asked.known) for n in ends)


def _asked_within(asked: Asked) -> Question | None:
    """A question behind what it is about: "grain ship how much fuel was lost"."""
    tokens = asked.tokens
    following = listed("auxiliaries") | listed("measures")
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
    before = telling(tokens[:at])
    readings = (replace(one, words=distinct((*before, *one.words))) for one in question.readings)
    return Question(tuple(readings), is_clear=False)


_FORMS: dict[str, Callable[[Asked], Question | None]] = {
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
