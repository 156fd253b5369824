"""Corrections that people make to claims and articles."""

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
    """Words of an article's text, each piece with its span; no `spans` if their place is
    unknown."""

    spans: Spans
    words: tuple[str, ...]

    def __str__(self) -> str:
        return PIECE_SEPARATOR.join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision about a correction: by whom, when, and why if a reason was given."""

    ruling: RulingKind
    person: str
    person_name: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says of a claim or an article that is to be read instead of what was found.

    `changes` are by the claim's field how it should read, and `before` the same fields as they read
    when it was suggested: "speaker" (a str, None: nobody is given), "source", "cue" and "content"
    (Marked; a source or cue that no words give is None), "type", "stance", "source_kind", "kind"
    ("attribution" or "statement"), and "rejected" (True: it is no claim). Of an article, whose id
    then stands as `claim_id`, they are "title", "outlet" and "published" (a day in ISO 8601), each
    None where it is not known. `press` is of the modal: sent twice, it is one. `others` are the
    claims of other articles that it applies to as well, decided and undone together with it; each
    of these has a correction of its own, `made_with` this one. `rulings` are in their order, and
    the last says the `state`; `number` is that of the store's change with which it was accepted, if
    it stands: of two that mend one field the later counts. One that `waits` stands, but the present
    version of its article has not got its words.
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
    waits: bool = False
    made_with: str | None = None
    others: tuple[str, ...] = ()

    @property
    def is_of_article(self) -> bool:
        """Whether it corrects an article (title, outlet, date) rather than a claim."""
        return self.claim_id == self.article_id


@dataclass(frozen=True, slots=True, kw_only=True)
class EditableClaim:
    """A claim with what a person needs to correct it.

    `paragraph` is the text of the paragraphs that it spans, which begins at `start` in the article;
    `words` are its words as spans of the article's text. `source`, `cue` and `content` are
    half-open ranges of `words`, as they read now; empty if they are elsewhere or nowhere.
    `speakers` are those that the article quotes, most quoted first. An imported claim has no words.
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
        """The claim as it reads."""
        return self.hit.claim

    @property
    def article(self) -> ArticleCard:
        """Its article's card."""
        return self.hit.article
