"""Turns of transcripts: the printed name is the source, and what follows it the content."""

from __future__ import annotations

import pytest

from bot.extract.paragraphs import paragraphs_of
from bot.extract.spans.transcripts import find_turns

Turns = list[tuple[str, str]]
FALK, ROE = ("Ida Falk", "The lower lock leaks."), ("Ola Roe", "It does not leak at all.")


def turns(text: str) -> Turns:
    return [
        (text[slice(*draft.source[0])], text[slice(*draft.content[0])])
        for draft in find_turns(text, paragraphs_of(text))
    ]


def transcript(*lines: tuple[str, str], between: str = "\n\n") -> str:
    return between.join(f"{who}: {said}" for who, said in lines)


CAPITALS = [("FALK", "The lower lock leaks."), ("ROE", "It does not."), ("FALK", "It does.")]
NUMBERED = [("SPEAKER 1", "It leaks."), ("SPEAKER 2", "It does not."), ("SPEAKER 1", "It does.")]
TITLED = [("MR. ROE", "It leaks."), ("THE PRESIDENT", "It does not."), ("MR. ROE", "It does.")]
TEXTS: dict[str, tuple[str, Turns]] = {
    "capitals": (transcript(*CAPITALS), CAPITALS),
    "no blank lines": (transcript(*CAPITALS, between="\n"), CAPITALS),
    "numbers": (transcript(*NUMBERED), NUMBERED),
    "titles": (transcript(*TITLED), TITLED),
    "roles": (
        "FALK (GREENS): It leaks.\n\nROE [via video]: It does not.\n\nFALK (GREENS): It does.",
        [("FALK", "It leaks."), ("ROE", "It does not."), ("FALK", "It does.")],
    ),
    "small letters": (transcript(FALK, ROE, FALK, ROE), [FALK, ROE, FALK, ROE]),
    "single names": (
        transcript(*[("Falk", "It leaks."), ("Solvane", "It does not.")] * 2),
        [("Falk", "It leaks."), ("Solvane", "It does not.")] * 2,
    ),
    "times": (f"[00:14:05] {transcript(FALK)}\n\n[00:14:09] {transcript(ROE)}", [FALK, ROE]),
    "one speaker with times": (
        "[00:14:05] FALK: It leaks\n\n[00:15:05] FALK: It does.",
        [("FALK", "It leaks"), ("FALK", "It does.")],
    ),
    "times in minutes": ("[14:05] FALK: It leaks.", [("FALK", "It leaks.")]),
    "times in round brackets": ("(0:14:05) FALK: It leaks.", [("FALK", "It leaks.")]),
    "bare times": ("00:14:05 FALK: It leaks.", [("FALK", "It leaks.")]),
    "times with a dash": ("00:14:05.120 - FALK: It leaks.", [("FALK", "It leaks.")]),
    "a time behind the name": (
        "FALK [00:14:05]: It leaks.\n\nROE [00:14:09]: No.\n\nFALK [00:15:01]: Yes, it does.",
        [("FALK", "It leaks."), ("ROE", "No."), ("FALK", "Yes, it does.")],
    ),
    "a quotation": (
        "[00:14:05] FALK: “It leaks,” he told me.",
        [("FALK", "“It leaks,” he told me.")],
    ),
    "a name with small words": (
        "[00:14:05] Ida van der Falk: It leaks.",
        [("Ida van der Falk", "It leaks.")],
    ),
    "other alphabets": ("[00:14:05] ФАЛЬК: Он протекает.", [("ФАЛЬК", "Он протекает.")]),
}
OTHERS = {
    "a word after a time": "[00:14:05] Look: it leaks.",
    "live captions": "[00:14:05] BREAKING NEWS: THE GATE LEAKS.",
    "a pronoun after a time": "[00:14:05] WE: it leaks.",
    "names in a list": transcript(FALK, ROE),
    "a few turns in an article": transcript(FALK, ROE, FALK, ROE)
    + "\n\nThe lower lock opened in 1950, before the war." * 6,
    "labels that return": transcript(*[("Pros", "It is light."), ("Best Price", "Ten.")] * 3),
    "labels": transcript(*[(f"Gate {letter}", "It leaks.") for letter in "ABCDEF"]),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_a_turn_is_what_a_speaker_says(text: str, expected: Turns) -> None:
    assert turns(text) == expected


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_colons_start_no_turn(text: str) -> None:
    assert turns(text) == []
