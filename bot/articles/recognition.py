"""Decide whether a document is a known article, by a key or by its text. No I/O."""

from __future__ import annotations

from enum import IntEnum

from bot.articles.authority import speaks_for
from bot.articles.identity import KeyKind, is_from_file
from bot.articles.sites import Sites
from bot.model import Document

MIN_SHARED_WORDS = 0.5
"""The share of the shorter text's words that the longer must contain for both to be one story."""


class Authority(IntEnum):
    """What a document may do to the article whose key it has, most authority first.

    SAME_SOURCE: both come from one source. TAKES_OVER: the document comes from the article's
    rightful source, but the stored article from another, whose version numbers no longer count.
    ADDS_ONLY: it may fill in unknown metadata and nothing else.
    """

    SAME_SOURCE = 0
    TAKES_OVER = 1
    ADDS_ONLY = 2


def authority_over(
    kind: KeyKind, document: Document, current: Document, state: str | None, sites: Sites
) -> Authority | None:
    """Decide what a document may do to the article whose key it has; None if it is another article.

    `current` is the article's current version, and `state` its state if it is not shown. A withheld
    or withdrawn article holds back a document only if the article's publisher may speak for it.
    """
    if not _is_key_reliable(kind, document, current):
        return None
    is_its_file = kind == "origin" and is_from_file(current)
    may_change = is_its_file or speaks_for(document, current, sites)
    may_be_changed = is_its_file or speaks_for(current, document, sites)
    if may_change and (may_be_changed or state != "withdrawn"):
        return Authority.SAME_SOURCE if may_be_changed else Authority.TAKES_OVER
    if may_change or not (may_be_changed if state else _only_adds(document, current, sites)):
        return None
    return Authority.ADDS_ONLY


def have_same_source(document: Document, other: Document, sites: Sites) -> bool:
    """Tell whether two documents may speak for each other."""
    return speaks_for(document, other, sites) and speaks_for(other, document, sites)


def must_stay_hidden(hidden: Document, document: Document, sites: Sites) -> bool:
    """Tell whether a document must not be shown because a hidden article has, or had, the same
    text.

    Publishers repost what they withdrew under another guid or address. On the web an outlet's name
    proves nothing. Files, however, were added by the newsroom: if the hidden article came from a
    file, or the document is a file without guid and address, known outlets must not differ. What a
    person brought and nobody reviewed holds back only what people bring.
    """
    if are_different(hidden.outlet, document.outlet):
        return False
    if hidden.is_unreviewed and not document.is_unreviewed:
        return False
    has_no_keys = is_from_file(document) and not (document.guid or document.address)
    return is_from_file(hidden) or has_no_keys or speaks_for(hidden, document, sites)


def is_same_article(document: Document, article: Document, sites: Sites) -> bool:
    """Tell whether a document with the text of an article is that article, by outlet and address.

    A document from another source is the same article unless it has a guid or an address of its
    own.
    """
    if are_contradictory(document, article):
        return False
    return not (document.guid or document.address) or speaks_for(document, article, sites)


def _is_key_reliable(kind: KeyKind, document: Document, current: Document) -> bool:
    """Tell whether a shared key can be trusted; identical texts outweigh any key."""
    if kind == "guid" or document.status == "canceled" or document.text_sha == current.text_sha:
        return True
    if kind == "url":
        # A feed may give all its articles the same address, or one article new guids.
        return not are_different(document.guid, current.guid) or _are_alike(
            document.text, current.text
        )
    return not (are_different(document.guid, current.guid) or are_contradictory(document, current))


def _only_adds(document: Document, article: Document, sites: Sites) -> bool:
    """Tell whether a document can only add to an article: it has no other text, and no own page.

    A document with a page on its own site is a separate article, even if another feed or page
    already used its id. Otherwise whoever was first to use a publisher's id and words would
    control the story. Articles from files are exempt, since the newsroom added them.
    """
    has_page = document.url and sites.are_same_site(document.origin, document.url)
    if has_page and not is_from_file(article):
        return False
    is_excerpt = document.excerpt and not article.excerpt
    return document.status == "canceled" or is_excerpt or document.text_sha == article.text_sha


def are_contradictory(document: Document, other: Document) -> bool:
    """Tell whether outlet or address show that two documents are different articles."""
    outlets, addresses = (document.outlet, other.outlet), (document.address, other.address)
    return are_different(*outlets) or are_different(*addresses)


def are_different(value: str | None, other: str | None) -> bool:
    """Tell whether both values are known and different."""
    return value is not None and other is not None and value != other


def _are_alike(text: str, other: str) -> bool:
    words, others = set(text.casefold().split()), set(other.casefold().split())
    return len(words & others) >= MIN_SHARED_WORDS * min(len(words), len(others))
