"""The verbs of cues: the shipped cues.yml, overridden by the cues.yml of the data folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.config.files import (
    SettingsFile,
    describe_unknown,
    format_value,
    parse_texts,
    raise_mistakes,
    read_shipped,
    read_yaml,
)
from bot.model import Stance


@dataclass(frozen=True, slots=True)
class Cues:
    """The verbs that introduce claims.

    `stances` has the stance that each expresses, by base form. `irregular` has the forms of verbs
    with other endings than -s, -ed and -ing.
    """

    stances: Mapping[str, Stance]
    irregular: Mapping[str, tuple[str, ...]]


def shipped_cues() -> Cues:
    """Load the cues that ship with the program. Raises SettingsError if they are damaged."""
    mistakes: list[str] = []
    cues = _parse_cues(read_shipped("cues.yml", mistakes), mistakes)
    raise_mistakes(mistakes)
    return cues


def load_cues(data: Path, mistakes: list[str]) -> Cues:
    """Load the shipped cues, overridden by those of the data folder."""
    cues = _parse_cues(read_shipped("cues.yml", mistakes), mistakes)
    file = read_yaml(data / "config" / "cues.yml", mistakes)
    if file is None:
        return cues
    overrides = _parse_cues(file, mistakes)
    return Cues({**cues.stances, **overrides.stances}, {**cues.irregular, **overrides.irregular})


def _parse_cues(file: SettingsFile, mistakes: list[str]) -> Cues:
    stances: dict[str, Stance] = {}
    valid = get_args(Stance)
    for stance in file.values:
        if stance not in (*valid, "irregular"):
            mistake = describe_unknown("stance", format_value(stance), (*valid, "irregular"))
            mistakes.append(f"{file.location(stance)}: {mistake}")
    for stance in valid:
        for verb in _parse_verbs(file, stance, mistakes):
            if stances.setdefault(verb, stance) != stance:
                mistake = f"{verb!r} is under {stances[verb]} and {stance}; keep one of them"
                mistakes.append(f"{file.location(stance)}: {mistake}")
    return Cues(stances, _parse_irregular(file, mistakes))


def _parse_verbs(file: SettingsFile, stance: str, mistakes: list[str]) -> Iterator[str]:
    try:
        yield from (" ".join(verb.lower().split()) for verb in parse_texts(file.values.get(stance)))
    except (TypeError, ValueError):
        mistake = f"{stance} must be a list of verbs, such as [deny, rule out]"
        mistakes.append(f"{file.location(stance)}: {mistake}")


def _parse_irregular(file: SettingsFile, mistakes: list[str]) -> dict[str, tuple[str, ...]]:
    forms = file.values.get("irregular") or {}
    if isinstance(forms, dict) and all(
        isinstance(text, str) and text.strip() for text in (*forms, *forms.values())
    ):
        return {verb.lower(): tuple(form.lower().split()) for verb, form in forms.items()}
    mistake = "irregular must name verbs with their forms, such as say: said"
    mistakes.append(f"{file.location('irregular')}: {mistake}")
    return {}
