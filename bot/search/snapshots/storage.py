"""Where snapshots are kept: a folder, or a bucket of an S3-compatible store."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from bot.errors import SearchIndexError

S3_SCHEME = "s3://"
CONNECT_SECONDS, REQUEST_SECONDS = 5, 30
RETRIES, RETRY_SECONDS = 2, 20
_MAX_CAUSE_LENGTH = 300


class Storage(Protocol):
    """Keeps named bytes. Names have small letters, digits and . - / in them.

    Thread-safe. All methods raise SearchIndexError if the storage cannot be used.
    """

    def write(self, name: str, contents: bytes) -> None:
        """Store bytes under a name, all of them or none."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a name."""

    def sizes(self, folder: str) -> Mapping[str, int]:
        """The names in a folder, with their sizes in bytes; empty if there is no such folder."""

    def delete(self, names: Iterable[str]) -> None:
        """Delete names; some may be gone already."""


def open_storage(place: str) -> Storage:
    """Open what the setting `search.snapshots` names. Nothing is read yet.

    Raises SearchIndexError if what it needs is not installed.
    """
    return BucketStorage(place) if place.startswith(S3_SCHEME) else FolderStorage(Path(place))


class FolderStorage:
    """Keeps names as files of a folder, which is created with the first; see `Storage`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, contents: bytes) -> None:
        """Write a new file, which then replaces the old one."""
        path = self._root / name
        unfinished = path.with_name(f"{path.name}.{uuid4().hex}.new")
        with self._wrap_errors("write"):
            # The words of claims that not everyone may see are in it.
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with unfinished.open("wb") as file:
                    file.write(contents)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
            finally:
                unfinished.unlink(missing_ok=True)

    def read(self, name: str) -> bytes:
        """Read a file."""
        with self._wrap_errors("read"):
            return (self._root / name).read_bytes()

    def sizes(self, folder: str) -> Mapping[str, int]:
        """The files of a folder, those that a killed process did not finish included."""
        sizes = {}
        with self._wrap_errors("list"), contextlib.suppress(FileNotFoundError):
            for entry in os.scandir(self._root / folder):
                with contextlib.suppress(FileNotFoundError):
                    sizes[f"{folder}/{entry.name}"] = entry.stat().st_size
        return sizes

    def delete(self, names: Iterable[str]) -> None:
        """Delete files."""
        with self._wrap_errors("delete"):
            for name in names:
                (self._root / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _wrap_errors(self, verb: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _storage_error(verb, str(self._root), error.strerror or str(error)) from error


class BucketStorage:
    """Keeps names as objects of a bucket, below a prefix; see `Storage`.

    Keys, region and the address of the store come from the environment (AWS_…).
    """

    def __init__(self, place: str) -> None:
        try:
            import obstore
            from obstore.store import S3Store
        except ImportError as error:
            raise SearchIndexError(
                "cannot use the snapshots of the index",
                subject=place,
                cause="obstore is not installed",
                remedy="Install it: pip install 'claimdesk[s3]'.",
            ) from error
        bucket, _, prefix = place.removeprefix(S3_SCHEME).strip("/").partition("/")
        self._place, self._obstore = place, obstore
        with self._wrap_errors("open"):
            self._store = S3Store(
                bucket,
                prefix=prefix or None,
                client_options={
                    "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
                    "timeout": timedelta(seconds=REQUEST_SECONDS),
                    "allow_http": True,
                },
                retry_config={
                    "max_retries": RETRIES,
                    "retry_timeout": timedelta(seconds=RETRY_SECONDS),
                },
            )

    def write(self, name: str, contents: bytes) -> None:
        """Put an object."""
        with self._wrap_errors("write"):
            # In one request: an upload in parts that is interrupted leaves its parts.
            self._obstore.put(self._store, name, contents, use_multipart=False)

    def read(self, name: str) -> bytes:
        """Get an object."""
        with self._wrap_errors("read"):
            return bytes(self._obstore.get(self._store, name).bytes())

    def sizes(self, folder: str) -> Mapping[str, int]:
        """List the objects below a prefix."""
        with self._wrap_errors("list"):
            pages = self._obstore.list(self._store, folder)
            return {entry["path"]: entry["size"] for page in pages for entry in page}

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects."""
        with self._wrap_errors("delete"):
            if all_names := list(names):
                self._obstore.delete(self._store, all_names)

    @contextlib.contextmanager
    def _wrap_errors(self, verb: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise _storage_error(verb, self._place, "it is not there") from error
        except (OSError, ValueError, self._obstore.exceptions.BaseError) as error:
            # The client's own words may have whole requests in them.
            raise _storage_error(verb, self._place, type(error).__name__) from error


def _storage_error(verb: str, place: str, cause: str) -> SearchIndexError:
    return SearchIndexError(
        f"cannot {verb} snapshots of the index",
        subject=place,
        cause=cause[:_MAX_CAUSE_LENGTH],
        remedy="Check search.snapshots, the network and the keys.",
    )
