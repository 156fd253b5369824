"""The tags of a claim's document, by which filters find it."""

from __future__ import annotations

import pytest

from bot.model import ClaimEntry
from bot.search.engine.documents import field_texts


@pytest.mark.parametrize(
    ("source", "guess", "is_unnamed"),
    [
        ("a neighbour", None, True),
        ("two people familiar with the talks", None, True),
        ("the minister", None, False),
        ("the ministry", None, False),
        ("a spokesman", "Ida Falk", False),
    ],
)
def test_who_is_shown_as_unnamed_is_found(source: str, guess: str | None, is_unnamed: bool) -> None:
    entry = ClaimEntry("c1", "a1", "it moved", source=source, source_kind="described", guess=guess)
    tags = [text for field, text in field_texts(entry) if field == "tag"]
    assert "named:described" in tags
    assert ("named:no" in tags) == is_unnamed
