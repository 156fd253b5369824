"""The query language: a person's text in, a Query out, and back.

    yuan ruble "no limits" -euro by:"Sun Yun" in:wsj after:2022-12 before:yesterday

Everything that is no operator is words: "10:30", "foo:bar" and addresses are searched as typed.
A quotation mark that is never closed reaches to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.errors import QueryError
from bot.search.dates import days
from bot.search.words import word_spans, words

LONGEST_QUERY = 40_000
"""Characters; a whole article pasted fits."""
MOST_PARTS = 50
"""Phrases, exclusions and filters in one query; words are not limited."""
LONGEST_RUN = 100
"""Words between two quotation marks, or without white space between them."""

OPERATORS = {
    "by": "by",
    "speaker": "by",
    "source": "by",
    "in": "in",
    "after": "after",
    "before": "before",
}

_MARKS = '"“”„‟«»＂'
_CHUNK = re.compile(rf"[{_MARKS}]|[^\s{_MARKS}]+")
_OPERATOR = re.compile(rf"({'|'.join(OPERATORS)}):", re.IGNORECASE)
_SIMPLE = re.compile(r"[^\W_]+")
# Slack escapes these three; an escape pasted into Slack arrives escaped twice.
_ESCAPE = re.compile(r"&(?:amp;)*(lt|gt|amp);")
_UNESCAPED = {"lt": "<", "gt": ">", "amp": "&"}

_DATE_REMEDY = 'A date looks like 2022-12-14, yesterday or "last week".'
_EMPTY_REMEDY = 'Type a word, a "phrase", by:name, in:outlet, after:date or before:date.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as it was read; `str` gives it back in the query language.

    All of `words` and `phrases` must be found, none of `not_words` and `not_phrases`; the claim is
    by any of `by`, in any of `outlets`, published from `after` to `before`, both included.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None

    @property
    def has_text(self) -> bool:
        """Whether it looks for words or phrases, rather than only filters."""
        return bool(self.words or self.phrases)

    @property
    def has_filters(self) -> bool:
        """Whether it asks for speakers, outlets or dates."""
        return bool(self.by or self.outlets or self.after or self.before)

    def __str__(self) -> str:
        parts = [
            *self.words,
            *(f'"{phrase}"' for phrase in self.phrases),
            *(f"-{word}" for word in self.not_words),
            *(f'-"{phrase}"' for phrase in self.not_phrases),
            *(f"by:{_quoted(name)}" for name in self.by),
            *(f"in:{_quoted(name)}" for name in self.outlets),
        ]
        if self.after:
            parts.append(f"after:{self.after}")
        if self.before:
            parts.append(f"before:{self.before}")
        return " ".join(parts)


class _Part(NamedTuple):
    """One piece of a query as typed: `value` trimmed to its words, `kind` an operator's name or
    "word" or "phrase"."""

    position: int
    kind: str
    value: str
    typed: str
    negative: bool = False


def parse(text: str, today: date) -> Query:
    """Read a query; `today` is what "yesterday" counts from.

    Raises QueryError, with the position where reading stopped, for an empty query, one that only
    excludes, a date that is none, dates that leave no day, an operator without a value and a query
    beyond the limits above.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"I can't read a query of {len(text):,} characters",
            position=LONGEST_QUERY,
            remedy=f"Paste at most {LONGEST_QUERY:,}.",
        )
    text = _ESCAPE.sub(lambda found: _UNESCAPED[found[1]], text)
    found: dict[str, list[str]] = {}
    after: date | None = None
    before: date | None = None
    for part in _parts(text):
        if part.kind == "after":
            day = _days(part, today)[0]
            after = max(after or day, day)
        elif part.kind == "before":
            day = _days(part, today)[1]
            before = min(before or day, day)
        elif _checked(part):
            found.setdefault(f"-{part.kind}" if part.negative else part.kind, []).append(part.value)
    query = Query(
        words=_distinct(found.get("word", [])),
        phrases=_distinct(found.get("phrase", [])),
        not_words=_distinct(found.get("-word", [])),
        not_phrases=_distinct(found.get("-phrase", [])),
        by=_distinct(found.get("by", [])),
        outlets=_distinct(found.get("in", [])),
        after=after,
        before=before,
    )
    return _answerable(query, len(text))


