"""The files of config/: where they lie, what they hold, and how a mistake in one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.errors import SettingsError
from bot.yaml_files import LOADER


def shipped(name: str) -> Path:
    """Find a folder that travels with the program ("config", "seeds"): in the wheel, else in the
    checkout."""
    program = Path(__file__).resolve().parents[1]
    installed = program / "shipped" / name
    return installed if installed.is_dir() else program.parent / name


def read_yaml(path: Path, mistakes: list[str]) -> dict[str, Any] | None:
    """Read what a file holds; None where there is no such file."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8-sig"), LOADER)  # noqa: S506 - a safe loader
    except (FileNotFoundError, NotADirectoryError):
        return None
    # ValueError: text that is not UTF-8, and a date that no calendar has.
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mistakes.append(f"{path}: cannot be read as YAML: {_why(error)}")
        return {}
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        mistakes.append(f"{path}: must hold names with values, not {type(loaded).__name__}")
        return {}
    return loaded


def _why(error: Exception) -> str:
    """Why, and where, without the lines that YAML would quote: they may hold what is secret."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        return f"{error.problem} at line {mark.line + 1}, column {mark.column + 1}"
    return " ".join(str(error).split())


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
