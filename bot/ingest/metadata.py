"""What is known of an article: flat YAML, as front matter or in a `.yml` beside the article.

The YAML is read event by event and no object is ever constructed from it, so tags, anchors and
nesting are refused where they begin instead of being followed.
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

MAX_CHARACTERS = 64 * 1024
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters and lone surrogates, which can be neither shown nor kept, and what turns the
direction of writing, which could make a line read as another."""


class Published(NamedTuple):
    """A publication date: the calendar day in the outlet's own zone, the instant in UTC if known,
    and both as `printed`, in ISO 8601."""

    on: date
    at: datetime | None
    printed: str


Value = str | bool | int | datetime | Published
Metadata = Mapping[str, Value]
"""What is known of an article, by the names that `Document` has for it."""


_DATE = "a date or a date-time"
_FRAME = (
    yaml.StreamStartEvent,
    yaml.StreamEndEvent,
    yaml.DocumentStartEvent,
    yaml.DocumentEndEvent,
)


class _Scalar(NamedTuple):
    """A value as written, and what YAML 1.1 takes it for: str, null, bool, int, float, …"""

    kind: str
    text: str


class _Rule(NamedTuple):
    """How a key's value is read; `read` raises ValueError for what is not `expected`."""

    read: Callable[[_Scalar], Value]
    expected: str
    remedy: str


def parse(source: str) -> Metadata:
    """Read the metadata of one article; keys whose value is null or blank are left out.

    Returns the values by key: Published for published, bool for sample, otherwise text with its
    white space folded. Raises Refusal for everything else, naming the key, the value and what
    is expected.
    """
    if len(source) > MAX_CHARACTERS:
        raise Refusal(
            f"its metadata is longer than {MAX_CHARACTERS:,} characters",
            f"Only {', '.join(_RULES)} belong there",
        )
    known: dict[str, Value] = {}
    seen: set[str] = set()
    try:
        for key, scalar in _pairs(source):
            _check_key(key, seen)
            seen.add(key)
            if scalar.kind != "null" and scalar.text.strip():
                known[key] = _value(key, scalar)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets ValueError and OverflowError out for escapes that are no character.
        raise _not_yaml(error) from error
    return known


def checked(texts: Mapping[str, str]) -> Metadata:
    """Check metadata that are at hand as texts, by key. Raises Refusal as `parse` does."""
    return {key: _value(key, _Scalar("str", text)) for key, text in texts.items() if text.strip()}


def join(front: Metadata, beside: Metadata) -> Metadata:
    """Join what the front matter says with what the `.yml` says.

    Raises Refusal where they contradict each other: which of them is right cannot be known.
    """
    for key in front:
        if key in beside and front[key] != beside[key]:
            raise Refusal(
                f"its front matter and the .yml beside it disagree about {key}",
                f"Keep {key} in one of the two",
            )
    return {**front, **beside}


def parse_iso_date(text: str) -> Published:
    """Read an ISO 8601 date or date-time. Of one without a zone only the day is kept.

    Raises ValueError that quotes the text and says what is expected.
    """
    try:
        if len(text) == len("2026-11-03"):
            on = date.fromisoformat(text)
            return Published(on=on, at=None, printed=on.isoformat())
        moment = datetime.fromisoformat(text)
        # To read it as UTC, or in this machine's zone, would be to invent the instant.
        at = moment.astimezone(UTC) if moment.tzinfo else None
        return Published(on=moment.date(), at=at, printed=moment.isoformat())
    except (ValueError, OverflowError) as error:
        raise ValueError(f"its published is {shown(text)}, which is not {_DATE}") from error


