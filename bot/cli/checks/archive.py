"""Check the store, the index, the vectors and the tagger, each with a real request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot.cli.checks.clock import check_clock
from bot.cli.checks.finding import Finding
from bot.config import Settings
from bot.errors import BotError, ExtractionError, SearchIndexError
from bot.model import Article
from bot.newsroom import Newsroom
from bot.search import Query
from bot.wording.answers import with_noun

SAMPLE = "“The harbour will stay shut until Thursday,” Ingrid Solvane said on Tuesday."
SAMPLE_SPEAKER = "Ingrid Solvane"
QUERY_WORDS = 4


def find_missing_store(settings: Settings) -> Finding | None:
    """Return a problem if there is no store where the settings say; opening it would create one."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").exists():
        return None
    if settings.index_folder.exists() or settings.vectors_folder.exists():
        message = (
            f"{url.database} is missing, though the index that was made from it is there: it was "
            "moved or deleted. Restore an export, or check CLAIMDESK_DATA and DATABASE_URL."
        )
    else:
        message = (
            f"There is no archive in {settings.data}. If there should be one, check CLAIMDESK_DATA "
            "and whether its disk is mounted. If this is a new installation, run claimdesk migrate."
        )
    return Finding("store", "problem", message)


def check_store(newsroom: Newsroom) -> Finding:
    """Read the whole store and write to it. Raises StoreError."""
    store = newsroom.store
    store.integrity.require_whole()
    store.integrity.require_writable()
    coverage = store.archive.coverage()
    kind = "SQLite" if store.database.is_sqlite else "PostgreSQL"
    stale_count = store.extractor_versions.count_stale(newsroom.extractions.version)
    stale = (
        f"; {stale_count:,} read by an earlier version: run claimdesk reextract"
        if stale_count
        else ""
    )
    articles, claims = with_noun(coverage.articles, "article"), with_noun(coverage.claims, "claim")
    message = f"{kind}: {articles}, {claims}{stale}"
    if not coverage.articles:
        message += ". If there should be some, check CLAIMDESK_DATA and DATABASE_URL."
        return Finding("store", "note", message)
    return Finding("store", "ok", message)


def check_server_clock(newsroom: Newsroom) -> Iterator[Finding]:
    """Compare the machine's clock with the database server's. Raises StoreError."""
    if newsroom.store.clock.has_server:
        there = newsroom.store.clock.server_time()
        yield check_clock(datetime.now(UTC), there, whose="the database's")


def check_index(newsroom: Newsroom) -> Finding:
    """Compare the index with the store, rebuild it if it is damaged, and search for a claim.

    Raises BotError.
    """
    _require_same_store(newsroom)
    was_damaged = newsroom.index.state is None or newsroom.index.is_damaged(read_all=True)
    newsroom.updates.catch_up()
    difference = newsroom.updates.difference()
    if not difference.is_empty:
        # Articles may have been filed meanwhile. A real difference is in both comparisons.
        newsroom.updates.catch_up()
        difference = difference.intersection(newsroom.updates.difference())
    if not difference.is_empty:
        raise BotError(
            "the index does not match the store",
            cause=f"it lacks {with_noun(difference.missing.size, 'claim')}, and has "
            f"{with_noun(difference.extra.size, 'claim')} that the store lacks",
            remedy="Run claimdesk reindex.",
        )
    query = _sample_query(newsroom)
    if query and not newsroom.search.find(query, limit=1).total:
        raise SearchIndexError(
            "a search does not find a claim that is there",
            subject=query,
            remedy="Run claimdesk reindex.",
        )
    if was_damaged and query:
        message = "It was missing or damaged. It has been rebuilt and matches the store."
        return Finding("index", "note", message)
    return Finding("index", "ok", "matches the store; a search finds a claim")


def check_servers(newsroom: Newsroom) -> Iterator[Finding]:
    """Ask the machines that the index is on, if it isn't in the data folder.

    Raises SearchIndexError if none answers.
    """
    if newsroom.settings.search.url:
        faults = newsroom.index.faults()
        for fault in faults:
            yield Finding(
                "servers", "problem" if fault.is_severe else "note", _sentence(fault.text)
            )
        if not faults:
            yield Finding("servers", "ok", "those of the index answer, and no copy is missing")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _require_same_store(newsroom: Newsroom) -> None:
    """Raise BotError if the store is empty, and the index is that of another one."""
    state, (store_id, _) = newsroom.index.state, newsroom.store.archive.state()
    count = newsroom.index.count()
    if state and state.store != store_id and count and not newsroom.store.archive.coverage().claims:
        raise BotError(
            "the store is empty, but the index was made from another one",
            cause=f"which had {with_noun(count, 'claim')}",
            remedy="Check DATABASE_URL and CLAIMDESK_DATA. If the store was emptied on purpose, "
            "run claimdesk reindex.",
        )


def _sample_query(newsroom: Newsroom) -> str:
    """Return the first words of a claim; empty if there is none."""
    entry = next(newsroom.store.archive.entries(), None)
    return " ".join(re.findall(r"\w+", entry.text)[:QUERY_WORDS]) if entry else ""


def check_vectors(newsroom: Newsroom) -> Finding:
    """Search by meaning. Raises BotError if that fails."""
    if reason := newsroom.vectors.disabled_reason():
        return Finding("vectors", "note", f"Search is by words only: {reason}.")
    _ = newsroom.vectors.embedder  # raises if it cannot be loaded
    vector_count, claim_count = (
        newsroom.vectors.count(),
        newsroom.store.archive.coverage().claims,
    )
    if vector_count and not newsroom.vectors.find_nearest(SAMPLE, Query(), 1):
        raise SearchIndexError(
            "search by meaning finds nothing", remedy="Run claimdesk vectors, and check the disk."
        )
    if vector_count < claim_count:
        message = f"{vector_count:,} of {claim_count:,} claims have one; "
        message += "claimdesk vectors makes the rest."
        return Finding("vectors", "note", message)
    return Finding("vectors", "ok", "every claim has one")


def check_tagger(newsroom: Newsroom) -> Finding:
    """Read a sentence. Raises ExtractionError if its claim is not found."""
    article = Article(id="doctor", origin="doctor", text=SAMPLE, language="en")
    (extraction,) = newsroom.extractions.extract([article])
    if SAMPLE_SPEAKER not in [found.speaker for found in extraction.attributions]:
        raise ExtractionError(
            "the tagger does not find who said a plain sentence",
            subject=SAMPLE,
            remedy="Install Claimdesk again.",
        )
    return Finding("tagger", "ok", "loads, its checksum is right, reads a sentence")
