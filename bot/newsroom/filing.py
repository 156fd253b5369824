"""Use cases that fill the archive: ingest, import, remove."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from bot import ingest
from bot.errors import IngestError, NotFoundError
from bot.ingest.claimlines import ClaimLine, read_claim
from bot.model import Article, Claim, Document, Extraction
from bot.newsroom.claims import claims_of
from bot.newsroom.rooms import Rooms
from bot.store import Arrival, Filed

TOGETHER = 32
"""Articles that are extracted and filed together: enough to fill the tagger's batches, few enough
that a stop loses little work."""

IMPORTED_TOGETHER = 20_000

PLACE_DIGITS = 3
"""Claims that name no article are spread over 16 to this power of places."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: `error` where it gave no article, `reason` where an article of this
    text was removed before and stays out."""

    path: Path
    status: Literal["new", "updated", "unchanged", "removed", "failed"]
    article_id: str | None = None
    error: IngestError | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Waiting:
    path: Path
    article: Article
    is_known: bool


class Filing(Rooms):
    """Ingest articles, import claims, remove articles."""

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        bulk: bool = False,
        samples: bool = True,
        again: bool = False,
    ) -> Iterator[Ingested]:
        """Read, extract and file articles, and say of each file what became of it.

        What a `bulk` load brings enters no digest; without `samples`, articles that are marked so
        are passed over; with `again`, articles that were removed come in anew. Results come as
        soon as they are safely stored.
        """
        waiting: list[_Waiting] = []
        for path in ingest.articles_in(paths):
            try:
                document = ingest.read(path, max_bytes=self._max_bytes)
            except IngestError as error:
                yield Ingested(path, "failed", error=error)
                continue
            if document.sample and not samples:
                continue
            if any(document.text_sha == other.article.text_sha for other in waiting):
                yield from self._file(waiting, bulk=bulk)
                waiting = []
            known = self.store.archive.known(document)
            if known and not known.changed:
                yield Ingested(path, "unchanged", known.article.id)
            elif known:
                waiting.append(_Waiting(path, known.article, is_known=True))
            elif not again and (reason := self.store.archive.barred(document)):
                yield Ingested(path, "removed", reason=reason)
            else:
                article = _article(document, self.store.archive.unused_id(document))
                waiting.append(_Waiting(path, article, is_known=False))
            if len(waiting) == TOGETHER:
                yield from self._file(waiting, bulk=bulk)
                waiting = []
        yield from self._file(waiting, bulk=bulk)
        self.catch_up_if_free()

    @property
    def _max_bytes(self) -> int:
        return self.settings.ingest.max_megabytes * 1_000_000

    def _file(self, waiting: Sequence[_Waiting], *, bulk: bool) -> Iterator[Ingested]:
        if not waiting:
            return
        found = self.extractor.extract_many(one.article for one in waiting)
        filed = [
            self._filed(one.article, extraction, is_known=one.is_known)
            for one, extraction in zip(waiting, found, strict=True)
        ]
        arrival: Arrival = "bulk" if bulk else "single"
        left = self.store.archive.file(filed, arrival=arrival, now=self.now)
        for one in waiting:
            if one.is_known and one.article.id in left:
                reason = self.store.archive.barred(one.article) or "just now"
                yield Ingested(one.path, "removed", reason=reason)
            else:
                yield Ingested(one.path, "updated" if one.is_known else "new", one.article.id)

    def _filed(self, article: Article, extraction: Extraction, *, is_known: bool) -> Filed:
        return Filed(
            article,
            claims_of(article, extraction, self._outlets),
            extraction.paragraphs,
            is_known,
            self.extractor_version,
        )

    @property
    def _outlets(self) -> list[str]:
        return [outlet.name for outlet in self.settings.outlets]

    def extract(self, path: Path) -> tuple[Article, Extraction]:
        """Read one file and extract it, without filing it. Raises IngestError."""
        article = _article(ingest.read(path, max_bytes=self._max_bytes), path.stem)
        return article, self.extractor.extract(article)

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
            if waiting == IMPORTED_TOGETHER:
                self.store.archive.add(list(batch.values()), arrived_at=self.now())
                done, waiting, batch = done + waiting, 0, {}
                yield done
        if batch:
            self.store.archive.add(list(batch.values()), arrived_at=self.now())
        yield done + waiting
        self.catch_up_if_free()

    def remove(self, article_ids: Sequence[str], *, reason: str) -> None:
        """Take articles with their claims out of everything that is searched; they stay out.

        Raises NotFoundError, before anything is removed, where there is no such article.
        """
        for one in article_ids:
            self.store.archive.article(one)
        self._remove(article_ids, reason, barred=True)

    def remove_samples(self, *, reason: str) -> list[str]:
        """Remove all samples and return their articles' ids; they may be ingested again.

        Raises NotFoundError where there is none.
        """
        ids = self.store.archive.samples()
        if not ids:
            raise NotFoundError("there are no samples", remedy="Nothing was removed.")
        self._remove(ids, reason, barred=False)
        return ids

    def _remove(self, article_ids: Sequence[str], reason: str, *, barred: bool) -> None:
        printed = self.store.names.printed(article_ids)
        self.store.archive.remove(article_ids, reason=reason, barred=barred, removed_at=self.now())
        self.store.names.forget(printed, self.naming)  # what only they printed is gone with them
        self.catch_up()


def _article(document: Document, id_: str) -> Article:
    return Article(id=id_, **asdict(document))


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
