"""The parts of the long conversation in which somebody asks, shares and corrects."""

from __future__ import annotations

from datetime import timedelta

from bot.slack.local import ALICE, BOB, NEWSROOM, PLANNING
from tests.slack.conversations.long_talk import (
    SECRET_OF_ALICE,
    SECRET_OF_BOB,
    Talk,
    elements,
    words,
)
from tests.slack.conversations.recording_proxy import Told


async def searching(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    step("/claim help")
    alone(await desk.typed("/claim help"), "/claim yuan ruble")
    step("/claim finds")
    alone(await desk.typed(f"/claim yuan OR ruble OR {SECRET_OF_ALICE}"), "claims · ", "Share")
    step("/claim mends slips")
    alone(await desk.typed("/claim yaun rubel", person=BOB), 'Nothing for "yaun"', person=BOB)
    step("exactly as typed")
    alone(await desk.pressed("exact", person=BOB), "claim", person=BOB)
    step("next")
    await desk.typed("/claim port")
    first = alone(await desk.pressed("next"), "4–6")
    step("previous")
    alone(await desk.pressed("previous"), "1–3")
    step("somebody else's page is not shown")
    (value,) = {e["value"] for e in elements(first.body) if e.get("action_id") == "next"}
    alone(await desk.pressed("next", value=value, person=BOB), "no longer have", person=BOB)
    step("a filter")
    await desk.typed("/claim port")
    menu = await desk.last_with("filter")
    option = next(e for e in elements(menu) if e.get("action_id") == "filter")["options"][0]
    alone(await desk.chosen("filter", option["value"]), "claim")
    step("nothing found")
    alone(await desk.typed("/claim photosynthesis"), "Nothing on photosynthesis")
    step("nearest words")
    alone(await desk.typed("/claim harbour photosynthesis"), "Nothing on harbour photosynthesis")
    alone(await desk.pressed("suggest_0"), "claims · ")
    step("a query that cannot be read")
    alone(await desk.typed("/claim after:never"), "I can't read after:never")
    step("hostile words")
    told = alone(await desk.typed("/claim <!channel> <@U02BOB> *evil*"))
    assert "<!channel>" not in told.text
    assert "<@U02BOB>" not in told.text
    step("Watch this for me")
    await desk.typed(f"/claim harbour -{SECRET_OF_BOB}", person=BOB)
    alone(await desk.pressed("watch_search", person=BOB), "to you alone", person=BOB)


async def forming(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    step("/claim alone opens the form")
    alone(await desk.typed("/claim"), "Find a claim")
    step("names are offered")
    assert "Ingrid Solvane" in await desk.options_for("ingri")
    step("the form shows its query")
    state = {"words": {"form_words": {"value": f"berth {SECRET_OF_ALICE}"}}}
    typed = {"value": f"berth {SECRET_OF_ALICE}", "type": "plain_text_input"}
    count = len(desk.told)
    await desk.presses_inside(desk.stack[-1], "form_words", state=state, **typed)
    assert {one.method for one in desk.told[count:]} == {"views.update"}
    assert f"berth {SECRET_OF_ALICE}" in words(desk.told[-1])
    step("days in the wrong order")
    early, late = {"selected_date": "2026-11-04"}, {"selected_date": "2026-11-09"}
    await desk.sent({"words": "port", "after": late, "before": early})
    assert set(desk.errors) == {"before"}
    step("the form is answered where it was opened")
    told = await desk.sent({"words": "port", "after": early, "before": late})
    assert alone(told, "port after:2026-11-04").channel == NEWSROOM
    step("the global shortcut")
    count = len(desk.told)
    await desk.calls_shortcut("find_claim", person=BOB)
    assert alone(desk.told[count:], "Find a claim", person=BOB).method == "views.open"
    step("its answer is a direct message")
    alone(
        [one for one in await desk.sent({"words": "port"}, person=BOB) if one.channel],
        "port",
        person=BOB,
    )


async def sharing(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    await desk.typed('/claim "No vessel will berth"')
    answer = await desk.last_with("share")
    step("context")
    assert alone(await desk.pressed("context"), "No vessel").method == "views.open"
    step("cite")
    assert alone(await desk.pressed("cite"), "Ingrid Solvane").method == "views.open"
    public(await desk.sent({}), "reported on", f"cited by <@{ALICE}>")
    step("share")
    public(await desk.pressed("share", message=answer), f"shared by <@{ALICE}>")
    step("share again")
    told = await desk.pressed("share", message=answer)
    alone(told, "was already shared from here")
    step("share in a private channel")
    await desk.typed('/claim "No vessel will berth"', channel=PLANNING)
    told = await desk.pressed("share", channel=PLANNING)
    public(told, "No vessel", channel=PLANNING)
    step("a claim that never was")
    alone(await desk.pressed("context", value="<!channel>", message=answer), "no longer")
    alone(await desk.pressed("share", value="'; --", message=answer), "no longer")
    alone(await desk.pressed("cite", value="c" * 300, message=answer), "no longer")
    step("the menu: more by the speaker")
    alone(await desk.chosen("claim_menu", "by:"), 'by:"Ingrid Solvane"')
    step("the menu: the article")
    alone(await desk.chosen("claim_menu", "article:"), "paragraph")
    step("the menu: a claim of a row by itself")
    claim_id = next(e["value"] for e in elements(answer) if e.get("action_id") == "share")
    alone(await desk.chosen("claim_menu", f"alone:{claim_id}", message=answer), "No vessel")
    step("the menu: a forged choice")
    alone(await desk.chosen("claim_menu", "<!channel>"), "no longer works")


async def correcting(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    await desk.typed('/claim "No vessel will berth"')
    answer = await desk.last_with("claim_menu")
    claim_id = next(e["value"] for e in elements(answer) if e.get("action_id") == "share")
    claim = talk.newsroom.claims.load_hit(claim_id).claim

    async def choose(kind: str, person: str = ALICE) -> Told:
        told = await desk.chosen("claim_menu", f"{kind}:{claim.id}", person=person, message=answer)
        shown = alone(told, person=person)
        assert shown.method == "views.open"
        return shown

    step("wrong speaker: no name")
    await choose("speaker")
    await desk.sent({"why": "named before"})
    assert set(desk.errors) == {"other"}
    step("wrong speaker")
    told = await desk.sent({"other": "Mara Quill", "why": f"{SECRET_OF_ALICE} knows"})
    alone(told, 'to "Mara Quill"', "doesn't appear in the article")
    assert talk.newsroom.claims.load_hit(claim.id).claim.speaker == "Mara Quill"
    step("the next search shows it")
    alone(await desk.typed("/claim berth by:quill"), "Mara Quill", "corrected by a person")
    step("what was shared shows it")
    mended = await talk.worked()
    assert {one.channel for one in mended} == {NEWSROOM, PLANNING}
    assert all("Mara Quill" in words(one) for one in mended)
    step("only reviewers undo")
    alone(
        await desk.pressed("correction_undo", person=BOB), "Only reviewers can decide", person=BOB
    )
    step("undo")
    alone(await desk.pressed("correction_undo"), "Undone by")
    assert talk.newsroom.claims.load_hit(claim.id).claim.speaker == "Ingrid Solvane"
    step("quote cut wrong: as before")
    await choose("words")
    inputs = {b["block_id"]: b["element"] for b in desk.stack[-1]["blocks"] if b["type"] == "input"}
    first, last = ({"selected_option": inputs[n]["initial_option"]} for n in ("first", "last"))
    await desk.sent({"first": first, "last": last, "why": "x"})
    assert set(desk.errors) == {"first"}
    step("quote cut wrong")
    sooner = inputs["last"]["options"].index(inputs["last"]["initial_option"]) - 1
    last = {"selected_option": inputs["last"]["options"][sooner]}
    alone(await desk.sent({"first": first, "last": last, "why": "x"}), "Words changed from")
    alone(await desk.pressed("correction_undo"), "Undone by")
    step("not a claim, suggested")
    await choose("rejected", BOB)
    told = await desk.sent({"why": "it is a rule"}, person=BOB)
    alone([one for one in told if one.person == BOB], "I've asked a reviewer", person=BOB)
    (asked,) = [one for one in told if one.person == ALICE]
    assert "suggests a correction: marked as not a claim" in words(asked)
    directly = (await talk.client.conversations_open(users=ALICE))["channel"]["id"]
    step("who suggests does not decide")
    message = await desk.last_with("correction_accept", channel=directly)
    told = await desk.pressed("correction_accept", message=message, person=BOB)
    alone(told, "Only reviewers can decide", person=BOB)
    step("declined")
    alone(await desk.pressed("correction_decline", message=message), "it is a rule")
    told = await desk.sent({"decision_why": "it is what she said"})
    assert {one.person for one in told} == {ALICE, BOB}
    heard = words(next(one for one in told if one.person == BOB))
    assert "Declined by" in heard
    assert "it is what she said" in heard
    step("taken back")
    talk.later += timedelta(seconds=9)  # else nobody is asked in time: a message a second
    await choose("rejected", BOB)
    await desk.sent({"why": "is it?"}, person=BOB)
    told = await desk.pressed("correction_back", person=BOB)
    alone(told, "Taken back by", person=BOB)
    step("suggested and accepted")
    talk.later += timedelta(seconds=9)
    await choose("rejected", BOB)
    await desk.sent({"why": "a rule, I think"}, person=BOB)
    message = await desk.last_with("correction_accept", channel=directly)
    alone(await desk.pressed("correction_accept", message=message), "a rule, I think")
    told = [one for one in await desk.sent({}) if one.person == BOB]
    assert f"accepted by <@{ALICE}>" in words(told[0])
    (made, *_) = talk.newsroom.store.corrections.find(state="accepted", claim_id=claim.id)
    talk.newsroom.corrections.decide(made.id, "undone", person=ALICE, person_name="alice")
    step("not a claim, decided")
    await choose("rejected")
    alone(await desk.sent({"why": "it is a rule"}), "Marked as not a claim by")
    step("a claim that is gone")
    alone(await desk.pressed("context", message=answer), "marked here as not a claim")
    told = await desk.chosen("claim_menu", f"speaker:{claim.id}", message=answer)
    alone(told, "marked here as not a claim")
    mended = [one for one in await talk.worked() if one.person is None]
    assert {one.channel for one in mended} == {NEWSROOM, PLANNING}
    assert all("marked here as not a claim" in words(one) for one in mended)
    step("and is there again")
    alone(await desk.pressed("correction_undo"), "Undone by")
    await talk.worked(later=timedelta(seconds=9))  # a message a second


async def naming(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    step("somebody said this: with which word?")
    statement = next(
        h.claim
        for h in talk.newsroom.search.find("type:statement", limit=9).hits
        if h.claim.paragraph
    )
    await desk.typed("/claim type:statement")
    alone(await desk.chosen("claim_menu", f"somebody:{statement.id}"), "Name the speaker")
    await desk.sent({"other": "Mara Quill", "why": "she did", "cue": "xyzzy"})
    assert set(desk.errors) == {"cue"}
    step("/speaker help")
    alone(await desk.typed("/speaker help"), "/speaker Sun Yun")
    step("/speaker")
    alone(await desk.typed("/speaker ingrid solvane"), "Ingrid Solvane", "claims in")
    step("its next page, and back")
    alone(await desk.pressed("speaker_next"), "Ingrid Solvane")
    alone(await desk.pressed("speaker_previous"), "Ingrid Solvane")
    step("nobody")
    alone(await desk.typed("/speaker Emil Aldery"), "No speaker is called")
    step("one of those who are near")
    alone(await desk.pressed("speaker_0"), "claim")
    step("only reviewers merge")
    alone(await desk.typed("/speaker ingrid solvane", person=BOB), person=BOB)
    merging = await desk.last_with("speaker_merge")
    told = await desk.pressed("speaker_merge", person=BOB, message=merging)
    alone(told, "Only reviewers can decide", person=BOB)
    step("merge: nothing chosen")
    await desk.typed("/speaker ingrid solvane")
    alone(await desk.pressed("speaker_merge"), "Same person")
    (block,) = [one for one in desk.stack[-1]["blocks"] if one["type"] == "input"]
    await desk.sent({block["block_id"]: {"selected_option": None}})
    assert set(desk.errors) == {block["block_id"]}
    step("merge")
    other = next(n for n in await desk.options_for("mi") if n != "Ingrid Solvane")
    option = {"text": {"type": "plain_text", "text": other}, "value": other}
    alone(await desk.sent({block["block_id"]: {"selected_option": option}}), "are now one speaker")
    step("split")
    await desk.typed("/speaker ingrid solvane")
    alone(await desk.pressed("speaker_split"), "Not the same person")
    (block,) = [one for one in desk.stack[-1]["blocks"] if one["type"] == "input"]
    some = block["element"]["options"][:1]
    alone(await desk.sent({block["block_id"]: {"selected_options": some}}), "no longer counts as")
    step("undo a ruling")
    alone(await desk.pressed("speaker_undo"), "was undone")
