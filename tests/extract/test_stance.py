"""Stances from the shipped and the newsroom's cues, and negated cues."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.config import shipped_cues
from bot.extract.extractor import Extractor
from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.extract.stance import StanceLexicon
from bot.model import Article, Spans

CUES = shipped_cues()
STANCES = StanceLexicon(CUES)


def read(
    text: str, cue: str, source: str = "", stances: StanceLexicon = STANCES
) -> tuple[str, bool]:
    """Return the stance of a cue in a text whose last two words are the content."""
    words = text.split()
    content = text.rindex(" ".join(words[-2:]))
    draft = Draft(
        source=_span(text, source) if source else (),
        cue=_span(text, cue),
        content=((content, len(text)),),
        confidence=1.0,
        is_guessed=False,
        paragraph=Paragraph(0, len(text), "text"),
    )
    return stances.read(text, draft)


def _span(text: str, words: str) -> Spans:
    start = text.index(words)
    return ((start, start + len(words)),)


@pytest.mark.parametrize(
    ("text", "cue", "stance"),
    [
        ("Roe said it leaks.", "said", "said"),
        ("Roe alleged it leaks.", "alleged", "claimed"),
        ("Roe rejects that it leaks.", "rejects", "denied"),
        ("Roe ruled out a leak.", "ruled out", "denied"),
        ("Roe ruled out a leak.", "ruled", "denied"),  # the tagger leaves words off
        ("Roe RULED  OUT a leak.", "RULED  OUT", "denied"),
        ("Roe admitted it leaks.", "admitted", "confirmed"),
        ("Roe denıed it leaks.", "denıed", "said"),  # what only looks like a verb is none
        ("Roe ſaid it leaks.", "ſaid", "said"),
        ("Roe predicted it leaks.", "predicted", "warned"),
        ("Roe reckons it leaks.", "reckons", "believes"),
        ("Roe vowed it leaks.", "vowed", "ordered"),
        ("Roe called for new locks.", "called", "ordered"),
        ("Roe called it “a leak”.", "called", "said"),
        ("Roe was asked if it leaks.", "was asked if", "asked"),
        ("Roe, in a nod to critics: it leaks.", "in a nod to critics", "said"),
        ("Roe said and feared it leaks.", "said and feared", "said"),
    ],
)
def test_the_first_verb_of_a_cue_gives_its_stance(text, cue, stance):
    assert read(text, cue) == (stance, False)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Roe did not say it leaks.", "did not say"),
        ("Roe did not say it leaks.", "say"),
        ("Roe declined to comment on the leak.", "declined to comment"),
        ("Roe declined, for now, to comment on the leak.", "declined, for now, to comment"),
        ("Roe refused to publicly say it leaks.", "say"),
        ("Roe has never said it leaks.", "said"),
        ("Roe has not yet confirmed it leaks.", "confirmed"),
        ("Roe has yet to confirm it leaks.", "confirm"),
        ("Roe didn’t want to say it leaks.", "say"),
        ("Roe had no comment on the leak.", "had no comment"),
        ("Roe was unable to say it leaks.", "say"),
        ("Roe stopped short of saying it leaks.", "saying"),
        ("Roe neither confirmed nor denied it leaks.", "neither confirmed nor denied"),
    ],
)
def test_negated_cues_are_negative(text, cue):
    assert read(text, cue)[1]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        (
            "At no time has the Ministry of Works and Rivers advised it leaks.",
            "the Ministry of Works and Rivers",
            "advised",
        ),
        ("Never did Mayor Roe say it leaks.", "Mayor Roe", "say"),
        ("Not once had she said it leaks.", "she", "said"),
    ],
)
def test_a_negation_may_precede_the_source(text, source, cue):
    assert read(text, cue, source)[1]


def test_a_negative_source_negates_the_cue():
    assert read("Nobody said it leaks.", "said", "Nobody") == ("said", True)
    assert read("No official confirmed it leaks.", "confirmed", "No official")[1]
    assert read("Nor did Roe say it leaks.", "say", "Roe")[1]
    assert read("No one was told it leaks.", "was told")[1]
    assert read("Neither Roe nor Poe had been told it leaks.", "had been told")[1]
    assert read("It is not true that Roe told me it leaks.", "told", "Roe")[1]
    assert not read("It is true that Roe told me it leaks.", "told", "Roe")[1]
    assert not read("No one came, but Roe was told it leaks.", "was told")[1]
    assert not read("Norton said it leaks.", "said", "Norton")[1]
    assert not read("No 10 said it leaks.", "said", "No 10")[1]
    assert not read("No. 10 said it leaks.", "said", "No. 10")[1]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Roe said without naming anyone it leaks.", "said without naming anyone"),
        ("Those who did not vote said it leaks.", "said"),
        ("Roe, who did not come, said it leaks.", "said"),
        ("Roe did not come. Poe said it leaks.", "said"),
        ("“I did not do it,” Roe said it leaks.", "said"),
    ],
)
def test_a_negation_of_another_verb_is_ignored(text, cue):
    assert read(text, cue) == ("said", False)


@given(st.sampled_from(sorted(CUES.stances.items())))
def test_every_listed_verb_gives_its_stance_and_can_be_negated(listed):
    verb, stance = listed
    assert read(f"They {verb} it leaks.", verb)[0] == stance
    assert read(f"They did not {verb} it leaks.", verb) == (stance, True)


def test_a_newsroom_can_change_the_stance_of_a_cue(tmp_path: Path):
    (tmp_path / "config").mkdir()
    own = "denied: [wave away]\nclaimed: [say]\nirregular: {say: said}\n"
    (tmp_path / "config" / "cues.yml").write_text(own)
    cues = config.load({"CLAIMDESK_DATA": str(tmp_path)}).cues
    stances = StanceLexicon(cues)
    assert read("Roe waved away a leak.", "waved away", stances=stances) == ("denied", False)
    assert read("Roe denied a leak.", "denied", stances=stances) == ("denied", False)
    text = "The lock leaks badly in winter, the mayor Jane Roe said on Monday."
    article = Article(id="a", origin="a", text=text, published_on=date(2026, 11, 25))
    (found,) = Extractor(threads=2, cues=cues).extract(article).attributions
    assert found.stance == "claimed"
