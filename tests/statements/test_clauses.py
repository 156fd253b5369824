"""Clauses: what each says, and whether it says that it is so."""

from __future__ import annotations

from bot.statements.clauses import split_clauses


def test_only_the_sentence_that_asks_is_left_open() -> None:
    text = "The lock is shut. Is the weir open? The sluice is dry."
    assert [one.polarity for one in split_clauses(text)] == [True, None, True]
