"""Corrections, citations and the rest of the menu under a claim, over a stub of Slack."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.config import PeopleSettings
from bot.model import Claim
from bot.newsroom import Newsroom
from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.messages.transport import make_dispatcher
from bot.store.delivery.payloads import CorrectionPayload
from tests.logs import records_of
from tests.slack import blockkit
from tests.slack.desk import CLAIM_MENU
from tests.slack.slack_stub import Json, SlackStub, member

ONLY_ALICE_DECIDES = PeopleSettings(users=("everyone",), reviewers=(ALICE,))


@pytest.fixture
def reviewed(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newsroom in which Alice is the reviewer; at the end, all corrections are undone."""
    before = newsroom.settings
    newsroom.settings = replace(before, people=ONLY_ALICE_DECIDES)
    yield newsroom
    newsroom.settings = before
    for one in newsroom.store.corrections.find(state="accepted"):
        newsroom.corrections.decide(one.id, "undone", person=one.person, person_name="the test")
    for one in newsroom.store.corrections.find(state="suggested"):
        newsroom.corrections.decide(one.id, "declined", person=one.person, person_name="the test")


@pytest.fixture
async def stub(reviewed: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(reviewed) as opened:
        yield opened


@pytest.fixture
def berth(newsroom: Newsroom) -> Claim:
    """ "No vessel will berth until the wall has been declared safe," she said."""
    return newsroom.search.find('"No vessel will berth"', limit=1).hits[0].claim


async def open_modal(stub: SlackStub, kind: str, claim: Claim, person: str = ALICE) -> Json:
    """Press the button that corrects a claim in a certain way, and return the modal."""
    sender = {"id": person, "team_id": TEAM}
    return await stub.view_opened_by(stub.press(f"correct_{kind}", claim.id, user=sender))


def submission(stub: SlackStub, view: Json, person: str = ALICE, **written: str) -> Json:
    """Return the delivery for a submitted modal, with the text typed into its inputs."""
    values = {name: {name: {"value": value}} for name, value in written.items()}
    more = {"private_metadata": view["private_metadata"], "state": {"values": values}}
    sent = stub.submission(view["callback_id"], id=f"V{id(view)}", **more)
    return {**sent, "user": {"id": person, "team_id": TEAM}}


def speaker_of(newsroom: Newsroom, claim: Claim) -> str | None:
    return newsroom.claims.load_hit(claim.id).claim.speaker


async def test_a_reviewers_correction_holds_at_once_and_can_be_undone(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    view = await open_modal(stub, "speaker", berth)
    await stub.deliver(submission(stub, view, other="Mara Quill", why="she is named before"))
    told, *_ = await stub.words()
    said, quoted, *remarks = told.splitlines()
    change = f'Speaker changed from "{berth.speaker}" to "Mara Quill" by <@{ALICE}>, '
    assert re.fullmatch(rf"{re.escape(change)}\d+ \w+\.", said)
    assert quoted.startswith(f"*{berth.speaker}*")
    assert berth.text[:60] in quoted
    assert str(reviewed.claims.load_hit(berth.id).article.title) in quoted
    assert remarks == [
        '"Mara Quill" doesn\'t appear in the article.',
        "Private answers you already have won't update. Search again to see the change.",
    ]
    assert speaker_of(reviewed, berth) == "Mara Quill"
    (found,) = reviewed.search.find("by:quill berth", limit=9).hits
    assert found.claim.corrected
    undo = stub.shown[-1]["blocks"][0]["accessory"]
    for _ in range(2):
        await stub.deliver(stub.press(undo["action_id"], undo["value"]))
    told = (await stub.words(3))[-1]
    assert told.startswith(f"Undone by <@{ALICE}>")
    assert berth.text[:60] in told.splitlines()[1]
    assert speaker_of(reviewed, berth) == berth.speaker
    (made,) = reviewed.store.corrections.find(claim_id=berth.id, limit=1)
    assert [one.ruling for one in made.rulings] == ["accepted", "undone"]


async def test_a_correction_works_in_an_unknown_time_zone(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    people.clear_cache()
    stub.answers["users.info"] = member(tz="Mars/Olympus")
    view = await open_modal(stub, "speaker", berth)
    await stub.deliver(submission(stub, view, other="Mara Quill", why="she is named before"))
    assert (await stub.words())[0].startswith("Speaker changed from")
    people.clear_cache()


async def test_the_person_hears_when_a_suggestion_is_accepted(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    view = await open_modal(stub, "rejected", berth, BOB)
    modal = submission(stub, view, BOB, why="it is a rule")
    for _ in range(2):
        await stub.deliver({**modal, "trigger_id": f"t{id(_)}{_}"})
    await stub.words(3)
    assert speaker_of(reviewed, berth) == berth.speaker
    (made,) = reviewed.store.corrections.find(state="suggested")
    (asked,) = stub.called("chat.postMessage")
    assert asked["channel"] == ALICE
    assert f"<@{BOB}> suggests a correction: marked as not a claim." in asked["text"]
    assert "Why: it is a rule" in asked["text"]
    view = await stub.view_opened_by(stub.press("correction_accept", made.id))
    assert "Why: it is a rule" in texts_in(view)
    await stub.deliver(submission(stub, view, decision_why="I read it too"))
    for _ in range(100):
        if len(posted := stub.called("chat.postMessage")) > 1:
            break
        await stub.wait_until_idle()
    assert posted[1]["channel"] == BOB
    assert f"suggested by <@{BOB}>, " in posted[1]["text"]
    assert f"accepted by <@{ALICE}>, " in posted[1]["text"]
    (ruling,) = reviewed.corrections.lookup.correction(made.id).rulings
    assert (ruling.person, ruling.reason) == (ALICE, "I read it too")
    with pytest.raises(Exception, match="marked here as not a claim"):
        reviewed.claims.load_hit(berth.id)


@pytest.mark.parametrize(
    ("action", "person"),
    [
        ("correction_accept", "U3"),
        ("correction_accept", BOB),
        ("correction_decline", "U3"),
        ("correction_undo", "U3"),
        ("correction_undo", BOB),
    ],
)
async def test_only_reviewers_decide_on_suggestions(
    stub: SlackStub, reviewed: Newsroom, berth: Claim, action: str, person: str
) -> None:
    state = "accepted" if action == "correction_undo" else "suggested"
    made = make_correction(reviewed, berth, person=person, decides=state == "accepted")
    await stub.deliver(stub.press(action, made, user={"id": BOB, "team_id": TEAM}))
    assert await stub.words() == ["Only reviewers can decide on corrections. Nothing was changed."]
    assert reviewed.corrections.lookup.correction(made).state == state


async def test_a_person_withdraws_their_own_suggestion(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    made = make_correction(reviewed, berth, person=BOB, decides=False)
    await stub.deliver(stub.press("correction_back", made, user={"id": BOB, "team_id": TEAM}))
    (told,) = await stub.words()
    assert told.startswith(f"Taken back by <@{BOB}>")
    await stub.deliver(stub.press("correction_accept", made))
    assert (await stub.words(2))[-1].startswith(f"Taken back by <@{BOB}>")
    assert not stub.called("views.open"), "there is nothing to decide any more"


async def test_declining_needs_a_reason_and_accepting_does_not(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    made = make_correction(reviewed, berth, person=BOB, decides=False)
    view = await stub.view_opened_by(stub.press("correction_decline", made))
    answer = await stub.deliver(submission(stub, view, decision_why="  "))
    assert "Give a reason" in str(answer.body)
    assert reviewed.corrections.lookup.correction(made).state == "suggested"
    await stub.deliver(submission(stub, view, decision_why="she is not quoted there"))
    answered = (await stub.words())[0]
    for _ in range(50):  # the test before may have had this second's message to Bob
        await make_dispatcher(reviewed, stub.client).deliver(TEAM, BOB)
        if heard := stub.called("chat.postMessage"):
            break
        await asyncio.sleep(0.1)
    for told in (answered, heard[0]["text"]):
        assert told.startswith(f"Declined by <@{ALICE}>")
        assert f"<@{BOB}>'s reason: why not" in told
        assert f"<@{ALICE}>'s reason: she is not quoted there" in told
    other = make_correction(reviewed, berth, person=BOB, decides=False)
    view = await stub.view_opened_by(stub.press("correction_accept", other))
    await stub.deliver(submission(stub, view))
    await stub.wait_until_idle()
    assert reviewed.corrections.lookup.correction(other).state == "accepted"
    assert reviewed.corrections.lookup.correction(other).rulings[0].reason is None


async def test_a_forged_decision_is_refused(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    made = make_correction(reviewed, berth, person="U3", decides=False)
    view = await stub.view_opened_by(stub.press("correction_accept", made))
    await stub.deliver(submission(stub, view, BOB, decision_why="mine"))
    assert await stub.words() == ["Only reviewers can decide on corrections. Nothing was changed."]
    assert reviewed.corrections.lookup.correction(made).state == "suggested"


def make_correction(newsroom: Newsroom, claim: Claim, *, person: str, decides: bool) -> str:
    made = newsroom.corrections.correct(
        team=TEAM,
        press=f"V{len(newsroom.store.corrections.find())}",
        claim_id=claim.id,
        changes={"speaker": "Mara Quill"},
        reason="why not",
        person=person,
        person_name=person,
        is_accepted=decides,
    )
    return made.id


async def modal_from(stub: SlackStub, method: str) -> Json:
    """Return the modal in the first call of a method of Slack."""
    for _ in range(100):
        if calls := stub.called(method):
            assert blockkit.view_problems(calls[0]["view"]) == []
            view: Json = calls[0]["view"]
            return view
        await stub.wait_until_idle()
    raise AssertionError(f"{method} was not called")


def undo_buttons(view: Json) -> list[Json]:
    accessories = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return [one for one in accessories if one["action_id"] == "correction_undo"]


def texts_in(view: Json) -> str:
    parts = [one for b in view["blocks"] for one in b.get("elements", [b.get("text")])]
    texts = [one["text"] for one in parts if one]
    return "\n".join(text if isinstance(text, str) else text["text"] for text in texts)


async def test_reviewers_undo_corrections_in_context(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    made = make_correction(reviewed, berth, person=BOB, decides=True)
    await stub.deliver(stub.press("context", berth.id))
    view = await modal_from(stub, "views.open")
    shown = texts_in(view)
    assert f'changed from "{berth.speaker}" to "Mara Quill" by <@{BOB}>' in shown
    assert "Why: why not" in shown
    (undo,) = undo_buttons(view)
    press = stub.press(undo["action_id"], undo["value"], view={**view, "id": "V1", "hash": "h"})
    del press["channel"], press["response_url"]
    await stub.deliver(press)
    anew = await modal_from(stub, "views.update")
    assert reviewed.corrections.lookup.correction(made).state == "undone"
    assert f"Undone by <@{ALICE}>" in texts_in(anew)
    assert "Search again to see the change" in texts_in(anew)
    assert undo_buttons(anew) == []
    for _ in range(50):  # the test before may have had this second's message to Bob
        await make_dispatcher(reviewed, stub.client).deliver(TEAM, BOB)
        if calls := stub.called("chat.postMessage"):
            break
        await asyncio.sleep(0.1)
    (told,) = calls
    assert told["channel"] == BOB
    assert told["text"].startswith(f"Undone by <@{ALICE}>")
    assert berth.text[:60] in told["text"], "which claim it was about"


async def test_only_reviewers_see_an_undo_button(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    make_correction(reviewed, berth, person=ALICE, decides=True)
    await stub.deliver(stub.press("context", berth.id, user={"id": BOB, "team_id": TEAM}))
    view = await modal_from(stub, "views.open")
    assert "Mara Quill" in texts_in(view)
    assert undo_buttons(view) == []
    form = await open_modal(stub, "speaker", berth, BOB)
    assert f'to "Mara Quill" by <@{ALICE}>' in texts_in(form)


async def test_reviewers_are_not_asked_about_withdrawn_suggestions(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    made = make_correction(reviewed, berth, person=BOB, decides=False)
    place = {"team": TEAM, "channel": ALICE, "key": f"correction/{made}"}
    reviewed.store.outbox.add(
        None,
        **place,
        payload=CorrectionPayload(made),
        claims=[berth.id],
        now=reviewed.now(),
    )
    reviewed.corrections.decide(made, "declined", person=BOB, person_name="bob")
    # Another test may have posted here less than a second ago: deliver_now waits for the next slot.
    dispatcher = make_dispatcher(reviewed, stub.client)
    assert await dispatcher.deliver_now(TEAM, ALICE, place["key"]) is None
    assert stub.called("chat.postMessage") == []


async def test_a_modal_updated_meanwhile_is_not_replaced(
    stub: SlackStub, reviewed: Newsroom, berth: Claim, caplog: pytest.LogCaptureFixture
) -> None:
    made = make_correction(reviewed, berth, person=ALICE, decides=True)
    await stub.deliver(stub.press("context", berth.id))
    view = await modal_from(stub, "views.open")
    (undo,) = undo_buttons(view)
    stub.answers["views.update"] = {"ok": False, "error": "hash_conflict"}
    press = stub.press(undo["action_id"], undo["value"], view={**view, "id": "V1", "hash": "h"})
    del press["channel"], press["response_url"]
    await stub.deliver(press)
    for _ in range(100):
        if stub.called("views.update"):
            break
        await stub.wait_until_idle()
    for _ in range(20):
        await stub.wait_until_idle()
    assert reviewed.corrections.lookup.correction(made).state == "undone"
    assert not records_of(caplog, "bot.slack", "slack_bolt"), "nothing has failed"


@pytest.mark.parametrize("correction", ["", "none", "<!channel>"])
async def test_a_forged_correction_id_is_refused(stub: SlackStub, correction: str) -> None:
    await stub.deliver(stub.press("correction_accept", correction))
    (told,) = await stub.words()
    assert told.startswith("There is no such correction")


async def test_a_correction_of_another_workspace_is_refused(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    made = reviewed.corrections.correct(
        **{"team": "T9", "press": "V1", "claim_id": berth.id, "changes": {"rejected": True}},
        **{"reason": "r", "person": "U9", "person_name": "zed", "is_accepted": False},
    )
    await stub.deliver(stub.press("correction_accept", made.id))
    assert (await stub.words())[0].startswith("There is no such correction")
    assert reviewed.corrections.lookup.correction(made.id).state == "suggested"


async def test_a_modal_says_that_its_claim_is_gone(
    stub: SlackStub, reviewed: Newsroom, berth: Claim
) -> None:
    view = await open_modal(stub, "rejected", berth)
    gone = {**view, "private_metadata": view["private_metadata"].replace(berth.id, "gone")}
    answer = await stub.deliver(submission(stub, gone, why="w"))
    assert "update" in str(answer.body)
    assert "no longer here" in str(answer.body)


@pytest.mark.parametrize(
    "value", ["", "share:", "nonsense:c1", "other:no-such-claim", "cite:<!channel>", "a:b:c"]
)
async def test_a_forged_menu_choice_is_refused(stub: SlackStub, value: str) -> None:
    await stub.deliver(stub.choose(CLAIM_MENU, value))
    (told,) = await stub.words()
    assert "no longer" in told
    assert "(ref" not in told
    assert not stub.called("views.open")


async def test_a_claim_is_shared_into_its_thread(stub: SlackStub, berth: Claim) -> None:
    inside = {"type": "message", "message_ts": "9.2", "channel_id": NEWSROOM, "thread_ts": "9.1"}
    await stub.post(stub.press("share", berth.id, container=inside))
    head = {**inside, "message_ts": "9.1"}
    await stub.post(stub.press("share", berth.id, container=head))
    for _ in range(100):
        if len(posted := stub.called("chat.postMessage")) > 1:
            break
        await stub.wait_until_idle()
    assert [one.get("thread_ts") for one in posted] == ["9.1", None]
    assert {one["channel"] for one in posted} == {NEWSROOM}
