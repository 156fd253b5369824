"""A site on loopback that answers as a test says, down to the bytes, and tells who came."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]
"""What goes over the wire: bytes, or what writes them."""


def answer(body: bytes = b"", status: int = 200, **headers: str) -> bytes:
    """A whole HTTP answer."""
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def leads_to(location: str, status: int = 302) -> bytes:
    """A redirect."""
    return b"HTTP/1.1 %d Status\r\nLocation: %s\r\n\r\n" % (status, location.encode())


@dataclass
class Site:
    """Its `answers` by path; `requests` are those that came, `names` those that TLS asked for."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            if not (some := connection.recv(65536)):
                return
            request += some
        self.requests.append(request.decode("latin-1"))
        given = self.answers.get(self.requests[-1].split()[1], answer(status=404))
        if callable(given):
            given(connection)
        else:
            connection.sendall(given)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site until the end of the block."""
    site = Site()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            # A visitor that hangs up in the middle is what most tests are about.
            with contextlib.suppress(OSError):
                if tls:
                    self.request = tls.wrap_socket(self.request, server_side=True)
                site.serve(self.request)

    if tls:
        tls.sni_callback = lambda _socket, name, _context: site.names.append(name)
    with Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}).start()
        try:
            yield site
        finally:
            server.shutdown()
