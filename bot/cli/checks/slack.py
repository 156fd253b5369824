"""Check the connection to Slack."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.cli.checks.clock import check_clock
from bot.cli.checks.finding import Finding
from bot.config import SlackSettings


def check_slack(slack: SlackSettings) -> Iterator[Finding]:
    """Try the tokens, and compare the clock with Slack's."""
    if not slack.bot_token:
        yield Finding("Slack", "note", "SLACK_BOT_TOKEN is not set; see docs/deploy.md.")
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
    if there := _date(identity.headers):
        yield check_clock(asked_at, there, whose="Slack's")


def _date(headers: Mapping[str, Any]) -> datetime | None:
    """Return the time in a response's headers; None if there is none."""
    for name, value in headers.items():
        if name.lower() == "date":
            with contextlib.suppress(ValueError):
                return parsedate_to_datetime(value if isinstance(value, str) else value[0])
    return None


def _reason(error: Exception) -> str:
    response = getattr(error, "response", None)
    return str(response["error"]) if response else type(error).__name__
