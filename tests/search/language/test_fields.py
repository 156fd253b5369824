"""A form's fields become a query that can be typed, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.search import parse
from bot.search.engine.words import words
from bot.search.language.fields import Fields, from_query, to_query

TODAY = date(2026, 11, 25)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 25)
PASSAGE = "The port is shut for good now. The ministry said nothing about the cranes at all."

days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
names = st.text(max_size=30) | st.sampled_from(['Sun "Yun"', "OR", "a:b", "“", "=x", "by:xi"])
typed = st.text(max_size=40) | st.sampled_from(['"no limits', "-euro", "=yuan", "14 dec", "2022"])


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        (Fields(words="yuan ruble"), "yuan ruble"),
        (Fields(words='"no limits'), '"no limits"'),
        (Fields(words='"no limits', speaker="Sun Yun"), '"no limits" by:"Sun Yun"'),
        (Fields(words="=yuan", outlet="wsj"), "=yuan in:wsj"),
        (Fields(words="-euro", type="direct"), "-euro type:direct"),
        (Fields(speaker='Sun "Yun"'), 'by:"Sun Yun"'),
        (Fields(words="14 dec", after=FIRST), "14 dec after:2026-11-01"),
        (Fields(words="x", after=FIRST, before=LAST), "x after:2026-11-01 before:2026-11-25"),
        (Fields(words="after:2026-11-20", before=LAST), "after:2026-11-20 before:2026-11-25"),
        (Fields(words=PASSAGE), PASSAGE),
    ],
)
def test_fields_are_written_as_a_query(fields: Fields, query: str) -> None:
    assert to_query(fields, TODAY) == query


@pytest.mark.parametrize("fields", [Fields(), Fields(words="-euro"), Fields(words="OR x")])
def test_empty_fields_are_refused(fields: Fields) -> None:
    with pytest.raises(QueryError):
        to_query(fields, TODAY)


@given(
    st.builds(
        Fields,
        words=typed,
        speaker=st.none() | names,
        outlet=st.none() | names,
        type=st.sampled_from([None, "direct", "statement"]),
        after=st.none() | days,
        before=st.none() | days,
    )
)
def test_every_field_is_in_the_query(fields: Fields) -> None:
    try:
        query = parse(to_query(fields, TODAY), TODAY)
    except QueryError:
        return
    assert to_query(Fields(words=str(query)), TODAY) == str(query)
    for name, found in ((fields.speaker, query.speakers), (fields.outlet, query.outlets)):
        if name and words(name.translate(dict.fromkeys(map(ord, '"“”„‟«»'), " "))):
            assert found
    assert fields.type is None or fields.type in query.types
    assert fields.after is None or (query.after and query.after >= fields.after)
    assert fields.before is None or (query.before and query.before <= fields.before)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("yuan ruble", Fields(words="yuan ruble")),
        (
            'yuan -euro by:"Sun Yun" in:"the post" after:2026-11-01 before:2026-11-25 type:direct',
            Fields(
                words="yuan -euro",
                speaker="Sun Yun",
                outlet="The Post",
                type="direct",
                after=FIRST,
                before=LAST,
            ),
        ),
        ("by:xi", Fields(speaker="xi")),
        ("by:xi by:putin in:wire", Fields(words="by:xi by:putin in:wire")),
        ("type:passage sort:new", Fields(words="type:passage sort:new")),
        ("=yuan by:xi", Fields(words="=yuan", speaker="xi")),
        ("~paid in yuan or gold", Fields(words="~paid in yuan or gold")),
        ("after:never", Fields(words="after:never")),
        (PASSAGE, Fields(words=PASSAGE)),
    ],
)
def test_fields_are_filled_from_a_query(query: str, fields: Fields) -> None:
    assert from_query(query, ["The Post", "Wire Weekly"], TODAY) == fields


@given(st.sampled_from(["yuan", "=yuan ruble", "~a gold deal"]), names, days)
def test_filled_fields_make_the_same_query(text: str, name: str, day: date) -> None:
    try:
        query = to_query(Fields(words=text, speaker=name, after=day, type="direct"), TODAY)
    except QueryError:
        return
    assert parse(to_query(from_query(query, [], TODAY), TODAY), TODAY) == parse(query, TODAY)
