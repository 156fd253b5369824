"""The line above the answer to a question, which says in words what was searched. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.model import Answer
from bot.search.language.parsing import parse
from bot.search.language.query import FILTERS, OR, Query, quote
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import period, short_date

MAX_CONDITIONS_LENGTH = 300

_IN_WORDS = {"speakers": "by", "outlets": "in", "mentions": "mentioning"}
"""Filters whose values are names that can be put into a sentence."""
_CHOICES_IN_WORDS = {
    ("features", "speaker"): "with_source",
    ("features", "figure"): "with_figure",
    ("features", "date"): "with_date",
    ("stances", "denied"): "only_denials",
    ("not_stances", "denied"): "no_denials",
}


def question_line(answer: Answer) -> str:
    """Say what was searched to answer a question."""
    return say("answers.question_read", conditions=conditions_line(answer.read_as))


def conditions_line(query: str) -> str:
    """Say in words what a query asks of a claim; what has no words of its own, as typed."""
    return shorten(", ".join(_conditions(parse(query, date.max))), MAX_CONDITIONS_LENGTH)


def _conditions(query: Query) -> Iterator[str]:
    """Yield what claims had to be like; what has no words of its own, in the query language."""
    words = [*query.words, *query.phrases, *map(f" {OR} ".join, query.alternatives)]
    if words:
        yield say("answers.question_about", words=" ".join(words))
    for field in (*FILTERS, "not_stances"):
        values = getattr(query, field)
        if values and field in _IN_WORDS:
            yield say(f"answers.question_{_IN_WORDS[field]}", names=either(values))
            continue
        for value in values:
            if key := _CHOICES_IN_WORDS.get((field, value)):
                yield say(f"answers.question_{key}")
            else:
                operator = "-stance" if field == "not_stances" else FILTERS[field]
                yield f"{operator}:{quote(value)}"
    if query.after and query.before:
        yield say("answers.question_days", days=period(query.after, query.before))
    elif query.after:
        yield say("answers.question_since", day=short_date(query.after))
    elif query.before:
        yield say("answers.question_until", day=short_date(query.before))


def either(values: Sequence[str]) -> str:
    """Join names or words: “a”, “b” or “c”."""
    *names, last = (say("answers.question_name", name=name) for name in values)
    return say("answers.question_or", names=", ".join(names), last=last) if names else last
