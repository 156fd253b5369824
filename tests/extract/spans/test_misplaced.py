"""Speakers that the tagger labels as content, or misses."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Falk was told by the mayor that the lock leaks.", "the mayor", "the lock leaks"),
        ("The diver had been warned by Ida Falk that it was late.", "Ida Falk", "it was late"),
        ("The mayor was urged by doctors to close the lock.", "doctors", "to close the lock"),
        ("Omar Tallis was told by engineers that the lock leaks.", "engineers", "the lock leaks"),
        ("The crew was told that the lock leaks.", None, "the lock leaks"),
        ("Omar Tallis was told of the leak by a diver.", "a diver", "the leak"),
        ("Omar Tallis was told by email that the lock leaks.", None, "the lock leaks"),
        ("A fan, told that Ida Falk might go, wept.", None, "Ida Falk might go"),
        ("She was told that the lock leaks.", None, "the lock leaks"),
        ("Told that growth was slow, he smiled.", None, "growth was slow"),
        ("Omar Tallis told that story.", "Omar Tallis", "story"),
        ("Omar Tallis was warned that the lock leaks.", None, "the lock leaks"),
        ("Ida Falk was repeatedly assured that she would be paid.", None, "she would be paid"),
        ("“It leaks,” Ida Falk was told, “at night.”", None, "“It leaks,” … “at night.”"),
        ("Falk wasn’t informed that the lock leaks.", None, "the lock leaks"),
    ],
)
def test_a_passive_verb_s_subject_did_not_speak(read, text, speaker, content):
    assert read(text).claims == [(speaker, content)]


def test_whoever_is_only_spoken_to_is_no_claim(read):
    assert read("Minister denies ministry was warned").contents == ["ministry was warned"]


def test_the_agent_of_a_passive_verb_is_found_inside_a_content(read):
    found = read("Omar Tallis said she had been told by the mayor that the lock was sound.")
    assert found.claims[1] == ("the mayor", "the lock was sound")


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("The mayor disagreed. “We priced everything,” she said.", None, "“We priced everything,”"),
        ("Ida Falk confirmed the sale, denied the theft and left.", "Ida Falk", "the sale"),
        ("Ida Falk thanked the divers.", "Ida Falk", "the divers"),
        ("The mayor’s office denied that.", "the mayor’s office", "that"),
    ],
)
def test_whoever_stands_before_the_cue_speaks(read, text, speaker, content):
    assert (speaker, content) in read(text).claims
