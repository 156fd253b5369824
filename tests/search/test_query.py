from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.search.dates import days
from bot.search.query import LONGEST_QUERY, Query, parse

TODAY = date(2026, 11, 25)  # a Wednesday

FRAGMENTS = [
    *("by:", "in:", "after:", "before:", "speaker:", "2022", "yesterday", "last week", "yuan"),
    *('"', "“", "”", "«", " ", "-", "--", "(", ":", "_", ".", "'s", "U.S.", "a", "by", "\u200b"),
    *("&amp;", "&lt;", "lt;", "amp;", "&", "№", "ﾞ", "½", "İ", "ß", "<!channel>", "\n"),
]
TYPED = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))


@given(TYPED)
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        query = parse(text, TODAY)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert error.remedy
    else:
        assert parse(str(query), TODAY) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("yuan, ruble", Query(words=("yuan", "ruble"))),
        ("yuan Yuan YÜAN", Query(words=("yuan",))),
        ('"no  limits" x', Query(words=("x",), phrases=("no limits",))),
        ("“no limits”", Query(phrases=("no limits",))),
        ('yuan "no limits', Query(words=("yuan",), phrases=("no limits",))),
        ('yuan -euro -"gas deal"', Query(words=("yuan",), not_words=("euro",),
                                         not_phrases=("gas deal",))),
        ("long-term -- x", Query(words=("long-term", "x"))),
        ("yuan - ruble", Query(words=("yuan", "ruble"))),
        ("by:xi SPEAKER:sun source:wsj", Query(by=("xi", "sun", "wsj"))),
        ('by:"Sun Yun" by: putin', Query(by=("Sun Yun", "putin"))),
        ("by:“Sun Yun”", Query(by=("Sun Yun",))),
        ("in:wsj in:WSJ", Query(outlets=("wsj",))),
        ("10:30 http://x.y foo:bar", Query(words=("10:30", "http://x.y", "foo:bar"))),
        ("<!channel> yuan", Query(words=("channel", "yuan"))),
        ("&lt;!here&gt; AT&amp;T", Query(words=("here", "AT&T"))),
        ("AT&amp;amp;T", Query(words=("AT&T",))),
        ("after:2022-12-14", Query(after=date(2022, 12, 14))),
        ("after:2022-02 before:2022-02", Query(after=date(2022, 2, 1), before=date(2022, 2, 28))),
        ("after:2021 before:2022", Query(after=date(2021, 1, 1), before=date(2022, 12, 31))),
        ('after:"last week" before:yesterday', Query(after=date(2026, 11, 16),
                                                     before=date(2026, 11, 24))),
        ("after:2021 after:2022", Query(after=date(2022, 1, 1))),
        ("before:14 dec 2022 yuan", Query(words=("yuan",), before=date(2022, 12, 14))),
        ("yuan after:last week", Query(words=("yuan",), after=date(2026, 11, 16))),
        ("after: may 2022 ruble", Query(words=("ruble",), after=date(2022, 5, 1))),
        ("after:2022 2023", Query(words=("2023",), after=date(2022, 1, 1))),
    ],
)  # fmt: skip
def test_reads(text: str, query: Query) -> None:
    assert parse(text, TODAY) == query


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 0, "nothing"),
        (" ::: ", 5, "holds no words"),
        ("-euro", 5, "only leaves out"),
        ("yuan by:", 5, "I can't read by:"),
        ('yuan in:""', 5, 'in:""'),
        ("yuan by: in:wsj", 5, "A name must follow"),
        ("after: before:2022", 0, "I can't read after:"),
        ("yuan -by:xi", 5, "A minus leaves out words"),
        ("yuan after:never", 5, "after:never"),
        ("after:2022-02-31", 0, "after:2022-02-31"),
        ("after:2023 before:2022", 22, "No day is both"),
        ('yuan "' + "a " * 101 + '"', 5, "more than 100 words"),
        ("x" * (LONGEST_QUERY + 1), LONGEST_QUERY, "40,001 characters"),
        ('"a b" ' + " ".join(f"-w{n}" for n in range(50)), 245, "more than 50"),
    ],
)
def test_refuses(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text, TODAY)
    assert caught.value.position == position


def test_a_date_is_refused_in_the_bots_own_words() -> None:
    with pytest.raises(QueryError) as caught:
        parse("after:never", TODAY)
    assert str(caught.value) == (
        'I can\'t read after:never. A date looks like 2022-12-14, yesterday or "last week".'
    )


@pytest.mark.parametrize("piece", ["a ", '"', "-", '"-"', "by:", "&amp;", "a.", "'s", "(", "x -"])
def test_the_longest_queries_are_read_or_refused(piece: str) -> None:
    text = (piece * LONGEST_QUERY)[:LONGEST_QUERY]
    try:
        parse(text, TODAY)
    except QueryError as error:
        assert error.position <= LONGEST_QUERY


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", date(2026, 11, 25), date(2026, 11, 25)),
        ("this week", date(2026, 11, 23), date(2026, 11, 29)),
        ("Last Month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("14 dec 2022", date(2022, 12, 14), date(2022, 12, 14)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_forms_of_a_day(text: str, first: date, last: date) -> None:
    assert days(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "0000", "2022-13", "ma 2022", "31 feb 2022", "last day", "٢٠٢٢"]
)
def test_no_day(text: str) -> None:
    assert days(text, TODAY) is None
