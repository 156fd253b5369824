"""The use cases of taking the archive elsewhere: whole, as a table, as web annotations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from bot import store
from bot.errors import IngestError
from bot.model import Article, ArticleCard, Claim, Hit, Spans
from bot.newsroom.archive import web_annotations
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.search.index_updates import IndexUpdates
from bot.newsroom.search.shown import ShownClaims
from bot.store import Row
from bot.wording.hits import who_line
from bot.wording.passage import shorten_passage
from bot.wording.runs import plain

ExportFormat = Literal["jsonl", "csv", "annotations"]

ARCHIVE_KEY = "claimdesk_archive"
"""The key by which the first line of an exported archive is known; its value is the version of the
format."""
VERSION = 1

CLAIM_BATCH = 500
"""Claims that are made ready to be shown at once."""

CLAIM_COLUMNS = (
    *("id", "kind", "type", "text", "speaker", "known_as", "source", "source_kind", "cue"),
    *("stance", "negative", "via", "said_on", "said_on_inferred", "unsure", "confidence"),
    *("checkable", "corrected", "paragraph", "ref", "article_id"),
)
ARTICLE_COLUMNS = (
    *("title", "outlet", "byline", "published", "url", "language", "sample", "excerpt"),
    *("version", "copy_of"),
)

WORDED_COLUMNS = ("who", "passage")
"""Who says it, and the printed sentences in which it stands, as people are shown them."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet would compute rather than show; where East Asian ones do so,
also in full width (owasp.org/www-community/attacks/CSV_Injection)."""


def is_archive(line: str) -> bool:
    """Whether a file's first line says that it is an exported archive."""
    try:
        header = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and ARCHIVE_KEY in header


@dataclass(eq=False, repr=False, kw_only=True)
class ArchiveExchange:
    """Give the archive away, and take one in."""

    archive: store.Archive
    exchange: store.Exchange
    claims: ShownClaims
    updates: IndexUpdates

    def export(self, form: ExportFormat) -> Iterator[str]:
        """The archive as the pieces of a text in a format, each with its line ends.

        "jsonl" is all that there is, history too; "csv" and "annotations" are the claims that may
        be shown, as people see them. Little of it is in memory at a time.
        """
        if form == "jsonl":
            return self._lines()
        return self._table() if form == "csv" else self._annotations()

    def _lines(self) -> Iterator[str]:
        yield _line({ARCHIVE_KEY: VERSION})
        lines = 0
        for row in self.exchange.rows():
            yield _line({row.name: row.values})
            lines += 1
        yield _line({"end": {"lines": lines}})

    def restore(self, lines: Iterable[str]) -> Iterator[int]:
        """Put an exported archive into a store that holds none yet; yields how many lines have
        been read, now and then.

        All or nothing comes in: of a file that is broken or cut off, nothing. Raises IngestError
        that names the line, StoreError where an archive is there already.
        """
        yield from self.exchange.restore(_read(lines))
        self.updates.catch_up()

    def _table(self) -> Iterator[str]:
        # A spreadsheet takes a file for UTF-8 only by its byte order mark.
        yield "\ufeff" + _cells([*CLAIM_COLUMNS, *ARTICLE_COLUMNS, *WORDED_COLUMNS])
        for article, paragraphs, claims in self._shown_claims():
            of_article = [getattr(article, name) for name in ARTICLE_COLUMNS]
            card = ArticleCard.of(article)
            for claim in claims:
                passage = passage_in(article.text, paragraphs, claim)
                who = plain(who_line(Hit(claim=claim, article=card, score=0.0, passage=passage)))
                printed = shorten_passage(passage)[0] if passage else None
                mine = [getattr(claim, name) for name in CLAIM_COLUMNS]
                yield _cells([*mine, *of_article, who, printed])

    def _annotations(self) -> Iterator[str]:
        """A document of one collection; an annotation a line."""
        begun, ended = web_annotations.collection(self.archive.state()[0])
        yield begun
        between = ""
        for article, _, claims in self._shown_claims():
            for claim in claims:
                if claim.spans:  # what was imported has no place in a text
                    made = json.dumps(
                        web_annotations.annotation(article, claim), ensure_ascii=False
                    )
                    yield f"{between}{made}"
                    between = ",\n"
        yield ended

    def _shown_claims(self) -> Iterator[tuple[Article, Spans, Iterator[Claim]]]:
        for article, paragraphs, claims in self.exchange.shown():
            yield article, paragraphs, self._for_people(claims)

    def _for_people(self, claims: Iterator[Claim]) -> Iterator[Claim]:
        while some := list(islice(claims, CLAIM_BATCH)):
            yield from self.claims.as_shown(some)


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
    # An apostrophe makes a spreadsheet show what follows as it stands.
    return f"'{text}" if text.startswith(FORMULA) else text


def _read(lines: Iterable[str]) -> Iterator[Row]:
    """The rows of an exported archive, to its end. Raises IngestError."""
    number, has_ended = 0, False
    for number, line in enumerate(lines, start=1):
        place = f"line {number}"
        if has_ended:
            if line.strip():
                raise _refused(place, "there is more after the archive's end")
            continue
        name, values = _parsed(line, place)
        if number == 1:
            _check_header(name, values, place)
        elif name == "end":
            if values != {"lines": number - 2}:
                raise _refused(place, "lines are missing from the archive")
            has_ended = True
        elif isinstance(values, dict):
            yield Row(name, values, place)
        else:
            raise _refused(place, "it is not a line of an exported archive")
    if not has_ended:
        raise _refused(f"line {number}", "the archive is cut short")


def _parsed(line: str, place: str) -> tuple[str, Any]:
    try:
        ((name, values),) = json.loads(line).items()
    except (ValueError, AttributeError, RecursionError) as error:
        raise _refused(place, "it is not a line of an exported archive") from error
    return str(name), values


def _check_header(name: str, version: Any, place: str) -> None:
    if name != ARCHIVE_KEY:
        raise _refused(place, "the file does not start like an exported archive")
    if version != VERSION:
        cause = f"the archive's format is {version}, but this version reads {VERSION}"
        raise _refused(place, cause, "Use the version that exported it, or a newer one")


def _refused(place: str, cause: str, remedy: str = "Export it again") -> IngestError:
    return IngestError(
        "cannot import the archive",
        subject=place,
        cause=cause,
        remedy=f"{remedy}. Nothing was imported.",
    )
