"""The form that asks for a claim, and its reader. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.search.language.fields import TYPES, Fields
from bot.slack import modals, parts
from bot.slack.mrkdwn import escape_code, escape_to_fit
from bot.slack.parts import Block
from bot.wording.runs import BIDI_CONTROLS
from bot.words import say

CALLBACK = "claim_form"
SPEAKER_OPTIONS = "speaker_options"
"""The action_id of the input that suggests names while somebody types."""
MAX_WORDS_LENGTH = 3000
MAX_OUTLETS = 100
MIN_TYPED_LENGTH = 2
MAX_QUERY_LENGTH, MAX_ESCAPED_QUERY = 600, 1500
NO_FIELDS = Fields()
_ACTION_IDS = {"speaker": SPEAKER_OPTIONS}


class FormOrigin(NamedTuple):
    """The channel in which a form was opened and the `url` to answer at; empty outside channels."""

    channel: str = ""
    url: str = ""


def form_view(
    outlets: Sequence[str], origin: FormOrigin, line: str = "", *, fields: Fields = NO_FIELDS
) -> Block:
    """Return the form with `fields` filled in; `line` shows the query so far, or its error.

    On an update, Slack keeps what was typed as long as the inputs' ids stay the same
    (docs.slack.dev/surfaces/modals).
    """
    fit = {one: one for one in selectable_outlets(outlets)}
    types = {one: say(f"form.type_{one}") for one in TYPES}
    inputs = [
        _input("words", _words(fields.words)),
        _input("speaker", _speaker(fields.speaker)),
        *([_input("outlet", _choice("outlet", fit, fields.outlet))] if fit else []),
        _input("after", _day(fields.after)),
        _input("before", _day(fields.before)),
        _input("type", _choice("type", types, fields.type)),
    ]
    return modals.modal(
        CALLBACK,
        [*inputs, {**parts.context(line or say("form.empty")), "block_id": "query"}],
        title="form.title",
        submit="form.submit",
        metadata=json.dumps(origin._asdict()),
    )


def selectable_outlets(outlets: Sequence[str]) -> list[str]:
    """Return the outlets whose names fit into a menu."""
    return [
        one
        for one in outlets
        if len(one) <= parts.MAX_OPTION_LENGTH and one.translate(BIDI_CONTROLS).strip()
    ]


def query_line(query: str) -> str:
    """Show a query as it would be typed."""
    return say(
        "form.typed",
        query=escape_code(query, max_length=MAX_QUERY_LENGTH, max_escaped=MAX_ESCAPED_QUERY),
    )


def error_line(error: str) -> str:
    """Show why the fields cannot be read."""
    return escape_to_fit(error, (), max_length=MAX_QUERY_LENGTH, max_escaped=MAX_ESCAPED_QUERY)


def _input(name: str, element: Block) -> Block:
    called = {"action_id": action_id(name), **element}
    return modals.field(name, f"form.{name}", called, optional=True, dispatch_action=True)


def action_id(name: str) -> str:
    """The action_id of a field's input."""
    return _ACTION_IDS.get(name, f"form_{name}")


def _words(typed: str) -> Block:
    on_enter = {"trigger_actions_on": ["on_enter_pressed"]}
    return modals.text_input("form.words", MAX_WORDS_LENGTH, typed, dispatch_action_config=on_enter)


def _speaker(chosen: str | None) -> Block:
    element = {
        "type": "external_select",
        "min_query_length": MIN_TYPED_LENGTH,
        "placeholder": parts.plain_text(say("form.speaker_example"), 150),
    }
    return element | ({"initial_option": parts.option(chosen, chosen)} if chosen else {})


def _choice(name: str, values: Mapping[str, str], chosen: str | None) -> Block:
    options = {value: parts.option(text, value) for value, text in values.items()}
    menu = parts.menu(say(f"form.any_{name}"), action_id(name), list(options.values()))
    return menu | ({"initial_option": options[chosen]} if chosen in options else {})


def _day(chosen: date | None) -> Block:
    element = {"type": "datepicker", "placeholder": parts.plain_text(say("form.any_day"), 150)}
    return element | ({"initial_date": chosen.isoformat()} if chosen else {})


def parse_form_origin(view: Mapping[str, Any]) -> FormOrigin:
    """Read where a submitted form was opened."""
    known = json.loads(view["private_metadata"])
    return FormOrigin(str(known["channel"]), str(known["url"]))


def parse_form(view: Mapping[str, Any]) -> Fields:
    """Read the fields of a form; a choice that it does not offer counts as empty."""
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
