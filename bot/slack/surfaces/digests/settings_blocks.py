"""The settings of a channel's digest: messages, the list of all digests, and the modal. Pure."""

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
from bot.slack.surfaces.digests.blocks import MOST_BLOCKS, digest_message, digest_that_fits
from bot.slack.surfaces.digests.terms import (
    LENGTHS,
    contents_text,
    days_text,
    length_name,
    local_day,
    parse_language,
    parse_zone,
    pause_texts,
    schedule_text,
    why_stopped,
)
from bot.wording import digests as digest_wording
from bot.wording.language_names import language_name
from bot.words import LANGUAGE, say
from bot.words.dates import date_language, long_date

CALLBACK = "digest_settings"
LONGEST, LONGEST_LIST = 60, 2500
"""Characters of an input, and of one of many lines."""
MOST_ROWS = 20
DEFAULT_AT = time(8, 30)
_FIELDS = {name: f"{name}_field" for name in ("topics", "outlets", "language", "paused")}

Value = TypeVar("Value")


class SettingsOrigin(NamedTuple):
    """The channel that a modal is about and the `url` to answer at; empty for the Home tab, which
    then shows the outcome."""

    channel: str
    url: str = ""


class SentSettings(NamedTuple):
    """A submitted modal, with `errors` by block if something cannot be read."""

    at: time
    zone: str
    wants: DigestPreferences
    errors: dict[str, str]


# -- messages


def set_message(key: str, subscription: Subscription, coming: datetime, now: datetime) -> Message:
    """Say when a channel's digest comes and what is in it; `key` is that of a text about the first
    digest, or the next."""
    coming_day = local_day(coming, subscription)
    day = long_date(coming_day)
    days, at = days_text(subscription.preferences), f"{subscription.at:%H:%M}"
    said = say(key, days=days, at=at, zone=subscription.zone, day=day)
    pauses = pause_texts(subscription.preferences, local_day(now, subscription))
    more = " · ".join(filter(None, [contents_text(subscription.preferences, coming_day), *pauses]))
    return _message("\n".join(filter(None, [said, more])))


def markup_text(key: str, **values: object) -> Message:
    """A message of one text of the catalogue, with markup."""
    return _message(say(key, **values))


def _message(text: str, *more: Block) -> Message:
    return Message(text.replace("`", ""), [parts.section(text), *more])


def came_message(key: str, time: str, day: str) -> Message:
    """Say that today's digest has come, with a button that previews the next one."""
    see = parts.button(say("digest_settings.see_new"), "digest_preview", "preview")
    return _message(say(key, time=time, day=day), parts.buttons(see))


def preview_message(digest: Digest, note: str) -> Message:
    """Preview a digest for one person, without menus and buttons."""
    digest = digest_that_fits(digest)
    made, rest = digest_message(digest), digest_wording.remaining_line(digest)
    shown = [block for block in made.blocks if block["type"] != "actions"]
    blocks = [{k: v for k, v in block.items() if k != "accessory"} for block in shown]
    blocks += [parts.context(rest)] if rest else []
    return Message(f"{note}\n{made.text}", [parts.context(note), *blocks][:MOST_BLOCKS])


def list_message(
    there: Sequence[tuple[Subscription, datetime]], now: datetime, person: str
) -> Message:
    """List digests, each with when it comes next and a button to its settings."""
    if not there:
        return markup_text("digest_settings.list_none")
    blocks = [subscription_row(one, coming, now, person) for one, coming in there[:MOST_ROWS]]
    texts = [block["text"]["text"] for block in blocks]
    if (more := len(there) - MOST_ROWS) > 0:
        blocks.append(parts.context(say("digest_settings.list_more", n=more)))
    return Message("\n".join(texts), blocks)


def subscription_row(
    subscription: Subscription, coming: datetime, now: datetime, person: str
) -> Block:
    """The state of a digest with a button to its settings, and its owner if not the `person`."""
    contents = contents_text(subscription.preferences, local_day(coming, subscription))
    stands = [schedule_text(subscription, coming, now), contents]
    if subscription.person != person:
        stands.append(say("digest_settings.set_by", person=f"<@{subscription.person}>"))
    said = say(
        "digest_settings.list_row",
        channel=f"<#{subscription.channel}>",
        stands=" · ".join(filter(None, stands)),
    )
    change = parts.button(say("home.digest_settings"), CALLBACK, subscription.channel)
    return parts.section(said, accessory=change)


def stopped_message(subscription: Subscription) -> Message:
    """Tell the owner of a digest why it is paused."""
    why, remedy = why_stopped(subscription)
    channel = f"<#{subscription.channel}>"
    return markup_text("digest_settings.stopped_here", channel=channel, why=why, remedy=remedy)


# -- the modal


