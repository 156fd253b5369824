"""Check the connection to Slack."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.cli.checks.clock import check_clock
from bot.cli.checks.finding import Finding, Verdict
from bot.config import SlackSettings
from bot.config.manifest import is_optional, missing_scopes, scopes_in
from bot.wording.incidents import missing_scope_line
from bot.words import say


def check_slack(slack: SlackSettings) -> Iterator[Finding]:
    """Try the tokens, and compare the clock with Slack's."""
    if not slack.bot_token:
        yield Finding("Slack", "note", "SLACK_BOT_TOKEN is not set; see docs/run/deploy.md.")
        return
    if not slack.app_token and not slack.signing_secret:
        message = "Set SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET for HTTP."
        yield Finding("Slack", "problem", message)
        return
    from slack_sdk import WebClient
    from slack_sdk.errors import SlackClientError

    client = WebClient(slack.bot_token, timeout=10)
    if slack.api_url:
        client.base_url = slack.api_url
    setting = "SLACK_BOT_TOKEN"
    try:
        identity = client.auth_test()
        asked_at = datetime.now(UTC)
        if slack.app_token:
            setting = "SLACK_APP_TOKEN"
            client.apps_connections_open(app_token=slack.app_token)
    except (SlackClientError, OSError) as error:
        message = f"request failed: {_reason(error)}. Check {setting} and the network."
        yield Finding("Slack", "problem", message)
        return
    mode = "Socket Mode" if slack.app_token else f"signed HTTP on port {slack.port}"
    yield Finding("Slack", "ok", f"{identity.get('team')} as {identity.get('user')}, {mode}")
    yield from _check_scopes(identity.headers)
    if there := _date(identity.headers):
        yield check_clock(asked_at, there, whose="Slack's")


def _check_scopes(headers: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the scopes that were granted with those of the manifest."""
    missing = missing_scopes(scopes_in(_header(headers, "x-oauth-scopes")))
    if missing:
        verdict: Verdict = "note" if all(map(is_optional, missing)) else "problem"
        lines = [*map(missing_scope_line, missing), say("scopes.install_again")]
        yield Finding("scopes", verdict, "\n".join(lines))


def _date(headers: Mapping[str, Any]) -> datetime | None:
    """Return the time in a response's headers; None if there is none."""
    with contextlib.suppress(ValueError):
        if date := _header(headers, "date"):
            return parsedate_to_datetime(date)
    return None


def _header(headers: Mapping[str, Any], sought: str) -> str | None:
    for name, value in headers.items():
        if name.lower() == sought:
            return value if isinstance(value, str) else str(value[0])
    return None


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return str(response["error"]) if response else type(error).__name__
