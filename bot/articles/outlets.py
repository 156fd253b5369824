"""Decide which outlet published a page or feed, from its address and the name it gives. No I/O.

Anyone can write "Reuters" on a page, so a name in outlets.yml counts only if the address is on one
of that outlet's own domains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import PurePath

from bot.articles.lookalikes import ANY_LETTER, cut_folded, fold, remove_invisible, remove_symbols
from bot.articles.sites import host_of, site_of
from bot.config import KnownName
from bot.model import ArticleCard

MAX_HOST_LENGTH = 40
"""Characters of a host. This many fit wherever an outlet is shown."""
_MAX_NAME_LENGTH = 200
"""Characters of a name that are compared; the rest is ignored."""

# "&" is not a separator: The Times & Star is not The Times.
_SEPARATOR = re.compile(
    r"""[^\w\s.'&] | _
      | (?<!\S)[.']+ | [.']+(?!\S) | \.{2,}          # at a word's edge: "Reuters. World"
      | (?<=\s)(?:[il]|[^\x00-\x7f])(?=\s)           # a single letter can look like a bar
    """,
    re.VERBOSE,
)
"""The characters between the names of an outlet and a section: "Reuters | World"."""
_MAX_PIECES = 6
"""The maximum number of pieces, between separators, in one name. Agence France-Presse has two."""
_POSSESSIVE = re.compile(r"'s(?!\w)")
_COMPANY = re.compile(
    r"(?:\s+(?:inc|incorporated|ltd|limited|plc|llc|llp|corp|corporation|co|company|gmbh|ag|s\.?a"
    r"|b\.?v|pty|tm)\.?)+\s*$"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def find_outlet(
    stated_name: str | None, address: str, known_outlets: Sequence[KnownName]
) -> str | None:
    """Return the outlet of a page or feed, given its address and the name it states.

    On a known outlet's domain, it is that outlet, whatever name is stated. Anywhere else, a known
    outlet's name is not believed. The host is returned instead, or None for a saved file, whose
    address is "". Any other name is kept, without invisible characters. None if unknown.
    """
    if outlet_by_domain := find_outlet_by_domain(address, known_outlets):
        return outlet_by_domain
    name = remove_invisible(stated_name or "")
    if any(_is_named(outlet, name) for outlet in known_outlets):
        return _host_name(host_of(address), known_outlets) or None
    return name or None


def find_claimed_outlet(
    stated_name: str | None, address: str, known_outlets: Sequence[KnownName]
) -> str | None:
    """Return the name that a page or feed states if nothing else supports it, for people to judge.

    That is the name of a known outlet whose domain it is not on, or a name that is not listed.
    """
    name = remove_invisible(stated_name or "")
    if not name:
        return None
    domains = _host_and_parents(host_of(address))
    named = [outlet for outlet in known_outlets if _is_named(outlet, name)]
    if named:
        is_own = any(not domains.isdisjoint(_hosts_of(outlet)) for outlet in named)
    else:
        is_own = find_outlet_by_domain(address, known_outlets) is not None
    return None if is_own else name


def one_per_outlet(articles: Iterable[ArticleCard]) -> Iterator[ArticleCard]:
    """Yield the first article of each outlet, and every article without one.

    An article is from another outlet only if both the name and the publisher are new: one feed
    can name many outlets, and one outlet can arrive from several sources.
    """
    seen: set[str] = set()
    for article in articles:
        keys = set(filter(None, (article.outlet, publisher_of(article))))
        if seen.isdisjoint(keys):
            seen |= keys
            yield article


def publisher_of(article: ArticleCard) -> str | None:
    """Return an article's outlet, or the site or folder it came from if only the article itself
    says which outlet it is from."""
    outlet, claimed = article.outlet, article.claimed_outlet
    if claimed is None:
        return outlet
    site = site_of(article.origin)
    if not site:
        return str(PurePath(article.origin.partition("#")[0]).parent)
    # It is shown by its host if it claims a known outlet's name.
    return site if outlet in (None, claimed) or outlet.endswith(site) else outlet


def _host_name(host: str, known_outlets: Iterable[KnownName]) -> str:
    """Return the name of an outlet that is known only by its host.

    A long host is cut at the start: if it were cut at the end, reuters.com.…rogue.example would
    look like reuters.com.
    """
    name = host.removeprefix("www.")
    if len(name) > MAX_HOST_LENGTH:
        name = site_of(f"https://{host}")
    if len(name) > MAX_HOST_LENGTH:
        name = f"…{name[1 - MAX_HOST_LENGTH :]}"
    # Search splits words at dots, so reuters.news would match the Reuters News of outlets.yml.
    spellings = frozenset(_spellings(name))
    return (
        f"https://{name}"
        if any(spellings & _names_of(outlet) for outlet in known_outlets)
        else name
    )


def find_outlet_by_domain(address: str, known_outlets: Iterable[KnownName]) -> str | None:
    """Return the known outlet whose domain or subdomain contains an address."""
    domains = _host_and_parents(host_of(address))
    return next(
        (outlet.name for outlet in known_outlets if not domains.isdisjoint(_hosts_of(outlet))), None
    )


def _host_and_parents(host: str) -> frozenset[str]:
    """Return a host and its parent domains."""
    labels = host.split(".")
    return frozenset(".".join(labels[start:]) for start in range(len(labels)))


@cache  # unbounded: a cache smaller than the number of outlets would never hit
def _hosts_of(outlet: KnownName) -> frozenset[str]:
    # A domain with a path is an account on a shared site, and does not count.
    domains = (domain for domain in outlet.domains if "/" not in domain)
    return frozenset(filter(None, (host_of(f"https://{domain}") for domain in domains)))


@cache
def _names_of(outlet: KnownName) -> frozenset[str]:
    # Many outlets are known by their domain: NYTimes, AP News. Subdomains do not count as names.
    hosts = _hosts_of(outlet)
    labels = (host.partition(".")[0] for host in hosts if host == site_of(f"https://{host}"))
    names = (outlet.name, *outlet.aliases, *outlet.domains, *hosts, *labels)
    return frozenset(spelling for name in names for spelling in _spellings(name))


def _is_named(outlet: KnownName, name: str) -> bool:
    """Whether a name, or a separate part of it, can be mistaken for an outlet's name, alias or
    domain."""
    spellings, wildcard_spellings, domains = _read_name(name)
    names = _names_of(outlet)
    return (
        not spellings.isdisjoint(names)
        or not domains.isdisjoint(_hosts_of(outlet))
        or any(
            _matches_wildcards(letters, other) for letters in wildcard_spellings for other in names
        )
    )


def _matches_wildcards(letters: str, name: str) -> bool:
    return len(letters) == len(name) and all(
        letter in (ANY_LETTER, other) for letter, other in zip(letters, name, strict=True)
    )


@lru_cache(maxsize=1_000)
def _read_name(name: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the possible spellings of a name, those of them with wildcards, and its domains."""
    start = name[:MAX_HOST_LENGTH]  # all that is seen where a name is cut
    name = cut_folded(name, _MAX_NAME_LENGTH)
    # Small capitals may be a mark (Reutersᵀᴹ) or the name itself (ᴿᵉᵘᵗᵉʳˢ).
    texts = {name, remove_symbols(name)}
    parts = {start, remove_symbols(start), *(part for text in texts for part in _parts(text))}
    spellings = frozenset(
        spelling for part in parts for spelling in _spellings(part, is_company=True)
    )
    wildcard_spellings = frozenset(letters for letters in spellings if ANY_LETTER in letters)
    hosts = (host for text in texts for host in _DOMAIN.findall(fold(text)[:_MAX_NAME_LENGTH]))
    return (
        spellings - wildcard_spellings,
        wildcard_spellings,
        frozenset().union(*map(_host_and_parents, hosts)),
    )


def _parts(name: str) -> Iterator[str]:
    """Yield a name, and every run of its parts between separators."""
    yield name
    pieces = [piece for piece in _SEPARATOR.split(fold(name)[:_MAX_NAME_LENGTH]) if piece.strip()]
    for first in range(len(pieces)):
        for last in range(first + 1, first + 1 + _MAX_PIECES):
            yield " ".join(pieces[first:last])


def _spellings(name: str, *, is_company: bool = False) -> Iterator[str]:
    """The letters and digits of a name, with and without a possessive, an article and a company
    suffix.

    Both cases are tried, since a small letter and its capital can resemble different letters.
    """
    for folded in {fold(text)[:_MAX_NAME_LENGTH] for text in {name, name.casefold()}}:
        for text in {folded, _POSSESSIVE.sub("", folded)}:
            for variant in {text, _COMPANY.sub("", text)} if is_company else {text}:
                letters = "".join(filter(str.isalnum, variant))
                yield from filter(None, (letters, letters.removeprefix("the")))
