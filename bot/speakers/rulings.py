"""Combine users' rulings on names; later rulings override earlier ones. No side effects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.model import NameRuling

Names = tuple[str, ...]


class NameRules(NamedTuple):
    """Groups of names of one speaker, each with its display name first, and splits.

    A split is a list of sides: names on different sides are different speakers.
    """

    merged: tuple[Names, ...] = ()
    split: tuple[tuple[Names, ...], ...] = ()


NO_RULINGS = NameRules()


def combine_rulings(rulings: Iterable[NameRuling]) -> NameRules:
    """Combine rulings, given in chronological order, into rules.

    A merge joins the names' whole groups and cancels any split between them. A split removes names
    from their groups.
    """
    groups: list[Names] = []
    splits: list[tuple[Names, ...]] = []
    for ruling in rulings:
        if ruling.kind == "merged":
            groups = _merge(groups, ruling.sides[0])
            splits = [sides for sides in splits if not _separates(sides, groups[-1])]
        else:
            groups = [part for group in groups for part in _split(group, ruling.sides)]
            splits.append(ruling.sides)
    return NameRules(tuple(groups), tuple(splits))


def _merge(groups: Sequence[Names], names: Names) -> list[Names]:
    """Join all groups that contain any of the names into one, which comes last."""
    joined = dict.fromkeys(names)
    others = []
    for group in groups:
        if set(group).isdisjoint(names):
            others.append(group)
        else:
            joined |= dict.fromkeys(group)
    return [*others, tuple(joined)]


def _separates(sides: Sequence[Names], group: Names) -> bool:
    return sum(not set(side).isdisjoint(group) for side in sides) > 1


def _split(group: Names, sides: Sequence[Names]) -> list[Names]:
    """Divide a group by a split; names on no side stay with the first side."""
    if not _separates(sides, group):
        return [group]
    others = [tuple(name for name in group if name in side) for side in sides[1:]]
    first = tuple(name for name in group if not any(name in other for other in others))
    return [part for part in (first, *others) if len(part) > 1]
