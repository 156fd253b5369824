"""Quotation marks, sentences and passages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.lexicon import inflections
from bot.extract.passages import is_furniture, passages
from bot.extract.quotes import quotations, quoted
from bot.extract.sentences import sentences

MARKED = st.text(st.sampled_from("ab .?!…\n“”\"'«»„()U.S"), max_size=60)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “no” and left", ["“no”"]),
        ('He said "no" and "yes"', ['"no"', '"yes"']),
        ("He said ''no'' twice", ["''no''"]),
        ("„Nein“, he said", ["„Nein“"]),
        ("“He said ‘no’ to me”", ["“He said ‘no’ to me”"]),
        ('“He called it "mad" twice” and left', ['“He called it "mad" twice”']),
        ("He said “no and left", ["“no and left"]),
        ("no” he said", []),
    ],
)
def test_quotations(text, inside):
    assert [text[start:end] for start, end in quotations(text)] == inside


@given(MARKED)
def test_quotations_are_in_order_and_agree_with_the_mask(text):
    found = quotations(text)
    assert found == sorted(found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    assert sum(quoted(text)) == sum(end - start for start, end in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Falk met Dr. Roe at 5 p.m. on Jan. 5.", 1),
        ("He moved to the U.S. in May. She did not.", 2),
        ("He moved to the U.S. The move failed.", 2),
        ("Prices rose 3.5 percent. Wages fell.", 2),
        ("“We lost. We know.” He left.", 2),
        ("“We lost”.. He left.", 2),
        ("Is it safe? It is!", 2),
    ],
)
def test_sentences(text, count):
    assert len(sentences(text)) == count


@given(MARKED)
def test_sentences_cover_all_words_once(text):
    found = sentences(text.strip())
    assert found == sorted(found)
    outside = list(text.strip())
    for start, end in found:
        outside[start:end] = " " * (end - start)
    assert not "".join(outside).strip()


@given(st.text(max_size=300))
def test_passages_cover_all_text_once(text):
    outside = list(text)
    last = 0
    for passage in passages(text):
        assert last <= passage.start < passage.end
        last = passage.end
        outside[passage.start : passage.end] = " " * (passage.end - passage.start)
    assert not "".join(outside).strip()


@pytest.mark.parametrize(
    "line",
    [
        "Sign up to receive our latest news!",
        "By submitting this form, I agree to the terms.",
        "Subscribe to our newsletter",
        "This site uses cookies.",
        "Share this article",
        "Read more: ten lakes to see",
        "Advertisement",
        "Photo: Norton Echo",
        "Copyright 2031 Norton Echo",
    ],
)
def test_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Signs of life were found on Monday.",
        "By signing the treaty, the two sides agreed to talk.",
        "Subscribers said they would leave.",
        "Shares fell by 3 percent.",
        "Read more than twice, the letter still puzzles its owner.",
        "Copyright law was changed in May.",
        "More stories of the flood emerged on Friday.",
        "Photographers said the light was poor.",
    ],
)
def test_news_is_no_furniture(sentence):
    assert not is_furniture(sentence)


def test_inflections():
    assert inflections("deny") == {"deny", "denies", "denied", "denying"}
    assert inflections("announce") == {"announce", "announces", "announced", "announcing"}
    assert inflections("stress") == {"stress", "stresses", "stressed", "stressing"}
