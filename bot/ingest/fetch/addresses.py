"""Parse web addresses, and decide which IP addresses a fetch may reach.

Addresses are parsed strictly, so that the host that is checked is the host that is contacted: one
spelling, no user name, no hidden port. IPv4 addresses must be four decimal numbers, since the other
forms that C libraries accept (0x7f.1, 2130706433, 0177.0.0.1) are only used to get past checks.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from bot.errors import FetchError, FetchKind

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_LENGTH = 4096

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HOST_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_BRACKETED_HOST = re.compile(r"\[([0-9a-fA-F:.]+)\](?::[0-9]*)?")
_SAFE_IN_PATH = "/%:@!$&'()*+,;=~"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?[]"

# IPv6 outside 2000::/3 is unallocated, wraps an IPv4 address (mapped, compatible, NAT64), or is
# local.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Ranges that is_global accepts, but that serve no articles.
_NON_PUBLIC_NETWORKS = [
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's own services, visible only from inside
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata service at .192
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",  # multicast, some of which Python calls global
        "2001::/23",  # IETF protocol assignments, including Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps an IPv4 address
        "3fff::/20",  # documentation (RFC 9637), newer than Python's table
    )
]


@dataclass(frozen=True, slots=True)
class Address:
    """A normalised web address.

    `host` is ASCII (IPv6 without brackets), `target` the path with the query.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as in a URL or Host header, with the port unless it is the default."""
        return self.host_and_port.removesuffix(f":{DEFAULT_PORTS[self.scheme]}")

    @property
    def host_and_port(self) -> str:
        """The host and the port, as in the setting `fetch.allowed`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def error(self, kind: FetchKind, cause: str, **details: Any) -> FetchError:
        """Return the error for an address that could not be fetched."""
        return FetchError(kind, subject=for_display(self.url), cause=cause, **details)

    def redirect_error(self, error: FetchError) -> FetchError:
        """Return the error for this address when the address that it redirects to failed."""
        return self.error(
            error.kind,
            f"it redirects to {error.subject}: {error.cause}",
            remedy=error.remedy,
            status=error.status,
            retry_after=error.retry_after,
        )

    def resolve(self, location: str) -> Address:
        """Return the address that a redirect from here leads to. Raises FetchError."""
        try:
            return parse(urljoin(self.url, location))
        except ValueError:
            raise _url_error(location, "its host cannot be read") from None


def parse(url: str) -> Address:
    """Parse an http or https address. Raises FetchError of the kind "url"."""
    url = url.strip()
    if len(url) > MAX_URL_LENGTH:
        raise _url_error(url, f"it is longer than {MAX_URL_LENGTH:,} characters")
    if _CONTROL.search(url):
        raise _url_error(url, "it has a control character in it")
    try:
        split = urlsplit(url)
        host, port = _parse_host(url, split), split.port
        target = quote(split.path or "/", safe=_SAFE_IN_PATH)
        if split.query:
            target += "?" + quote(split.query, safe=_SAFE_IN_QUERY)
    except ValueError:  # urllib's message may reveal parts of the address
        raise _url_error(url, "its host, port or path is not valid") from None
    if port == 0:
        raise _url_error(url, "its port is 0")
    return Address(split.scheme, host, port or DEFAULT_PORTS[split.scheme], target)


def is_public(ip: str) -> bool:
    """Whether an IP address is on the public internet."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if address.version == 6 and (address not in _GLOBAL_UNICAST or address.scope_id):
        return False
    return address.is_global and not any(address in network for network in _NON_PUBLIC_NETWORKS)


def is_numeric(host: str) -> bool:
    """Whether the host of an Address is an IP address, not a name."""
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def for_display(url: str) -> str:
    """Return an address without its user, query and fragment, which may contain secrets."""
    text = _hide_user(re.split(r"[?#]", url, maxsplit=1)[0])
    return text if len(text) <= 200 else f"{text[:199]}…"


def with_hashed_query(url: str) -> str:
    """Return an address without its user, and with a short hash in place of its query.

    It reveals no secrets, but addresses that differ only in their query can still be told apart.
    An address that is already hashed is returned unchanged.
    """
    path, mark, query = url.partition("#")[0].partition("?")
    if not mark or query.startswith("…"):
        return _hide_user(path) + mark + query
    return f"{_hide_user(path)}?…{hashlib.sha256(query.encode()).hexdigest()[:6]}"


def _hide_user(url: str) -> str:
    return _CONTROL.sub("", re.sub(r"//[^/\\]*@", "//…@", url))


def _parse_host(url: str, split: SplitResult) -> str:
    """Return the normalised host. Raises FetchError, and ValueError from the libraries."""
    if split.scheme not in DEFAULT_PORTS:
        raise _url_error(url, "only http and https addresses work")
    if "@" in split.netloc:
        raise _url_error(url, "it includes a user name or password")
    if "[" in split.netloc:
        if not (match := _BRACKETED_HOST.fullmatch(split.netloc)):
            raise _url_error(url, "its host is not a plain IPv6 address")
        return str(ipaddress.IPv6Address(match[1]))
    host = (split.hostname or "").lower()
    if not host.isascii():
        host = idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
    host = host.removesuffix(".")
    if len(host) > 253 or not _HOST_NAME.fullmatch(host):
        raise _url_error(url, "its host is not a valid name")
    return str(ipaddress.IPv4Address(host)) if is_numeric(host) else host


def _url_error(url: str, cause: str) -> FetchError:
    return FetchError("url", subject=for_display(url), cause=cause)
