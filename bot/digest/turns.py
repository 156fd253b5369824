"""Order a day's statements for a digest: by points, and in turns. Pure.

The best of each section comes first, then those with most points. Then they take turns: of each
speaker, section, story and outlet, a fixed number have the first turn, as many the second, and so
on; a statement takes the latest turn that any of these gives it. So nobody dominates while there
are others, nothing is left out on a thin day, and one more statement moves few others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.digest.statements import Statement


def ordered(found: Iterable[Statement], limit: int) -> list[Statement]:
    """Sort statements in the order in which a digest of `limit` rows takes them."""
    in_order = sorted(found, key=lambda one: one.order)
    best = {(one.kind, one.topic): one for one in reversed(in_order) if _has_best(one)}
    leading = {id(one) for one in best.values()}
    in_order.sort(key=lambda one: (one.is_weak, id(one) not in leading))
    turns = dict.fromkeys(map(id, in_order), 0)
    for shared, at_once in _at_once(limit):
        _take_turns(in_order, turns, shared, at_once)
        in_order.sort(key=lambda one: (one.is_weak, turns[id(one)]))
    return in_order


def _has_best(one: Statement) -> bool:
    return one.kind != "more" and not one.is_weak


def _at_once(limit: int) -> tuple[tuple[str, int], ...]:
    """How many statements of one speaker, section, story or outlet share a turn."""
    some = max(2, limit * 3 // 10)
    return (
        *(("speaker", max(1, limit // 10)), ("section", some)),
        *(("story", max(1, limit // 5)), ("outlet", some)),
    )


def _take_turns(
    in_order: Iterable[Statement], turns: dict[int, int], shared: str, at_once: int
) -> None:
    """Delay each statement to its turn among those that share the same value."""
    taken: Counter[object] = Counter()
    for one in in_order:
        if (key := one.shares.get(shared)) is not None:
            turns[id(one)] = max(turns[id(one)], taken[key] // at_once)
            taken[key] += 1
