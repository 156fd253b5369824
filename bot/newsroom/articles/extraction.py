"""How an article's claims come about: found by the extractor, taken from an article of the same
text, or, in a language that the extractor does not know, passages in which nobody has looked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from bot.config import Settings
from bot.model import Article, Claim, Document, Extraction, Spans
from bot.newsroom.articles.claim_spans import passage_in
from bot.newsroom.articles.claims import claims_of, copied, passages_of
from bot.newsroom.rooms import Rooms
from bot.text.languages import is_known, recognised

_TextKey = tuple[str, date | None, bool]
"""What an extraction depends on: a text, the day from which "on Monday" is reckoned, and whether
the extractor knows the language."""


class Read(NamedTuple):
    """What reading an article gives."""

    claims: Sequence[Claim]
    paragraphs: Spans


class Reading(Rooms):
    """Read articles for claims."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(settings, clock)
        self._ahead: dict[_TextKey, Future[Extraction]] = {}

    def in_language(self, document: Document) -> Document:
        """A document with the language that its text is in; to be asked before it is compared with
        what is there."""
        return replace(document, language=recognised(document.text, document.language))

    def read(self, articles: Sequence[Article]) -> list[Read]:
        """The claims of articles, in order. Each text is extracted once, and not at all where the
        same extractor has read it in another article."""
        by_text = {_text_key(article): article for article in reversed(articles)}
        read: dict[_TextKey, Read] = {}
        for key, article in by_text.items():
            if key in self._ahead:
                continue  # there was no other when it was begun
            if found := self.store.readings.same_text(article, self.extractor_version):
                read[key] = Read(*found)
        new = [article for key, article in by_text.items() if key not in read]
        for article, extraction in zip(new, self.extractions(new), strict=True):
            read[_text_key(article)] = self._claims(article, extraction)
        own = [_own(article, read[_text_key(article)]) for article in articles]
        return [_printed(article, one) for article, one in zip(articles, own, strict=True)]

    def extractions(self, articles: Sequence[Article]) -> Iterator[Extraction]:
        """What the extractor finds in each article, in order; of one in a language that it does
        not know, only the paragraphs."""
        known = [(at, one) for at, one in enumerate(articles) if is_known(one.language)]
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
            return self.extractor.begin(article)

    def begin(self, articles: Iterable[Article]) -> None:
        """Have the extractor begin with articles that are to be read soon, where it needs to."""
        for article in articles:
            key = _text_key(article)
            if not is_known(article.language) or key in self._ahead:
                continue
            if not self.store.readings.same_text(article, self.extractor_version):
                self._ahead[key] = self.extractor.begin(article)

    def close(self) -> None:
        """Give up what was begun and not asked for, and close what was opened."""
        _cancel(self._ahead.values())
        super().close()

    def _claims(self, article: Article, extraction: Extraction) -> Read:
        if not is_known(article.language):
            return Read(passages_of(article, extraction.paragraphs), extraction.paragraphs)
        outlets = [outlet.name for outlet in self.settings.outlets]
        return Read(claims_of(article, extraction, outlets), extraction.paragraphs)


def _text_key(article: Article) -> _TextKey:
    return article.text_sha, article.published_on, is_known(article.language)


def _own(article: Article, read: Read) -> Read:
    """What was found in a text as the claims of one of its articles."""
    if all(claim.article_id == article.id for claim in read.claims):
        return read
    return Read(copied(read.claims, article.id), read.paragraphs)


def _printed(article: Article, read: Read) -> Read:
    """What was found in an article, each claim with a hash of the sentences that print it."""
    claims = [claim if claim.printed else _with_hash(article, read, claim) for claim in read.claims]
    return Read(claims, read.paragraphs)


def _with_hash(article: Article, read: Read, claim: Claim) -> Claim:
    passage = passage_in(article.text, read.paragraphs, claim)
    if passage is None:
        return claim
    return replace(claim, printed=hashlib.sha256(passage.text.encode()).hexdigest()[:16])


def _cancel(begun: Iterable[Future[Extraction]]) -> None:
    for one in begun:
        one.cancel()


def _unread(article: Article) -> Extraction:
    from bot.extract.paragraphs import passages  # loads the extractor's libraries

    parts = passages(article.text)
    return Extraction(paragraphs=tuple((part.start, part.end) for part in parts))
