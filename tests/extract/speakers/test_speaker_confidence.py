"""How sure a speaker is."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from bot.errors import ExtractionError
from bot.extract.extractor import Extractor
from bot.extract.speakers.speaker_confidence import Certainty, Evidence, SpeakerConfidence
from bot.extract.tagger.tagger import MODEL_FOLDER
from bot.model import Article, Attribution

SHIPPED = SpeakerConfidence.read(MODEL_FOLDER)


@pytest.mark.parametrize("evidence", get_args(Evidence))
def test_doubt_never_makes_a_speaker_surer(evidence):
    for worse, better in [
        ((0.2, 0.9), (0.9, 0.9)),
        ((0.9, 0.2), (0.9, 0.9)),
    ]:
        least, most = (SHIPPED.probability(evidence, *known) for known in (worse, better))
        assert 0 < least <= most < 1


def test_a_likelier_person_is_surer():
    probable = [SHIPPED.probability("scored", 0.9, likelihood) for likelihood in (0.5, 0.7, 0.9)]
    assert probable == sorted(set(probable))


def test_a_name_is_surer_than_a_pronoun():
    assert SHIPPED.probability("name", 0.9, 1.0) > SHIPPED.probability("scored", 0.9, 0.8)


@pytest.mark.parametrize("written", [None, "[]", json.dumps({"name": {"always": 1}})])
def test_a_damaged_file_is_named(tmp_path, written):
    if written is not None:
        (tmp_path / "speakers.json").write_text(written)
    with pytest.raises(ExtractionError, match=r"speakers\.json"):
        SpeakerConfidence.read(tmp_path)


def test_a_printed_name_is_sure(read):
    text = "Greta Lund said the lock leaks.\n\n“It will be mended in the spring,” Lund said."
    assert all(found.speaker_confidence > 0.9 for found in read(text).attributions)


# -- what stands

TEXT = """Coast radar failed for an hour

Corin Hallas, the transport minister, met Jon Lund and Mara Quill of Norlink.

Lund waved at Hallas. He said the radar had been out of order.
"""


def read(certainty: Certainty, text: str = TEXT) -> Attribution:
    found = Extractor(threads=1, certainty=certainty).extract(
        Article(origin="test", id="test", text=text)
    )
    return found.attributions[-1]


def test_a_sure_name_stands() -> None:
    found = read(Certainty(sure_from=0.0))
    assert (found.speaker, found.guess, found.source_kind) == ("Jon Lund", None, "named")


def test_a_less_sure_name_is_a_guess() -> None:
    found = read(Certainty(sure_from=1.0, probably_from=0.0))
    assert (found.speaker, found.guess, found.source_kind) == (None, "Jon Lund", "described")


def test_below_both_limits_only_the_printed_words_stand() -> None:
    found = read(Certainty(sure_from=1.0, probably_from=1.0))
    assert (found.speaker, found.guess, found.source_kind) == (None, None, "described")


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_printed_words_need_no_certainty(limit: float) -> None:
    found = read(Certainty(sure_from=limit), "Two dockers said the lock leaks.")
    assert (found.speaker, found.guess) == ("two dockers", None)


def test_a_description_is_the_speaker_where_nobody_is_sure() -> None:
    text = "Premier Ida Falk left.\n\nThe premier said the bridge was safe."
    found = read(Certainty(sure_from=1.0, probably_from=1.0), text)
    assert (found.speaker, found.source_kind) == ("the premier", "described")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norlink AB, which runs it, met Leif Aronsen. He left.\n\nThe company said no.", "no"),
        ("Leif Aronsen met Norlink AB, which runs the radar.\n\nThe company said no.", "no"),
        ("Norlink AB closed the radar. Norlink was sorry.\n\n“It is old,” he said.", "he"),
    ],
)
def test_no_person_stands_for_a_body_or_a_body_for_a_person(text: str, words: str) -> None:
    found = read(Certainty(sure_from=0.0), text)
    named = found.speaker or ""
    assert "Aronsen" not in named
    assert words != "he" or "Norlink" not in named
