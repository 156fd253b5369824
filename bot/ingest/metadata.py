"""Metadata of an article: what each field may be, and the YAML or options that state it.

A field is checked by the same rule wherever it comes from. What a person stated wrongly is refused
(`check_stated`); what a page or a wire states wrongly is dropped (documents.py).
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, get_args
from urllib.parse import urlsplit

import yaml

from bot.errors import IngestError
from bot.ingest.refusal import Refusal
from bot.model import PubStatus

MAX_METADATA_CHARACTERS = 64 * 1024
MAX_FIELD_LENGTH = 2_000
"""Characters of a title, a name or an id. A longer one is a mistake: no outlet prints it."""
_MAX_RAW_LENGTH = 10 * MAX_FIELD_LENGTH
"""The same before white space is collapsed, since formats may indent a field."""
MAX_REVISION = 2**31 - 1
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Control characters and lone surrogates, which cannot be shown or stored, and bidirectional
controls, which could make a line look like a different one."""
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}


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
Overrides = Mapping[str, Any]
"""What a person states of a file at the command line: metadata, and its text's "encoding"."""
NO_OVERRIDES: Overrides = {}


class Rule(NamedTuple):
    """How to check a field's value and clean it; `check` raises ValueError or LookupError for
    anything but the `expected`."""

    check: Callable[[Any], Any]
    expected: str
    remedy: str = "Correct it, or leave it out"


def parse(source: str) -> Metadata:
    """Parse the metadata of one article; keys without a value are left out.

    Returns the values by key: Published for published, bool for sample, otherwise text with its
    white space collapsed. Raises Refusal for anything else, with the key, the value and what is
    expected.
    """
    if len(source) > MAX_METADATA_CHARACTERS:
        cause = f"its metadata is longer than {MAX_METADATA_CHARACTERS:,} characters"
        raise Refusal(cause, f"Only {', '.join(PERSON_RULES)} belong there")
    remedy = "Write one `key: value` per line, and put text with a colon in quotation marks"
    try:
        # This loader makes nothing but texts, lists and mappings, whatever a tag asks for.
        loader = yaml.BaseLoader(source)
        node = loader.get_single_node()
        values = (node and loader.construct_document(node)) or {}
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        # PyYAML raises ValueError and OverflowError for escapes that are not characters.
        mark = getattr(error, "problem_mark", None)
        position = f" at line {mark.line + 1}" if mark else ""
        raise Refusal(f"its metadata is not YAML{position}", remedy) from error
    if not isinstance(values, dict) or not all(type(value) is str for value in values.values()):
        raise Refusal("its metadata has a list or nested lines in it", remedy)
    if node and len(values) < len(node.value):
        raise Refusal("its metadata has a key twice", "Keep one of them")
    stated = {key: None if value in ("null", "~") else value for key, value in values.items()}
    return check_stated(stated, PERSON_RULES)


def parse_overrides(texts: Mapping[str, str]) -> Overrides:
    """Check the metadata and the encoding that a person typed as options. Raises IngestError."""
    try:
        return check_stated(texts, PERSON_RULES | {"encoding": _ENCODING})
    except Refusal as refusal:
        cause = re.sub("^its ", "--", refusal.cause)
        raise IngestError("cannot use this", cause=cause, remedy=refusal.remedy) from refusal


def check_stated(values: Mapping[str, Any], rules: Mapping[str, Rule]) -> dict[str, Any]:
    """Check and clean the fields that a person stated; those without a value are left out.

    Raises Refusal with the key, the value and what is expected.
    """
    checked = {}
    for key, value in values.items():
        if key not in rules:
            cause = f"its metadata has the key {quote(key)}, which is not known"
            raise Refusal(cause, f"Valid keys are {', '.join(rules)}")
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        checked[key] = check_field(key, value, rules[key])
    return checked


def check_field(key: str, value: Any, rule: Rule) -> Any:
    """Check and clean a field's value. Raises Refusal as `check_stated` does."""
    try:
        return rule.check(value)
    except (ValueError, LookupError) as error:
        cause = f"its {key} is {quote(value)}, which is not {rule.expected}"
        raise Refusal(cause, rule.remedy) from error


def to_one_line(text: str) -> str:
    """Collapse white space, and drop characters that cannot be shown or stored."""
    return UNPRINTABLE.sub("", " ".join(text.split()))


