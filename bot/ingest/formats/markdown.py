"""Markdown (`.md`): YAML front matter, if any, then the article's text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.ingest import metadata
from bot.ingest.formats.text import decode
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal

_RULE = r"---[ \t]*(?:\r?\n|\Z)"
_OPENING = re.compile(_RULE)
_CLOSING = re.compile(rf"^{_RULE}", re.MULTILINE)


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Split front matter from text.

    Front matter stands between two lines `---`, the first of them the file's first line. The
    text, and so every offset into it, begins after the second one's line end; the Markdown in it
    is kept as written. Raises Refusal as `decode` and `metadata.parse` do, and for front matter
    that does not end.
    """
    whole = decode(raw)
    opening = _OPENING.match(whole)
    if not opening:
        yield ParsedArticle(whole, {})
        return
    closing = _CLOSING.search(whole, opening.end())
    if not closing:
        raise Refusal(
            "its front matter begins with --- but never ends",
            "Put a line with --- after the metadata, or start with the text",
        )
    front = metadata.parse(whole[opening.end() : closing.start()])
    yield ParsedArticle(whole[closing.end() :], front)
