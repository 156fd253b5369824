"""The files of config/: where they lie, what they hold, and how a mistake in one is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from bot.errors import SettingsError
from bot.yaml_files import LOADER

DEEPEST = 4
"""Values so deep in a file have a line of their own: section, setting, entry, name."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a file holds, and the lines on which its parts stand: each part is known by the keys and
    positions that lead to it."""

    path: Path
    values: Mapping[Any, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def where(self, *keys: object) -> str:
        """Name the file and the line of a part of it, or of what that part is in."""
        place = tuple(map(str, keys))
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.path}, line {self.lines[place]}" if place else str(self.path)


def shipped(name: str) -> Path:
    """Find a folder that travels with the program ("config", "seeds"): in the wheel, else in the
    checkout."""
    program = Path(__file__).resolve().parents[1]
    installed = program / "shipped" / name
    return installed if installed.is_dir() else program.parent / name


def read_shipped(name: str, mistakes: list[str]) -> SettingsFile:
    """Read a file of the shipped config/."""
    path = shipped("config") / name
    return read_yaml(path, mistakes) or SettingsFile(path)


def read_yaml(path: Path, mistakes: list[str]) -> SettingsFile | None:
    """Read what a file holds; None where there is no such file."""
    try:
        lines: dict[tuple[str, ...], int] = {}
        values = _loaded(path, lines, mistakes)
    except (FileNotFoundError, NotADirectoryError):
        return None
    # ValueError: text that is not UTF-8, and a date that no calendar has.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mistakes.append(f"{_place(path, error)}: cannot be read as YAML: {_why(error)}")
        return SettingsFile(path)
    if values is None:
        return SettingsFile(path)
    if not isinstance(values, dict):
        mistakes.append(f"{path}: must hold names with values, not {type(values).__name__}")
        return SettingsFile(path)
    return SettingsFile(path, values, lines)


def _loaded(path: Path, lines: dict[tuple[str, ...], int], mistakes: list[str]) -> Any:
    loader = LOADER(path.read_text(encoding="utf-8-sig"))
    try:
        node = loader.get_single_node()
        # Before the mapping is constructed: that merges other keys into it (<<).
        _find_lines(node, (), lines, path, mistakes)
        return None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _find_lines(
    node: yaml.Node | None,
    place: tuple[str, ...],
    lines: dict[tuple[str, ...], int],
    path: Path,
    mistakes: list[str],
) -> None:
    """Find the line of each part of a file, and keys that it has twice: YAML takes the last."""
    if len(place) == DEEPEST:
        return
    parts: Iterable[tuple[str, yaml.Node, yaml.Node]] = ()
    if isinstance(node, yaml.MappingNode):
        parts = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [(str(number), value, value) for number, value in enumerate(node.value)]
    for name, begins, value in parts:
        inner, line = (*place, name), begins.start_mark.line + 1
        if inner in lines:
            told = f"the same is set on line {lines[inner]}; keep one of them"
            mistakes.append(f"{path}, line {line}: {told}")
        lines[inner] = line
        _find_lines(value, inner, lines, path, mistakes)


def _place(path: Path, error: Exception) -> str:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f"{path}, line {mark.line + 1}" if mark else str(path)


def _why(error: Exception) -> str:
    """Why, without the lines that YAML would quote: they may hold what is secret."""
    match error:
        case yaml.MarkedYAMLError(problem_mark=mark) if mark:
            return f"{error.problem} at column {mark.column + 1}"
        case UnicodeDecodeError():
            return "it is not UTF-8 text"
        case OSError():
            return error.strerror or str(error)
        case RecursionError():
            return "it is nested too deeply"
    return " ".join(str(error).split())


def unknown(kind: str, name: object, valid: Sequence[str], *, of: str = "") -> str:
    """Say that there is no such setting, stance or key (`of` a section), and which there are."""
    near = get_close_matches(str(name), valid, 1)
    meant = f"; did you mean {near[0]}? Valid are" if near else "; valid are"
    return f"there is no {kind} {of}{name}{meant} {', '.join(valid)}"


def refuse(mistakes: list[str]) -> None:
    """Raise SettingsError that lists the mistakes, where there are any."""
    if mistakes:
        listed = "".join(f"\n  - {m}" for m in mistakes)
        raise SettingsError(f"these settings cannot be used:{listed}")


def shown(value: object) -> str:
    """Write a value as a mistake shows it: 60 characters at most."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def texts_of(value: object) -> tuple[str, ...]:
    """Take a list of texts; nothing is an empty one. Raises TypeError or ValueError."""
    if not isinstance(value, list | None):
        raise TypeError(value)
    return tuple(map(text_of, value or ()))


def text_of(value: object) -> str:
    """Take a text that says something. Raises ValueError."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()
