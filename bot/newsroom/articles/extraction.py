"""Extract the claims of articles.

Claims come from the extractor, or from an article with the same text that it has read before. In a
language that the extractor cannot read, each paragraph is filed as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot import store
from bot.config import KnownName, Settings
from bot.fingerprints import extractor_version
from bot.model import Article, Claim, Document, Extraction, Spans
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.articles.claims import copy_claims, make_claims, make_paragraph_claims
from bot.text.languages import detect_language, is_language_supported

if TYPE_CHECKING:
    from bot.extract.budget import WorkBudget
    from bot.extract.extractor import Extractor

_TextKey = tuple[str, date | None, bool]
"""What an extraction depends on: the text, the day to which "on Monday" is relative, and whether
the extractor can read the language."""


class ExtractedArticle(NamedTuple):
    """The claims and the paragraphs of an article, and where reading it stopped, if it did."""

    claims: Sequence[Claim]
    paragraphs: Spans
    read_to: int | None = None


@dataclass(eq=False, repr=False)
class Extractions:
    """Runs the extractor, which is loaded on first use."""

    settings: Settings
    observe: Callable[[float], None] = lambda seconds: None
    """Called with the seconds that each extraction took."""
    _futures: dict[_TextKey, Future[Extraction]] = field(default_factory=dict, init=False)

    @cached_property
    def extractor(self) -> Extractor:
        """The extractor. Loading it and its libraries takes a moment."""
        from bot.extract.extractor import Extractor
        from bot.extract.speakers.speaker_confidence import Certainty

        limits = self.settings.extract
        return Extractor(
            threads=self.settings.extract.threads,
            cues=self.settings.cues,
            budget=self._budget,
            certainty=Certainty(limits.sure_from, limits.probably_from),
            observe=lambda seconds: self.observe(seconds),
        )

    @cached_property
    def version(self) -> str:
        """The extractor's version."""
        return extractor_version(self.settings)

    @property
    def _budget(self) -> WorkBudget:
        from bot.extract.budget import WorkBudget

        settings = self.settings.extract
        return WorkBudget(settings.characters, settings.windows, settings.seconds)

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """Yield the extraction of each article, in order.

        If the extractor cannot read an article's language, its extraction has only paragraphs.
        """
        futures = self._take_or_submit(
            [article for article in articles if is_language_supported(article.language)]
        )
        try:
            for article in articles:
                future = futures.get(_text_key(article))
                yield future.result() if future else self._paragraphs_only(article)
        finally:
            _cancel(futures.values())

    def _take_or_submit(self, articles: Sequence[Article]) -> dict[_TextKey, Future[Extraction]]:
        """Return the extractions of articles: those that were started, and new ones."""
        keys = {_text_key(article): article for article in articles}
        futures = {key: self._futures.pop(key) for key in keys if key in self._futures}
        new_keys = [key for key in keys if key not in futures]
        if new_keys:  # without this, loading the extractor would delay what does not need it
            new_futures = self.extractor.submit_together([keys[key] for key in new_keys])
            futures |= zip(new_keys, new_futures, strict=True)
        return futures

    def _paragraphs_only(self, article: Article) -> Extraction:
        from bot.extract.extractor import paragraphs_only  # loads the extractor's libraries

        return paragraphs_only(article.text, self._budget)

    def has_started(self, article: Article) -> bool:
        """Whether the extraction of an article's text has been started."""
        return _text_key(article) in self._futures

    def start(self, article: Article) -> None:
        """Start the extraction of an article that will be read soon."""
        self._futures[_text_key(article)] = self.extractor.submit(article)

    def stop(self) -> None:
        """End the extractions that run, because the process stops."""
        if "extractor" in vars(self):
            self.extractor.stop()

    def close(self) -> None:
        """Cancel the extractions that were started and not used."""
        _cancel(self._futures.values())


@dataclass(eq=False, repr=False, kw_only=True)
class ArticleReader:
    """Reads the claims of articles."""

    extractor_versions: store.ExtractorVersions
    extractions: Extractions
    outlets: Sequence[KnownName]

    def read(self, articles: Sequence[Article]) -> list[ExtractedArticle]:
        """Return the claims of each article, in order.

        Each text is extracted once, or not at all if this extractor has read it in another article.
        """
        by_text = {_text_key(article): article for article in reversed(articles)}
        extracted: dict[_TextKey, ExtractedArticle] = {}
        for key, article in by_text.items():
            if self.extractions.has_started(article):
                continue  # `start` has already looked in the store
            if stored := self.extractor_versions.claims_of_same_text(article, self.version):
                extracted[key] = ExtractedArticle(*stored)
        new_articles = [article for key, article in by_text.items() if key not in extracted]
        for article, extraction in zip(
            new_articles, self.extractions.extract(new_articles), strict=True
        ):
            extracted[_text_key(article)] = self._make_claims(article, extraction)
        return [
            _with_hashes(article, _with_own_claims(article, extracted[_text_key(article)]))
            for article in articles
        ]

    def start(self, articles: Iterable[Article]) -> None:
        """Start the extraction of articles that will be read soon, if they need one."""
        for article in articles:
            if not is_language_supported(article.language) or self.extractions.has_started(article):
                continue
            if not self.extractor_versions.claims_of_same_text(article, self.version):
                self.extractions.start(article)

    @property
    def version(self) -> str:
        """The extractor's version."""
        return self.extractions.version

    def _make_claims(self, article: Article, extraction: Extraction) -> ExtractedArticle:
        paragraphs = extraction.paragraphs
        if not is_language_supported(article.language):
            claims = make_paragraph_claims(article, paragraphs)
        else:
            outlets = [outlet.name for outlet in self.outlets]
            claims = make_claims(article, extraction, outlets)
        return ExtractedArticle(claims, paragraphs, extraction.read_to)


def with_language(document: Document) -> Document:
    """Set a document's language to that of its text.

    Call this before comparing the document with stored ones.
    """
    return replace(document, language=detect_language(document.text, document.language))


def _text_key(article: Article) -> _TextKey:
    return article.text_sha, article.published_on, is_language_supported(article.language)


def _with_own_claims(article: Article, extracted: ExtractedArticle) -> ExtractedArticle:
    """Copy claims that were extracted from another article with the same text."""
    if all(claim.article_id == article.id for claim in extracted.claims):
        return extracted
    return extracted._replace(claims=copy_claims(extracted.claims, article.id))


def _with_hashes(article: Article, extracted: ExtractedArticle) -> ExtractedArticle:
    """Add to each claim the hash of the sentences that print it."""
    paragraphs = extracted.paragraphs
    return extracted._replace(
        claims=[
            claim
            if claim.printed
            else _with_hash(article.text, paragraphs, claim, extracted.claims)
            for claim in extracted.claims
        ]
    )


def _with_hash(text: str, paragraphs: Spans, claim: Claim, claims: Sequence[Claim]) -> Claim:
    passage = passage_in(text, paragraphs, claim, claims)
    if passage is None:
        return claim
    printed = passage.text
    if passage.before:
        printed = f"{passage.before.passage.text} {printed}"
    return replace(claim, printed=hashlib.sha256(printed.encode()).hexdigest()[:16])


def _cancel(futures: Iterable[Future[Extraction]]) -> None:
    for future in futures:
        future.cancel()
