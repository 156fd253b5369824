"""The modal in which somebody reads an article before accepting it. No I/O."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

from bot.ingest.fetch import addresses
from bot.model import Article, Span
from bot.newsroom.articles.reviews import ReviewedArticle
from bot.slack import claim_parts, modals, parts
from bot.slack.parts import Block
from bot.wording import answers as wording
from bot.words import say

CALLBACK, METADATA = "review", {"article": str, "change": int}
PIECE_LENGTH, PIECES_PER_PAGE, CLAIMS_PER_PAGE = 2_000, 2, 4
"""The characters of the text in a section, and the sections and claims in the modal at once: more
would exceed Slack's limit."""
MAX_PASSAGE_LENGTH = 160
MAX_ESCAPED_LINE_LENGTH = 250


def review_view(reviewed: ReviewedArticle, page: int = 0, *, has_changed: bool = False) -> Block:
    """Return a page of an article's stored text and claims, to accept or remove it.

    Above them is what the page claimed to be. The modal names the change that is looked at. With
    `has_changed`, the article was not accepted since it has changed.
    """
    article, pieces = reviewed.article, pieces_of(reviewed.article.text)
    page_count = max(1, _pages(len(pieces), PIECES_PER_PAGE), _claim_pages(reviewed))
    page = page if page < page_count else 0
    blocks = [
        *([parts.section(say("review.changed_now"))] if has_changed else []),
        parts.section(claim_parts.render_article_line(reviewed.overview.article)),
        parts.context("\n".join(_what_it_claims(reviewed))),
        *_text(article, pieces[page * PIECES_PER_PAGE : (page + 1) * PIECES_PER_PAGE]),
        *_claims(reviewed, page * CLAIMS_PER_PAGE),
    ]
    buttons = [
        *parts.paging_buttons("review_", lambda n: f"{article.id}:{n}", page, 1, page_count),
        parts.button(say("review.remove"), "review_remove", article.id),
    ]
    return modals.modal(
        CALLBACK,
        [*blocks, parts.actions(*buttons)],
        title="review.article_title",
        submit="review.accept",
        metadata=json.dumps({"article": article.id, "change": reviewed.seq}),
    )


def outcome_view(text: str) -> Block:
    """Return the modal that says, in place of an article, what was decided."""
    blocks = parts.notice(text).blocks
    return modals.modal("told", blocks, title="review.article_title", close="buttons.close")


def pieces_of(text: str) -> list[Span]:
    """Cut a text at words into pieces that fit into a section; blank ones are left out."""
    pieces, start = [], 0
    while start < len(text):
        end = start + parts.length_of_words(text[start : start + PIECE_LENGTH + 1], PIECE_LENGTH)
        if text[start:end].strip():
            pieces.append((start, end))
        start = end
    return pieces


def _what_it_claims(reviewed: ReviewedArticle) -> Iterator[str]:
    """Yield why the article has to be reviewed, where it came from and what its page claims."""
    article, card = reviewed.article, reviewed.overview.article
    if note := claim_parts.render_review_note(card):
        yield note
    lines = [
        wording.claimed_outlet_note(card),
        _or_none("byline", article.byline),
        _or_none("date", article.published),
        # A file's path is nobody's business in Slack.
        say("review.read_from", address=addresses.for_display(article.origin))
        if "://" in article.origin
        else None,
    ]
    for line in filter(None, lines):
        yield parts.escape_note(line, MAX_ESCAPED_LINE_LENGTH)


def _or_none(key: str, value: str | None) -> str:
    return say(f"review.claimed_{key}", **{key: value}) if value else say(f"review.no_{key}")


def _text(article: Article, pieces: list[Span]) -> Iterator[Block]:
    """Yield some pieces of the stored text, and say which they are."""
    if not pieces:
        return
    yield {"type": "divider"}
    for start, end in pieces:
        yield parts.article_text_section(article.text[start:end].strip())
    shown = say(
        "review.text_shown",
        first=f"{pieces[0][0] + 1:,}",
        last=f"{pieces[-1][1]:,}",
        characters=f"{len(article.text):,}",
    )
    yield parts.context(shown)
    yield {"type": "divider"}


def _claims(reviewed: ReviewedArticle, offset: int) -> Iterator[Block]:
    """Yield the claims after the first `offset`, and say which they are."""
    claims = reviewed.overview.claims
    if unread := claim_parts.unread_note(reviewed.overview.article):
        yield parts.context(unread)
    if not claims:
        yield parts.context(say("review.no_claims"))
    hits = claims[offset : offset + CLAIMS_PER_PAGE]
    yield from itertools.chain.from_iterable(
        claim_parts.quoted_claim(hit, max_length=MAX_PASSAGE_LENGTH) for hit in hits
    )
    if hits:
        first, last = str(offset + 1), str(offset + len(hits))
        yield parts.context(say("review.claims_shown", first=first, last=last, n=len(claims)))


def _claim_pages(reviewed: ReviewedArticle) -> int:
    return _pages(len(reviewed.overview.claims), CLAIMS_PER_PAGE)


def _pages(count: int, page_size: int) -> int:
    return -(-count // page_size)
