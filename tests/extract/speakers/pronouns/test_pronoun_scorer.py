"""Whom "he" and "she" refer to."""

from __future__ import annotations

import numpy as np
import pytest

from bot.errors import ExtractionError
from bot.extract.paragraphs import paragraphs_of
from bot.extract.speakers.mentions import Mentions
from bot.extract.speakers.names import Names
from bot.extract.speakers.pronouns.pronoun_features import PronounContext, Spoken
from bot.extract.speakers.pronouns.pronoun_scorer import PronounScorer, PronounWeights
from bot.extract.tagger.tagger import States


def mentions_of(text):
    return [mention.person for mention in Mentions(text, paragraphs_of(text), Names(text)).all]


@pytest.mark.parametrize(
    "place",
    [
        "In Norton it rained.",
        "It rained on the Selby River.",
        "It rained in Washington Heights.",
        "They met at Norton, Ohio, by day.",
        "It was on Easter Monday that it rained.",
        "On March 3 the rain ended in Manitoba.",
        "Ontario was wet.",
        "The Norton Gazette was wet.",
        "Key Democratic seats were lost.",
        "We’re wet, and I’ve had enough.",
    ],
)
def test_places_days_outlets_are_nobody(place):
    assert mentions_of(f"{place} Then Ida Falk left.") == ["Ida Falk"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Theresa May left.", "Theresa May"),
        ("The Revd Ida Falk left.", "Ida Falk"),
        ("Forecaster Ida Falk left.", "Ida Falk"),
        ("Anneke de Vries left.", "Anneke de Vries"),
    ],
)
def test_a_mention_is_the_whole_name(text, person):
    assert mentions_of(text) == [person]


@pytest.mark.parametrize("pronoun", ["He", "She"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_given_name_shows_the_gender(read, pronoun, order):
    pair = " met ".join(["Bruno Falk", "Greta Lund"][::order])
    found = read(f"{pair} in May. {pronoun} said the lock leaks.").one("the lock leaks")
    assert found.speaker == {"He": "Bruno Falk", "She": "Greta Lund"}[pronoun]


def test_a_title_outweighs_the_only_full_name(read):
    text = "Greta Lund left. Mr Lund had left before. He said the lock leaks."
    assert read(text).one("the lock leaks").speaker != "Greta Lund"


def test_a_pronoun_without_candidates_stays(read):
    found = read("It rained in Norton. She said the lock leaks.").one("the lock leaks")
    assert (found.speaker, found.unsure) == (None, True)


def test_a_doubtful_pronoun_is_less_certain_than_a_clear_one(read):
    clear = read("Greta Lund left early. She said the lock leaks.").one("the lock leaks")
    doubtful = read(
        "Greta Lund saw Ida Falk with Ana Roe, after Eva Moe had left with Lisa Orr. She said the"
        " lock leaks."
    ).one("the lock leaks")
    assert clear.speaker_confidence > doubtful.speaker_confidence


@pytest.fixture
def context():
    text = "Alex Lund met Robin Roe. The lock was old. He said it leaks."
    return PronounContext(text, Names(text), Mentions(text, paragraphs_of(text), Names(text)))


def test_candidates_come_nearest_first(context):
    candidates = context.candidates(context.text.index("He said"), "he")
    assert [candidate.mention.person for candidate in candidates] == ["Robin Roe", "Alex Lund"]


def test_who_spoke_last_is_a_feature(context):
    start = context.text.index("He said")
    _, lund = context.candidates(start, "he", [Spoken(0, "Alex Lund")])
    assert "speaker 0" in lund.features


def weights_for(**features):
    names = [*features, "always"]
    return PronounWeights(
        np.array(names),
        np.array([*features.values(), 0.0], np.float32),
        np.zeros(len(names), np.float32),
        *(np.zeros(size, np.float32) for size in (2, (2, 1), 1, (2, 1), 1)),
    )


def test_the_network_is_asked_only_in_doubt(context):
    asked = []

    def read_states(parts, position):
        asked.append(position)
        return States([], np.zeros((0, 2)))

    start = context.text.index("He said")
    candidates = context.candidates(start, "he")
    for weight in (9.0, 0.0):
        scorer = PronounScorer(weights_for(**{"other subject": weight}), read_states)
        people = scorer.probabilities(candidates, (start, start + 2), [])
    assert sum(people.values()) < 1  # it may be nobody named
    assert asked == [start]


def test_missing_weights_are_reported(tmp_path):
    with pytest.raises(ExtractionError, match=r"pronouns\.npz: it is missing or damaged"):
        PronounWeights.read(tmp_path)


def test_written_weights_are_read_back(tmp_path):
    weights = weights_for(near=1.5)
    weights.write(tmp_path / "pronouns.npz")
    back = PronounWeights.read(tmp_path)
    assert (back.features.tolist(), back.quick.tolist()) == (["near", "always"], [1.5, 0.0])
