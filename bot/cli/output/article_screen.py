"""Print an article and its history for a person."""

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
from bot.model import Article, ArticleCard, Correction, Document, Extraction, Hit
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.articles.claims import make_claims
from bot.newsroom.articles.history import ArticleHistory, ArticleVersion
from bot.text.languages import is_readable
from bot.wording.answers import counted
from bot.wording.details import details_line
from bot.wording.language_names import language_name
from bot.wording.runs import shorten
from bot.words import say

LONGEST_CONTENT = 160
"""Characters of a claim in a list of changes."""


def print_article(
    out: Console, told: ArticleHistory, hits: Sequence[Hit], corrections: Sequence[Correction]
) -> None:
    """Print what is known of an article, the claims that are shown of it, its versions with what
    changed, and what people have corrected in it, undone and declined too."""
    article = told.article
    screen.print_words(out, called(article), style="bold")
    screen.print_words(out, f"{article.id} · {_standing(told)}")
    for name, value in _known(article):
        screen.print_words(out, f"{name:<10}{value}", style="dim")
    for number, hit in enumerate(hits, start=1):
        screen.print_claim(out, f"{number}. ", hit)
    for edition in told.versions:
        _print_edition(out, edition)
    for one in corrections:
        print_correction(out, one)
    out.print()


def print_extraction(
    out: Console, article: Article, extraction: Extraction, outlets: Iterable[str]
) -> None:
    """Print what was found in one article, in reading order; `outlets` are known names."""
    found, card = make_claims(article, extraction, outlets), ArticleCard.of(article)
    screen.print_words(out, f"{article.id}: {counted(len(found), 'claim')}", style="bold")
    if not is_readable(article.language):
        language = language_name(article.language)
        screen.print_words(out, say("who.unread", language=language), style="yellow")
    for number, claim in enumerate(found, start=1):
        passage = passage_in(article.text, extraction.paragraphs, claim)
        screen.print_claim(
            out, f"{number}. ", Hit(claim=claim, article=card, score=0, passage=passage)
        )
        if known := details_line(claim):
            screen.print_indented(out, Text(screen.visible(known), "dim"))
    out.print()


def called(document: Document) -> str:
    """What an article is called: its title, or the name of its file."""
    file = "" if "://" in document.origin else PurePath(document.origin).name
    return document.title or file or "untitled"


def _standing(told: ArticleHistory) -> str:
    match told.state:
        case "shown":
            return f"version {told.article.version}"
        case "withheld":
            return f"not shown: {told.reason or 'withheld'}"
        case "withdrawn":
            return f"not shown, withdrawn: {told.reason or 'no reason known'}"


def _known(article: Article) -> list[tuple[str, str]]:
    """What is known of an article, by name."""
    known = [
        ("outlet", article.outlet),
        ("byline", article.byline),
        ("published", article.published),
        ("language", article.language),
        ("url", article.url),
        ("guid", article.guid),
        ("from", _place(article.origin)),
        ("note", article.note),
        ("copy of", article.copy_of),
        ("excerpt", "only an excerpt, from the feed" if article.excerpt else None),
    ]
    return [(name, value) for name, value in known if value]


def _place(origin: str) -> str:
    """Where an article came from; what follows the path of a web address may be secret."""
    address, mark, place = origin.partition("#")
    return addresses.hidden(address) + mark + place if "://" in address else origin


def _print_edition(out: Console, edition: ArticleVersion) -> None:
    parts = [f"version {edition.number}", edition.state]
    parts += [f"received {_moment(edition.received_at)}"] if edition.received_at else []
    parts += [f"shown until {_moment(edition.left_at)}"] if edition.left_at else []
    parts += [counted(len(edition.claims), "claim")] if edition.claims else []
    parts += [edition.reason] if edition.reason else []
    counts = edition.change_counts
    changes = [f"{counts[kind]} {kind}" for kind in ("unchanged", "changed", "gone", "new")]
    parts += [", ".join(changes)] if edition.changes else []
    screen.print_words(out, " · ".join(parts), style="bold")
    for change in edition.changes:
        for line in _change(change):
            screen.print_words(out, f"   {line}", style="dim")


def _change(change: ClaimMatch) -> list[str]:
    """A change as lines that begin with - for what was there before and + for what came."""
    if change.kind == "unchanged":
        return []
    out = [f"- {_content(change.old.text)}"] if change.old else []
    return out + ([f"+ {_content(change.new.text)}"] if change.new else [])


def _content(text: str) -> str:
    return shorten(" ".join(text.split()), LONGEST_CONTENT)


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "at an unknown time"
