"""What an older store knows is found, holds and goes on: claims, corrections, watches, feeds."""

from __future__ import annotations

import json
from typing import Any

from tests.store.older_store.old_store import BOB, KNOWN, TEAM, Desk


def claims(desk: Desk, *words: str) -> list[dict[str, Any]]:
    """What the terminal finds."""
    [answer] = desk.runs("claim", "--json", *words).lines
    found: list[dict[str, Any]] = answer["hits"]
    return found


def test_claims_are_found_as_corrected(desk: Desk) -> None:
    [leaks] = claims(desk, "lock leaks")
    assert (leaks["speaker"], leaks["corrected"]) == ("Jory Pellam Junior", True)
    [school] = claims(desk, "danger to the school")
    assert (school["speaker"], school["article"]["title"]) == ("Mirel Astow", "Quarry may not grow")
    [appeal] = claims(desk, "they would appeal")
    assert appeal["speaker"] == "the quarry's owners"  # that it was corrected was undone
    assert {one["article"]["outlet"] for one in claims(desk, "harbour wall safe by:Farnholt")} == {
        "The Saltmarsh Courier",
        "The Upland Echo",
    }
    # Removed, found to be no claim, not to be shown yet.
    for words in ("empty boats", "paper mill", "inspected pumps", "deepened"):
        assert claims(desk, words) == []


def test_rulings_on_names_are_kept(desk: Desk) -> None:
    said = {one["source"] for one in claims(desk, "by:Astow")}
    assert said == {"Mirel Astow, the head teacher", "Orla Teague, who bought it", "She"}
    assert not any("Farnholt" in str(one["source"]) for one in claims(desk, "by:Vye"))


def test_decided_corrections_are_kept(desk: Desk) -> None:
    listed = desk.runs("corrections", "list", "--json").lines
    states = sorted(one["state"] for one in listed)
    assert states == ["accepted"] * 4 + ["declined", "suggested", "undone"]
    [waits] = [one["id"] for one in listed if one["state"] == "suggested"]
    desk.runs("corrections", "accept", waits)
    [moved] = claims(desk, "moved by a hand")
    assert moved["speaker"] == "Odo Black"
    [undone] = [one["id"] for one in listed if "Hauliers' League" in json.dumps(one)]
    desk.runs("corrections", "undo", undone)
    [warned] = [one for one in claims(desk, "old road") if one["cue"] == "warned"]
    assert (warned["speaker"], warned["corrected"]) == ("Hauliers", False)


def test_queries_are_remembered(desk: Desk) -> None:
    conversations = desk.newsroom.store.conversations
    asked = conversations.recall(team=TEAM, person=BOB, answer_id=KNOWN["remembered"])
    assert asked == "harbour by:Farnholt"
