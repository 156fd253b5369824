"""The payloads of outbox messages: one frozen class for each kind of message.

A payload is stored as JSON with the `version` of its class. One that cannot be read becomes an
`UnreadablePayload`, and its message is given up with the reason.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar, Union, cast, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Payload:
    """The contents of a message of one `kind`, besides its claims."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class SharePayload(Payload):
    """A claim that a `person` shares.

    `shown` is a digest of the message that they have seen, empty if they have seen none.
    """

    kind: ClassVar[str] = "share"
    person: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class CitePayload(SharePayload):
    """A claim that a `person` cites."""

    kind: ClassVar[str] = "cite"


@dataclass(frozen=True, slots=True)
class FeedPayload(Payload):
    """A status notice about a feed, for its owner: it is broken, working again or gone.

    `what` is the state that the feed is in now (StateChange.state), `since` an ISO datetime.
    """

    kind: ClassVar[str] = "feed"
    what: str
    label: str
    url: str
    since: str
    reason: str


@dataclass(frozen=True, slots=True)
class TextPayload(Payload):
    """A message that is sent unchanged: its text and its Slack blocks."""

    kind: ClassVar[str] = "told"
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPayload(Payload):
    """The answer to a query in a message to the bot.

    `read` is the query as interpreted, `said` the last line of the answer. `marks` are the matched
    spans by claim id, `places` the same spans in the article, and `meant` the ids of claims found
    by meaning. `more` counts the claims that are not shown; `nearest` are similar queries if
    nothing was found.
    """

    kind: ClassVar[str] = "answer"
    query: str
    said: str
    read: str | None
    marks: Mapping[str, tuple[tuple[int, int], ...]]
    places: Mapping[str, tuple[tuple[int, int], ...]]
    meant: tuple[str, ...]
    more: int
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionPayload(Payload):
    """A request to review a correction."""

    kind: ClassVar[str] = "correction"
    correction: str


@dataclass(frozen=True, slots=True)
class CorrectionDecidedPayload(Payload):
    """A correction as it was after its first rulings.

    `rulings` is the number of them, or None for all.
    """

    kind: ClassVar[str] = "ruled"
    correction: str
    rulings: int | None


@dataclass(frozen=True, slots=True)
class AlertPayload(Payload):
    """Alerts of a watch."""

    kind: ClassVar[str] = "alert"
    watch: str


@dataclass(frozen=True, slots=True)
class WatchPausedPayload(Payload):
    """A notice to its owner that a watch is paused, and why."""

    kind: ClassVar[str] = "paused"
    watch: str
    failure: str


@dataclass(frozen=True, slots=True)
class InvalidWatchPayload(Payload):
    """A notice to its owner that the query of a watch is no longer valid, and why."""

    kind: ClassVar[str] = "unread"
    watch: str
    failure: str


@dataclass(frozen=True, slots=True)
class DigestStoppedPayload(Payload):
    """A notice to its owner that the digest of a `channel` was stopped."""

    kind: ClassVar[str] = "stopped"
    channel: str


@dataclass(frozen=True, slots=True)
class DigestThreadPayload(Payload):
    """One message of a digest's thread; `rows` are the ids of the claims that it details."""

    kind: ClassVar[str] = "detail"
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnfurlPayload(Payload):
    """Articles shown below somebody's message: `articles` maps the linked URLs to article ids."""

    kind: ClassVar[str] = "unfurl"
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestHeading:
    """The contents of a digest's first and last lines; datetimes are in ISO 8601."""

    zone: str
    claims: int
    articles: int
    left_out: int
    missed: tuple[str, ...]
    uncertain: tuple[str, ...]
    feeds: int
    next_check: str | None
    topics: tuple[str, ...]
    outlets: tuple[str, ...]
    limit: int | None


@dataclass(frozen=True, slots=True)
class DigestPayload(Payload):
    """The digest of a local `day`; its `heading` is set when it is sent."""

    kind: ClassVar[str] = "digest"
    day: date
    heading: DigestHeading | None = None


@dataclass(frozen=True, slots=True)
class UnreadablePayload:
    """A stored payload that this version cannot read, and why."""

    kind: str
    reason: str


PAYLOADS: Mapping[str, type[Payload]] = {
    payload_class.kind: payload_class
    for payload_class in (
        SharePayload,
        CitePayload,
        FeedPayload,
        TextPayload,
        AnswerPayload,
        CorrectionPayload,
        CorrectionDecidedPayload,
        AlertPayload,
        WatchPausedPayload,
        InvalidWatchPayload,
        DigestStoppedPayload,
        DigestThreadPayload,
        UnfurlPayload,
        DigestPayload,
    )
}
"""The class of each kind."""


class _InvalidPayloadError(Exception):
    """A stored payload does not fit its class; the error message continues "the payload …"."""


def payload_to_json(payload: Payload) -> dict[str, Any]:
    """A payload as stored."""
    stored = {"version": payload.version} | asdict(payload)
    return {name: _to_json(value) for name, value in stored.items()}


def payload_from_json(kind: str, stored: Any) -> Payload | UnreadablePayload:
    """Read a stored payload of a `kind`."""
    payload_class = PAYLOADS.get(kind)
    if payload_class is None:
        return UnreadablePayload(kind, f"messages of the kind {kind!r} are not known")
    if not isinstance(stored, dict):
        return UnreadablePayload(kind, "the payload is no JSON object")
    if (version := stored.get("version")) != payload_class.version:
        return UnreadablePayload(kind, f"version {version!r} of the payload is not known")
    values = {name: value for name, value in stored.items() if name != "version"}
    try:
        return _build(payload_class, values)
    except _InvalidPayloadError as error:
        return UnreadablePayload(kind, f"the payload {error}")


D = TypeVar("D")


def _build(dataclass_type: type[D], values: Mapping[str, Any]) -> D:
    """Build a dataclass from exactly these values. Raises _InvalidPayloadError."""
    hints = get_type_hints(dataclass_type)
    names = {field.name for field in fields(dataclass_type)}  # type: ignore[arg-type]
    if missing := sorted(names - values.keys()):
        raise _InvalidPayloadError(f"lacks {', '.join(missing)}")
    if unknown := sorted(values.keys() - names):
        raise _InvalidPayloadError(f"has unknown fields: {', '.join(unknown)}")
    return dataclass_type(**{name: _convert(name, hints[name], values[name]) for name in names})


def _convert(name: str, hint: Any, value: Any) -> Any:
    """Convert a JSON value to the type of the field `name`. Raises _InvalidPayloadError."""
    if hint is Any:
        return value
    if hint is date and isinstance(value, str):
        return _parse_date(name, value)
    if is_dataclass(hint) and isinstance(value, dict):
        return _build(cast(type, hint), value)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        [inner] = [argument for argument in arguments if argument is not types.NoneType]
        return None if value is None else _convert(name, inner, value)
    if origin is tuple and isinstance(value, list):
        if arguments[-1] is ...:
            return tuple(_convert(name, arguments[0], item) for item in value)
        if len(value) == len(arguments):
            pairs = zip(arguments, value, strict=True)
            return tuple(_convert(name, argument, item) for argument, item in pairs)
    elif isinstance(value, dict) and origin is not None and issubclass(origin, Mapping):
        return {key: _convert(name, arguments[1], item) for key, item in value.items()}
    elif origin is None and type(value) is hint:
        return value
    raise _InvalidPayloadError(f"has a {name} of the wrong type")


def _parse_date(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _InvalidPayloadError(f"has a {name} that is no date") from error


def _to_json(value: Any) -> Any:
    """A field's value as JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_to_json(item) for item in value]
    return value
