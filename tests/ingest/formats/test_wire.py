"""What an item of a wire is as an article, whatever notation it is in."""

from __future__ import annotations

import pytest

from bot.ingest.formats.wire import Story, make_article
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("By Edda Marsh\n\nIt leaks.\n\n((edda@corran.example))", "It leaks."),
        ("Edda Marsh\n\nIt leaks.", "It leaks."),
        ("It leaks, said\n\nEdda Marsh", "It leaks, said\n\nEdda Marsh"),
        ("It leaks (and badly).", "It leaks (and badly)."),
    ],
)
def test_bylines_and_editor_notes_are_not_text(text: str, left: str) -> None:
    part = make_article(Story(byline="By Edda Marsh"), text)
    assert isinstance(part, ParsedArticle)
    assert part.text == left


def test_editor_notes_alone_are_not_an_article() -> None:
    assert isinstance(make_article(Story(), "((Editors: use this one.))"), Refusal)
