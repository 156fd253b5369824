"""Metadata of an article: flat YAML, as front matter or in a `.yml` beside the article.

The YAML is read event by event, and no object is ever built from it. Tags, anchors and nesting are
refused where they begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from bot.ingest.refusal import Refusal

MAX_METADATA_CHARACTERS = 64 * 1024
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters and lone surrogates, which cannot be shown or stored, and bidirectional
controls, which could make a line look like a different one."""


class Published(NamedTuple):
    """A publication date: the calendar day in the outlet's own time zone, the instant in UTC if
    known, and both as `printed`, in ISO 8601.

    Hashes of feed entries are stored and include its repr, so its names must not change.
    """

    on: date
    at: datetime | None
    printed: str


Value = str | bool | int | datetime | Published
Metadata = Mapping[str, Value]
"""An article's metadata, by field name of `Document`."""


_DATE = "a date or a date-time"
_WRAPPER_EVENTS = (
    yaml.StreamStartEvent,
    yaml.StreamEndEvent,
    yaml.DocumentStartEvent,
    yaml.DocumentEndEvent,
)


class _Scalar(NamedTuple):
    """A value as written, and its type in YAML 1.1: str, null, bool, int, float, …"""

    kind: str
    text: str


class _Rule(NamedTuple):
    """How to parse a key's value; `parse` raises ValueError for anything but the `expected`."""

    parse: Callable[[_Scalar], Value]
    expected: str
    remedy: str


def parse(source: str) -> Metadata:
    """Parse the metadata of one article; keys whose value is null or blank are left out.

    Returns the values by key: Published for published, bool for sample, otherwise text with its
    white space collapsed. Raises Refusal for anything else, with the key, the value and what is
    expected.
    """
    if len(source) > MAX_METADATA_CHARACTERS:
        raise Refusal(
            f"its metadata is longer than {MAX_METADATA_CHARACTERS:,} characters",
            f"Only {', '.join(_RULES)} belong there",
        )
    keys: set[str] = set()
    values: dict[str, Value] = {}
    try:
        for key, scalar in _parse_pairs(source):
            _check_key(key, keys)
            keys.add(key)
            if scalar.kind != "null" and scalar.text.strip():
                values[key] = _parse_value(key, scalar)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML raises ValueError and OverflowError for escapes that are not characters.
        raise _yaml_refusal(error) from error
    return values


def parse_options(texts: Mapping[str, str]) -> Metadata:
    """Parse the values of command-line options, by key. Raises Refusal as `parse` does."""
    return {
        key: _parse_value(key, _Scalar("str", text)) for key, text in texts.items() if text.strip()
    }


def merge(front_matter: Metadata, sidecar: Metadata) -> Metadata:
    """Merge the metadata of the front matter and of the `.yml`.

    Raises Refusal if they contradict each other, since nobody can tell which of them is right.
    """
    for key in front_matter:
        if key in sidecar and front_matter[key] != sidecar[key]:
            raise Refusal(
                f"its front matter and the .yml beside it disagree about {key}",
                f"Keep {key} in one of the two",
            )
    return {**front_matter, **sidecar}


def parse_iso_date(text: str) -> Published:
    """Parse an ISO 8601 date or date-time. Without a time zone, only the day is kept.

    Raises ValueError, which quotes the text and says what is expected.
    """
    try:
        if len(text) == len("2026-11-03"):
            day = date.fromisoformat(text)
            return Published(on=day, at=None, printed=day.isoformat())
        moment = datetime.fromisoformat(text)
        # Assuming UTC or this machine's time zone would invent the instant.
        instant = moment.astimezone(UTC) if moment.tzinfo else None
        return Published(on=moment.date(), at=instant, printed=moment.isoformat())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"its published is {quote(text)}, which is not {_DATE}") from error


