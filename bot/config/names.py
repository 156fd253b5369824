"""The names in outlets.yml: outlets, speakers, and names to keep apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.config.files import (
    SettingsFile,
    describe_unknown,
    format_value,
    parse_text,
    parse_texts,
    read_shipped,
    read_yaml,
)

SECTION_NAMES = ("outlets", "speakers", "apart")
"""The sections of outlets.yml."""
KEYS = ("name", "aliases", "domains")
"""The keys of an outlet or a speaker."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """An outlet or a speaker, with other names for it, and an outlet's own web domains."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


def read_names(data: Path, mistakes: list[str]) -> SettingsFile:
    """Read the outlets.yml of the data folder, or the shipped one if there is none."""
    file = read_yaml(data / "config" / "outlets.yml", mistakes)
    file = file or read_shipped("outlets.yml", mistakes)
    for section in file.values:
        if section not in SECTION_NAMES:
            mistake = describe_unknown("part", format_value(section), SECTION_NAMES)
            mistakes.append(f"{file.location(section)}: {mistake}")
    return file


def known_names(names: SettingsFile, kind: str, mistakes: list[str]) -> Iterator[KnownName]:
    """Parse the outlets or the speakers."""
    entries = names.values.get(kind) or []
    if not isinstance(entries, list):
        mistake = f"{kind} must be a list, each with name: and aliases: []"
        mistakes.append(f"{names.location(kind)}: {mistake}")
        return
    for number, entry in enumerate(entries):
        location = names.location(kind, number)
        try:
            yield KnownName(
                name=parse_text(entry["name"]),
                aliases=parse_texts(entry.get("aliases")),
                domains=parse_texts(entry.get("domains")),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            mistake = f"{kind} has {format_value(entry)}, but needs name: and aliases: []"
            mistakes.append(f"{location}: {mistake}")
            continue
        for key in entry:
            if key not in KEYS:
                key_location = names.location(kind, number, key)
                mistakes.append(
                    f"{key_location}: {describe_unknown('key', format_value(key), KEYS)}"
                )


def apart_names(
    names: SettingsFile, speakers: Sequence[KnownName], mistakes: list[str]
) -> Iterator[tuple[str, ...]]:
    """Parse the lists of names that belong to different speakers."""
    lists = names.values.get("apart") or []
    if not isinstance(lists, list):
        mistakes.append(f"{names.location('apart')}: apart must be a list of lists of names")
        return
    speaker_names = [
        {name.casefold() for name in (speaker.name, *speaker.aliases)} for speaker in speakers
    ]
    for number, names_apart in enumerate(lists):
        location = names.location("apart", number)
        try:
            texts = parse_texts(names_apart)
        except (TypeError, ValueError):
            mistakes.append(
                f"{location}: apart has {format_value(names_apart)}, which is not a list of names"
            )
            continue
        folded = {text.casefold() for text in texts}
        if any(len(own_names & folded) > 1 for own_names in speaker_names):
            mistakes.append(
                f"{location}: speakers joins what apart keeps apart: {format_value(names_apart)}"
            )
        yield texts
