"""What the outbox keeps of a message beside its claims: one frozen class for each kind.

A payload is stored as JSON with the `version` of its class. A row without one is of version 1.
Whoever changes the fields of a class raises its version, and adds to `UPGRADES` how the version
before is read. A row that cannot be read is `UnreadablePayload`: it is given up with the reason.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar, Union, cast, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Payload:
    """What a message of one `kind` is made of."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class SharePayload(Payload):
    """A claim that a `person` shares."""

    kind: ClassVar[str] = "share"
    person: str


@dataclass(frozen=True, slots=True)
class CitePayload(Payload):
    """A claim that a `person` cites."""

    kind: ClassVar[str] = "cite"
    person: str


@dataclass(frozen=True, slots=True)
class FeedPayload(Payload):
    """News of a feed for its owner: it is broken, well again or gone, `since` an ISO instant."""

    kind: ClassVar[str] = "feed"
    version: ClassVar[int] = 2
    what: str
    label: str
    url: str
    since: str
    reason: str


@dataclass(frozen=True, slots=True)
class TextPayload(Payload):
    """A message that is sent as it stands: its text and its blocks, as Slack takes them."""

    kind: ClassVar[str] = "told"
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPayload(Payload):
    """The answer to a query that was written to the bot.

    `read` is how it was read, `said` the last line. `marks` are the spans that matched, by the id
    of the claim, `places` the same in its article, `meant` the claims found by meaning.
    There are `more` claims than are shown, or queries `nearest` to one that found nothing.
    """

    kind: ClassVar[str] = "answer"
    version: ClassVar[int] = 2
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
    """A correction for somebody who decides on it."""

    kind: ClassVar[str] = "correction"
    correction: str


@dataclass(frozen=True, slots=True)
class CorrectionDecidedPayload(Payload):
    """What has become of a correction after so many `rulings`; None: after the last."""

    kind: ClassVar[str] = "ruled"
    version: ClassVar[int] = 2
    correction: str
    rulings: int | None


@dataclass(frozen=True, slots=True)
class AlertPayload(Payload):
    """What a watch has found."""

    kind: ClassVar[str] = "alert"
    watch: str


@dataclass(frozen=True, slots=True)
class WatchPausedPayload(Payload):
    """Why a watch is paused, for whoever has set it."""

    kind: ClassVar[str] = "paused"
    watch: str
    failure: str


@dataclass(frozen=True, slots=True)
class InvalidWatchPayload(Payload):
    """Why a watch can't be read any more, for whoever has set it."""

    kind: ClassVar[str] = "unread"
    watch: str
    failure: str


@dataclass(frozen=True, slots=True)
class DigestStoppedPayload(Payload):
    """The digest of a `channel` was stopped, for whoever has set it."""

    kind: ClassVar[str] = "stopped"
    channel: str


@dataclass(frozen=True, slots=True)
class DigestThreadPayload(Payload):
    """One message of a digest's thread: the claims whose `rows` it shows."""

    kind: ClassVar[str] = "detail"
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnfurlPayload(Payload):
    """Articles that are shown below somebody's message, by the address that it links."""

    kind: ClassVar[str] = "unfurl"
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestHeading:
    """What the first and last lines of a digest are made of; instants in ISO 8601.

    None, of numbers and `topics`, where they were not kept. `language_wanted` differs from
    `language` where there are no dates in it. `copies` are articles that old ones
    name beside those of their claims.
    """

    zone: str
    language: str
    claims: int | None
    articles: int | None
    left_out: int | None
    missed: tuple[str, ...]
    uncertain: tuple[str, ...]
    feeds: int
    next_check: str | None
    topics: tuple[str, ...] | None
    outlets: tuple[str, ...]
    limit: int | None
    copies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language_wanted: str | None = None


@dataclass(frozen=True, slots=True)
class DigestPayload(Payload):
    """The digest of a local `day`; its `heading` is known from when it is sent."""

    kind: ClassVar[str] = "digest"
    day: date
    heading: DigestHeading | None = None


