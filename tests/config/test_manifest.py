"""The manifest of the Slack app, in each form in which it is printed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bot.config.manifest import (
    EVENT_SCOPES,
    for_http,
    is_optional,
    load_manifest,
    missing_scopes,
    scopes_in,
    without_optional,
)
from bot.errors import SettingsError
from tests.config import manifest_schema

ADDRESS = "https://claims.example.org"
OPTIONAL = load_manifest()["oauth_config"]["scopes"]["bot_optional"]
FORMS = {
    "Socket Mode": load_manifest(),
    "HTTP": for_http(load_manifest(), ADDRESS),
    "minimal": without_optional(load_manifest()),
    "minimal HTTP": for_http(without_optional(load_manifest()), ADDRESS),
}


@pytest.mark.parametrize("form", FORMS)
def test_slack_accepts_the_manifest(form: str) -> None:
    assert list(manifest_schema.problems(FORMS[form])) == []
    assert list(manifest_schema.contradictions(FORMS[form])) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("features", "assistant_view"), {"assistant_description": "Finds claims."}),
        (("features", "agent_view", "suggested_prompts", 0, "title"), ""),
        (("features", "slash_commands", 0, "command"), "claim"),
        (("features", "unfurl_domains"), [f"{n}.example.org" for n in range(6)]),
        (("display_information", "name"), "x" * 36),
        (("oauth_config", "scopes", "bot", 0), "chat:write"),
        (("settings", "socket_mode_enabled"), "no"),
    ],
)
def test_the_schema_refuses_what_slack_refuses(path: tuple[Any, ...], value: Any) -> None:
    manifest = copy.deepcopy(load_manifest())
    part: Any = manifest
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert list(manifest_schema.problems(manifest))


@pytest.mark.parametrize("form", FORMS)
def test_each_event_has_its_scope(form: str) -> None:
    scopes = FORMS[form]["oauth_config"]["scopes"]
    granted = {*scopes["bot"], *scopes.get("bot_optional", ()), None}
    events = FORMS[form]["settings"]["event_subscriptions"]["bot_events"]
    assert {EVENT_SCOPES.get(event) for event in events} <= granted
    assert not [event for event in events if event.startswith("assistant_")]


def test_only_better_delivery_is_optional() -> None:
    kinds = {scope.split(":")[0] for scope in OPTIONAL}
    assert kinds == {"channels", "groups", "im", "files", "links", "usergroups", "assistant"}
    assert set(OPTIONAL).isdisjoint({"channels:read", "im:history", "commands", "chat:write"})
    assert all(map(is_optional, OPTIONAL))


def test_a_minimal_manifest_asks_for_nothing_optional() -> None:
    minimal = without_optional(load_manifest())
    assert minimal["oauth_config"]["scopes"].keys() == {"bot"}
    assert "unfurl_domains" not in minimal["features"]
    assert "link_shared" not in minimal["settings"]["event_subscriptions"]["bot_events"]


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://claims.example.org", "https://claims.example.org/slack/events"),
        ("https://claims.example.org/", "https://claims.example.org/slack/events"),
        ("https://example.org/bot", "https://example.org/bot"),
    ],
)
def test_everything_is_sent_to_the_http_address(address: str, url: str) -> None:
    manifest = for_http(load_manifest(), address)
    assert {one["url"] for one in manifest["features"]["slash_commands"]} == {url}
    settings = manifest["settings"]
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"]["request_url"] == url
    assert settings["interactivity"]["message_menu_options_url"] == url
    assert settings["socket_mode_enabled"] is False
    assert load_manifest()["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize(
    "address", ["http://claims.example.org", "claims.example.org", "https://", "https://a.b/?c=d"]
)
def test_an_address_that_slack_refuses_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="a public address that begins with https://"):
        for_http(load_manifest(), address)


def test_missing_scopes_are_those_of_the_manifest_not_granted() -> None:
    scopes = load_manifest()["oauth_config"]["scopes"]
    everything = [*scopes["bot"], *scopes["bot_optional"]]
    assert missing_scopes(scopes_in(", ".join([*everything, "emoji:read"]))) == []
    assert missing_scopes(scopes_in("commands,chat:write")) == [
        scope for scope in everything if scope not in ("commands", "chat:write")
    ]
    assert missing_scopes(scopes_in(None)) == []
    assert missing_scopes(scopes_in("")) == everything
