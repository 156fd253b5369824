"""The sections of bot.yml, with the validation of each value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from bot.config.files import SettingsFile, describe_unknown, format_value, parse_texts

RANGES = {
    ("store", "connections"): (2, 1000),
    ("store", "statement_seconds"): (1, 3600),
    ("ingest", "max_megabytes"): (1, 1000),
    ("ingest", "seconds"): (1, 3600),
    ("fetch", "seconds"): (1, 600),
    ("fetch", "max_megabytes"): (1, 1000),
    ("extract", "threads"): (0, 256),
    ("extract", "sure_from"): (0, 1),
    ("extract", "probably_from"): (0, 1),
    ("extract", "characters"): (1_000, 10_000_000),
    ("extract", "windows"): (10, 1_000_000),
    ("extract", "seconds"): (1, 86_400),
    ("search", "claims_per_answer"): (1, 5),
    ("search", "shards"): (1, 100),
    ("search", "replicas"): (0, 10),
    ("digest", "claims"): (1, 20),
    ("digest", "oldest_days"): (0, 36500),
    ("digest", "catch_up_minutes"): (1, 1440),
    ("feeds", "shortest_minutes"): (1, 1440),
    ("feeds", "longest_minutes"): (1, 10_080),
    ("feeds", "gap_seconds"): (0, 3600),
    ("people", "requests_at_once"): (1, 1000),
    ("people", "requests_a_second"): (0.1, 1000),
    ("watches", "oldest_days"): (0, 36500),
    ("watches", "alerts_an_hour"): (1, 1000),
    ("watches", "per_person"): (1, 1000),
    ("retention", "queries_days"): (1, 36500),
    ("retention", "messages_days"): (7, 36500),
    ("metrics", "port"): (0, 65535),
}
"""The lowest and the highest valid number of each setting."""
DECIMAL_SETTINGS = {
    ("extract", "sure_from"),
    ("extract", "probably_from"),
    ("people", "requests_a_second"),
}
"""The settings that may have decimal places."""
GROUP_SETTINGS = {("search", "spelling")}
"""The settings that are lists of lists."""
MAIL_ADDRESS = r"[!-'*-?A-~]+@[!-'*-?A-~]+"
NODE_ADDRESS = r"https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?/?"
PATTERNS = {
    ("people", "users"): (
        r"everyone|members|[USW][A-Z0-9]{2,30}",
        "a list of: everyone, members, or ids of members and user groups, such as U024BE7LH",
    ),
    ("people", "reviewers"): (
        r"[USW][A-Z0-9]{2,30}",
        "a list of ids of members and user groups, such as S0614TZR7",
    ),
    ("search", "weights"): (
        r"|https?://[!-~]+|(?:/|[A-Za-z]:\\).+",
        "the full path of a folder, or a web address, such as https://mirror.example.org/model.onnx",
    ),
    ("search", "url"): (
        rf"(?:{NODE_ADDRESS}(?: +{NODE_ADDRESS})*)?",
        "addresses without a password, such as https://search.example.org:9200",
    ),
    ("search", "ca_file"): (r"|(?:/|[A-Za-z]:\\).+", "the full path of a file"),
    ("search", "index"): (
        r"[a-z][a-z0-9]{0,99}",
        "small letters and digits, at most a hundred, such as claimdesk",
    ),
    ("metrics", "host"): (r"[\w.:-]+", "a name or an address of this machine, such as 127.0.0.1"),
    ("fetch", "contact"): (
        rf"(?:https?://[!-'*-~]+|{MAIL_ADDRESS})?",
        "a mail or web address, such as desk@example.org",
    ),
    ("fetch", "allowed"): (
        r"(?:[\w-]+(?:\.[\w-]+)*|\[[0-9A-Fa-f:.]+\]):"
        r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])",
        "a list of host:port, such as cms.example.org:8080",
    ),
}
"""The patterns that some texts must match, with their descriptions for people."""
ENVIRONMENT_SETTINGS = {
    ("fetch", "servers"),
    ("search", "password"),
}
"""Settings that come from the environment only."""


def read_sections(
    files: Sequence[SettingsFile], sections: Mapping[str, Any], mistakes: list[str]
) -> dict[str, Any]:
    """Read the sections of bot.yml, from files in order of increasing priority.

    A value must have the type of its default: a boolean, a number within its range, a text or a
    list. Invalid values are left out and reported as mistakes.
    """
    merged = dict(sections)
    for file in files:
        for name, values in file.values.items():
            if name not in sections:
                mistake = describe_unknown("setting", name, sorted(sections))
                mistakes.append(f"{file.location(name)}: {mistake}")
            elif isinstance(values, dict):
                merged[name] = replace(
                    merged[name], **_parse_section(file, name, sections[name], mistakes)
                )
            elif values is not None:
                valid = ", ".join(_setting_names(name, sections[name]))
                mistake = f"{name} must have settings, one per line: {valid}"
                mistakes.append(f"{file.location(name)}: {mistake}")
    return merged


def _parse_section(
    file: SettingsFile, section: str, defaults: Any, mistakes: list[str]
) -> dict[str, Any]:
    values_by_key = {}
    for key, value in file.values[section].items():
        location = file.location(section, key)
        if key not in (valid := _setting_names(section, defaults)):
            mistake = describe_unknown("setting", key, valid, prefix=f"{section}.")
            mistakes.append(f"{location}: {mistake}")
            continue
        try:
            values_by_key[key] = _parse_value(value, section, key, getattr(defaults, key))
        except _InvalidValueError as error:
            mistake = f"{section}.{key} is {format_value(value)}, but must be {error}"
            mistakes.append(f"{location}: {mistake}")
    return values_by_key


def _setting_names(section: str, defaults: Any) -> list[str]:
    names = sorted(field.name for field in fields(defaults))
    return [name for name in names if (section, name) not in ENVIRONMENT_SETTINGS]


class _InvalidValueError(Exception):
    """An invalid value; the message says what it must be."""


def _parse_value(value: Any, section: str, key: str, default: object) -> Any:
    """Validate a value and return it as the setting's type. Raises _InvalidValueError."""
    if isinstance(default, bool):
        return _parse_bool(value)
    if (section, key) in GROUP_SETTINGS:
        return _parse_groups(value)
    if isinstance(default, tuple):
        return tuple(_match_pattern(text, section, key) for text in _parse_texts(value))
    if isinstance(default, str):
        return _match_pattern(_parse_text(value), section, key)
    return _parse_number(value, *RANGES[section, key], decimal=(section, key) in DECIMAL_SETTINGS)


