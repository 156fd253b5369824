"""Decide by domain which web addresses belong to one site, that is, to one publisher. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

FEED_HOSTS = frozenset({"feedburner.com", "feedblitz.com", "medium.com", "rss.app", "substack.com"})
"""Hosting sites that are missing from the public suffix list. Each address on them is its own
site."""


class Sites:
    """Compares sites. Domains of one outlet, such as bbc.co.uk and bbc.com, count as one site."""

    def __init__(self, outlets: Iterable[Sequence[str]] = ()) -> None:
        self._outlets = tuple(tuple(domains) for domains in outlets if len(domains) > 1)

    def are_same_site(self, address: str | None, other: str | None) -> bool:
        """Tell whether two addresses are on one site; False if either is not an address."""
        site, others = site_of(address or ""), site_of(other or "")
        if not site or not others:
            return False
        return site == others or any(
            {site, others} <= _sites_of(domains) for domains in self._outlets
        )


@lru_cache(maxsize=4_096)
def site_of(address: str) -> str:
    """Return the registered domain of an address ("post.example" for
    "https://www.post.example/a"); "" if it is not an address."""
    try:
        parts = urlsplit(address)
        host = _host(parts)
    except ValueError:
        return ""
    if "://" not in address or "." not in host or host.replace(".", "").isdigit() or ":" in host:
        return parts.netloc.rpartition("@")[2].lower()  # a host on a private network
    domain = _registered_domain(host)
    return f"{host}{parts.path}" if domain in FEED_HOSTS else domain


def host_of(address: str) -> str:
    """Return the host of an address in lower-case ASCII; "" if it is not an address."""
    try:
        return _host(urlsplit(address))
    except ValueError:
        return ""


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".").encode("idna").decode()


@lru_cache
def _sites_of(domains: tuple[str, ...]) -> frozenset[str]:
    return frozenset(site_of(f"https://{domain}") for domain in domains)


def _registered_domain(host: str) -> str:
    from tld.utils import get_tld  # slow to import

    domain = get_tld(
        host, as_object=True, fail_silently=True, fix_protocol=True, search_private=True
    )
    # An unlisted suffix counts as its last part (publicsuffix.org/list).
    return domain.fld if domain and not isinstance(domain, str) else ".".join(host.split(".")[-2:])
