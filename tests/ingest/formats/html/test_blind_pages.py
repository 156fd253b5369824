"""Seventy pages with their text and metadata, written by somebody who had not seen the reader.

They are made to be hard: few have classes that tell the article from what stands beside it. The
README in pages.tar.xz says what is in them. The odd ones were looked at while the reader was
mended; of the even ones only the scores. Everything in them is invented.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trafilatura

from bot.ingest.formats import html
from bot.ingest.legibility import find_doubt

ARCHIVE = Path(__file__).parent / "pages.tar.xz"


class Read(NamedTuple):
    """A page as read, and what it should be."""

    raw: bytes
    text: str
    found: dict[str, Any]
    expected: dict[str, Any]


@pytest.fixture(scope="module")
def pages() -> list[Read]:
    with tarfile.open(ARCHIVE) as archive:
        files = {member.name: archive.extractfile(member) for member in archive}
        contents = {name: file.read() for name, file in files.items() if file}
    names = [name for name in contents if name.endswith(".html")]
    return [
        read(contents[name], json.loads(contents[name.replace(".html", ".json")])) for name in names
    ]


def read(raw: bytes, expected: dict[str, Any]) -> Read:
    (article,) = html.read(raw)
    return Read(raw, article.text, dict(article.metadata), expected)


def shared_words(text: str, expected: str) -> float:
    """Return the F1 of the words of a text."""
    words, others = (Counter(re.findall(r"\w+", one.lower())) for one in (text, expected))
    shared = sum((words & others).values())
    return 2 * shared / (sum(words.values()) + sum(others.values()))


def one_line(text: str) -> str:
    straight = text.translate(str.maketrans("‘’“”", "''\"\""))
    return " ".join(straight.split()).casefold()


def has_title(page: Read) -> bool:
    return one_line(page.found.get("title", "")) == one_line(page.expected["title"])


def has_day(page: Read) -> bool:
    published = page.found.get("published")
    return bool(published) and published.on.isoformat() == page.expected["date"][:10]


def has_authors(page: Read) -> bool:
    names = filter(None, page.found.get("byline", "").split(", "))
    return sorted(map(one_line, names)) == sorted(map(one_line, page.expected["byline"]))


def has_outlet(page: Read) -> bool:
    return one_line(page.found.get("outlet", "")) == one_line(page.expected["outlet"])


def is_doubted(page: Read) -> bool:
    return bool(find_doubt(page.text, page.found.get("language")))


def share(test: Callable[[Read], bool], pages: Sequence[Read]) -> float:
    return sum(map(test, pages)) / len(pages)


def test_articles_are_read_whole_and_alone(pages: list[Read]) -> None:
    scores = [shared_words(page.text, page.expected["text"]) for page in pages]
    baseline = [trafilatura.extract(page.raw) or "" for page in pages]
    others = [
        shared_words(text, page.expected["text"])
        for text, page in zip(baseline, pages, strict=True)
    ]
    assert sum(scores) / len(scores) >= 0.95
    assert sum(scores) - sum(others) >= 0.19 * len(scores)


@pytest.mark.parametrize(
    ("test", "floor"), [(has_title, 0.88), (has_day, 0.95), (has_authors, 0.87), (has_outlet, 0.69)]
)
def test_metadata_is_read(pages: list[Read], test: Callable[[Read], bool], floor: float) -> None:
    assert share(test, pages) >= floor


def test_hardly_any_page_is_doubted(pages: list[Read]) -> None:
    assert share(is_doubted, pages) <= 0.05
