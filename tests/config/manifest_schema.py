"""What Slack accepts as the manifest of an app, after its reference of manifests
(docs.slack.dev/reference/app-manifest), as far as this app uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

SCOPE = r"[a-z_]+(?:\.[a-z]+)?(?::[a-z]+)?(?:\.[a-z]+)?"
HTTPS = r"https://[^\s/]+(?:/\S*)?"


class Text(NamedTuple):
    most: int
    pattern: str = r"(?s).+"


class Some(NamedTuple):
    """A list of at most so many parts, no two of them the same."""

    part: Any
    most: int


class Fields(NamedTuple):
    needed: dict[str, Any]
    other: dict[str, Any] = {}  # noqa: RUF012  never changed


COMMAND = Fields(
    {"command": Text(32, r"/[^\s/A-Z]+"), "description": Text(2000)},
    {"url": Text(3000, HTTPS), "usage_hint": Text(1000), "should_escape": bool},
)
SHORTCUT = Fields(
    {
        "name": Text(24),
        "type": Text(7, "message|global"),
        "callback_id": Text(255),
        "description": Text(150),
    }
)
SCOPES = Some(Text(100, SCOPE), 255)
EVENTS = Some(Text(100, r"[a-z_]+(?:\.[a-z]+)?"), 100)
MANIFEST = Fields(
    {
        "display_information": Fields(
            {"name": Text(35)},
            {"description": Text(140), "background_color": Text(7, "#(?:[0-9a-f]{3}){1,2}")},
        ),
        "features": Fields(
            {},
            {
                "app_home": Fields(
                    {},
                    {
                        "home_tab_enabled": bool,
                        "messages_tab_enabled": bool,
                        "messages_tab_read_only_enabled": bool,
                    },
                ),
                "agent_view": Fields(
                    {"agent_description": Text(300)},
                    {
                        "suggested_prompts": Some(
                            Fields({"title": Text(80), "message": Text(1000)}), 4
                        )
                    },
                ),
                "bot_user": Fields({"display_name": Text(80)}, {"always_online": bool}),
                "shortcuts": Some(SHORTCUT, 10),
                "slash_commands": Some(COMMAND, 50),
                "unfurl_domains": Some(Text(255, r"[a-z0-9.-]+\.[a-z]+"), 5),
            },
        ),
        "oauth_config": Fields({"scopes": Fields({"bot": SCOPES}, {"bot_optional": SCOPES})}),
        "settings": Fields(
            {},
            {
                "event_subscriptions": Fields(
                    {"bot_events": EVENTS}, {"request_url": Text(3000, HTTPS)}
                ),
                "interactivity": Fields(
                    {"is_enabled": bool},
                    {
                        "request_url": Text(3000, HTTPS),
                        "message_menu_options_url": Text(3000, HTTPS),
                    },
                ),
                "org_deploy_enabled": bool,
                "socket_mode_enabled": bool,
                "token_rotation_enabled": bool,
            },
        ),
    }
)


def problems(value: Any, schema: Any = MANIFEST, path: str = "manifest") -> Iterator[str]:
    """Yield what Slack would refuse in a manifest."""
    match schema:
        case Text(most, pattern):
            if not isinstance(value, str) or len(value) > most or not re.fullmatch(pattern, value):
                yield f"{path}: {value!r}"
        case Some(part, most):
            if not isinstance(value, list) or not 1 <= len(value) <= most:
                yield f"{path}: not a list of 1 to {most}"
                return
            for number, one in enumerate(value):
                if one in value[:number]:
                    yield f"{path}: {one!r} twice"
                yield from problems(one, part, f"{path}[{number}]")
        case Fields(needed, other):
            if not isinstance(value, dict):
                yield f"{path}: not an object"
                return
            yield from (f"{path}.{name}: missing" for name in needed.keys() - value.keys())
            for name, part in value.items():
                if name in (known := {**needed, **other}):
                    yield from problems(part, known[name], f"{path}.{name}")
                else:
                    yield f"{path}.{name}: unknown"
        case type():
            if not isinstance(value, schema):
                yield f"{path}: {value!r}"


def contradictions(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what only the parts of a manifest together have wrong."""
    features, settings = manifest["features"], manifest["settings"]
    addresses = [
        settings["event_subscriptions"].get("request_url"),
        settings["interactivity"].get("request_url"),
        *(command.get("url") for command in features["slash_commands"]),
    ]
    if any(address is None for address in addresses) and not settings["socket_mode_enabled"]:
        yield "without Socket Mode everything needs an address"
    scopes = manifest["oauth_config"]["scopes"]
    if set(scopes["bot"]) & set(scopes.get("bot_optional", ())):
        yield "a scope can't be both needed and optional"
