"""A fixed conversation with a tree's bot over signed HTTP, and the Slack in which it is held."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import queue
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.witness.comparison import Rows
from tests.witness.tree import Tree, WitnessError

Json = dict[str, Any]
COMMANDS = """/claim help | /claim yuan ruble | /claim yaun rubel | /claim port | /claim
/claim photosynthesis | /claim harbour photosynthesis | /claim after:never
/claim "No vessel will berth" | /claim stance:denied sort:new | /claim by:"Ingrid Solvane"
/claim what did Solvane say about the wall? | /claim has anybody denied that it was warned?
/article help | /article harbour closure | /article list | /article nothing of that title
/speaker help | /speaker Ingrid Solvane | /speaker Sun Yun | /speaker Nobody Atall
/watch help | /watch harbour | /watch dm berth | /watch list
/digest help | /digest on 08:30 weekdays | /digest | /digest list | /digest now | /digest off
/feed help | /feed list | /feed"""
PERSON, CHANNEL, BOT, SECRET = "U1", "C1", "UBOT", "witness"
TEAM = {"team_id": "T1", "api_app_id": "A1"}
MESSAGE = {"type": "message", "ts": "1.1", "user": PERSON, "text": "The port is shut."}
OTHER_WAYS: dict[str, Json] = {
    "find_this_claim": {"type": "message_action", "message": MESSAGE},
    "find_claim": {"type": "shortcut"},
    "home": {"event": {"type": "app_home_opened", "tab": "home"}},
    "mention": {"event": MESSAGE | {"type": "app_mention", "text": f"<@{BOT}> berth"}},
    "direct message": {"event": MESSAGE | {"channel_type": "im", "text": "who said it is shut?"}},
}
STEPS_EACH, FIRST_WAIT, QUIET = 10, 12.0, 0.6
"""How many steps to take from each command; how many seconds an answer may take, and how many
without another message end it."""
UNSEEN = set("""metadata private_metadata value block_id hash ts view_id token message_ts id user
trigger_id external_id thread_ts""".split())  # fmt: skip  # noqa: SIM905
CHANGING = re.compile(
    r"(?<=<!date\^)\d+|(?<=\(ref )\w+|(?<=http://127\.0\.0\.1:)\d+|\b[0-9a-f]{16}\b"
)
SLOW = "I'm still working on it"


class Workspace(ThreadingHTTPServer):
    """Slack's Web API: answers calls, and keeps what they show with their trigger or address."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shown: queue.Queue[tuple[str, str, Json]] = queue.Queue()
        self.url = f"http://127.0.0.1:{self.server_port}"
        self._numbers = itertools.count(1_000_000)
        Thread(target=self.serve_forever, daemon=True).start()

    def respond(self, path: str, sent: Json) -> Json:
        """Return the response to a call."""
        method, ts = path.rpartition("/")[2], f"1700000000.{next(self._numbers)}"
        if path.startswith("/answers/"):
            self.shown.put(("answer", method, sent | {"ts": ts}))
        if method.startswith("views."):
            view = sent["view"] | {"id": sent.get("view_id") or f"V{ts}", "hash": ts}
            sent |= {"view": view | {"state": {"values": {}}}}
        if method.startswith(("chat.", "views.")) and method != "chat.getPermalink":
            self.shown.put((method, sent.get("trigger_id", ""), {"ts": ts} | sent))
        channel = sent.get("channel") or sent.get("users") or CHANNEL
        person = {"id": sent.get("user", PERSON), "tz": "Europe/London", "is_admin": True, **TEAM}
        return {
            **{"ok": True, "ts": ts, "message_ts": ts, "user": person, "members": [person]},
            **{"channel": channel, "messages": [], "permalink": "https://slack.example/p1"},
            **({"view": sent["view"]} if "view" in sent else {}),
            **({"user_id": BOT, "bot_id": "B1", **TEAM} if method == "auth.test" else {}),
            **({"channel": {"id": channel, "name": "desk", "is_member": True}}
               if method.startswith("conversations.") else {}),
            **({"members": [PERSON, BOT]} if method == "conversations.members" else {}),
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path, _, query = self.path.partition("?")
        sent: Json = dict(parse_qsl(query))
        if "json" in self.headers.get("Content-Type", ""):
            sent |= json.loads(body or "{}")
        else:
            sent |= dict(parse_qsl(body))
            sent |= {k: json.loads(sent[k]) for k in ("blocks", "view") if k in sent}
        response = self.server.respond(path, sent)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(response).encode())

    do_GET = do_POST

    def log_message(self, *_: Any) -> None:
        """Log nothing."""


