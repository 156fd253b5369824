"""What reaches Sentry, at a server of the test's own."""

from __future__ import annotations

import contextvars
import gzip
import http.server
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk

from bot.errors import SettingsError
from bot.monitoring.requests import Request, begin_request
from bot.monitoring.sentry import report_errors

SECRETS = ("photosynthesis", "UALICE", "The lock leaks")
LOGGERS = ("bot.x", "bot.y", "asyncio")
log = logging.getLogger("bot.x")


class Sentry(http.server.ThreadingHTTPServer):
    """A server that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.sent: list[str] = []

    def events(self) -> list[dict[str, Any]]:
        """Return the events of the tests' loggers sent so far; other threads may log, too."""
        sentry_sdk.flush(30)
        lines = [line for envelope in self.sent for line in envelope.splitlines()]
        return [event for event in map(json.loads, lines) if event.get("logger") in LOGGERS]


class Receiver(http.server.BaseHTTPRequestHandler):
    server: Sentry

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append(gzip.decompress(body).decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def sentry() -> Iterator[Sentry]:
    with Sentry() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        report_errors(f"http://key@127.0.0.1:{server.server_port}/1", "1.2.3")
        try:
            yield server
        finally:
            sentry_sdk.get_client().close()
            sentry_sdk.init()  # with no DSN, it reports nothing
            server.shutdown()


def fail(query: str) -> None:
    found = f"nothing on {query}"
    raise ValueError(found)


def fail_within_request() -> Request:
    request = begin_request()
    try:
        fail("photosynthesis")
    except ValueError:
        log.exception("a listener failed")
    return request


def test_an_error_is_reported_with_its_place_and_reference(sentry: Sentry) -> None:
    request = contextvars.copy_context().run(fail_within_request)
    (event,) = sentry.events()
    assert event["tags"] == {"ref": request.reference}
    assert (event["logger"], event["release"]) == ("bot.x", "claimdesk@1.2.3")
    assert event["logentry"] == {"message": "a listener failed"}
    (exception,) = event["exception"]["values"]
    assert exception["type"] == "ValueError"
    assert exception["stacktrace"]["frames"][-1]["function"] == "fail"


def test_no_text_of_an_article_or_a_person_is_reported(sentry: Sentry) -> None:
    logging.getLogger("bot.y").warning("The lock leaks")  # would be a breadcrumb
    try:
        fail("photosynthesis")
    except ValueError:
        log.exception("nothing for %s: %s", "UALICE", "The lock leaks")
        logging.getLogger("asyncio").exception("never retrieved: ValueError('The lock leaks')")
    assert [event["logger"] for event in sentry.events()] == ["bot.x", "asyncio"]
    assert [secret for secret in SECRETS if any(secret in sent for sent in sentry.sent)] == []


def test_a_wrong_dsn_is_not_quoted() -> None:
    with pytest.raises(SettingsError, match="SENTRY_DSN is not a DSN") as raised:
        report_errors("https://secret", "1")
    assert "https://secret" not in str(raised.value)


def test_without_sentrys_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(SettingsError, match=r"pip install 'claimdesk\[sentry\]'"):
        report_errors("https://key@sentry.example/1", "1")
