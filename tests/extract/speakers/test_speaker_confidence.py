"""How sure a speaker is."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from bot.errors import ExtractionError
from bot.extract.speakers.speaker_confidence import Evidence, SpeakerConfidence
from bot.extract.tagger.tagger import MODEL_FOLDER

SHIPPED = SpeakerConfidence.read(MODEL_FOLDER)


@pytest.mark.parametrize("evidence", get_args(Evidence))
def test_doubt_never_makes_a_speaker_surer(evidence):
    for worse, better in [
        ((0.2, 0.9, 0), (0.9, 0.9, 0)),
        ((0.9, 0.2, 0), (0.9, 0.9, 0)),
        ((0.9, 0.9, 3), (0.9, 0.9, 0)),
    ]:
        least, most = (SHIPPED.probability(evidence, *known) for known in (worse, better))
        assert 0 < least <= most < 1


def test_a_likelier_person_is_surer():
    probable = [SHIPPED.probability("scored", 0.9, likelihood, 0) for likelihood in (0.5, 0.7, 0.9)]
    assert probable == sorted(set(probable))


def test_a_name_is_surer_than_a_pronoun():
    assert SHIPPED.probability("name", 0.9, 1.0, 0) > SHIPPED.probability("scored", 0.9, 0.8, 0)


@pytest.mark.parametrize("written", [None, "[]", json.dumps({"name": {"always": 1}})])
def test_a_damaged_file_is_named(tmp_path, written):
    if written is not None:
        (tmp_path / "speakers.json").write_text(written)
    with pytest.raises(ExtractionError, match=r"speakers\.json"):
        SpeakerConfidence.read(tmp_path)


def test_a_printed_name_is_sure(read):
    text = "Greta Lund said the lock leaks.\n\n“It will be mended in the spring,” Lund said."
    assert all(found.speaker_confidence > 0.9 for found in read(text).attributions)
