"""In which order a day's statements are taken into a digest: the better one first, in turns. Pure.

The best of each section stands before all others, and else those with more points do. Then they
take turns: of each speaker, then of each section, story and outlet so many have the first turn, as
many the second, and whoever waits in one of these waits in all. So nobody dominates while there is
somebody else, nothing is left out on a thin day, and one more statement hardly moves others: such
as it pushes back, and those that come up in their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.digest.statements import Statement


def ordered(found: Iterable[Statement], limit: int) -> list[Statement]:
    """Statements in the order in which they are taken into a digest of `limit` rows."""
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
    """How many of one speaker, section, story and outlet have their turn at once."""
    some = max(2, limit * 3 // 10)
    return (
        *(("speaker", max(1, limit // 10)), ("section", some)),
        *(("story", max(1, limit // 5)), ("outlet", some)),
    )


def _take_turns(
    in_order: Iterable[Statement], turns: dict[int, int], shared: str, at_once: int
) -> None:
    """Put those off whose turn has not come among those that share one thing with them."""
    taken: Counter[object] = Counter()
    for one in in_order:
        if (key := one.shares.get(shared)) is not None:
            turns[id(one)] = max(turns[id(one)], taken[key] // at_once)
            taken[key] += 1
