"""The metadata of a document: everything but its text and origin."""

from __future__ import annotations

import operator
from typing import Any

from bot.model import Document

METADATA = (
    *("title", "outlet", "byline", "published", "published_on", "published_at"),
    *("url", "language", "sample", "guid", "revision", "modified_at", "excerpt", "note"),
    *("claimed_outlet", "claimed_url"),
)

metadata_values = operator.attrgetter(*METADATA)


def all_metadata(document: Document) -> dict[str, Any]:
    """Return all metadata of a document by field name; unknown values are None."""
    return dict(zip(METADATA, metadata_values(document), strict=True))


def known_metadata(document: Document) -> dict[str, Any]:
    """Return the known metadata; unknown and false values are left out."""
    return {
        name: value
        for name, value in all_metadata(document).items()
        if value is not None and value is not False
    }
