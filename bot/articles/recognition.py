"""Decide whether a document is an article we already have, by a key or by its text. Pure."""

from __future__ import annotations

from enum import IntEnum

from bot.articles.authority import speaks_for
from bot.articles.identity import KeyKind, is_from_file
from bot.articles.sites import Sites
from bot.model import Document

MIN_SHARED_WORDS = 0.5
"""Share of the shorter text's words that must be in the longer for both to be one story."""


class Authority(IntEnum):
    """What a document may do to the article whose key it names, most authority first.

    SAME_SOURCE: both come from one source. TAKES_OVER: the document comes from the article's
    rightful source, while the stored article was brought in by another, whose version numbers no
    longer count. ADDS_ONLY: it may fill in what is unknown, and nothing else.
    """

    SAME_SOURCE = 0
    TAKES_OVER = 1
    ADDS_ONLY = 2


def authority_over(
    kind: KeyKind, document: Document, head: Document, state: str | None, sites: Sites
) -> Authority | None:
    """Decide what a document may do to the article whose key it names; None if it is not that one.

    `head` is the article's current version, and `state` its state if it is not shown. A withheld or
    withdrawn article holds back only documents that its publisher may speak for.
    """
    if not _fits(kind, document, head):
        return None
    is_its_file = kind == "origin" and is_from_file(head)
    is_heard = is_its_file or speaks_for(document, head, sites)
    is_bound = is_its_file or speaks_for(head, document, sites)
    if is_heard and (is_bound or state != "withdrawn"):
        return Authority.SAME_SOURCE if is_bound else Authority.TAKES_OVER
    if is_heard or not (is_bound if state else _only_adds(document, head, sites)):
        return None
    return Authority.ADDS_ONLY


def have_same_source(one: Document, other: Document, sites: Sites) -> bool:
    """Tell whether two documents may speak for each other."""
    return speaks_for(one, other, sites) and speaks_for(other, one, sites)


def hidden_text_blocks(hidden: Document, document: Document, sites: Sites) -> bool:
    """Tell whether a document must stay out because a hidden article has, or had, the same text.

    Publishers post what they withdrew again under another guid or address. On the web an outlet's
    name proves nothing. Files were put here by the newsroom: if the hidden article came from one,
    or the document is one without guid or address, the outlet counts where it is known.
    """
    if differ(hidden.outlet, document.outlet):
        return False
    is_bare = is_from_file(document) and not (document.guid or document.url)
    return is_from_file(hidden) or is_bare or speaks_for(hidden, document, sites)


def is_same_article(document: Document, there: Document, sites: Sites) -> bool:
    """Tell whether a document with the text of an article is that article, by outlet and address.

    A document from elsewhere is, unless it has a guid or an address of its own."""
    if contradict(document, there):
        return False
    return not (document.guid or document.url) or speaks_for(document, there, sites)


def _fits(kind: KeyKind, document: Document, head: Document) -> bool:
    """Tell whether a shared key can be trusted; identical texts outweigh any key."""
    if kind == "guid" or document.status == "canceled" or document.text_sha == head.text_sha:
        return True
    if kind == "url":
        # A feed may give all of its articles one address, or one article new guids.
        return not differ(document.guid, head.guid) or _are_alike(document.text, head.text)
    return not (differ(document.guid, head.guid) or contradict(document, head))


def _only_adds(document: Document, there: Document, sites: Sites) -> bool:
    """Tell whether a document has neither a text nor a page of its own, apart from the article.

    A document at an address on its own site is not a copy of what another feed or page brought in
    under its id; otherwise whoever came first with a publisher's id and words would control the
    story. Files are exempt, since the newsroom put them here.
    """
    has_page = document.url and sites.are_same_site(document.origin, document.url)
    if has_page and not is_from_file(there):
        return False
    is_part = document.excerpt and not there.excerpt
    return document.status == "canceled" or is_part or document.text_sha == there.text_sha


def contradict(one: Document, other: Document) -> bool:
    """Tell whether outlet or address show that two documents are different articles."""
    return differ(one.outlet, other.outlet) or differ(one.url, other.url)


def differ(one: str | None, other: str | None) -> bool:
    """Tell whether both values are known and different."""
    return one is not None and other is not None and one != other


def _are_alike(one: str, other: str) -> bool:
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) >= MIN_SHARED_WORDS * min(len(words), len(others))
