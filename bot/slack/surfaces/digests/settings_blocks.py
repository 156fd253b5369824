"""Messages about a channel's digest, the list of digests, and the settings modal. No I/O."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, NamedTuple, TypeVar

from bot.digest import EVERY_DAY
from bot.errors import QueryError
from bot.model import Digest, DigestPreferences, Subscription
from bot.slack import modals, parts
from bot.slack.parts import Block, Message
from bot.slack.surfaces.answers.commands import parse_clock
from bot.slack.surfaces.digests.blocks import MAX_BLOCKS, digest_message, digest_that_fits
from bot.slack.surfaces.digests.terms import (
    CLAIMS_BY_LENGTH,
    contents_text,
    days_text,
    length_name,
    local_day,
    parse_zone,
    pause_texts,
    schedule_text,
    stop_cause_and_remedy,
)
from bot.wording.digests import digests as digest_wording
from bot.words import say
from bot.words.dates import long_date

SETTINGS_CALLBACK = "digest_settings"
MAX_INPUT_LENGTH, MAX_LINES_LENGTH = 60, 2500
"""The number of characters of a single-line input, and of a multi-line input."""
MAX_LISTED_DIGESTS = 20
DEFAULT_TIME = time(8, 30)
_TEXT_KEYS = {name: f"{name}_field" for name in ("topics", "outlets", "paused")}
"""The key of an input's text, for the inputs whose name is not the key."""

Value = TypeVar("Value")


class SettingsOrigin(NamedTuple):
    """The channel that a modal is about, and the signed response URL; empty if the modal was opened
    in the Home tab, which then shows the outcome."""

    channel: str
    url: str = ""


class SubmittedSettings(NamedTuple):
    """The settings in a submitted modal, and the errors by block id for invalid input."""

    posting_time: time
    zone: str
    preferences: DigestPreferences
    errors: dict[str, str]


# -- messages


def saved_message(
    key: str, subscription: Subscription, next_posting: datetime, now: datetime
) -> Message:
    """Show the settings of a channel's digest; `key` is the key of the first sentence."""
    preferences, zone = subscription.preferences, subscription.zone
    next_day = local_day(next_posting, zone)
    text = say(
        key,
        days=days_text(preferences),
        at=f"{subscription.at:%H:%M}",
        zone=zone,
        day=long_date(next_day),
    )
    pauses = pause_texts(preferences, local_day(now, zone))
    details = " · ".join(filter(None, [contents_text(preferences), *pauses]))
    return _message("\n".join(filter(None, [text, details])))


def text_message(key: str, **values: object) -> Message:
    """Return a message of one text of the catalogue, which may have markup."""
    return _message(say(key, **values))


def _message(text: str, *more_blocks: Block) -> Message:
    return Message(text.replace("`", ""), [parts.section(text), *more_blocks])


def already_posted_message(key: str, *, time: str, day: str) -> Message:
    """Say when today's digest was posted, with a button that previews the next one."""
    preview = parts.button(say("digest_settings.see_new"), "digest_preview", "preview")
    return _message(say(key, time=time, day=day), parts.actions(preview))


def preview_message(digest: Digest, note: str) -> Message:
    """Preview a digest for one person, without menus and buttons."""
    digest = digest_that_fits(digest)
    message, remaining_line = digest_message(digest), digest_wording.remaining_line(digest)
    blocks = [
        {name: value for name, value in block.items() if name != "accessory"}
        for block in message.blocks
        if block["type"] != "actions"
    ]
    blocks += [parts.context(remaining_line)] if remaining_line else []
    return Message(f"{note}\n{message.text}", [parts.context(note), *blocks][:MAX_BLOCKS])


def list_message(
    digests: Sequence[tuple[Subscription, datetime]], now: datetime, user_id: str
) -> Message:
    """List digests, given as subscriptions with their next posting times."""
    if not digests:
        return text_message("digest_settings.list_none")
    blocks = [
        subscription_row(subscription, next_posting, now, user_id)
        for subscription, next_posting in digests[:MAX_LISTED_DIGESTS]
    ]
    text = "\n".join(block["text"]["text"] for block in blocks)
    if (omitted_count := len(digests) - MAX_LISTED_DIGESTS) > 0:
        blocks.append(parts.context(say("digest_settings.list_more", n=omitted_count)))
    return Message(text, blocks)


def subscription_row(
    subscription: Subscription, next_posting: datetime, now: datetime, user_id: str
) -> Block:
    """Return a digest's state with a button to its settings, and its owner if that is not the
    user."""
    contents = contents_text(subscription.preferences)
    state = [schedule_text(subscription, next_posting, now), contents]
    if subscription.person != user_id:
        state.append(say("digest_settings.set_by", person=f"<@{subscription.person}>"))
    text = say(
        "digest_settings.list_row",
        channel=f"<#{subscription.channel}>",
        stands=" · ".join(filter(None, state)),
    )
    change = parts.button(say("home.digest_settings"), SETTINGS_CALLBACK, subscription.channel)
    return parts.section(text, accessory=change)


def stopped_message(subscription: Subscription) -> Message:
    """Tell the owner of a digest why it was stopped."""
    cause, remedy = stop_cause_and_remedy(subscription)
    channel = f"<#{subscription.channel}>"
    return text_message("digest_settings.stopped_here", channel=channel, why=cause, remedy=remedy)


