"""The parts of the long conversation about watches, digests, articles, feeds, events and access."""

from __future__ import annotations

from datetime import timedelta

from bot.slack.gate import people
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, PLANNING, TEAM
from bot.store.delivery.payloads import TextPayload
from tests.slack.conversations.long_talk import (
    SECRET_OF_ALICE,
    SECRET_OF_BOB,
    Talk,
    as_shown,
    block,
    elements,
    file,
    words,
)
from tests.slack.conversations.recording_proxy import BotOutput
from tests.slack.desk import Json


async def watch(talk: Talk) -> None:
    desk, step, check_private, check_public = (
        talk.desk,
        talk.step,
        talk.check_private,
        talk.check_public,
    )
    step("/watch help")
    check_private(await desk.type_command("/watch help"), "/watch dm yuan ruble")
    step("/watch here")
    check_private(await desk.type_command("/watch quayside"), "First check: now", f"<#{NEWSROOM}>")
    step("/watch dm")
    check_private(await desk.type_command(f"/watch dm strike -{SECRET_OF_ALICE}"), "to you alone")
    step("/watch list")
    check_private(await desk.type_command("/watch list"), SECRET_OF_ALICE, "quayside")
    step("/watch list of another")
    assert "quayside" in words(
        check_private(await desk.type_command("/watch list", person=BOB), person=BOB)
    )
    step("too much")
    check_private(await desk.type_command("/watch type:direct"), "is broad")
    step("all the same")
    check_private(await desk.press_button("watch_anyway"), "First check: now")
    numbers = {
        watch.query: watch.number
        for watch in talk.newsroom.store.watches.for_person(TEAM, person=ALICE)
    }
    step("pause, resume and end by number")
    number = numbers["type:direct"]
    check_private(await desk.type_command(f"/watch pause {number}"), "is paused")
    check_private(await desk.type_command(f"/watch resume {number}"))
    check_private(await desk.type_command(f"/watch end {number}"))
    step("a watch that never was")
    check_private(await desk.type_command("/watch edit 999"), "no such watch")
    step("only its owner")
    number = numbers["quayside"]
    check_private(
        await desk.type_command(f"/watch end {number}", person=BOB), "Only whoever set", person=BOB
    )
    step("edit: hours that cannot be read")
    check_private(await desk.type_command(f"/watch edit {number}"), "quayside")
    chosen = {b["block_id"]: b["element"].get("initial_option") for b in desk.stack[-1]["blocks"]}
    kept = {name: {"selected_option": option} for name, option in chosen.items() if option}
    await desk.submit_modal({**kept, "query": "quayside", "at": "", "quiet": "whenever"})
    assert set(desk.errors) == {"quiet"}
    step("edit")
    check_private(
        await desk.submit_modal({**kept, "query": "quayside OR wharf", "at": "", "quiet": ""}),
        "changed",
    )
    step("a claim comes")
    await talk.run_jobs(later=timedelta(seconds=9))  # what has waited for its turn
    file(talk.newsroom, "w1", "the wharf will be closed until Friday, the union will strike")
    outputs = await talk.run_jobs()
    outputs = [output for output in outputs if output.method == "chat.postMessage"]
    check_public(outputs, "wharf")
    (direct,) = [output for output in outputs if output.person]
    assert (direct.person, SECRET_OF_ALICE in words(direct)) == (ALICE, True)
    step("the same again")
    assert await talk.run_jobs() == []
    step("pause and resume from the alert")
    check_private(await desk.press_button("watch_pause"), "is paused")
    check_private(await desk.type_command(f"/watch resume {number}"))
    step("edit and end from the list")
    check_private(await desk.type_command("/watch list"))
    message = await desk.last_with("watch_edit")
    check_private(await desk.press_button("watch_edit", message=message), "Change the watch")
    check_private(await desk.press_button("watch_pause", message=message), "is paused")
    check_private(await desk.type_command("/watch list"))
    check_private(await desk.press_button("watch_resume"), "Watch")
    check_private(await desk.press_button("watch_end", message=message))


