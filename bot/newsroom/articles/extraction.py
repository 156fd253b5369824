"""How an article's claims come about: found by the extractor, taken from an article of the same
text, or, in a language that the extractor does not know, paragraphs in which nobody has looked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
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
from bot.text.languages import detect_language, is_readable

if TYPE_CHECKING:
    from bot.extract.extractor import Extractor

_TextKey = tuple[str, date | None, bool]
"""What an extraction depends on: a text, the day from which "on Monday" is reckoned, and whether
the extractor knows the language."""


class ExtractedArticle(NamedTuple):
    """What reading an article gives."""

    claims: Sequence[Claim]
    paragraphs: Spans


@dataclass(eq=False, repr=False)
class Extractions:
    """What the extractor finds in articles. It is loaded when the first one is to be read."""

    settings: Settings
    _ahead: dict[_TextKey, Future[Extraction]] = field(default_factory=dict, init=False)

    @cached_property
    def extractor(self) -> Extractor:
        """The tagger; loading it, and the libraries that it needs, takes a moment."""
        from bot.extract.extractor import Extractor

        return Extractor(threads=self.settings.extract.threads, cues=self.settings.cues)

    @cached_property
    def version(self) -> str:
        """Which extractor this is."""
        return extractor_version(self.settings)

    def extract(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """What the extractor finds in each article, in order; of one in a language that it does
        not know, only the paragraphs."""
        known = [(at, one) for at, one in enumerate(articles) if is_readable(one.language)]
        begun = {at: self._future_of(article) for at, article in known}
        try:
            for at, article in enumerate(articles):
                yield begun[at].result() if at in begun else _unread(article)
        finally:
            _cancel(begun.values())

    def _future_of(self, article: Article) -> Future[Extraction]:
        try:
            return self._ahead.pop(_text_key(article))
        except KeyError:
            return self.extractor.submit(article)

    def has_started(self, article: Article) -> bool:
        """Whether the extractor has begun with an article's text."""
        return _text_key(article) in self._ahead

    def start(self, article: Article) -> None:
        """Have the extractor begin with an article that is to be read soon."""
        self._ahead[_text_key(article)] = self.extractor.submit(article)

    def close(self) -> None:
        """Give up what was begun and not asked for."""
        _cancel(self._ahead.values())


@dataclass(eq=False, repr=False, kw_only=True)
class ArticleReader:
    """Read articles for claims."""

    readings: store.ExtractorVersions
    extractions: Extractions
    outlets: Sequence[KnownName]

    def read(self, articles: Sequence[Article]) -> list[ExtractedArticle]:
        """The claims of articles, in order. Each text is extracted once, and not at all where the
        same extractor has read it in another article."""
        by_text = {_text_key(article): article for article in reversed(articles)}
        read: dict[_TextKey, ExtractedArticle] = {}
        for key, article in by_text.items():
            if self.extractions.has_started(article):
                continue  # there was no other when it was begun
            if found := self.readings.claims_of_same_text(article, self.version):
                read[key] = ExtractedArticle(*found)
        new = [article for key, article in by_text.items() if key not in read]
        for article, extraction in zip(new, self.extractions.extract(new), strict=True):
            read[_text_key(article)] = self._claims(article, extraction)
        own = [_own(article, read[_text_key(article)]) for article in articles]
        return [_printed(article, one) for article, one in zip(articles, own, strict=True)]

    def start(self, articles: Iterable[Article]) -> None:
        """Have the extractor begin with articles that are to be read soon, where it needs to."""
        for article in articles:
            if not is_readable(article.language) or self.extractions.has_started(article):
                continue
            if not self.readings.claims_of_same_text(article, self.version):
                self.extractions.start(article)

    @property
    def version(self) -> str:
        """Which extractor reads."""
        return self.extractions.version

    def _claims(self, article: Article, extraction: Extraction) -> ExtractedArticle:
        if not is_readable(article.language):
            return ExtractedArticle(
                make_paragraph_claims(article, extraction.paragraphs), extraction.paragraphs
            )
        outlets = [outlet.name for outlet in self.outlets]
        return ExtractedArticle(make_claims(article, extraction, outlets), extraction.paragraphs)


def with_language(document: Document) -> Document:
    """A document with the language that its text is in; to be asked before it is compared with
    what is there."""
    return replace(document, language=detect_language(document.text, document.language))


def _text_key(article: Article) -> _TextKey:
    return article.text_sha, article.published_on, is_readable(article.language)


def _own(article: Article, read: ExtractedArticle) -> ExtractedArticle:
    """What was found in a text as the claims of one of its articles."""
    if all(claim.article_id == article.id for claim in read.claims):
        return read
    return ExtractedArticle(copy_claims(read.claims, article.id), read.paragraphs)


def _printed(article: Article, read: ExtractedArticle) -> ExtractedArticle:
    """What was found in an article, each claim with a hash of the sentences that print it."""
    claims = [claim if claim.printed else _with_hash(article, read, claim) for claim in read.claims]
    return ExtractedArticle(claims, read.paragraphs)


def _with_hash(article: Article, read: ExtractedArticle, claim: Claim) -> Claim:
    passage = passage_in(article.text, read.paragraphs, claim)
    if passage is None:
        return claim
    return replace(claim, printed=hashlib.sha256(passage.text.encode()).hexdigest()[:16])


def _cancel(begun: Iterable[Future[Extraction]]) -> None:
    for one in begun:
        one.cancel()


def _unread(article: Article) -> Extraction:
    from bot.extract.paragraphs import paragraphs_of  # loads the extractor's libraries

    parts = paragraphs_of(article.text)
    return Extraction(paragraphs=tuple((part.start, part.end) for part in parts))
