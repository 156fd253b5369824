"""Sort a day's statements for a digest: by points, and in turns. No I/O.

The best of each section comes first, then the others by points. Then they take turns: a fixed
number of statements per speaker, section, story and outlet are in the first turn, as many in the
second, and so on; a statement takes the latest turn that any of these assigns to it. So nobody
dominates, nothing is left out on a thin day, and one more statement moves few others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bot.digest.statements import Statement


def sort_statements(statements: Iterable[Statement], limit: int) -> list[Statement]:
    """Sort statements in the order in which a digest of `limit` rows takes them."""
    ranked = sorted(statements, key=lambda statement: statement.order)
    best = {
        (statement.kind, statement.topic): id(statement)
        for statement in reversed(ranked)
        if statement.kind != "more" and not statement.is_weak
    }
    best_ids = frozenset(best.values())
    ranked.sort(key=lambda statement: (statement.is_weak, id(statement) not in best_ids))
    turns = dict.fromkeys(map(id, ranked), 0)
    per_turn = {
        "speaker": max(1, limit // 10),
        "section": max(2, limit * 3 // 10),
        "story": max(1, limit // 5),
        "outlet": max(2, limit * 3 // 10),
    }
    for name, number in per_turn.items():
        _take_turns(ranked, turns, name, number)
        ranked.sort(key=lambda statement: (statement.is_weak, turns[id(statement)]))
    return ranked


def _take_turns(
    ranked: Iterable[Statement], turns: dict[int, int], name: str, per_turn: int
) -> None:
    """Delay each statement to its turn among those that share the value called `name`."""
    counts: Counter[object] = Counter()
    for statement in ranked:
        if (value := statement.shares.get(name)) is not None:
            turns[id(statement)] = max(turns[id(statement)], counts[value] // per_turn)
            counts[value] += 1
