"""Bytes in, Documents out: `articles_in` finds the files, `read` reads one of them.

Each format has a reader in formats/, and a line in formats/table.py. It takes a file's bytes and
gives the articles in it, with what the file itself says of them; documents.py checks that. Parsers
that others wrote run in a process of their own (sandbox/).
"""

from __future__ import annotations

from bot.ingest.files import articles_in
from bot.ingest.formats.table import FORMATS
from bot.ingest.reader import documents_of, read, read_bytes, read_input, with_head
from bot.ingest.sandbox.process import close
from bot.ingest.stated import NOTHING, Stated, stated

__all__ = [
    "FORMATS",
    "NOTHING",
    "Stated",
    "articles_in",
    "close",
    "documents_of",
    "read",
    "read_bytes",
    "read_input",
    "stated",
    "with_head",
]
