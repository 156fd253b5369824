from __future__ import annotations

import threading
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time

import pytest

from bot.cli.checks.slack import check_slack
from bot.config import SlackSettings
from bot.config.manifest import load_manifest


class _LateSlack(BaseHTTPRequestHandler):
    """Accepts every token; its clock is `behind` seconds behind."""

    behind = 0
    granted: str | None = None

    def do_POST(self) -> None:
        self.send_response_only(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Date", formatdate(time() - self.behind, usegmt=True))
        if self.granted is not None:
            self.send_header("X-OAuth-Scopes", self.granted)
        self.end_headers()
        self.wfile.write(b'{"ok": true, "team": "Newsroom", "user": "claimdesk"}')

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def settings() -> Iterator[SlackSettings]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _LateSlack) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/api/"
        yield SlackSettings(bot_token="xoxb-1", signing_secret="s", api_url=url)
        server.shutdown()


@pytest.mark.parametrize(("behind", "verdict"), [(0, "ok"), (600, "problem")])
def test_the_clock_is_compared_with_slacks(
    settings: SlackSettings, monkeypatch: pytest.MonkeyPatch, behind: int, verdict: str
) -> None:
    monkeypatch.setattr(_LateSlack, "behind", behind)
    slack, clock = check_slack(settings)
    assert (slack.part, slack.verdict) == ("Slack", "ok")
    assert (clock.part, clock.verdict) == ("clock", verdict)


@pytest.mark.parametrize(
    ("withheld", "verdict"), [(["files:read"], "note"), (["files:read", "commands"], "problem")]
)
def test_missing_scopes_are_listed_with_what_they_cost(
    settings: SlackSettings,
    monkeypatch: pytest.MonkeyPatch,
    withheld: list[str],
    verdict: str,
) -> None:
    scopes = load_manifest()["oauth_config"]["scopes"]
    granted = [one for one in (*scopes["bot"], *scopes["bot_optional"]) if one not in withheld]
    monkeypatch.setattr(_LateSlack, "granted", ",".join(granted))
    _, missing, _ = check_slack(settings)
    assert (missing.part, missing.verdict) == ("scopes", verdict)
    assert missing.message.count("is not granted") == len(withheld)
    assert "files:read is not granted: files that people send to the bot" in missing.message
    assert "install the app again" in missing.message
