"""What a snapshot consists of, as JSON that is checked when it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bot.errors import SearchIndexError
from bot.search.protocol import IndexState

# A file's name leads nowhere else, whoever has written the manifest.
_FILE_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)?", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Contents(NamedTuple):
    """What a snapshot is made of: files by name, which nobody changes, with `claims` claims at a
    state."""

    state: IndexState | None
    claims: int
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A file of a snapshot: `chunks` are the SHA-256 digests of its pieces, in order."""

    name: str
    size: int
    chunks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A snapshot of a `kind` ("index" or "vectors") at a state, with `claims` claims.

    Only a program that knows its `version` can use it.
    """

    kind: str
    version: str
    state: IndexState
    claims: int
    written_at: datetime
    files: tuple[SnapshotFile, ...]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def chunks(self) -> set[str]:
        """The digests of all pieces of its files."""
        return {chunk for file in self.files for chunk in file.chunks}

    def to_json(self) -> bytes:
        """Write it as JSON, which `parse` reads."""
        return json.dumps({**asdict(self), "written_at": self.written_at.isoformat()}).encode()


def parse(contents: bytes, name: str) -> Manifest:
    """Read a manifest. Raises SearchIndexError if it is damaged."""
    try:
        values: dict[str, Any] = json.loads(contents)
        files = tuple(_file(**file) for file in values.pop("files"))
        state = _state(**values.pop("state"))
        _require_number(values["claims"])
        written_at = datetime.fromisoformat(values.pop("written_at")).astimezone(UTC)
        manifest = Manifest(files=files, state=state, written_at=written_at, **values)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise SearchIndexError(
            "cannot read a snapshot of the index", subject=name, cause="it is damaged"
        ) from error
    return manifest


def _state(store: str, seq: int) -> IndexState:
    _require_number(seq)
    return IndexState(store, seq)


def _require_number(value: object) -> None:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)


def _file(name: str, size: int, chunks: list[str]) -> SnapshotFile:
    _require_number(size)
    if not (_FILE_NAME.fullmatch(name) and all(map(_DIGEST.fullmatch, chunks))):
        raise ValueError(name)
    return SnapshotFile(name, size, tuple(chunks))
