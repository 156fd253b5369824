"""Clauses: what each says, and whether it says that it is so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bot.statements import polarity


def test_only_the_sentence_that_asks_is_left_open() -> None:
    text = "The lock is shut. Is the weir open? The sluice is dry."
    assert [one.polarity for one in polarity.split_clauses(text)] == [True, None, True]


def test_ends_of_sentences_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    class Stop:
        def finditer(self, text: str) -> Iterator[re.Match[str]]:
            looked.append(0)
            return re.finditer(r"[.?!]+", text)

        def search(self, text: str, start: int) -> re.Match[str] | None:
            looked.append(start)
            return re.compile(r"[.?!]+").search(text, start)

    monkeypatch.setattr(polarity, "_STOP", Stop())
    clauses = polarity.split_clauses("the oar broke and the rope held and " * 20 + "the mast fell?")
    assert len(clauses) > 20
    assert len(looked) == 1
