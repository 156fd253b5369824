"""`make audit` fails for a known vulnerability, and never passes for want of advisories."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.slack.local import free_port
from supply import audit


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """A server with one answer; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/json"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b""),
        (200, b"<html>a portal's login</html>"),
        (200, b"[]"),
        (200, b'{"info": {}}'),
        (200, b'{"vulnerabilities": []}'),
    ],
)
def test_a_mirror_without_advisories_is_named(status: int, body: bytes) -> None:
    with answering(status, body) as url:
        assert url in audit.why_unreachable(url)


def test_a_known_vulnerability_shows_that_there_are_advisories() -> None:
    with answering(200, json.dumps({"vulnerabilities": [{"id": "PYSEC-1"}]}).encode()) as url:
        assert audit.why_unreachable(url) == ""


def test_without_advisories_it_is_skipped_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "CANARY", f"http://127.0.0.1:{free_port()}")
    assert audit.main() == 0
    assert capsys.readouterr().out.startswith("skipped: make audit, because PyPI's advisories")


@pytest.mark.parametrize(("vulnerable", "code"), [("", 0), ("dev", 1), ("audit", 1)])
def test_a_vulnerability_in_any_lock_file_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vulnerable: str, code: int
) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    finds = f"requirements-{vulnerable}.lock"
    python.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n'
        f'case "$*" in *pip_audit*{finds}*) exit 1;; esac\n'
    )
    python.chmod(0o700)
    monkeypatch.setattr(audit, "ENVIRONMENT", tmp_path)
    with answering(200, b'{"vulnerabilities": [{}]}') as url:
        monkeypatch.setattr(audit, "CANARY", url)
        assert audit.main() == code
    install, *audits = (tmp_path / "asked").read_text().splitlines()
    assert "--require-hashes" in install
    assert [line.rpartition("/")[2] for line in audits] == [
        "requirements-dev.lock",
        "requirements-audit.lock",
    ]
    assert all("--strict" in line for line in audits)