# -- the modal


def settings_view(
    origin: SettingsOrigin,
    subscription: Subscription | None,
    *,
    zone: str | None,
    status: str,
) -> Block:
    """Return the modal; `zone` is the user's own, `status` says when the digest is posted."""
    preferences = subscription.preferences if subscription else DigestPreferences()
    posting_time = subscription.at if subscription else DEFAULT_TIME
    digest_zone = subscription.zone if subscription else zone or ""
    key = "digest_settings.zone_hint" if zone else "digest_settings.zone_hint_unknown"
    blocks = [
        parts.section(f"<#{origin.channel}> · {status}"),
        _input("at", _text_input("at", f"{posting_time:%H:%M}")),
        _input("days", _day_boxes(preferences.days)),
        _input("zone", _text_input("zone", digest_zone), say(key, zone=zone)),
        _input("topics", _lines_input("topics", preferences.topics), optional=True),
        _input("outlets", _lines_input("outlets", preferences.outlets), optional=True),
        _input("length", _length_menu(preferences.claims)),
        _input("paused", _date_picker(preferences.paused_until), optional=True),
    ]
    if subscription:
        turn_off = parts.button(say("digest_settings.turn_off"), "digest_off", origin.channel)
        blocks.append(parts.actions(turn_off))
    return modals.modal(
        SETTINGS_CALLBACK,
        blocks,
        title="digest_settings.title",
        submit="digest_settings.submit",
        metadata=json.dumps(origin._asdict()),
    )


def _input(name: str, element: Block, hint: str = "", *, optional: bool = False) -> Block:
    return modals.field(name, _text_key(name), element, hint=hint, optional=optional)


def _text_input(name: str, value: str) -> Block:
    return modals.text_input(_text_key(name), MAX_INPUT_LENGTH, value)


def _lines_input(name: str, lines: Sequence[str]) -> Block:
    return modals.text_input(_text_key(name), MAX_LINES_LENGTH, "\n".join(lines), multiline=True)


def _text_key(name: str) -> str:
    return f"digest_settings.{_TEXT_KEYS.get(name, name)}"


def _day_boxes(days: Sequence[int]) -> Block:
    options = [parts.option(say(f"dates.weekday_{day}"), str(day)) for day in EVERY_DAY]
    selected_days = [options[day - 1] for day in days or EVERY_DAY]
    return {"type": "checkboxes", "options": options, "initial_options": selected_days}


def _length_menu(max_claims: int | None) -> Block:
    options = {
        name: parts.option(say(f"digest_settings.length_{name}"), name) for name in CLAIMS_BY_LENGTH
    }
    menu = parts.menu(say("digest_settings.length"), "length", list(options.values()))
    return menu | {"initial_option": options[length_name(max_claims)]}


def _date_picker(day: date | None) -> Block:
    placeholder = parts.plain_text(say("digest_settings.any_day"), 150)
    element: Block = {"type": "datepicker", "placeholder": placeholder}
    return element | ({"initial_date": day.isoformat()} if day else {})


def settings_origin(view: Mapping[str, Any]) -> SettingsOrigin:
    """Return a modal's origin from its metadata."""
    return SettingsOrigin(**modals.parse_metadata(view, dict.fromkeys(SettingsOrigin._fields, str)))


def parse_settings(view: Mapping[str, Any], current: DigestPreferences) -> SubmittedSettings:
    """Parse a submitted modal; preferences without an input stay as in `current`."""
    inputs, errors = view["state"]["values"], dict[str, str]()

    def state_of(name: str) -> Mapping[str, Any]:
        state: Mapping[str, Any] = (inputs.get(name) or {}).get(name) or {}
        return state

    def parse(name: str, parser: Callable[[str], Value], default: Value) -> Value:
        typed_text = str(state_of(name).get("value") or "").strip()
        try:
            return parser(typed_text)
        except QueryError as error:
            errors[name] = str(error) if typed_text else say(f"digest_settings.no_{name}")
        return default

    posting_time = parse("at", parse_clock, DEFAULT_TIME)
    zone = parse("zone", parse_zone, "")
    selected_days = {
        option.get("value") for option in state_of("days").get("selected_options") or ()
    }
    days = tuple(day for day in EVERY_DAY if str(day) in selected_days)
    if not days:
        errors["days"] = say("digest_settings.no_days")
    length = (state_of("length").get("selected_option") or {}).get("value")
    # A number of claims without a name is kept unless another length was selected.
    is_same_length = length == length_name(current.claims)
    paused_until = state_of("paused").get("selected_date")
    preferences = replace(
        current,
        days=() if days == EVERY_DAY else days,
        topics=_parse_lines(state_of("topics")),
        outlets=_parse_lines(state_of("outlets")),
        claims=current.claims if is_same_length else CLAIMS_BY_LENGTH.get(str(length)),
        paused_until=date.fromisoformat(paused_until) if paused_until else None,
    )
    return SubmittedSettings(posting_time, zone, preferences, errors)


def _parse_lines(state: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the typed lines without duplicates."""
    lines = (" ".join(line.split()) for line in str(state.get("value") or "").splitlines())
    return tuple(dict.fromkeys(filter(None, lines)))
