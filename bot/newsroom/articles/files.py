"""Read files with articles, extract them and ingest them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from bot import ingest
from bot.articles.identity import STANDARD_INPUT
from bot.articles.review import brought
from bot.config import Settings
from bot.errors import IngestError
from bot.model import Article, Document, Extraction
from bot.newsroom.articles.article_intake import FILING_BATCH, ArticleIntake, IngestResult, Outcome
from bot.newsroom.articles.extraction import Extractions, with_language
from bot.newsroom.search.index_updates import IndexUpdates

Documents = Iterable[Document | IngestError]
"""The articles of a source, and an error for each part that could not be read."""


@dataclass(slots=True)
class _Source:
    """A file or URL whose articles are being filed."""

    origin: str
    outcomes: list[Outcome | None] = field(default_factory=list)
    errors: list[IngestError] = field(default_factory=list)
    is_read: bool = False

    @property
    def result(self) -> IngestResult | None:
        """The result, once the source has been read and all its articles filed."""
        outcomes = [outcome for outcome in self.outcomes if outcome]
        if not self.is_read or len(outcomes) < len(self.outcomes):
            return None
        return IngestResult(self.origin, outcomes=tuple(outcomes), errors=tuple(self.errors))


_PendingDocument = tuple[_Source, int, Document]
"""A document to be filed, with its source and its index there."""


@dataclass(eq=False, repr=False, kw_only=True)
class ArticleFiles:
    """Reads and extracts files without filing anything."""

    settings: Settings
    extractions: Extractions

    def read_file(
        self,
        path: Path | IngestError,
        overrides: ingest.Overrides = ingest.NO_OVERRIDES,
        *,
        anyway: bool = False,
    ) -> tuple[str, Documents]:
        """Return a file's printable name and its documents.

        With `anyway`, what does not look like an article is read too.
        """
        if isinstance(path, IngestError):
            return path.subject, [path]
        return ingest.printable_name(str(path)), ingest.read(
            path, overrides=overrides, anyway=anyway, **self._options
        )

    def read_input(
        self,
        standard_input: BinaryIO,
        overrides: ingest.Overrides = ingest.NO_OVERRIDES,
        *,
        anyway: bool = False,
    ) -> tuple[str, Documents]:
        """Return the origin used for standard input, and its documents, as `read_file` does."""
        raw = standard_input.read(self.max_bytes + 1)
        return STANDARD_INPUT, ingest.read_bytes(
            raw,
            origin=STANDARD_INPUT,
            hint=STANDARD_INPUT,
            overrides=overrides,
            anyway=anyway,
            **self._options,
        )

    def read_sent(self, raw: bytes, name: str, *, origin: str, anyway: bool = False) -> Documents:
        """Return the documents of a file that somebody sent with its name, as `read_file` does."""
        return ingest.read_bytes(raw, name=name, origin=origin, anyway=anyway, **self._options)

    @property
    def _options(self) -> dict[str, Any]:
        return {
            "max_bytes": self.max_bytes,
            "seconds": self.settings.ingest.seconds,
            "outlets": self.settings.outlets,
        }

    @property
    def max_bytes(self) -> int:
        """The size of the largest file to read as one article."""
        return self.settings.ingest.max_megabytes * 1_000_000

    def extract(
        self, path: Path, overrides: ingest.Overrides = ingest.NO_OVERRIDES
    ) -> Iterator[tuple[Article, Extraction] | IngestError]:
        """Extract the articles of a file without filing them.

        An article's id is the stem of the file name; if the file has several articles, it is
        followed by "#" and the article's number.
        """
        yield from self._extract(*self.read_file(path, overrides))

    def extract_input(
        self, standard_input: BinaryIO, overrides: ingest.Overrides = ingest.NO_OVERRIDES
    ) -> Iterator[tuple[Article, Extraction] | IngestError]:
        """Extract the articles of standard input, as if it were a file."""
        yield from self._extract(*self.read_input(standard_input, overrides))

    def _extract(
        self, origin: str, documents: Documents
    ) -> Iterator[tuple[Article, Extraction] | IngestError]:
        for document in documents:
            if isinstance(document, IngestError):
                yield document
                continue
            suffix = document.origin.removeprefix(origin)
            article = Article(
                id=f"{PurePath(origin).stem}{suffix}", **asdict(with_language(document))
            )
            (extraction,) = self.extractions.extract([article])
            yield article, extraction

    def close(self) -> None:
        """Stop the process that reads files."""
        ingest.close()


@dataclass(eq=False, repr=False, kw_only=True)
class FileIntake:
    """Ingests the articles of files."""

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
        anyway: bool = False,
    ) -> Iterator[IngestResult]:
        """Read, extract and file the articles of files.

        Results come in the order of the files, each as soon as it is stored. Without
        `include_samples`, articles marked as samples are skipped, and so are files without other
        articles. `bulk` and `reingest` are as in `ArticleIntake.ingest`, `anyway` as in
        `ArticleFiles.read_file`.
        """
        found = ingest.find_article_files(paths)
        sources = (self.files.read_file(path, anyway=anyway) for path in found)
        yield from self.ingest_sources(
            sources, bulk=bulk, include_samples=include_samples, reingest=reingest
        )

    def ingest_sent(
        self, raw: bytes, name: str, *, origin: str, brought_by: str, anyway: bool = False
    ) -> IngestResult:
        """File the articles of a file that somebody sent with its name.

        Only the viewer `brought_by`, if given, sees them until somebody accepts them. `anyway` is
        as in `ArticleFiles.read_file`.
        """
        results = list(self.files.read_sent(raw, name, origin=origin, anyway=anyway))
        documents = [result for result in results if isinstance(result, Document)]
        if brought_by:
            documents = [brought(document, brought_by) for document in documents]
        outcomes = self.articles.ingest(documents)
        errors = tuple(result for result in results if isinstance(result, IngestError))
        return IngestResult(origin, outcomes=tuple(outcomes), errors=errors)

    def ingest_sources(
        self,
        sources: Iterable[tuple[str, Documents]],
        *,
        bulk: bool = False,
        include_samples: bool = True,
        reingest: bool = False,
    ) -> Iterator[IngestResult]:
        """File the documents of sources, each given with its name, as `ingest` does.

        While a batch is filed and further files are read, the extractor works on the next batch.
        """
        unfinished_sources: deque[_Source] = deque()
        extracting_batch: list[_PendingDocument] = []
        next_batch: list[_PendingDocument] = []

        def file(batch: Sequence[_PendingDocument]) -> None:
            documents = [document for _, _, document in batch]
            outcomes = self.articles.ingest_without_indexing(
                documents, bulk=bulk, reingest=reingest
            )
            for (source, index, _), outcome in zip(batch, outcomes, strict=True):
                source.outcomes[index] = outcome

        def start(batch: Sequence[_PendingDocument]) -> None:
            documents = [document for _, _, document in batch]
            self.articles.start_extraction(documents, reingest=reingest)

        for origin, documents in sources:
            source = _Source(origin)
            for document in documents:
                if isinstance(document, IngestError):
                    source.errors.append(document)
                elif include_samples or not document.sample:
                    next_batch.append((source, len(source.outcomes), with_language(document)))
                    source.outcomes.append(None)
                if len(next_batch) == FILING_BATCH:
                    start(next_batch)
                    file(extracting_batch)
                    extracting_batch, next_batch = next_batch, []
            source.is_read = True
            if source.outcomes or source.errors:
                unfinished_sources.append(source)
            yield from _pop_results(unfinished_sources)
        if extracting_batch:
            start(next_batch)
            file(extracting_batch)
            yield from _pop_results(unfinished_sources)
        file(next_batch)
        yield from _pop_results(unfinished_sources)
        self.articles.release_due()
        self.updates.catch_up_if_free()


def _pop_results(sources: deque[_Source]) -> Iterator[IngestResult]:
    """Remove the finished sources before the first unfinished one, and yield their results."""
    while sources and (result := sources[0].result):
        sources.popleft()
        yield result
