from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import DigestPreferences, Subscription
from bot.slack.surfaces.digests import settings_blocks as blocks
from bot.slack.surfaces.digests.settings_blocks import SettingsOrigin
from tests.samples import digest
from tests.slack import blockkit
from tests.slack.desk import read

NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
ZONES = ("Europe/London", "America/Argentina/ComodRivadavia", "Pacific/Apia")


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200)
wants = st.builds(
    DigestPreferences,
    days=st.sets(st.integers(1, 7), max_size=6).map(lambda days: tuple(sorted(days))),
    topics=st.lists(texts, max_size=10).map(tuple),
    outlets=st.lists(texts, max_size=20).map(tuple),
    claims=st.sampled_from([None, 5, 10, 20]),
    skip=st.none() | st.just(date(2026, 11, 26)),
    paused_until=st.none() | st.dates(date(2026, 11, 20), date(2027, 11, 20)),
)
subscriptions = st.builds(
    Subscription,
    team=st.just("T1"),
    channel=st.just("C1"),
    at=st.times(),
    zone=st.sampled_from(ZONES),
    person=st.sampled_from(["U1", "U2"]),
    since=st.just(NOW),
    preferences=wants,
    stop_reason=st.sampled_from([None, "is_archived", "not_in_channel", "whatever"]),
)


def state(view: dict[str, Any]) -> dict[str, Any]:
    """Return the values that Slack sends for an unedited modal."""
    names = {
        "initial_value": "value",
        "initial_options": "selected_options",
        "initial_option": "selected_option",
        "initial_date": "selected_date",
    }
    return {
        block["block_id"]: {
            block["block_id"]: {
                to: block["element"][name] for name, to in names.items() if name in block["element"]
            }
        }
        for block in view["blocks"]
        if block["type"] == "input"
    }


@given(subscriptions, st.none() | st.sampled_from(ZONES))
def test_any_settings_modal_fits_slacks_limits(one: Subscription, zone: str | None) -> None:
    view = blocks.settings_view(SettingsOrigin("C1", "http://x"), one, zone=zone, status="status")
    assert blockkit.view_problems(view) == []
    assert blocks.settings_origin(view) == SettingsOrigin("C1", "http://x")


@given(subscriptions)
def test_an_unedited_modal_changes_nothing(one: Subscription) -> None:
    view = blocks.settings_view(SettingsOrigin("C1"), one, zone=None, status="status")
    written = blocks.parse_settings({**view, "state": {"values": state(view)}}, one.preferences)
    assert written.errors == {}
    assert (written.posting_time, written.zone) == (
        one.at.replace(second=0, microsecond=0),
        one.zone,
    )
    kept = ("days", "claims", "skip", "paused_until")
    assert [getattr(written.preferences, name) for name in kept] == [
        getattr(one.preferences, name) for name in kept
    ]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("at", {"value": "noonish"}, "I can't read noonish. A time looks like 08:30, 8:30 or 8am."),
        ("at", {"value": None}, "Enter a time, such as 08:30."),
        ("zone", {"value": " "}, "Enter a time zone, such as Europe/London."),
        ("days", {"selected_options": []}, "Choose at least one day."),
    ],
)
def test_invalid_settings_give_errors_at_their_inputs(
    name: str, value: dict[str, Any], said: str
) -> None:
    view = blocks.settings_view(SettingsOrigin("C1"), None, zone="UTC", status="status")
    values = state(view) | {name: {name: value}}
    written = blocks.parse_settings({**view, "state": {"values": values}}, DigestPreferences())
    assert written.errors == {name: said}


@given(st.lists(subscriptions, max_size=30))
def test_any_list_is_valid_and_notifies_nobody(there: list[Subscription]) -> None:
    made = blocks.list_message([(one, NOW) for one in there], NOW, "U1")
    assert blockkit.problems(made.blocks) == []
    values = [b["accessory"]["value"] for b in made.blocks if "accessory" in b]
    assert len(values) == min(len(there), blocks.MAX_LISTED_DIGESTS)
    assert "<!" not in json.dumps(made.blocks)


@given(subscriptions)
def test_any_message_about_a_digest_is_valid(one: Subscription) -> None:
    for key in ("digest_settings.begun", "digest_settings.stands"):
        made = blocks.saved_message(key, one, NOW + timedelta(days=1), NOW)
        assert blockkit.problems(made.blocks) == []
    assert blockkit.problems(blocks.stopped_message(one).blocks) == []


def test_a_preview_has_no_menus() -> None:
    made = blocks.preview_message(digest(), "As it stands now.")
    assert blockkit.problems(made.blocks) == []
    assert (
        read({"blocks": made.blocks}).strip().startswith("As it stands now.\nTuesday 24 November: ")
    )
    assert not any("accessory" in block for block in made.blocks)
