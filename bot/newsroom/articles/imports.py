"""The use case of claims that were made elsewhere."""

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

PLACE_DIGITS = 3
"""Claims that name no article are spread over 16 to this power of places."""


@dataclass(eq=False, repr=False, kw_only=True)
class Imports:
    """Take in claims that were made elsewhere."""

    archive: store.Archive
    updates: IndexUpdates
    now: Clock

    def import_claims(self, lines: Iterable[str]) -> Iterator[int | IngestError]:
        """File claims that were made elsewhere, a JSON object a line.

        Yields the number of claims filed so far after every batch, and an error for every line
        that could not be read. The same file may be imported again: nothing is doubled.
        """
        seen: Counter[bytes] = Counter()
        batch: dict[str, tuple[Article, list[Claim]]] = {}
        waiting = done = 0
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                claim_line = read_claim(line, number)
            except IngestError as error:
                yield error
                continue
            article_id, claim = _imported(claim_line, seen)
            if article_id not in batch:
                batch[article_id] = (_place(claim_line, article_id), [])
            batch[article_id][1].append(claim)
            waiting += 1
            if waiting == IMPORT_BATCH:
                self.archive.add_imported(list(batch.values()), arrived_at=self.now())
                done, waiting, batch = done + waiting, 0, {}
                yield done
        if batch:
            self.archive.add_imported(list(batch.values()), arrived_at=self.now())
        yield done + waiting
        self.updates.catch_up_if_free()


def _imported(line: ClaimLine, seen: Counter[bytes]) -> tuple[str, Claim]:
    """The id of the article that a line names, and its claim. `seen` counts equal lines: each is a
    claim."""
    stated = (line.ref, line.kind, line.type, line.text, line.speaker, line.source, line.cue)
    place = (line.url, line.title, line.outlet, line.published)
    key = _digest(place, stated)
    raw = bytes.fromhex(key)
    number = seen[raw]
    seen[raw] = number + 1
    # What names no article is spread over several places: each is indexed anew as a whole when a
    # claim is added to it.
    article_id = _digest("import", *place, "" if any(place) else key[:PLACE_DIGITS])[:12]
    claim = Claim(
        id=_digest(key, number)[:16],
        article_id=article_id,
        kind=line.kind,
        text=line.text,
        ref=line.ref,
        type=line.type,
        speaker=line.speaker,
        source=line.source,
        cue=line.cue,
        source_kind="named" if line.speaker or line.source else "none",
    )
    return article_id, claim


def _place(line: ClaimLine, article_id: str) -> Article:
    return Article(
        id=article_id,
        origin="import",
        text="",
        title=line.title,
        outlet=line.outlet,
        published=line.published,
        published_on=line.published_on,
        published_at=line.published_at,
        url=line.url,
    )


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()
