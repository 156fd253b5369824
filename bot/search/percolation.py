"""Percolation, a reversed search: find the stored queries that a new claim matches. Pure.

A query is a set of parts, each of which requires one of several words in a field of the claim, as
indexed (search/engine/documents.py); some words are excluded. Each query is stored under the terms
of its rarest part, and a claim is checked only against queries stored under its own terms, so the
cost grows with the number of matches, not of queries. (The idea comes from Elasticsearch's
percolator and Luwak's presearcher; none of their code is used.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from bot.model import ClaimEntry
from bot.search.engine.documents import field_texts, tag
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.titles import content_words, title_words
from bot.search.engine.words import name_words, split_words, stem
from bot.search.forms import Stems
from bot.search.language.query import FILTERS, Query, quote
from bot.search.word_weights import significant_words

Term = tuple[str, str]
"""A field, and one of its terms."""

_STEM_FIELDS = frozenset(("text", "who", "title"))
_WHOLE_VALUE_FIELDS = frozenset(("called", "role", "another", "in", "tag"))
"""Fields in which each value is one term; all other fields hold words or stems."""
_OWN_FIELDS, _OWN_FIELDS_AND_TITLE = ("text", "who"), ("text", "who", "title")
_ANY_CLAIM: Term = ("", "")
"""A term of every claim, for queries that require no word."""


class WordMatcher(NamedTuple):
    """Words to find in a field, padded for substring search; `typed` is the query's text for them.

    There is no match if one of `other_roles` is someone else's role in the claim.
    """

    field: str
    words: str
    typed: str
    other_roles: tuple[str, ...] = ()

    def matches(self, fields: Mapping[str, str]) -> bool:
        """Whether a claim with these fields has the words."""
        if self.words not in fields.get(self.field, ""):
            return False
        others = fields.get("another", "")
        return not any(role in others for role in self.other_roles)


Part = tuple[WordMatcher, ...]
"""Alternatives, of which one must match."""


@dataclass(frozen=True, slots=True)
class _ParsedQuery:
    """The requirements of a query."""

    parts: tuple[Part, ...]
    words: tuple[Part, ...]
    """At least `min_words` of these parts must match."""
    min_words: int
    speakers: tuple[str, ...]
    speaker_part: Part
    excluded_part: Part
    after: date | None
    before: date | None


class ClaimPercolator:
    """Stores queries by name and finds those that a claim matches (see `Percolator`).

    All words of a query are required, even of a long query. `frequency` estimates how many claims
    have a term in a field; it affects speed only.
    """

    def __init__(self, builder: QueryBuilder, frequency: Callable[[str, str], int]) -> None:
        self._builder, self._frequency = builder, frequency
        self._queries: dict[str, _ParsedQuery] = {}
        self._names_by_term: defaultdict[Term, set[str]] = defaultdict(set)
        self._terms_by_name: dict[str, Collection[Term]] = {}

    def add(self, name: str, query: Query) -> None:
        """Store a query under a name, replacing any query of that name."""
        self.remove(name)
        parsed_query = self._parse(query)
        self._queries[name] = parsed_query
        parts = parsed_query.parts
        if parsed_query.speaker_part:
            parts = (*parts, parsed_query.speaker_part)
        choices = [_rarest_terms(part, self._frequency) for part in parts]
        if parsed_query.min_words:
            choices.append(
                _rarest_terms_of_majority(
                    parsed_query.words, parsed_query.min_words, self._frequency
                )
            )
        _, terms = min(choices, key=itemgetter(0), default=(0, {_ANY_CLAIM}))
        self._terms_by_name[name] = terms
        for term in terms:
            self._names_by_term[term].add(name)

    def remove(self, name: str) -> None:
        """Remove the query with this name, if there is one."""
        self._queries.pop(name, None)
        for term in self._terms_by_name.pop(name, ()):
            self._names_by_term[term].discard(name)
            if not self._names_by_term[term]:
                del self._names_by_term[term]

    def __len__(self) -> int:
        return len(self._queries)

    def find_matches(
        self,
        entry: ClaimEntry,
        aliases: Iterable[str] = (),
        aliases_of: Callable[[tuple[str, ...]], Collection[str]] = lambda _: (),
    ) -> dict[str, tuple[str, ...]]:
        """See `Percolator.find_matches`."""
        fields, terms = _fields(entry)
        for alias in aliases:
            words = name_words(alias)
            terms |= {("name", word) for word in words} | {("called", " ".join(words))}
        candidates: set[str] = set()
        for term in self._names_by_term.keys() & terms:
            candidates |= self._names_by_term[term]
        matches = {
            name: _matching_parts(self._queries[name], entry, fields, aliases_of)
            for name in candidates
        }
        return {name: parts for name, parts in matches.items() if parts is not None}

    # -- parsing a query

    def _parse(self, query: Query) -> _ParsedQuery:
        majority_words = significant_words(query.words) if query.is_rough else ()
        parts = [
            *(() if query.is_rough else self._word_parts(query.words)),
            *(self._text_part([phrase], [f'"{phrase}"']) for phrase in query.phrases),
            *(self._text_part(group, map(quote, group)) for group in query.alternatives),
            *(self._mention_part(name) for name in query.mentions),
            self._via_part(query.via),
            self._name_part("outlets", query.outlets, word_field="outlet", whole_field="in"),
            self._title_part(query.titles),
            *_tag_parts(query),
        ]
        excluded_texts = (*query.not_words, *query.not_phrases)
        return _ParsedQuery(
            parts=tuple(filter(None, parts)),
            words=tuple(self._text_part([word], [word]) for word in majority_words),
            min_words=len(majority_words) // 2 + 1 if majority_words else 0,
            speakers=query.speakers,
            speaker_part=tuple(
                matcher for name in query.speakers for matcher in self._speaker_matchers(name)
            ),
            excluded_part=(
                *self._text_part(excluded_texts, excluded_texts),
                *(_tag_matcher("stances", stance) for stance in query.not_stances),
            ),
            after=query.after,
            before=query.before,
        )

    def _word_parts(self, words: Sequence[str]) -> Iterator[Part]:
        """Require each word, which may be in the article's title, and one content word in the claim
        itself."""
        in_title = title_words(words)
        for word in words:
            fields = _OWN_FIELDS_AND_TITLE if word in in_title else _OWN_FIELDS
            yield self._text_part([word], [word], fields)
        if in_title:
            own_words = content_words(words)
            yield self._text_part(own_words, own_words)

    def _text_part(
        self, texts: Iterable[str], typed: Iterable[str], fields: Sequence[str] = _OWN_FIELDS
    ) -> Part:
        return tuple(
            _word_matcher(field, stems, typed_text)
            for text, typed_text in zip(texts, typed, strict=True)
            for stems in self._builder.stem_sequences(text)
            for field in fields
        )

    def _title_part(self, titles: Iterable[str]) -> Part:
        return tuple(
            _word_matcher("title", stems, f"{FILTERS['titles']}:{quote(title)}")
            for title in titles
            for stems in self._builder.stem_sequences(title)
        )

    def _mention_part(self, name: str) -> Part:
        typed = f"{FILTERS['mentions']}:{quote(name)}"
        return tuple(
            _word_matcher("text", stems, typed) for stems in self._builder.mention_sequences(name)
        )

    def _speaker_matchers(self, name: str) -> Iterator[WordMatcher]:
        """Match claims by the holders of a name or role, as `QueryBuilder` does."""
        typed = f"{FILTERS['speakers']}:{quote(name)}"
        roles = [_whole_matcher("role", term, typed) for term in self._builder.role_terms(name)]
        other_roles = tuple(role.words for role in roles) if self._builder.is_role(name) else ()
        for matcher in self._name_part("speakers", [name], word_field="name", whole_field="called"):
            yield matcher._replace(other_roles=other_roles)
        yield from roles

    def _name_part(
        self, filter_name: str, names: Iterable[str], *, word_field: str, whole_field: str
    ) -> Part:
        """Match names; those in outlets.yml only as a whole, as `QueryBuilder` does."""
        matchers: list[WordMatcher] = []
        for name in names:
            typed = f"{FILTERS[filter_name]}:{quote(name)}"
            if forms := self._builder.known_forms(name):
                matchers += [_whole_matcher(whole_field, " ".join(form), typed) for form in forms]
            else:
                matchers.append(_word_matcher(word_field, name_words(name), typed))
        return tuple(matchers)

    def _via_part(self, names: Iterable[str]) -> Part:
        return tuple(
            _word_matcher("via", words, f"{FILTERS['via']}:{quote(name)}")
            for name in names
            for words in {name_words(name), *self._builder.known_forms(name)}
        )


def _tag_parts(query: Query) -> Iterator[Part]:
    for filter_name in ("types", "acts", "stances", "source_kinds", "languages"):
        yield tuple(_tag_matcher(filter_name, value) for value in getattr(query, filter_name))
    for feature in query.features:
        yield (_tag_matcher("features", feature),)


def _tag_matcher(filter_name: str, value: str) -> WordMatcher:
    term = tag(FILTERS[filter_name], value)
    return _whole_matcher("tag", term, term)


def _word_matcher(field: str, words: Stems, typed: str) -> WordMatcher:
    return WordMatcher(field, f" {' '.join(words)} ", typed)


def _whole_matcher(field: str, value: str, typed: str) -> WordMatcher:
    return WordMatcher(field, f"\n{value}\n", typed)


def _rarest_terms(part: Part, frequency: Callable[[str, str], int]) -> tuple[int, set[Term]]:
    """The rarest term of each alternative of a part, and about how many claims have one of them."""
    total, rarest_terms = 0, set()
    for matcher in part:
        is_whole = matcher.field in _WHOLE_VALUE_FIELDS
        values = [matcher.words.strip("\n")] if is_whole else matcher.words.split()
        count, value = min((frequency(matcher.field, value), value) for value in values)
        total += count
        rarest_terms.add((matcher.field, value))
    return total, rarest_terms


def _rarest_terms_of_majority(
    parts: tuple[Part, ...], min_parts: int, frequency: Callable[[str, str], int]
) -> tuple[int, set[Term]]:
    """Return the same as `_rarest_terms` if at least `min_parts` of these parts must match.

    Leaving out the `min_parts` - 1 commonest parts is safe: any match has one of the others.
    """
    choices = sorted((_rarest_terms(part, frequency) for part in parts), key=itemgetter(0))
    counts, terms = zip(*choices[: len(parts) - min_parts + 1], strict=True)
    return sum(counts), set[Term]().union(*terms)


# -- matching a claim


def _fields(entry: ClaimEntry) -> tuple[Mapping[str, str], set[Term]]:
    """The text of a claim's fields, and all its terms."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    terms = {_ANY_CLAIM}
    for field, text in field_texts(entry):
        if field in _WHOLE_VALUE_FIELDS:
            terms.add((field, text))
            values[field].append(text)
            continue
        words = split_words(text)
        if field in _STEM_FIELDS:
            words = list(map(stem, words))
        terms.update((field, word) for word in words)
        values[field].append(f" {' '.join(words)} ")
    return {field: "\n".join(("", *texts, "")) for field, texts in values.items()}, terms