def check_url(text: str) -> str:
    """Return a text if it is an http or https address without a user name, else raise ValueError.

    A user name could be taken for the host, as in https://post.example@rogue.example.
    """
    parts = urlsplit(text)
    # RFC 3986 requires these to be escaped, and some would break a link in Slack.
    if re.search(r'[\s<>"|\\^`{}]', text):
        raise ValueError(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError(text)
    return text


def check_language_code(text: str) -> str:
    """Return a text if it is a language code (RFC 5646: "en", "pt-BR"), else raise ValueError."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text):
        raise ValueError(text)
    return text


def check_storable(key: str, text: str) -> None:
    """Raise ValueError if a text has characters that the store cannot hold."""
    if "\0" in text:
        raise ValueError(f"its {key} has a NUL character in it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"its {key} has half a character in it (a lone surrogate)") from error


def drop_empty(**values: Value | None) -> dict[str, Value]:
    """Return metadata without the keys whose value is empty."""
    return {key: value for key, value in values.items() if value}


def quote(value: object) -> str:
    """Quote a value in an error message, cut to 60 characters."""
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else f"{value[:59]}…")
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _parse_pairs(source: str) -> Iterator[tuple[str, _Scalar]]:
    """Yield the keys and values of a single flat mapping; nothing if `source` is empty."""
    all_events = yaml.parse(source, Loader=yaml.SafeLoader)
    events = (event for event in all_events if not isinstance(event, _WRAPPER_EVENTS))
    first_event = next(events, None)
    if first_event is None or (isinstance(first_event, yaml.ScalarEvent) and not first_event.value):
        return
    if not isinstance(first_event, yaml.MappingStartEvent) or first_event.anchor or first_event.tag:
        raise _nesting_refusal(first_event)
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        yield _parse_scalar(event).text, _parse_scalar(next(events))
    if extra := next(events, None):
        raise _nesting_refusal(extra)


def _parse_scalar(event: yaml.Event) -> _Scalar:
    if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
        raise _nesting_refusal(event)
    tag: str = Resolver().resolve(  # type: ignore[no-untyped-call]
        yaml.ScalarNode, event.value, event.implicit
    )
    return _Scalar(kind=tag.rpartition(":")[2], text=event.value)


def _check_key(key: str, previous_keys: set[str]) -> None:
    if key not in _RULES:
        raise Refusal(
            f"its metadata has the key {quote(key)}, which is not known",
            f"Valid keys are {', '.join(_RULES)}",
        )
    if key in previous_keys:
        raise Refusal(f"its metadata has the key {key} twice", "Keep one of them")


def _parse_value(key: str, scalar: _Scalar) -> Value:
    rule = _RULES[key]
    try:
        return rule.parse(scalar)
    except ValueError as error:
        cause = f"its {key} is {quote(scalar.text)}, which is not {rule.expected}"
        raise Refusal(cause, rule.remedy) from error


def _parse_text(scalar: _Scalar) -> str:
    """Parse text, collapsed to one line. An unquoted number or `yes` is an error, not a name."""
    line = " ".join(scalar.text.split())
    if scalar.kind not in ("str", "timestamp") or UNPRINTABLE.search(line):
        raise ValueError(scalar.kind)
    return line


def _parse_boolean(scalar: _Scalar) -> bool:
    if scalar.kind != "bool":
        raise ValueError(scalar.kind)
    return SafeConstructor.bool_values[scalar.text.lower()]


_TEXT = _Rule(_parse_text, "text", "Put it in quotation marks, without control characters")
_RULES = {
    "title": _TEXT,
    "outlet": _TEXT,
    "byline": _TEXT,
    "published": _Rule(
        lambda scalar: parse_iso_date(_parse_text(scalar)),
        _DATE,
        "Add the time zone, as in 2026-11-03T08:30+01:00, or give only the date, as in 2026-11-03",
    ),
    "url": _Rule(
        lambda scalar: check_url(_parse_text(scalar)),
        "an http or https address",
        "Write the full address, or null if there is none",
    ),
    "language": _Rule(
        lambda scalar: check_language_code(_parse_text(scalar)),
        "a language code",
        'Write a code in quotation marks, such as "en" or "pt-BR"',
    ),
    "sample": _Rule(
        _parse_boolean, "true or false", "Write true or false, without quotation marks"
    ),
}


def _nesting_refusal(event: yaml.Event) -> Refusal:
    position = f" at line {event.start_mark.line + 1}" if event.start_mark else ""
    return Refusal(
        f"its metadata is too complex{position}",
        "Write one `key: value` per line, without lists, nesting, anchors or tags",
    )


def _yaml_refusal(error: Exception) -> Refusal:
    problem, position = str(error).partition("\n")[0], ""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        problem, position = error.problem or "", f" at line {error.problem_mark.line + 1}"
    return Refusal(
        f"its metadata is not YAML{position}: {problem}",
        "Write one `key: value` per line, and put text with a colon in quotation marks",
    )
