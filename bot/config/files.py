"""Find and read the files of config/, and describe the mistakes in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from bot.errors import SettingsError
from bot.yaml_files import LOADER

MAX_LINE_DEPTH = 4
"""Values down to this depth have their own line number: section, setting, entry, name."""

MISTYPED_NAME = 0.92
"""difflib's similarity from which a file's name is taken for a mistyped one: bot.yaml and bott.yml
are, bot.old.yml and feeds-2.yml are not."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The contents of a file; `lines` has the line of each part, by the keys and indexes that lead
    to it."""

    path: Path
    values: Mapping[Any, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def location(self, *keys: object) -> str:
        """Describe the file and line of a part, or of the nearest part that contains it."""
        path_to_part = tuple(map(str, keys))
        while path_to_part and path_to_part not in self.lines:
            path_to_part = path_to_part[:-1]
        return f"{self.path}, line {self.lines[path_to_part]}" if path_to_part else str(self.path)


def shipped_folder(name: str) -> Path:
    """Find a folder that ships with the program ("config", "seeds"), in the wheel or the
    checkout."""
    program = Path(__file__).resolve().parents[1]
    installed = program / "shipped" / name
    return installed if installed.is_dir() else program.parent / name


def read_shipped(name: str, mistakes: list[str]) -> SettingsFile:
    """Read a file of the shipped config/."""
    path = shipped_folder("config") / name
    return read_yaml(path, mistakes) or SettingsFile(path)


def read_yaml(path: Path, mistakes: list[str]) -> SettingsFile | None:
    """Read and parse a file; None if it does not exist."""
    try:
        lines: dict[tuple[str, ...], int] = {}
        values = _load(path, lines, mistakes)
    except (FileNotFoundError, NotADirectoryError):
        return None
    # ValueError is raised for text that is not UTF-8 and for impossible dates.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mistakes.append(f"{_location(path, error)}: cannot be read as YAML: {_cause(error)}")
        return SettingsFile(path)
    if values is None:
        return SettingsFile(path)
    if not isinstance(values, dict):
        mistakes.append(f"{path}: must hold names with values, not {type(values).__name__}")
        return SettingsFile(path)
    return SettingsFile(path, values, lines)


def report_mistyped_names(folder: Path, names: Sequence[str], mistakes: list[str]) -> None:
    """Report files whose name is almost that of a settings file: nothing would read them."""
    for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
        matches = get_close_matches(path.name, names, 1, cutoff=MISTYPED_NAME)
        if matches and path.name not in names:
            mistakes.append(f"{path}: nothing reads this file; did you mean {matches[0]}?")


def _load(path: Path, lines: dict[tuple[str, ...], int], mistakes: list[str]) -> Any:
    loader = LOADER(path.read_text(encoding="utf-8-sig"))
    try:
        node = loader.get_single_node()
        # Do this first: constructing the document merges keys of other mappings (<<) into nodes.
        _find_lines(node, (), lines, path, mistakes)
        return None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _find_lines(
    node: yaml.Node | None,
    parent: tuple[str, ...],
    lines: dict[tuple[str, ...], int],
    path: Path,
    mistakes: list[str],
) -> None:
    """Record the line of each part, and report duplicate keys: YAML silently uses the last one."""
    if len(parent) == MAX_LINE_DEPTH:
        return
    parts: Iterable[tuple[str, yaml.Node, yaml.Node]] = ()
    if isinstance(node, yaml.MappingNode):
        parts = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        parts = [(str(number), value, value) for number, value in enumerate(node.value)]
    for name, start_node, value in parts:
        part, line = (*parent, name), start_node.start_mark.line + 1
        if part in lines:
            mistake = f"the same is set on line {lines[part]}; keep one of them"
            mistakes.append(f"{path}, line {line}: {mistake}")
        lines[part] = line
        _find_lines(value, part, lines, path, mistakes)


def _location(path: Path, error: Exception) -> str:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    return f"{path}, line {mark.line + 1}" if mark else str(path)


def _cause(error: Exception) -> str:
    """Describe the cause, without the lines that YAML would quote, which may contain secrets."""
    match error:
        case yaml.MarkedYAMLError(problem_mark=mark, context_mark=start) if mark:
            cause = f"{error.problem} at column {mark.column + 1}"
            # An unclosed quotation mark or bracket is noticed only where the next part begins.
            if start is None or start.line == mark.line:
                return cause
            return f"{cause}, {error.context} that begins on line {start.line + 1}"
        case UnicodeDecodeError():
            return "it is not UTF-8 text"
        case OSError():
            return error.strerror or str(error)
        case RecursionError():
            return "it is nested too deeply"
    return " ".join(str(error).split())


def describe_unknown(kind: str, name: object, valid: Sequence[str], *, prefix: str = "") -> str:
    """Say that a setting, stance or key does not exist, and list the valid ones. `prefix` is
    the section's name and a dot."""
    matches = get_close_matches(str(name), valid, 1)
    introduction = f"; did you mean {matches[0]}? Valid ones are" if matches else "; valid ones are"
    return f"there is no {kind} {prefix}{name}{introduction} {', '.join(valid)}"


def raise_mistakes(mistakes: list[str]) -> None:
    """Raise SettingsError if there are any mistakes, listing them all."""
    if mistakes:
        lines = "".join(f"\n  - {mistake}" for mistake in mistakes)
        raise SettingsError(f"these settings cannot be used:{lines}")


def format_value(value: object) -> str:
    """Format a value to be quoted in a mistake, in 60 characters at most."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def parse_texts(value: object) -> tuple[str, ...]:
    """Validate a list of texts; None is an empty list. Raises TypeError or ValueError."""
    if not isinstance(value, list | None):
        raise TypeError(value)
    return tuple(map(parse_text, value or ()))


def parse_text(value: object) -> str:
    """Validate and strip a text, which must not be blank. Raises ValueError."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return value.strip()
