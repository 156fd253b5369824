"""Dates and times of day as other languages have them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel import Locale, localedata
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.mrkdwn import inert
from bot.words import LANGUAGE, cldr, dates
from bot.words.cldr import with_dates
from tests.soak import SOAK, examples

DAY = date(2026, 11, 27)
EVENING = datetime(2026, 11, 27, 20, 5, tzinfo=UTC)
EVERY = [one.replace("_", "-") for one in localedata.locale_identifiers()]
# Of the first ones, one resolves what the others inherit.
SOME = [*("he", "wa", "yo", "ko", "ar", "ru", "hnj", "de", "de-AT", "fr", "no"), *EVERY[::16]]
OF_DAYS = (
    *(dates.short_date, dates.full_date, dates.long_date),
    *(dates.day_of_year, dates.short_day_of_year),
)
OF_MOMENTS = (dates.long_moment, dates.short_moment)
LONGEST = 90
"""Characters: a digest's heading has room for 150 with all that it counts."""


@pytest.mark.parametrize(
    ("language", "long", "full", "of_year", "hour"),
    [
        ("en", "Friday 27 November", "27 November 2026", "27 November", "20:05"),
        ("de", "Freitag, 27. November 2026", "27. November 2026", "27. November", "20:05"),
        ("fr", "vendredi 27 novembre 2026", "27 novembre 2026", "27 novembre", "20:05"),
        ("fr-CA", "vendredi 27 novembre 2026", "27 novembre 2026", "27 novembre", "20 h 05"),
        ("en-GB", "Friday, 27 November 2026", "27 November 2026", "27 November", "20:05"),
        ("en-US", "Friday, November 27, 2026", "November 27, 2026", "November 27", "8:05 PM"),
        ("da", "fredag den 27. november 2026", "27. november 2026", "27. november", "20.05"),
        ("pl", "piątek, 27 listopada 2026", "27 listopada 2026", "27 listopada", "20:05"),
        ("ja", "2026年11月27日金曜日", "2026年11月27日", "11月27日", "20:05"),
        ("no such", "Friday 27 November", "27 November 2026", "27 November", "20:05"),
        ("wa", "Friday 27 November", "27 November 2026", "27 November", "20:05"),
    ],
)
def test_each_language_has_its_order_its_names_and_its_hours(
    language: str, long: str, full: str, of_year: str, hour: str
) -> None:
    assert dates.long_date(DAY, language) == long
    assert dates.full_date(DAY, language) == full
    assert dates.day_of_year(DAY, language) == of_year
    assert dates.clock(EVENING, language) == hour


def test_short_forms_are_shorter_where_the_language_has_such() -> None:
    forms = (dates.short_date, dates.short_day_of_year)
    assert [how(DAY) for how in forms] == ["27 Nov 2026", "27 Nov"]
    assert [how(DAY, "de") for how in forms] == ["27. Nov. 2026", "27. Nov."]
    assert [how(DAY, "ko") for how in forms] == ["2026년 11월 27일", "11월 27일"]
    assert dates.short_moment(EVENING, "fr") == "ven. 27 nov., 20:05"


def test_a_moment_is_put_together_as_its_language_does() -> None:
    assert dates.long_moment(EVENING, "de") == "Freitag, 27. November 2026, 20:05"
    assert dates.long_moment(EVENING, "en-US") == "Friday, November 27, 2026, 8:05 PM"
    assert dates.long_moment(EVENING, "oc") == "divendres 27 de novembre de 2026 a 20h05"
    assert dates.long_moment(EVENING, "vi") == "20:05 Thứ Sáu, 27 tháng 11, 2026"


def test_on_a_scale_there_are_numbers() -> None:
    shown = [dates.day_on_a_scale(DAY, one) for one in ("en", "de", "en-US", "ar", "no such")]
    assert shown == ["27 Nov", "27.11.", "11/27", "27/11", "27 Nov"]


def test_in_any_language_a_date_is_a_few_words_and_no_markup() -> None:
    seen = 0
    for language in EVERY if SOAK else SOME:
        if language == LANGUAGE or not with_dates(language):
            continue
        seen += 1
        shown = [how(DAY, language) for how in OF_DAYS]
        assert all("27" in one for one in shown), language
        assert all("2026" in one for one in shown[:3]), language
        shown += [how(EVENING, language) for how in (dates.clock, *OF_MOMENTS)]
        for one in shown:
            assert 0 < len(one) <= LONGEST, language
            assert inert(one) == one, language
            assert "M11" not in one, language
            assert not set(one) & set("\n\r\t\u2028\u2029\u202f"), language
        # With a mark at both ends the numbers around it stay where they are, and its own in it.
        turned = {(one[0], one[-1]) == ("\u200f", "\u200e") for one in shown}
        assert turned == {Locale.parse(language, sep="-").text_direction == "rtl"}, language
    assert seen > (900 if SOAK else 60)


@settings(max_examples=examples(200))
@given(st.dates(), st.sampled_from(EVERY))
def test_no_day_has_a_name_that_no_language_gives_it(day: date, language: str) -> None:
    for how in (dates.full_date, dates.long_date, dates.day_of_year):
        assert f"M{day.month:02}" not in how(day, language)
    for how in OF_DAYS:
        assert inert(how(day, language)) == how(day, language)


def test_no_language_shows_names_of_another_whatever_was_asked_before() -> None:
    orders = [SOME, SOME[::-1], sorted(SOME)]

    def shown(language: str) -> list[str]:
        known = cldr.with_dates(language)
        forms = ("LLLL", "MMM", "EEE", "cccc")
        return [format_date(DAY, form, known) for form in forms] if known else []

    found = []
    for order in orders:
        cldr.with_dates.cache_clear()
        found.append({language: shown(language) for language in order})
    assert found[0] == found[1] == found[2]
    assert (found[0]["de"][0], found[0]["no"][0]) == ("November", "november")
