"""Export the archive as a whole, as a table or as web annotations, and restore an export."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

from bot import store
from bot.errors import IngestError
from bot.model import Article, ArticleCard, Claim, Hit, Spans
from bot.newsroom.archive import web_annotations
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.search.index_updates import IndexUpdates
from bot.newsroom.search.shown import ShownClaims
from bot.store import ArchiveRow
from bot.wording.answers import outlet_name
from bot.wording.hits import who_line
from bot.wording.passage import shorten_passage
from bot.wording.runs import plain_text

ExportFormat = Literal["jsonl", "csv", "annotations"]

ARCHIVE_KEY = "claimdesk_archive"
"""The key in the first line of an exported archive; its value is the version of the format."""
FORMAT_VERSION = 1

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


def is_archive(line: str) -> bool:
    """Whether a file with this first line is an exported archive."""
    try:
        header = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and ARCHIVE_KEY in header


@dataclass(eq=False, repr=False, kw_only=True)
class ArchiveExchange:
    """Exports the archive and restores an exported one."""

    archive: store.Archive
    exchange: store.Exchange
    claims: ShownClaims
    updates: IndexUpdates

    def export(self, export_format: ExportFormat) -> Iterator[str]:
        """Yield the archive as pieces of text in a format, including line ends.

        "jsonl" contains everything, including history; "csv" and "annotations" contain the claims
        that may be shown, as people see them. Streamed, so memory use is small.
        """
        if export_format == "jsonl":
            return self._lines()
        return self._table() if export_format == "csv" else self._annotations()

    def _lines(self) -> Iterator[str]:
        yield _line({ARCHIVE_KEY: FORMAT_VERSION})
        lines = 0
        for row in self.exchange.rows():
            yield _line({row.name: row.values})
            lines += 1
        yield _line({"end": {"lines": lines}})

    def restore(self, lines: Iterable[str]) -> Iterator[int]:
        """Restore an exported archive into an empty store; yields from time to time how many lines
        have been read.

        One transaction: nothing is restored from a file that is damaged or cut off. Raises
        IngestError that names the line, StoreError if the store is not empty.
        """
        yield from self.exchange.restore(_read_rows(lines))
        self.updates.catch_up()

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
        for article, paragraphs, claims in self.exchange.shown():
            yield article, paragraphs, self._as_shown(claims)

    def _as_shown(self, claims: Iterator[Claim]) -> Iterator[Claim]:
        while batch := list(islice(claims, CLAIM_BATCH)):
            yield from self.claims.as_shown(batch)


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"


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


def _read_rows(lines: Iterable[str]) -> Iterator[ArchiveRow]:
    """Yield the rows of an exported archive. Raises IngestError unless it is complete."""
    number, has_ended = 0, False
    for number, line in enumerate(lines, start=1):
        place = f"line {number}"
        if has_ended:
            if line.strip():
                raise _archive_error(place, "there is more after the archive's end")
            continue
        name, values = _parse_line(line, place)
        if number == 1:
            _check_header(name, values, place)
        elif name == "end":
            if values != {"lines": number - 2}:
                raise _archive_error(place, "lines are missing from the archive")
            has_ended = True
        elif isinstance(values, dict):
            yield ArchiveRow(name, values, place)
        else:
            raise _archive_error(place, "it is not a line of an exported archive")
    if not has_ended:
        raise _archive_error(f"line {number}", "the archive is cut short")


def _parse_line(line: str, place: str) -> tuple[str, Any]:
    try:
        ((name, values),) = json.loads(line).items()
    except (ValueError, AttributeError, RecursionError) as error:
        raise _archive_error(place, "it is not a line of an exported archive") from error
    return str(name), values


def _check_header(name: str, version: Any, place: str) -> None:
    if name != ARCHIVE_KEY:
        raise _archive_error(place, "the file does not start like an exported archive")
    if version != FORMAT_VERSION:
        cause = f"the archive's format is {version}, but this version reads {FORMAT_VERSION}"
        raise _archive_error(place, cause, "Use the version that exported it, or a newer one")


def _archive_error(place: str, cause: str, remedy: str = "Export it again") -> IngestError:
    return IngestError(
        "cannot import the archive",
        subject=place,
        cause=cause,
        remedy=f"{remedy}. Nothing was imported.",
    )
