"""Edges of cues and contents."""

from __future__ import annotations

import pytest

from bot.model import pieces


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Ida Falk told the board that the lock leaked; a diver looked at it on Friday.",
            "the lock leaked",
        ),
        (
            "Ida Falk said that the lock leaked; that it would fail; and that nobody cared.",
            "the lock leaked; that it would fail; and that nobody cared",
        ),
        ("Ida Falk said “the lock leaks; the dam does not”.", "“the lock leaks; the dam does not”"),
    ],
)
def test_a_semicolon_ends_what_somebody_said_unless_it_goes_on(read, text, content):
    assert read(text).claims == [("Ida Falk", content)]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ida Falk wrote on her blog that the lock leaks.", "wrote"),
        ("Ida Falk posted on his account that the lock leaks.", "posted"),
        ("Ida Falk said in an email to divers that the lock leaks.", "said"),
        ("“The lock leaks,” Ida Falk wrote in her diary.", "wrote"),
    ],
)
def test_a_cue_ends_before_where_it_was_said(read, text, cue):
    (found,) = read(text).attributions
    assert pieces(text, found.cue) == cue


@pytest.mark.parametrize(
    ("text", "thought", "quotation"),
    [
        (
            "Ida Falk worries the lock will leak: “It drowned my hens.”",
            "the lock will leak",
            "“It drowned my hens.”",
        ),
        ("Ida Falk denies it: “I was at home.”", "it", "“I was at home.”"),
        ("Ida Falk feared the lock. “It drowns hens.”", "the lock", "“It drowns hens.”"),
    ],
)
def test_a_quotation_after_a_thought_or_a_denial_was_said(read, text, thought, quotation):
    found = read(text)
    assert found.claims == [("Ida Falk", thought), ("Ida Falk", quotation)]
    assert (found.attributions[1].act, found.attributions[1].stance) == ("speech", "said")


def test_an_answer_is_no_part_of_its_question(read):
    found = read("Ida Falk asked whether the lock was shut. “Not before Friday.”")
    assert found.claims == [("Ida Falk", "whether the lock was shut")]
