"""Percolation, a reversed search: find the stored queries that a new claim matches. Pure.

A query is a set of parts, each of which requires one of several words in a field of the claim, as
indexed (search/engine/documents.py); some words are excluded. Each query is stored under the words
of its rarest part, and a claim is checked only against queries stored under its own words, so that
cost grows with the matches, not with the queries. (The idea is Elasticsearch's percolator and
Luwak's presearcher; no code is theirs.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from bot.model import ClaimEntry
from bot.search.engine.documents import tag, texts
from bot.search.engine.query_builder import QueryBuilder, Run
from bot.search.engine.titles import content_words, title_words
from bot.search.engine.words import name_words, split_words, stem
from bot.search.language.query import FILTERS, Query, quoted
from bot.search.word_weights import significant_words

Place = tuple[str, str]
"""A field, and one of its terms."""

_STEMMED = frozenset(("text", "who", "title"))
_WHOLE = frozenset(("called", "role", "another", "in", "tag"))
"""The fields that hold stems, and those whose values are one term each; the others hold words."""
_OWN, _TITLED = ("text", "who"), ("text", "who", "title")
"""Where words stand that are a claim's own, and where those that its article's title may hold."""
_ANY: Place = ("", "")
"""Where queries are filed that ask for no word."""


class SoughtWords(NamedTuple):
    """Words to find in a field, padded for substring search, and how the query has them; no match
    if one of `others` is someone else's role in the claim."""

    field: str
    words: str
    typed: str
    others: tuple[str, ...] = ()

    def stands_in(self, fields: Mapping[str, str]) -> bool:
        """Whether a claim with these fields has it."""
        another = fields.get("another", "")
        return self.words in fields.get(self.field, "") and not any(
            one in another for one in self.others
        )


Part = tuple[SoughtWords, ...]
"""Alternatives, of which one must match."""


@dataclass(frozen=True, slots=True)
class _ParsedQuery:
    """All that a query requires of a claim."""

    parts: tuple[Part, ...]
    words: tuple[Part, ...]
    """At least `fewest` of these parts must match."""
    fewest: int
    by: tuple[str, ...]
    spoken: Part
    without: Part
    after: date | None
    before: date | None


class ClaimPercolator:
    """Stores queries by name and finds those that a claim matches, with the same results as
    `ClaimIndex.among` for these queries with `exact` set: all words are required, even of more than
    twelve.

    `frequency` estimates how many claims have a term in a field; it affects speed only. Not
    thread-safe.
    """

    def __init__(self, builder: QueryBuilder, frequency: Callable[[str, str], int]) -> None:
        self._builder, self._frequency = builder, frequency
        self._asked: dict[str, _ParsedQuery] = {}
        self._under: defaultdict[Place, set[str]] = defaultdict(set)
        self._places: dict[str, Collection[Place]] = {}

    def add(self, name: str, query: Query) -> None:
        """Store a query under a name, replacing any that has it."""
        self.remove(name)
        asked = self._read(query)
        self._asked[name] = asked
        parts = (*asked.parts, asked.spoken) if asked.spoken else asked.parts
        filed = [_filed_under(part, self._frequency) for part in parts]
        if asked.fewest:
            filed.append(_filed_under_some(asked.words, asked.fewest, self._frequency))
        _, self._places[name] = min(filed, key=itemgetter(0), default=(0, {_ANY}))
        for place in self._places[name]:
            self._under[place].add(name)

    def remove(self, name: str) -> None:
        """Remove the query of a name."""
        self._asked.pop(name, None)
        for place in self._places.pop(name, ()):
            self._under[place].discard(name)
            if not self._under[place]:
                del self._under[place]

    def __len__(self) -> int:
        return len(self._asked)

    def matching(
        self,
        entry: ClaimEntry,
        also_called: Iterable[str] = (),
        also_by: Callable[[tuple[str, ...]], Collection[str]] = lambda _: (),
    ) -> dict[str, tuple[str, ...]]:
        """See `Percolator.matching`."""
        fields, terms = _fields(entry)
        for other in also_called:
            words = name_words(other)
            terms |= {("name", word) for word in words} | {("called", " ".join(words))}
        near: set[str] = set()
        for place in self._under.keys() & terms:
            near |= self._under[place]
        out = {}
        for name in near:
            found = _found(self._asked[name], entry, fields, also_by)
            if found is not None:
                out[name] = found
        return out

    # -- reading a query

    def _read(self, query: Query) -> _ParsedQuery:
        counted = significant_words(query.words) if query.is_rough else ()
        said = tuple(self._anywhere([word], [word]) for word in counted)
        parts = [
            *(() if query.is_rough else self._each_of(query.words)),
            *(self._anywhere([phrase], [f'"{phrase}"']) for phrase in query.phrases),
            *(self._anywhere(group, map(quoted, group)) for group in query.alternatives),
            *(self._about(name) for name in query.mentions),
            self._via(query.via),
            self._named("outlets", query.outlets, part="outlet", whole="in"),
            self._headed(query.titles),
            *map(tuple, _tags(query)),
        ]
        excluded = (*query.not_words, *query.not_phrases)
        not_stances = (tag(FILTERS["stances"], stance) for stance in query.not_stances)
        return _ParsedQuery(
            parts=tuple(filter(None, parts)),
            words=said,
            fewest=len(said) // 2 + 1 if said else 0,
            by=query.speakers,
            spoken=tuple(one for name in query.speakers for one in self._spoken(name)),
            without=(
                *self._anywhere(excluded, excluded),
                *(_whole("tag", one, one) for one in not_stances),
            ),
            after=query.after,
            before=query.before,
        )

    def _each_of(self, words: Sequence[str]) -> Iterator[Part]:
        """Require each word, which may be in the article's title, and one content word in the claim
        itself."""
        titled = title_words(words)
        for word in words:
            yield self._anywhere([word], [word], _TITLED if word in titled else _OWN)
        if titled:
            own = content_words(words)
            yield self._anywhere(own, own)

    def _anywhere(
        self, several: Iterable[str], typed: Iterable[str], fields: Sequence[str] = _OWN
    ) -> Part:
        return tuple(
            _sought_words(field, run, name)
            for one, name in zip(several, typed, strict=True)
            for run in self._builder.runs(one)
            for field in fields
        )

    def _headed(self, titles: Iterable[str]) -> Part:
        return tuple(
            _sought_words("title", run, f"{FILTERS['titles']}:{quoted(title)}")
            for title in titles
            for run in self._builder.runs(title)
        )

    def _about(self, name: str) -> Part:
        typed = f"{FILTERS['mentions']}:{quoted(name)}"
        return tuple(_sought_words("text", run, typed) for run in self._builder.about_runs(name))

    def _spoken(self, name: str) -> Iterator[SoughtWords]:
        """Match claims by the holders of a name or role, as `QueryBuilder` does."""
        typed = f"{FILTERS['speakers']}:{quoted(name)}"
        roles = [_whole("role", one, typed) for one in self._builder.role_terms(name)]
        others = tuple(one.words for one in roles) if self._builder.is_role(name) else ()
        for one in self._named("speakers", [name], part="name", whole="called"):
            yield one._replace(others=others)
        yield from roles

    def _named(self, operator: str, names: Iterable[str], *, part: str, whole: str) -> Part:
        """Match names; those in outlets.yml only as a whole, as `QueryBuilder` does."""
        out: list[SoughtWords] = []
        for name in names:
            typed = f"{FILTERS[operator]}:{quoted(name)}"
            known = self._builder.known_forms(name)
            out += [_whole(whole, " ".join(run), typed) for run in known]
            out += [] if known else [_sought_words(part, name_words(name), typed)]
        return tuple(out)

    def _via(self, names: Iterable[str]) -> Part:
        return tuple(
            _sought_words("via", run, f"{FILTERS['via']}:{quoted(name)}")
            for name in names
            for run in {name_words(name), *self._builder.known_forms(name)}
        )