async def schedule_digests(talk: Talk) -> None:
    desk, step, check_private, check_public = (
        talk.desk,
        talk.step,
        talk.check_private,
        talk.check_public,
    )
    step("/digest help")
    check_private(await desk.type_command("/digest help"), "/digest on 08:30")
    step("/digest preview")
    check_private(await desk.type_command("/digest preview"), "Only you can see this")
    step("/digest alone opens the settings")
    check_private(await desk.type_command("/digest"), "This channel has no digest")
    inputs = [block for block in desk.stack[-1]["blocks"] if block["type"] == "input"]
    kept = {block["block_id"]: as_shown(block["element"]) for block in inputs}
    step("the settings: an unknown time zone")
    await desk.submit_modal({**kept, "zone": "Mars"})
    assert set(desk.errors) == {"zone"}
    step("the settings")
    check_private(
        await desk.submit_modal({**kept, "at": "06:00", "zone": "Europe/London"}),
        "06:00 (Europe/London)",
    )
    step("/digest on, and what is changed of it")
    check_private(await desk.type_command("/digest on 08:30 weekdays"), "every weekday at 08:30")
    for typed, part in {
        "time 07:15": "07:15",
        "days daily": "every day at 07:15",
        "zone new york": "America/New_York",
        "topics add harbour": "topics: harbour",
        "topics remove harbour": "07:15",
        "outlets add the tidewater post": "only from: The Tidewater Post",
        "outlets remove the tidewater post": "07:15",
        "length short": "short: 5 claims",
        "skip": "skipped on",
        "pause until tomorrow": "next is due on",
        "resume": "next is due on",
        "zone London": "Europe/London",
        "days whenever": "I can't read whenever",
    }.items():
        step(f"/digest {typed}")
        check_private(await desk.type_command(f"/digest {typed}"), part)
    step("/digest list")
    check_private(await desk.type_command("/digest list"), f"<#{NEWSROOM}>")
    step("its settings, by a member and from elsewhere")
    message = await desk.last_with("digest_settings")
    check_private(
        await desk.press_button("digest_settings", person=BOB, message=message), "07:15", person=BOB
    )
    outputs = await desk.press_button(
        "digest_settings", value=PLANNING, person=BOB, message=message
    )
    check_private(outputs, "Only members of the channel", person=BOB)
    step("/digest now")
    file(talk.newsroom, "d1", "The ferry to Hollow Bay will not run before Monday")
    for name in ("Alder", "Birch", "Cedar", "Elder", "Hazel", "Linden"):  # more than it shows
        text = f"The {name} line keeps its old timetable for the winter months"
        file(talk.newsroom, f"d2-{name}", text)
    check_private(await desk.type_command("/digest now"), "here in a moment")
    outputs = await talk.run_jobs(later=timedelta(seconds=30))
    outputs = [output for output in outputs if output.method == "chat.postMessage"]
    assert {output.channel for output in outputs} == {NEWSROOM}
    assert outputs[0].body.get("thread_ts") is None
    assert "The ferry to Hollow Bay" in words(outputs[0])
    step("/digest now, again")
    check_private(await desk.type_command("/digest now"), "was posted at")
    assert [output for output in await talk.run_jobs() if output.method == "chat.postMessage"] == []
    step("what is new since then")
    check_private(await desk.press_button("digest_preview"), "Only you can see")
    digest = await desk.last_with("digest_row", public=True)
    for choice, part in {
        "context": "ferry",
        "cite": "Jane Roe",
        "why": "Why this is here",
        "wrong": "hat is wrong",
        "<!here>": "no longer works",
    }.items():
        step(f"a row's menu: {choice}")
        check_private(await desk.choose_option("digest_row", choice, message=digest), part)
    step("what the digest leaves out")
    outputs = await desk.press_button("digest_rest", person=BOB, message=digest)
    check_private(outputs, "Left out of the digest for", person=BOB)
    step("what is wrong with it?")
    outputs = await desk.press_button("correct_rejected", person=BOB)
    assert check_private(outputs, "Not a claim", person=BOB).method == "views.open"
    step("a row's menu: into the thread")
    await desk.choose_option("digest_row", "share_thread", message=digest)
    outputs = await desk.submit_modal({})
    posts = [output for output in outputs if output.person is None]
    shared = check_public(posts[-1:], "ferry")  # what waits in the thread comes first
    assert shared.body["thread_ts"] == digest["ts"]
    step("off in the settings")
    check_private(await desk.type_command("/digest"), "Turn the digest off")
    count = len(desk.outputs)
    await desk.press_in_view(desk.stack[-1], "digest_off", value=NEWSROOM)
    assert "The digest is off" in words(desk.outputs[count])
    step("/digest off")
    check_private(await desk.type_command("/digest off"), "This channel has no digest")


