"""Transcripts with times: who speaks, from when on, and what."""

from __future__ import annotations

import pytest

from bot.ingest.formats import subtitles
from bot.ingest.refusal import Refusal


def srt(*captions: str, gap: int = 3) -> str:
    """Captions that last two seconds each."""
    return "\n\n".join(
        f"{number + 1}\n{_clock(number * gap)},000 --> {_clock(number * gap + 2)},500\n{caption}"
        for number, caption in enumerate(captions)
    )


def vtt(*captions: str, head: str = "WEBVTT") -> str:
    timed = (
        f"{_clock(number * 3)[3:]}.000 --> {_clock(number * 3 + 2)[3:]}.500 align:start\n{caption}"
        for number, caption in enumerate(captions)
    )
    return "\n\n".join([head, *timed])


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


ONE = "[00:00:00] FALK: The gate leaks."
TWO = "[00:00:03] ROE: It does not."
LONG = [
    f"It has leaked for {years} years, and nobody has done anything at all yet."
    for years in range(8)
]
FILES = {
    "names in capitals": (srt("FALK: The gate leaks.", "ROE: It does not."), f"{ONE}\n\n{TWO}"),
    "a turn of several captions": (
        srt("FALK: The gate", "leaks."),
        "[00:00:00] FALK: The gate leaks.",
    ),
    "a caption of two lines": (srt("FALK: The gate\nleaks."), ONE),
    "two speakers in a caption": (
        srt("- FALK: The gate leaks.\n- ROE: It does not."),
        f"{ONE}\n\n[00:00:00] ROE: It does not.",
    ),
    "unknown speakers": (
        srt("- Does it leak?\n- It does."),
        "[00:00:00] Does it leak?\n\n[00:00:00] It does.",
    ),
    "an unknown speaker after a name": (
        srt("FALK: Does it leak?", ">> It does."),
        "[00:00:00] FALK: Does it leak?\n\n[00:00:03] It does.",
    ),
    "an unknown speaker in another colour": (
        srt('<font color="#ffff00">FALK: Does it leak?</font>', "It does."),
        "[00:00:00] FALK: Does it leak?\n\n[00:00:03] It does.",
    ),
    "a speaker in one colour": (
        vtt("<c.yellow>FALK: The gate</c>", "<c.yellow>leaks.</c>"),
        ONE,
    ),
    "names in small letters": (
        srt("Ida Falk: The gate leaks.", "Ola Roe: It does not."),
        "[00:00:00] Ida Falk: The gate leaks.\n\n[00:00:03] Ola Roe: It does not.",
    ),
    "a single name twice": (
        srt("Falk: The gate leaks.", "Roe: It does not.", "Falk: It does."),
        "[00:00:00] Falk: The gate leaks.\n\n[00:00:03] Roe: It does not.\n\n"
        "[00:00:06] Falk: It does.",
    ),
    "words before a colon": (
        srt("FALK: I know one thing:\nit leaks."),
        "[00:00:00] FALK: I know one thing: it leaks.",
    ),
    "numbered speakers": (
        srt("SPEAKER 1: It leaks.", "SPEAKER 2: No."),
        "[00:00:00] SPEAKER 1: It leaks.\n\n[00:00:03] SPEAKER 2: No.",
    ),
    "marks of another speaker": (
        srt(">> FALK: The gate leaks.", ">> ROE: It does not."),
        f"{ONE}\n\n{TWO}",
    ),
    "all in capitals": (
        srt(">> FALK: IT LEAKS.", "BREAKING NEWS: IT LEAKS.", ">> ROE: NO."),
        "[00:00:00] FALK: IT LEAKS.\n\n[00:00:03] BREAKING NEWS: IT LEAKS.\n\n[00:00:06] ROE: NO.",
    ),
    "sounds": (srt("FALK: The gate leaks. [LAUGHTER]", "(applause)", "♪ music ♪"), ONE),
    "markup": (srt("{\\an8}<i>FALK: The <b>gate</b></i> leaks."), ONE),
    "rolling captions": (srt("FALK: The gate", "FALK: The gate\nleaks."), ONE),
    "no blank line between captions": (
        srt("FALK: The gate leaks.", "ROE: It does not.").replace("\n\n", "\n"),
        f"{ONE}\n\n{TWO}",
    ),
    "a long turn": (
        srt(f"FALK: {LONG[0]}", *LONG[1:]),
        f"[00:00:00] FALK: {' '.join(LONG[:7])}\n\n[00:00:21] FALK: {LONG[7]}",
    ),
    "WebVTT": (vtt("FALK: The gate leaks.", "ROE: It does not."), f"{ONE}\n\n{TWO}"),
    "voices": (
        vtt("<v Ida Falk>The gate leaks.</v>", "<v.loud Ola Roe>It does not."),
        "[00:00:00] Ida Falk: The gate leaks.\n\n[00:00:03] Ola Roe: It does not.",
    ),
    "notes and styles": (
        vtt("FALK: The gate leaks.", head="WEBVTT - Gate\n\nSTYLE\n::cue {}\n\nNOTE Draft")
        + "\n\nNOTE\nDone",
        ONE,
    ),
    "entities": (vtt("FALK: Roe &amp; Co\nleaks.&lrm;"), "[00:00:00] FALK: Roe & Co leaks."),
    "Zoom's names": (
        vtt("Ida Falk: The gate leaks.", "Ola Roe: It does not.", "Ola Roe: No."),
        "[00:00:00] Ida Falk: The gate leaks.\n\n[00:00:03] Ola Roe: It does not. No.",
    ),
    "Teams' identifiers": (
        vtt("<v Ida Falk>The gate leaks.</v>").replace("00:00", "12ab-4f4f/15-0\n00:00", 1),
        "[00:00:00] Ida Falk: The gate leaks.",
    ),
    "last names first": (
        vtt("<v Falk, Ida>The gate leaks.</v>"),
        "[00:00:00] Falk, Ida: The gate leaks.",
    ),
    "roles after names": (
        vtt("<v Ida Falk, mayor of Quay>The gate leaks.</v>", "<v Roe, MP>It does not.</v>"),
        "[00:00:00] Ida Falk, mayor of Quay: The gate leaks.\n\n[00:00:03] Roe, MP: It does not.",
    ),
    "words with times": (
        vtt("the<00:00.480><c> gate</c><00:00.640><c> leaks</c>", "the gate leaks\nand"),
        "[00:00:00] the gate leaks and",
    ),
    "a region": (
        vtt("<i>FALK:</i> The gate <00:00.900>leaks.", head="WEBVTT\n\nREGION\nid:fred"),
        ONE,
    ),
    "names in brackets": (
        srt("FALK: The gate leaks.", "[Ola Roe] It does not.", "[MAN]\nIt does.", "[LAUGHTER]"),
        "[00:00:00] FALK: The gate leaks.\n\n[00:00:03] It does not.\n\n[00:00:06] It does.",
    ),
    "a name that may be none": (
        srt(
            "FALK: The gate leaks.", "Anna van Dijk: It does not.", f"Next: {' '.join(LONG)}", "No."
        ),
        "[00:00:00] FALK: The gate leaks.\n\n[00:00:03] Anna van Dijk: It does not.\n\n"
        f"[00:00:06] Next: {' '.join(LONG)}\n\n[00:00:09] No.",
    ),
    "a number": (srt("FALK: It is at", "-5 degrees."), "[00:00:00] FALK: It is at -5 degrees."),
    "a year on a line": (
        srt("FALK: It leaked in\n1998", "again.") + "\n1999",
        "[00:00:00] FALK: It leaked in 1998 again. 1999",
    ),
    "two voices on a line": (
        vtt("<v Ida Falk>It leaks.</v> <v Ola Roe>No.</v>", "Who is right?"),
        "[00:00:00] Ida Falk: It leaks.\n\n[00:00:00] Ola Roe: No.\n\n[00:00:03] Who is right?",
    ),
    "the same words by two": (
        srt("- It leaks.\n- It leaks.", "- It does not."),
        "[00:00:00] It leaks.\n\n[00:00:00] It leaks.\n\n[00:00:03] It does not.",
    ),
    "no fractions of seconds": (
        "1\n0:00:01 --> 0:00:03\nFALK: The gate leaks.",
        "[00:00:01] FALK: The gate leaks.",
    ),
    "hours": (
        "WEBVTT\n\n1:00:14:05\n01:00:14.050 --> 01:00:15.000\nFALK: The gate leaks.",
        "[01:00:14] FALK: The gate leaks.",
    ),
}


@pytest.mark.parametrize(("source", "text"), FILES.values(), ids=FILES)
def test_a_transcript(source: str, text: str) -> None:
    (article,) = subtitles.read(source.encode())
    assert article.text == text
    (windows,) = subtitles.read(source.replace("\n", "\r\n").encode("utf-16"))
    assert windows.text == text


@pytest.mark.parametrize("source", [srt("a"), vtt("a"), f"\ufeff{srt('a')}", "WEBVTT"])
def test_a_transcript_is_recognised(source: str) -> None:
    assert subtitles.recognises(source.encode())


@pytest.mark.parametrize("source", ["1\nThe gate leaks.", "WEBVTTX", "00:14 --> 00:15", ""])
def test_other_texts_are_not_transcripts(source: str) -> None:
    assert not subtitles.recognises(source.encode())


@pytest.mark.parametrize(
    ("source", "cause"),
    [("The gate leaks.", "no line with a time"), (srt("[MUSIC]"), "nobody says anything")],
)
def test_what_cannot_be_read_says_why(source: str, cause: str) -> None:
    with pytest.raises(Refusal, match=cause):
        list(subtitles.read(source.encode()))
