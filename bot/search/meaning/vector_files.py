"""Copy the files of the vectors while nobody writes them, and replace them."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.search.engine.embedded.generation import write_lock
from bot.search.meaning.vectors import BLOCKS, FORMAT, STATE, Vectors, wrap_errors
from bot.search.protocol import IndexState
from bot.search.snapshots.manifest import Contents

_INCOMING = "incoming"
_OPEN_FILES = Path("/dev/fd")
_COPY_BYTES = 1 << 20


def version(model: str) -> str:
    """The version of vectors that a model made; those of another version cannot be used."""
    return f"{FORMAT}.{model[:16]}"


@contextlib.contextmanager
def copied_contents(folder: Path, model: str) -> Iterator[Contents]:
    """Yield copies of the vectors in a folder, for a snapshot. Raises SearchIndexError."""
    with wrap_errors("cannot copy the vectors", folder), contextlib.ExitStack() as stack:
        paths = {}
        with write_lock(folder):
            vectors = Vectors(folder, model)
            state, count = vectors.state, vectors.count()
            vectors.close()
            for name in (STATE, *BLOCKS):
                # Without a name, so that a killed process leaves none.
                copy = stack.enter_context(tempfile.TemporaryFile(dir=folder))
                with (folder / name).open("rb") as file:
                    shutil.copyfileobj(file, copy, _COPY_BYTES)
                copy.seek(0)
                paths[name] = _OPEN_FILES / str(copy.fileno())
        yield Contents(state, count, paths)


def replace(folder: Path, model: str, fetch: Callable[[Path], IndexState]) -> bool:
    """Replace the vectors in a folder, if they are unusable, by files that `fetch` writes to
    another, as `copied_contents` has them.

    Returns False if another process has replaced or begun them meanwhile. Raises SearchIndexError
    if what was fetched can't be used.
    """
    with wrap_errors("cannot replace the vectors", folder):
        folder.mkdir(parents=True, exist_ok=True)
        with write_lock(folder):
            if Vectors(folder, model).state:
                return False
            incoming = folder / _INCOMING
            shutil.rmtree(incoming, ignore_errors=True)  # what a killed process left
            incoming.mkdir()
            try:
                state = fetch(incoming)
                vectors = Vectors(incoming, model)
                if vectors.state != state:
                    raise ValueError("what was fetched cannot be opened")
                vectors.close()
                (folder / STATE).unlink(missing_ok=True)
                for name in (*BLOCKS, STATE):
                    (incoming / name).replace(folder / name)
            finally:
                shutil.rmtree(incoming, ignore_errors=True)
    return True
