"""Files that only their owner can read: exports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from bot.errors import StoreError


@contextmanager
def replace_private_file(file: Path, failure: str) -> Iterator[IO[bytes]]:
    """Open a file for writing that replaces `file` at the end; after an error, `file` is as it was.

    Raises StoreError, which says what could not be done: `failure`.
    """
    if file.exists() and not file.is_file():  # root can replace /dev/null
        raise StoreError(
            failure,
            subject=str(file),
            cause="it is not a regular file",
            remedy="Choose a file that can be replaced, or a new one.",
        )
    try:
        # A temporary file is private, as it must be: withheld articles may be written to it.
        with NamedTemporaryFile("wb", dir=file.resolve().parent, delete=False) as output:
            temporary = Path(output.name)
            try:
                yield output
                output.flush()
                os.fsync(output.fileno())  # or a power failure may leave an empty file
                output.close()
                # A link stays, and what it leads to is replaced.
                temporary.replace(file.resolve())
            finally:
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            failure,
            subject=str(file),
            cause=error.strerror or str(error),
            remedy="Choose a file in an existing folder that you can write to.",
        ) from error
