"""Who may say what becomes of an article: it must come from where the article came from."""

from __future__ import annotations

from pathlib import PurePath

from bot.articles.identity import is_from_file
from bot.articles.sites import Sites
from bot.model import Document


def speaks_for(document: Document, article: Document, sites: Sites) -> bool:
    """Tell whether a document may change, withhold or end an article, not only add to it.

    Anybody's feed, page or file can name the id, the address or the words of another's story. It is
    heard where it comes from the article's own feed, site or folder, or is of the same wire: under
    the publisher's id, and of the same outlet. A feed's documents have its first address as their
    origin, wherever it moved.
    """
    if is_from_file(document):
        both = is_from_file(article)
        return (both and _folder(document) == _folder(article)) or _is_of_one_wire(
            document, article
        )
    if document.origin == article.origin:
        return True
    return any(
        sites.are_same_site(document.origin, place) for place in (article.origin, article.url)
    )


def _folder(document: Document) -> PurePath:
    return PurePath(document.origin.partition("#")[0]).parent


def _is_of_one_wire(document: Document, article: Document) -> bool:
    if document.guid is None or document.guid != article.guid or document.outlet != article.outlet:
        return False
    return document.outlet is not None or is_from_file(article)
