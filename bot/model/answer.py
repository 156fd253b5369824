"""What a query finds."""

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
    `matched_in_passage` those of its passage; an imported claim has no passage."""

    claim: Claim
    article: ArticleCard
    score: float
    matched: Spans = ()
    by_meaning: bool = False
    """Whether it was found by vector search alone, without the query's words."""
    passage: Passage | None = None
    matched_in_passage: Spans = ()
    role: str | None = None
    """The speaker's role as the article gives it elsewhere, if the query asked for a role."""


DisputeOrder = Literal["earlier", "later", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The other side of a dispute, as seen from one of the two rows.

    `is_denial`: `hit` denies the row; else the row denies `hit`. `half` is the part of the denied
    side that is denied, None if all of it is. `order` compares when `hit` was published with the
    row's first report.
    """

    hit: Hit
    is_denial: bool
    half: str | None = None
    order: DisputeOrder = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The claims of an answer that report one statement, earliest first, and its disputes with
    other claims of the answer. `beside` are the rows shown together with it, because their first
    claims are in the same sentence."""

    hits: tuple[Hit, ...]
    disputes: tuple[Dispute, ...] = ()
    beside: tuple[Row, ...] = ()

    @property
    def shown(self) -> tuple[Hit, ...]:
        """The claims shown with their own speaker line: its first, and the first of each beside."""
        return (self.hits[0], *(row.hits[0] for row in self.beside))


class Holder(NamedTuple):
    """A person who holds a role according to articles, with the number of their claims in that role
    and when the first and last of these were published."""

    name: str
    claims: int
    first: date | None = None
    last: date | None = None


class Role(NamedTuple):
    """A role that the query asks for, as typed, and its holders, most claims first."""

    typed: str
    holders: tuple[Holder, ...]


class Count(NamedTuple):
    """A value of a facet, and how many of the claims found have it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts of the claims found by speaker, outlet, month ("2022-12") and type, highest first."""

    speaker: tuple[Count, ...] = ()
    outlet: tuple[Count, ...] = ()
    month: tuple[Count, ...] = ()
    type: tuple[Count, ...] = ()

    def items(self) -> tuple[tuple[str, tuple[Count, ...]], ...]:
        """The facets, each with its name."""
        return tuple((name, getattr(self, name)) for name in self.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A sentence of a pasted text, and the claims that say much the same, best first."""

    sentence: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one query.

    How it was read: `read_as` is the query in the query language; `corrections` are (typed, read)
    pairs of mistyped words; `also_read` are other readings that some of the claims answer.
    `is_question`: it was a question. `loose`: no claim has all of the words, so the hits have most
    of the content words, or half of many. `close`: the hits are the closest to a text, and may say
    something else. `language` is set if the query is not in the articles' language, so that only
    its names and figures were searched.

    If nothing is found: `suggestions` are queries that would find something, `offers` those that
    replace correctly spelled words; `missing` are the (operator, value) pairs that the archive does
    not have, and `without` the filters without which so many claims are found.

    `undated_left_out` counts the articles that a date filter could not judge. `took_ms` runs from
    the query's text to the ranked claim ids. `behind`: the index lags behind the store;
    `rebuilding`: it is being rebuilt, so that claims may be missing. `facets` are counted on
    request.

    A pasted text has a section in `sections` for each sentence that found something, best first;
    `hits` are all of theirs, and `total` is the number of sections. Sentences after the fiftieth
    are skipped and counted in `sentences_left_out`; `unfound` are sentences that found nothing.

    `rows` group the best hits of all by statement, however few are in `hits`; if an answer is paged
    by rows, `hits` are the first of each, and `row_count` is the number of all rows. `roles` give
    the holders of roles that `by:` asks for. `articles` are, on the first page, the best articles
    about the query, by their titles; `has_more_articles`: there are others.
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
        """Queries that would find something if this one does not, the nearest first."""
        return tuple(dict.fromkeys((*self.offers, *self.suggestions)))

    @property
    def was_reinterpreted(self) -> bool:
        """Whether the query that was searched differs from what was typed."""
        return self.is_question or bool(self.corrections)

    @property
    def length(self) -> int:
        """The number of rows, or of sections of a pasted text, to page through."""
        return self.row_count or self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The paragraph that contains a claim, with the claim as spans of it.

    `before` and `after` are the neighbouring paragraphs, None at either end of the article.
    """

    hit: Hit
    paragraph: str
    marked: Spans
    before: str | None = None
    after: str | None = None
