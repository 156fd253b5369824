"""Attributions inside contents: other speakers' words and the speaker's own thoughts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "speaker", "stance", "content"),
    [
        (
            "“I think the lock leaks,” Omar Tallis said.",
            "Omar Tallis",
            "believes",
            "the lock leaks",
        ),
        (
            "“We suspect that the dam has moved,” the engineers said.",
            "the engineers",
            "believes",
            "the dam has moved",
        ),
        (
            "Omar Tallis said he believes the lock leaks.",
            "Omar Tallis",
            "believes",
            "the lock leaks",
        ),
        (
            "“The lock leaks,” said Ida Falk, a diver. “We told the ministry that it would fail.”",
            "Ida Falk",
            "said",
            "it would fail",
        ),
    ],
)
def test_first_person_thoughts_have_no_relay(read, text, speaker, stance, content):
    outer, inner = read(text).attributions
    assert (inner.inside, inner.via) == (outer.id, ())
    assert (outer.speaker, inner.speaker, inner.stance) == (speaker, speaker, stance)
    start, end = inner.content[0]
    assert text[start:end].removeprefix("that ") == content


@pytest.mark.parametrize(
    ("text", "outer", "inner", "content"),
    [
        (
            "“Falk told me that the lock leaks,” Omar Tallis said.",
            "Omar Tallis",
            "Falk",
            "the lock leaks",
        ),
        (
            "Omar Tallis said: “The mayor always warned that the dam would move.”",
            "Omar Tallis",
            "the mayor",
            "the dam would move",
        ),
        ("According to the Echo, Falk said the lock leaks.", "the Echo", "Falk", "the lock leaks"),
    ],
)
def test_the_outer_speaker_relays_other_speakers(read, text, outer, inner, content):
    found = read(text)
    assert found.claims[1] == (inner, content)
    assert found.attributions[1].via == (outer,)
    assert found.attributions[1].inside == found.attributions[0].id


def test_i_is_resolved_across_paragraphs_of_a_quotation(read):
    found = read("“The lock leaks,” said Ida Falk.\n\n“I believe that it will fail in May.”")
    assert found.claims[2] == ("Ida Falk", "it will fail in May")


def test_i_is_unsure_if_the_outer_speaker_is(read):
    outer, inner = read("“I think the lock leaks,” he said.").attributions
    assert (outer.unsure, inner.unsure) == (True, True)


@pytest.mark.parametrize(
    "text",
    [
        "“You say the same every year,” Ida Falk said.",
        "“I know the game better than the mayor,” Ida Falk said.",
        "“Do I think we will reopen? Ask the divers,” Ida Falk said.",
        "“The lock, which says something about the town, is shut,” Ida Falk said.",
    ],
)
def test_some_contents_have_no_nested_attribution(read, text):
    assert [found.inside for found in read(text).attributions] == [None]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Omar Tallis said the diver had asked for a longer rope.", "the diver", "longer rope"),
        ("“He asked for a rope and left,” Omar Tallis said.", "None", "rope"),
        ("A court heard that a diver who sold rope told buyers it was new.", "a diver", "it was"),
        ("Omar Tallis said Ida Falk denied any blame.", "Ida Falk", "any blame"),
        ("“Falk swears she closed the gate,” Omar Tallis said.", "Falk", "closed the gate"),
    ],
)
def test_short_requests_and_denials_are_nested(read, text, speaker, content):
    found = read(text)
    assert [content in found.content(a) for a in found.attributions if a.inside] == [True]
    inner = next(a for a in found.attributions if a.inside)
    assert str(inner.speaker).startswith(speaker)
    assert inner.act == "speech"


def test_who_told_the_outer_speaker_is_unknown(read):
    found = read("“I was told to keep the gate shut,” Ida Falk said.")
    inner = found.one("to keep the gate shut")
    assert (inner.speaker, inner.act, bool(inner.inside)) == (None, "speech", True)


def test_the_subject_may_stand_before_the_outer_cue(read):
    inner = read("Her doctor, Ida Falk says, has told her to stop diving.").one("to stop diving")
    assert (inner.speaker, inner.via) == ("her doctor", ("Ida Falk",))


def test_whoever_was_never_told_did_not_say_it(read):
    found = read("Ida Falk was never told that the lock leaked, her lawyer said.")
    inner = found.one("the lock leaked")
    assert (inner.speaker, inner.negative, inner.via) == (None, True, ("her lawyer",))


def test_a_quotation_after_according_to_is_the_inner_speakers(read):
    text = "“The lock broke,” Ida Falk told us, according to the minutes. “Then I ran.”"
    outer, inner = read(text).attributions
    assert [text[start:end] for start, end in inner.content] == [
        "“The lock broke,”",
        "“Then I ran.”",
    ]
    assert (inner.speaker, inner.inside, len(outer.content)) == ("Ida Falk", outer.id, 1)
