"""How sure a speaker is."""

from __future__ import annotations

import json

import pytest

from bot.errors import ExtractionError
from bot.extract.speakers.speaker_confidence import FORMS, SpeakerConfidence
from bot.extract.tagger.tagger import MODEL_FOLDER

SHIPPED = SpeakerConfidence.read(MODEL_FOLDER)


@pytest.mark.parametrize("form", FORMS)
def test_a_speaker_confidence_is_a_probability(form):
    for confidence in (0.0, 0.5, 1.0):
        for likelihood in (0.0, 0.5, 1.0):
            assert 0 <= SHIPPED.probability(form, confidence, likelihood) <= 1


def test_a_likelier_person_is_surer():
    probable = [SHIPPED.probability("pronoun", 0.9, likelihood) for likelihood in (0.5, 0.7, 0.9)]
    assert probable == sorted(set(probable))


def test_a_name_is_surer_than_a_pronoun():
    assert SHIPPED.probability("name", 0.9, 1.0) > SHIPPED.probability("pronoun", 0.9, 0.8)


@pytest.mark.parametrize("written", [None, "[]", json.dumps({"name": {"always": 1}})])
def test_a_damaged_file_is_named(tmp_path, written):
    if written is not None:
        (tmp_path / "speakers.json").write_text(written)
    with pytest.raises(ExtractionError, match=r"speakers\.json"):
        SpeakerConfidence.read(tmp_path)


def test_a_printed_name_is_sure(read):
    text = "Greta Lund said the lock leaks.\n\n“It will be mended in the spring,” Lund said."
    assert all(found.speaker_confidence > 0.9 for found in read(text).attributions)
