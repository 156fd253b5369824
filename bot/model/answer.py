"""The answer to a query, and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.model.article import ArticleCard, Coverage
from bot.model.claim import Claim, Passage
from bot.model.spans import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A claim that answers a query.

    `text_matches` and `passage_matches` are the words to show in bold, as spans of `claim.text` and
    of the passage's text. An imported claim has no passage.
    """

    claim: Claim
    article: ArticleCard
    score: float
    text_matches: Spans = ()
    by_meaning: bool = False
    """Whether vector search found it although it has none of the query's words."""
    passage: Passage | None = None
    passage_matches: Spans = ()
    role: str | None = None
    """The speaker's role as the article gives it elsewhere, if the query asked for a role."""
    disputes: tuple[Dispute, ...] = ()
    """What disputes the claim, among all claims, whatever query found it; sure denials first."""
    statement: int | None = None
    """The statement that it reports (model/statement.py); None: it shares none with others."""
    may_be_disputed: bool = True
    """Whether another statement may deny that one, or be denied by it."""

    @property
    def time(self) -> str | None:
        """When in a recording the claim is made, as its transcript prints it."""
        return self.passage.time if self.passage else None


DisputeOrder = Literal["earlier", "later", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """The other side of a dispute, as seen from one of its two claims.

    `is_denial` says that `hit` denies that claim; otherwise the claim denies `hit`. If they are
    only about the same matter (`is_same_matter`), neither surely denies the other. `denied_part` is
    the part of the denied content that the denial concerns, None if it concerns all of it. `order`
    says whether `hit` was published before or after that claim.
    """

    hit: Hit
    is_denial: bool
    is_same_matter: bool = False
    denied_part: str | None = None
    order: DisputeOrder = "unknown"


Opposition = Literal["polarity", "figure", "date"]
"""In what two statements of one speaker oppose each other."""


class Earlier(NamedTuple):
    """An earlier statement of a claim's speaker on the same subject, and in what the two oppose
    each other, if they surely do."""

    hit: Hit
    opposition: Opposition | None = None


class SaidOnSubject(NamedTuple):
    """What a speaker said on a subject: a page of statements, latest report first.

    `total` counts the statements. `earlier` has, by the id of a row's first claim, the newest
    earlier statement that opposes it.
    """

    speaker: str
    subject: str
    rows: tuple[Row, ...]
    total: int
    earlier: Mapping[str, Earlier]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The claims of an answer that report one statement, earliest first.

    `same_sentence` are the rows shown with this one because their first claims are in the same
    sentence.
    """

    hits: tuple[Hit, ...]
    same_sentence: tuple[Row, ...] = ()

    @property
    def shown_hits(self) -> tuple[Hit, ...]:
        """The claims shown with their own who-line: one for each row in the sentence."""
        return (self.hits[0], *(row.hits[0] for row in self.same_sentence))


class Count(NamedTuple):
    """A value of a facet, and the number of claims that have it."""

    value: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The number of claims by speaker, outlet, month ("2022-12") and type, highest first."""

    speaker: tuple[Count, ...] = ()
    outlet: tuple[Count, ...] = ()
    month: tuple[Count, ...] = ()
    type: tuple[Count, ...] = ()

    def items(self) -> tuple[tuple[str, tuple[Count, ...]], ...]:
        """Return the counts of each facet, by its name."""
        return tuple((name, getattr(self, name)) for name in self.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A sentence of a pasted text, and the claims most similar to it, best first."""

    sentence: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one query.

    Interpretation: `read_as` is the query in the query language, `corrections` are (typed,
    corrected) pairs of mistyped words, and `other_readings` are other queries that some of the hits
    answer. `is_partial_match` says that the hits have only most of the words, or half of many, and
    `is_nearest_only` that they are the nearest to a text. Then `missing_words` are those that no
    shown claim has, and `has_all_words` says that one has them all. `unanswered` is what a question
    asks for if no shown claim says it: "figure", "date", "place", its "words", or all of it.

    Without hits: `suggestions` are queries that would find something, and `replacements` those with
    another word for a correctly spelled one. `missing_values` are (operator, value) pairs that no
    claim has, and `filter_counts` are filters with the number of claims found without each.

    State of the index: `is_index_behind` says that the index lags behind the store, and
    `is_index_rebuilding` that claims may be missing while it is rebuilt. `undated_left_out` counts
    the articles that a date filter had to skip. `took_ms` is the time from the query's text to the
    ranked claim ids. `facets` are counted only on request.

    A pasted text has a section for each sentence that found something, best first; `hits` are the
    hits of all sections, and `total` is the number of sections. Sentences after the fiftieth are
    not searched but counted in `sentences_left_out`; `unmatched_sentences` found nothing.

    `rows` group the hits by statement. If an answer is paged by statement, `statements` counts all
    of them, and `hits` has one of each. On the first page, `articles` are the best articles by
    their titles, and `has_more_articles` says that there are others.
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
    replacements: tuple[str, ...] = ()
    other_readings: tuple[str, ...] = ()
    is_partial_match: bool = False
    missing_words: tuple[str, ...] = ()
    has_all_words: bool = True
    unanswered: str | None = None
    is_question: bool = False
    is_nearest_only: bool = False
    missing_values: tuple[tuple[str, str], ...] = ()
    filter_counts: tuple[tuple[str, int], ...] = ()
    is_index_behind: bool = False
    is_index_rebuilding: bool = False
    facets: Facets | None = None
    sections: tuple[Section, ...] = ()
    sentences_left_out: int = 0
    unmatched_sentences: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    statements: int = 0
    articles: tuple[ArticleCard, ...] = ()
    has_more_articles: bool = False

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Other queries that would find something, nearest first."""
        return tuple(dict.fromkeys((*self.replacements, *self.suggestions)))

    @property
    def was_reinterpreted(self) -> bool:
        """Whether the query that was searched differs from what was typed."""
        return self.is_question or bool(self.corrections)

    @property
    def item_count(self) -> int:
        """The number of statements, claims or sections to page through."""
        return self.statements or self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The paragraph that contains a claim, with the claim as spans of it.

    `before` and `after` are the neighbouring paragraphs, None at either end of the article.
    `earlier` is what its speaker said before on the subject.
    """

    hit: Hit
    paragraph: str
    claim_spans: Spans
    before: str | None = None
    after: str | None = None
    earlier: tuple[Earlier, ...] = ()
