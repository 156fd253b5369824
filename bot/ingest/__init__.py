"""Bytes in, Documents out: `articles_in` finds the files, `read` reads one of them.

Each format has a file of its own and a line in `formats.FORMATS`. Its reader takes a file's bytes
and gives the articles in it with what the file itself says of them; `documents` checks that. What
parsers of others read is read in a process of its own (`apart`).
"""

from __future__ import annotations

from bot.ingest.files import articles_in
from bot.ingest.formats.table import FORMATS
from bot.ingest.reader import documents_of, read, read_bytes, with_head
from bot.ingest.sandbox.process import close

__all__ = ["FORMATS", "articles_in", "close", "documents_of", "read", "read_bytes", "with_head"]
