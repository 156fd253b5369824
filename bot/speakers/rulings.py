"""What people have ruled of names, as it stands by now: the later ruling goes before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.model import NameRuling

Names = tuple[str, ...]


class NameRules(NamedTuple):
    """Names that are one speaker's, the first of each standing for all, and lists of sides: no
    name of one is that of a speaker on another."""

    merged: tuple[Names, ...] = ()
    split: tuple[tuple[Names, ...], ...] = ()


NO_RULINGS = NameRules()


def rules_from(rulings: Iterable[NameRuling]) -> NameRules:
    """What stands of these rulings, which come in the order in which they were made.

    Names merged now are one speaker's with all that these were merged with before; what parted
    any two of them is void. Names split now leave those that they had been merged with.
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
    """The groups, with those that any of the merged names is in made one, which comes last."""
    touched = [group for group in joined if not set(group).isdisjoint(merged)]
    one = dict.fromkeys((*merged, *(name for group in touched for name in group)))
    return [*(group for group in joined if group not in touched), tuple(one)]


def _separates(sides: Sequence[Names], group: Names) -> bool:
    return sum(not set(side).isdisjoint(group) for side in sides) > 1


def _split(group: Names, sides: Sequence[Names]) -> list[Names]:
    """A group, cut where a split cuts it: what no side names stays with the first."""
    if not _separates(sides, group):
        return [group]
    others = [tuple(name for name in group if name in side) for side in sides[1:]]
    gone = {name for other in others for name in other}
    first = tuple(name for name in group if name not in gone)
    return [part for part in (first, *others) if len(part) > 1]
