"""Fake workspaces that check everything the bot shows.

Each is a FakeSlack that also keeps modals, Home tabs and private answers, with the people who see
them. A payload that Slack would refuse, a mention that would notify people, and something shown to
the wrong people are recorded as problems.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.slack import blockkit
from tests.slack.fake_slack import ANSWERS, FakeSlack

Json = dict[str, Any]

PING = re.compile(
    r"<!(?!date)|<@(?!U\d+[A-Z]\b)|<#(?![CDG])|<mailto:|<[^>]*evil|@(?:channel|here)\b"
)
"""Mentions and links that the bot must not make. People in random conversations have ids such as
U7A; hostile addresses contain "evil"."""
SECRET = re.compile(r"zq\d+q")
"""A word that only some people may see."""
MARKED = ("text", "title", "value")

ids = itertools.count(1)


@dataclass
class Shown:
    """Something that the bot shows: a message, a modal or a Home tab, and who sees it."""

    kind: str
    body: Json
    viewers: frozenset[str]
    channel: str = ""
    ts: str = ""
    view_id: str = ""
    thread_ts: str | None = None


@dataclass
class Workspace(FakeSlack):
    """A workspace. `members` are the people of each channel, `channels_in_use` the channels of the
    current conversation."""

    team: str = "T1"
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    channels_in_use: list[str] = field(default_factory=list)
    people: dict[str, Json] = field(default_factory=dict)
    """Additional fields of users.info, by person."""
    reviewers: list[str] = field(default_factory=list)
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)
    """The people who may see each secret word."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.problems: list[str] = []
        self.shown: list[Shown] = []
        self.hooks: dict[str, tuple[str, str, str | None]] = {}
        """For each response URL: the person, the channel, and the ts of the message to replace."""
        self.views: dict[str, Shown] = {}

    def url(self, person: str, channel: str, ts: str | None = None) -> str:
        """Return a new response URL."""
        number = f"hook{next(ids)}"
        self.hooks[number] = person, channel, ts
        return f"{self.settings.api_url}{number}"

    def forget(self) -> None:
        """Forget everything shown so far."""
        self.shown.clear()
        self.views.clear()
        self.hooks.clear()
        self.accepted.clear()
        self.updates.clear()

    def record(self, kind: str, body: Json, viewers: frozenset[str], **where: Any) -> Shown:
        """Record and check something that the bot shows."""
        shown = Shown(kind, body, viewers, **where)
        self.shown.append(shown)
        if "blocks" in body:
            check = {"modal": blockkit.view_problems, "home": blockkit.home_problems}.get(kind)
            refused = check(body) if check else blockkit.problems(body["blocks"])
            self.problems += [f"Slack refuses the {kind}: {problem}" for problem in refused]
        for text, is_markup in texts_in(body):
            if is_markup and (ping := PING.search(text)):
                self.problems.append(f"{ping[0]!r} in a {kind}: {text[:300]!r}")
        for secret in set(SECRET.findall(json.dumps(body, ensure_ascii=False))):
            if not viewers <= (allowed := self.secrets.get(secret, frozenset())):
                who = sorted(viewers - allowed)
                self.problems.append(f"{who} see {secret} in a {kind}: {json.dumps(body)[:600]}")
        return shown

    def is_current(self, shown: Shown) -> bool:
        """Return whether a modal or Home tab has not been replaced."""
        if shown.kind == "modal":
            return self.views.get(shown.view_id) is shown
        if shown.kind == "home":
            homes = [view for view in self.shown if view.kind == "home"]
            return shown is [view for view in homes if view.viewers == shown.viewers][-1]
        return True

    def _respond(self, method: str, sent: Json) -> Json:
        if method.startswith("hook"):
            return self._answer_hook(method, sent)
        if method in ("views.open", "views.push", "views.update", "views.publish"):
            return self._answer_view(method, sent)
        if method in MORE:
            return {"ok": True} | MORE[method](self, sent)
        answer = super()._respond(method, sent)
        if answer["ok"] and method in ("chat.postMessage", "chat.update"):
            channel, ts = answer["channel"], answer["ts"]
            self.record(
                "message",
                sent,
                self.viewers(channel),
                channel=channel,
                ts=ts,
                thread_ts=sent.get("thread_ts"),
            )
        if method == "chat.postEphemeral":
            if sent["user"] not in self.viewers(sent["channel"]):
                return {"ok": False, "error": "user_not_in_channel"}
            self._record_private(sent, sent["user"], sent["channel"])
        return answer

    def viewers(self, channel: str) -> frozenset[str]:
        """Return the people who see the messages of a channel."""
        if channel.startswith("DU"):
            return frozenset([channel[1:]])
        if channel not in self.members:
            self.problems.append(f"something is posted in {channel}, which is not here")
        return self.members.get(channel, frozenset())

    def _answer_hook(self, number: str, sent: Json) -> Json:
        if number not in self.hooks:
            self.problems.append(f"an answer to {number}, which nobody waits for")
            return {"ok": True}
        person, channel, ts = self.hooks[number]
        if sent.get("response_type") != "ephemeral":
            self.problems.append(f"everybody sees a private answer: {sent}")
        self._record_private(sent, person, channel, ts if sent.get("replace_original") else None)
        return {"ok": True}

    def _record_private(self, sent: Json, person: str, channel: str, ts: str | None = None) -> None:
        self.record(
            "private",
            sent,
            frozenset([person]),
            channel=channel,
            ts=ts or f"9.{next(ids)}",
            thread_ts=sent.get("thread_ts"),
        )

    def _answer_view(self, method: str, sent: Json) -> Json:
        view, kind = sent["view"], sent["view"]["type"]
        if method == "views.publish":
            self.record(kind, view, frozenset([sent["user_id"]]), view_id=f"V{next(ids)}")
            return {"ok": True}
        if method == "views.update":
            modal = self.views.get(sent.get("view_id", ""))
            if modal is None:
                return {"ok": False, "error": "not_found"}
            self.open_modal(view, next(iter(modal.viewers)), modal.view_id)
            return {"ok": True, "view": {"id": modal.view_id}}
        person = str(sent["trigger_id"]).partition("/")[2]
        return {"ok": True, "view": {"id": self.open_modal(view, person).view_id}}

    def open_modal(self, view: Json, person: str, view_id: str = "") -> Shown:
        """Show a modal to somebody."""
        view_id = view_id or f"V{next(ids)}"
        shown = self.record("modal", view, frozenset([person]), view_id=view_id)
        self.views[view_id] = shown
        return shown


