"""Make many articles with claims out of a few that were extracted.

In each copy half of the words are replaced by others of the same length, always the same word by
the same, so that the spans of the claims still fit. Filing and indexing them costs what real
articles cost, without the extractor's time.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from bot.extract.extractor import Extractor
from bot.model import Article, Document, Extraction
from tests.bench import bulk_speed

CHARACTERS = 2_000
OUTLETS, DAYS = 40, 3_650
FIRST_DAY = date(2016, 1, 1)

_WORD = re.compile(r"[A-Za-z]{4,}")
_SENTENCE_END = re.compile(r"[.!?]")


class Original(NamedTuple):
    """A real article's text of about CHARACTERS characters, and what was extracted from it."""

    text: str
    extraction: Extraction


def texts(number: int) -> list[str]:
    """Return the beginnings of real articles, each as many paragraphs as CHARACTERS hold."""
    found = []
    for paragraphs in [*bulk_speed.corpus(), *bulk_speed.seeds()]:
        text = ""
        for paragraph in paragraphs:
            if len(text) + len(paragraph) > CHARACTERS:
                break
            text += f"{paragraph}\n\n"
        if len(text) > 0.8 * CHARACTERS:
            found.append(text.rstrip())
    return random.Random(1).sample(found, min(number, len(found)))


def originals(number: int, extractor: Extractor) -> list[Original]:
    """Extract so many real articles."""
    found = texts(number)
    articles = [Article(id=f"{n}", origin="original", text=text) for n, text in enumerate(found)]
    return list(map(Original, found, extractor.extract_many(articles)))


class Copies:
    """Makes copies of extracted articles, and extracts them as the extractor would."""

    def __init__(self, originals: Sequence[Original]) -> None:
        self._originals = originals
        self._extractions: dict[str, Extraction] = {}
        self._same_length: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
        for original in originals:
            for word in _WORD.findall(original.text):
                self._same_length[_shape(word)].append(word)

    def documents(self, number: int) -> Iterator[Document]:
        """Make so many documents, of forty outlets and ten years."""
        for n in range(number):
            original = self._originals[n % len(self._originals)]
            words = self._choose_words(original.text, random.Random(n))
            text, day = _replaced(original.text, words), FIRST_DAY + timedelta(days=n % DAYS)
            origin = f"copy-{n}"
            self._extractions[origin] = _extraction(original.extraction, words)
            yield Document(
                origin=origin,
                text=text,
                title=_SENTENCE_END.split(text, maxsplit=1)[0][:80],
                outlet=f"Outlet {n % OUTLETS}",
                published=day.isoformat(),
                published_on=day,
                url=f"https://outlet-{n % OUTLETS}.example/news/{n}",
                language="en",
            )

    def submit(self, article: Article) -> Future[Extraction]:
        """Return what the extractor finds in a copy, once."""
        future: Future[Extraction] = Future()
        future.set_result(self._extractions.pop(article.origin))
        return future

    def submit_together(self, articles: Sequence[Article]) -> list[Future[Extraction]]:
        """Return what the extractor finds in several copies."""
        return [self.submit(article) for article in articles]

    def stop(self) -> None:
        """Do nothing: nothing runs."""

    def _choose_words(self, text: str, rng: random.Random) -> dict[str, str]:
        """Return half of the words of a text, with their replacements."""
        words = dict.fromkeys(_WORD.findall(text))
        return {
            word: rng.choice(self._same_length[_shape(word)])
            for word in words
            if rng.random() < 0.5
        }


def _extraction(extraction: Extraction, words: dict[str, str]) -> Extraction:
    """Replace words in the speakers' names; the spans stay."""
    attributions = (
        replace(
            attribution,
            speaker=attribution.speaker and _replaced(attribution.speaker, words),
            via=tuple(_replaced(name, words) for name in attribution.via),
        )
        for attribution in extraction.attributions
    )
    return replace(extraction, attributions=tuple(attributions))


def _shape(word: str) -> tuple[int, bool]:
    return len(word), word[0].isupper()


def _replaced(text: str, words: dict[str, str]) -> str:
    return _WORD.sub(lambda match: words.get(match[0], match[0]), text)