class Talk:
    """Sends commands, then uses every button, menu and modal that the bot shows, once each.

    So it knows no action's name."""

    def __init__(self, slack: Workspace, port: int, shift: float) -> None:
        self._slack, self._address, self._shift = slack, f"http://127.0.0.1:{port}", shift
        self.steps, self._numbers = Rows(), itertools.count(1)
        self._names: dict[str, str] = {}

    def explore(self, name: str, told: Json) -> None:
        """Do something, and then what its answers offer."""
        used, waiting = set[str](), [(name, told)]
        for _ in range(STEPS_EACH):
            if waiting:
                name, told = waiting.pop(0)
                for method, sent in list(self._deliver(name, told)):
                    for use, body in _uses(method, sent):
                        if use not in used:
                            waiting.append((f"{name} › {use}", body))
                            used.add(use)

    def _deliver(self, name: str, told: Json) -> Iterator[tuple[str, Json]]:
        """Send something to the bot, and yield what it shows."""
        id_ = f"step{next(self._numbers)}"
        self._names[id_], step = name, self.steps.setdefault(name, {})
        try:
            with urllib.request.urlopen(self._signed(id_, told), timeout=60) as response:
                acknowledged = response.read().decode()
        except urllib.error.HTTPError as error:  # nothing in the bot listens to this
            acknowledged = str(error)
        if acknowledged:
            is_json = acknowledged.startswith("{")
            step["acknowledged"] = _seen(json.loads(acknowledged) if is_json else acknowledged)
        patience = QUIET if step else FIRST_WAIT
        while True:
            try:
                method, owner, sent = self._slack.shown.get(timeout=patience)
            except queue.Empty:
                return
            if str(sent.get("text", "")).startswith(SLOW):
                continue
            place = self._names.get(owner, name)  # a late answer belongs to an earlier step
            if method in ("chat.postMessage", "chat.update", "chat.delete"):
                # The worker posts in no fixed order, nor at a fixed step.
                place = f"{method}: {str(sent.get('text'))[:90]}"
                place = f"{place} ({sum(one.startswith(place) for one in self.steps) + 1})"
            there = self.steps.setdefault(place, {})
            there[method] = (*there.get(method, ()), *_seen(sent))
            if owner in ("", id_):
                patience = QUIET
                yield method, sent

    def _signed(self, id_: str, told: Json) -> urllib.request.Request:
        address = {"response_url": f"{self._slack.url}/answers/{id_}"}
        media = "application/x-www-form-urlencoded"
        if "command" in told:
            body = urlencode({**TEAM, **told, **address, "trigger_id": id_})
        elif "event" in told:
            own = {"authorizations": [{**TEAM, "user_id": BOT}], "event_id": id_}
            event = {"user": PERSON, "channel": CHANNEL, **told["event"]}
            media, kind = "application/json", {"type": "event_callback"}
            body = json.dumps({**TEAM, **own, **kind, "event": event})
        else:
            sender = {"team": {"id": "T1"}, "user": {"id": PERSON, "team_id": "T1"}}
            place = {} if "view" in told else address | {"channel": {"id": CHANNEL}}
            payload = {**TEAM, **sender, **place, "callback_id": "", **told, "trigger_id": id_}
            body = urlencode({"payload": json.dumps(payload)})
        stamp = str(int(time.time() + self._shift))
        mac = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        headers = {"Content-Type": media, "X-Slack-Signature": f"v0={mac.hexdigest()}"}
        headers["X-Slack-Request-Timestamp"] = stamp
        return urllib.request.Request(f"{self._address}/slack/events", body.encode(), headers)


