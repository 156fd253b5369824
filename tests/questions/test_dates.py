"""The days that a question names are those on which it was published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.questions.dates import Period, split_date
from tests.search.language.test_query import TODAY

QUESTION = ("what", "did", "marsh", "say")
TOPIC = ("about", "pay")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NAMED = {
    "yesterday": (TUESDAY, TUESDAY),
    "last night": (TUESDAY, TUESDAY),
    "this morning": (TODAY, TODAY),
    "tonight": (TODAY, TODAY),
    "monday": (MONDAY, MONDAY),
    "on monday": (MONDAY, MONDAY),
    "on monday evening": (MONDAY, MONDAY),
    "on wednesday": (TODAY, TODAY),
    "last week": (date(2026, 11, 16), date(2026, 11, 22)),
    "this month": (date(2026, 11, 1), TODAY),
    "3 days ago": (date(2026, 11, 22), date(2026, 11, 22)),
    "earlier this week": (MONDAY, TODAY),
    "last friday's": (date(2026, 11, 20), date(2026, 11, 20)),
    "earlier today": (TODAY, TODAY),
    "late last friday": (date(2026, 11, 20), date(2026, 11, 20)),
    "early friday": (date(2026, 11, 20), date(2026, 11, 20)),
    "in the 90s": (date(1990, 1, 1), date(1999, 12, 31)),
    "late 2023": (date(2023, 9, 1), date(2023, 12, 31)),
    "april 2025": (date(2025, 4, 1), date(2025, 4, 30)),
    "13/10/26": (date(2026, 10, 13), date(2026, 10, 13)),
    "in the last 3 days": (date(2026, 11, 22), None),
    "over the past week": (date(2026, 11, 18), None),
    "on 3 march 2021": (date(2021, 3, 3), date(2021, 3, 3)),
    "on the 3rd of march 2021": (date(2021, 3, 3), date(2021, 3, 3)),
    "on march 3 2021": (date(2021, 3, 3), date(2021, 3, 3)),
    "on 2021-03-03": (date(2021, 3, 3), date(2021, 3, 3)),
    "in march 2021": (date(2021, 3, 1), date(2021, 3, 31)),
    "in may": (date(2026, 5, 1), date(2026, 5, 31)),
    "during 2021": (date(2021, 1, 1), date(2021, 12, 31)),
    "in 2026": (date(2026, 1, 1), TODAY),
    "since monday": (MONDAY, None),
    "since march": (date(2026, 3, 1), None),
    "after 2020": (date(2021, 1, 1), None),
    "after 3 march": (date(2026, 3, 3), None),
    "until march 2021": (None, date(2021, 3, 31)),
    "before march 2021": (None, date(2021, 2, 28)),
}


@pytest.mark.parametrize(("phrase", "days"), NAMED.items())
@pytest.mark.parametrize("topic", [(), TOPIC])
def test_days_are_found_at_the_end_and_before_the_topic(
    phrase: str, days: tuple[date | None, date | None], topic: tuple[str, ...]
) -> None:
    found = split_date((*QUESTION, *phrase.split(), *topic), TODAY)
    assert found
    period, others = found
    assert ((period.after, period.before), others) == (days, (*QUESTION, *topic))


def test_days_are_found_at_the_beginning() -> None:
    found = split_date(["in", "2019", "who", "backed", "the", "ferry"], TODAY)
    assert found
    period, others = found
    assert (period.after, period.before) == (date(2019, 1, 1), date(2019, 12, 31))
    assert others == ("who", "backed", "the", "ferry")


@pytest.mark.parametrize(
    "question",
    [
        "what did marsh say on may",
        "what did marsh say about march",
        "what did marsh say on sunday trading",
        "what did marsh say about the 2021 budget",
        "what is planned in 2031",
        "will the port reopen on thursday",
        "who was shot in march square",
        "what happened on 31 february 2021",
        "what did marsh say about black friday",
        "what did marsh say about last year",
        "what did marsh say about the floods of march 2021",
        "who lost 2000 jobs",
        "when yesterday",
        "what did marsh say before the end of 2016",
        "what did marsh say a week before march",
        "is the port going to reopen on thursday",
        "who can reopen the port on thursday",
        "may the port reopen on thursday",
        "is the strike on monday",
        "when do schools reopen in september",
        "what is planned this weekend",
        "what will marsh say today",
        "is the port closed until friday",
        "who writes for usa today",
        "who was at the march",
        "how many died in the fall",
        "who became prime minister after may",
        "how many people earn over 2000",
        "who was there at 1500",
        "has the port been shut since 0900",
        "what did marsh say in march and april 2020",
        "what did marsh say after this week",
        "what did marsh say after 2026",
        "today is a good day for dockers",
        "last week has been hard for marsh",
        "on friday marsh warned of floods",
    ],
)
def test_other_words_are_no_date(question: str) -> None:
    assert split_date(question.split(), TODAY) is None


@pytest.mark.parametrize(
    ("phrase", "may_be_printed"),
    [
        ("on 3 march 2021", True),
        ("in 2021", True),
        ("on monday", True),
        ("yesterday", False),
        ("on last monday", False),
        ("since 2021", True),
        ("since last week", False),
        ("in the last 2 weeks", False),
    ],
)
def test_a_date_may_be_among_the_words_of_a_claim(phrase: str, may_be_printed: bool) -> None:
    found = split_date((*QUESTION, *phrase.split()), TODAY)
    assert found
    assert found[0].may_be_printed == may_be_printed


PHRASES = st.sampled_from([
    *("on", "in", "since", "before", "until", "after", "during", "the", "of", "about", "say"),
    *("march", "may", "monday", "3", "3rd", "2021", "0001", "9999", "this week", "last night"),
    *("this year", "this weekend", "last winter", "90s", "a fortnight ago", "48 hours", "will"),
    *("between", "and", "to", "from", "two weeks ago", "the past 3 months", "what did marsh say"),
])  # fmt: skip
TOKENS = st.lists(PHRASES, max_size=5).map(lambda phrases: " ".join(phrases).split())


@example(tokens=["what", "happened", "a", "week", "ago"], today=date(1, 1, 9))
@example(tokens=["what", "happened", "before", "0001"], today=date(1, 1, 9))
@example(tokens=["who", "spoke", "after", "this", "week"], today=TODAY)
@given(TOKENS, st.dates(max_value=date(9000, 1, 1)))
def test_a_period_has_begun_and_the_other_words_stay(tokens: list[str], today: date) -> None:
    found = split_date(tokens, today)
    if found:
        period, others = found
        check_period(period, today)
        assert len(others) >= 2
        start = next((n for n, token in enumerate(others) if token != tokens[n]), len(others))
        assert tokens[:start] == list(others[:start])
        assert tokens[len(tokens) - len(others) + start :] == list(others[start:])


def check_period(period: Period, today: date) -> None:
    assert period.after or period.before
    assert (period.after or today) <= today
    if period.after and period.before:
        assert period.after <= period.before <= today
