"""The date on which something was said, from its sentence and the publication date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.dates import find_date_said
from bot.extract.paragraphs import paragraphs_of
from bot.extract.spans.drafts import Draft
from bot.model import Article

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
]
WEDNESDAY = date(2031, 11, 26)
days = st.dates(min_value=date(1901, 1, 8), max_value=date(2099, 12, 31))


def found(text: str, published_on: date | None) -> tuple[date | None, bool]:
    """Return when "it leaks" was said, in a text with the cue "said" or "told"."""
    cue = min(at for word in ("said", "told", "say ") if (at := text.find(word)) >= 0)
    source, content = text.index("Ida Falk"), text.index("it leaks")
    (paragraph,) = paragraphs_of(text)
    draft = Draft(
        source=((source, source + 8),),
        cue=((cue, cue + 4),),
        content=((content, text.find(".", content)),),
        confidence=1.0,
        is_guessed=False,
        paragraph=paragraph,
    )
    article = Article(origin="test", id="test", text=text, published_on=published_on)
    return find_date_said(article, draft)


@given(days, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_last_one_before_publication(published_on, weekday):
    on, guess = found(f"Ida Falk said on {weekday} that it leaks.", published_on)
    assert on is not None
    assert not guess
    assert WEEKDAYS[on.weekday()] == weekday
    assert 0 <= (published_on - on).days < 7


@given(days, days)
def test_a_day_without_year_is_the_last_before_publication(published_on, day):
    text = f"Ida Falk said on {MONTHS[day.month - 1]} {day.day} that it leaks."
    on, guess = found(text, published_on)
    assert not guess
    if on is None:  # what is eleven months back may as well be tomorrow
        later = [(published_on + timedelta(days)) for days in range(1, 37)]
        soon = (day.month, day.day) in [(each.month, each.day) for each in later]
        assert soon or (day.month, day.day) == (2, 29)
    else:
        assert (on.month, on.day) == (day.month, day.day)
        assert 0 <= (published_on - on).days < 330


@given(days, days)
def test_a_full_date_is_used_unless_in_the_future(published_on, day):
    for printed in (f"{day.day} {MONTHS[day.month - 1]} {day.year}", day.isoformat()):
        on, guess = found(f"Ida Falk said on {printed} that it leaks.", published_on)
        assert (on, guess) == (day if day <= published_on else None, False)


@given(days, st.sampled_from([*WEEKDAYS, "3 May", "yesterday", "today"]))
def test_a_day_in_the_content_is_ignored(published_on, day):
    assert found(f"Ida Falk said it leaks since {day}.", published_on) == (None, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Ida Falk said yesterday that it leaks.", 25),
        ("Yesterday, Ida Falk said it leaks.", 25),
        ("Ida Falk said last night that it leaks.", 25),
        ("Ida Falk said earlier today that it leaks.", 26),
        ("Ida Falk said this morning that it leaks.", 26),
        ("Ida Falk told the council two days ago that it leaks.", 24),
        ("Ida Falk said Monday night that it leaks.", 24),
        ("Ida Falk said on the 3rd of November that it leaks.", 3),
        ("Ida Falk said on Nov. 3rd that it leaks.", 3),
        ("In an interview with the Echo on Sunday, Ida Falk said it leaks.", 23),
        ("In a letter dated 3 November, Ida Falk said it leaks.", 3),
        ("Speaking on Sunday, Ida Falk said it leaks.", 23),
    ],
)
def test_days_near_publication(text, day):
    assert found(text, WEDNESDAY) == (date(2031, 11, day), False)


@pytest.mark.parametrize(
    "text",
    [
        "Ida Falk said last Tuesday that it leaks.",
        "Ida Falk said last week that it leaks.",
        "Ida Falk said on Monday of last week that it leaks.",
        "Ida Falk said earlier this month that it leaks.",
        "Ida Falk said in May 2015 that it leaks.",
        "Ida Falk will say on Friday that it leaks.",
        "Ida Falk is expected to say on Tuesday that it leaks.",
        "Ida Falk said after the meeting on Monday that it leaks.",
        "Ida Falk said of Monday’s vote that it leaks.",
    ],
)
def test_days_of_other_events_are_ignored(text):
    assert found(text, WEDNESDAY) == (None, False)


@pytest.mark.parametrize("when", ["yesterday", "today", "two days ago", "on Monday", "on May 3"])
def test_relative_days_need_a_publication_date(when):
    assert found(f"Ida Falk said {when} that it leaks.", None) == (None, False)