def _matching_parts(
    query: _ParsedQuery,
    entry: ClaimEntry,
    fields: Mapping[str, str],
    aliases_of: Callable[[tuple[str, ...]], Collection[str]],
) -> tuple[str, ...] | None:
    """The parts of a query that match a claim, as typed; None if the claim does not match."""
    day = entry.published_on
    if (query.after or query.before) and day is None:
        return None
    if day and not (query.after or day) <= day <= (query.before or day):
        return None
    if _typed_matches(query.excluded_part, fields):
        return None
    typed: list[str] = []
    for part in query.parts:
        matches = _typed_matches(part, fields)
        if not matches:
            return None
        typed += matches
    words = [_typed_matches(part, fields) for part in query.words]
    if sum(map(bool, words)) < query.min_words:
        return None
    typed += (text for texts in words for text in texts)
    if query.speakers:
        speakers = _typed_matches(query.speaker_part, fields)
        if not speakers and entry.speaker and entry.speaker in aliases_of(query.speakers):
            speakers = [matcher.typed for matcher in query.speaker_part]
        if not speakers:
            return None
        typed += speakers
    return tuple(dict.fromkeys(typed))


def _typed_matches(part: Part, fields: Mapping[str, str]) -> list[str]:
    return [matcher.typed for matcher in part if matcher.matches(fields)]
