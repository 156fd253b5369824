"""/speaker, its buttons and its modals, over a stub of Slack and once in the local Slack."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot import config
from bot.config import PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB
from tests.slack import blockkit
from tests.slack.desk import controls, read
from tests.slack.slack_stub import Json, SlackStub, member

SPEAKERS = ["Omar Tallis", "Omar Tallis", "Umar at-Talis", "Ida Falk", "Xi", "Xi Jinping"]
SPEAKERS += ["Xi Jinping", "Jane Smith", "John Smith", "John Smith", "<!channel> *Roe*"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom of many speakers, in which Alice is the reviewer."""
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path_factory.mktemp("speakers"))})
    own = replace(settings, people=PeopleSettings(reviewers=(ALICE,)))
    with Newsroom(own) as opened:
        lines = [
            {"text": f"Harbour {number} is shut.", "speaker": name, "title": f"{number}"}
            for number, name in enumerate(SPEAKERS)
        ]
        list(opened.intake.imports.import_claims(map(json.dumps, lines)))
        opened.open()
        yield opened


@pytest.fixture
async def stub(filled: Newsroom) -> AsyncIterator[SlackStub]:
    people.clear_cache()
    async with SlackStub().opened(filled) as opened:
        yield opened
    for ruling in filled.store.name_rulings.all():
        filled.speakers.rulings.undo(ruling.id, team=None, person="U0")


async def answer(stub: SlackStub, body: Json) -> Json:
    """Return the answer to a delivery, which must be valid."""
    number = len(stub.shown) + 1
    acknowledged = await stub.deliver(body)
    assert acknowledged.status == 200
    await stub.words(number)
    shown = stub.shown[number - 1]
    assert shown["response_type"] == "ephemeral"
    assert blockkit.problems(shown["blocks"]) == []
    return shown


async def ask_for(stub: SlackStub, typed: str, **more: Any) -> Json:
    return await answer(stub, stub.command(typed, "/speaker", **more))


def click(stub: SlackStub, shown: Json, label: str, **more: Any) -> Json:
    """Return the delivery for a click on the button with a label."""
    (button,) = (
        element
        for block in shown["blocks"]
        for element in [*block.get("elements", []), block.get("accessory", {})]
        if element.get("type") == "button" and element["text"]["text"] == label
    )
    return stub.press(button["action_id"], button["value"], **more)


def labels(shown: Json) -> list[str]:
    return [control.label for control in controls(shown["blocks"])]


async def open_modal(stub: SlackStub, shown: Json, label: str) -> Json:
    return await stub.view_opened_by(click(stub, shown, label))


def submission(stub: SlackStub, view: Json, *names: str, id_: str = "V1") -> Json:
    """Return the delivery for a submitted modal with some names selected."""
    (block, *_) = view["blocks"]
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in names]
    element = {"type": block["element"]["type"], "selected_options": options}
    if element["type"] == "external_select":
        element = {"type": "external_select", "selected_option": options[0] if options else None}
    values = {block["block_id"]: {block["element"]["action_id"]: element}}
    known = {"private_metadata": view["private_metadata"], "blocks": view["blocks"]}
    return stub.submission(view["callback_id"], id=id_, state={"values": values}, **known)


async def test_a_profile_shows_descriptions_claims_and_pages(stub: SlackStub) -> None:
    shown = await ask_for(stub, "omr tallis")
    words = read({"blocks": shown["blocks"]})
    assert "*Omar Tallis*" in words
    assert "2 claims in 2 articles" in words
    assert 'Nobody is called "omr tallis"; showing Omar Tallis' in words
    assert labels(shown).count("Share") == 2
    assert "Next" not in labels(shown)


async def test_ambiguous_and_unknown_names_offer_candidates(stub: SlackStub) -> None:
    several = await ask_for(stub, "smith")
    assert several["text"].startswith('2 speakers are called "smith". Which one do you mean?')
    assert labels(several) == ["John Smith", "Jane Smith"]
    chosen = await answer(stub, click(stub, several, "Jane Smith"))
    assert chosen["replace_original"]
    assert "*Jane Smith*" in read({"blocks": chosen["blocks"]})
    near = await ask_for(stub, "Eve Falk Brook")
    assert labels(near) == ["Ida Falk"]
    nobody = await ask_for(stub, "photosynthesis")
    assert nobody["text"].startswith('No speaker is called "photosynthesis".')


@pytest.mark.parametrize("typed", ["", "help", "?"])
async def test_help_says_what_to_type(stub: SlackStub, typed: str) -> None:
    assert (await ask_for(stub, typed))["text"].startswith("/speaker Sun Yun shows how")


@pytest.mark.parametrize("typed", ["<!channel>", "*x* <@U2> :tada:", "Roe", "x" * 3000])
async def test_typed_names_become_no_markup_or_mention(stub: SlackStub, typed: str) -> None:
    shown = await ask_for(stub, typed)
    whole = json.dumps(shown)
    assert "<!" not in whole
    assert "<@" not in whole


