"""Who says what in a headline."""

from __future__ import annotations

import pytest

STORY = "\n\nThe boat lay on the quay for a week. It was raining."


@pytest.mark.parametrize(
    ("headline", "claim"),
    [
        ("Man stole same canoe three times, deputies say", "Man stole same canoe three times"),
        ("Divers say lock leaks; council sends boat", "lock leaks"),
        ("Harbour closed for a week; mayor urges residents to stay home", "residents to stay home"),
        ("Tallis: ‘I sold the boat and would do it again’", "‘I sold the boat"),
    ],
)
def test_a_headline_reports_speech(read, headline, claim):
    found = read(headline + STORY).one(claim)
    assert (found.act, bool(found.speaker)) == ("speech", True)


def test_a_second_headline_is_no_part_of_the_first(read):
    found = read("Divers say lock leaks; council sends boat" + STORY)
    assert found.contents == ["lock leaks"]


def test_a_headline_s_speaker_may_come_last(read):
    headline = read("Man stole same canoe three times, deputies say" + STORY).one("Man stole")
    assert (headline.speaker, headline.act) == ("deputies", "speech")


@pytest.mark.parametrize(
    "headline",
    [
        "Lower harbour told to leave as river rises",
        "Divers vote to strike over ropes",
        "The old lock at the end of the road",
    ],
)
def test_headlines_that_name_no_speaker_report_nothing(read, headline):
    assert read(headline + STORY).attributions == ()


def test_later_headings_report_nothing(read):
    assert read(f"The lock{STORY}\n\nDivers say lock leaks{STORY}").attributions == ()
