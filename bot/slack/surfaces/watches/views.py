"""The modal for editing a watch, and parsing of its input. No I/O."""

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
from bot.slack.modals import MAX_INPUT_LENGTH
from bot.slack.parts import Block
from bot.slack.surfaces.answers.commands import parse_clock
from bot.words import say

MAX_TIME_LENGTH = 20
CHANNEL, DIRECT_MESSAGE = "channel", "dm"
"""The options for where a watch alerts."""
PACES: tuple[Pace, ...] = get_args(Pace)

Value = TypeVar("Value")


class SubmittedWatch(NamedTuple):
    """The watch with the changes in a submitted modal, and the errors by block id for invalid
    input."""

    watch: Watch
    errors: Mapping[str, str]


def edit_view(watch: Watch, channel: str, answer_url: str) -> Block:
    """Return the modal for editing a watch.

    The watch may alert by direct message or, if given, in `channel`. The answer goes to
    `answer_url` or, if it is empty, to the Home tab.
    """
    destination = DIRECT_MESSAGE if watch.is_private else CHANNEL
    destinations = (CHANNEL, DIRECT_MESSAGE) if channel else (DIRECT_MESSAGE,)
    alert_time = f"{watch.at:%H:%M}" if watch.at else ""
    quiet_hours = "–".join(f"{boundary:%H:%M}" for boundary in watch.quiet or ())
    metadata = {"watch": watch.id, "channel": channel, "answer": answer_url}
    return modals.modal(
        "watch_edit",
        [
            _text_input("query", MAX_INPUT_LENGTH, watch.query),
            _menu("where", "watches.where", destinations, destination),
            _menu("pace", "watches.choose", PACES, watch.pace),
            _text_input("at", MAX_TIME_LENGTH, alert_time, optional=True),
            _text_input("quiet", MAX_TIME_LENGTH, quiet_hours, optional=True),
        ],
        title="watches.title",
        submit="watches.submit",
        metadata=json.dumps(metadata),
    )


def _text_input(name: str, max_length: int, value: str, *, optional: bool = False) -> Block:
    key = f"watches.{name}"
    return modals.field(name, key, modals.text_input(key, max_length, value), optional=optional)


def _menu(name: str, key_prefix: str, values: tuple[str, ...], selected: str) -> Block:
    """Return an input with a menu; the key of an option's text is `key_prefix`_value."""
    key = f"watches.{name}"
    options = [parts.option(say(f"{key_prefix}_{value}"), value) for value in values]
    menu = parts.menu(say(key), name, options)
    return modals.field(name, key, menu | {"initial_option": options[values.index(selected)]})


def parse_metadata(view: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the watch's id, the channel in which it may alert, and the response URL."""
    metadata = modals.parse_metadata(view, dict.fromkeys(("watch", "channel", "answer"), str))
    return metadata["watch"], metadata["channel"], metadata["answer"]


def parse_watch(view: Mapping[str, Any], watch: Watch) -> SubmittedWatch:
    """Parse a submitted modal for a watch."""
    inputs, errors = view["state"]["values"], dict[str, str]()

    def typed_text(name: str) -> str:
        return str(inputs[name][name].get("value") or "").strip()

    def selected_value(name: str) -> str:
        return str((inputs[name][name].get("selected_option") or {}).get("value") or "")

    def parse(name: str, parser: Callable[[str], Value]) -> Value | None:
        try:
            return parser(typed_text(name)) if typed_text(name) else None
        except QueryError as error:
            errors[name] = str(error)
        return None

    alert_time, quiet_hours = parse("at", parse_clock), parse("quiet", parse_quiet_hours)
    pace = next((pace for pace in PACES if pace == selected_value("pace")), watch.pace)
    if pace == "daily" and alert_time is None and "at" not in errors:
        errors["at"] = say("watches.no_time")
    _, channel, _ = parse_metadata(view)
    edited_watch = replace(
        watch,
        query=typed_text("query") or watch.query,
        channel=channel if selected_value("where") == CHANNEL else watch.person,
        pace=pace,
        at=alert_time,
        quiet=quiet_hours,
    )
    return SubmittedWatch(edited_watch, errors)


def parse_quiet_hours(text: str) -> tuple[time, time]:
    """Parse quiet hours: 22:00–07:00, 10pm to 7am. Raises QueryError."""
    match re.split(r"\s*(?:-|–|—|\bto\b)\s*", text.strip(), flags=re.IGNORECASE):
        case [start, end] if start and end:
            return parse_clock(start), parse_clock(end)
    raise QueryError(say("watches.how_quiet"))
