"""The verbs of cues: cues.yml, with the data folder's laid over the shipped one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from bot.config.files import read_yaml, refuse, shipped, shown, texts_of
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
    cues = _cues(read_yaml(shipped("config") / "cues.yml", mistakes) or {}, mistakes)
    refuse(mistakes)
    return cues


def own_cues(data: Path, mistakes: list[str]) -> Cues:
    """Read the shipped cues with the data folder's laid over them."""
    cues = shipped_cues()
    own = _cues(read_yaml(data / "config" / "cues.yml", mistakes) or {}, mistakes)
    return Cues({**cues.stances, **own.stances}, {**cues.irregular, **own.irregular})


def _cues(written: Mapping[str, Any], mistakes: list[str]) -> Cues:
    stances: dict[str, Stance] = {}
    valid = get_args(Stance)
    for stance in written:
        if stance not in (*valid, "irregular"):
            mistakes.append(
                f"cues.yml: there is no stance {shown(stance)}; valid are {', '.join(valid)}"
            )
    for stance in valid:
        for verb in _verbs(written, stance, mistakes):
            if stances.setdefault(verb, stance) != stance:
                mistakes.append(f"cues.yml: {verb!r} is under {stances[verb]} and {stance}")
    return Cues(stances, _irregular(written.get("irregular") or {}, mistakes))


def _verbs(written: Mapping[str, Any], stance: str, mistakes: list[str]) -> Iterator[str]:
    try:
        yield from (" ".join(verb.lower().split()) for verb in texts_of(written.get(stance)))
    except (TypeError, ValueError):
        mistakes.append(f"cues.yml: {stance} must be a list of verbs, such as [deny, rule out]")


def _irregular(written: object, mistakes: list[str]) -> dict[str, tuple[str, ...]]:
    if isinstance(written, dict) and all(
        isinstance(text, str) and text.strip() for text in (*written, *written.values())
    ):
        return {verb.lower(): tuple(forms.lower().split()) for verb, forms in written.items()}
    mistakes.append("cues.yml: irregular must name verbs with their forms, such as say: said")
    return {}
