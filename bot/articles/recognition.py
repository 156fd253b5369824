"""Whether a document is an article that is there, as far as a key or its text tells. Pure."""

from __future__ import annotations

from enum import IntEnum

from bot.articles.authority import speaks_for
from bot.articles.identity import KeyKind, is_from_file
from bot.articles.sites import Sites
from bot.model import Document

MIN_SHARED_WORDS = 0.5
"""The share of the words of the shorter of two texts, from which on they tell one story."""


class Authority(IntEnum):
    """How a document is an article of which it names a key, the closest first.

    OWN: both come from one place. NEARER: it comes from where the article belongs, which somebody
    else brought in, and what that one said of versions counts no more. ANOTHERS: it can only add.
    """

    SAME_SOURCE = 0
    TAKES_OVER = 1
    ADDS_ONLY = 2


def authority_over(
    kind: KeyKind, document: Document, head: Document, state: str | None, sites: Sites
) -> Authority | None:
    """How a document is an article whose key it names; None where it is another one.

    `head` is what stands for the article, and `state` that of its version if it is not shown: to be
    withheld or withdrawn holds for what its publisher may speak for, and for nothing else.
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
    """Tell whether a document stays out, since a hidden article has or had its text: a publisher
    posts what it took back once more under another guid or address.

    On the web an outlet's name proves nothing. Files were put here by the newsroom: of a wire's
    text, its outlet counts as far as it is known, and so it does of a file that names no place.
    """
    if differ(hidden.outlet, document.outlet):
        return False
    is_bare = is_from_file(document) and not (document.guid or document.url)
    return is_from_file(hidden) or is_bare or speaks_for(hidden, document, sites)


def is_same_article(document: Document, there: Document, sites: Sites) -> bool:
    """Tell whether a document that has the text of an article is that article, as far as outlet
    and address tell: from elsewhere only where it names no place of its own."""
    if contradict(document, there):
        return False
    return not (document.guid or document.url) or speaks_for(document, there, sites)


def _fits(kind: KeyKind, document: Document, head: Document) -> bool:
    """Tell whether a key may be believed; of the texts themselves, one that is the same says more
    than any other."""
    if kind == "guid" or document.status == "canceled" or document.text_sha == head.text_sha:
        return True
    if kind == "url":
        # A feed may give all of its articles one address, or one article new guids.
        return not differ(document.guid, head.guid) or _are_alike(document.text, head.text)
    return not (differ(document.guid, head.guid) or contradict(document, head))


def _only_adds(document: Document, there: Document, sites: Sites) -> bool:
    """Tell whether a document has neither a text nor a page of its own beside an article.

    One at an address of its own site is no copy of what another feed or page brought under its id:
    else whoever is first with a publisher's id and words would be heard from then on. A file is no
    such forgery: the newsroom put it here.
    """
    has_page = document.url and sites.are_same_site(document.origin, document.url)
    if has_page and not is_from_file(there):
        return False
    is_part = document.excerpt and not there.excerpt
    return document.status == "canceled" or is_part or document.text_sha == there.text_sha


def contradict(one: Document, other: Document) -> bool:
    """Tell whether outlet or address say that two documents are not one article."""
    return differ(one.outlet, other.outlet) or differ(one.url, other.url)


def differ(one: str | None, other: str | None) -> bool:
    """Tell whether both are known and not the same."""
    return one is not None and other is not None and one != other


def _are_alike(one: str, other: str) -> bool:
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) >= MIN_SHARED_WORDS * min(len(words), len(others))
