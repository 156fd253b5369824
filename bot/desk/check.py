"""Check a draft: one row for each quotation and attributed paraphrase, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import NamedTuple

from bot.desk.archive import Archive
from bot.desk.draft import read_draft
from bot.desk.rows import FINDINGS, Judge, Row, is_shown
from bot.desk.words import BRACKETS, ELLIPSIS
from bot.errors import QueryError
from bot.model import Article, Coverage, Document, Extraction
from bot.newsroom.articles.extraction import with_language
from bot.words import say

MAX_DRAFT = 60_000
"""Characters of a draft."""


class Check(NamedTuple):
    """What was found about a draft. `names` are its misspelt names, with those of the archive."""

    text: str
    rows: tuple[Row, ...]
    names: dict[str, str]
    searched: Coverage


def check(document: Document, archive: Archive) -> Check:
    """Compare a draft with the archive; nothing of it is filed.

    Raises QueryError if it is too long, or empty.
    """
    if len(document.text) > MAX_DRAFT:
        raise QueryError(say("desk.too_long", n=len(document.text)), remedy=say("desk.in_parts"))
    draft = Article(id="draft", **asdict(with_language(document)))
    (extraction,) = archive.newsroom.extractions.extract([draft])
    return check_extraction(draft, extraction, archive)


def check_extraction(draft: Article, extraction: Extraction, archive: Archive) -> Check:
    """Compare what was extracted from a draft with the archive."""
    outlets = [outlet.name for outlet in archive.newsroom.settings.outlets]
    quoted = read_draft(draft, extraction, outlets)
    articles = [archive.find(draft.text, one) for one in quoted]
    speakers = {one.claim.speaker for one in quoted if one.claim and one.claim.speaker}
    printed = {
        claim.speaker
        for found in articles
        for article in found
        for claim in article.claims
        if claim.speaker
    }
    judge = Judge(draft.text, archive.canonical_names(speakers | printed))
    rows = [judge.judge(*each) for each in zip(quoted, articles, strict=True)]
    rows = [row for row in _with_gone_sources(rows, archive) if is_shown(row)]
    names = [
        one.claim.speaker
        for one in quoted
        if one.claim and one.claim.speaker and one.claim.source_kind == "named"
    ]
    rows.sort(key=lambda row: (FINDINGS.index(row.finding), row.quoted.span))
    return Check(draft.text, tuple(rows), archive.misspelt(names), archive.coverage)


def _with_gone_sources(rows: Sequence[Row], archive: Archive) -> list[Row]:
    """Find quotations that are not as printed now in what was corrected, withdrawn or withheld."""
    open_ = [
        row
        for row in rows
        if row.quoted.kind == "quotation" and row.finding in ("altered", "not_found")
    ]
    words = [
        [word for word in row.quoted.words if word.key not in (ELLIPSIS, BRACKETS)] for row in open_
    ]
    gone = {
        row.quoted.span: replace(row, findings=("source_gone",), gone=source)
        for row, source in zip(open_, archive.gone(words), strict=True)
        if source
    }
    return [gone.get(row.quoted.span, row) for row in rows]