def settings_view(
    asked: SettingsOrigin,
    subscription: Subscription | None,
    *,
    zone: str | None,
    stands: str,
) -> Block:
    """Return the modal; `zone` is the person's own, `stands` describes the current settings."""
    wants = subscription.preferences if subscription else DigestPreferences()
    at = subscription.at if subscription else DEFAULT_AT
    here = subscription.zone if subscription else zone or ""
    hint = say("digest_settings.zone_hint", zone=zone) if zone else None
    blocks = [
        parts.section(f"<#{asked.channel}> · {stands}"),
        _input("at", _text("at", f"{at:%H:%M}")),
        _input("days", _days(wants.days)),
        _input("zone", _text("zone", here), hint or say("digest_settings.zone_hint_unknown")),
        _input("topics", _lines("topics", wants.topics), optional=True),
        _input("outlets", _lines("outlets", wants.outlets), optional=True),
        _input("length", _length(wants.claims)),
        _input("language", _language(wants.language), optional=True),
        _input("paused", _day(wants.paused_until), optional=True),
    ]
    if subscription:
        off = parts.button(say("digest_settings.turn_off"), "digest_off", asked.channel)
        blocks.append(parts.buttons(off))
    return modals.modal(
        CALLBACK,
        blocks,
        title="digest_settings.title",
        submit="digest_settings.submit",
        metadata=json.dumps(asked._asdict()),
    )


def _input(name: str, element: Block, hint: str = "", *, optional: bool = False) -> Block:
    return modals.field(name, _key(name), element, hint=hint, optional=optional)


def _text(name: str, value: str) -> Block:
    return modals.text_input(_key(name), LONGEST, value)


def _lines(name: str, values: Sequence[str]) -> Block:
    return modals.text_input(_key(name), LONGEST_LIST, "\n".join(values), multiline=True)


def _key(name: str) -> str:
    return f"digest_settings.{_FIELDS.get(name, name)}"


def _days(days: Sequence[int]) -> Block:
    options = [parts.option(say(f"dates.weekday_{day}"), str(day)) for day in EVERY_DAY]
    chosen = [options[day - 1] for day in days or EVERY_DAY]
    return {"type": "checkboxes", "options": options, "initial_options": chosen}


def _length(claims: int | None) -> Block:
    options = {name: parts.option(say(f"digest_settings.length_{name}"), name) for name in LENGTHS}
    menu = parts.menu(say("digest_settings.length"), "length", list(options.values()))
    return menu | {"initial_option": options[length_name(claims)]}


def _language(code: str) -> Block:
    shown = date_language(code)
    return _text("language", "" if shown == LANGUAGE else language_name(shown))


def _day(day: date | None) -> Block:
    element: Block = {
        "type": "datepicker",
        "placeholder": parts.plain(say("digest_settings.any_day"), 150),
    }
    return element | ({"initial_date": day.isoformat()} if day else {})


def settings_origin(view: Mapping[str, Any]) -> SettingsOrigin:
    """Read what a modal is about from its metadata."""
    known = json.loads(view["private_metadata"])
    return SettingsOrigin(str(known["channel"]), str(known["url"]))


def read_settings(view: Mapping[str, Any], wants: DigestPreferences) -> SentSettings:
    """Read a submitted modal; `wants` are the current settings."""
    state, errors = view["state"]["values"], dict[str, str]()

    def of(name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = (state.get(name) or {}).get(name) or {}
        return found

    def read(name: str, how: Callable[[str], Value], otherwise: Value) -> Value:
        typed = str(of(name).get("value") or "").strip()
        try:
            return how(typed)
        except QueryError as error:
            errors[name] = str(error) if typed else say(f"digest_settings.no_{name}")
        return otherwise

    at, zone = read("at", parse_clock, DEFAULT_AT), read("zone", parse_zone, "")
    chosen = {str(one.get("value")) for one in of("days").get("selected_options") or ()}
    days = tuple(day for day in EVERY_DAY if str(day) in chosen)
    if not days:
        errors["days"] = say("digest_settings.no_days")
    language = read("language", lambda typed: parse_language(typed or LANGUAGE), LANGUAGE)
    length = str((of("length").get("selected_option") or {}).get("value"))
    paused = of("paused").get("selected_date")
    new = replace(
        wants,
        days=() if days == EVERY_DAY else days,
        topics=_lines_of(of("topics")),
        outlets=_lines_of(of("outlets")),
        # A number without a name is kept if the length was not changed.
        claims=wants.claims if length_name(wants.claims) == length else LENGTHS.get(length),
        language=language,
        paused_until=date.fromisoformat(paused) if paused else None,
    )
    return SentSettings(at, zone, new, errors)


def _lines_of(state: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the typed lines, without repetitions."""
    lines = (" ".join(line.split()) for line in str(state.get("value") or "").splitlines())
    return tuple(dict.fromkeys(filter(None, lines)))
