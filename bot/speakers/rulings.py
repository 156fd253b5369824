"""Combine people's rulings on names; later rulings override earlier ones. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.model import NameRuling

Names = tuple[str, ...]


class NameRules(NamedTuple):
    """Groups of names that are one speaker's, each shown by its first name, and splits: lists of
    sides, of which no name on one is a speaker on another."""

    merged: tuple[Names, ...] = ()
    split: tuple[tuple[Names, ...], ...] = ()


NO_RULINGS = NameRules()


def combine_rulings(rulings: Iterable[NameRuling]) -> NameRules:
    """The rules that result from rulings, given in the order in which they were made.

    A merge joins the names' whole groups and cancels any split between them. A split removes names
    from their groups.
    """
    joined: list[Names] = []
    parted: list[tuple[Names, ...]] = []
    for ruling in rulings:
        if ruling.kind == "merged":
            joined = _merge(joined, ruling.sides[0])
            parted = [sides for sides in parted if not _separates(sides, joined[-1])]
        else:
            joined = [left for group in joined for left in _split(group, ruling.sides)]
            parted.append(ruling.sides)
    return NameRules(tuple(joined), tuple(parted))


def _merge(joined: Sequence[Names], merged: Names) -> list[Names]:
    """Join all groups that have any of the merged names into one, which comes last."""
    touched = [group for group in joined if not set(group).isdisjoint(merged)]
    one = dict.fromkeys((*merged, *(name for group in touched for name in group)))
    return [*(group for group in joined if group not in touched), tuple(one)]


def _separates(sides: Sequence[Names], group: Names) -> bool:
    return sum(not set(side).isdisjoint(group) for side in sides) > 1


def _split(group: Names, sides: Sequence[Names]) -> list[Names]:
    """Divide a group by a split; names on no side stay with the first."""
    if not _separates(sides, group):
        return [group]
    others = [tuple(name for name in group if name in side) for side in sides[1:]]
    gone = {name for other in others for name in other}
    first = tuple(name for name in group if name not in gone)
    return [part for part in (first, *others) if len(part) > 1]
