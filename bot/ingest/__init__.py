"""Read articles: bytes in, Documents out.

`find_article_files` finds the files, `read` reads one of them. Each format has a reader in
formats/, and a line in formats/table.py. It returns the articles of a file with the metadata that
the file states, which documents.py checks. Third-party parsers run in another process (sandbox/).
"""

from __future__ import annotations

from bot.ingest.files import find_article_files, printable_name, states_metadata
from bot.ingest.formats.table import FORMATS
from bot.ingest.metadata import NO_OVERRIDES, Overrides, parse_overrides
from bot.ingest.reader import read, read_bytes, to_documents
from bot.ingest.sandbox.process import close

__all__ = [
    "FORMATS",
    "NO_OVERRIDES",
    "Overrides",
    "close",
    "find_article_files",
    "parse_overrides",
    "printable_name",
    "read",
    "read_bytes",
    "states_metadata",
    "to_documents",
]
