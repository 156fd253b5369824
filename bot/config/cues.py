"""The verbs of cues: cues.yml, with the data folder's laid over the shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.config.files import (
    SettingsFile,
    read_shipped,
    read_yaml,
    refuse,
    shown,
    texts_of,
    unknown,
)
from bot.model import Stance


@dataclass(frozen=True, slots=True)
class Cues:
    """The verbs of cues in their base form, each with the stance it gives to what was said, and
    the `irregular` forms of verbs beside -s, -ed and -ing."""

    stances: Mapping[str, Stance]
    irregular: Mapping[str, tuple[str, ...]]


def shipped_cues() -> Cues:
    """Read the cues that travel with the program. Raises SettingsError where they are damaged."""
    mistakes: list[str] = []
    cues = _cues(read_shipped("cues.yml", mistakes), mistakes)
    refuse(mistakes)
    return cues


def own_cues(data: Path, mistakes: list[str]) -> Cues:
    """Read the shipped cues with the data folder's laid over them."""
    cues = _cues(read_shipped("cues.yml", mistakes), mistakes)
    written = read_yaml(data / "config" / "cues.yml", mistakes)
    if written is None:
        return cues
    own = _cues(written, mistakes)
    return Cues({**cues.stances, **own.stances}, {**cues.irregular, **own.irregular})


def _cues(written: SettingsFile, mistakes: list[str]) -> Cues:
    stances: dict[str, Stance] = {}
    valid = get_args(Stance)
    for stance in written.values:
        if stance not in (*valid, "irregular"):
            told = unknown("stance", shown(stance), (*valid, "irregular"))
            mistakes.append(f"{written.where(stance)}: {told}")
    for stance in valid:
        for verb in _verbs(written, stance, mistakes):
            if stances.setdefault(verb, stance) != stance:
                told = f"{verb!r} is under {stances[verb]} and {stance}; keep one of them"
                mistakes.append(f"{written.where(stance)}: {told}")
    return Cues(stances, _irregular(written, mistakes))


def _verbs(written: SettingsFile, stance: str, mistakes: list[str]) -> Iterator[str]:
    try:
        yield from (" ".join(verb.lower().split()) for verb in texts_of(written.values.get(stance)))
    except (TypeError, ValueError):
        told = f"{stance} must be a list of verbs, such as [deny, rule out]"
        mistakes.append(f"{written.where(stance)}: {told}")


def _irregular(written: SettingsFile, mistakes: list[str]) -> dict[str, tuple[str, ...]]:
    forms = written.values.get("irregular") or {}
    if isinstance(forms, dict) and all(
        isinstance(text, str) and text.strip() for text in (*forms, *forms.values())
    ):
        return {verb.lower(): tuple(form.lower().split()) for verb, form in forms.items()}
    told = "irregular must name verbs with their forms, such as say: said"
    mistakes.append(f"{written.where('irregular')}: {told}")
    return {}
