"""What a question finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from bot.model.article import ArticleCard, Coverage
from bot.model.claim import Claim, Passage
from bot.model.spans import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One claim that answers a query. `matched` are spans of `claim.text` to show in bold, and
    `matched_in_passage` those of its passage; a claim that was made elsewhere has no passage."""

    claim: Claim
    article: ArticleCard
    score: float
    matched: Spans = ()
    by_meaning: bool = False
    """Whether it was found by its meaning alone, without the words asked for."""
    passage: Passage | None = None
    matched_in_passage: Spans = ()
    role: str | None = None
    """What its article says elsewhere that the speaker is, where that was asked for."""


DisputeOrder = Literal["earlier", "later", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The other side of a dispute, as one of the two rows has it.

    `is_denial` says that `hit` denies the row; else the row denies `hit`. `half` has the words of
    the denied side that are denied, where that is only a part of it. `order` says when `hit` was
    published, compared with the first report of the row.
    """

    hit: Hit
    is_denial: bool
    half: str | None = None
    order: DisputeOrder = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The claims of an answer that report one statement, the first report first, and its disputes
    with other claims of the answer. `beside` are the other rows that are shown with it: their first
    claims stand in one sentence with its own."""

    hits: tuple[Hit, ...]
    disputes: tuple[Dispute, ...] = ()
    beside: tuple[Row, ...] = ()

    @property
    def shown(self) -> tuple[Hit, ...]:
        """The claims that have a who-line of their own: the first of it, and of those beside."""
        return (self.hits[0], *(row.hits[0] for row in self.beside))


class Holder(NamedTuple):
    """Somebody who has a role in articles: how many claims of an answer are theirs in it, and from
    when to when these were published."""

    name: str
    claims: int
    first: date | None = None
    last: date | None = None


class Role(NamedTuple):
    """A role that was asked for, as typed, and who has it, the one with most claims first."""

    typed: str
    holders: tuple[Holder, ...]


class Count(NamedTuple):
    """One value of a facet, and how many of the claims that were found have it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The claims that a query finds, counted by who spoke, where, in which month ("2022-12") and
    how; the commonest values of each first."""

    speaker: tuple[Count, ...] = ()
    outlet: tuple[Count, ...] = ()
    month: tuple[Count, ...] = ()
    type: tuple[Count, ...] = ()

    def items(self) -> tuple[tuple[str, tuple[Count, ...]], ...]:
        """The facets, each with its name."""
        return tuple((name, getattr(self, name)) for name in self.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One sentence of a pasted text, and the claims that say much the same, the best first."""

    sentence: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one query.

    `read_as` is the query as it was read, in the query language; `corrections` are the (typed,
    read) pairs of words that were taken for slips. `undated_left_out` counts the articles that a
    date filter could not judge. `suggestions` are queries that would find something; `offers` those
    in which words of the language are read as others, where nothing is found as typed. `also_read`
    are other readings of a mistyped query that some of the claims answer; `loose` says that no
    claim holds all of the words, and that the hits hold most of those that say something, or half
    of many. `is_question` says that the query was a question, and read as `read_as`; `close` that
    the hits come closest to a text, and may say something else.
    `language` is that of a query in another language than the articles', of which only names and
    figures were searched. Where nothing is found, `missing` are the (operator, value) pairs that
    the archive does not have, and `without` the filters without which so many claims are found.
    `took_ms` runs from the query's text to the ranked claim ids. `behind` says that the index has
    not come to the store's state, and `rebuilding` that it is being built anew, so that claims may
    be missing. `facets` are counted where they were asked for. Of a pasted text, `sections`
    answer each sentence that found something, the best first; `hits` are all of theirs, and
    `total` is the number of the sections; what follows the first fifty sentences is left out and
    counted in `sentences_left_out`; `unfound` are those of the others that found nothing. `rows`
    hold the best hits of all, however few are in `hits`, those that report one statement together;
    where an answer is paged by rows, `hits` are the first of each, and `row_count` says how many
    there are in all. `roles` say who has those that `by:` asks for. `articles` are, on the first
    page, the best of those that the query is about, by their titles; `has_more_articles` says that
    there are others.
    """

    query: str
    read_as: str
    total: int
    hits: tuple[Hit, ...]
    searched: Coverage
    took_ms: float
    corrections: tuple[tuple[str, str], ...] = ()
    undated_left_out: int = 0
    suggestions: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    also_read: tuple[str, ...] = ()
    loose: bool = False
    is_question: bool = False
    close: bool = False
    language: str | None = None
    missing: tuple[tuple[str, str], ...] = ()
    without: tuple[tuple[str, int], ...] = ()
    behind: bool = False
    rebuilding: bool = False
    facets: Facets | None = None
    sections: tuple[Section, ...] = ()
    sentences_left_out: int = 0
    unfound: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    row_count: int = 0
    roles: tuple[Role, ...] = ()
    articles: tuple[ArticleCard, ...] = ()
    has_more_articles: bool = False

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Where nothing is found, the queries that would find something, the nearest first."""
        return tuple(dict.fromkeys((*self.offers, *self.suggestions)))

    @property
    def was_reinterpreted(self) -> bool:
        """Whether what was typed is not what was searched for, but read as that."""
        return self.is_question or bool(self.corrections)

    @property
    def length(self) -> int:
        """How many rows, or sentences of a pasted text, there are to page through."""
        return self.row_count or self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The paragraph that a claim stands in, with the claim's own part as spans of it.

    `before` and `after` are the neighbouring paragraphs, None at the article's ends.
    """

    hit: Hit
    paragraph: str
    marked: Spans
    before: str | None = None
    after: str | None = None
