"""Web addresses as they may be written, and the network addresses that a fetch may reach.

An address is read strictly, so that what is checked is what is asked: it has one spelling of a
host, no user, no port that hides in it. IPv4 has one spelling too, four decimal numbers: the
others that C libraries take (0x7f.1, 2130706433, 0177.0.0.1) are written only to get past checks.
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

PORTS = {"http": 80, "https": 443}
LONGEST = 4096
"""Characters of an address; browsers and servers take hardly more."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_BRACKETS = re.compile(r"\[([0-9a-fA-F:.]+)\](?::[0-9]*)?")
_KEPT = "/%:@!$&'()*+,;=~?"

# What is_global lets through and no article comes from. IPv6 beyond 2000::/3 is not given out, or
# holds an IPv4 address (mapped, compatible, NAT64), or is for this network alone.
_WORLD = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC = [
    ipaddress.ip_network(net)
    for net in (
        "168.63.129.16/32",  # Azure's own services, seen only from inside
        "192.0.0.0/24",  # protocols' own; Oracle's metadata at .192
        "192.88.99.0/24",  # relays of 6to4
        "224.0.0.0/4",  # multicast, of which Python calls some global
        "2001::/23",  # protocols' own, Teredo's tunnels among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation (RFC 9637), newer than Python's table
    )
]


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its one spelling. `host` is ASCII (IPv6 without brackets), `target` the
    path with the query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as a URL and a Host header write it, with a port that is not the scheme's."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def host_and_port(self) -> str:
        """Host and port, as `fetch.allowed` writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"

    def error(self, kind: FetchKind, cause: str, **more: Any) -> FetchError:
        """Say why this address could not be fetched."""
        return FetchError(kind, subject=for_display(self.url), cause=cause, **more)

    def redirect_error(self, error: FetchError) -> FetchError:
        """Say of this address, which somebody asked for, what failed where it led."""
        return self.error(
            error.kind,
            f"it redirects to {error.subject}: {error.cause}",
            remedy=error.remedy,
            status=error.status,
            retry_after=error.retry_after,
        )

    def resolve(self, location: str) -> Address:
        """Read where a redirect from here leads. Raises FetchError."""
        try:
            return parse(urljoin(self.url, location))
        except ValueError:
            raise _unreadable(location, "its host cannot be read") from None


def parse(url: str) -> Address:
    """Read a web address of http or https. Raises FetchError of the kind "url"."""
    url = url.strip()
    if len(url) > LONGEST:
        raise _unreadable(url, f"it is longer than {LONGEST:,} characters")
    if _CONTROL.search(url):
        raise _unreadable(url, "it has a control character in it")
    try:
        split = urlsplit(url)
        host, port = _host(split), split.port
        target = quote(split.path or "/", safe=_KEPT[:-1])
        if split.query:
            target += "?" + quote(split.query, safe=_KEPT + "[]")
    except _Unreadable as error:
        raise _unreadable(url, str(error)) from None
    except ValueError:  # of urllib, in words that repeat parts of the address
        raise _unreadable(url, "its host, port or path cannot be read") from None
    if port == 0:
        raise _unreadable(url, "its port is 0")
    return Address(split.scheme, host, port or PORTS[split.scheme], target)


def is_public(ip: str) -> bool:
    """Tell whether a network address is one that anybody on the internet may serve from."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if address.version == 6 and (address not in _WORLD or address.scope_id):
        return False
    return address.is_global and not any(address in net for net in _NOT_PUBLIC)


def is_numeric(host: str) -> bool:
    """Tell whether the host of an Address is a network address, not a name."""
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def for_display(url: str) -> str:
    """Write an address for people and logs: without a user, a query or a fragment, which may hold
    what is secret."""
    text = _without_user(re.split(r"[?#]", url, maxsplit=1)[0])
    return text if len(text) <= 200 else f"{text[:199]}…"


def with_hashed_query(url: str) -> str:
    """Write an address without a user, and of its query only a short hash: what is
    secret is kept, and two addresses that differ in nothing else can be told apart. One that is
    written so already stays as it is."""
    plain, mark, query = url.partition("#")[0].partition("?")
    if not mark or query.startswith("…"):
        return _without_user(plain) + mark + query
    return f"{_without_user(plain)}?…{hashlib.sha256(query.encode()).hexdigest()[:6]}"


def _without_user(plain: str) -> str:
    return _CONTROL.sub("", re.sub(r"//[^/\\]*@", "//…@", plain))


class _Unreadable(Exception):
    """What is wrong with an address."""


def _host(split: SplitResult) -> str:
    """The host in its one spelling. Raises _Unreadable, and ValueError as urllib does."""
    if split.scheme not in PORTS:
        raise _Unreadable("only http and https addresses work")
    if "@" in split.netloc:
        raise _Unreadable("it includes a user name or password")
    host = (split.hostname or "").lower()
    if "[" in split.netloc:
        return _ipv6(split.netloc)
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True, std3_rules=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise _Unreadable("its host is not a valid name") from None
    host = host.removesuffix(".")
    if len(host) > 253 or not _NAME.fullmatch(host):
        raise _Unreadable("its host is not a valid name")
    if is_numeric(host):
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            raise _Unreadable("its host is a number, but not a plain IPv4 address") from None
    return host


def _ipv6(netloc: str) -> str:
    if not (found := _BRACKETS.fullmatch(netloc)):
        raise _Unreadable("its host is not a plain IPv6 address")
    return str(ipaddress.IPv6Address(found[1]))


def _unreadable(url: str, cause: str) -> FetchError:
    return FetchError("url", subject=for_display(url), cause=cause)
