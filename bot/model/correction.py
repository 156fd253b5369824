"""Corrections of claims and articles by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from bot.model.answer import Hit
from bot.model.article import ArticleCard
from bot.model.claim import Claim
from bot.model.spans import PIECE_SEPARATOR, Spans

CorrectionState = Literal["suggested", "accepted", "declined", "undone"]


RulingKind = Literal["accepted", "declined", "undone"]


class MarkedWords(NamedTuple):
    """Words of an article's text, each piece with its span; without spans if their place is
    unknown."""

    spans: Spans
    words: tuple[str, ...]

    def __str__(self) -> str:
        return PIECE_SEPARATOR.join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision about a correction: who made it and when, and the reason if one was given."""

    ruling: RulingKind
    person: str
    person_name: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A person's correction of a claim or an article, which replaces what was extracted.

    `changes` maps fields to corrected values, and `before` maps the same fields to their values
    when the correction was suggested. A claim's fields are "speaker" (a str, or None for nobody),
    "source", "cue" and "content" (MarkedWords, or None for a source or cue without words), "type",
    "stance", "source_kind", "kind" ("attribution" or "statement") and "rejected" (True: it is not a
    claim). An article's fields are "title", "outlet" and "published" (a day in ISO 8601), None if
    unknown; its id is then also the `claim_id`.

    `press` identifies the modal, so that submitting it twice is idempotent. `others` are claims of
    other articles with the same correction, which are decided and undone together with this one;
    each has a correction of its own, whose `made_with` is this one's id. `rulings` are in order of
    time, and the last decides the `state`. `number` is the store's change number of its acceptance
    while it is in force: of two corrections of one field, the higher number wins. `is_pending` says
    that it was accepted but the current version of its article does not contain its words.
    """

    id: str
    team: str
    press: str
    claim_id: str
    article_id: str
    changes: Mapping[str, Any]
    before: Mapping[str, Any]
    reason: str
    person: str
    person_name: str
    suggested_at: datetime
    state: CorrectionState = "suggested"
    number: int | None = None
    rulings: tuple[Ruling, ...] = ()
    is_pending: bool = False
    made_with: str | None = None
    others: tuple[str, ...] = ()

    @property
    def is_of_article(self) -> bool:
        """Whether it corrects an article (title, outlet, date) rather than a claim."""
        return self.claim_id == self.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EditableClaim:
    """A claim with everything needed to correct it.

    `paragraph` is the text of the paragraphs that it spans, starting at `start` in the article.
    `words` are their words as spans of the article's text. `source`, `cue` and `content` are
    half-open ranges of `words`, empty for parts outside the paragraphs. `speakers` are the people
    that the article quotes, most quoted first. An imported claim has no words.
    """

    hit: Hit
    paragraph: str
    start: int
    words: Spans
    source: Spans
    cue: Spans
    content: Spans
    speakers: tuple[str, ...]

    @property
    def claim(self) -> Claim:
        """The claim in its current state."""
        return self.hit.claim

    @property
    def article(self) -> ArticleCard:
        """The card of its article."""
        return self.hit.article
