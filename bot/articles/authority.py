"""Decide which documents may change an article: those from the same source as the article."""

from __future__ import annotations

from pathlib import PurePath

from bot.articles.identity import is_from_file
from bot.articles.sites import Sites
from bot.model import Document


def speaks_for(document: Document, article: Document, sites: Sites) -> bool:
    """Tell whether a document may change, withhold or withdraw an article, rather than only add to
    it.

    Any feed, page or file can claim the id, address or words of someone else's story. A document
    has authority only if it comes from the article's own feed, site or folder, or from the same
    wire service: with the publisher's id and the same outlet. The origin of a feed's documents is
    the feed's first address, even after the feed has moved.
    """
    if is_from_file(document):
        is_same_folder = is_from_file(article) and _folder(document) == _folder(article)
        return is_same_folder or _is_same_wire(document, article)
    if document.origin == article.origin:
        return True
    return any(
        sites.are_same_site(document.origin, address)
        for address in (article.origin, article.address)
    )


def _folder(document: Document) -> PurePath:
    return PurePath(document.origin.partition("#")[0]).parent


def _is_same_wire(document: Document, article: Document) -> bool:
    if document.guid is None or document.guid != article.guid or document.outlet != article.outlet:
        return False
    if document.outlet is not None:
        return True
    return is_from_file(article) and document.claimed_outlet == article.claimed_outlet
