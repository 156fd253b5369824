"""English questions, read by their first words and their form.

What is asked for decides: what somebody said, who said something, how many, when; all other
questions are the words that tell something, of which an answer holds most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.search.language.parsing import distinct
from bot.search.language.parts import MARKS, OPERATOR, as_words
from bot.search.language.query import EXACTLY, MOSTLY, OR, Query
from bot.search.language.typed import as_meant
from bot.search.questions.question import Known, Question
from bot.search.questions.speaker import Whom, is_known, whom
from bot.search.questions.words import is_one_of, listed, mapping, runs
from bot.text.words import words
from bot.wordlist import is_word

_MOST_WORDS = 24
_FEW_WORDS = 12
"""With more, and a comma, it is no question but a sentence that begins as one."""
_QUERY_ONLY = re.compile(rf"(?<!\S)(?:-\w|{OR}(?!\S)|(?i:{OPERATOR.pattern}))")
_MARKS = ".,;:!?…()[]" + MARKS
_QUOTED = re.compile(rf"[{MARKS}]([^{MARKS}]+)[{MARKS}]")
_AT_PRESENT = ("has", "have", "is", "are")
"""What asks for how something stands now: the newest answer is the best."""
_ACCORDING_TO = ("according", "to")
_LONGEST_NAME = 9
"""Words of who is asked about."""
_FEW_BEHIND = 5
"""Where the noun for a figure stands at the latest: what is the death toll."""

Tokens = Sequence[str]


class _Asked(NamedTuple):
    """A question being read."""

    tokens: tuple[str, ...]
    known: Known
    is_asked: bool
    """Whether a question mark ends it."""


def read(typed: str, known: Known) -> Question | None:
    """Read a question; None where a text is none."""
    text = as_meant(typed).text.strip()
    if not _may_be_question(text):
        return None
    tokens = _begun_right(_tokens(text))
    if len(tokens) < 2 or len(tokens) > _MOST_WORDS:
        return None
    tokens, source = _according_to(tokens)
    asked = _Asked(tokens, known, text.endswith("?"))
    read_by = _FORMS.get(tokens[0], _by_noun if tokens[0] not in _beginnings() else _yes_or_no)
    question = read_by(asked)
    if question and source:
        question = _with_source(question, source, known)
    phrases = tuple(filter(words, _QUOTED.findall(text)))
    return _with_phrases(question, phrases) if question and phrases else question


def _may_be_question(text: str) -> bool:
    if not text or "\n" in text or text[0] in (EXACTLY, MOSTLY) or _QUERY_ONLY.search(text):
        return False
    is_sentence = text.endswith(".") or ("," in text and len(text.split()) > _FEW_WORDS)
    return text.endswith("?") or not is_sentence


def _tokens(text: str) -> tuple[str, ...]:
    """The words of a question in small letters, without what stands around it."""
    plain = text.lower().replace("’", "'")
    tokens = [one for one in (chunk.strip(_MARKS) for chunk in plain.split()) if one]
    while found := next((run for run in runs("before") if tuple(tokens[: len(run)]) == run), None):
        if len(tokens) <= len(found) + 1:
            break
        tokens = tokens[len(found) :]
    while len(tokens) > 2 and tokens[-1] in listed("behind"):
        tokens = tokens[:-1]
    return tuple(part for one in tokens for part in _spelled_out(one))


def _begun_right(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """A question whose first word may be mistyped: waht, wehn."""
    first = tokens[0] if tokens else ""
    if len(first) < 3 or first in _FORMS or first in _beginnings() or is_word(first):
        return tokens
    meant = [one for one in listed("mistyped") if OSA.distance(first, one) == 1]
    return (meant[0], *tokens[1:]) if len(meant) == 1 else tokens


def _spelled_out(token: str) -> list[str]:
    if spelled := mapping("spelled_out").get(token):
        return spelled.split()
    return [token[:-3], "not"] if token.endswith("n't") else [token]


def _beginnings() -> frozenset[str]:
    return listed("beginning") | listed("also_beginning")


# -- what is asked for


def _what(asked: _Asked) -> Question | None:
    tokens = asked.tokens
    if tokens[1] in listed("time_nouns"):
        return _measured(tokens[2:], "date")
    is_of_something = tokens[1] in ("is", "was", "are", "were")
    if tokens[1] in listed("measure_nouns") or (
        is_of_something and not listed("measure_nouns").isdisjoint(tokens[2:_FEW_BEHIND])
    ):
        told = (one for one in tokens[1:] if one not in listed("measures_little"))
        return _measured(tuple(told), "figure", newest=True)
    start = 2 if tokens[1] in listed("auxiliaries") else 1
    if said := _said(asked, start) or _of_noun(asked, 2):
        return said
    if tokens[1] in listed("determiners") and not asked.is_asked:
        return None
    return _any_words(tokens[1:], is_clear=tokens[1] in listed("auxiliaries") or asked.is_asked)


def _said(asked: _Asked, start: int) -> Question | None:
    """What somebody said: who stands before the first verb of saying, what of behind it."""
    tokens, is_asked_of = asked.tokens, start > 1
    at = _verb(tokens, start)
    if at is None:
        return None
    named = tuple(one for one in tokens[start:at] if one not in listed("auxiliaries"))
    behind = tokens[at + 1 :]
    if behind[:1] == ("by",):
        named, behind = _up_to(behind[1:], "about")
    elif not named and not is_asked_of:
        return None
    if behind[:1] == ("what",):
        behind = behind[1:]
    if not is_asked_of and not is_known(named, asked.known):
        return None
    kept, denied = _kept(tokens[at]), is_one_of(tokens[at], "denying")
    said = _by(asked, named, (*kept, *behind), denied=denied)
    return _or_any_words(said, tokens[start:]) if said and is_one_of(tokens[at], "doing") else said


def _who(asked: _Asked) -> Question | None:
    """Who said something, or did it."""
    tokens = asked.tokens
    at = 1
    while at < len(tokens) - 1 and tokens[at] in ("else", "first", "also", "all", "has", "have"):
        at += 1
    is_passive = tokens[at] in ("is", "was", "are", "were", "been", "be", "being")
    if is_passive and at + 1 < len(tokens) and tokens[at + 1].endswith("ing"):
        at, is_passive = at + 1, False
    within = tokens[at : at + 1] if tokens[at] != "at" else tokens[at : at + 5]
    verb = None if is_passive else next((n for n, w in enumerate(within, at) if _says(w)), None)
    if verb is None:
        return _any_words(tokens[1:], is_clear=True)
    rest = (*tokens[at:verb], *tokens[verb + 1 :])
    if is_one_of(tokens[verb], "denying"):
        said = _telling(rest)
        denied = Query(words=said, stances=("denied",), mostly=True)
        negated = Query(
            words=("not", *said), holding=("speaker",), not_stances=("denied",), mostly=True
        )
        return _question([denied, negated]) if said else None
    said = _telling((*_kept(tokens[verb]), *rest))
    asserted = Query(words=said, holding=("speaker",), not_stances=("denied",), mostly=True)
    return _question([asserted]) if _telling(rest) else None


def _when(asked: _Asked) -> Question | None:
    tokens = asked.tokens[1:]
    if tokens[0] == "when":  # since when, until when
        tokens = tokens[1:]
    if not asked.is_asked and (not tokens or tokens[0] not in listed("auxiliaries")):
        return None
    if said := _said_at(asked, tokens):
        return said
    return _measured(tokens, "date")


def _said_at(asked: _Asked, tokens: Tokens) -> Question | None:
    """When, where or why somebody said something."""
    at = _verb(tokens, 1)
    if at is None or not is_known(tokens[1:at], asked.known):
        return None
    return _by(asked, tokens[1:at], (*_kept(tokens[at]), *tokens[at + 1 :]), denied=False)


def _how(asked: _Asked) -> Question | None:
    tokens = asked.tokens
    name = tokens[1]
    if name == "old":  # what tells an age need not hold it as a figure: "Norah Pell, 78"
        return _any_words((*tokens[2:], name), is_clear=True)
    if name in listed("measures"):
        if name == "long":  # a time, or else a way
            return _measured(tokens[2:], "figure", "date")
        newest = name in ("many", "much", "few", "little")
        holds = "date" if name in ("soon", "late", "early") else "figure"
        return _measured(tokens[2:], holds, newest=newest)
    if tokens[1] == "about" or not (tokens[1] in listed("auxiliaries") or asked.is_asked):
        return None
    return _said(asked, 2) or _any_words(tokens[1:], is_clear=True)


def _other(asked: _Asked) -> Question | None:
    """Where, why, which, whose."""
    tokens = asked.tokens[1:]
    is_clear = asked.is_asked or tokens[0] in listed("auxiliaries")
    if tokens[0] in listed("auxiliaries") and (said := _said_at(asked, tokens)):
        return said
    return _any_words(tokens, is_clear=is_clear)


def _yes_or_no(asked: _Asked) -> Question | None:
    """Whether something is so, or somebody has said that it is."""
    tokens = asked.tokens
    if len(tokens) < 3:
        return None
    is_clear = (
        asked.is_asked or tokens[0] in listed("beginning") or tokens[1] in listed("determiners")
    )
    at = _verb(tokens, 2)
    if at is not None and _agrees(tokens[0], tokens[at]):
        named = tokens[1:at]
        kept, denied = _kept(tokens[at]), is_one_of(tokens[at], "denying")
        named = tuple(one for one in named if one != "not" and one not in listed("auxiliaries"))
        if (
            named in runs("nobody")
            or is_known(named, asked.known)
            or denied
            or _is_whom(named, asked.known)
        ):
            said = _by(asked, named, (*kept, *tokens[at + 1 :]), denied=denied)
            if said and is_one_of(tokens[at], "addressing"):
                said = _or_any_words(said, tokens[1:])
            return said and said._replace(is_clear=is_clear)
    question = _any_words(tokens[1:], is_clear=is_clear)
    if question and tokens[0] in _AT_PRESENT:
        return question._replace(readings=(replace(question.readings[0], sort="new"),))
    return question


def _is_whom(named: Tokens, known: Known) -> bool:
    found = whom(named, known)
    return found is not None and found.by is not None and known.speaker(found.by) is not None


def _agrees(auxiliary: str, verb: str) -> bool:
    """Whether a verb has the form that it takes behind an auxiliary: did deny, has denied."""
    if auxiliary in ("has", "have", "had"):
        return verb.endswith(("ed", "d", "n", "t")) or not verb.endswith(("s", "ing"))
    if auxiliary in ("is", "are", "was", "were"):
        return verb.endswith("ing")
    return verb in listed("saying") | listed("telling") | listed("denying")


def _by_noun(asked: _Asked) -> Question | None:
    """Nouns: "ekberg denial about the call", "comments by the mayor on the water"; nobody is quoted
    in every text that looks so, and words are tried first."""
    question = _of_noun(asked, 0) or _said(asked, 0)
    if question is None:
        question = _joined(asked) or _asked_within(asked)
    return question and question._replace(is_clear=asked.is_asked)


def _of_noun(asked: _Asked, start: int) -> Question | None:
    """What somebody said, by the noun for it: X's denial of Y, the denial by X of Y."""
    tokens = asked.tokens
    at = next((n for n in range(start, len(tokens)) if _is_noun(tokens[n])), None)
    if at is None:
        return None
    named, behind = tokens[start:at], tokens[at + 1 :]
    named = tuple(one for one in named if one not in ("any", "all", "latest"))
    if not [one for one in named if one not in listed("determiners")] and behind[:1] in (
        ("by",), ("from",), ("of",),
    ):  # fmt: skip
        named, behind = _up_to(behind[1:], "about")
    if not is_known(named, asked.known) and not _is_whom(named, asked.known):
        return None
    kept = (tokens[at],) if is_one_of(tokens[at], "telling_nouns") else ()
    return _by(asked, named, (*kept, *behind), denied=is_one_of(tokens[at], "denials"))


