"""Markdown (`.md`): optional YAML front matter, then the article's text as it is."""

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
    """Split the front matter from the text.

    Front matter is between two lines `---`, the first of which is the file's first line. The text
    starts, and its offsets count, after the line ending of the second. It is kept as written.
    Raises Refusal as `decode` and `metadata.parse` do, and for front matter without an end.
    """
    source = decode(raw)
    if not (opening := _OPENING.match(source)):
        yield ParsedArticle(source, {})
        return
    if not (closing := _CLOSING.search(source, opening.end())):
        remedy = "Put a line with --- after the metadata, or start with the text"
        raise Refusal("its front matter begins with --- but never ends", remedy)
    front_matter = metadata.parse(source[opening.end() : closing.start()])
    yield ParsedArticle(source[closing.end() :], front_matter)
