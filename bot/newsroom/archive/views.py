"""Write the claims that may be shown as a table or as web annotations. None can be restored."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from bot import store
from bot.model import Article, ArticleCard, Claim, Hit, Spans
from bot.newsroom.archive import web_annotations
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.articles.shown_claims import ShownClaims
from bot.wording.answers import outlet_name
from bot.wording.hits import who_line
from bot.wording.passage import shorten_passage
from bot.wording.runs import plain_text

ArchiveView = Literal["csv", "annotations"]

CLAIM_BATCH = 500
"""Claims that are prepared for display in one batch."""

CLAIM_COLUMNS = (
    *("id", "kind", "type", "text", "speaker", "guess", "known_as", "source", "source_kind", "cue"),
    *("act", "stance", "negative", "via", "said_on", "said_on_inferred", "confidence"),
    *("speaker_confidence", "checkable", "corrected", "paragraph", "ref", "article_id"),
)
ARTICLE_COLUMNS = (
    *("title", "outlet", "byline", "published", "url", "language", "sample", "excerpt"),
    *("version", "copy_of"),
)

WORDED_COLUMNS = ("who", "passage")
"""The who-line and the printed sentences, as people see them."""

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Characters at the start of a cell that make a spreadsheet compute it. East Asian versions accept
full-width ones too (owasp.org/www-community/attacks/CSV_Injection)."""


@dataclass(eq=False, repr=False, kw_only=True)
class ArchiveViews:
    """Writes what may be shown of the archive for other programs and people."""

    archive: store.Archive
    articles: store.ArticleList
    claims: ShownClaims

    def export(self, view: ArchiveView) -> Iterator[str]:
        """Yield the claims that may be shown, as people see them, as pieces of text, including line
        ends. Streamed, so memory use is small."""
        return self._table() if view == "csv" else self._annotations()

    def _table(self) -> Iterator[str]:
        # Spreadsheets recognise UTF-8 only by a byte order mark.
        yield "\ufeff" + _cells([*CLAIM_COLUMNS, *ARTICLE_COLUMNS, *WORDED_COLUMNS])
        for article, paragraphs, claims in self._shown_claims():
            card = ArticleCard.from_article(article)
            article = replace(article, outlet=outlet_name(card))
            article_cells = [getattr(article, name) for name in ARTICLE_COLUMNS]
            for claim in (shown := list(claims)):
                passage = passage_in(article.text, paragraphs, claim, shown)
                who_text = plain_text(
                    who_line(Hit(claim=claim, article=card, score=0.0, passage=passage))
                )
                printed_text = shorten_passage(passage)[0] if passage else None
                claim_cells = [getattr(claim, name) for name in CLAIM_COLUMNS]
                yield _cells([*claim_cells, *article_cells, who_text, printed_text])

    def _annotations(self) -> Iterator[str]:
        """Yield a document with one collection, an annotation per line."""
        header, footer = web_annotations.collection(self.archive.state()[0])
        yield header
        separator = ""
        for article, _, claims in self._shown_claims():
            for claim in claims:
                if claim.spans:  # imported claims have no spans
                    annotation = web_annotations.annotation(article, claim)
                    yield f"{separator}{json.dumps(annotation, ensure_ascii=False)}"
                    separator = ",\n"
        yield footer

    def _shown_claims(self) -> Iterator[tuple[Article, Spans, Iterator[Claim]]]:
        for article, paragraphs, claims in self.articles.accepted():
            yield article, paragraphs, self._as_shown(claims)

    def _as_shown(self, claims: Iterator[Claim]) -> Iterator[Claim]:
        while batch := list(islice(claims, CLAIM_BATCH)):
            yield from self.claims.as_shown(batch)


def _cells(values: Iterable[object]) -> str:
    row = io.StringIO()
    csv.writer(row).writerow([_cell(value) for value in values])
    return row.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        value = "; ".join(map(str, value))
    text = "" if value is None else str(value)
    # An apostrophe makes a spreadsheet show the rest as text.
    return f"'{text}" if text.startswith(FORMULA_PREFIXES) else text
