from __future__ import annotations

from bot.slack.gate.duplicates import (
    DEDUPLICATION_WINDOW,
    MAX_DELIVERIES,
    RecentDeliveries,
    delivery_id,
)


def test_repeats_are_recognised_for_a_while() -> None:
    now = [0.0]
    seen = RecentDeliveries(clock=lambda: now[0])
    assert not seen.is_repeat("a")
    assert seen.is_repeat("a")
    assert not seen.is_repeat("b")
    now[0] = DEDUPLICATION_WINDOW
    assert seen.is_repeat("a")
    now[0] += 1
    assert not seen.is_repeat("a")


def test_the_number_of_remembered_deliveries_is_limited() -> None:
    seen = RecentDeliveries(clock=lambda: 0.0)
    assert not any(seen.is_repeat(str(number)) for number in range(MAX_DELIVERIES + 1))
    assert not seen.is_repeat("0")
    assert seen.is_repeat(str(MAX_DELIVERIES))


def test_a_delivery_without_an_id_is_new() -> None:
    seen = RecentDeliveries()
    assert not seen.is_repeat(None)
    assert not seen.is_repeat(None)


def test_copies_of_a_delivery_share_its_id() -> None:
    assert delivery_id({"event_id": "Ev1", "event": {}}) == "Ev1"
    assert delivery_id({"trigger_id": "1.2.3", "view": {"id": "V1"}}) == "1.2.3"
    assert delivery_id({"type": "block_suggestion"}) is None
