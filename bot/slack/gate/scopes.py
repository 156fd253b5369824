"""Which permissions (scopes) the workspace has not granted, as Slack's responses say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.manifest import missing_scopes, scopes_in
from bot.errors import SlackError
from bot.slack.cache import AsyncCache

HIDDEN_CHANNEL_SCOPE = "groups:read"
"""The scope without which Slack says of private channels that there is no such channel."""

_missing: AsyncCache[list[str]] = AsyncCache(60, stale_seconds=3600, max_entries=100)


async def find_missing(client: AsyncWebClient) -> list[str]:
    """Return the scopes that were not granted; empty if Slack does not say.

    Slack's answer (auth.test) is cached for a minute: who installs the app again restarts nothing.
    """

    async def ask() -> list[str]:
        try:
            return missing_in(await client.auth_test())
        except Exception as error:
            raise SlackError("Slack didn't say what was granted") from error

    try:
        return await _missing.get((client.base_url, client.token), ask)
    except SlackError:
        return []


def missing_in(response: Any) -> list[str]:
    """Return the scopes that were not granted, as a response of Slack's Web API says."""
    return missing_scopes(_granted(response))


def scope_needed_by(error: SlackApiError) -> str | None:
    """Return the scope without which Slack refused a call; None if it was refused for another
    reason."""
    response: Any = error.response
    data = getattr(response, "data", None)
    if not isinstance(data, Mapping):
        return None
    if data.get("error") == "channel_not_found":
        is_missing = HIDDEN_CHANNEL_SCOPE in missing_in(response)
        return HIDDEN_CHANNEL_SCOPE if is_missing else None
    needed = sorted(scopes_in(data.get("needed")) or ())
    # Slack names every scope that would do, also those that were granted.
    missing = [scope for scope in missing_in(response) if scope in needed]
    return next(iter(missing or needed), None)


def clear_cache() -> None:
    """Drop what is known of the scopes."""
    _missing.clear()


def _granted(response: Any) -> frozenset[str] | None:
    headers = getattr(response, "headers", None) or {}
    for name, value in headers.items():
        if name.lower() == "x-oauth-scopes":
            return scopes_in(value if isinstance(value, str) else value[0])
    data = getattr(response, "data", None)
    return scopes_in(data.get("provided")) if isinstance(data, Mapping) else None
