from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.extract.extractor import Extractor
from bot.extract.speakers.speaker_confidence import Certainty
from bot.model import Article, Attribution, Extraction, Unattributed, pieces


class Found:
    """An extraction with its text, so that tests can use words instead of offsets."""

    def __init__(self, article: Article, extraction: Extraction) -> None:
        self.text = article.text
        self.attributions = extraction.attributions
        self.unattributed = extraction.unattributed
        self.paragraphs = [article.text[start:end] for start, end in extraction.paragraphs]

    def content(self, found: Attribution | Unattributed) -> str:
        """Return the words of a content, without the "that" that its span starts with."""
        return pieces(self.text, found.content).removeprefix("that ")

    def one(self, words: str) -> Attribution:
        """Return the only attribution whose content starts with these words."""
        (found,) = (a for a in self.attributions if self.content(a).startswith(words))
        return found

    @property
    def claims(self) -> list[tuple[str | None, str]]:
        """The speaker and content of each attribution, in reading order."""
        return [(found.speaker, self.content(found)) for found in self.attributions]

    @property
    def contents(self) -> list[str]:
        return [self.content(found) for found in self.attributions]

    @property
    def stated(self) -> list[str]:
        return [self.content(found) for found in self.unattributed]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """Names each speaker, however unsure: test_speaker_confidence.py has what then stands."""
    return Extractor(threads=2, certainty=Certainty(sure_from=0))


@pytest.fixture
def read(extractor: Extractor) -> Callable[..., Found]:
    def read(text: str, published_on: date | None = None) -> Found:
        article = Article(origin="test", id="test", text=text, published_on=published_on)
        return Found(article, extractor.extract(article))

    return read
