"""The parts of the long conversation about news, articles, and where else people meet the bot."""

from __future__ import annotations

import re
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
from tests.slack.conversations.recording_proxy import Told
from tests.slack.desk import Json


async def watching(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    step("/watch help")
    alone(await desk.typed("/watch help"), "/watch dm yuan ruble")
    step("/watch here")
    alone(await desk.typed("/watch quayside"), "First check: now", f"<#{NEWSROOM}>")
    step("/watch dm")
    alone(await desk.typed(f"/watch dm strike -{SECRET_OF_ALICE}"), "to you alone")
    step("/watch list")
    alone(await desk.typed("/watch list"), SECRET_OF_ALICE, "quayside")
    step("/watch list of another")
    assert "quayside" in words(alone(await desk.typed("/watch list", person=BOB), person=BOB))
    step("too much")
    alone(await desk.typed("/watch type:direct"), "is broad")
    step("all the same")
    alone(await desk.pressed("watch_anyway"), "First check: now")
    numbers = {one.query: one.number for one in talk.newsroom.store.watches.of(TEAM, person=ALICE)}
    step("pause, resume and end by number")
    number = numbers["type:direct"]
    alone(await desk.typed(f"/watch pause {number}"), "is paused")
    alone(await desk.typed(f"/watch resume {number}"))
    alone(await desk.typed(f"/watch end {number}"))
    step("a watch that never was")
    alone(await desk.typed("/watch edit 999"), "no such watch")
    step("only its owner")
    number = numbers["quayside"]
    alone(await desk.typed(f"/watch end {number}", person=BOB), "Only whoever set", person=BOB)
    step("edit: hours that cannot be read")
    alone(await desk.typed(f"/watch edit {number}"), "quayside")
    chosen = {b["block_id"]: b["element"].get("initial_option") for b in desk.stack[-1]["blocks"]}
    kept = {name: {"selected_option": one} for name, one in chosen.items() if one}
    await desk.sent({**kept, "query": "quayside", "at": "", "quiet": "whenever"})
    assert set(desk.errors) == {"quiet"}
    step("edit")
    alone(await desk.sent({**kept, "query": "quayside OR wharf", "at": "", "quiet": ""}), "changed")
    step("a claim comes")
    await talk.worked(later=timedelta(seconds=9))  # what has waited for its turn
    file(talk.newsroom, "w1", "the wharf will be closed until Friday, the union will strike")
    told = await talk.worked()
    told = [one for one in told if one.method == "chat.postMessage"]
    public(told, "wharf")
    (direct,) = [one for one in told if one.person]
    assert (direct.person, SECRET_OF_ALICE in words(direct)) == (ALICE, True)
    step("the same again")
    assert await talk.worked() == []
    step("pause and resume from the alert")
    alone(await desk.pressed("watch_pause"), "is paused")
    alone(await desk.typed(f"/watch resume {number}"))
    step("edit and end from the list")
    alone(await desk.typed("/watch list"))
    there = await desk.last_with("watch_edit")
    alone(await desk.pressed("watch_edit", message=there), "Change the watch")
    alone(await desk.pressed("watch_pause", message=there), "is paused")
    alone(await desk.typed("/watch list"))
    alone(await desk.pressed("watch_resume"), "Watch")
    alone(await desk.pressed("watch_end", message=there))


async def digesting(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    step("/digest help")
    alone(await desk.typed("/digest help"), "/digest on 08:30")
    step("/digest preview")
    alone(await desk.typed("/digest preview"), "Only you can see this")
    step("/digest alone opens the settings")
    alone(await desk.typed("/digest"), "This channel has no digest")
    shown = [one for one in desk.stack[-1]["blocks"] if one["type"] == "input"]
    kept = {one["block_id"]: as_shown(one["element"]) for one in shown}
    step("the settings: a zone that is none")
    await desk.sent({**kept, "zone": "Mars"})
    assert set(desk.errors) == {"zone"}
    step("the settings")
    alone(
        await desk.sent({**kept, "at": "06:00", "zone": "Europe/London"}), "06:00 (Europe/London)"
    )
    step("/digest on, and what is changed of it")
    alone(await desk.typed("/digest on 08:30 weekdays"), "every weekday at 08:30")
    for typed, part in {
        "time 07:15": "07:15",
        "days daily": "every day at 07:15",
        "zone new york": "America/New_York",
        "topics add harbour": "topics: harbour",
        "topics remove harbour": "07:15",
        "outlets add the tidewater post": "only from: The Tidewater Post",
        "outlets remove the tidewater post": "07:15",
        "length short": "short: 5 claims",
        "language Deutsch": "dates in German: ",
        "language frensh": "I can't read frensh. Dates can be in English",
        "skip": "skipped on",
        "pause until tomorrow": "next is due on",
        "resume": "next is due on",
        "zone London": "Europe/London",
        "days whenever": "I can't read whenever",
    }.items():
        step(f"/digest {typed}")
        alone(await desk.typed(f"/digest {typed}"), part)
    step("/digest list")
    alone(await desk.typed("/digest list"), f"<#{NEWSROOM}>")
    step("its settings, by a member and from elsewhere")
    there = await desk.last_with("digest_settings")
    alone(await desk.pressed("digest_settings", person=BOB, message=there), "07:15", person=BOB)
    told = await desk.pressed("digest_settings", value=PLANNING, person=BOB, message=there)
    alone(told, "Only members of the channel", person=BOB)
    step("/digest now")
    file(talk.newsroom, "d1", "The ferry to Hollow Bay will not run before Monday")
    for name in ("Alder", "Birch", "Cedar", "Elder", "Hazel", "Linden"):  # more than it shows
        text = f"The {name} line keeps its old timetable for the winter months"
        file(talk.newsroom, f"d2-{name}", text)
    alone(await desk.typed("/digest now"), "here in a moment")
    told = await talk.worked(later=timedelta(seconds=30))
    told = [one for one in told if one.method == "chat.postMessage"]
    assert {one.channel for one in told} == {NEWSROOM}
    assert told[0].body.get("thread_ts") is None
    assert "The ferry to Hollow Bay" in words(told[0])
    assert re.search(r"\w+(tag|woch), \d+\. \w+ \d{4}: ", words(told[0]))
    alone(await desk.typed("/digest language en"), "07:15")
    step("/digest now, again")
    alone(await desk.typed("/digest now"), "was posted at")
    assert [one for one in await talk.worked() if one.method == "chat.postMessage"] == []
    step("what is new since then")
    alone(await desk.pressed("digest_preview"), "Only you can see")
    digest = await desk.last_with("digest_row", public=True)
    for choice, part in {
        "context": "ferry",
        "cite": "Jane Roe",
        "why": "Why this is here",
        "wrong": "hat is wrong",
        "<!here>": "no longer works",
    }.items():
        step(f"a row's menu: {choice}")
        alone(await desk.chosen("digest_row", choice, message=digest), part)
    step("what the digest leaves out")
    told = await desk.pressed("digest_rest", person=BOB, message=digest)
    alone(told, "Left out of the digest for", person=BOB)
    step("what is wrong with it?")
    told = await desk.pressed("correct_rejected", person=BOB)
    assert alone(told, "Not a claim", person=BOB).method == "views.open"
    step("a row's menu: into the thread")
    told = await desk.chosen("digest_row", "share_thread", message=digest)
    posts = [one for one in told if one.person is None]
    shared = public(posts[-1:], "ferry")  # what waits in the thread comes first
    assert shared.body["thread_ts"] == digest["ts"]
    step("off in the settings")
    alone(await desk.typed("/digest"), "Turn the digest off")
    count = len(desk.told)
    await desk.presses_inside(desk.stack[-1], "digest_off", value=NEWSROOM)
    assert "The digest is off" in words(desk.told[count])
    step("/digest off")
    alone(await desk.typed("/digest off"), "This channel has no digest")


async def articles_and_feeds(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    url = f"{talk.site.url}/harbour"

    def last(told: list[Told], *parts: str, person: str = ALICE) -> Told:
        return alone(told[-1:], *parts, person=person)

    step("/article help")
    alone(await desk.typed("/article help"), "/article")
    step("/article URL")
    last(await desk.typed(f"/article {url}"), "Harbour closed", "just added")
    step("/article with words")
    alone(await desk.typed("/article harbour closed"), "Harbour closed")
    step("one of several articles, and its pages")
    alone(await desk.typed("/article harbour"), "Which article do you mean?")
    alone(await desk.pressed("article_open"), "Harbour closed")
    alone(await desk.typed("/article closure enters third day"), "1–3 shown")
    alone(await desk.pressed("article_next"), "4–")
    alone(await desk.pressed("article_previous"), "1–3 shown")
    alone(await desk.typed("/article harbour closed"), "Harbour closed")
    step("its sources")
    alone(await desk.pressed("article_sources"), "Ingrid Solvane")
    step("no such article")
    alone(await desk.typed("/article photosynthesis"), "No article has photosynthesis")
    step("unfurls")
    link = [{"url": url, "domain": "127.0.0.1"}]
    here: Json = {"user": ALICE, "channel": NEWSROOM, "message_ts": "1.000001", "links": link}
    await desk.hears("link_shared", **here)
    assert not desk.called("chat.unfurl")
    alone(await desk.typed("/article unfurl on"), "three claims in this channel")
    await desk.hears("link_shared", **here)
    assert [one["ts"] for one in desk.called("chat.unfurl")] == ["1.000001"]
    assert "Harbour closed" in str(desk.called("chat.unfurl"))
    alone(await desk.typed("/article unfurl off"), "leave links in this channel alone")
    step("only admins withdraw")
    await desk.typed("/article harbour closed")
    there = await desk.last_with("withdraw")
    told = await desk.pressed("withdraw", person=BOB, message=there)
    alone(told, "Only admins can withdraw", person=BOB)
    step("withdraw: no reason")
    alone(await desk.pressed("withdraw", message=there), "Withdraw the article?")
    await desk.sent({"reason": "  "})
    assert set(desk.errors) == {"reason"}
    step("withdraw")
    last(await desk.sent({"reason": "retracted"}), "was withdrawn")
    await talk.worked()
    step("/feed")
    alone(await desk.typed("/feed help"), "/feed add")
    alone(await desk.typed("/feed list"), "There are no feeds yet")
    told = await desk.typed(f"/feed add {talk.site.url}/feed", person=BOB)
    alone(told, "Only admins", person=BOB)
    last(await desk.typed(f"/feed add {talk.site.url}/feed"), "Its articles will come in")
    alone(await desk.typed("/feed pause the tidewater post"), "paused")
    alone(await desk.typed("/feed resume the tidewater post"), "being read again")
    alone(await desk.typed("/feed remove the tidewater post"), "Its articles stay")


async def in_passing(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    step("a mention is answered in its thread")
    told = public(await desk.written(f"<@{BOT}> harbour"), "everyone here can see this")
    thread = str(told.body["thread_ts"])
    step("a mention in a thread")
    told = public(await desk.written(f"<@{BOT}> photosynthesis", thread_ts=thread), "Nothing on")
    assert told.body["thread_ts"] == thread
    step("a mention alone")
    alone(await desk.written(f"<@{BOT}>", person=BOB), "Mention me", person=BOB)
    step("all of it")
    alone(await desk.pressed("answer_all", person=BOB), "claims · ", person=BOB)
    step("another bot is not answered")
    count = len(desk.told)
    await desk.hears("app_mention", bot_id="B9", user=BOB, channel=NEWSROOM, ts="7.1", text="x")
    assert desk.told[count:] == []
    step("a direct message")
    directly = (await talk.client.conversations_open(users=BOB))["channel"]["id"]
    told = await desk.written(f"harbour -{SECRET_OF_BOB}", person=BOB, channel=directly)
    alone(told, "claims", person=BOB)
    step("share from a direct message")
    told = await desk.pressed("share", person=BOB, channel=directly)
    alone(told, "A channel that you and I are both in", person=BOB)
    await desk.sent({"channel": {"selected_conversation": directly}}, person=BOB)
    assert set(desk.errors) == {"channel"}
    step("share from a direct message: in a channel")
    told = await desk.sent({"channel": {"selected_conversation": NEWSROOM}}, person=BOB)
    talk.public([one for one in told if one.person is None], f"shared by <@{BOB}>")
    alone([one for one in told if one.person], f"Shared in <#{NEWSROOM}>.", person=BOB)
    step("help in a direct message")
    told = await desk.written("help", person=BOB, channel=directly)
    alone(told, "Write what you are looking for", person=BOB)
    step("Find this claim, in a thread")
    message = {"ts": "6.2", "thread_ts": thread, "text": "No vessel will berth", "user": BOB}
    count = len(desk.told)
    await desk.calls_shortcut("find_this_claim", message=message)
    told = alone(desk.told[count:], "No vessel will berth")
    assert told.body.get("thread_ts") == thread
    step("the assistant's pane")
    pane = {"user_id": BOB, "channel_id": directly, "thread_ts": "8.1"}
    count = len(desk.told)
    await desk.hears("assistant_thread_started", assistant_thread=pane)
    assert "Write what you are looking for" in words(desk.told[count])


async def at_home(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone

    async def home(person: str) -> Told:
        told = await desk.seen_of(desk._control("open-home", user=person))
        return alone(told, person=person)

    step("Home")
    assert "For admins" not in words(await home(BOB))
    shown = await home(ALICE)
    assert "For admins" in words(shown)
    assert SECRET_OF_ALICE in words(shown)
    step("Home: find")
    count = len(desk.told)
    await desk.presses_inside(shown.body, "home_find", value="form")
    alone(desk.told[count:], "Find a claim")
    step("Home: pause a watch")
    (watch, *_) = talk.newsroom.store.watches.of(TEAM, person=ALICE)
    count = len(desk.told)
    await desk.presses_inside(shown.body, "watch_pause", value=watch.id)
    alone(desk.told[count:], "paused")
    step("Home: correction to decide")
    claim = talk.claim_of("harbour")
    made = talk.newsroom.corrections.correct(
        team=TEAM, press="home", claim_id=claim.id, changes={"rejected": True}, reason="hm",
        person=BOB, person_name="bob", is_accepted=False,
    )  # fmt: skip
    assert made.id in (await home(ALICE)).text
    count = len(desk.told)
    await desk.presses_inside(shown.body, "correction_decline", value=made.id)
    await desk.sent({"decision_why": "it is one"})
    assert {one.person for one in desk.told[count:]} == {ALICE, BOB}
    step("Home: a letter that was not posted")
    talk.newsroom.store.outbox.add(
        None,
        team=TEAM,
        channel="C0GONE",
        key="k1",
        payload=TextPayload("x", (block("x"),)),
        now=talk.newsroom.now(),
    )
    await talk.worked()
    shown = await home(ALICE)
    (letter,) = {e["value"] for e in elements(shown.body) if e.get("action_id") == "home_drop"}
    count = len(desk.told)
    await desk.presses_inside(shown.body, "home_drop", value=letter, person=BOB)
    alone(desk.told[count:], person=BOB)
    await desk.presses_inside(shown.body, "home_retry", value=letter)
    await talk.worked(later=timedelta(minutes=1))
    await desk.presses_inside(shown.body, "home_drop", value=letter)
    assert "home_drop" not in (await home(ALICE)).text


async def being_let_in(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    step("a guest")
    known = {"id": BOB, "team_id": TEAM, "is_restricted": True}
    people.clear_cache()
    desk.faults["users.info"] = {"ok": True, "user": known}
    alone(await desk.typed("/claim port", person=BOB), "not guests", person=BOB)
    step("a guest's press, form, names, Home, mention")
    alone(await desk.pressed("share", person=BOB), "not guests", person=BOB)
    assert await desk.options_for("ingri", person=BOB) == []
    told = await desk.seen_of(desk._control("open-home", user=BOB))
    assert "not guests" in words(alone(told, person=BOB))
    told = await desk.written(f"<@{BOT}> port", person=BOB)
    alone([one for one in told if one.person], "not guests", person=BOB)
    step("somebody of another organisation")
    people.clear_cache()
    desk.faults["users.info"] = {"ok": True, "user": {**known, "team_id": "T9"}}
    alone(await desk.typed("/claim port", person=BOB), "I only answer people", person=BOB)
    step("somebody of whom Slack says nothing")
    people.clear_cache()
    desk.faults["users.info"] = "missing_scope"
    told = await desk.typed("/claim port", person=BOB)
    alone(told, "I couldn't check with Slack who you are", "(ref ", person=BOB)
    step("another workspace")
    del desk.faults["users.info"]
    people.clear_cache()
    count = len(desk.told)
    event = {"type": "app_mention", "user": ALICE, "channel": "C9", "ts": "9.9", "text": "port"}
    there = {"team_id": "T9", "authorizations": [{"team_id": "T9"}]}
    body = {"type": "event_callback", "event_id": "Ev9", **there, "event": event}
    await desk.brings(body)
    assert desk.told[count:] == []
