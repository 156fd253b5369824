"""Use cases that read files: ingest, extract."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from bot import ingest
from bot.articles.identity import STANDARD_INPUT
from bot.config import Settings
from bot.errors import IngestError
from bot.model import Article, Document, Extraction
from bot.newsroom.articles.article_intake import FILING_BATCH, ArticleIntake, IngestResult, Outcome
from bot.newsroom.articles.extraction import Extractions, with_language
from bot.newsroom.search.index_updates import IndexUpdates

Documents = Iterable[Document | IngestError]
"""The articles of a file or an address, and what of it could not be read."""


@dataclass(slots=True)
class _Reading:
    """One file or address while its articles are being filed."""

    origin: str
    outcomes: list[Outcome | None] = field(default_factory=list)
    errors: list[IngestError] = field(default_factory=list)
    is_read: bool = False

    @property
    def done(self) -> IngestResult | None:
        outcomes = [one for one in self.outcomes if one]
        if not self.is_read or len(outcomes) < len(self.outcomes):
            return None
        return IngestResult(self.origin, outcomes=tuple(outcomes), errors=tuple(self.errors))


_Waiting = tuple[_Reading, int, Document]
"""A document that is to be filed, and the place among those of its file or address."""


@dataclass(eq=False, repr=False, kw_only=True)
class ArticleFiles:
    """Files with articles: read them, and show what the extractor finds, with nothing filed."""

    settings: Settings
    extractions: Extractions

    def read_file(
        self, path: Path | IngestError, stated: ingest.Stated = ingest.NOTHING
    ) -> tuple[str, Documents]:
        """What is in a file, under its name."""
        if isinstance(path, IngestError):
            return path.subject, [path]
        return str(path), ingest.read(path, stated=stated, **self._bounds)

    def read_input(
        self, standard_input: BinaryIO, stated: ingest.Stated = ingest.NOTHING
    ) -> tuple[str, Documents]:
        """What is piped in, under the name that such articles have."""
        raw = standard_input.read(self._max_bytes + 1)
        return STANDARD_INPUT, ingest.read_input(raw, stated=stated, **self._bounds)

    @property
    def _bounds(self) -> dict[str, Any]:
        return {
            "max_bytes": self._max_bytes,
            "seconds": self.settings.ingest.seconds,
            "outlets": self.settings.outlets,
        }

    @property
    def _max_bytes(self) -> int:
        return self.settings.ingest.max_megabytes * 1_000_000

    def extract(
        self, path: Path, stated: ingest.Stated = ingest.NOTHING
    ) -> Iterator[tuple[Article, Extraction] | IngestError]:
        """Read one file and extract its articles, without filing them.

        Their ids are the file's stem, with "#" and its place for one that does not fill the file.
        """
        yield from self._extracted(*self.read_file(path, stated))

    def extract_input(
        self, standard_input: BinaryIO, stated: ingest.Stated = ingest.NOTHING
    ) -> Iterator[tuple[Article, Extraction] | IngestError]:
        """Extract what is piped in, as if it were a file."""
        yield from self._extracted(*self.read_input(standard_input, stated))

    def _extracted(
        self, origin: str, documents: Documents
    ) -> Iterator[tuple[Article, Extraction] | IngestError]:
        for document in documents:
            if isinstance(document, IngestError):
                yield document
                continue
            place = document.origin.removeprefix(origin)
            known = asdict(with_language(document))
            article = Article(id=f"{PurePath(origin).stem}{place}", **known)
            (extraction,) = self.extractions.extract([article])
            yield article, extraction

    def close(self) -> None:
        """End the process that reads files."""
        ingest.close()


@dataclass(eq=False, repr=False, kw_only=True)
class FileIntake:
    """Ingest articles from files."""

    files: ArticleFiles
    articles: ArticleIntake
    updates: IndexUpdates

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        bulk: bool = False,
        include_samples: bool = True,
        reingest: bool = False,
    ) -> Iterator[IngestResult]:
        """Read, extract and file articles, and say of each file what became of it.

        Without `include_samples`, articles that are marked so are passed over, and files that hold no
        others; `bulk` and `reingest` are as in `take_in`. Results come as soon as they are safely
        stored, in the order of the files.
        """
        files = map(self.files.read_file, ingest.articles_in(paths))
        yield from self.ingest_sources(
            files, bulk=bulk, include_samples=include_samples, reingest=reingest
        )

    def ingest_sources(
        self,
        sources: Iterable[tuple[str, Documents]],
        *,
        bulk: bool = False,
        include_samples: bool = True,
        reingest: bool = False,
    ) -> Iterator[IngestResult]:
        """File what was found in files and at addresses, each with its name, like `ingest`.

        The extractor reads the next batch of articles while one is filed and files are read.
        """
        reading: deque[_Reading] = deque()
        next_: list[_Waiting] = []
        waiting: list[_Waiting] = []

        def file(batch: Sequence[_Waiting]) -> None:
            documents = [document for _, _, document in batch]
            outcomes = self.articles.ingest_without_indexing(
                documents, bulk=bulk, reingest=reingest
            )
            for (source, place, _), outcome in zip(batch, outcomes, strict=True):
                source.outcomes[place] = outcome

        def begin(batch: Sequence[_Waiting]) -> None:
            self.articles.start_extraction(
                [document for _, _, document in batch], reingest=reingest
            )

        for origin, found in sources:
            source = _Reading(origin)
            for one in found:
                if isinstance(one, IngestError):
                    source.errors.append(one)
                elif include_samples or not one.sample:
                    waiting.append((source, len(source.outcomes), with_language(one)))
                    source.outcomes.append(None)
                if len(waiting) == FILING_BATCH:
                    begin(waiting)
                    file(next_)
                    next_, waiting = waiting, []
            source.is_read = True
            if source.outcomes or source.errors:
                reading.append(source)
            yield from _done(reading)
        if next_:
            begin(waiting)
            file(next_)
        file(waiting)
        yield from _done(reading)
        self.articles.release_due()
        self.updates.catch_up_if_free()


def _done(reading: deque[_Reading]) -> Iterator[IngestResult]:
    """The first of those that are read and filed, up to one that is not yet."""
    while reading and (done := reading[0].done):
        reading.popleft()
        yield done