def _person(slack: Workspace, sent: Json) -> Json:
    who = sent["user"]
    known = {"id": who, "team_id": slack.team, "name": who.lower(), "tz": "Europe/London"}
    return {"user": {**known, **slack.people.get(who, {})}}


def _channel(slack: Workspace, sent: Json) -> Json:
    channel = sent["channel"]
    private = channel.startswith("G")
    return {"channel": {"id": channel, "name": "x", "is_member": True, "is_private": private}}


def _unfurl(slack: Workspace, sent: Json) -> Json:
    unfurls = sent["unfurls"]
    unfurls = json.loads(unfurls) if isinstance(unfurls, str) else unfurls
    for unfurl in unfurls.values():
        slack.record("unfurl", unfurl, slack.viewers(sent["channel"]))
    return {}


MORE: Mapping[str, Any] = {
    "users.info": _person,
    "conversations.info": _channel,
    "conversations.members": lambda slack, sent: {
        "members": sorted(slack.members.get(sent["channel"], ()))
    },
    "usergroups.users.list": lambda slack, sent: {"users": slack.reviewers},
    "chat.unfurl": _unfurl,
    "assistant.threads.setStatus": lambda slack, sent: {},
    "assistant.threads.setSuggestedPrompts": lambda slack, sent: {},
    "assistant.threads.setTitle": lambda slack, sent: {},
}
assert ANSWERS.keys() >= {"chat.postMessage", "chat.update", "conversations.history"}


def texts_in(body: Any, *, is_markup: bool = True) -> Iterator[tuple[str, bool]]:
    """Yield the texts of a payload, and whether Slack looks for markup in them."""
    if isinstance(body, list):
        for element in body:
            yield from texts_in(element)
    elif isinstance(body, dict):
        plain = body.get("type") in ("plain_text", "plain_text_input")
        for name, value in body.items():
            if isinstance(value, str) and name == "text":
                yield value, not plain
            elif not isinstance(value, str) and name not in ("metadata", "private_metadata"):
                yield from texts_in(value)
