from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.search.language.parsing import MAX_QUERY_LENGTH, parse
from bot.search.language.pasted_text import (
    MAX_MESSAGE_WORDS,
    MAX_PASTED_LENGTH,
    message_query,
    sentence_query,
    sentences,
)
from bot.search.language.query import ROUGH_SHARE, SAME_SHARE, Query

PIECES = [
    *("The port is closed", "until Monday", ". ", "! ", "? ", "\n\n", " ", "Mr", "U.S.", "“", "”"),
    *("A", "by:xi", "-euro", "OR", "=", "Source: Reuters", "&lt;", "。", "é", "12", "'s", "…"),
]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("yuan ruble", ()),
        ("yuan. ruble. oil", ()),
        ('the port "is closed" by:xi. It will stay closed for days to come', ()),
        ("the port is closed now. It will stay closed -monday for days", ()),
        ("the port is closed OR open. It will stay closed for days", ()),
        ("=the port is closed now. It will stay closed for days", ()),
        ("the port is closed now. It will stay closed for days.",
         ("the port is closed now.", "It will stay closed for days.")),
        ("“The port is closed now!” It will stay closed for days",
         ("“The port is closed now!”", "It will stay closed for days")),
        ("No. The port is closed. No. It will stay closed for days",
         ("No. The port is closed.", "No. It will stay closed for days")),
        ("He met with Mr. Xi in the U.S. Embassy and J. Smith. They spoke for an hour.",
         ("He met with Mr. Xi in the U.S. Embassy and J. Smith.", "They spoke for an hour.")),
        ("Source: Reuters, by: a reporter\n\nThe port is closed",
         ("Source: Reuters, by: a reporter", "The port is closed")),
        ("a b c d e f g h i j k l m", ("a b c d e f g h i j k l m",)),
        ("a b c d e f g h i j k l", ()),
        ("the port of a city, the wall of a port and the city of a wall", ()),
        ("Source:https://x.org/a The port is closed. It will stay closed for days",
         ("Source:https://x.org/a The port is closed.", "It will stay closed for days")),
        ("-The port is closed.\n-Dockers are paid for it.",
         ("The port is closed.", "Dockers are paid for it.")),
        ("−The port is closed now\n  − Dockers are paid for it",
         ("The port is closed now", "Dockers are paid for it")),
        ("A woman from Salem, OR said it was hers. It will stay closed for days",
         ("A woman from Salem, OR said it was hers.", "It will stay closed for days")),
        ("It was -5 in the port. It will stay closed for days",
         ("It was -5 in the port.", "It will stay closed for days")),
    ],
)  # fmt: skip
def test_pasted_text_is_split_into_sentences(text: str, cut: tuple[str, ...]) -> None:
    assert sentences(text) == cut


def test_a_text_too_long_to_type_is_pasted() -> None:
    text = "by:xi -euro " * MAX_QUERY_LENGTH
    assert sentences(text[: MAX_QUERY_LENGTH + 1])
    assert not sentences(text[:MAX_QUERY_LENGTH])


def test_a_text_without_full_stops_is_cut() -> None:
    cut = sentences(" ".join(f"w{n}" for n in range(250)))
    assert [len(one.split()) for one in cut] == [100, 100, 50]


def test_quotation_marks_in_pasted_text_mean_nothing() -> None:
    words = ("No", "limits", "he", "said")
    assert sentence_query("“No limits,” he said. He said") == Query(
        words=words, min_share=SAME_SHARE
    )


def test_a_sentence_query_parses_to_itself() -> None:
    sentence = sentence_query("She is from Salem, OR, or from Dallas, TX")
    read = parse(str(sentence), date(2026, 11, 25))
    assert read == replace(sentence, min_share=ROUGH_SHARE)


@pytest.mark.parametrize(
    ("message", "query"),
    [
        ("didn't Bell say they were paid twice? -no", "~didn't Bell say they were paid twice no"),
        ("by:bell, in: the “Post” OR not", "~by bell in the Post or not"),
        (
            "Bell: “we were paid in gold” he “said”",
            '~Bell we were paid in gold he said "we were paid in gold"',
        ),
        ("=gas https://news.example/in:gas www.post.example", "~gas"),
    ],
)
def test_nothing_in_a_message_is_an_operator(message: str, query: str) -> None:
    assert message_query(message) == query
    assert str(parse(query, date(2026, 11, 25))) == query


def test_a_text_too_long_for_a_message_stays_pasted() -> None:
    text = "The port is closed. " + " ".join(f"w{n}" for n in range(MAX_MESSAGE_WORDS))
    assert message_query(text) == text
    assert sentences(message_query(text))


def test_a_message_without_words_is_refused() -> None:
    with pytest.raises(QueryError, match="Type at least one word"):
        message_query("https://news.example/a :smile: -")


def test_pasted_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(QueryError, match="40,001 characters") as caught:
        sentences("a " * 20_000 + "a")
    assert caught.value.position == MAX_PASTED_LENGTH


def test_deeply_nested_markup_is_refused_fast() -> None:
    with pytest.raises(QueryError, match="special characters") as caught:
        sentences("x" + "<" * 4_000 + "@U012AB>" * 4_000)
    assert caught.value.position == 4_000 + 1 - 9


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_sentences_have_all_words_of_the_text(text: str) -> None:
    cut = sentences(text)
    if cut:
        asked = {word for sentence in cut for word in sentence_query(sentence).words}
        whole = set(sentence_query(" ".join(cut)).words)
        assert {word.casefold() for word in whole} <= {word.casefold() for word in asked}
    else:
        try:
            parse(text, date(2026, 11, 25))
        except QueryError as error:
            assert error.remedy
