"""Metadata and an encoding that a person states for one file at the command line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.errors import IngestError
from bot.ingest import metadata
from bot.ingest.documents import make_document
from bot.ingest.metadata import Metadata
from bot.ingest.parsed_file import FileStart, ParsedArticle
from bot.ingest.parser import CLAIMED_KEYS, SHARED_KEYS
from bot.ingest.refusal import Refusal
from bot.model import Document


class Overrides(NamedTuple):
    """Validated metadata of an article, and the encoding of its text; "" means UTF-8."""

    metadata: Metadata = {}  # noqa: RUF012  never changed
    encoding: str = ""


NO_OVERRIDES = Overrides()


def parse_overrides(texts: Mapping[str, str], encoding: str = "") -> Overrides:
    """Validate metadata and an encoding that a person typed. Raises IngestError."""
    try:
        values = metadata.parse_options(texts)
        if encoding:
            "".encode(encoding)
    except Refusal as refusal:
        cause = re.sub("^its ", "--", refusal.cause)
        raise IngestError("cannot use this", cause=cause, remedy=refusal.remedy) from refusal
    except LookupError as error:
        raise IngestError(
            "cannot use this",
            cause=f"there is no encoding {encoding}",
            remedy="Some are utf-8, utf-16, windows-1252, iso-8859-15, mac-roman, gb18030.",
        ) from error
    return Overrides(values, codecs.lookup(encoding).name if encoding else "")


def apply_overrides(
    items: Iterable[Document | Refusal | FileStart], overrides: Overrides
) -> Iterator[Document | Refusal | FileStart]:
    """Replace the metadata of a file's articles with the overrides.

    If the file has several articles, but the overrides have keys that articles cannot share, a
    single Refusal is yielded.
    """
    keys = overrides.metadata.keys()
    if not keys:
        yield from items
        return
    items = list(items)
    article_count = sum(isinstance(item, Document) for item in items)
    if article_count > 1 and not keys <= SHARED_KEYS:
        yield Refusal(
            f"it has {article_count:,} articles in it, which cannot share "
            f"{' and '.join(sorted(keys - SHARED_KEYS))}",
            "State only the outlet and the language, or save each article in its own file",
        )
        return
    document = make_document(ParsedArticle("-", overrides.metadata), "")
    fields = set(keys)
    if "published" in keys:
        fields |= {"published_on", "published_at"}
    # None: a person has said which outlet it is, or where it is.
    fields |= {f"claimed_{name}" for name in CLAIMED_KEYS & keys}
    values = {name: getattr(document, name) for name in fields}
    yield from (replace(item, **values) if isinstance(item, Document) else item for item in items)
