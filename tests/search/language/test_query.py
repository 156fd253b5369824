from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.search.language.dates import parse_days
from bot.search.language.parsing import MAX_QUERY_LENGTH, parse
from bot.search.language.query import ROUGH_SHARE, Query

TODAY = date(2026, 11, 25)  # a Wednesday

FRAGMENTS = [
    *("by:", "in:", "after:", "before:", "speaker:", "2022", "yesterday", "last week", "yuan"),
    *('"', "“", "”", "«", " ", "-", "--", "(", ":", "_", ".", "'s", "U.S.", "a", "by", "\u200b"),
    *("OR", "=", "about:", "via:", "on:", "14 dec", "type:", "direct", "stance:denied", "named:no"),
    *("title:", "lang:en-GB", "sort:"),
    *("~", "has:", "has:figure", "has:date", "-stance:denied"),
    *("new", "first", "：", "＂", "－", ":tada:", "😀", "<@U012AB>", "<#C"),
    *("<#C012AB|port>", "<https://x.org/a|x.org>", "<mailto:a@b.org|a@b.org>", "3 days ago"),
    *("&amp;", "&lt;", "lt;", "amp;", "&", "№", "ﾞ", "½", "İ", "ß", "<!channel>", "\n"),
]
TYPED = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))


@given(TYPED)
def test_any_text_is_parsed_or_refused_with_a_position(text: str) -> None:
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
        ("The yuan, the ruble", Query(words=("The", "yuan", "ruble"))),
        ('"no  limits" x', Query(words=("x",), phrases=("no limits",))),
        ("“no limits”", Query(phrases=("no limits",))),
        ('yuan "no limits', Query(words=("yuan",), phrases=("no limits",))),
        ('yuan -euro -"gas deal"', Query(words=("yuan",), not_words=("euro",),
                                         not_phrases=("gas deal",))),
        ("long-term -- x", Query(words=("long-term", "x"))),
        ("yuan - ruble", Query(words=("yuan", "ruble"))),
        ("by:xi SPEAKER:sun source:wsj", Query(speakers=("xi", "sun", "wsj"))),
        ('by:"Sun Yun" by: putin', Query(speakers=("Sun Yun", "putin"))),
        ("by:“Sun Yun”", Query(speakers=("Sun Yun",))),
        ('title:"holds  rates" TITLE:port x', Query(words=("x",), titles=("holds rates", "port"))),
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
        ("yuan OR ruble oil", Query(words=("oil",), alternatives=(("yuan", "ruble"),))),
        ('a OR "b c" OR d', Query(alternatives=(("a", "b c", "d"),))),
        ("yuan or ruble", Query(words=("yuan", "or", "ruble"))),
        ('yuan "OR" ruble', Query(words=("yuan", "ruble"), phrases=("OR",))),
        ("yuan OR Yuan", Query(words=("yuan",))),
        ("Salem, OR said", Query(words=("Salem", "or", "said"))),
        ("yuan OR, (OR) ruble", Query(words=("yuan", "or", "ruble"))),
        ("(yuan OR euro)", Query(alternatives=(("yuan", "euro"),))),
        ("-port shut\n - Dockers\n－sea", Query(words=("port", "shut", "Dockers", "sea"))),
        ("oil\n-5 -gas", Query(words=("oil",), not_words=("5", "gas"))),
        ("\n-gas oil\n", Query(words=("oil",), not_words=("gas",))),
        ("by:xi OR by:putin", Query(speakers=("xi", "putin"))),
        ('via:wsj about:"Li Keqiang"', Query(via=("wsj",), mentions=("Li Keqiang",))),
        ("on:2022-12 x", Query(words=("x",), after=date(2022, 12, 1), before=date(2022, 12, 31))),
        ("on:14 dec", Query(after=date(2025, 12, 14), before=date(2025, 12, 14))),
        ("after:Dec 14, 2022 oil", Query(words=("oil",), after=date(2022, 12, 14))),
        ('on:"dec" 14 x', Query(words=("14", "x"), after=date(2025, 12, 1),
                                before=date(2025, 12, 31))),
        ("before:3 days ago", Query(before=date(2026, 11, 22))),
        ("type:Direct type:statement", Query(types=("direct", "statement"))),
        ("stance:denied OR stance:warned", Query(stances=("denied", "warned"))),
        ("named:no lang:en-GB", Query(source_kinds=("no",), languages=("en",))),
        ("yuan sort:new", Query(words=("yuan",), sort="new")),
        ("yuan sort:new sort:best", Query(words=("yuan",))),
        (" =yaun by:tsinhua", Query(words=("yaun",), speakers=("tsinhua",), exact=True)),
        ("=-euro yuan", Query(words=("yuan",), not_words=("euro",), exact=True)),
        ("~ships waiting has:figure", Query(words=("ships", "waiting"), features=("figure",),
                                            min_share=ROUGH_SHARE)),
        ("\u2060~\u200bships", Query(words=("ships",), min_share=ROUGH_SHARE)),
        (" ~-euro yuan", Query(words=("yuan",), not_words=("euro",), min_share=ROUGH_SHARE)),
        ("yuan -stance:denied", Query(words=("yuan",), not_stances=("denied",))),
        ("has:speaker OR has:date", Query(features=("speaker", "date"))),
        ("a=b", Query(words=("a=b",))),
        ("ｂｙ：＂Sun Yun＂ －x oil",
         Query(words=("oil",), not_words=("x",), speakers=("Sun Yun",))),
        ("yuan :tada: 😀", Query(words=("yuan",))),
        ("<@U012AB> in <#C012AB|harbour>", Query(words=("in", "harbour"))),
        ("<!subteam^S012AB|@desk> <!subteam^S012AB>x", Query(words=("desk", "x"))),
        ("<@U012AB|alice> yuan", Query(words=("alice", "yuan"))),
        ("<https://x.org/a|x.org> y", Query(words=("x.org", "y"))),
        ("<https://x.org/a?b>", Query(words=("https://x.org/a?b",))),
        ("by:<mailto:a@b.org|a@b.org>", Query(speakers=("a@b.org",))),
    ],
)  # fmt: skip
def test_parses_queries(text: str, query: Query) -> None:
    assert parse(text, TODAY) == query


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 0, "Type at least one word to search for. A search can be a word"),
        (" ::: ", 5, "Type at least one word"),
        ("-euro", 5, "only says what to leave out"),
        ("yuan by:", 5, "I can't read by:"),
        ('yuan in:""', 5, 'in:""'),
        ("yuan by: in:wsj", 5, "Put a name after it"),
        ("yuan title:", 5, "Put words of a headline after it"),
        ("after: before:2022", 0, "I can't read after:"),
        ("yuan -by:xi", 5, "A minus leaves out a word, a phrase or a stance"),
        ("yuan after:never", 5, "after:never"),
        ("yuan -after:2022", 5, "A minus leaves out a word, a phrase or a stance"),
        ("after:2022-02-31", 0, "after:2022-02-31. There is no such day"),
        ("port on:31 feb by:xi", 5, "I can't read on:31 feb. There is no such day"),
        ("on:31 feb 2022", 0, "I can't read on:31 feb 2022. There is no such day"),
        ("on:31 ships", 0, "I can't read on:31. A date looks like"),
        ("after:2023 before:2022", 22, "is later than"),
        ('yuan "' + "a " * 101 + '"', 5, "can have at most 100 words"),
        ("x" * (MAX_QUERY_LENGTH + 1), MAX_QUERY_LENGTH, "4,001 characters"),
        ('"a b" ' + " ".join(f"-w{n}" for n in range(50)), 245, "can have at most 50 phrases"),
        ("OR yuan", 0, "There is nothing before OR. OR goes between"),
        ("yuan OR", 5, "nothing after OR"),
        ("yuan OR OR ruble", 8, "OR OR"),
        ("yuan OR -ruble", 5, "yuan OR -ruble"),
        ("by:xi OR in:wsj", 6, "by:xi OR in:wsj"),
        ("x type:foo", 2, "type:direct, type:indirect, type:mixed, type:statement or type:passage"),
        ("stance:", 0, "stance:said"),
        ("has:colour", 0, "has:figure, has:date or has:speaker"),
        ("yuan -type:direct", 5, "A minus leaves out a word, a phrase or a stance"),
        ("named:maybe", 0, "named:yes, named:described or named:no"),
        ("lang:english", 0, "lang:en"),
        ("yuan sort:old", 5, "sort:new, sort:best or sort:first"),
        ("sort:new", 8, "Type at least one word"),
        (":tada:", 6, "A search can be a word"),
        ("x " + "<" * 9 + "@U012AB>" * 9, 2, "too many special characters"),
        ("AT&amp;T &lt;after:never", 9, "after:never"),
        ("a\n-b by:", 5, "I can't read by:"),
        ("<#C012AB|port> via:", 15, "Put a name after it: via:reuters"),
    ],
)
def test_refuses_invalid_queries(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text, TODAY)
    assert caught.value.position == position


