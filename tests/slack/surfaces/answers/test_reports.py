"""The modal with the reports of a claim, and rejecting a claim that several articles report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.config import PeopleSettings
from bot.model import Claim, Share
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.mrkdwn import GAP, JOINER
from tests.slack import blockkit
from tests.slack.desk import Control, controls, read
from tests.slack.slack_stub import Json, SlackStub

OUTLETS = {
    *("The Tidewater Post", "Halyard News Agency", "Vellmouth Courier", "Estuary Today"),
    "The Northbank Chronicle",
}
"""Outlets whose sample articles report that no vessel will berth."""


@pytest.fixture
def reviewed(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newsroom with Alice as reviewer; all corrections are undone after the test."""
    before = newsroom.settings
    newsroom.settings = replace(before, people=PeopleSettings(("everyone",), reviewers=(ALICE,)))
    yield newsroom
    newsroom.settings = before
    for one in newsroom.store.corrections.find(state="accepted"):
        newsroom.corrections.decide(one.id, "undone", person=one.person, person_name="the test")


@pytest.fixture
async def stub(reviewed: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(reviewed) as opened:
        yield opened


@pytest.fixture
def berth(newsroom: Newsroom) -> Claim:
    return newsroom.search.find_rows('"No vessel will berth"', limit=1).hits[0].claim


def elements(blocks: list[Json], action: str) -> list[Json]:
    found = (one for block in blocks for one in block.get("elements", []))
    return [one for one in found if one.get("action_id") == action]


def texts(view: Json) -> str:
    parts = [one for b in view["blocks"] for one in b.get("elements", [b.get("text")]) if one]
    said = (one["text"] for one in parts if isinstance(one.get("text"), str))
    return "\n".join(said).replace(JOINER, "").replace(GAP, "")


def outlets_in(view: Json) -> list[str]:
    """Return the outlets of the reports, in the order shown."""
    said = texts(view)
    return sorted((one for one in OUTLETS if f"{one} · " in said), key=said.index)


async def search_reports(stub: SlackStub, query: str) -> Control:
    """Return the first choice to see other reports."""
    told = await stub.answer_to(stub.command(query))
    return next(one for one in controls(told["blocks"]) if one.name == "elsewhere")


def press_other_reports(stub: SlackStub, choice: Control, **fields: Any) -> Json:
    return {**stub.press("elsewhere"), **fields, "actions": [choice.sent()]}


async def pressed_view(stub: SlackStub, body: Json, number: int) -> Json:
    await stub.deliver(body)
    for _ in range(500):
        if len(sent := stub.called("views.update")) >= number:
            view: Json = sent[number - 1]["view"]
            assert blockkit.view_problems(view) == []
            return view
        await stub.wait_until_idle()
    raise AssertionError("the modal did not change")


async def test_a_rows_reports_open_with_its_own_first(stub: SlackStub, reviewed: Newsroom) -> None:
    button = await search_reports(stub, "no vessel will berth before:2026-11-04")
    assert button.label == "Also in 4 outlets"
    view = await stub.view_opened_by(press_other_reports(stub, button))
    shown = outlets_in(view)
    own = reviewed.claims.load_hit(button.value)
    assert shown[0] == own.article.outlet
    assert len(shown) == 4, "the first page; the query leaves one out, but it is in print"
    assert texts(view).count("\n> ") == 4
    for hit in reviewed.claims.find_reports(own.claim.id)[:2]:
        assert str(hit.article.title) in texts(view)
    assert "5 reports of this claim in 5 articles, 5 outlets" in texts(view)


async def test_many_reports_are_paged(stub: SlackStub, berth: Claim) -> None:
    button = await search_reports(stub, '"No vessel will berth"')
    assert button.label == "Also in 4 outlets"
    view = await stub.view_opened_by(press_other_reports(stub, button))
    first = outlets_in(view)
    assert "1–4 shown" in texts(view)
    (later,) = elements(view["blocks"], "elsewhere_next")
    there = {"view": {**view, "id": "V1"}}
    rest = await pressed_view(stub, stub.press("elsewhere_next", later["value"], **there), 1)
    assert {*first, *outlets_in(rest)} == OUTLETS
    assert len(outlets_in(rest)) == 1
    (back,) = elements(rest["blocks"], "elsewhere_previous")
    again = {"view": {**rest, "id": "V1"}}
    anew = await pressed_view(stub, stub.press("elsewhere_previous", back["value"], **again), 2)
    assert anew == view


async def test_another_persons_button_opens_reports_in_general(
    stub: SlackStub, berth: Claim
) -> None:
    button = await search_reports(stub, "no vessel will berth before:2026-11-04")
    press = press_other_reports(stub, button, user={"id": BOB, "team_id": TEAM})
    view = await stub.view_opened_by(press)
    assert "5 reports" in texts(view)


async def test_a_shared_claim_opens_reports_for_everybody(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    share = Share(team=TEAM, channel=NEWSROOM, press="9", claim_id=berth.id, person=ALICE)
    await stub.post(stub.press("share", share.claim_id))
    for _ in range(100):
        if posted := stub.called("chat.postMessage"):
            break
        await stub.wait_until_idle()
    assert blockkit.problems(posted[0]["blocks"]) == []
    (button,) = elements(posted[0]["blocks"], "elsewhere")
    press = stub.press("elsewhere", button["value"], user={"id": BOB, "team_id": TEAM})
    assert "5 reports" in texts(await stub.view_opened_by(press))


async def test_context_opens_reports_on_top_of_itself(stub: SlackStub, berth: Claim) -> None:
    view = await stub.view_opened_by(stub.press("context", berth.id))
    (button,) = elements(view["blocks"], "elsewhere")
    await stub.deliver(
        stub.press("elsewhere", button["value"], view={**view, "id": "V1"}, response_url=None)
    )
    for _ in range(100):
        if pushed := stub.called("views.push"):
            break
        await stub.wait_until_idle()
    assert blockkit.view_problems(pushed[0]["view"]) == []
    assert "5 reports" in texts(pushed[0]["view"])


async def test_a_claim_without_other_reports_has_no_such_choice(
    stub: SlackStub, reviewed: Newsroom
) -> None:
    told = await stub.answer_to(stub.command("by:hallas"))
    shown = list(controls(told["blocks"]))
    alone = [one.value for one in shown if one.name == "context"]
    assert any(len(reviewed.claims.find_reports(one)) == 1 for one in alone)
    with_more = {one.value for one in shown if one.name == "elsewhere"}
    assert all(len(reviewed.claims.find_reports(one)) > 1 for one in with_more)


@pytest.mark.parametrize("value", ["", "no-such:q", "<!channel>"])
async def test_a_forged_claim_has_no_reports(stub: SlackStub, value: str) -> None:
    await stub.deliver(stub.press("elsewhere", value))
    assert "no longer here" in (await stub.words())[0]


@pytest.mark.parametrize("value", ["-1", "x", "9" * 99])
async def test_a_forged_page_value_is_refused(stub: SlackStub, value: str) -> None:
    view = {"id": "V1", "type": "modal", "private_metadata": '{"row": "x"}'}
    await stub.deliver(stub.press("elsewhere_next", value, view=view))
    assert "no longer works" in (await stub.words())[0]


# -- rejecting a claim


def submission(stub: SlackStub, view: Json, where: str | None, person: str = ALICE) -> Json:
    values: Any = {"why": {"why": {"value": "it is a headline"}}}
    if where:
        values["where"] = {"where": {"selected_option": {"value": where}}}
    known = {"private_metadata": view["private_metadata"], "state": {"values": values}}
    sent = stub.submission(view["callback_id"], id=f"V{id(view)}{where}", **known)
    return {**sent, "user": {"id": person, "team_id": TEAM}}


def current_claims(newsroom: Newsroom) -> Any:
    ids = sorted(newsroom.store.archive.claim_ids())
    return newsroom.store.archive.claims_by_id(ids)


async def test_a_rejection_asks_whether_it_applies_to_all_reports(
    stub: SlackStub, reviewed: Newsroom
) -> None:
    choice = await search_reports(stub, "no vessel will berth before:2026-11-04")
    view = await stub.view_opened_by(stub.press("correct_rejected", choice.value))
    (radio,) = [b["element"] for b in view["blocks"] if b.get("block_id") == "where"]
    here, everywhere = (one["text"]["text"] for one in radio["options"])
    own = reviewed.claims.load_hit(choice.value)
    assert here == f"Only in {own.article.outlet}"
    assert everywhere == "In all 5 reports"
    assert f"Reported in {own.article.outlet}, " in read(view)
    assert radio["initial_option"]["value"] == "here"


async def test_one_undo_reverts_a_rejection_of_all_reports(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    before = current_claims(reviewed)
    view = await stub.view_opened_by(stub.press("correct_rejected", berth.id))
    await stub.deliver(submission(stub, view, "all"))
    said = (await stub.words())[-1]
    repeated = await stub.deliver(submission(stub, view, "all"))
    assert "no longer here" in repeated.body
    assert said.startswith(f"This and 4 other reports marked as not a claim by <@{ALICE}>")
    assert reviewed.search.find('"No vessel will berth"').total == 0
    assert len(before) - len(current_claims(reviewed)) == 5
    (made,) = reviewed.store.corrections.find(state="accepted")
    undo = stub.shown[-1]["blocks"][0]["accessory"]
    await stub.deliver(stub.press(undo["action_id"], undo["value"]))
    await stub.words(2)
    assert current_claims(reviewed) == before
    assert reviewed.corrections.lookup.correction(made.id).state == "undone"
    assert reviewed.search.find('"No vessel will berth"').total == 5


async def test_a_rejection_for_one_outlet_keeps_the_others(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    view = await stub.view_opened_by(stub.press("correct_rejected", berth.id))
    await stub.deliver(submission(stub, view, "here"))
    assert (await stub.words())[-1].startswith(f"Marked as not a claim by <@{ALICE}>")
    assert reviewed.search.find('"No vessel will berth"').total == 4


async def test_a_rejection_of_all_reports_is_decided_once(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    view = await stub.view_opened_by(
        stub.press("correct_rejected", berth.id, user={"id": BOB, "team_id": TEAM})
    )
    await stub.deliver(submission(stub, view, "all", BOB))
    await stub.words(2)
    (made,) = reviewed.health.pending_corrections(TEAM)
    assert len(made.others) == 4
    assert reviewed.search.find('"No vessel will berth"').total == 5
    reviewed.corrections.decide(
        made.others and made.id, "accepted", person=ALICE, person_name="alice"
    )
    assert reviewed.search.find('"No vessel will berth"').total == 0


async def test_a_single_report_is_rejected_without_a_question(
    stub: SlackStub, reviewed: Newsroom
) -> None:
    alone = next(
        hit.claim
        for hit in reviewed.search.find("by:hallas", limit=20).hits
        if len(reviewed.claims.find_reports(hit.claim.id)) == 1
    )
    view = await stub.view_opened_by(stub.press("correct_rejected", alone.id))
    assert [b["block_id"] for b in view["blocks"] if b["type"] == "input"] == ["why"]