async def manage_articles_and_feeds(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private
    url = f"{talk.site.url}/harbour"

    def last(outputs: list[BotOutput], *parts: str, person: str = ALICE) -> BotOutput:
        return check_private(outputs[-1:], *parts, person=person)

    step("/article help")
    check_private(await desk.type_command("/article help"), "/article")
    step("/article URL")
    last(await desk.type_command(f"/article {url}"), "Harbour closed", "just added")
    step("/article with words")
    check_private(await desk.type_command("/article harbour closed"), "Harbour closed")
    step("one of several articles, and its pages")
    check_private(await desk.type_command("/article harbour"), "Which article do you mean?")
    check_private(await desk.press_button("article_open"), "Harbour closed")
    check_private(await desk.type_command("/article closure enters third day"), "1–3 shown")
    check_private(await desk.press_button("article_next"), "4–")
    check_private(await desk.press_button("article_previous"), "1–3 shown")
    check_private(await desk.type_command("/article harbour closed"), "Harbour closed")
    step("its sources")
    check_private(await desk.press_button("article_sources"), "Ingrid Solvane")
    step("no such article")
    check_private(
        await desk.type_command("/article photosynthesis"), "No article has photosynthesis"
    )
    step("unfurls")
    link = [{"url": url, "domain": "127.0.0.1"}]
    here: Json = {"user": ALICE, "channel": NEWSROOM, "message_ts": "1.000001", "links": link}
    await desk.send_event("link_shared", **here)
    assert not desk.called("chat.unfurl")
    check_private(await desk.type_command("/article unfurl on"), "three claims in this channel")
    await desk.send_event("link_shared", **here)
    assert [call["ts"] for call in desk.called("chat.unfurl")] == ["1.000001"]
    assert "Harbour closed" in str(desk.called("chat.unfurl"))
    check_private(
        await desk.type_command("/article unfurl off"), "leave links in this channel alone"
    )
    step("only admins withdraw")
    await desk.type_command("/article harbour closed")
    message = await desk.last_with("withdraw")
    outputs = await desk.press_button("withdraw", person=BOB, message=message)
    check_private(outputs, "Only admins can withdraw", person=BOB)
    step("withdraw: no reason")
    check_private(await desk.press_button("withdraw", message=message), "Withdraw the article?")
    await desk.submit_modal({"reason": "  "})
    assert set(desk.errors) == {"reason"}
    step("withdraw")
    last(await desk.submit_modal({"reason": "retracted"}), "was withdrawn")
    await talk.run_jobs()
    step("/feed")
    check_private(await desk.type_command("/feed help"), "/feed add")
    check_private(await desk.type_command("/feed list"), "There are no feeds yet")
    outputs = await desk.type_command(f"/feed add {talk.site.url}/feed", person=BOB)
    check_private(outputs, "Only admins", person=BOB)
    last(await desk.type_command(f"/feed add {talk.site.url}/feed"), "Its articles will come in")
    check_private(await desk.type_command("/feed pause the tidewater post"), "paused")
    check_private(await desk.type_command("/feed resume the tidewater post"), "being read again")
    check_private(await desk.type_command("/feed remove the tidewater post"), "Its articles stay")


async def use_other_surfaces(talk: Talk) -> None:
    desk, step, check_private, check_public = (
        talk.desk,
        talk.step,
        talk.check_private,
        talk.check_public,
    )
    step("a mention is answered in its thread")
    output = check_public(
        await desk.write_message(f"<@{BOT}> harbour"), "everyone here can see this"
    )
    thread = str(output.body["thread_ts"])
    step("a mention in a thread")
    output = check_public(
        await desk.write_message(f"<@{BOT}> photosynthesis", thread_ts=thread), "Nothing on"
    )
    assert output.body["thread_ts"] == thread
    step("a mention alone")
    check_private(await desk.write_message(f"<@{BOT}>", person=BOB), "Mention me", person=BOB)
    step("all of it")
    check_private(await desk.press_button("answer_all", person=BOB), "claims · ", person=BOB)
    step("another bot is not answered")
    count = len(desk.outputs)
    await desk.send_event(
        "app_mention", bot_id="B9", user=BOB, channel=NEWSROOM, ts="7.1", text="x"
    )
    assert desk.outputs[count:] == []
    step("a direct message")
    directly = (await talk.client.conversations_open(users=BOB))["channel"]["id"]
    outputs = await desk.write_message(f"harbour -{SECRET_OF_BOB}", person=BOB, channel=directly)
    check_private(outputs, "claims", person=BOB)
    step("share from a direct message")
    outputs = await desk.press_button("share", person=BOB, channel=directly)
    check_private(outputs, "A channel that you and I are both in", person=BOB)
    await desk.submit_modal({"channel": {"selected_conversation": directly}}, person=BOB)
    assert set(desk.errors) == {"channel"}
    step("share from a direct message: in a channel")
    outputs = await desk.submit_modal({"channel": {"selected_conversation": NEWSROOM}}, person=BOB)
    talk.check_public(
        [output for output in outputs if output.person is None], f"shared by <@{BOB}>"
    )
    check_private(
        [output for output in outputs if output.person], f"Shared in <#{NEWSROOM}>.", person=BOB
    )
    step("help in a direct message")
    outputs = await desk.write_message("help", person=BOB, channel=directly)
    check_private(outputs, "Write what you are looking for", person=BOB)
    step("Find this claim, in a thread")
    message = {"ts": "6.2", "thread_ts": thread, "text": "No vessel will berth", "user": BOB}
    count = len(desk.outputs)
    await desk.use_shortcut("find_this_claim", message=message)
    output = check_private(desk.outputs[count:], "No vessel will berth")
    assert output.body.get("thread_ts") == thread
    step("the conversation is opened")
    count = len(desk.outputs)
    await desk.send_event("app_home_opened", tab="messages", user=BOB, channel=directly)
    assert "Write what you are looking for" in words(desk.outputs[count])


async def use_home(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private

    async def home(person: str) -> BotOutput:
        outputs = await desk.outputs_of(desk._control("open-home", user=person))
        return check_private(outputs, person=person)

    step("Home")
    assert "For admins" not in words(await home(BOB))
    shown = await home(ALICE)
    assert "For admins" in words(shown)
    assert SECRET_OF_ALICE in words(shown)
    step("Home: find")
    count = len(desk.outputs)
    await desk.press_in_view(shown.body, "home_find", value="form")
    check_private(desk.outputs[count:], "Find a claim")
    step("Home: pause a watch")
    (watch, *_) = talk.newsroom.store.watches.for_person(TEAM, person=ALICE)
    count = len(desk.outputs)
    await desk.press_in_view(shown.body, "watch_pause", value=watch.id)
    check_private(desk.outputs[count:], "paused")
    step("Home: correction to decide")
    claim = talk.claim_of("harbour")
    correction = talk.newsroom.corrections.correct(
        team=TEAM, press="home", claim_id=claim.id, changes={"rejected": True}, reason="hm",
        person=BOB, person_name="bob", is_accepted=False,
    )  # fmt: skip
    assert correction.id in (await home(ALICE)).text
    count = len(desk.outputs)
    await desk.press_in_view(shown.body, "correction_decline", value=correction.id)
    await desk.submit_modal({"decision_why": "it is one"})
    assert {output.person for output in desk.outputs[count:]} == {ALICE, BOB}
    step("Home: a letter that was not posted")
    talk.newsroom.store.outbox.add(
        None,
        team=TEAM,
        channel="C0GONE",
        key="k1",
        payload=TextPayload("x", (block("x"),)),
        now=talk.newsroom.now(),
    )
    await talk.run_jobs()
    shown = await home(ALICE)
    (letter,) = {e["value"] for e in elements(shown.body) if e.get("action_id") == "home_drop"}
    count = len(desk.outputs)
    await desk.press_in_view(shown.body, "home_drop", value=letter, person=BOB)
    check_private(desk.outputs[count:], person=BOB)
    await desk.press_in_view(shown.body, "home_retry", value=letter)
    await talk.run_jobs(later=timedelta(minutes=1))
    await desk.press_in_view(shown.body, "home_drop", value=letter)
    assert "home_drop" not in (await home(ALICE)).text


async def check_access(talk: Talk) -> None:
    desk, step, check_private = talk.desk, talk.step, talk.check_private
    step("a guest")
    known = {"id": BOB, "team_id": TEAM, "is_restricted": True}
    people.clear_cache()
    desk.faults["users.info"] = {"ok": True, "user": known}
    check_private(await desk.type_command("/claim port", person=BOB), "not guests", person=BOB)
    step("a guest's press, form, names, Home, mention")
    check_private(await desk.press_button("share", person=BOB), "not guests", person=BOB)
    assert await desk.suggested_names("ingri", person=BOB) == []
    outputs = await desk.outputs_of(desk._control("open-home", user=BOB))
    assert "not guests" in words(check_private(outputs, person=BOB))
    outputs = await desk.write_message(f"<@{BOT}> port", person=BOB)
    check_private([output for output in outputs if output.person], "not guests", person=BOB)
    step("somebody of another organisation")
    people.clear_cache()
    desk.faults["users.info"] = {"ok": True, "user": {**known, "team_id": "T9"}}
    check_private(
        await desk.type_command("/claim port", person=BOB), "I only answer people", person=BOB
    )
    step("somebody of whom Slack says nothing")
    people.clear_cache()
    desk.faults["users.info"] = "missing_scope"
    outputs = await desk.type_command("/claim port", person=BOB)
    check_private(outputs, "I couldn't check with Slack who you are", "(ref ", person=BOB)
    step("another workspace")
    del desk.faults["users.info"]
    people.clear_cache()
    count = len(desk.outputs)
    event = {"type": "app_mention", "user": ALICE, "channel": "C9", "ts": "9.9", "text": "port"}
    team = {"team_id": "T9", "authorizations": [{"team_id": "T9"}]}
    body = {"type": "event_callback", "event_id": "Ev9", **team, "event": event}
    await desk.deliver(body)
    assert desk.outputs[count:] == []
