from __future__ import annotations

from bot.slack.gate.once import MOST, REMEMBERED, Seen, delivery_id


def test_what_has_come_is_known_for_a_while() -> None:
    now = [0.0]
    seen = Seen(clock=lambda: now[0])
    assert not seen.again("a")
    assert seen.again("a")
    assert not seen.again("b")
    now[0] = REMEMBERED
    assert seen.again("a")
    now[0] += 1
    assert not seen.again("a")


def test_it_remembers_so_many_at_most() -> None:
    seen = Seen(clock=lambda: 0.0)
    assert not any(seen.again(str(number)) for number in range(MOST + 1))
    assert not seen.again("0")
    assert seen.again(str(MOST))


def test_what_has_no_id_is_always_new() -> None:
    seen = Seen()
    assert not seen.again(None)
    assert not seen.again(None)


def test_copies_of_a_delivery_are_known_by_its_id() -> None:
    assert delivery_id({"event_id": "Ev1", "event": {}}) == "Ev1"
    assert delivery_id({"trigger_id": "1.2.3", "view": {"id": "V1"}}) == "1.2.3"
    assert delivery_id({"type": "block_suggestion"}) is None
