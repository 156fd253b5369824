"""Print an article and its history for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath

from rich.console import Console
from rich.text import Text

from bot.articles.claim_matches import ClaimMatch
from bot.cli.output import screen
from bot.cli.output.correction_lines import print_correction
from bot.ingest.fetch import addresses
from bot.model import Article, ArticleCard, Correction, Document, Extraction, Hit, person_of
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.articles.claims import make_claims, without_events
from bot.newsroom.articles.history import ArticleHistory, ArticleVersion
from bot.newsroom.articles.reviews import ReviewedArticle
from bot.text.languages import is_language_supported
from bot.wording.answers import doubt_note, outlet_name, unread_line, with_noun
from bot.wording.details import details_line
from bot.wording.language_names import language_name
from bot.wording.runs import shorten
from bot.words import say

MAX_CONTENT_LENGTH = 160
"""Characters of a claim in a list of changes."""
NAME_WIDTH = 14
"""Characters of the column with the names of metadata."""


def print_article(
    console: Console,
    history: ArticleHistory,
    hits: Sequence[Hit],
    corrections: Sequence[Correction],
) -> None:
    """Print an article's metadata, its claims, its versions and their changes, and its
    corrections, including those that were undone or declined."""
    article = history.article
    screen.print_text(console, title_or_file_name(article), style="bold")
    screen.print_text(console, f"{article.id} · {_status(history)}")
    _print_metadata(console, article)
    _print_claims(console, hits)
    _print_unread(console, history.read_to, article)
    for version in history.versions:
        _print_version(console, version)
    for correction in corrections:
        print_correction(console, correction)
    console.print()


def print_reviewed(console: Console, reviewed: ReviewedArticle) -> None:
    """Print an article in review as it is stored: its metadata, all its text and its claims."""
    article = reviewed.article
    screen.print_text(console, title_or_file_name(article), style="bold")
    screen.print_text(console, f"{article.id} · {say('review.change', seq=str(reviewed.seq))}")
    _print_metadata(console, article)
    console.print()
    screen.print_text(console, article.text)
    console.print()
    _print_claims(console, reviewed.overview.claims)
    _print_unread(console, reviewed.overview.article.read_to, article)


def print_extraction(
    console: Console, article: Article, extraction: Extraction, outlets: Iterable[str]
) -> None:
    """Print the claims found in one article, in reading order; `outlets` are the names of known
    outlets."""
    claims = without_events(make_claims(article, extraction, outlets))
    card = ArticleCard.from_article(article)
    screen.print_text(console, f"{article.id}: {with_noun(len(claims), 'claim')}", style="bold")
    if not is_language_supported(article.language):
        language = language_name(article.language)
        screen.print_text(console, say("who.unread", language=language), style="yellow")
    for number, claim in enumerate(claims, start=1):
        passage = passage_in(article.text, extraction.paragraphs, claim, claims)
        screen.print_claim(
            console, f"{number}. ", Hit(claim=claim, article=card, score=0, passage=passage)
        )
        if details := details_line(claim):
            screen.print_indented(console, Text(screen.make_visible(details), "dim"))
    _print_unread(console, extraction.read_to, article)
    console.print()


def _print_metadata(console: Console, article: Article) -> None:
    for name, value in _metadata(article):
        screen.print_text(console, f"{name:<{NAME_WIDTH}}{value}", style="dim")


def _print_claims(console: Console, hits: Iterable[Hit]) -> None:
    for number, hit in enumerate(hits, start=1):
        screen.print_claim(console, f"{number}. ", hit)


def _print_unread(console: Console, read_to: int | None, article: Article) -> None:
    if line := unread_line(read_to, len(article.text)):
        screen.print_text(console, line, style="yellow")


def title_or_file_name(document: Document) -> str:
    """Return an article's title, or the name of its file."""
    file = "" if "://" in document.origin else PurePath(document.origin).name
    return document.title or file or "untitled"


def _status(history: ArticleHistory) -> str:
    match history.state:
        case "shown":
            return f"version {history.article.version}"
        case "withheld":
            return f"not shown: {history.reason or 'withheld'}"
        case "withdrawn":
            return f"not shown, withdrawn: {history.reason or 'no reason known'}"


def _metadata(article: Article) -> list[tuple[str, str]]:
    """The article's metadata by name, without empty values."""
    fields = [
        ("outlet", outlet_name(ArticleCard.from_article(article))),
        ("byline", article.byline),
        ("published", article.published),
        ("language", article.language),
        ("url", article.url),
        ("guid", article.guid),
        ("from", _public_origin(article.origin)),
        ("note", article.note),
        ("copy of", article.copy_of),
        ("calls itself", article.claimed_outlet if article.outlet else None),
        ("review", ", ".join(article.review)),
        ("doubt", doubt_note(article.doubt) if article.is_doubtful else None),
        ("brought by", ", ".join(map(person_of, article.brought_by))),
        ("excerpt", "only an excerpt" if article.excerpt else None),
    ]
    return [(name, value) for name, value in fields if value]


def _public_origin(origin: str) -> str:
    """Where an article came from, without the query string of a web address, which may be
    secret."""
    address, mark, fragment = origin.partition("#")
    return addresses.with_hashed_query(address) + mark + fragment if "://" in address else origin


def _print_version(console: Console, version: ArticleVersion) -> None:
    parts = [f"version {version.number}", version.state]
    parts += [f"received {_utc_time(version.received_at)}"] if version.received_at else []
    parts += [f"shown until {_utc_time(version.left_at)}"] if version.left_at else []
    parts += [with_noun(len(version.claims), "claim")] if version.claims else []
    parts += [version.reason] if version.reason else []
    counts = version.change_counts
    changes = [f"{counts[kind]} {kind}" for kind in ("unchanged", "changed", "gone", "new")]
    parts += [", ".join(changes)] if version.changes else []
    screen.print_text(console, " · ".join(parts), style="bold")
    for change in version.changes:
        for line in _change_lines(change):
            screen.print_text(console, f"   {line}", style="dim")


def _change_lines(change: ClaimMatch) -> list[str]:
    """The lines of a change: the old text after "-", the new text after "+"."""
    if change.kind == "unchanged":
        return []
    lines = [f"- {_shorten(change.old.text)}"] if change.old else []
    return lines + ([f"+ {_shorten(change.new.text)}"] if change.new else [])


def _shorten(text: str) -> str:
    return shorten(" ".join(text.split()), MAX_CONTENT_LENGTH)


def _utc_time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "at an unknown time"
