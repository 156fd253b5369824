"""The parts of the long conversation about searching, sharing and correcting."""

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
from tests.slack.conversations.recording_proxy import BotOutput
from tests.slack.desk import controls


async def search(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private
    step("/claim help")
    check_private(await desk.type_command("/claim help"), "/claim yuan ruble")
    step("/claim finds")
    check_private(
        await desk.type_command(f"/claim yuan OR ruble OR {SECRET_OF_ALICE}"), "claims · ", "Share"
    )
    step("/claim mends slips")
    check_private(
        await desk.type_command("/claim yaun rubel", person=BOB), "Nothing for “yaun”", person=BOB
    )
    step("exactly as typed")
    check_private(await desk.press_button("exact", person=BOB), "claim", person=BOB)
    step("next")
    await desk.type_command("/claim port")
    first = check_private(await desk.press_button("next"), "4–6")
    step("previous")
    check_private(await desk.press_button("previous"), "1–3")
    step("somebody else's page is not shown")
    (value,) = {e["value"] for e in elements(first.body) if e.get("action_id") == "next"}
    check_private(
        await desk.press_button("next", value=value, person=BOB), "no longer have", person=BOB
    )
    step("a filter")
    await desk.type_command("/claim port")
    menu = await desk.last_with("filter")
    option = next(e for e in elements(menu) if e.get("action_id") == "filter")["options"][0]
    check_private(await desk.choose_option("filter", option["value"]), "claim")
    step("nothing found")
    check_private(await desk.type_command("/claim photosynthesis"), "Nothing on photosynthesis")
    step("nearest words")
    check_private(
        await desk.type_command("/claim harbour photosynthesis"),
        "Nothing on harbour photosynthesis",
    )
    check_private(await desk.press_button("suggest_0"), "claims · ")
    step("a query that cannot be read")
    check_private(await desk.type_command("/claim after:never"), "I can't read after:never")
    step("hostile words")
    output = check_private(await desk.type_command("/claim <!channel> <@U02BOB> *evil*"))
    assert "<!channel>" not in output.text
    assert "<@U02BOB>" not in output.text
    step("Watch this for me")
    await desk.type_command(f"/claim harbour -{SECRET_OF_BOB}", person=BOB)
    check_private(await desk.press_button("watch_search", person=BOB), "to you alone", person=BOB)


async def use_form(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private
    step("/claim alone opens the form")
    check_private(await desk.type_command("/claim"), "Find a claim")
    step("names are offered")
    assert "Ingrid Solvane" in await desk.suggested_names("ingri")
    step("the form shows its query")
    state = {"words": {"form_words": {"value": f"berth {SECRET_OF_ALICE}"}}}
    typed = {"value": f"berth {SECRET_OF_ALICE}", "type": "plain_text_input"}
    count = len(desk.outputs)
    await desk.press_in_view(desk.stack[-1], "form_words", state=state, **typed)
    assert {output.method for output in desk.outputs[count:]} == {"views.update"}
    assert f"berth {SECRET_OF_ALICE}" in words(desk.outputs[-1])
    step("days in the wrong order")
    early, late = {"selected_date": "2026-11-04"}, {"selected_date": "2026-11-09"}
    await desk.submit_modal({"words": "port", "after": late, "before": early})
    assert set(desk.errors) == {"before"}
    step("the form is answered where it was opened")
    outputs = await desk.submit_modal({"words": "port", "after": early, "before": late})
    assert check_private(outputs, "port after:2026-11-04").channel == NEWSROOM
    step("the global shortcut")
    count = len(desk.outputs)
    await desk.use_shortcut("find_claim", person=BOB)
    assert check_private(desk.outputs[count:], "Find a claim", person=BOB).method == "views.open"
    step("its answer is a direct message")
    check_private(
        [
            output
            for output in await desk.submit_modal({"words": "port"}, person=BOB)
            if output.channel
        ],
        "port",
        person=BOB,
    )


async def share(talk: Talk) -> None:
    desk, step, check_private, check_public = (
        talk.desk,
        talk.step,
        talk.check_private,
        talk.check_public,
    )
    await desk.type_command('/claim "No vessel will berth"')
    answer = await desk.last_with("share")
    step("context")
    assert check_private(await desk.press_button("context"), "No vessel").method == "views.open"
    step("cite")
    assert check_private(await desk.press_button("cite"), "Ingrid Solvane").method == "views.open"
    check_public(await desk.submit_modal({}), "reported on", f"cited by <@{ALICE}>")
    step("share")
    shown = check_private(await desk.press_button("share", message=answer), "No vessel")
    assert shown.method == "views.open"
    check_public(await desk.submit_modal({}), f"shared by <@{ALICE}>")
    step("withdraw")
    outputs = await desk.press_button("withdraw_post", person=BOB)
    check_private(outputs, "Only they or a reviewer", person=BOB)
    step("share again")
    await desk.press_button("share", message=answer)
    check_private(await desk.submit_modal({}), "was already shared from here")
    step("share in a private channel")
    await desk.type_command('/claim "No vessel will berth"', channel=PLANNING)
    await desk.press_button("share", channel=PLANNING)
    check_public(await desk.submit_modal({}), "No vessel", channel=PLANNING)
    step("a claim that never was")
    check_private(
        await desk.press_button("context", value="<!channel>", message=answer), "no longer"
    )
    check_private(await desk.press_button("share", value="'; --", message=answer), "no longer")
    check_private(await desk.press_button("cite", value="c" * 300, message=answer), "no longer")
    step("more by the speaker")
    check_private(await desk.press_button("other", message=answer), "No vessel")
    check_private(await desk.press_button("claim_by"), 'by:"Ingrid Solvane"')
    step("the article")
    check_private(await desk.press_button("claim_article"), "paragraph")
    step("the menu: a forged choice")
    check_private(await desk.choose_option("claim_menu", "<!channel>"), "no longer works")


async def correct_claims(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private
    await desk.type_command('/claim "No vessel will berth"')
    answer = await desk.last_with("other")
    claim_id = next(one.value for one in controls(answer["blocks"]) if one.name == "other")
    claim = talk.newsroom.claims.load_hit(claim_id).claim
    check_private(await desk.press_button("other", message=answer), "No vessel")
    choices = await desk.last_with("correct_rejected")

    async def choose(kind: str, person: str = ALICE) -> BotOutput:
        outputs = await desk.press_button(f"correct_{kind}", person=person, message=choices)
        shown = check_private(outputs, person=person)
        assert shown.method == "views.open"
        return shown

    step("wrong speaker: no name")
    await choose("speaker")
    await desk.submit_modal({"why": "named before"})
    assert set(desk.errors) == {"other"}
    step("wrong speaker")
    outputs = await desk.submit_modal({"other": "Mara Quill", "why": f"{SECRET_OF_ALICE} knows"})
    check_private(outputs, 'to "Mara Quill"', "doesn't appear in the article")
    assert talk.newsroom.claims.load_hit(claim.id).claim.speaker == "Mara Quill"
    step("the next search shows it")
    check_private(
        await desk.type_command("/claim berth by:quill"), "Mara Quill", "corrected by a person"
    )
    step("what was shared shows it")
    mended = await talk.run_jobs()
    assert {output.channel for output in mended} == {NEWSROOM, PLANNING}
    assert all("Mara Quill" in words(output) for output in mended)
    step("only reviewers undo")
    check_private(
        await desk.press_button("correction_undo", person=BOB),
        "Only reviewers can decide",
        person=BOB,
    )
    step("undo")
    check_private(await desk.press_button("correction_undo"), "Undone by")
    assert talk.newsroom.claims.load_hit(claim.id).claim.speaker == "Ingrid Solvane"
    step("quote cut wrong: as before")
    await choose("words")
    inputs = {b["block_id"]: b["element"] for b in desk.stack[-1]["blocks"] if b["type"] == "input"}
    first, last = ({"selected_option": inputs[n]["initial_option"]} for n in ("first", "last"))
    await desk.submit_modal({"first": first, "last": last, "why": "x"})
    assert set(desk.errors) == {"first"}
    step("quote cut wrong")
    sooner = inputs["last"]["options"].index(inputs["last"]["initial_option"]) - 1
    last = {"selected_option": inputs["last"]["options"][sooner]}
    check_private(
        await desk.submit_modal({"first": first, "last": last, "why": "x"}), "Words changed from"
    )
    check_private(await desk.press_button("correction_undo"), "Undone by")
    step("not a claim, suggested")
    await choose("rejected", BOB)
    outputs = await desk.submit_modal({"why": "it is a rule"}, person=BOB)
    check_private(
        [output for output in outputs if output.person == BOB], "I've asked a reviewer", person=BOB
    )
    (request,) = [output for output in outputs if output.person == ALICE]
    assert "suggests a correction: marked as not a claim" in words(request)
    directly = (await talk.client.conversations_open(users=ALICE))["channel"]["id"]
    step("who suggests does not decide")
    message = await desk.last_with("correction_accept", channel=directly)
    outputs = await desk.press_button("correction_accept", message=message, person=BOB)
    check_private(outputs, "Only reviewers can decide", person=BOB)
    step("declined")
    check_private(await desk.press_button("correction_decline", message=message), "it is a rule")
    outputs = await desk.submit_modal({"decision_why": "it is what she said"})
    assert {output.person for output in outputs} == {ALICE, BOB}
    heard = words(next(output for output in outputs if output.person == BOB))
    assert "Declined by" in heard
    assert "it is what she said" in heard
    step("taken back")
    talk.later += timedelta(seconds=9)  # otherwise the rate limit delays the request
    await choose("rejected", BOB)
    await desk.submit_modal({"why": "is it?"}, person=BOB)
    outputs = await desk.press_button("correction_back", person=BOB)
    check_private(outputs, "Taken back by", person=BOB)
    step("suggested and accepted")
    talk.later += timedelta(seconds=9)
    await choose("rejected", BOB)
    await desk.submit_modal({"why": "a rule, I think"}, person=BOB)
    message = await desk.last_with("correction_accept", channel=directly)
    check_private(await desk.press_button("correction_accept", message=message), "a rule, I think")
    outputs = [output for output in await desk.submit_modal({}) if output.person == BOB]
    assert f"accepted by <@{ALICE}>" in words(outputs[0])
    (correction, *_) = talk.newsroom.store.corrections.find(state="accepted", claim_id=claim.id)
    talk.newsroom.corrections.decide(correction.id, "undone", person=ALICE, person_name="alice")
    step("not a claim, decided")
    await choose("rejected")
    check_private(await desk.submit_modal({"why": "it is a rule"}), "Marked as not a claim by")
    step("a claim that is gone")
    check_private(await desk.press_button("context", message=answer), "marked here as not a claim")
    outputs = await desk.press_button("correct_speaker", message=choices)
    check_private(outputs, "marked here as not a claim")
    mended = [output for output in await talk.run_jobs() if output.person is None]
    assert {output.channel for output in mended} == {NEWSROOM, PLANNING}
    assert all("marked here as not a claim" in words(output) for output in mended)
    step("and shows the claim again")
    check_private(await desk.press_button("correction_undo"), "Undone by")
    await talk.run_jobs(later=timedelta(seconds=9))  # a message a second


async def name_speakers(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private
    step("somebody said this: with which word?")
    statement = next(
        h.claim
        for h in talk.newsroom.search.find("type:statement", limit=9).hits
        if h.claim.paragraph
    )
    await desk.type_command("/claim type:statement")
    check_private(await desk.press_button("other", value=statement.id))
    check_private(await desk.press_button("correct_somebody"), "Name the speaker")
    await desk.submit_modal({"other": "Mara Quill", "why": "she did", "cue": "xyzzy"})
    assert set(desk.errors) == {"cue"}
    step("/speaker help")
    check_private(await desk.type_command("/speaker help"), "/speaker Sun Yun")
    step("/speaker")
    check_private(await desk.type_command("/speaker ingrid solvane"), "Ingrid Solvane", "claims in")
    step("its next page, and back")
    check_private(await desk.press_button("speaker_next"), "Ingrid Solvane")
    check_private(await desk.press_button("speaker_previous"), "Ingrid Solvane")
    step("nobody")
    check_private(await desk.type_command("/speaker Emil Aldery"), "No speaker is called")
    step("one of those who are near")
    check_private(await desk.press_button("speaker_0"), "claim")
    step("only reviewers merge")
    check_private(await desk.type_command("/speaker ingrid solvane", person=BOB), person=BOB)
    merging = await desk.last_with("speaker_merge")
    outputs = await desk.press_button("speaker_merge", person=BOB, message=merging)
    check_private(outputs, "Only reviewers can decide", person=BOB)
    step("merge: nothing chosen")
    await desk.type_command("/speaker ingrid solvane")
    check_private(await desk.press_button("speaker_merge"), "Same person")
    (block,) = [block for block in desk.stack[-1]["blocks"] if block["type"] == "input"]
    await desk.submit_modal({block["block_id"]: {"selected_option": None}})
    assert set(desk.errors) == {block["block_id"]}
    step("merge")
    other = next(n for n in await desk.suggested_names("mi") if n != "Ingrid Solvane")
    option = {"text": {"type": "plain_text", "text": other}, "value": other}
    check_private(
        await desk.submit_modal({block["block_id"]: {"selected_option": option}}),
        "are now one speaker",
    )
    step("split")
    await desk.type_command("/speaker ingrid solvane")
    check_private(await desk.press_button("speaker_split"), "Not the same person")
    (block,) = [block for block in desk.stack[-1]["blocks"] if block["type"] == "input"]
    some = block["element"]["options"][:1]
    check_private(
        await desk.submit_modal({block["block_id"]: {"selected_options": some}}),
        "no longer counts as",
    )
    step("undo a ruling")
    check_private(await desk.press_button("speaker_undo"), "was undone")
