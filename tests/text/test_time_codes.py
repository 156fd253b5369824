"""Times at the start of a line."""

from __future__ import annotations

import pytest

from bot.text.time_codes import is_timed, skip_time_code, time_code_of


@pytest.mark.parametrize(
    ("line", "time", "words"),
    [
        ("[00:14:05] FALK: It leaks.", "00:14:05", "FALK: It leaks."),
        ("(14:05) It leaks.", "14:05", "It leaks."),
        ("00:14:05,120 It leaks.", "00:14:05,120", "It leaks."),
        ("[00:14:05] - It leaks.", "00:14:05", "It leaks."),
        ("14:05 It leaks.", None, "14:05 It leaks."),
        ("It leaked at 00:14:05.", None, "It leaked at 00:14:05."),
        ("[12] It leaks.", None, "[12] It leaks."),
    ],
)
def test_the_time_of_a_line(line: str, time: str | None, words: str) -> None:
    text = f"Before.\n{line}\nAfter."
    start = skip_time_code(text, 8, 8 + len(line))
    assert text[start : 8 + len(line)] == words
    assert time_code_of(text, text.index("leak")) == time
    assert is_timed(text, start) == (time is not None)
    assert time_code_of(text, len(text) - 3) is None
