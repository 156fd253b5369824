"""The search form as Block Kit, and parsing of its input. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from slack_sdk.web.async_client import AsyncWebClient

from bot.search.language.fields import TYPES, Fields
from bot.slack import modals, parts
from bot.slack.mrkdwn import escape_code, escape_to_fit
from bot.slack.parts import Block
from bot.slack.replies import Reply, sign_response_url
from bot.wording.runs import BIDI_CONTROLS
from bot.words import say

CALLBACK = "claim_form"
SPEAKER_OPTIONS = "speaker_options"
"""The action_id of the input that suggests names as people type."""
MAX_WORDS_LENGTH = 3000
"""The number of characters that the input for the words accepts."""
MAX_OUTLETS = 100
MIN_TYPED_LENGTH = 2
"""Names are suggested after this number of typed characters."""
MAX_QUERY_LENGTH, MAX_ESCAPED_QUERY = 600, 1500
NO_FIELDS = Fields()


class FormOrigin(NamedTuple):
    """The channel in which a form was opened and its signed response_url; empty outside
    channels."""

    channel: str = ""
    url: str = ""


def origin_of(client: AsyncWebClient, body: dict[str, Any], reply: Reply) -> FormOrigin:
    """Return the origin of a form that a command or a button opens."""
    return FormOrigin(reply.channel or "", sign_response_url(client, body))


def form_view(
    outlets: Sequence[str], origin: FormOrigin, line: str = "", *, fields: Fields = NO_FIELDS
) -> Block:
    """Return the form, filled in with `fields`; `line` shows the query so far, or an error.

    When a form is updated, Slack keeps what was typed as long as the ids of the inputs stay the
    same (docs.slack.dev/surfaces/modals).
    """
    outlet_labels = {outlet: outlet for outlet in selectable_outlets(outlets)}
    type_labels = {name: say(f"form.type_{name}") for name in TYPES}
    outlet_menu = _menu("outlet", outlet_labels, fields.outlet)
    inputs = [
        _input("words", _words_input(fields.words)),
        _input("speaker", _speaker_menu(fields.speaker)),
        *([_input("outlet", outlet_menu)] if outlet_labels else []),
        _input("after", _date_picker(fields.after)),
        _input("before", _date_picker(fields.before)),
        _input("type", _menu("type", type_labels, fields.type)),
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
        outlet
        for outlet in outlets
        if len(outlet) <= parts.MAX_OPTION_LENGTH and outlet.translate(BIDI_CONTROLS).strip()
    ]


def query_line(query: str) -> str:
    """Show a query as people would type it."""
    typed_query = escape_code(query, max_length=MAX_QUERY_LENGTH, max_escaped=MAX_ESCAPED_QUERY)
    return say("form.typed", query=typed_query)


def error_line(error: str) -> str:
    """Show what is wrong with the fields."""
    return escape_to_fit(error, max_length=MAX_QUERY_LENGTH, max_escaped=MAX_ESCAPED_QUERY)


def _input(name: str, element: Block) -> Block:
    element = {"action_id": action_id(name), **element}
    return modals.field(name, f"form.{name}", element, optional=True, dispatch_action=True)


def action_id(name: str) -> str:
    """Return the action_id of a field's input."""
    return SPEAKER_OPTIONS if name == "speaker" else f"form_{name}"


def _words_input(words: str) -> Block:
    on_enter = {"trigger_actions_on": ["on_enter_pressed"]}
    return modals.text_input("form.words", MAX_WORDS_LENGTH, words, dispatch_action_config=on_enter)


def _speaker_menu(speaker: str | None) -> Block:
    element = {
        "type": "external_select",
        "min_query_length": MIN_TYPED_LENGTH,
        "placeholder": parts.plain_text(say("form.speaker_example"), 150),
    }
    return element | ({"initial_option": parts.option(speaker, speaker)} if speaker else {})


def _menu(name: str, labels: Mapping[str, str], selected: str | None) -> Block:
    options = {value: parts.option(label, value) for value, label in labels.items()}
    menu = parts.menu(say(f"form.any_{name}"), action_id(name), list(options.values()))
    return menu | ({"initial_option": options[selected]} if selected in options else {})


def _date_picker(selected: date | None) -> Block:
    element = {"type": "datepicker", "placeholder": parts.plain_text(say("form.any_day"), 150)}
    return element | ({"initial_date": selected.isoformat()} if selected else {})


def parse_form_origin(view: Mapping[str, Any]) -> FormOrigin:
    """Return where a submitted form was opened."""
    return FormOrigin(**modals.parse_metadata(view, dict.fromkeys(FormOrigin._fields, str)))


def parse_form(view: Mapping[str, Any]) -> Fields:
    """Return the fields of a form; an unknown type counts as empty."""
    states = view["state"]["values"]

    def state_of(name: str) -> Mapping[str, Any]:
        state: Mapping[str, Any] = (states.get(name) or {}).get(action_id(name)) or {}
        return state

    def selected(name: str) -> str | None:
        return (state_of(name).get("selected_option") or {}).get("value") or None

    claim_type = selected("type")
    return Fields(
        words=str(state_of("words").get("value") or ""),
        speaker=selected("speaker"),
        outlet=selected("outlet"),
        type=claim_type if claim_type in TYPES else None,
        after=_parse_date(state_of("after").get("selected_date")),
        before=_parse_date(state_of("before").get("selected_date")),
    )


def _parse_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