def _parse_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _InvalidValueError("true or false")
    return value


def _parse_number(value: Any, low: float, high: float, *, decimal: bool) -> float:
    types, type_name = (int | float, "number") if decimal else (int, "whole number")
    if not isinstance(value, types) or isinstance(value, bool) or not low <= value <= high:
        raise _InvalidValueError(f"a {type_name} from {low} to {high}")
    return value


def _parse_text(value: Any) -> str:
    if not isinstance(value, str | None):
        raise _InvalidValueError("a text")
    return (value or "").strip()


def _parse_texts(value: Any) -> tuple[str, ...]:
    try:
        return parse_texts(value)
    except (TypeError, ValueError):
        raise _InvalidValueError("a list of texts") from None


def _match_pattern(text: str, section: str, key: str) -> str:
    pattern, description = PATTERNS.get((section, key), (".*", "a text"))
    if not re.fullmatch(pattern, text, re.ASCII):
        raise _InvalidValueError(description)
    return text


def _parse_groups(value: Any) -> tuple[tuple[str, ...], ...]:
    try:
        groups = tuple(map(parse_texts, value or ()))
    except (TypeError, ValueError):
        groups = ((),)
    if not all(groups) or any(len(text.split()) > 1 for group in groups for text in group):
        raise _InvalidValueError("a list of lists of words, such as [[Kyiv, Kiev]]")
    return groups
