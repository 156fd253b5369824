"""The form that asks for a claim, and what was filled in, read back. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.search.language.fields import TYPES, Fields
from bot.slack import parts
from bot.slack.mrkdwn import coded, fitted
from bot.slack.parts import Block
from bot.wording.runs import BIDI_CONTROLS
from bot.words import say

CALLBACK = "claim_form"
SPEAKER_OPTIONS = "speaker_options"
"""The action_id under which names are asked for while somebody types."""
TITLE, OPTION = 24, 75
"""Characters of a modal's title and buttons, and of an option's text and value."""
LONGEST_WORDS = 3000
MOST_OUTLETS = 100
LEAST_TYPED = 2
QUERY_LENGTH, QUERY_ROOM = 600, 1500
EMPTY = Fields()
_ACTION_IDS = {"speaker": SPEAKER_OPTIONS}


class Opened(NamedTuple):
    """Where a form was opened: in which channel, and where it is answered. Empty, where it was in
    none."""

    channel: str = ""
    url: str = ""


def form_view(
    outlets: Sequence[str], opened: Opened, line: str = "", *, fields: Fields = EMPTY
) -> Block:
    """The form, with what is filled in to be changed; `line` says what it asks for so far, or why
    that cannot be read.

    Filled in anew, Slack keeps what is written as long as the inputs' ids stay the same
    (docs.slack.dev/surfaces/modals).
    """
    fit = {one: one for one in offered(outlets)}
    types = {one: say(f"form.type_{one}") for one in TYPES}
    inputs = [
        _input("words", _words(fields.words)),
        _input("speaker", _speaker(fields.speaker)),
        *([_input("outlet", _choice("outlet", fit, fields.outlet))] if fit else []),
        _input("after", _day(fields.after)),
        _input("before", _day(fields.before)),
        _input("type", _choice("type", types, fields.type)),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(opened._asdict()),
        "title": parts.plain(say("form.title"), TITLE),
        "submit": parts.plain(say("form.submit"), TITLE),
        "close": parts.plain(say("buttons.cancel"), TITLE),
        "blocks": [*inputs, {**parts.context(line or say("form.empty")), "block_id": "query"}],
    }


def offered(outlets: Sequence[str]) -> list[str]:
    """The outlets that can be chosen: those whose names a menu can hold."""
    return [one for one in outlets if len(one) <= OPTION and one.translate(BIDI_CONTROLS).strip()]


def query_line(query: str) -> str:
    """Say how a query is typed."""
    return say("form.typed", query=coded(query, length=QUERY_LENGTH, room=QUERY_ROOM))


def unread_line(error: str) -> str:
    """Say why what was filled in cannot be read."""
    return fitted(error, (), length=QUERY_LENGTH, room=QUERY_ROOM)


def _input(name: str, element: Block) -> Block:
    called = {"action_id": action_id(name), **element}
    return parts.field(name, f"form.{name}", called, optional=True, dispatch_action=True)


def action_id(name: str) -> str:
    """The action_id of a field's input."""
    return _ACTION_IDS.get(name, f"form_{name}")


def _words(typed: str) -> Block:
    on_enter = {"trigger_actions_on": ["on_enter_pressed"]}
    return parts.typed("form.words", LONGEST_WORDS, typed, dispatch_action_config=on_enter)


def _speaker(chosen: str | None) -> Block:
    element = {
        "type": "external_select",
        "min_query_length": LEAST_TYPED,
        "placeholder": parts.plain(say("form.speaker_example"), 150),
    }
    return element | ({"initial_option": parts.option(chosen, chosen)} if chosen else {})


def _choice(name: str, values: Mapping[str, str], chosen: str | None) -> Block:
    options = {value: parts.option(text, value) for value, text in values.items()}
    menu = parts.menu(say(f"form.any_{name}"), action_id(name), list(options.values()))
    return menu | ({"initial_option": options[chosen]} if chosen in options else {})


def _day(chosen: date | None) -> Block:
    element = {"type": "datepicker", "placeholder": parts.plain(say("form.any_day"), 150)}
    return element | ({"initial_date": chosen.isoformat()} if chosen else {})


def opened_at(view: Mapping[str, Any]) -> Opened:
    """Where a form that was sent had been opened."""
    known = json.loads(view["private_metadata"])
    return Opened(str(known["channel"]), str(known["url"]))


def filled_in(view: Mapping[str, Any]) -> Fields:
    """What stands in a form. What cannot have been chosen in it counts as not filled in."""
    state = view["state"]["values"]

    def of(name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (state.get(name) or {}).get(action_id(name)) or {}
        return found

    def chosen(name: str) -> str | None:
        return (of(name).get("selected_option") or {}).get("value") or None

    kind = chosen("type")
    return Fields(
        words=str(of("words").get("value") or ""),
        speaker=chosen("speaker"),
        outlet=chosen("outlet"),
        type=kind if kind in TYPES else None,
        after=_date(of("after").get("selected_date")),
        before=_date(of("before").get("selected_date")),
    )


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