def _parts(text: str) -> Iterator[_Part]:
    """Cut a query into its parts, in order; what holds no word is passed over."""
    position = 0
    while chunk := _CHUNK.search(text, position):
        start, position = chunk.span()
        typed = chunk[0]
        if typed in _MARKS:
            value, position = _quote(text, start)
            yield _Part(start, "phrase", value, text[start:position], _after_minus(text, start))
            continue
        lead = next((span[0] for _, span in word_spans(typed)), len(typed))
        operator = _OPERATOR.match(typed, lead)
        negative = _after_minus(text, start + lead)
        if not operator:
            yield _Part(start, "word", _trimmed(typed), typed, negative)
            continue
        kind = OPERATORS[operator[1].lower()]
        value = typed[operator.end() :]
        if not value:
            value, position = _value(text, position)
        if kind in ("after", "before"):
            value, position = _longest_date(text, value, position)
        yield _Part(start, kind, _trimmed(value), text[start:position], negative)


def _after_minus(text: str, position: int) -> bool:
    """Whether a single minus stands before this position, and nothing but an opening bracket or
    white space before that: "a-b" and "--" exclude nothing."""
    before = text[max(0, position - 2) : position]
    return before.endswith("-") and (len(before) == 1 or before[0].isspace() or before[0] in "([{<")


def _quote(text: str, start: int) -> tuple[str, int]:
    """What stands between the mark at `start` and the next one, and where reading goes on."""
    end = start + 1
    while end < len(text) and text[end] not in _MARKS:
        end += 1
    return _trimmed(text[start + 1 : end]), min(end + 1, len(text))


def _value(text: str, position: int) -> tuple[str, int]:
    """The value of an operator that ends at `position`: a quote, or the next word ("by: xi")."""
    chunk = _CHUNK.search(text, position)
    if not chunk:
        return "", position
    if chunk[0] in _MARKS:
        return _quote(text, chunk.start())
    if _OPERATOR.match(chunk[0]):
        return "", position
    return chunk[0], chunk.end()


def _longest_date(text: str, value: str, position: int) -> tuple[str, int]:
    """Take in up to two more words where these make a date: "after:14 dec 2022", "last week"."""
    best, words_ = (value, position), value
    for _ in range(2):
        chunk = _CHUNK.search(text, position)
        if not chunk or chunk[0] in _MARKS:
            break
        words_, position = f"{words_} {chunk[0]}", chunk.end()
        if days(words_, date.max):
            best = words_, position
    return best


def _trimmed(typed: str) -> str:
    """Cut off what is no word at both ends, and join what is between with single spaces."""
    typed = " ".join(typed.split())
    spans = [span for _, span in word_spans(typed)]
    return typed[spans[0][0] : spans[-1][1]] if spans else ""


def _checked(part: _Part) -> bool:
    """Whether a part says anything; refuse what cannot be read."""
    count = len(words(part.value))
    if count > LONGEST_RUN:
        raise QueryError(
            f"I can't read more than {LONGEST_RUN} words as one phrase",
            position=part.position,
            remedy="Leave out the quotation marks: the best match is found.",
        )
    if part.kind in ("word", "phrase"):
        return count > 0
    if part.negative:
        raise QueryError(
            f"I can't read {_shown(part)}",
            position=part.position,
            remedy='A minus leaves out words and phrases: -euro, -"no limits".',
        )
    if not count:
        raise QueryError(
            f"I can't read {_shown(part)}",
            position=part.position,
            remedy=f'A name must follow, as in {part.kind}:reuters or {part.kind}:"Sun Yun".',
        )
    return True


def _days(part: _Part, today: date) -> tuple[date, date]:
    read = None if part.negative else days(part.value, today)
    if read is None:
        raise QueryError(
            f"I can't read {_shown(part)}", position=part.position, remedy=_DATE_REMEDY
        )
    return read


def _answerable(query: Query, end: int) -> Query:
    if not query.has_text and not query.has_filters:
        only = "only leaves out" if query.not_words or query.not_phrases else "holds no words"
        raise QueryError(
            f"I can't search for what {only}" if end else "I can't search for nothing",
            position=end,
            remedy=_EMPTY_REMEDY,
        )
    if query.after and query.before and query.after > query.before:
        raise QueryError(
            f"No day is both after:{query.after} and before:{query.before}",
            position=end,
            remedy="Both days are included; swap them.",
        )
    parts = (query.phrases, query.not_words, query.not_phrases, query.by, query.outlets)
    if sum(map(len, parts)) > MOST_PARTS:
        raise QueryError(
            f"I can't read more than {MOST_PARTS} phrases, exclusions and names",
            position=end,
            remedy="Ask for fewer at a time.",
        )
    return query


def _distinct(values: list[str]) -> tuple[str, ...]:
    """Drop what says the same as something before it; case and accents count for nothing."""
    return tuple({tuple(words(value)): value for value in reversed(values)}.values())[::-1]


def _quoted(name: str) -> str:
    return name if _SIMPLE.fullmatch(name) else f'"{name}"'


def _shown(part: _Part) -> str:
    return part.typed if len(part.typed) <= 60 else f"{part.typed[:59]}…"