def _tags(query: Query) -> Iterator[Iterator[SoughtWords]]:
    for part in ("types", "stances", "source_kinds", "languages"):
        tags = (tag(FILTERS[part], value) for value in getattr(query, part))
        yield (_whole("tag", one, one) for one in tags)
    for held in query.features:
        one = tag(FILTERS["features"], held)
        yield iter((_whole("tag", one, one),))


def _sought_words(field: str, run: Run, typed: str) -> SoughtWords:
    return SoughtWords(field, f" {' '.join(run)} ", typed)


def _whole(field: str, value: str, typed: str) -> SoughtWords:
    return SoughtWords(field, f"\n{value}\n", typed)


def _filed_under(part: Part, frequency: Callable[[str, str], int]) -> tuple[int, set[Place]]:
    """The terms to store a part under, the rarest of each alternative, and about how many claims
    have one of them."""
    claims, places = 0, set()
    for one in part:
        terms = [one.words.strip("\n")] if one.field in _WHOLE else one.words.split()
        count, term = min((frequency(one.field, term), term) for term in terms)
        claims += count
        places.add((one.field, term))
    return claims, places


def _filed_under_some(
    parts: tuple[Part, ...], least: int, frequency: Callable[[str, str], int]
) -> tuple[int, set[Place]]:
    """The same for at least `least` of some parts: a match has one of the rarest."""
    filed = sorted((_filed_under(part, frequency) for part in parts), key=itemgetter(0))
    rarest = filed[: len(parts) - least + 1]
    return sum(claims for claims, _ in rarest), set[Place]().union(*(one for _, one in rarest))


# -- reading a claim


def _fields(entry: ClaimEntry) -> tuple[Mapping[str, str], set[Place]]:
    """The text of a claim's fields, and all its terms."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    terms = {_ANY}
    for field, text in texts(entry):
        if field in _WHOLE:
            terms.add((field, text))
            values[field].append(text)
            continue
        words = split_words(text)
        if field in _STEMMED:
            words = list(map(stem, words))
        terms.update((field, word) for word in words)
        values[field].append(f" {' '.join(words)} ")
    return {field: "\n".join(("", *several, "")) for field, several in values.items()}, terms


def _found(
    asked: _ParsedQuery,
    entry: ClaimEntry,
    fields: Mapping[str, str],
    also_by: Callable[[tuple[str, ...]], Collection[str]],
) -> tuple[str, ...] | None:
    """The parts of a query that match a claim; None if it does not match."""
    day = entry.published_on
    if (asked.after or asked.before) and day is None:
        return None
    if day and not (asked.after or day) <= day <= (asked.before or day):
        return None
    if any(one.stands_in(fields) for one in asked.without):
        return None
    out: list[str] = []
    for part in asked.parts:
        there = [one.typed for one in part if one.stands_in(fields)]
        if not there:
            return None
        out += there
    said = [
        [one.typed for one in part if one.words in fields.get(one.field, "")]
        for part in asked.words
    ]
    if sum(map(bool, said)) < asked.fewest:
        return None
    out += [one for there in said for one in there]
    if asked.by:
        there = [one.typed for one in asked.spoken if one.stands_in(fields)]
        if not there and entry.speaker and entry.speaker in also_by(asked.by):
            there = [one.typed for one in asked.spoken]
        if not there:
            return None
        out += there
    return tuple(dict.fromkeys(out))
