"""The modal in which a watch is changed, and its reader. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any, NamedTuple, TypeVar, get_args

from bot.errors import QueryError
from bot.model import Pace, Watch
from bot.slack import modals, parts
from bot.slack.parts import Block
from bot.slack.surfaces.answers.commands import parse_clock
from bot.words import say

LONGEST_QUERY, LONGEST_TIME = 3000, 20
"""Characters of an input; 3,000 is the most that Slack accepts."""
CHANNEL, DIRECT = "channel", "dm"

Value = TypeVar("Value")


class SentWatch(NamedTuple):
    """A submitted modal: the watch as it would be, with `errors` by block if something cannot be
    read."""

    watch: Watch
    errors: Mapping[str, str]


def edit_view(watch: Watch, channel: str, answer_url: str) -> Block:
    """Return the modal that changes a watch; the answer goes to `answer_url` or, without one, to
    the Home tab. `channel` is where it may alert besides direct messages, if there is one."""
    where = DIRECT if watch.is_private else CHANNEL
    places = (CHANNEL, DIRECT) if channel else (DIRECT,)
    at = f"{watch.at:%H:%M}" if watch.at else ""
    quiet = "–".join(f"{one:%H:%M}" for one in watch.quiet or ())
    known = {"watch": watch.id, "channel": channel, "answer": answer_url}
    return modals.modal(
        "watch_edit",
        [
            _typed("query", LONGEST_QUERY, watch.query),
            _chosen("where", "watches.where", places, where),
            _chosen("pace", "watches.choose", get_args(Pace), watch.pace),
            _typed("at", LONGEST_TIME, at, optional=True),
            _typed("quiet", LONGEST_TIME, quiet, optional=True),
        ],
        title="watches.title",
        submit="watches.submit",
        metadata=json.dumps(known),
    )


def _typed(name: str, longest: int, value: str, *, optional: bool = False) -> Block:
    key = f"watches.{name}"
    return modals.field(name, key, modals.text_input(key, longest, value), optional=optional)


def _chosen(name: str, texts: str, values: tuple[str, ...], chosen: str) -> Block:
    """Return a menu whose options are named by the texts that begin with `texts`."""
    key, options = f"watches.{name}", [parts.option(say(f"{texts}_{one}"), one) for one in values]
    menu = parts.menu(say(key), name, options)
    return modals.field(name, key, menu | {"initial_option": options[values.index(chosen)]})


def read_metadata(view: Mapping[str, Any]) -> tuple[str, str, str]:
    """Read the watch's id, the channel where it may alert, and where to answer."""
    known = json.loads(view["private_metadata"])
    return str(known["watch"]), str(known["channel"]), str(known["answer"])


def read_watch(view: Mapping[str, Any], watch: Watch) -> SentWatch:
    """Read a submitted modal."""
    values, errors = view["state"]["values"], dict[str, str]()

    def text(name: str) -> str:
        return str(values[name][name].get("value") or "").strip()

    def chosen(name: str) -> str:
        return str((values[name][name].get("selected_option") or {}).get("value") or "")

    def read(name: str, how: Callable[[str], Value]) -> Value | None:
        try:
            return how(text(name)) if text(name) else None
        except QueryError as error:
            errors[name] = str(error)
        return None

    pace = chosen("pace")
    fitting: Pace = pace if pace in get_args(Pace) else watch.pace  # type: ignore[assignment]
    at, quiet = read("at", parse_clock), read("quiet", parse_quiet)
    if fitting == "daily" and at is None and "at" not in errors:
        errors["at"] = say("watches.no_time")
    channel = read_metadata(view)[1] if chosen("where") == CHANNEL else watch.person
    changed = replace(watch, query=text("query") or watch.query, channel=channel)
    return SentWatch(replace(changed, pace=fitting, at=at, quiet=quiet), errors)


def parse_quiet(typed: str) -> tuple[time, time]:
    """Read quiet hours: 22:00–07:00, 10pm to 7am. Raises QueryError."""
    match re.split(r"\s*(?:-|–|—|\bto\b)\s*", typed.strip(), flags=re.IGNORECASE):
        case [begin, end] if begin and end:
            return parse_clock(begin), parse_clock(end)
    raise QueryError(say("watches.how_quiet"))
