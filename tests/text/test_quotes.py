"""Quotations in double and single marks; apostrophes are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.quotes import quotations


@pytest.mark.parametrize(
    ("paragraph", "quoted"),
    [
        ("‘I fined him for our nan’s eightieth.’", ["‘I fined him for our nan’s eightieth.’"]),
        ("‘Dec’s right,’ he said. ‘I’d be angry.’", ["‘Dec’s right,’", "‘I’d be angry.’"]),
        ("The workers’ union said ‘we won’t go’ on Monday.", ["‘we won’t go’"]),
        ("‘We saw the boys’ boat,’ he said.", ["‘We saw the boys’ boat,’"]),
        ("the ‘Save our buses’ campaign", ["‘Save our buses’"]),
        ("'I don't write songs,' she said.", ["'I don't write songs,'"]),
        ("In the '90s the rock 'n' roll of the workers' union", []),
        ("dogs' and cats' homes", []),
        ("He said “it’s ‘fine’ by me” and left", ["“it’s ‘fine’ by me”"]),
        ("‘She wrote to us in May", ["‘She wrote to us in May"]),
        ("He called it ‘a start and left", []),
    ],
)
def test_single_marks_quote_and_apostrophes_do_not(paragraph: str, quoted: list[str]) -> None:
    assert [paragraph[start:end] for start, end in quotations(paragraph)] == quoted


@given(st.text("ab s‘’'\"“”.,", max_size=40))
def test_quotations_are_in_order_and_apart(paragraph: str) -> None:
    spans = quotations(paragraph)
    ends = [position for span in spans for position in span]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)