def cut_line(text: str) -> str:
    """Collapse a text of any length to one line of at most MAX_FIELD_LENGTH characters.

    It is cut beforehand too, since collapsing a huge text could take 20 times its size in memory.
    """
    return to_one_line(text[:_MAX_RAW_LENGTH])[:MAX_FIELD_LENGTH]


def parse_iso_date(text: str) -> Published:
    """Parse an ISO 8601 date or date-time. Without a time zone, only the day is kept.

    Raises ValueError.
    """
    if len(text) == len("2026-11-03"):
        day = date.fromisoformat(text)
        return Published(on=day, at=None, printed=day.isoformat())
    moment = datetime.fromisoformat(text)
    instant = check_instant(moment) if moment.tzinfo else None  # none is ever assumed
    return Published(on=moment.date(), at=instant, printed=moment.isoformat())


def check_url(text: str) -> str:
    """Return a text if it is an http or https address without a user name, else raise ValueError.

    A user name could be taken for the host, as in https://post.example@rogue.example.
    """
    parts = urlsplit(text)
    is_web = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    # RFC 3986 requires these to be escaped, and some would break a link in Slack.
    if not is_web or re.search(r'[\s<>"|\\^`{}]', text):
        raise ValueError(text)
    return text


def check_text(value: Any) -> str:
    """Return a title, a name or an id on one line. Raises ValueError for what cannot be one."""
    line = to_one_line(value) if isinstance(value, str) and len(value) <= _MAX_RAW_LENGTH else ""
    if not 0 < len(line) <= MAX_FIELD_LENGTH:
        raise ValueError(value)
    return line


def _check_story(value: Any) -> str:
    """Return an article's or a claim's text as it is. Raises ValueError if it cannot be stored."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    value.encode()
    return value


def check_instant(value: Any) -> datetime:
    """Return a date-time in UTC. Raises ValueError for anything without a time zone."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(value)
    try:
        return value.astimezone(UTC)
    except OverflowError as error:  # within a day of the calendar's ends
        raise ValueError(value) from error


def drop_empty(**values: Value | None) -> dict[str, Value]:
    """Return metadata without the keys whose value is empty."""
    return {key: value for key, value in values.items() if value}


def quote(value: object) -> str:
    """Quote a value in an error message, cut to 60 characters."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _check_published(value: Any) -> Published:
    if not isinstance(value, Published):
        return parse_iso_date(check_text(value))
    instant = None
    with contextlib.suppress(ValueError):
        instant = check_instant(value.at)
    return value._replace(at=instant, printed=cut_line(value.printed))


def _check_language(value: Any) -> str:
    """Return a language code (RFC 5646: "en", "pt-BR")."""
    code = check_text(value).replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", code):
        raise ValueError(value)
    return code


def _check_revision(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MAX_REVISION:
        raise ValueError(value)
    return value


def _check_encoding(name: str) -> str:
    "".encode(name)  # it may be a codec that is not for text
    return codecs.lookup(name).name


TEXT = Rule(check_text, "text on one line", "Write its words, or leave it out")
STORY = Rule(_check_story, "text without NULs and half characters")
URL = Rule(
    lambda value: check_url(check_text(value)),
    "an http or https address",
    "Write the full address, or null if there is none",
)
PUBLISHED = Rule(
    _check_published,
    "a date or a date-time",
    "Add the time zone, as in 2026-11-03T08:30+01:00, or give only the date, as in 2026-11-03",
)
PERSON_RULES = {
    "title": TEXT,
    "outlet": TEXT,
    "byline": TEXT,
    "published": PUBLISHED,
    "url": URL,
    "language": Rule(_check_language, "a language code", 'Write a code, such as "en" or "pt-BR"'),
    "sample": Rule(lambda value: _BOOLEANS[str(value).lower()], "true or false"),
}

_ENCODING = Rule(
    _check_encoding,
    "the name of an encoding",
    "Some are utf-8, utf-16, windows-1252, iso-8859-15, mac-roman, gb18030.",
)

RULES = PERSON_RULES | {
    "claimed_outlet": TEXT,
    "claimed_url": URL,
    "guid": TEXT,
    "note": TEXT,
    "modified_at": Rule(check_instant, "a date and time"),
    "embargo": Rule(check_instant, "a date and time", "Ingest it when the embargo is over"),
    "status": Rule({one: one for one in get_args(PubStatus)}.__getitem__, "a known status"),
    "revision": Rule(_check_revision, "a number"),
    "excerpt": Rule(bool, "true or false"),
}
