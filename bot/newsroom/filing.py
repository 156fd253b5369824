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
from bot.store import article_id

TOGETHER = 32
"""Articles that are extracted and filed together: enough to fill the tagger's batches, few enough
that a stop loses little work."""

IMPORTED_TOGETHER = 5_000


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file: `error` where it gave no article."""

    path: Path
    status: Literal["new", "updated", "unchanged", "failed"]
    article_id: str | None = None
    error: IngestError | None = None


class Filing(Rooms):
    """Ingest articles, import claims, remove articles."""

    def ingest(
        self, paths: Sequence[Path], *, bulk: bool = False, samples: bool = True
    ) -> Iterator[Ingested]:
        """Read, extract and file articles, and say of each file what became of it.

        What a `bulk` load brings enters no digest; without `samples`, articles that are marked so
        are passed over. Results come as soon as they are safely stored.
        """
        waiting: list[tuple[Path, Article, bool]] = []
        for path in ingest.articles_in(paths):
            try:
                document = ingest.read(
                    path, max_bytes=self.settings.ingest.max_megabytes * 1_000_000
                )
            except IngestError as error:
                yield Ingested(path, "failed", error=error)
                continue
            if document.sample and not samples:
                continue
            if any(document.text_sha == other.text_sha for _, other, _ in waiting):
                yield from self._file(waiting, bulk=bulk)
                waiting = []
            known = self.store.archive.known(document)
            if known and known.same:
                yield Ingested(path, "unchanged", known.id)
                continue
            article = _article(document, known.id if known else article_id(document))
            waiting.append((path, article, known is not None))
            if len(waiting) == TOGETHER:
                yield from self._file(waiting, bulk=bulk)
                waiting = []
        yield from self._file(waiting, bulk=bulk)
        self.catch_up_if_free()

    def _file(
        self, waiting: Sequence[tuple[Path, Article, bool]], *, bulk: bool
    ) -> Iterator[Ingested]:
        if not waiting:
            return
        found = self.extractor.extract_many(article for _, article, _ in waiting)
        outlets = [outlet.name for outlet in self.settings.outlets]
        filed = [
            (article, claims_of(article, extraction, outlets))
            for (_, article, _), extraction in zip(waiting, found, strict=True)
        ]
        self.store.archive.file(filed, arrival="bulk" if bulk else "single", arrived_at=self.now())
        for path, article, known in waiting:
            yield Ingested(path, "updated" if known else "new", article.id)

    def extract(self, path: Path) -> tuple[Article, Extraction]:
        """Read one file and extract it, without filing it. Raises IngestError."""
        document = ingest.read(path, max_bytes=self.settings.ingest.max_megabytes * 1_000_000)
        article = _article(document, path.stem)
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
            article, claim = _imported(claim_line, seen)
            batch.setdefault(article.id, (article, []))[1].append(claim)
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
        """Take articles with their claims out of everything that is searched.

        Raises NotFoundError, before anything is removed, where there is no such article.
        """
        for one in article_ids:
            self.store.archive.article(one)
        self.store.archive.remove(article_ids, reason=reason, removed_at=self.now())
        self.catch_up()

    def remove_samples(self, *, reason: str) -> list[str]:
        """Remove all samples and return their articles' ids. Raises NotFoundError for none."""
        ids = self.store.archive.samples()
        if not ids:
            raise NotFoundError("there are no samples", remedy="Nothing was removed.")
        self.remove(ids, reason=reason)
        return ids


def _article(document: Document, id_: str) -> Article:
    return Article(id=id_, **asdict(document))


def _imported(line: ClaimLine, seen: Counter[bytes]) -> tuple[Article, Claim]:
    """The article that a line names, and its claim. `seen` counts equal lines: each is a claim."""
    provenance = (line.url, line.title, line.outlet, line.published_on, line.published_at)
    article = Article(
        id=_digest("import", *provenance)[:12],
        origin="import",
        text="",
        title=line.title,
        outlet=line.outlet,
        published_on=line.published_on,
        published_at=line.published_at,
        url=line.url,
    )
    key = _digest(
        article.id, line.ref, line.kind, line.type, line.text, line.speaker, line.source, line.cue
    )
    number = seen[bytes.fromhex(key)]
    seen[bytes.fromhex(key)] += 1
    claim = Claim(
        id=_digest(key, number)[:16],
        article_id=article.id,
        kind=line.kind,
        text=line.text,
        ref=line.ref,
        type=line.type,
        speaker=line.speaker,
        source=line.source,
        cue=line.cue,
        source_kind="named" if line.speaker or line.source else "none",
    )
    return article, claim


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()
