"""Import claims that were made elsewhere."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot import store
from bot.errors import IngestError
from bot.ingest.formats.claimlines import ClaimLine, read_claim
from bot.model import Article, Claim
from bot.newsroom.providers import Clock
from bot.newsroom.search.index_updates import IndexUpdates

IMPORT_BATCH = 20_000

PLACEHOLDER_DIGITS = 3
"""Claims that name no article are spread over 16 ** PLACEHOLDER_DIGITS placeholder articles."""


@dataclass(eq=False, repr=False, kw_only=True)
class Imports:
    """Imports claims that were made elsewhere."""

    archive: store.Archive
    updates: IndexUpdates
    now: Clock

    def import_claims(self, lines: Iterable[str]) -> Iterator[int | IngestError]:
        """File claims given as one JSON object per line.

        Yields the number of claims filed so far after each batch, and an error for each line that
        could not be read. Importing a file again creates no duplicates.
        """
        line_counts: Counter[bytes] = Counter()
        batch: dict[str, tuple[Article, list[Claim]]] = {}
        batch_size = filed_count = 0
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                claim_line = read_claim(line, number)
            except IngestError as error:
                yield error
                continue
            article_id, claim = _make_claim(claim_line, line_counts)
            if article_id not in batch:
                batch[article_id] = (_make_article(claim_line, article_id), [])
            batch[article_id][1].append(claim)
            batch_size += 1
            if batch_size == IMPORT_BATCH:
                self.archive.add_imported(list(batch.values()), arrived_at=self.now())
                filed_count, batch_size, batch = filed_count + batch_size, 0, {}
                yield filed_count
        if batch:
            self.archive.add_imported(list(batch.values()), arrived_at=self.now())
        yield filed_count + batch_size
        self.updates.catch_up_if_free()


def _make_claim(line: ClaimLine, line_counts: Counter[bytes]) -> tuple[str, Claim]:
    """Return a line's claim and the id of its article.

    `line_counts` counts equal lines, each of which is a claim of its own.
    """
    claim_fields = (line.ref, *line.kind, line.text, line.speaker, line.source, line.cue)
    printed = line.published.printed if line.published else None
    article_fields = (line.url, line.title, line.outlet, printed)
    key = _digest(article_fields, claim_fields)
    raw_key = bytes.fromhex(key)
    number = line_counts[raw_key]
    line_counts[raw_key] = number + 1
    # A claim without an article goes to one of several placeholders: adding a claim to an article
    # indexes all of its claims again.
    placeholder = "" if any(article_fields) else key[:PLACEHOLDER_DIGITS]
    article_id = _digest("import", *article_fields, placeholder)[:12]
    claim = Claim(
        id=_digest(key, number)[:16],
        article_id=article_id,
        kind=line.kind[0],
        text=line.text,
        ref=line.ref,
        type=line.kind[1],
        speaker=line.speaker,
        source=line.source,
        cue=line.cue,
        source_kind="named" if line.speaker or line.source else "none",
    )
    return article_id, claim


def _make_article(line: ClaimLine, article_id: str) -> Article:
    return Article(
        id=article_id,
        origin="import",
        text="",
        title=line.title,
        outlet=line.outlet,
        published=line.published.printed if line.published else None,
        published_on=line.published.on if line.published else None,
        published_at=line.published.at if line.published else None,
        url=line.url,
    )


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()
