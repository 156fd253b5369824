"""Decide who may see an article that a person brought: only they, until it is accepted. No I/O."""

from __future__ import annotations

from dataclasses import replace

from bot.articles.known_article import KnownArticle
from bot.articles.recognition import Authority
from bot.model import Document, ReviewKind


def brought(document: Document, viewer: str) -> Document:
    """Return a document as one that a viewer brought and that nobody has reviewed.

    A doubt about its text stays open as well.
    """
    review: tuple[ReviewKind, ...] = ("unreviewed", *document.review)
    return replace(document, review=review, brought_by=(viewer,))


def merge_review(document: Document, target: KnownArticle) -> Document:
    """Return a document with the review that its article will have once it is filed.

    What a person brings never hides an article that everyone sees, and another person who brings
    the same may see it too. A document that nobody had to bring, such as a feed's, is its own
    review: from then on everyone sees the article.
    """
    current = current_version(target)
    if current is None:
        return document
    is_same_text = document.text_sha == current.text_sha
    is_brought_again = document.is_unreviewed and current.is_unreviewed and is_same_text
    only_adds = target.authority is Authority.ADDS_ONLY and not is_brought_again
    if only_adds or (document.is_unreviewed and not current.is_unreviewed):
        return _with_review_of(document, current)
    is_unreviewed = document.is_unreviewed and current.is_unreviewed
    kinds: list[ReviewKind] = ["unreviewed"] if is_unreviewed else []
    kinds += ["doubtful"] if _stays_doubtful(document, current, is_same_text) else []
    doubt = document.doubt or (current.doubt if is_same_text else None)
    people = tuple(dict.fromkeys((*current.brought_by, *document.brought_by)))
    # Who brought it matters only as long as somebody has to review it.
    return replace(document, review=tuple(kinds), brought_by=people if kinds else (), doubt=doubt)


def _with_review_of(document: Document, current: Document) -> Document:
    return replace(
        document, review=current.review, brought_by=current.brought_by, doubt=current.doubt
    )


def _stays_doubtful(document: Document, current: Document, is_same_text: bool) -> bool:
    """Tell whether somebody has yet to look at a text. Reading it again neither settles a doubt nor
    raises one that somebody has settled."""
    if not is_same_text:
        return document.is_doubtful
    return current.is_doubtful or (document.is_doubtful and current.doubt is None)


def shows_unreviewed_change(document: Document, target: KnownArticle) -> bool:
    """Tell whether a document that a person brought would change what everyone sees: its text has
    been reviewed by nobody, even if the article has been accepted."""
    current = current_version(target)
    return document.is_unreviewed and current is not None and not current.is_unreviewed


def current_version(target: KnownArticle) -> Document | None:
    """Return the version of an article that is shown or withheld, or None."""
    if target.article:
        return target.article
    hidden = target.hidden
    return hidden.document if hidden and hidden.state == "withheld" else None
