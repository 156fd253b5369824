"""What plain files print above their stories: as a person reads it, and never a sentence."""

from __future__ import annotations

import pytest

from bot.ingest.head import read_head
from bot.ingest.metadata import Published
from tests.ingest.head.plain_files import PLAIN_FILES, PlainFile
from tests.ingest.head.plain_heads import PLAIN_HEADS


@pytest.mark.parametrize("file", PLAIN_FILES + PLAIN_HEADS, ids=lambda file: file.what)
def test_heads_are_read_as_a_person_would(file: PlainFile) -> None:
    head = read_head(file.text, is_markdown=file.is_markdown)
    published = head.get("published")
    on = published.on if isinstance(published, Published) else None
    assert (head.get("title"), head.get("byline"), on) == (file.title, file.byline, file.on)
