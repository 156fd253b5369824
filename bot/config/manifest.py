"""The manifest of the Slack app: what the bot asks of a workspace, and what it was not granted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot import yaml_files
from bot.config.files import shipped_folder
from bot.errors import SettingsError

EVENTS_PATH = "/slack/events"
"""Where the bot receives deliveries over signed HTTP."""
EVENT_SCOPES: Mapping[str, str] = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "link_shared": "links:read",
    **dict.fromkeys(("channel_archive", "channel_deleted", "channel_left"), "channels:read"),
    **dict.fromkeys(("group_archive", "group_deleted", "group_left"), "groups:read"),
}
"""The scope without which Slack does not send an event; other events need none."""

Manifest = dict[str, Any]


def manifest_file() -> Path:
    """Return the path of the manifest as it ships, with its comments."""
    return shipped_folder("config") / "manifest.yml"


@cache
def load_manifest() -> Manifest:
    """Return the manifest for Socket Mode, with all scopes."""
    manifest: Manifest = yaml_files.read(manifest_file())
    return manifest


def for_http(manifest: Manifest, address: str) -> Manifest:
    """Return a manifest for signed HTTP at an address; its path is /slack/events by default.

    Raises SettingsError if Slack would refuse the address.
    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(
            "Slack sends nothing there",
            subject=address,
            cause="it needs a public address that begins with https://",
            remedy="Give one such as https://claimdesk.example.org.",
        )
    url = address if parts.path.strip("/") else address.rstrip("/") + EVENTS_PATH
    features, settings = manifest["features"], manifest["settings"]
    commands = [command | {"url": url} for command in features["slash_commands"]]
    addressed_settings = settings | {
        "event_subscriptions": {"request_url": url} | settings["event_subscriptions"],
        "interactivity": settings["interactivity"]
        | {"request_url": url, "message_menu_options_url": url},
        "socket_mode_enabled": False,
    }
    return manifest | {
        "features": features | {"slash_commands": commands},
        "settings": addressed_settings,
    }


def without_optional(manifest: Manifest) -> Manifest:
    """Return a manifest without the optional scopes, and without what needs them."""
    scopes = manifest["oauth_config"]["scopes"]
    events = manifest["settings"]["event_subscriptions"]
    kept_events = [
        event
        for event in events["bot_events"]
        if EVENT_SCOPES.get(event) not in scopes["bot_optional"]
    ]
    features = {
        name: value for name, value in manifest["features"].items() if name != "unfurl_domains"
    }
    return manifest | {
        "features": features,
        "oauth_config": {"scopes": {"bot": scopes["bot"]}},
        "settings": manifest["settings"]
        | {"event_subscriptions": events | {"bot_events": kept_events}},
    }


def scopes_in(header: str | None) -> frozenset[str] | None:
    """Return the scopes that Slack's header x-oauth-scopes names; None if there is no header."""
    if header is None:
        return None
    return frozenset(filter(None, map(str.strip, header.split(","))))


def missing_scopes(granted: Collection[str] | None) -> list[str]:
    """Return the scopes of the manifest that were not granted, those it needs most first.

    Empty if it is not known which were granted.
    """
    if granted is None:
        return []
    scopes = load_manifest()["oauth_config"]["scopes"]
    return [scope for scope in (*scopes["bot"], *scopes["bot_optional"]) if scope not in granted]


def is_optional(scope: str) -> bool:
    """Tell whether the bot works without a scope, except for what the scope is for."""
    return scope in load_manifest()["oauth_config"]["scopes"]["bot_optional"]
