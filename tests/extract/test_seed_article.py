"""The attributions and speakers that must be found in the seed article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.config import shipped_folder
from bot.extract.extractor import Extractor
from bot.model import Article, Attribution, Extraction, pieces

SEED: Path = shipped_folder("seeds") / "000_40d7738ea8a24f51.txt"

SAID = [
    ("U.S. media", "this is just on the surface"),
    ("a source", "an internal reference once warned"),
    ("an internal reference", "establishing a close relationship"),
    ("the CCP", "NATO of expanding"),
    ("The Wall Street Journal", "behind this diplomatic façade"),
    ("CCP policy advisers", "Xi Jinping has directed"),
    ("CCP policy advisers", "The plans include increasing imports"),
    ("Voice of America", "by the end of 2022"),
    ("Xi Jinping", "the CCP is willing to work"),
    ("Sun Yun", "Xi is strengthening"),
    ("Sun Yun", "CCP-Russia relations are likely"),
    ("The Wall Street Journal", "Russia and the CCP have long sought"),
    ("Russia and the CCP", "the possibility of reshaping"),
    ("the Chinese regime and Russia", "the current international order"),
    ("the CCP and Russia", "the two countries “have no limits"),
    (None, "Xi’s enduring admiration for Russia"),
    ("Xi Jinping", "“We share the same personality”"),
    ("Xi Jinping", "Putin is his best friend"),
    ("insiders", "Tsinghua University was authorized"),
    ("the Tsinghua University article", "Russia’s economy has no future"),
    ("people familiar with the matter", "Xi at the time criticized"),
    ("Xi Jinping", "the Tsinghua University article as nonsense"),
]
STATED = [
    "In addition, Russia and China are increasingly using rubles and yuan in financial "
    "transactions instead of euros or dollars.",
    "A move that could give both sides protection from future sanctions, and push the yuan into "
    "wider circulation.",
    "On November 30, Russian and Chinese strategic bombers made a joint flight over the Western "
    "Pacific.",
    "In 2013, Xi chose Moscow as the destination for his first foreign trip after coming to power.",
]


def said(text: str, found: Attribution) -> str:
    return pieces(text, found.content).removeprefix("that ")


@pytest.fixture(scope="module")
def seed(extractor: Extractor) -> tuple[str, Extraction]:
    text = SEED.read_text(encoding="utf-8")
    return text, extractor.extract(Article(origin=SEED.name, id="seed", text=text))


@pytest.mark.parametrize(("speaker", "begins"), SAID)
def test_who_said_what(seed, speaker, begins):
    text, extraction = seed
    assert speaker in [
        found.speaker for found in extraction.attributions if said(text, found).startswith(begins)
    ]


def test_days_get_the_year_the_article_mentions(seed):
    text, extraction = seed
    days = {said(text, a)[:20]: a.said_on for a in extraction.attributions if a.said_on}
    assert days == {
        "behind this diplomat": date(2022, 12, 14),
        "by the end of 2022, ": date(2022, 12, 14),
        "the CCP is willing t": date(2022, 11, 29),
        "the two countries “h": date(2022, 2, 4),
    }
    assert all(found.said_on_inferred for found in extraction.attributions if found.said_on)


def test_few_other_attributions_are_found(seed):
    _, extraction = seed
    assert len(extraction.attributions) <= len(SAID) + 5


def test_statements(seed):
    text, extraction = seed
    assert set(STATED) <= {pieces(text, found.content) for found in extraction.unattributed}


def test_the_advisers_are_near_the_sentence_about_rubles_and_yuan(seed):
    text, extraction = seed
    by_id = {found.id: found for found in extraction.attributions}
    (sentence,) = (s for s in extraction.unattributed if "rubles" in pieces(text, s.content))
    assert sentence.near is not None
    assert by_id[sentence.near].speaker == "CCP policy advisers"


def test_chains(seed):
    text, extraction = seed
    via = {said(text, a)[:20]: a.via for a in extraction.attributions if a.via}
    assert via == {
        "establishing a close": ("a source",),
        "Tsinghua University ": ("The Wall Street Journal",),
        "the Tsinghua Univers": ("people familiar with the matter",),
    }


@pytest.mark.parametrize(
    "words", ["Xi criticizes", "cooperation with Russian president", "Sign up", "submitting"]
)
def test_headings_and_furniture_claim_nothing(seed, words):
    text, extraction = seed
    claims = (*extraction.attributions, *extraction.unattributed)
    assert not any(words in pieces(text, claim.content) for claim in claims)
