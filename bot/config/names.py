"""The names of outlets.yml: outlets, speakers, and names that are kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.config.files import (
    SettingsFile,
    read_shipped,
    read_yaml,
    shown,
    text_of,
    texts_of,
    unknown,
)

PARTS, KEYS = ("outlets", "speakers", "apart"), ("name", "aliases", "domains")
"""What outlets.yml has, and what an outlet or a speaker has there."""


@dataclass(frozen=True, slots=True)
class KnownName:
    """An outlet or a speaker, how people also call it, and an outlet's own web domains."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


def read_names(data: Path, mistakes: list[str]) -> SettingsFile:
    """Read the outlets.yml of the data folder; where there is none, the shipped one."""
    read = read_yaml(data / "config" / "outlets.yml", mistakes)
    read = read or read_shipped("outlets.yml", mistakes)
    for part in read.values:
        if part not in PARTS:
            mistakes.append(f"{read.where(part)}: {unknown('part', shown(part), PARTS)}")
    return read


def known_names(names: SettingsFile, kind: str, mistakes: list[str]) -> Iterator[KnownName]:
    """Read the outlets or the speakers."""
    entries = names.values.get(kind) or []
    if not isinstance(entries, list):
        told = f"{kind} must be a list, each with name: and aliases: []"
        mistakes.append(f"{names.where(kind)}: {told}")
        return
    for number, entry in enumerate(entries):
        where = names.where(kind, number)
        try:
            yield KnownName(
                name=text_of(entry["name"]),
                aliases=texts_of(entry.get("aliases")),
                domains=texts_of(entry.get("domains")),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            told = f"{kind} has {shown(entry)}, but needs name: and aliases: []"
            mistakes.append(f"{where}: {told}")
            continue
        for key in entry:
            if key not in KEYS:
                at = names.where(kind, number, key)
                mistakes.append(f"{at}: {unknown('key', shown(key), KEYS)}")


def apart_names(
    names: SettingsFile, speakers: Sequence[KnownName], mistakes: list[str]
) -> Iterator[tuple[str, ...]]:
    """Read the lists of names no two of which are one speaker's."""
    lists = names.values.get("apart") or []
    if not isinstance(lists, list):
        mistakes.append(f"{names.where('apart')}: apart must be a list of lists of names")
        return
    called = [{name.casefold() for name in (one.name, *one.aliases)} for one in speakers]
    for number, kept in enumerate(lists):
        where = names.where("apart", number)
        try:
            texts = texts_of(kept)
        except (TypeError, ValueError):
            mistakes.append(f"{where}: apart has {shown(kept)}, which is not a list of names")
            continue
        if any(len(one & {text.casefold() for text in texts}) > 1 for one in called):
            mistakes.append(f"{where}: speakers joins what apart keeps apart: {shown(kept)}")
        yield texts
