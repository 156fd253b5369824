"""Decide which outlet published a page or feed, by its address and the name it gives. Pure.

Anybody can write "Reuters" on a page. A name in outlets.yml therefore counts only if the address
is on one of that outlet's own domains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from bot.articles.lookalikes import ANY_LETTER, folded, without_invisible, without_symbols
from bot.articles.sites import host_of, site_of
from bot.config import KnownName

MAX_HOST = 40
"""Characters of a host that fit wherever an outlet is shown."""
_MAX_NAME = 200
"""Characters of a name that are shown at most."""

# & is none: The Times & Star is not The Times.
_SEPARATOR = re.compile(
    r"""[^\w\s.'&] | _
      | (?<!\S)[.']+ | [.']+(?!\S) | \.{2,}          # at a word's edge: "Reuters. World"
      | (?<=\s)(?:[il]|[^\x00-\x7f])(?=\s)           # one letter alone can be taken for a bar
    """,
    re.VERBOSE,
)
"""What stands between an outlet's name and that of a section: "Reuters | World"."""
_MAX_PIECES = 6
"""Pieces between separators that may be one name: Agence France-Presse has two."""
_POSSESSIVE = re.compile(r"'s(?!\w)")
_COMPANY = re.compile(
    r"(?:\s+(?:inc|incorporated|ltd|limited|plc|llc|llp|corp|corporation|co|company|gmbh|ag|s\.?a"
    r"|b\.?v|pty|tm)\.?)+\s*$"
)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def outlet_of(named: str | None, address: str, known: Sequence[KnownName]) -> str | None:
    """The outlet of a page or feed, from its address and the name it gives itself; None if unknown.

    On a known outlet's domain it is that outlet, whatever it calls itself. Anywhere else a known
    outlet's name is not believed: the host is shown instead, or nothing for a saved file, whose
    address is "". Every other name is kept, without invisible characters.
    """
    if own := outlet_at(address, known):
        return own
    name = without_invisible(named or "")
    if any(_is_named(one, name) for one in known):
        return _host_name(host_of(address), known) or None
    return name or None


def _host_name(host: str, known: Iterable[KnownName]) -> str:
    """The name for an outlet that is known only by its host.

    Of a long host the end is kept: if the end were cut, reuters.com.…rogue.example would look like
    reuters.com.
    """
    name = host.removeprefix("www.")
    if len(name) > MAX_HOST:
        name = site_of(f"https://{host}")
    if len(name) > MAX_HOST:
        name = f"…{name[1 - MAX_HOST :]}"
    # A search splits words at dots, so reuters.news would match the Reuters News of outlets.yml.
    spelt = frozenset(_spellings(name))
    return f"https://{name}" if any(spelt & _names_of(one) for one in known) else name


def outlet_at(address: str, known: Iterable[KnownName]) -> str | None:
    """The known outlet on whose domain, or a subdomain of it, an address is."""
    domains = _with_parents(host_of(address))
    return next((one.name for one in known if not domains.isdisjoint(_hosts_of(one))), None)


def _with_parents(host: str) -> frozenset[str]:
    """A host and its parent domains."""
    labels = host.split(".")
    return frozenset(".".join(labels[at:]) for at in range(len(labels)))


@cache  # unbounded: a cache smaller than the number of outlets would never hit
def _hosts_of(outlet: KnownName) -> frozenset[str]:
    # An account on a shared site is not a domain.
    domains = (domain for domain in outlet.domains if "/" not in domain)
    return frozenset(filter(None, (host_of(f"https://{domain}") for domain in domains)))


@cache
def _names_of(outlet: KnownName) -> frozenset[str]:
    # Many go by their domain: NYTimes, AP News. A feed host on another's domain gives no name.
    hosts = _hosts_of(outlet)
    labels = (host.partition(".")[0] for host in hosts if host == site_of(f"https://{host}"))
    called = (outlet.name, *outlet.aliases, *outlet.domains, *hosts, *labels)
    return frozenset(spelling for name in called for spelling in _spellings(name))


def _is_named(outlet: KnownName, name: str) -> bool:
    """Whether a name, or a part of it that stands by itself, can be taken for an outlet's name,
    alias or domain."""
    plain, doubtful, domains = _read(name)
    names = _names_of(outlet)
    return (
        not plain.isdisjoint(names)
        or not domains.isdisjoint(_hosts_of(outlet))
        or any(_may_be(letters, one) for letters in doubtful for one in names)
    )


def _may_be(letters: str, name: str) -> bool:
    return len(letters) == len(name) and all(
        one in (ANY_LETTER, other) for one, other in zip(letters, name, strict=True)
    )


@lru_cache(maxsize=1_000)
def _read(name: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The spellings a name can be read as, those of them with wildcard letters, and its domains."""
    # A mark may be one (Reutersᵀᴹ) or letters (ᴿᵉᵘᵗᵉʳˢ).
    texts = {name, without_symbols(name)}
    parts = {part for text in texts for part in _parts(text)}
    read = frozenset(spelling for part in parts for spelling in _spellings(part, is_company=True))
    doubtful = frozenset(letters for letters in read if ANY_LETTER in letters)
    hosts = (host for text in texts for host in _DOMAIN.findall(folded(text)[:_MAX_NAME]))
    return read - doubtful, doubtful, frozenset().union(*map(_with_parents, hosts))


def _parts(name: str) -> Iterator[str]:
    """Yield a name, its shortened form, and each part between separators."""
    yield name
    yield name[:MAX_HOST]
    pieces = [one for one in _SEPARATOR.split(folded(name)[:_MAX_NAME]) if one.strip()]
    for first in range(len(pieces)):
        for last in range(first + 1, first + 1 + _MAX_PIECES):
            yield " ".join(pieces[first:last])


def _spellings(name: str, *, is_company: bool = False) -> Iterator[str]:
    """The letters and digits of a name, also without a possessive, an article or a company suffix.

    Both cases are tried: a small letter can resemble another one than its capital does.
    """
    for text in {folded(name), folded(name.casefold())}:
        for whole in {text, _POSSESSIVE.sub("", text)}:
            for bare in {whole, _COMPANY.sub("", whole)} if is_company else {whole}:
                letters = "".join(filter(str.isalnum, bare))
                yield from filter(None, (letters, letters.removeprefix("the")))
