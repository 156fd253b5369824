"""Who may say what becomes of an article: it must come from where the article came from."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath
from urllib.parse import urlsplit

from bot.model import Document
from bot.store.identities import is_from_file

FEED_HOSTS = frozenset({"feedburner.com", "feedblitz.com", "medium.com", "rss.app", "substack.com"})
"""Sites on which everybody publishes, and which the public suffix list does not know for that: of
these, each address is a site of its own."""


def speaks_for(document: Document, article: Document) -> bool:
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
    return site_of(document.origin) in {site_of(article.origin), site_of(article.url or "")} - {""}


def _folder(document: Document) -> PurePath:
    return PurePath(document.origin.partition("#")[0]).parent


def _is_of_one_wire(document: Document, article: Document) -> bool:
    if document.guid is None or document.guid != article.guid or document.outlet != article.outlet:
        return False
    return document.outlet is not None or is_from_file(article)


@lru_cache(maxsize=4_096)
def site_of(address: str) -> str:
    """The domain that the publisher of an address has registered ("post.example" of
    "https://www.post.example/a"); "" of what is no address."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode()
    except ValueError:
        return ""
    if "://" not in address or "." not in host or host.replace(".", "").isdigit() or ":" in host:
        return parts.netloc.rpartition("@")[2].lower()  # a host of one's own network
    domain = _registered(host)
    return f"{host}{parts.path}" if domain in FEED_HOSTS else domain


def _registered(host: str) -> str:
    from tld.utils import get_tld  # to load it takes a moment

    found = get_tld(
        host, as_object=True, fail_silently=True, fix_protocol=True, search_private=True
    )
    # Of a suffix that is on no list, the last part stands for one (publicsuffix.org/list).
    return found.fld if found and not isinstance(found, str) else ".".join(host.split(".")[-2:])