def test_date_errors_use_the_bots_words() -> None:
    with pytest.raises(QueryError) as caught:
        parse("after:never", TODAY)
    assert str(caught.value) == (
        'I can\'t read after:never. A date looks like 2022-12-14, yesterday or "last week".'
    )


@pytest.mark.parametrize(
    "piece",
    [
        *("a ", '"', "-", '"-"', "by:", "&amp;", "a.", "'s", "(", "x -", "x OR ", "=", "on:a "),
        ":a: ",
        *("<@U012AB>", "<", "&", "on:14 dec ", "é", "ｂ：", "-x ", "&lt;@U012AB&gt;"),
    ],
)
def test_long_queries_are_parsed_or_refused(piece: str) -> None:
    text = (piece * MAX_QUERY_LENGTH)[:MAX_QUERY_LENGTH]
    try:
        parse(text, TODAY)
    except QueryError as error:
        assert error.position <= MAX_QUERY_LENGTH


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", date(2026, 11, 25), date(2026, 11, 25)),
        ("this week", date(2026, 11, 23), date(2026, 11, 29)),
        ("Last Month", date(2026, 10, 1), date(2026, 10, 31)),
        ("last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("14 dec 2022", date(2022, 12, 14), date(2022, 12, 14)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Dec 14, 2022", date(2022, 12, 14), date(2022, 12, 14)),
        ("14th December 2022", date(2022, 12, 14), date(2022, 12, 14)),
        ("14 dec", date(2025, 12, 14), date(2025, 12, 14)),
        ("nov 25", date(2026, 11, 25), date(2026, 11, 25)),
        ("29 feb", date(2024, 2, 29), date(2024, 2, 29)),
        ("sept.", date(2026, 9, 1), date(2026, 9, 30)),
        ("december", date(2025, 12, 1), date(2025, 12, 31)),
        ("2022/12/14", date(2022, 12, 14), date(2022, 12, 14)),
        ("monday", date(2026, 11, 23), date(2026, 11, 23)),
        ("wednesday", date(2026, 11, 25), date(2026, 11, 25)),
        ("last wednesday", date(2026, 11, 18), date(2026, 11, 18)),
        ("3 days ago", date(2026, 11, 22), date(2026, 11, 22)),
        ("a week ago", date(2026, 11, 18), date(2026, 11, 18)),
        ("9 months ago", date(2026, 2, 25), date(2026, 2, 25)),
        ("2 years ago", date(2024, 11, 25), date(2024, 11, 25)),
        ("day before yesterday", date(2026, 11, 23), date(2026, 11, 23)),
        ("14/12/2022", date(2022, 12, 14), date(2022, 12, 14)),
        ("12/14/22", date(2022, 12, 14), date(2022, 12, 14)),
        ("last november", date(2025, 11, 1), date(2025, 11, 30)),
        ("last october", date(2026, 10, 1), date(2026, 10, 31)),
        ("this march", date(2026, 3, 1), date(2026, 3, 31)),
        ("weekend", date(2026, 11, 21), date(2026, 11, 22)),
        ("last weekend", date(2026, 11, 21), date(2026, 11, 22)),
        ("this autumn", date(2026, 9, 1), date(2026, 11, 30)),
        ("last autumn", date(2025, 9, 1), date(2025, 11, 30)),
        ("winter", date(2025, 12, 1), date(2026, 2, 28)),
        ("summer of 2022", date(2022, 6, 1), date(2022, 8, 31)),
        ("q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q4 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("early 2025", date(2025, 1, 1), date(2025, 4, 30)),
        ("late 2023", date(2023, 9, 1), date(2023, 12, 31)),
        ("first half of 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("1990s", date(1990, 1, 1), date(1999, 12, 31)),
        ("the 90s", date(1990, 1, 1), date(1999, 12, 31)),
        ("20s", date(2020, 1, 1), date(2029, 12, 31)),
        ("the summer of 2022", date(2022, 6, 1), date(2022, 8, 31)),
        ("mid-2023", date(2023, 4, 1), date(2023, 8, 31)),
        ("this weekend", date(2026, 11, 28), date(2026, 11, 29)),
        ("this winter", date(2026, 12, 1), date(2027, 2, 28)),
        ("last winter", date(2025, 12, 1), date(2026, 2, 28)),
        ("31/12/99", date(1999, 12, 31), date(1999, 12, 31)),
    ],
)
def test_parses_dates(text: str, first: date, last: date) -> None:
    assert parse_days(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0000", "2022-13", "ma 2022", "31 feb 2022", "last day", "٢٠٢٢", "31 feb"),
        *("99999 years ago", "ago", "3/4/2022", "14/13/2022", "q5", "spring of", "1900s"),
        *("late monday", "summer 0000", "may 0", "dec 14 22"),
    ],
)
def test_other_texts_are_not_dates(text: str) -> None:
    assert parse_days(text, TODAY) is None