async def test_reviewers_merge_names_and_undo_it(stub: SlackStub, filled: Newsroom) -> None:
    shown = await ask_for(stub, "Omar Tallis")
    view = await open_modal(stub, shown, "Same person as …")
    typing = stub.options() | {"action_id": "speaker_options", "value": "at-t"}
    suggested = await stub.deliver(typing)
    assert [one["value"] for one in json.loads(suggested.body)["options"]] == ["Umar at-Talis"]
    nothing = await stub.deliver(submission(stub, view, id_="V0"))
    assert json.loads(nothing.body)["response_action"] == "errors"
    told = await answer(stub, submission(stub, view, "Umar at-Talis"))
    assert told["text"].startswith('"Umar at-Talis" and "Omar Tallis" are now one speaker')
    assert filled.speakers.profiles.load("Omar Tallis").aliases == ("Umar at-Talis",)
    (ruling,) = (one for one in filled.store.name_rulings.all() if not one.undone_at)
    assert (ruling.person, ruling.person_name) == (ALICE, "alice")
    again = await ask_for(stub, "umar at-talis")
    assert "are one speaker, decided by alice" in read({"blocks": again["blocks"]})
    undone = await answer(stub, click(stub, told, "Undo"))
    assert undone["text"].startswith('The decision on "Omar Tallis", "Umar at-Talis" was undone.')
    assert filled.speakers.profiles.load("Omar Tallis").aliases == ()


async def test_rulings_of_other_workspaces_are_hidden(stub: SlackStub, filled: Newsroom) -> None:
    by = {"team": "T9", "press": "V1", "person": "U9", "person_name": "Zed"}
    ruling = filled.speakers.rulings.merge(["Omar Tallis", "Ida Falk"], **by)
    shown = await ask_for(stub, "Omar Tallis")
    assert "Ida Falk" in read({"blocks": shown["blocks"]})
    assert "Zed" not in json.dumps(shown)
    assert "Undo" not in json.dumps(shown)
    refused = await answer(stub, stub.press("speaker_undo", ruling.id))
    assert refused["text"].startswith("There is no such decision")
    assert filled.store.name_rulings.all()[-1].undone_at is None


async def test_a_split_submitted_twice_is_made_once(
    stub: SlackStub, filled: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(filled.store.name_rulings.all())
    shown = await ask_for(stub, "Xi Jinping")
    with monkeypatch.context() as meanwhile:
        # Counting all that somebody has said may take longer than Slack opens a modal for.
        meanwhile.setattr(filled.store.speaker_claims, "tally", None)
        view = await open_modal(stub, shown, "Not the same person …")
    told = await answer(stub, submission(stub, view, "Xi", id_="V2"))
    assert told["text"] == '"Xi" no longer counts as "Xi Jinping".'
    assert filled.speakers.profiles.load("Xi Jinping").aliases == ()
    await answer(stub, submission(stub, view, "Xi", id_="V2") | {"trigger_id": "t-another"})
    assert len(filled.store.name_rulings.all()) == before + 1


async def test_only_reviewers_can_rule_on_names(stub: SlackStub, filled: Newsroom) -> None:
    shown = await ask_for(stub, "Omar Tallis")
    view = await open_modal(stub, shown, "Same person as …")
    stub.answers["users.info"] = member(BOB)
    bob = {"user": {"id": BOB, "team_id": "T"}}
    seen = await ask_for(stub, "Omar Tallis", user_id=BOB)
    assert "Same person as …" not in labels(seen)
    before = len(filled.store.name_rulings.all())
    for forged in (
        click(stub, shown, "Same person as …") | bob,
        submission(stub, view, "Ida Falk", id_="V3") | bob,
        stub.press("speaker_undo", "r1") | bob,
    ):
        assert "Only reviewers can decide" in (await answer(stub, forged))["text"]
    assert len(filled.store.name_rulings.all()) == before


@pytest.mark.parametrize("action", ["speaker_next", "speaker_merge", "speaker_undo", "speaker_0"])
@pytest.mark.parametrize("value", ["", "x:y", "0123456789abcdef:3", "'; DROP TABLE names; --"])
async def test_a_forged_value_is_refused(stub: SlackStub, action: str, value: str) -> None:
    told = await answer(stub, stub.press(action, value))
    assert "no longer" in told["text"] or "no such decision" in told["text"]
    assert "(ref" not in told["text"]


async def test_invalid_rulings_are_refused(stub: SlackStub) -> None:
    shown = await ask_for(stub, "Omar Tallis")
    view = await open_modal(stub, shown, "Same person as …")
    told = {"Omar Tallis": "These are already one speaker", "Nobody": "I no longer know Nobody"}
    for chosen, why in told.items():
        said = await answer(stub, submission(stub, view, chosen, id_=f"V-{chosen}"))
        assert said["text"].startswith(why)


async def test_a_vanished_page_shows_the_first(stub: SlackStub) -> None:
    shown = await ask_for(stub, "Omar Tallis")
    (button,) = (
        one
        for block in shown["blocks"]
        for one in block.get("elements", [])
        if one.get("action_id") == "speaker_merge"
    )
    beyond = stub.press("speaker_next", button["value"].replace(":0", ":900"))
    assert "1–2 of 2 shown" in (await answer(stub, beyond))["text"]


async def test_what_a_speaker_said_on_a_subject_is_paged(stub: SlackStub) -> None:
    shown = await ask_for(stub, "Omar Tallis on harbour")
    assert shown["text"].startswith("Omar Tallis on harbour · 2 statements, latest report first")
    nothing = await ask_for(stub, "Omar Tallis on choirs")
    assert nothing["text"] == 'I have nothing that Omar Tallis said on "choirs".'
    unclear = await ask_for(stub, "Smith on harbour")
    chosen = await answer(stub, click(stub, unclear, "Jane Smith"))
    assert chosen["text"].startswith("Jane Smith on harbour · 1 statement")
