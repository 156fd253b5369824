"""One long conversation over the local Slack: every command, button, modal, shortcut and event that
there is, by two people, in a channel, a private one, a thread and direct messages; and the same
with every delivery sent twice and every button pressed twice.

Each step says what was to come of it and who was to see it; a failure names its step.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from desk import Json
from wired import Told, WiredDesk

from bot import config
from bot.config import FeedSettings, FetchSettings, PeopleSettings
from bot.extract import Extractor
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.slack import channels, people
from bot.slack.app import build, client_of, greet
from bot.slack.connecting import connect
from bot.slack.local import ALICE, BOB, BOT, NEWSROOM, PLANNING, TEAM, LocalSlack
from bot.slack.mrkdwn import GAP, JOINER
from bot.slack.worker import Worker
from bot.store import Filed, schema
from tests.outlet_site import OutletSite, Page, entry, rss

SECRET_OF_ALICE, SECRET_OF_BOB = "zqalice", "zqbob"
"""Words that only one of them ever types, and only for themselves."""


def words(told: Told) -> str:
    """All that somebody reads, without the invisible characters that keep text inert."""
    return told.text.replace(JOINER, "").replace(GAP, "").replace('\\"', '"')


class Talk:
    """The conversation so far."""

    def __init__(self, desk: WiredDesk, newsroom: Newsroom, site: OutletSite) -> None:
        self.desk, self.newsroom, self.site = desk, newsroom, site
        self.steps: list[str] = []
        self.client = client_of(desk.settings)
        self.later = timedelta()
        newsroom.now = lambda: datetime.now(UTC) + self.later

    def step(self, name: str) -> None:
        self.steps.append(name)

    def alone(self, told: list[Told], *parts: str, person: str = ALICE) -> Told:
        """What one person was told, and nobody else."""
        assert told, f"{self.steps[-1]}: nothing came"
        assert {one.person for one in told} == {person}, (self.steps[-1], told)
        if not self.desk.doubled:
            assert len(told) == 1, (self.steps[-1], [words(one)[:200] for one in told])
        for part in parts:
            assert part in words(told[-1]), (self.steps[-1], part, words(told[-1]))
        return told[-1]

    def public(self, told: list[Told], *parts: str, channel: str = NEWSROOM) -> Told:
        """What stands in a channel for everybody, once."""
        seen = [one for one in told if one.person is None]
        assert [one.channel for one in seen] == [channel], (self.steps[-1], told)
        for part in parts:
            assert part in words(seen[0]), (self.steps[-1], part, words(seen[0]))
        return seen[0]

    async def worked(self) -> list[Told]:
        """What the jobs that are due show."""
        count = len(self.desk.told)
        await Worker(self.newsroom, self.client, TEAM).work_off()
        return self.desk.told[count:]

    def claim_of(self, query: str) -> Claim:
        return self.newsroom.find(query, limit=1).hits[0].claim


# -- the parts of the conversation


async def searching(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    step("/claim help")
    alone(await desk.typed("/claim help"), "/claim yuan ruble")
    step("/claim finds")
    alone(await desk.typed(f"/claim yuan OR ruble OR {SECRET_OF_ALICE}"), "claims in", "Share")
    step("/claim mends slips")
    alone(await desk.typed("/claim yaun rubel", person=BOB), "read yaun as yuan", person=BOB)
    step("exactly as typed")
    alone(await desk.pressed("exact", person=BOB), "claim", person=BOB)
    step("next")
    await desk.typed("/claim port")
    first = alone(await desk.pressed("next"), "4–6")
    step("previous")
    alone(await desk.pressed("previous"), "1–3")
    step("somebody else's page is not shown")
    (value,) = {e["value"] for e in elements(first.body) if e.get("action_id") == "next"}
    alone(await desk.pressed("next", value=value, person=BOB), "not known any more", person=BOB)
    step("a filter")
    await desk.typed("/claim port")
    menu = await desk.last_with("filter")
    option = next(e for e in elements(menu) if e.get("action_id") == "filter")["options"][0]
    alone(await desk.chosen("filter", option["value"]), "claim")
    step("nothing found")
    alone(await desk.typed("/claim photosynthesis"), "No claim about photosynthesis")
    step("nearest words")
    await desk.typed("/claim harbour photosynthesis")
    step("a query that cannot be read")
    alone(await desk.typed("/claim after:never"), "I can't read after:never")
    step("hostile words")
    told = alone(await desk.typed("/claim <!channel> <@U02BOB> *evil*"))
    assert "<!channel>" not in told.text
    assert "<@U02BOB>" not in told.text
    step("Watch this search")
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
    alone([one for one in await desk.sent({"words": "port"}, person=BOB) if one.channel], "port", person=BOB)


async def sharing(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    await desk.typed('/claim "No vessel will berth"')
    answer = await desk.last_with("share")
    step("context")
    assert alone(await desk.pressed("context"), "No vessel").method == "views.open"
    step("cite")
    assert alone(await desk.pressed("cite"), "Ingrid Solvane").method == "views.open"
    await desk.sent({})
    step("share")
    public(await desk.pressed("share", message=answer), f"shared by <@{ALICE}>")
    step("share again")
    told = await desk.pressed("share", message=answer)
    alone(told, "has been shared from here already")
    step("share in a private channel")
    await desk.typed('/claim "No vessel will berth"', channel=PLANNING)
    told = await desk.pressed("share", channel=PLANNING)
    public(told, "No vessel", channel=PLANNING)
    step("a claim that never was")
    alone(await desk.pressed("context", value="<!channel>", message=answer), "any more")
    alone(await desk.pressed("share", value="'; --", message=answer), "any more")
    alone(await desk.pressed("cite", value="c" * 300, message=answer), "any more")
    step("the menu: more by the speaker")
    alone(await desk.chosen("claim_menu", "by:"), 'by:"Ingrid Solvane"')
    step("the menu: the article")
    alone(await desk.chosen("claim_menu", "article:"), "paragraph")
    step("the menu: a forged choice")
    alone(await desk.chosen("claim_menu", "<!channel>"), "leads nowhere any more")


async def correcting(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    await desk.typed('/claim "No vessel will berth"')
    answer = await desk.last_with("claim_menu")
    claim_id = next(e["value"] for e in elements(answer) if e.get("action_id") == "share")
    claim = talk.newsroom.hit(claim_id).claim

    async def choose(kind: str, person: str = ALICE) -> Told:
        told = await desk.chosen("claim_menu", f"{kind}:{claim.id}", person=person, message=answer)
        assert (one := alone(told, person=person)).method == "views.open"
        return one

    step("wrong speaker: no name")
    await choose("speaker")
    await desk.sent({"why": "named before"})
    assert set(desk.errors) == {"other"}
    step("wrong speaker")
    told = await desk.sent({"other": "Mara Quill", "why": f"{SECRET_OF_ALICE} knows"})
    alone(told, 'to "Mara Quill"', "is not printed in the article")
    assert talk.newsroom.hit(claim.id).claim.speaker == "Mara Quill"
    step("the next search shows it")
    alone(await desk.typed("/claim berth by:quill"), "Mara Quill", "corrected by a person")
    step("what was shared shows it")
    mended = await talk.worked()
    assert {one.channel for one in mended} == {NEWSROOM, PLANNING}
    assert all("Mara Quill" in words(one) for one in mended)
    step("only reviewers undo")
    alone(await desk.pressed("correction_undo", person=BOB), "Only reviewers decide", person=BOB)
    step("undo")
    alone(await desk.pressed("correction_undo"), "Undone by")
    assert talk.newsroom.hit(claim.id).claim.speaker == "Ingrid Solvane"
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
    alone([one for one in told if one.person == BOB], "Somebody who decides", person=BOB)
    (asked,) = [one for one in told if one.person == ALICE]
    assert "suggests a correction: no claim" in words(asked)
    directly = (await talk.client.conversations_open(users=ALICE))["channel"]["id"]
    step("who suggests does not decide")
    message = await desk.last_with("correction_accept", channel=directly)
    told = await desk.pressed("correction_accept", message=message, person=BOB)
    alone(told, "Only reviewers decide", person=BOB)
    step("declined")
    told = await desk.pressed("correction_decline", message=message)
    assert {one.person for one in told} == {ALICE, BOB}
    assert "Declined by" in words(next(one for one in told if one.person == BOB))
    step("taken back")
    await choose("rejected", BOB)
    await desk.sent({"why": "is it?"}, person=BOB)
    told = await desk.pressed("correction_back", person=BOB)
    alone(told, "Declined by", person=BOB)
    step("not a claim, decided")
    await choose("rejected")
    alone(await desk.sent({"why": "it is a rule"}), "No claim by")
    step("a claim that is gone")
    alone(await desk.pressed("context", message=answer), "found to be no claim")
    told = await desk.chosen("claim_menu", f"speaker:{claim.id}", message=answer)
    alone(told, "found to be no claim")
    mended = [one for one in await talk.worked() if one.person is None]
    assert {one.channel for one in mended} == {NEWSROOM, PLANNING}
    assert all("found to be no claim" in words(one) for one in mended)
    step("and is there again")
    alone(await desk.pressed("correction_undo"), "Undone by")
    await talk.worked()


async def naming(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
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
    alone(told, "Only reviewers may say", person=BOB)
    step("merge: nothing chosen")
    await desk.typed("/speaker ingrid solvane")
    alone(await desk.pressed("speaker_merge"), "Same person")
    (block,) = [one for one in desk.stack[-1]["blocks"] if one["type"] == "input"]
    await desk.sent({block["block_id"]: {"selected_option": None}})
    assert set(desk.errors) == {block["block_id"]}
    step("merge")
    other = next(n for n in await desk.options_for("mi") if n != "Ingrid Solvane")
    option = {"text": {"type": "plain_text", "text": other}, "value": other}
    alone(await desk.sent({block["block_id"]: {"selected_option": option}}), "are one speaker now")
    step("split")
    await desk.typed("/speaker ingrid solvane")
    alone(await desk.pressed("speaker_split"), "Not the same person")
    (block,) = [one for one in desk.stack[-1]["blocks"] if one["type"] == "input"]
    some = block["element"]["options"][:1]
    alone(await desk.sent({block["block_id"]: {"selected_options": some}}), "not taken for")
    step("undo a ruling")
    alone(await desk.pressed("speaker_undo"), "was taken back")


async def watching(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    step("/watch help")
    alone(await desk.typed("/watch help"), "/watch dm yuan ruble")
    step("/watch here")
    alone(await desk.typed("/watch quayside"), "is set", f"<#{NEWSROOM}>")
    step("/watch dm")
    alone(await desk.typed(f"/watch dm strike -{SECRET_OF_ALICE}"), "to you alone")
    step("/watch list")
    alone(await desk.typed("/watch list"), SECRET_OF_ALICE, "quayside")
    step("/watch list of another")
    assert "quayside" in words(alone(await desk.typed("/watch list", person=BOB), person=BOB))
    step("too much")
    alone(await desk.typed("/watch type:direct"), "is broad")
    step("all the same")
    alone(await desk.pressed("watch_anyway"), "is set")
    numbers = {one.query: one.number for one in talk.newsroom.watches_of(TEAM, ALICE)}
    step("pause, resume and end by number")
    number = numbers["type:direct"]
    alone(await desk.typed(f"/watch pause {number}"), "is paused")
    alone(await desk.typed(f"/watch resume {number}"))
    alone(await desk.typed(f"/watch end {number}"))
    step("a watch that never was")
    alone(await desk.typed("/watch edit 999"), "no such watch")
    step("only its owner")
    number = numbers["quayside"]
    alone(await desk.typed(f"/watch end {number}", person=BOB), "Only whoever has set", person=BOB)
    step("edit: hours that cannot be read")
    alone(await desk.typed(f"/watch edit {number}"), "quayside")
    chosen = {b["block_id"]: b["element"].get("initial_option") for b in desk.stack[-1]["blocks"]}
    kept = {name: {"selected_option": one} for name, one in chosen.items() if one}
    await desk.sent({**kept, "query": "quayside", "at": "", "quiet": "whenever"})
    assert set(desk.errors) == {"quiet"}
    step("edit")
    alone(await desk.sent({**kept, "query": "quayside OR wharf", "at": "", "quiet": ""}), "is changed")
    step("a claim comes")
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
    alone(await desk.pressed("watch_end", message=there))


async def digesting(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    step("/digest help")
    alone(await desk.typed("/digest help"), "/digest on 08:30")
    step("/digest preview")
    alone(await desk.typed("/digest preview"), "only you see this")
    step("/digest alone opens the settings")
    alone(await desk.typed("/digest"), "No digest is set for this channel")
    shown = [one for one in desk.stack[-1]["blocks"] if one["type"] == "input"]
    kept = {one["block_id"]: as_shown(one["element"]) for one in shown}
    step("the settings: a zone that is none")
    await desk.sent({**kept, "zone": "Mars"})
    assert set(desk.errors) == {"zone"}
    step("the settings")
    alone(await desk.sent({**kept, "at": "06:00", "zone": "Europe/London"}), "06:00 (Europe/London)")
    step("/digest on, and what is changed of it")
    alone(await desk.typed("/digest on 08:30 weekdays"), "each weekday at 08:30")
    for typed, part in {
        "time 07:15": "07:15",
        "days daily": "each day at 07:15",
        "zone new york": "America/New_York",
        "topics add harbour": "topics: harbour",
        "topics remove harbour": "07:15",
        "outlets add the tidewater post": "only from: The Tidewater Post",
        "outlets remove the tidewater post": "07:15",
        "length short": "short: 5 claims",
        "skip": "none on",
        "pause until tomorrow": "next on",
        "resume": "next on",
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
    alone(await desk.typed("/digest now"), "is posted here in a moment")
    talk.later += timedelta(seconds=30)
    told = [one for one in await talk.worked() if one.method == "chat.postMessage"]
    assert {one.channel for one in told} == {NEWSROOM}
    assert [one.body.get("thread_ts") for one in told][0] is None
    assert "The ferry to Hollow Bay" in words(told[0])
    step("/digest now, again")
    alone(await desk.typed("/digest now"), "came at")
    assert [one for one in await talk.worked() if one.method == "chat.postMessage"] == []
    step("what is new since then")
    alone(await desk.pressed("digest_preview"), "Only you see")
    digest = await desk.last_with("digest_row", public=True)
    for choice, part in {
        "context": "ferry",
        "cite": "Jane Roe",
        "why": "Why this is here",
        "wrong": "hat is wrong",
        "<!here>": "leads nowhere",
    }.items():
        step(f"a row's menu: {choice}")
        alone(await desk.chosen("digest_row", choice, message=digest), part)
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
    alone(await desk.typed("/digest off"), "No digest was set")


async def articles_and_feeds(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    url = f"{talk.site.url}/harbour"

    def last(told: list[Told], *parts: str, person: str = ALICE) -> Told:
        return alone(told[-1:], *parts, person=person)

    step("/article help")
    alone(await desk.typed("/article help"), "/article")
    step("/article URL")
    last(await desk.typed(f"/article {url}"), "Harbour closed", "read and filed")
    step("/article with words")
    alone(await desk.typed("/article harbour closed"), "Harbour closed")
    step("its sources")
    alone(await desk.pressed("article_sources"), "Ingrid Solvane")
    step("no such article")
    alone(await desk.typed("/article photosynthesis"), "No article with photosynthesis")
    step("unfurls")
    link = [{"url": url, "domain": "127.0.0.1"}]
    here: Json = {"user": ALICE, "channel": NEWSROOM, "message_ts": "1.000001", "links": link}
    await desk.hears("link_shared", **here)
    assert not desk.called("chat.unfurl")
    alone(await desk.typed("/article unfurl on"), "are unfurled in this channel")
    await desk.hears("link_shared", **here)
    assert [one["ts"] for one in desk.called("chat.unfurl")] == ["1.000001"]
    assert "Harbour closed" in str(desk.called("chat.unfurl"))
    alone(await desk.typed("/article unfurl off"), "links are left as they are")
    step("only admins withdraw")
    await desk.typed("/article harbour closed")
    there = await desk.last_with("withdraw")
    told = await desk.pressed("withdraw", person=BOB, message=there)
    alone(told, "Only admins may withdraw", person=BOB)
    step("withdraw: no reason")
    alone(await desk.pressed("withdraw", message=there), "Withdraw the article?")
    await desk.sent({"reason": "  "})
    assert set(desk.errors) == {"reason"}
    step("withdraw")
    last(await desk.sent({"reason": "retracted"}), "is withdrawn")
    await talk.worked()
    step("/feed")
    alone(await desk.typed("/feed help"), "/feed add")
    alone(await desk.typed("/feed list"), "No feed is read yet")
    told = await desk.typed(f"/feed add {talk.site.url}/feed", person=BOB)
    alone(told, "Only admins", person=BOB)
    last(await desk.typed(f"/feed add {talk.site.url}/feed"), "It is read from now on")
    alone(await desk.typed("/feed pause the tidewater post"), "paused")
    alone(await desk.typed("/feed resume the tidewater post"), "read again")
    alone(await desk.typed("/feed remove the tidewater post"), "Its articles stay")


async def in_passing(talk: Talk) -> None:
    desk, step, alone, public = talk.desk, talk.step, talk.alone, talk.public
    step("a mention is answered in its thread")
    told = public(await desk.written(f"<@{BOT}> harbour"), "everybody here sees this")
    thread = str(told.body["thread_ts"])
    step("a mention in a thread")
    told = public(await desk.written(f"<@{BOT}> photosynthesis", thread_ts=thread), "No claim")
    assert told.body["thread_ts"] == thread
    step("a mention alone")
    alone(await desk.written(f"<@{BOT}>", person=BOB), "Mention me", person=BOB)
    step("all of it")
    alone(await desk.pressed("answer_all", person=BOB), "claims in", person=BOB)
    step("another bot is not answered")
    count = len(desk.told)
    await desk.hears("app_mention", bot_id="B9", user=BOB, channel=NEWSROOM, ts="7.1", text="x")
    assert desk.told[count:] == []
    step("a direct message")
    directly = (await talk.client.conversations_open(users=BOB))["channel"]["id"]
    told = await desk.written(f"harbour -{SECRET_OF_BOB}", person=BOB, channel=directly)
    alone(told, "claims", person=BOB)
    step("help in a direct message")
    told = await desk.written("help", person=BOB, channel=directly)
    alone(told, "Write what you look for", person=BOB)
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
    assert "Write what you look for" in words(desk.told[count])


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
    (watch, *_) = talk.newsroom.watches_of(TEAM, ALICE)
    count = len(desk.told)
    await desk.presses_inside(shown.body, "watch_pause", value=watch.id)
    alone(desk.told[count:], "paused")
    step("Home: correction to decide")
    claim = talk.claim_of("harbour")
    made = talk.newsroom.correct(
        team=TEAM, press="home", claim_id=claim.id, changes={"rejected": True}, reason="hm",
        person=BOB, person_name="bob", decides=False,
    )  # fmt: skip
    assert made.id in (await home(ALICE)).text
    count = len(desk.told)
    await desk.presses_inside(shown.body, "correction_decline", value=made.id)
    assert {one.person for one in desk.told[count:]} == {ALICE, BOB}
    step("Home: a letter that was not posted")
    talk.newsroom.send(team=TEAM, channel="C0GONE", key="k1", kind="told", payload={"text": "x", "blocks": [block("x")]})
    await talk.worked()
    shown = await home(ALICE)
    (letter,) = {e["value"] for e in elements(shown.body) if e.get("action_id") == "home_drop"}
    count = len(desk.told)
    await desk.presses_inside(shown.body, "home_drop", value=letter, person=BOB)
    alone(desk.told[count:], person=BOB)
    await desk.presses_inside(shown.body, "home_retry", value=letter)
    await talk.worked()
    await desk.presses_inside(shown.body, "home_drop", value=letter)
    assert "home_drop" not in (await home(ALICE)).text


async def being_let_in(talk: Talk) -> None:
    desk, step, alone = talk.desk, talk.step, talk.alone
    step("a guest")
    known = {"id": BOB, "team_id": TEAM, "is_restricted": True}
    people.forget()
    desk.faults["users.info"] = {"ok": True, "user": known}
    alone(await desk.typed("/claim port", person=BOB), "not its guests", person=BOB)
    step("a guest's press, form, names, Home, mention")
    alone(await desk.pressed("share", person=BOB), "not its guests", person=BOB)
    assert await desk.options_for("ingri", person=BOB) == []
    told = await desk.seen_of(desk._control("open-home", user=BOB))
    assert "not its guests" in words(alone(told, person=BOB))
    told = await desk.written(f"<@{BOT}> port", person=BOB)
    alone([one for one in told if one.person], "not its guests", person=BOB)
    step("somebody of another organisation")
    people.forget()
    desk.faults["users.info"] = {"ok": True, "user": {**known, "team_id": "T9"}}
    alone(await desk.typed("/claim port", person=BOB), "people of this workspace only", person=BOB)
    step("somebody of whom Slack says nothing")
    people.forget()
    desk.faults["users.info"] = "missing_scope"
    told = await desk.typed("/claim port", person=BOB)
    alone(told, "I could not ask Slack who you are", "(ref ", person=BOB)
    step("another workspace")
    del desk.faults["users.info"]
    people.forget()
    count = len(desk.told)
    body = {"type": "event_callback", "team_id": "T9", "event_id": "Ev9", "authorizations": [{"team_id": "T9"}],
            "event": {"type": "app_mention", "user": ALICE, "channel": "C9", "ts": "9.9", "text": "port"}}  # fmt: skip
    await desk.brings(body)
    assert desk.told[count:] == []


PARTS: list[Callable[[Talk], Awaitable[None]]] = [
    searching,
    forming,
    sharing,
    correcting,
    naming,
    watching,
    digesting,
    articles_and_feeds,
    in_passing,
    at_home,
    being_let_in,
]


# -- how it is played


def elements(message: Json) -> Iterator[Json]:
    for one in message["blocks"]:
        yield from one.get("elements", ())
        yield one.get("accessory") or {}


def as_shown(element: Json) -> Json:
    """What an input holds as it is shown."""
    state = {
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options", []),
        "selected_date": element.get("initial_date"),
    }
    return {"type": element["type"], **state}


def block(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def file(newsroom: Newsroom, article_id: str, text: str) -> None:
    """File an article with one claim, as news."""
    known: dict[str, Any] = {"kind": "attribution", "speaker": "Jane Roe", "source": "Jane Roe"}
    claim = Claim(id=f"{article_id}-1", article_id=article_id, text=text, cue="said", **known)
    article = Article(id=article_id, origin=article_id, text=text, outlet="The Outlet", language="en")
    newsroom.store.archive.file([Filed(article, [claim])], arrival="single", now=newsroom.now)


@pytest.fixture
def talked_with(tmp_path: Path, site: OutletSite, extractor: Extractor) -> Iterator[Newsroom]:
    """A newsroom of the seeds, in which Alice decides."""
    site.pages["/feed"] = Page(rss(site, entry(1)))
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}),
        fetch=FetchSettings(allowed=(site.address,)),
        feeds=FeedSettings(gap_seconds=0),
        people=PeopleSettings(users=("members",), admins=(ALICE,), reviewers=(ALICE,)),
    )
    with Newsroom(settings) as opened:
        opened.extractor = extractor
        assert not any(one.errors for one in opened.ingest([config.shipped("seeds")], bulk=True))
        opened.open()
        yield opened


@contextlib.asynccontextmanager
async def wired(newsroom: Newsroom, slack: LocalSlack, *, doubled: bool) -> AsyncIterator[WiredDesk]:
    """The bot in the local Slack, and all lines to it."""
    people.forget()
    channels.forget()
    async with WiredDesk(slack, doubled=doubled).opened() as desk:
        client = client_of(desk.settings)
        app = build(desk.settings, newsroom, client, await greet(client))
        bot = asyncio.ensure_future(connect(app, desk.settings))
        try:
            await desk.connected()
            desk.at_rest()
            yield desk
        finally:
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)


@pytest.mark.parametrize("doubled", [False, True], ids=["once", "twice"])
async def test_the_whole_conversation(
    talked_with: Newsroom, local_slack: LocalSlack, site: OutletSite, doubled: bool
) -> None:
    async with wired(talked_with, local_slack, doubled=doubled) as desk:
        talk = Talk(desk, talked_with, site)
        for part in PARTS:
            await part(talk)
        told = desk.told
    assert desk.refused == []
    assert len(talk.steps) >= 60
    print("GOT", len(talk.steps), len(desk.calls), len(desk.acks), max(desk.acks, key=lambda a: a[1]), sum(t > 1 for _, t in desk.acks), sorted(posted(told).items()), rows(talked_with))
    assert (posted(told), rows(talked_with)) == (POSTED, ROWS)
    for secret, person in ((SECRET_OF_ALICE, ALICE), (SECRET_OF_BOB, BOB)):
        assert {one.person for one in told if secret in one.text} <= {person}


def posted(told: list[Told]) -> Counter[str]:
    """How many messages were posted, by where or for whom."""
    # What is told by the way is no news: where a press has no other, its answer is a message, too.
    posts = (one for one in told if one.method == "chat.postMessage" and one.body.get("metadata"))
    return Counter(one.person or one.channel for one in posts)


def rows(newsroom: Newsroom) -> dict[str, int]:
    """How many rows the conversation has left in the store, by table, and of messages by kind and
    state."""
    found = {}
    with newsroom.store.database.read() as connection:
        for name in ("corrections", "rulings", "name_rulings", "watches", "alerts", "channels"):
            counted = sa.select(sa.func.count()).select_from(schema.metadata.tables[name])
            found[name] = connection.scalar(counted) or 0
        outbox = schema.metadata.tables["outbox"]
        kinds = sa.select(outbox.c.kind, outbox.c.state, sa.func.count())
        for kind, state, count in connection.execute(kinds.group_by(outbox.c.kind, outbox.c.state)):
            found[f"{kind} {state}"] = count
    return found


POSTED: Counter[str] = Counter()
ROWS: dict[str, int] = {}
