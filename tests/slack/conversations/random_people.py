"""Random conversations: people of two workspaces type, click, forge and interrupt each other.

A seed always gives the same conversation. Violations are unexpected errors, deliveries without an
answer or an acknowledgement, and the problems that `workspaces` finds.
"""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

from bot.errors import BotError
from bot.model import Article, Claim
from bot.slack import channels
from bot.slack.gate import people
from bot.slack.messages.worker import make_worker
from bot.store import FiledArticle
from tests.slack.conversations.odd_words import COMMANDS, HOSTILE, VERBS, WORDS
from tests.slack.conversations.stage import Stage
from tests.slack.conversations.workspaces import Json, Shown, Workspace, ids

MAX_STEPS = 6
"""The maximum number of steps in a conversation."""
LETTERS = "ABCG"
"""The last letters of people's ids: A is a reviewer and an admin, G is a guest."""
PUBLIC_BUTTONS = ("context", "share", "cite", "claim_menu")
_numbers = itertools.count(1)


class Play(Stage):
    """Random conversations with one newsroom."""

    async def converse(self, number: int) -> None:
        """Let people talk with the bot for some steps. Raises Violation."""
        people.clear_cache()
        channels.clear_cache()
        self.delivery_log.clear()
        for n, space in enumerate(self.spaces):
            who = [f"U{2 * number + n}{letter}" for letter in LETTERS]
            inside = {
                f"C{2 * number + n}": frozenset(who),
                f"G{2 * number + n}": frozenset(who[:2]),
            }
            space.forget()
            space.channels_in_use = list(inside)
            space.members |= inside
            space.people |= {who[0]: {"is_admin": True}, who[3]: {"is_restricted": True}}
            space.reviewers = who[:1]
        for _ in range(self.chance.randint(1, MAX_STEPS)):
            await self._step()
        await self._work()

    async def _step(self) -> None:
        step = self.chance.choices(list(STEP_WEIGHTS), list(STEP_WEIGHTS.values()))[0]
        await step(self)

    def _random_person(self) -> tuple[int, Workspace, str, str]:
        """Return a random person as (workspace index, workspace, person, channel)."""
        n = int(self.chance.random() < 0.15)
        space = self.spaces[n]
        channel = self.chance.choice(space.channels_in_use)
        return n, space, self.chance.choice(sorted(space.members[channel])), channel

    def _words(self) -> str:
        """Return random words to type."""
        chance, some = self.chance, [self.chance.choice(WORDS)]
        while chance.random() < 0.5:
            some.append(chance.choice(HOSTILE if chance.random() < 0.35 else WORDS))
        if chance.random() < 0.1:
            some = [
                "".join(
                    chr(
                        chance.choice(
                            (chance.randrange(1, 0x3000), chance.randrange(0xE000, 0x110000))
                        )
                    )
                    for _ in range(chance.randint(1, 60))
                )
            ]
        return " ".join(some)

    def _secret(self, space: Workspace, allowed: frozenset[str]) -> str:
        word = f"zq{next(_numbers)}q"
        space.secrets[word] = allowed
        return word

    async def type_command(self) -> None:
        """Type a command."""
        n, space, who, channel = self._random_person()
        command = self.chance.choice(COMMANDS)
        text = self.chance.choice(VERBS[command]) if self.chance.random() < 0.4 else self._words()
        if self.chance.random() < 0.5 and command in ("/claim", "/watch", "/speaker") and text:
            alone = command != "/watch" or text.startswith("dm ")
            secret = self._secret(space, frozenset([who]) if alone else space.members[channel])
            text = f"{text} OR {secret}" if self.chance.random() < 0.5 else f"{text} -{secret}"
        if command == "/digest" and self.chance.random() < 0.2:
            text = f"topics add wall -{self._secret(space, space.members[channel])}"
        if self.chance.random() < 0.1:
            channel = f"D{who}"
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        delivery = {
            "command": command,
            "text": text,
            "team_id": space.team,
            "user_id": who,
            "channel_id": channel,
            "trigger_id": self._trigger(who),
            "response_url": space.url(who, channel),
        }
        await self.deliver(n, delivery, who)

    async def press_element(self) -> None:
        """Click something that was shown, sometimes as another person or with a forged value."""
        n = self.chance.randrange(2)
        n = n if self.spaces[n].shown else 1 - n
        space = self.spaces[n]
        pressable = [
            (shown, e, b)
            for shown in space.shown
            if space.is_current(shown)
            for e, b in _elements(shown.body)
        ]
        if not pressable:
            return await self.type_command()
        if self.chance.random() < 0.12:
            return await self._press_foreign_element(n, space, pressable)
        shown, element, block = self.chance.choice(pressable[-40:])
        who, forged = self.chance.choice(sorted(shown.viewers)), self.chance.random() < 0.12
        if forged and not shown.view_id:
            n, space, who, _ = self._random_person()
        action = self._make_action(element, block, forged=forged)
        await self._press(n, space, who, shown, action, twice=self.chance.random() < 0.15)
        return None

    async def _press_foreign_element(
        self, n: int, space: Workspace, pressable: list[tuple[Shown, Json, str]]
    ) -> None:
        """Click an element of another person's private message; claims' buttons are public."""
        theirs = [
            (shown, element, block)
            for shown, element, block in pressable
            if shown.kind == "private" and element["action_id"] not in PUBLIC_BUTTONS
        ]
        if not theirs:
            return
        shown, element, block = self.chance.choice(theirs)
        if self.chance.random() < 0.3:
            n, space = 1 - n, self.spaces[1 - n]
        who = self.chance.choice(sorted(space.members[space.channels_in_use[0]] - shown.viewers))
        public_copy = replace(shown, channel=space.channels_in_use[0])
        await self._press(
            n, space, who, public_copy, self._make_action(element, block, forged=False), twice=False
        )

    def _make_action(self, element: Json, block: str, *, forged: bool) -> Json:
        chance, kind = self.chance, element["type"]
        act = {"type": kind, "action_id": element["action_id"], "block_id": block}
        if kind in ("static_select", "overflow", "radio_buttons"):
            option = dict(chance.choice(element["options"]))
            if forged and chance.random() < 0.7:
                option["value"] = self._forge(option["value"])
            return act | {"selected_option": option}
        if kind == "datepicker":
            return act | {"selected_date": "2026-11-03"}
        if kind == "external_select":
            return act | {"selected_option": {"value": "Mara Quill"}}
        value = element.get("value", "")
        if forged and chance.random() < 0.7:
            value = self._forge(value)
        return act | {"value": value}

    def _forge(self, value: str) -> str:
        chance = self.chance
        return str(
            chance.choice(
                [
                    "",
                    value[:-1],
                    value + "x",
                    value.replace(":", "::"),
                    "0" * 64,
                    "9" * 30,
                    "../../etc",
                    chance.choice(HOSTILE),
                    f"{value}:99999",
                    value.partition(":")[0],
                    ":" + value,
                    value.swapcase(),
                ]
            )
        )

    async def _press(
        self, n: int, space: Workspace, who: str, shown: Shown, action: Json, *, twice: bool
    ) -> None:
        # A forged click comes from a channel of the person who forges it.
        is_there = who in space.members.get(shown.channel, ()) or shown.channel == f"D{who}"
        channel = shown.channel if is_there else space.channels_in_use[0]
        body: Json = {
            "type": "block_actions",
            "team": {"id": space.team},
            "user": {"id": who, "team_id": space.team, "name": who},
            "actions": [action],
            "trigger_id": self._trigger(who),
        }
        if shown.kind in ("modal", "home"):
            view = self._view(shown, {})
            body |= {"view": view, "container": {"type": "view", "view_id": shown.view_id}}
        else:
            place = {
                "type": "message",
                "message_ts": shown.ts,
                "channel_id": channel,
                "is_ephemeral": shown.kind == "private",
                "thread_ts": shown.thread_ts,
            }
            body |= {
                "container": place,
                "channel": {"id": channel},
                "response_url": space.url(who, channel, shown.ts),
            }
            if shown.kind == "message":
                body["message"] = {"ts": shown.ts, "blocks": shown.body.get("blocks")}
        await self.deliver(n, body, who)
        if twice:
            await self.deliver(n, body | {"trigger_id": self._trigger(who)}, who)

    async def submit_modal(self) -> None:
        """Submit a modal with random input."""
        modals = [(n, view) for n in (0, 1) for view in self.spaces[n].views.values()]
        modals = [(n, view) for n, view in modals if "submit" in view.body]
        if not modals:
            return await self.press_element()
        n, shown = self.chance.choice(modals)
        space, who = self.spaces[n], next(iter(shown.viewers))
        values = {
            block["block_id"]: {block["element"]["action_id"]: self._fill_in(block)}
            for block in shown.body["blocks"]
            if block["type"] == "input"
        }
        body = {
            "type": "view_submission",
            "team": {"id": space.team},
            "trigger_id": self._trigger(who),
            "user": {"id": who, "team_id": space.team, "name": who},
            "view": self._view(shown, values),
        }
        answer = await self.deliver(n, body, who, unanswered_is_well=True)
        response = json.loads(answer.body) if answer.body else {}
        if response.get("response_action") == "update":
            space.open_modal(response["view"], who, shown.view_id)
        elif response.get("response_action") == "errors":
            if not response["errors"] or set(response["errors"]) - set(values):
                self._fail(f"errors of no field: {response}")
        elif self.chance.random() < 0.7:
            space.views.pop(shown.view_id, None)
        return None

    def _fill_in(self, block: Json) -> Json:
        chance, element = self.chance, block["element"]
        kind, empty = element["type"], block.get("optional") and self.chance.random() < 0.4
        state: Json = {"type": kind}
        match kind:
            case "plain_text_input":
                value = element.get("initial_value") if chance.random() < 0.3 else self._words()
                state["value"] = (
                    None if empty else (value or "x")[: element.get("max_length", 3000)]
                )
            case "static_select" | "radio_buttons":
                state["selected_option"] = None if empty else chance.choice(element["options"])
            case "external_select":
                names = ("Mara Quill", "the ministry", "evil", "x" * 75)
                state["selected_option"] = None if empty else {"value": chance.choice(names)}
            case "datepicker":
                days = ("2026-11-03", "0001-01-01", "9999-12-31", "2026-12-01")
                state["selected_date"] = None if empty else chance.choice(days)
            case "timepicker":
                state["selected_time"] = (
                    None if empty else chance.choice(("08:30", "00:00", "23:59"))
                )
            case "checkboxes":
                few = chance.sample(element["options"], chance.randint(0, len(element["options"])))
                state["selected_options"] = few
            case "conversations_select":
                channels = [channel for space in self.spaces for channel in space.channels_in_use]
                state["selected_conversation"] = chance.choice(
                    [*channels, "C0NOWHERE", "DU1", None]
                )
            case "multi_static_select":
                state["selected_options"] = chance.sample(element["options"], 1)
            case _:
                self._fail(f"nobody knows how to fill in a {kind}")
        return state

    def _view(self, shown: Shown, values: Json) -> Json:
        view = {key: value for key, value in shown.body.items() if key != "state"}
        team = next(s.team for s in self.spaces if shown in s.shown)
        return {
            **view,
            "id": shown.view_id,
            "hash": "h1",
            "team_id": team,
            "app_installed_team_id": team,
            "state": {"values": values},
        }

    async def write_message(self) -> None:
        """Mention the bot, or write to it."""
        n, space, who, channel = self._random_person()
        direct = self.chance.random() < 0.4
        if direct:
            channel = f"D{who}"
        allowed = frozenset([who]) if direct else space.members[channel]
        words = f"{self._words()} -{self._secret(space, allowed)}"
        if self.chance.random() < 0.15:
            words = self.chance.choice(("help", "", "?", "hello"))
        event: Json = {
            "type": "message" if direct else "app_mention",
            "user": who,
            "channel": channel,
            "text": words if direct else f"<@UBOT> {words}",
            "ts": f"5.{next(ids):06d}",
        }
        if direct:
            event["channel_type"] = "im"
        if self.chance.random() < 0.3:
            event["thread_ts"] = f"4.{next(ids):06d}"
        if self.chance.random() < 0.1:
            event |= self.chance.choice(({"bot_id": "B9"}, {"subtype": "message_changed"}))
        await self._event(
            n, space, who, event, unanswered_is_well="bot_id" in event or "subtype" in event
        )

    async def send_event(self) -> None:
        """Send a random event, such as an opened Home tab or a posted link."""
        n, space, who, channel = self._random_person()
        link = "https://tidewaterpost.example/2026/harbour"
        event = self.chance.choice(
            [
                {"type": "app_home_opened", "user": who, "tab": "home", "channel": f"D{who}"},
                {"type": "app_home_opened", "user": who, "tab": "home", "channel": f"D{who}"},
                {"type": "app_home_opened", "user": who, "tab": "messages", "channel": f"D{who}"},
                {
                    "type": "link_shared",
                    "user": who,
                    "channel": channel,
                    "message_ts": f"3.{next(ids)}",
                    "links": [{"url": link, "domain": "tidewaterpost.example"}],
                },
                {"type": "channel_archive", "channel": channel, "user": who},
                {"type": "channel_deleted", "channel": channel},
                {"type": "member_left_channel", "user": who, "channel": channel},
                {"type": "channel_rename", "channel": {"id": channel, "name": "<!channel>"}},
            ]
        )
        await self._event(n, space, who, event, unanswered_is_well=event.get("tab") != "home")

    async def _event(
        self, n: int, space: Workspace, who: str, event: Json, *, unanswered_is_well: bool
    ) -> None:
        body = {
            "type": "event_callback",
            "team_id": space.team,
            "event_id": f"Ev{next(ids)}",
            "authorizations": [{"team_id": space.team}],
            "event": event,
        }
        await self.deliver(n, body, who, unanswered_is_well=unanswered_is_well)

    async def use_shortcut(self) -> None:
        """Use a shortcut, or type into a field that suggests names."""
        n, space, who, channel = self._random_person()
        common_fields = {
            "team": {"id": space.team},
            "user": {"id": who, "team_id": space.team, "name": who},
        }
        match self.chance.randrange(3):
            case 0:
                body = {**common_fields, "type": "shortcut", "callback_id": "find_claim"}
            case 1:
                message = {"ts": "6.000001", "text": self._words(), "user": who}
                if self.chance.random() < 0.5:
                    message["thread_ts"] = "6.0"
                body = {
                    **common_fields,
                    "type": "message_action",
                    "callback_id": "find_this_claim",
                    "message": message,
                    "message_ts": "6.000001",
                    "channel": {"id": channel},
                    "response_url": space.url(who, channel),
                }
            case _:
                body = {
                    **common_fields,
                    "type": "block_suggestion",
                    "action_id": "speaker_options",
                    "block_id": "speaker",
                    "value": self._words()[:75],
                }
                answer = await self.deliver(n, body, who, unanswered_is_well=True)
                options = json.loads(answer.body)["options"]
                if len(options) > 100 or any(not 0 < len(o["text"]["text"]) <= 75 for o in options):
                    self._fail(f"options: {options}")
                return
        await self.deliver(n, body | {"trigger_id": self._trigger(who)}, who)

    async def change_newsroom(self) -> None:
        """Change the newsroom: file, remove or correct claims, move the clock, or run jobs."""
        room, what = self.newsroom, self.chance.randrange(6)
        self.delivery_log.append(f"meanwhile {what}")
        if what == 0:
            self._file()
        elif what == 1 and (hits := room.search.find("harbour OR evil OR ministry", limit=9).hits):
            claim = self.chance.choice(hits).claim
            with contextlib.suppress(BotError):
                room.corrections.correct(
                    team=self.spaces[0].team,
                    press=f"p{next(ids)}",
                    claim_id=claim.id,
                    changes={"rejected": True},
                    reason="not a claim",
                    person="U0A",
                    person_name="x",
                    is_accepted=True,
                )
        elif what == 2 and (corrections := room.store.corrections.find(state="accepted", limit=5)):
            with contextlib.suppress(BotError):
                room.corrections.decide(
                    self.chance.choice(corrections).id, "undone", person="U0A", person_name="x"
                )
        elif what == 3:
            self.ticks += self.chance.choice((60, 3600, 86_400))
        await self._work()

    def _file(self) -> None:
        number, chance = next(ids), self.chance
        text = (
            f"The harbour {chance.choice(HOSTILE)} wall {number} is {chance.choice(HOSTILE)} evil"
        )
        speaker = chance.choice(
            ("Mara Quill", "the ministry", f"evil {chance.choice(HOSTILE)}"[:200])
        )
        article = Article(
            id=f"art{number}",
            origin=f"a{number}",
            text=text,
            language="en",
            outlet=chance.choice(("The Tidewater Post", "<!channel> evil")),
            title=f"{chance.choice(HOSTILE)} title",
        )
        claim = Claim(
            id=f"art{number}-0-9",
            article_id=article.id,
            text=text,
            cue="said",
            kind="attribution",
            speaker=speaker,
            source=speaker,
        )
        self.newsroom.store.archive.apply_steps(
            [FiledArticle(article, [claim])], arrival="single", now=self.now
        )
        self.newsroom.updates.catch_up_if_free()

    async def _work(self) -> None:
        for space, client in zip(self.spaces, self.clients, strict=True):
            worker = make_worker(self.newsroom, client, space.team)
            await worker.run_due()
            worker._threads.shutdown(wait=False)
        self._look("the jobs")


STEP_WEIGHTS: dict[Callable[[Play], Awaitable[None]], int] = {
    Play.type_command: 30,
    Play.press_element: 40,
    Play.submit_modal: 14,
    Play.write_message: 8,
    Play.send_event: 4,
    Play.use_shortcut: 4,
    Play.change_newsroom: 4,
}


def _elements(body: Json) -> Iterator[tuple[Json, str]]:
    """Yield the interactive elements of a message or view, with their block ids."""
    is_view = body.get("type") in ("modal", "home")
    for n, block in enumerate(body.get("blocks") or ()):
        where = block.get("block_id") or f"b{n}"
        for element in [*block.get("elements", ()), block.get("accessory") or {}]:
            if element.get("action_id"):
                yield element, where
        if is_view and block.get("dispatch_action"):
            yield block["element"], where
