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
    MAX_PASTED,
    message_query,
    sentence_query,
    sentences,
)
from bot.search.language.query import CLOSE_SHARE, SAME_SHARE, Query

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
def test_sentences_of_what_is_a_passage_by_its_form(text: str, cut: tuple[str, ...]) -> None:
    assert sentences(text) == cut


def test_what_nobody_types_is_a_passage_whatever_stands_in_it() -> None:
    text = "by:xi -euro " * MAX_QUERY_LENGTH
    assert sentences(text[: MAX_QUERY_LENGTH + 1])
    assert not sentences(text[:MAX_QUERY_LENGTH])


def test_a_text_without_stops_is_cut_all_the_same() -> None:
    cut = sentences(" ".join(f"w{n}" for n in range(250)))
    assert [len(one.split()) for one in cut] == [100, 100, 50]


def test_quotation_marks_in_a_passage_are_its_own() -> None:
    words = ("No", "limits", "he", "said")
    assert sentence_query("“No limits,” he said. He said") == Query(
        words=words, min_share=SAME_SHARE
    )


def test_a_sentence_reads_the_same_when_it_is_printed() -> None:
    sentence = sentence_query("She is from Salem, OR, or from Dallas, TX")
    read = parse(str(sentence), date(2026, 11, 25))
    assert read == replace(sentence, min_share=CLOSE_SHARE)


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


def test_what_is_longer_than_a_message_stays_a_passage() -> None:
    text = "The port is closed. " + " ".join(f"w{n}" for n in range(MAX_MESSAGE_WORDS))
    assert message_query(text) == text
    assert sentences(message_query(text))


def test_a_message_without_words_is_refused() -> None:
    with pytest.raises(QueryError, match="Type at least one word"):
        message_query("https://news.example/a :smile: -")


def test_a_passage_that_is_too_long_is_refused_with_its_place() -> None:
    with pytest.raises(QueryError, match="40,001 characters") as caught:
        sentences("a " * 20_000 + "a")
    assert caught.value.position == MAX_PASTED


def test_marks_within_marks_are_refused_before_they_cost_seconds() -> None:
    with pytest.raises(QueryError, match="special characters") as caught:
        sentences("x" + "<" * 4_000 + "@U012AB>" * 4_000)
    assert caught.value.position == 4_000 + 1 - 9


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_every_word_of_a_passage_is_in_one_of_its_sentences(text: str) -> None:
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
