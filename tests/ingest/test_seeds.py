"""The seeds: all of them read, and the samples hold what the demo and the other tests need."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot import ingest
from bot.config import shipped_folder
from bot.model import Document

SEED = "000_40d7738ea8a24f51"
REPEATED = re.compile(r"[Nn]o vessel will berth until the wall has been declared safe")


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    paths = list(ingest.find_article_files([shipped_folder("seeds")]))
    return {
        path.stem: document
        for path in paths
        for document in ingest.read(path, max_bytes=10_000_000)
        if isinstance(document, Document)
    }


@pytest.fixture(scope="module")
def samples(seeds: dict[str, Document]) -> list[Document]:
    return [document for stem, document in seeds.items() if stem != SEED]


def test_every_seed_is_read(seeds: dict[str, Document]) -> None:
    files = list(shipped_folder("seeds").iterdir())
    assert {path.suffix for path in files} == {".md", ".txt", ".yml"}
    assert len(seeds) == 9


def test_nothing_is_made_up_about_the_seed_article(seeds: dict[str, Document]) -> None:
    seed = seeds[SEED]
    assert seed == Document(origin=seed.origin, text=seed.text, language="en")


def test_the_seed_article_is_unchanged(seeds: dict[str, Document]) -> None:
    sha = "37aaf86186d5049f36de08f4ed9b919c672c0b33c1f154f105648cc6a13c93aa"
    assert seeds[SEED].text_sha == sha


def test_samples_are_marked_and_complete(samples: list[Document]) -> None:
    for document in samples:
        assert document.sample
        assert document.title
        assert document.outlet
        assert document.language == "en"
        assert document.url is None or ".example/" in document.url
        assert 150 <= len(document.text.split()) <= 350


def test_samples_differ_in_what_is_known(samples: list[Document]) -> None:
    assert {document.byline is None for document in samples} == {True, False}
    assert {document.url is None for document in samples} == {True, False}
    assert {document.published_at is None for document in samples} == {True, False}
    # One was printed after midnight, when the day before was still running in UTC.
    assert any(
        document.published_at and document.published_at.date() != document.published_on
        for document in samples
    )


def test_samples_tell_one_story_over_three_days(samples: list[Document]) -> None:
    assert {document.published_on for document in samples} == {
        date(2026, 11, day) for day in (3, 4, 5)
    }
    assert all("Vellmouth" in document.text for document in samples)


def test_five_outlets_repeat_one_statement(samples: list[Document]) -> None:
    assert len({d.outlet for d in samples if REPEATED.search(d.text)}) == 5


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a denial", r"ministry denied"),
        ("a refusal to comment", r"declined to comment"),
        ("a described source", r"people close to the talks said"),
        ("a wholly unnamed source", r"\bA source said"),
        ("no source at all", r"It is said"),
        ("a chain through an agency", r"The agency quoted two dockers as saying that"),
        ("a chain through talks", r"people close to the talks said, the minister had told"),
        ("a pronoun as source", r"\b(She|He) said\b"),
        ("marks inside curly marks", r"“[^”]*‘[^’]*’[^”]*”"),
        ("double marks inside what another said", r"supervisor had told them it “"),
        ("marks inside straight marks", r"\"[^\"\n]*'[^'\n]+'[^\"\n]*\""),
        ("a quote over two paragraphs", r"\n“[^”\n]+\n\n“[^”\n]+”"),
        ("a heading in Markdown", r"\n## \w"),
        ("a heading in plain text", r"\n\n[A-Z][a-z ]+\n\n"),
        ("page furniture", r"\nSign up for our newsletter\n"),
        ("a figure", r"\b41,000 tonnes\b"),
        ("a date", r"\b17 September\b"),
    ],
)
def test_samples_hold(samples: list[Document], what: str, pattern: str) -> None:
    assert any(re.search(pattern, document.text) for document in samples), what


def test_each_sample_uses_one_kind_of_quotation_marks(samples: list[Document]) -> None:
    kinds = []
    for document in samples:
        straight, curly = '"' in document.text, "“" in document.text
        assert straight != curly, document.origin
        kinds.append(straight)
    assert set(kinds) == {True, False}