def _uses(method: str, sent: Json) -> Iterator[tuple[str, Json]]:
    """Yield what can be done with a message or a view, and what Slack then sends."""
    view = sent.get("view")
    container = {"type": "message", "message_ts": sent.get("ts"), "channel_id": CHANNEL}
    about: Json = {"container": container | {"is_ephemeral": method == "answer"}}
    if view:
        about = {"view": view, "container": {"type": "view", "view_id": view["id"]}}
    values: dict[str, Json] = {}
    for block in (view or sent).get("blocks", []):
        single = [block[key] for key in ("accessory", "element") if key in block]
        for element in [*block.get("elements", []), *single]:
            if "action_id" not in element or "url" in element:
                continue
            own = {k: element[k] for k in ("type", "action_id", "value") if k in element}
            own["block_id"] = block.get("block_id", "b")
            values.setdefault(own["block_id"], {})[element["action_id"]] = _state(element)
            is_silent = block["type"] == "input" and not block.get("dispatch_action")
            for option in [] if is_silent else element.get("options", [])[:6] or [None]:
                label = option["text"]["text"] if option else ""
                action = own | ({"selected_option": option} if option else _state(element))
                body = {"type": "block_actions", "actions": [action], **about}
                yield f"{element['action_id']} {label}".strip(), body
    if view and view.get("submit"):
        filled = view | {"state": {"values": values}}
        yield f"send {view.get('callback_id')}", {"type": "view_submission", "view": filled}


def _state(element: Json) -> Json:
    """Return what an input holds: what it began with, or something fixed."""
    kind, first = element["type"], next(iter(element.get("options", [])), None)
    if kind in ("plain_text_input", "button"):
        value = element.get("initial_value") or element.get("value") or "harbour wall"
        return {"type": kind, "value": value}
    fixed = {"conversation": CHANNEL, "channel": CHANNEL, "user": PERSON, "options": []}
    fixed |= {"option": first if kind in ("static_select", "radio_buttons") else None}
    fixed |= {k.removeprefix("initial_"): v for k, v in element.items() if k.startswith("initial_")}
    return {"type": kind} | {f"selected_{name}": value for name, value in fixed.items()}


def _seen(value: Any, path: str = "") -> tuple[str, ...]:
    """Return a line for each text of a message or view, with its place."""
    if isinstance(value, dict):
        inner = f"{path} {value.get('type', '')}".strip()
        parts = [(name, part) for name, part in value.items() if name not in UNSEEN | {"type"}]
        return tuple(line for name, part in parts for line in _seen(part, f"{inner} {name}"))
    if isinstance(value, list):
        return tuple(line for part in value for line in _seen(part, path))
    return (f"{path.strip().removeprefix('blocks ')}: {CHANGING.sub('…', str(value))}",)


def talk_in(tree: Tree, data: Path, at: datetime) -> Rows:
    """Start a tree's bot on a store, talk with it, and stop it. Raises WitnessError."""
    with Workspace() as slack, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environ = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SECRET, "PORT": str(port)}
        environ |= {"SLACK_API_URL": f"{slack.url}/api/", "CLAIMDESK_HOST": "127.0.0.1"}
        shift, log = at.timestamp() - time.time(), data / "bot.log"
        with log.open("w") as errors:
            process = tree.start(data, at, "run", environ=environ, stderr=errors)
            try:
                _wait_for(port)
                talk = Talk(slack, port, shift)
                for typed in re.split(r" \| |\n", COMMANDS):
                    command, _, text = typed.partition(" ")
                    told = {"command": command, "text": text}
                    talk.explore(typed, told | {"channel_id": CHANNEL, "user_id": PERSON})
                for name, told in OTHER_WAYS.items():
                    talk.explore(name, {"callback_id": name, **told})
            except OSError as error:
                tail = "\n".join(log.read_text("utf-8").splitlines()[-8:])
                raise WitnessError(f"{tree.name}'s bot doesn't answer: {error}\n{tail}") from error
            finally:
                process.terminate()
                tree.wait(process)
                slack.shutdown()
    return talk.steps


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("it does not listen")
