"""Check the snapshots from which processes on new machines start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.cli.checks.disk import MEGABYTE
from bot.cli.checks.finding import Finding
from bot.newsroom import Newsroom
from bot.newsroom.search.index_snapshots import INDEX, MAX_AGE, VECTORS
from bot.search import ClaimIndex
from bot.wording.answers import with_noun

LATEST = MAX_AGE + timedelta(hours=1)
"""A snapshot that is older and lacks changes shows that none is written."""


def check_snapshots(newsroom: Newsroom) -> Iterator[Finding]:
    """Say which snapshots there are, and how old they are. Raises BotError."""
    if newsroom.settings.search.snapshots:
        if isinstance(newsroom.index, ClaimIndex):
            yield _check(newsroom, INDEX)
        if not newsroom.vectors.in_index and not newsroom.vectors.disabled_reason():
            yield _check(newsroom, VECTORS)


def _check(newsroom: Newsroom, kind: str) -> Finding:
    place = newsroom.settings.search.snapshots
    manifest = newsroom.updates.snapshots.newest(kind)
    if manifest is None:
        message = f"There is none of the {kind} in {place} yet; a worker writes it when it runs."
        return Finding("snapshots", "note", message)
    _, seq = newsroom.store.archive.state()
    age, changes = newsroom.now() - manifest.written_at, max(0, seq - manifest.state.seq)
    minutes = with_noun(max(0, age // timedelta(minutes=1)), "minute")
    message = (
        f"{kind} in {place}: {with_noun(manifest.claims, 'claim')}, "
        f"{manifest.size // MEGABYTE:,} MB, {minutes} old, {with_noun(changes, 'change')} behind"
    )
    if changes and age > LATEST:
        return Finding("snapshots", "note", f"{message}. Is a worker running with its index?")
    return Finding("snapshots", "ok", message)
