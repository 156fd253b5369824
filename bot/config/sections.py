"""The sections of bot.yml, each value checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from bot.config.files import SettingsFile, shown, texts_of, unknown

RANGES = {
    ("ingest", "max_megabytes"): (1, 1000),
    ("ingest", "seconds"): (1, 3600),
    ("fetch", "seconds"): (1, 600),
    ("fetch", "max_megabytes"): (1, 1000),
    ("extract", "threads"): (0, 256),
    ("extract", "unsure_below"): (0, 1),
    ("search", "claims_per_answer"): (1, 5),
    ("digest", "claims"): (1, 20),
    ("digest", "oldest_days"): (0, 36500),
    ("digest", "catch_up_minutes"): (1, 1440),
    ("feeds", "shortest_minutes"): (1, 1440),
    ("feeds", "longest_minutes"): (1, 10_080),
    ("feeds", "gap_seconds"): (0, 3600),
    ("watches", "oldest_days"): (0, 36500),
    ("watches", "alerts_an_hour"): (1, 1000),
    ("mail", "port"): (1, 65535),
}
DECIMAL = {("extract", "unsure_below")}
"""The settings that need not be whole numbers."""
GROUPS = {("search", "spelling")}
"""The settings that are lists of lists."""
MAIL_ADDRESS = r"[!-'*-?A-~]+@[!-'*-?A-~]+"
PATTERNS = {
    ("people", "users"): (
        r"everyone|members|[USW][A-Z0-9]{2,30}",
        "a list of: everyone, members, or ids of members and user groups, such as U024BE7LH",
    ),
    ("people", "reviewers"): (
        r"[USW][A-Z0-9]{2,30}",
        "a list of ids of members and user groups, such as S0614TZR7",
    ),
    ("mail", "host"): (r"[\w.-]*", "the name of an SMTP server, such as mail.example.org"),
    ("mail", "sender"): (rf"(?:{MAIL_ADDRESS})?", "a mail address, such as desk@example.org"),
    ("mail", "recipients"): (MAIL_ADDRESS, "a list of mail addresses"),
    ("fetch", "contact"): (
        r"(?:https?://[!-'*-~]+|[!-'*-?A-~]+@[!-'*-?A-~]+)?",
        "a mail or web address, such as desk@example.org",
    ),
    ("fetch", "allowed"): (
        r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]):"
        r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])",
        "a list of host:port, such as cms.example.org:8080",
    ),
}
"""What texts must look like, where it matters, and how that is told."""


FROM_ENVIRONMENT = {("fetch", "servers"), ("mail", "password")}
"""Fields of settings that no file sets."""


def read_sections(
    written: Sequence[SettingsFile], sections: Mapping[str, Any], mistakes: list[str]
) -> dict[str, Any]:
    """Read the sections of bot.yml, the files laid over their defaults one after the other.

    Each setting is of its default's kind: a switch, a number in its range, a text, a list. One that
    cannot be used is left out, and told among the mistakes.
    """
    read = dict(sections)
    for file in written:
        for name, values in file.values.items():
            if name not in sections:
                told = unknown("setting", name, sorted(sections))
                mistakes.append(f"{file.where(name)}: {told}")
            elif isinstance(values, dict):
                read[name] = replace(read[name], **_section(file, name, sections[name], mistakes))
            elif values is not None:
                valid = ", ".join(_settings(name, sections[name]))
                told = f"{name} must have settings, one per line: {valid}"
                mistakes.append(f"{file.where(name)}: {told}")
    return read


def _section(
    file: SettingsFile, section: str, defaults: Any, mistakes: list[str]
) -> dict[str, Any]:
    out = {}
    for key, value in file.values[section].items():
        where = file.where(section, key)
        if key not in (valid := _settings(section, defaults)):
            told = unknown("setting", key, valid, of=f"{section}.")
            mistakes.append(f"{where}: {told}")
            continue
        try:
            out[key] = _fitting(value, section, key, getattr(defaults, key))
        except _Unfit as error:
            told = f"{section}.{key} is {shown(value)}, but must be {error}"
            mistakes.append(f"{where}: {told}")
    return out


def _settings(section: str, defaults: Any) -> list[str]:
    names = sorted(field.name for field in fields(defaults))
    return [name for name in names if (section, name) not in FROM_ENVIRONMENT]


class _Unfit(Exception):
    """What a setting must be."""


def _fitting(value: Any, section: str, key: str, default: object) -> Any:
    """The value as the setting holds it. Raises _Unfit that says what it must be."""
    if isinstance(default, bool):
        return _switch(value)
    if (section, key) in GROUPS:
        return _groups(value)
    if isinstance(default, tuple):
        return tuple(_shaped(text, section, key) for text in _texts(value))
    if isinstance(default, str):
        return _shaped(_text(value), section, key)
    return _number(value, *RANGES[section, key], decimal=(section, key) in DECIMAL)


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit("true or false")
    return value


def _number(value: Any, low: int, high: int, *, decimal: bool) -> float:
    kind, name = (int | float, "number") if decimal else (int, "whole number")
    if not isinstance(value, kind) or isinstance(value, bool) or not low <= value <= high:
        raise _Unfit(f"a {name} from {low} to {high}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str | None):
        raise _Unfit("a text")
    return (value or "").strip()


def _texts(value: Any) -> tuple[str, ...]:
    try:
        return texts_of(value)
    except (TypeError, ValueError):
        raise _Unfit("a list of texts") from None


def _shaped(text: str, section: str, key: str) -> str:
    pattern, wanted = PATTERNS.get((section, key), (".*", "a text"))
    if not re.fullmatch(pattern, text, re.ASCII):
        raise _Unfit(wanted)
    return text


def _groups(value: Any) -> tuple[tuple[str, ...], ...]:
    try:
        groups = tuple(map(texts_of, value or ()))
    except (TypeError, ValueError):
        groups = ((),)
    if not all(groups) or any(len(text.split()) > 1 for group in groups for text in group):
        raise _Unfit("a list of lists of words, such as [[Kyiv, Kiev]]")
    return groups
