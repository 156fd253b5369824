"""What whoever names one file says of it at a terminal: metadata, and the file's encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.errors import IngestError
from bot.ingest import metadata
from bot.ingest.documents import document
from bot.ingest.metadata import Metadata
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.parser import SHARED
from bot.ingest.refusal import Refusal
from bot.model import Document


class Overrides(NamedTuple):
    """Checked metadata of an article, by key, and the encoding of its text; "" is UTF-8."""

    metadata: Metadata = {}  # noqa: RUF012  never changed
    encoding: str = ""


NO_OVERRIDES = Overrides()


def parse_overrides(texts: Mapping[str, str], encoding: str = "") -> Overrides:
    """Check metadata and an encoding as they are typed. Raises IngestError."""
    try:
        known = metadata.checked(texts)
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
    return Overrides(known, codecs.lookup(encoding).name if encoding else "")


def with_stated(
    found: Iterable[Document | Refusal], stated: Overrides
) -> Iterator[Document | Refusal]:
    """The articles of a file, with what is stated of them: that goes before all that they say.

    Of several, only what articles can share may be stated. Raises Refusal.
    """
    if not stated.metadata:
        yield from found
        return
    read = list(found)
    articles = sum(isinstance(one, Document) for one in read)
    if articles > 1 and not stated.metadata.keys() <= SHARED:
        raise Refusal(
            f"it has {articles:,} articles in it, which cannot share "
            f"{' and '.join(sorted(stated.metadata.keys() - SHARED))}",
            "State only the outlet and the language, or save each article in its own file",
        )
    told = document(ParsedArticle("-", stated.metadata), "")
    fields = [name for name in stated.metadata if name != "published"]
    if "published" in stated.metadata:
        fields += ["published", "published_on", "published_at"]
    known = {name: getattr(told, name) for name in fields}
    yield from (replace(one, **known) if isinstance(one, Document) else one for one in read)
