"""Who published what came from an address: whether a page or feed is whose it says it is. Pure.

Anybody may write "Reuters" over a page. A name of outlets.yml therefore counts only where the
address, which nobody else can answer at, is one of that outlet's own domains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.config import KnownName
from bot.sites import host_of, site_of

_PARTED = re.compile(r"[|/:,;•·‒–—―()\[\]{}<>«»‹›\"“”]|\s-+\s")
"""What stands between an outlet's name and that of a section: "Reuters | World"."""

LONGEST_HOST = 40
"""Characters of a host that there is room for wherever an outlet is shown."""

_UNSEEN = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"))
"""Letters that show nothing."""
_MARKS = dict.fromkeys(map(ord, "™℠®©"), " ")
_LOOKALIKES = {
    ord(char): letter
    for letter, chars in {
        "a": "аАαΑ", "b": "вВβΒ", "c": "сС", "d": "ԁ", "e": "еЕεΕ℮", "h": "нНһҺΗ", "i": "іІιΙ",
        "j": "јЈ", "k": "кКκΚ", "l": "ӏӀ", "m": "мМΜ", "n": "пηΝ", "o": "оОοΟ", "p": "рРρΡ",
        "q": "ԛԚ", "r": "г", "s": "ѕЅ", "t": "тТτΤ", "u": "υ", "v": "νѵѴ", "w": "ԝԜω",
        "x": "хХχΧ", "y": "уУүҮγΥ", "z": "Ζ",
    }.items()
    for char in chars
}  # fmt: skip
"""Cyrillic and Greek letters by the Latin ones that they can be taken for (most of those that
Unicode's confusables.txt has; digits and pairs of letters, as rn for m, are left out)."""
_LATIN = re.compile(r"LATIN .*LETTER (?:[A-Z]+ )*([A-Z])\b")
"""The plain letter in the Unicode name of another: LATIN SMALL LETTER R WITH STROKE."""


def outlet_of(named: str | None, address: str, known: Sequence[KnownName]) -> str | None:
    """The outlet of a page or feed that came from an address and gives itself a name, or none.

    On a domain of a known outlet it is that one, whatever it calls itself. A name of a known outlet
    is not believed anywhere else: there the host is the outlet, and of a saved file, whose address
    is "", it is not known. Every other name is kept as it is.
    """
    if own := outlet_at(address, known):
        return own
    if named and any(_is_named(one, named) for one in known):
        return _shown(host_of(address)) or None
    return named


def _shown(host: str) -> str:
    """A host as an outlet is called. Of a long one only the domain: where there is little room its
    end would be cut, and reuters.com.…rogue.example end behind reuters.com."""
    return host.removeprefix("www.") if len(host) <= LONGEST_HOST else site_of(f"https://{host}")


def outlet_at(address: str, known: Iterable[KnownName]) -> str | None:
    """The known outlet whose own domain an address is on, or on a part of it."""
    host = host_of(address)
    return next((one.name for one in known if _is_on(host, one)), None)


def _is_on(host: str, outlet: KnownName) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in _hosts_of(outlet))


@lru_cache
def _hosts_of(outlet: KnownName) -> frozenset[str]:
    # An account on a site that others publish on, too, is no domain.
    domains = (domain for domain in outlet.domains if "/" not in domain)
    return frozenset(filter(None, (host_of(f"https://{domain}") for domain in domains)))


def _is_named(outlet: KnownName, named: str) -> bool:
    """Whether a name, or a part of it that stands by itself, can be taken for an outlet's name,
    alias or domain."""
    folded = _folded(named)
    parts = {folded, *_PARTED.split(folded)}
    return any(
        _letters(part) in _names_of(outlet) or _is_on(part.strip(" ."), outlet) for part in parts
    )


@lru_cache
def _names_of(outlet: KnownName) -> frozenset[str]:
    # Many call themselves as their domain is called: NYTimes, AP News.
    domains = (site_of(f"https://{host}").partition(".")[0] for host in _hosts_of(outlet))
    called = (outlet.name, *outlet.aliases, *domains)
    return frozenset(_letters(_folded(name)) for name in called) - {""}


def _letters(folded: str) -> str:
    """The letters and digits of a folded name: where a name is broken says nothing."""
    return "".join(filter(str.isalnum, folded)).removeprefix("the")


def _folded(name: str) -> str:
    """A name in small letters, each as the plain one that it looks like, without accents and what
    is not seen."""
    plain = unicodedata.normalize("NFKD", name.translate(_UNSEEN).translate(_MARKS))
    return "".join(map(_plain, plain)).casefold()


@lru_cache(maxsize=10_000)
def _plain(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return ""
    latin = _LATIN.search(unicodedata.name(char, ""))
    return latin[1] if latin else _LOOKALIKES.get(ord(char), char)
