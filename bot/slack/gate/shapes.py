"""The shape of deliveries: where Slack documents a text, an object or a list.

Whatever reads a delivery relies on it. Only Slack can sign one, so another shape means that Slack's
API has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_Shape = Any
"""A type or several; the fields of an object by name; or [shape] for a list."""

_WITH_ID = {"id": str, "team_id": str, "name": str, "username": str}
_MESSAGE = {"ts": str, "thread_ts": str, "text": str, "blocks": [dict], "user": str, "bot_id": str}
_VIEW = {
    **dict.fromkeys(("id", "type", "callback_id", "private_metadata", "hash"), str),
    **dict.fromkeys(("app_installed_team_id", "team_id", "external_id", "root_view_id"), str),
    "state": {"values": dict},
    "blocks": [dict],
}
_EVENT = {
    **dict.fromkeys(("type", "subtype", "bot_id", "text", "ts", "thread_ts", "message_ts"), str),
    **dict.fromkeys(("channel_type", "tab", "unfurl_id", "source", "team", "user_team"), str),
    "user": (str, _WITH_ID),
    "channel": (str, _WITH_ID),
    "links": [{"url": str, "domain": str}],
    "files": [dict],
    "view": _VIEW,
    "message": _MESSAGE,
}
_ACTION = {
    **dict.fromkeys(("type", "action_id", "block_id", "value", "action_ts"), str),
    "selected_option": {"value": str},
}
_DELIVERY = {
    **dict.fromkeys(("type", "command", "text", "callback_id", "action_id", "block_id"), str),
    **dict.fromkeys(("value", "event_id", "trigger_id", "response_url", "action_ts"), str),
    **dict.fromkeys(("user_id", "user_name", "team_id", "channel_id", "channel_name"), str),
    "user": (str, _WITH_ID),
    "team": (str, {"id": str, "domain": str}),
    "channel": (str, _WITH_ID),
    "container": {
        **dict.fromkeys(("type", "message_ts", "channel_id", "view_id", "thread_ts"), str),
    },
    "message": _MESSAGE,
    "view": _VIEW,
    "actions": [_ACTION],
    "event": _EVENT,
    "authorizations": [{"team_id": str, "user_id": str}],
    "response_urls": [dict],
}
_REQUIRED = {
    "block_actions": ("actions", "user"),
    "event_callback": ("event",),
    "view_submission": ("view", "user"),
    "view_closed": ("view", "user"),
    "block_suggestion": ("action_id", "user"),
}
"""The fields without which a delivery of a type has no meaning."""


def has_known_shape(body: Mapping[str, Any]) -> bool:
    """Tell whether each field that is there has its documented shape, and none is missing without
    which the delivery has no meaning."""
    kind = body.get("type")
    required = _REQUIRED.get(kind, ()) if isinstance(kind, str) else ()
    return _has_shape(body, _DELIVERY) and all(body.get(name) for name in required)


def _has_shape(value: Any, shape: _Shape) -> bool:
    if value is None:
        return True
    if isinstance(shape, tuple):
        return any(_has_shape(value, one) for one in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(
            one is not None and _has_shape(one, shape[0]) for one in value
        )
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(
            _has_shape(value[name], part) for name, part in shape.items() if name in value
        )
    return isinstance(value, shape)
