"""A node that answers as a test says, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.search.engine.cluster.nodes import Node

NODE_ID = "live-node"
ANSWER_SECONDS = 30.0


class Asked(NamedTuple):
    """A request: its path, its parameters, its body as text, and how it signed in."""

    path: str
    params: dict[str, str]
    body: str
    account: str | None


class FakeNode:
    """Answers each request with `status` and `answer`, after `seconds`; not at all while paused."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.statuses: list[int] = []
        """The statuses of the next answers; 200 after these."""
        self.answer: Callable[[str], Any] = lambda path: {}
        """What it answers to a path: what JSON can hold, or bytes."""
        self.seconds = 0.0
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.address = ""

    @property
    def paths(self) -> list[str]:
        """What was asked, without whether the node is there."""
        return [asked.path for asked in self.asked if not asked.path.startswith("/_nodes")]

    def respond(self, asked: Asked) -> tuple[int, Any]:
        """The status and the body of an answer."""
        self.goes_on.wait(ANSWER_SECONDS)
        self.asked.append(asked)
        if asked.path.startswith("/_nodes"):
            return 200, {"nodes": {NODE_ID: {"name": "node-1"}}}
        time.sleep(self.seconds)
        status = self.statuses.pop(0) if self.statuses else 200
        return status, self.answer(asked.path)


@contextlib.contextmanager
def start_node(tls: ssl.SSLContext | None = None) -> Iterator[FakeNode]:
    """Yield a node that listens on a port of this machine, over TLS if there is a context."""
    node = FakeNode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
            asked = Asked(
                parts.path, dict(parse_qsl(parts.query)), body, self.headers["Authorization"]
            )
            status, answer = node.respond(asked)
            text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            with contextlib.suppress(OSError):  # whoever asked may have gone
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass  # a client that does not trust the certificate

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        node.address = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield node
        finally:
            node.goes_on.set()
            server.shutdown()
            thread.join()


def give_others_a_minute(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Give the node at an address a second to say that it is there, and all others a minute.

    This holds whatever a cluster of other tests has set.
    """
    check = Node.check

    def check_patiently(node: Node, seconds: float) -> None:
        check(node, min(seconds, 1.0) if node._address == address else 60.0)

    monkeypatch.setattr(Node, "check", check_patiently)