def _joined(asked: _Asked) -> Question | None:
    """Somebody on something: "tilling on the conversation"."""
    tokens = asked.tokens
    at = next((n for n in range(1, len(tokens) - 1) if tokens[n] in listed("joining")), None)
    if at is None or not is_known(tokens[:at], asked.known):
        return None
    return _by(asked, tokens[:at], tokens[at + 1 :], denied=False)


def _asked_within(asked: _Asked) -> Question | None:
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
    before = _telling(tokens[:at])
    readings = (replace(one, words=distinct((*before, *one.words))) for one in question.readings)
    return Question(tuple(readings), is_clear=False)


_FORMS: dict[str, Callable[[_Asked], Question | None]] = {
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


# -- how it is read


def _by(asked: _Asked, named: Tokens, behind: Tokens, *, denied: bool) -> Question | None:
    """What somebody said, whose words stand behind the verb or noun of saying."""
    found = whom(named, asked.known)
    said = _telling(behind)
    if found is None:
        if not said:
            return None
        return _question([Query(words=said, holding=("speaker",), mostly=True)])
    readings = list(_of_whom(found, said, denied=denied))
    return _question(readings) if readings else None


def _of_whom(found: Whom, said: tuple[str, ...], *, denied: bool) -> Iterator[Query]:
    left = _telling(found.left)
    if found.by is None:
        yield Query(words=distinct((*left, *said)), holding=("speaker",), mostly=True)
        return
    by = (found.by,)
    if not said and not left:
        yield Query(by=by, sort="new", stances=("denied",) if denied else ())
        return
    if denied:
        yield Query(words=said or left, by=by, stances=("denied",), mostly=True)
    yield Query(words=distinct((*left, *said)), by=by, mostly=True)


def _measured(tokens: Tokens, *holds: str, newest: bool = False) -> Question | None:
    """A figure or a day is asked for, perhaps the newest."""
    said = _telling(tokens)
    if not said:
        return None
    wanted = Query(words=said, holding=holds, sort="new" if newest else "best", mostly=True)
    less = [replace(wanted, holding=holds[:1])] if len(holds) > 1 else []
    return _question([wanted, *less, Query(words=said, mostly=True)])


def _any_words(tokens: Tokens, *, is_clear: bool) -> Question | None:
    said = _telling(tokens)
    if not said:
        return None
    return Question((Query(words=said, mostly=True),), is_clear)


def _or_any_words(said: Question, tokens: Tokens) -> Question:
    """What somebody said, or else who- or whatever tells of it."""
    other = _any_words(tokens, is_clear=said.is_clear)
    return said._replace(readings=(*said.readings, *(other.readings if other else ())))


def _question(readings: Sequence[Query]) -> Question:
    return Question(tuple(readings), is_clear=True)


def _according_to(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A question without the source that is named behind it, and that source."""
    at = next((n for n in range(2, len(tokens) - 2) if tokens[n : n + 2] == _ACCORDING_TO), None)
    return (tokens, ()) if at is None else (tokens[:at], tokens[at + 2 :])


def _with_source(question: Question, source: Tokens, known: Known) -> Question:
    """What that source says, or else what anybody says who also names it."""
    found = whom(source, known)
    by = (found.by,) if found and found.by else ()
    sourced = [replace(one, by=by) for one in question.readings if by and not one.by]
    named = [
        replace(one, words=distinct((*one.words, *_telling(source)))) for one in question.readings
    ]
    return question._replace(readings=(*sourced, *named))


def _with_phrases(question: Question, phrases: tuple[str, ...]) -> Question:
    """What stands in quotation marks must be found as it stands, or else as words."""
    quoted = {one for phrase in phrases for one in words(phrase)}
    strictly = [
        replace(one, words=_without(one.words, quoted), phrases=phrases)
        for one in question.readings
    ]
    return Question((*strictly, *question.readings), question.is_clear)


def _without(said: tuple[str, ...], quoted: set[str]) -> tuple[str, ...]:
    return tuple(one for one in said if not quoted.issuperset(words(one)))


def _telling(tokens: Tokens) -> tuple[str, ...]:
    """The words of a question that its answer may hold."""
    told = (one.removesuffix("'s") for one in tokens)
    return distinct(as_words(one for one in told if one not in listed("little")))


def _verb(tokens: Tokens, start: int) -> int | None:
    """Where the first verb of saying stands, not far behind the beginning of who says it."""
    end = min(len(tokens), start + _LONGEST_NAME)
    return next(
        (
            at
            for at in range(start, end)
            if _says(tokens[at]) and tokens[at - 1] not in listed("articles")
        ),
        None,
    )


def _kept(verb: str) -> Tokens:
    """A verb of saying that tells what was said, too: blamed, warned."""
    return (verb,) if is_one_of(verb, "telling") else ()


def _says(token: str) -> bool:
    return is_one_of(token, "saying", "telling", "denying")


def _is_noun(token: str) -> bool:
    return is_one_of(token.removesuffix("'s"), "nouns", "telling_nouns", "denials")


def _up_to(tokens: tuple[str, ...], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands before the first word of a list, and what from it on."""
    at = next((n for n, one in enumerate(tokens) if n and one in listed(name)), len(tokens))
    return tokens[:at], tokens[at:]