def web_address(text: str) -> str:
    """Return a text that is an http or https address and names no user, which people would take for
    the host (https://post.example@rogue.example). Raises ValueError."""
    parts = urlsplit(text)
    # RFC 3986 lets none of these stand unescaped, and some would break a link in Slack.
    if re.search(r'[\s<>"|\\^`{}]', text):
        raise ValueError(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError(text)
    return text


def language_code(text: str) -> str:
    """Return a text that is a language code (RFC 5646, "en" or "pt-BR"). Raises ValueError."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text):
        raise ValueError(text)
    return text


def shown(value: object) -> str:
    """Print a value that is refused: of a long one its first 60 characters."""
    if isinstance(value, str):
        return repr(value if len(value) <= 60 else f"{value[:59]}…")
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _pairs(source: str) -> Iterator[tuple[str, _Scalar]]:
    """The keys and values of the one flat mapping that `source` must be; nothing if it is empty."""
    events = (e for e in yaml.parse(source, Loader=yaml.SafeLoader) if not isinstance(e, _FRAME))
    first = next(events, None)
    if first is None or (isinstance(first, yaml.ScalarEvent) and not first.value):
        return
    if not isinstance(first, yaml.MappingStartEvent) or first.anchor or first.tag:
        raise _not_flat(first)
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        yield _scalar(event).text, _scalar(next(events))
    if extra := next(events, None):
        raise _not_flat(extra)


def _scalar(event: yaml.Event) -> _Scalar:
    if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
        raise _not_flat(event)
    tag: str = Resolver().resolve(  # type: ignore[no-untyped-call]
        yaml.ScalarNode, event.value, event.implicit
    )
    return _Scalar(kind=tag.rpartition(":")[2], text=event.value)


def _check_key(key: str, seen: set[str]) -> None:
    if key not in _RULES:
        raise Refusal(
            f"its metadata has the key {shown(key)}, which is not known",
            f"Valid keys are {', '.join(_RULES)}",
        )
    if key in seen:
        raise Refusal(f"its metadata has the key {key} twice", "Keep one of them")


def _value(key: str, scalar: _Scalar) -> Value:
    rule = _RULES[key]
    try:
        return rule.read(scalar)
    except ValueError as error:
        cause = f"its {key} is {shown(scalar.text)}, which is not {rule.expected}"
        raise Refusal(cause, rule.remedy) from error


def _text(scalar: _Scalar) -> str:
    """Text on one line. A number or a yes is not taken for a name that its author meant."""
    folded = " ".join(scalar.text.split())
    if scalar.kind not in ("str", "timestamp") or UNPRINTABLE.search(folded):
        raise ValueError(scalar.kind)
    return folded


def _published(scalar: _Scalar) -> Published:
    return parse_iso_date(_text(scalar))


def _url(scalar: _Scalar) -> str:
    return web_address(_text(scalar))


def _language(scalar: _Scalar) -> str:
    return language_code(_text(scalar))


def _sample(scalar: _Scalar) -> bool:
    if scalar.kind != "bool":
        raise ValueError(scalar.kind)
    return SafeConstructor.bool_values[scalar.text.lower()]


_TEXT = _Rule(_text, "text", "Put it in quotation marks, without control characters")
_RULES = {
    "title": _TEXT,
    "outlet": _TEXT,
    "byline": _TEXT,
    "published": _Rule(
        _published,
        _DATE,
        "Add the time zone, as in 2026-11-03T08:30+01:00, or give only the date, as in 2026-11-03",
    ),
    "url": _Rule(
        _url, "an http or https address", "Write the full address, or null if there is none"
    ),
    "language": _Rule(
        _language, "a language code", 'Write a code in quotation marks, such as "en" or "pt-BR"'
    ),
    "sample": _Rule(_sample, "true or false", "Write true or false, without quotation marks"),
}


def _not_flat(event: yaml.Event) -> Refusal:
    where = f" at line {event.start_mark.line + 1}" if event.start_mark else ""
    return Refusal(
        f"its metadata is too complex{where}",
        "Write one `key: value` per line, without lists, nesting, anchors or tags",
    )


def _not_yaml(error: Exception) -> Refusal:
    why, where = str(error).partition("\n")[0], ""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        why, where = error.problem or "", f" at line {error.problem_mark.line + 1}"
    return Refusal(
        f"its metadata is not YAML{where}: {why}",
        "Write one `key: value` per line, and put text with a colon in quotation marks",
    )