@dataclass(frozen=True, slots=True)
class UnreadablePayload:
    """The payload of a row that this version can't read, and why."""

    kind: str
    reason: str


PAYLOADS: Mapping[str, type[Payload]] = {
    one.kind: one
    for one in (
        *(SharePayload, CitePayload, FeedPayload, TextPayload, AnswerPayload),
        *(
            CorrectionPayload,
            CorrectionDecidedPayload,
            AlertPayload,
            WatchPausedPayload,
            InvalidWatchPayload,
        ),
        *(DigestStoppedPayload, DigestThreadPayload, UnfurlPayload, DigestPayload),
    )
}
"""The class of each kind."""

ANSWER_V1_DEFAULTS: Mapping[str, Any] = {"read": None, "places": {}, "meant": [], "nearest": []}
"""What answers of version 1 may lack."""

UPGRADES: Mapping[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("feed", 1): lambda stored: {name: stored[name] for name in stored if name != "person"},
    ("answer", 1): lambda stored: {**ANSWER_V1_DEFAULTS, **stored},
    ("ruled", 1): lambda stored: {"rulings": None} | stored,
}
"""How a payload of a version is made one of the next, by its kind and version."""


class _WrongTypeError(Exception):
    """What is stored is not of the type that it should have: completes "the payload"."""


def payload_to_json(payload: Payload) -> dict[str, Any]:
    """A payload as it is stored."""
    stored = {"version": payload.version} | asdict(payload)
    return {name: _plain(value) for name, value in stored.items()}


def payload_from_json(kind: str, stored: Any) -> Payload | UnreadablePayload:
    """The payload of a row of a `kind`."""
    known = PAYLOADS.get(kind)
    if known is None:
        return UnreadablePayload(kind, f"messages of the kind {kind!r} are not known")
    if not isinstance(stored, dict):
        return UnreadablePayload(kind, "the payload is no JSON object")
    version = stored.get("version", 1)
    if type(version) is not int or not 1 <= version <= known.version:
        return UnreadablePayload(kind, f"version {version!r} of the payload is not known")
    values = {name: value for name, value in stored.items() if name != "version"}
    for earlier in range(version, known.version):
        values = UPGRADES[kind, earlier](values)
    try:
        return _made(known, values)
    except _WrongTypeError as error:
        return UnreadablePayload(kind, f"the payload {error}")


D = TypeVar("D")


def _made(kind: type[D], values: Mapping[str, Any]) -> D:
    """An object of a dataclass with exactly these values. Raises _WrongTypeError."""
    hints = get_type_hints(kind)
    named = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    if missing := sorted(named - values.keys()):
        raise _WrongTypeError(f"lacks {', '.join(missing)}")
    if unknown := sorted(values.keys() - named):
        raise _WrongTypeError(f"has unknown fields: {', '.join(unknown)}")
    return kind(**{name: _read(name, hints[name], values[name]) for name in named})


def _read(name: str, hint: Any, value: Any) -> Any:
    """A stored value as the type that the field of this name has. Raises _WrongTypeError."""
    if hint is Any:
        return value
    if hint is date and isinstance(value, str):
        return _date(name, value)
    if is_dataclass(hint) and isinstance(value, dict):
        return _made(cast(type, hint), value)
    kind, inner = get_origin(hint), get_args(hint)
    if kind in (Union, types.UnionType):
        [some] = [one for one in inner if one is not types.NoneType]
        return None if value is None else _read(name, some, value)
    if kind is tuple and isinstance(value, list):
        if inner[-1] is ...:
            return tuple(_read(name, inner[0], one) for one in value)
        if len(value) == len(inner):
            return tuple(_read(name, *pair) for pair in zip(inner, value, strict=True))
    elif isinstance(value, dict) and kind is not None and issubclass(kind, Mapping):
        return {key: _read(name, inner[1], one) for key, one in value.items()}
    elif kind is None and type(value) is hint:
        return value
    raise _WrongTypeError(f"has a {name} of the wrong type")


def _date(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise _WrongTypeError(f"has a {name} that is no date") from error


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
