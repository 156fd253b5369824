"""The names of outlets.yml: outlets, speakers, and names that are kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.config.files import shown, text_of, texts_of


@dataclass(frozen=True, slots=True)
class KnownName:
    """An outlet or a speaker, how people also call it, and an outlet's own web domains."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


def known_names(names: Mapping[str, Any], kind: str, mistakes: list[str]) -> Iterator[KnownName]:
    """Read the outlets or the speakers."""
    entries = names.get(kind) or []
    if not isinstance(entries, list):
        mistakes.append(f"outlets.yml: {kind} must be a list, each with name: and aliases: []")
        return
    for entry in entries:
        try:
            yield KnownName(
                name=text_of(entry["name"]),
                aliases=texts_of(entry.get("aliases")),
                domains=texts_of(entry.get("domains")),
            )
        except (KeyError, TypeError, ValueError, AttributeError):
            mistakes.append(
                f"outlets.yml: {kind} has {shown(entry)}, but needs name: and aliases: []"
            )


def apart_names(
    names: Mapping[str, Any], speakers: Sequence[KnownName], mistakes: list[str]
) -> Iterator[tuple[str, ...]]:
    """Read the lists of names no two of which are one speaker's."""
    lists = names.get("apart") or []
    if not isinstance(lists, list):
        mistakes.append("outlets.yml: apart must be a list of lists of names")
        return
    called = [{name.casefold() for name in (one.name, *one.aliases)} for one in speakers]
    for kept in lists:
        try:
            texts = texts_of(kept)
        except (TypeError, ValueError):
            mistakes.append(f"outlets.yml: apart has {shown(kept)}, which is not a list of names")
            continue
        if any(len(one & {text.casefold() for text in texts}) > 1 for one in called):
            mistakes.append(f"outlets.yml: speakers joins what apart keeps apart: {shown(kept)}")
        yield texts
