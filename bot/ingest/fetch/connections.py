"""Connections for fetcher.py, each to a network address that was checked, each with a last moment.

A name is looked up once; every address that it has must be one of the public internet; and the
connection goes to one of just these, so that a resolver which answers differently the next time
(DNS rebinding) changes nothing. TLS still asks for, and checks, the name. Each connection serves
one request: it is checked anew each time, and nothing of a site is kept.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import httpcore2

from bot.config import Proxies, Proxy
from bot.ingest.fetch.addresses import PORTS, Address, is_numeric, is_public

Resolve = Callable[..., Sequence[tuple[Any, ...]]]
"""What looks names up, as socket.getaddrinfo does."""

CONNECT_SECONDS = 5.0
"""How long one of a host's addresses is tried before the next."""

MOST_BEFORE_BODY = 256 * 1024
"""Bytes that may come before an answer's headers are whole: answers that only say that another will
follow (1xx) have no end of their own."""


class Line(httpcore2.NetworkStream):
    """A connected socket on which nothing takes longer than until `deadline` (of the monotonic
    clock), however little comes at a time. Raises TimeoutError, and OSError as sockets do."""

    def __init__(self, connected: socket.socket, deadline: float) -> None:
        self._socket, self._deadline = connected, deadline
        self._before_body: int | None = MOST_BEFORE_BODY

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Wait for bytes; none at the end. Raises ProtocolError where no answer begins in many."""
        self._socket.settimeout(left(self._deadline))
        received = self._socket.recv(max_bytes)
        if self._before_body is not None:
            self._before_body -= len(received)
            if self._before_body < 0:
                raise httpcore2.RemoteProtocolError("what it sent is not a valid answer")
        return received

    def body_begins(self) -> None:
        """Take as many bytes as come: whoever reads the body counts them."""
        self._before_body = None

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._socket.settimeout(left(self._deadline))
        self._socket.sendall(buffer)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Line:
        """Encrypt what follows, with a server whose certificate is for this name."""
        # Where it fails, wrap_socket closes the socket.
        self._socket.settimeout(left(self._deadline))
        encrypted = ssl_context.wrap_socket(self._socket, server_hostname=server_hostname)
        return Line(encrypted, self._deadline)


def left(deadline: float) -> float:
    """Seconds until the deadline. Raises TimeoutError where there are none."""
    if (seconds := deadline - time.monotonic()) <= 0:
        raise TimeoutError
    return seconds


class _Connection(httpcore2.HTTP11Connection):
    """Asks one thing over a line."""

    def __init__(self, origin: httpcore2.Origin, line: Line) -> None:
        super().__init__(origin=origin, stream=line)
        self._line = line

    def handle_request(self, request: httpcore2.Request) -> httpcore2.Response:
        """Send a request, and read the answer's headers."""
        response = super().handle_request(request)
        self._line.body_begins()
        return response


class Dialer:
    """Connects to the sites of addresses; has no state, so that any thread may use it."""

    def __init__(self, proxies: Proxies, resolve: Resolve) -> None:
        self._proxies, self._resolve = proxies, resolve

    def dial(self, address: Address, trusted: bool, deadline: float) -> httpcore2.HTTP11Connection:
        """Connect to an address's site; where it is `trusted`, wherever in the network that is.

        Raises FetchError, TimeoutError, and OSError as sockets do.
        """
        if not trusted and address.port not in PORTS.values():
            raise address.error("refused", f"its port is {address.port}, not 80 or 443")
        ips = [address.host] if is_numeric(address.host) else self._looked_up(address, deadline)
        if not trusted and not all(map(is_public, ips)):
            raise address.error("refused", "its host is not on the public internet")
        line = self._connected(address, ips, deadline)
        if address.scheme == "https":
            line = line.start_tls(self._tls, server_hostname=address.host)
        return _Connection(asked_of(address).origin, line)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = httpcore2.default_ssl_context()
        context.set_alpn_protocols(["http/1.1"])
        return context

    def _looked_up(self, address: Address, deadline: float) -> list[str]:
        """The network addresses of a host. The lookup itself can't be told when to end: it is left
        behind in a thread of its own."""
        answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                found = self._resolve(address.host, address.port, type=socket.SOCK_STREAM)
                answers.put(list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found)))
            except (OSError, ValueError) as error:
                answers.put(error)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            answer = answers.get(timeout=left(deadline))
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(answer, Exception) or not answer:
            raise address.error("dns", "its host is unknown, or can't be looked up right now")
        return answer

    def _connected(self, address: Address, ips: Sequence[str], deadline: float) -> Line:
        proxy = self._proxy(address)
        reason: OSError = OSError()
        for ip in ips:
            host, port = (proxy.host, proxy.port) if proxy else (ip, address.port)
            try:
                seconds = min(CONNECT_SECONDS, left(deadline))
                line = Line(socket.create_connection((host, port), seconds), deadline)
                return _tunnel(line, address, ip, proxy) if proxy else line
            except OSError as error:
                reason = error
        left(deadline)
        if isinstance(reason, TimeoutError):
            raise address.error("connection", "its host does not answer")
        raise reason

    def _proxy(self, address: Address) -> Proxy | None:
        host = f".{address.host}"
        if any(name == "*" or host.endswith(f".{name}") for name in self._proxies.without):
            return None
        return self._proxies.https if address.scheme == "https" else self._proxies.http


def asked_of(address: Address) -> httpcore2.URL:
    """Write an address as httpcore takes it."""
    return httpcore2.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )


def _tunnel(line: Line, address: Address, ip: str, proxy: Proxy) -> Line:
    """Have the proxy connect to just this network address, also for http, so that it looks up no
    name on its own. Returns a line that goes on from there, as if it led to the site."""
    place = f"[{ip}]:{address.port}" if ":" in ip else f"{ip}:{address.port}"
    url = httpcore2.URL(
        scheme=b"http", host=proxy.host.encode(), port=proxy.port, target=place.encode()
    )
    headers = [("Host", place)]
    if proxy.authorization:
        headers.append(("Proxy-Authorization", proxy.authorization))
    connection = httpcore2.HTTP11Connection(origin=url.origin, stream=line)
    response = connection.handle_request(httpcore2.Request("CONNECT", url, headers=headers))
    if not 200 <= response.status < 300:
        line.close()
        raise address.error("connection", f"the proxy refused it with status {response.status}")
    return line
