"""Connections for fetcher.py, each to a verified IP address and with a deadline.

A name is looked up once. All of its IP addresses must be public, and only those are connected to,
so that a resolver that answers differently the next time (DNS rebinding) changes nothing. TLS still
requests, and verifies, the name. Each connection serves a single request, so that every request is
verified and no state of a site is kept.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

import httpcore2

from bot.config import Proxies, Proxy
from bot.ingest.fetch.addresses import DEFAULT_PORTS, Address, is_numeric, is_public
from bot.ingest.sandbox.process import seconds_left

Resolve = Callable[..., Sequence[tuple[Any, ...]]]

CONNECT_SECONDS = 5.0

MAX_HEADER_BYTES = 256 * 1024
"""Bytes of all headers, those of 1xx responses too, and of what frames the body: a server may send
either for ever."""


class DeadlineStream(httpcore2.NetworkStream):
    """A connected socket whose operations all end by `deadline`, however slowly data arrives.

    The deadline is a time of the monotonic clock. `bytes_left` may still be received; whoever reads
    a body adds its limit. Raises TimeoutError, and OSError as sockets do.
    """

    def __init__(self, open_socket: socket.socket, deadline: float) -> None:
        self._socket, self._deadline = open_socket, deadline
        self.bytes_left = MAX_HEADER_BYTES

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read bytes; none at the end. Raises RemoteProtocolError after more than `bytes_left`."""
        self._socket.settimeout(seconds_left(self._deadline))
        received = self._socket.recv(max_bytes)
        self.bytes_left -= len(received)
        if self.bytes_left < 0:
            raise httpcore2.RemoteProtocolError("what it sent is not a valid answer")
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all bytes."""
        self._socket.settimeout(seconds_left(self._deadline))
        self._socket.sendall(buffer)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> DeadlineStream:
        """Encrypt the connection, to a server whose certificate is for this name."""
        # If it fails, wrap_socket closes the socket.
        self._socket.settimeout(seconds_left(self._deadline))
        tls_socket = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        return DeadlineStream(tls_socket, self._deadline)


class Dialer:
    """Opens connections to the hosts of addresses; stateless and thread-safe."""

    def __init__(self, proxies: Proxies, resolve: Resolve) -> None:
        self._proxies, self._resolve = proxies, resolve

    def dial(
        self, address: Address, is_trusted: bool, deadline: float
    ) -> httpcore2.HTTP11Connection:
        """Connect to an address's host; a trusted one may be in a private network, on any port.

        Raises FetchError, TimeoutError, and OSError as sockets do.
        """
        if not is_trusted and address.port not in DEFAULT_PORTS.values():
            raise address.error("refused", f"its port is {address.port}, not 80 or 443")
        ips = [address.host] if is_numeric(address.host) else self._look_up(address, deadline)
        if not is_trusted and not all(map(is_public, ips)):
            raise address.error("refused", "its host is not on the public internet")
        stream = self._connect(address, ips, deadline)
        if address.scheme == "https":
            stream = stream.start_tls(self._tls, server_hostname=address.host)
        return httpcore2.HTTP11Connection(to_httpcore_url(address).origin, stream)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = httpcore2.default_ssl_context()
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _look_up(self, address: Address, deadline: float) -> list[str]:
        """Return the IP addresses of a host.

        getaddrinfo has no timeout, so it runs in a thread that is abandoned at the deadline.
        """
        ips: list[str] = []

        def resolve() -> None:
            with suppress(OSError, ValueError):
                entries = self._resolve(address.host, address.port, type=socket.SOCK_STREAM)
                ips.extend(str(sockaddr[0]) for *_, sockaddr in entries)

        thread = threading.Thread(target=resolve, daemon=True)
        thread.start()
        thread.join(seconds_left(deadline))
        if thread.is_alive():
            raise TimeoutError
        if not ips:
            raise address.error("dns", "its host is unknown, or can't be looked up right now")
        return list(dict.fromkeys(ips))

    def _connect(self, address: Address, ips: Sequence[str], deadline: float) -> DeadlineStream:
        proxy = self._choose_proxy(address)
        last_error: OSError = OSError()
        for ip in ips:
            target = (proxy.host, proxy.port) if proxy else (ip, address.port)
            try:
                seconds = min(CONNECT_SECONDS, seconds_left(deadline))
                stream = DeadlineStream(socket.create_connection(target, seconds), deadline)
                return _open_tunnel(stream, address, ip, proxy) if proxy else stream
            except OSError as error:
                last_error = error
        seconds_left(deadline)  # a passed deadline is a TimeoutError, whatever failed last
        if isinstance(last_error, TimeoutError):
            raise address.error("connection", "its host does not answer")
        raise last_error

    def _choose_proxy(self, address: Address) -> Proxy | None:
        host = f".{address.host}"
        if any(name == "*" or host.endswith(f".{name}") for name in self._proxies.excluded_hosts):
            return None
        return self._proxies.https if address.scheme == "https" else self._proxies.http


def to_httpcore_url(address: Address) -> httpcore2.URL:
    """Convert an address to httpcore's type."""
    return httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )


def _open_tunnel(stream: DeadlineStream, address: Address, ip: str, proxy: Proxy) -> DeadlineStream:
    """Open a tunnel (CONNECT) to this IP address, and return its stream.

    Plain http is tunnelled too, so that the proxy looks up no name.
    """
    authority = f"[{ip}]:{address.port}" if ":" in ip else f"{ip}:{address.port}"
    url = httpcore2.URL(
        scheme=b"http", host=proxy.host.encode(), port=proxy.port, target=authority.encode()
    )
    headers = [("Host", authority)]
    if proxy.authorization:
        headers.append(("Proxy-Authorization", proxy.authorization))
    connection = httpcore2.HTTP11Connection(origin=url.origin, stream=stream)
    response = connection.handle_request(httpcore2.Request("CONNECT", url, headers=headers))
    if not 200 <= response.status < 300:
        stream.close()
        raise address.error("connection", f"the proxy refused it with status {response.status}")
    return stream
