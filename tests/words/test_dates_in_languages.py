"""Dates and times of day in the languages that a digest offers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot import words
from bot.words import LANGUAGE, dates

DAY = date(2026, 11, 27)
MORNING = datetime(2026, 11, 27, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "long", "full", "of_year", "hour"),
    [
        ("en", "Friday 27 November", "27 November 2026", "27 November", "08:05"),
        ("de", "Freitag, 27. November 2026", "27. November 2026", "27. November", "08:05"),
        ("fr", "vendredi 27 novembre 2026", "27 novembre 2026", "27 novembre", "08:05"),
        (
            "es",
            "viernes, 27 de noviembre de 2026",
            "27 de noviembre de 2026",
            "27 de noviembre",
            "8:05",
        ),
    ],
)
def test_each_language_has_its_order_its_names_and_its_hours(
    language: str, long: str, full: str, of_year: str, hour: str
) -> None:
    assert dates.long_date(DAY, language) == long
    assert dates.full_date(DAY, language) == full
    assert dates.day_of_year(DAY, language) == of_year
    assert dates.clock(MORNING, language) == hour


def test_short_forms_are_shorter() -> None:
    shown = [dates.short_date(DAY, one) for one in dates.LANGUAGES]
    assert shown == ["27 Nov 2026", "27. Nov. 2026", "27 nov. 2026", "27 nov 2026"]
    shown = [dates.short_day_of_year(DAY, one) for one in dates.LANGUAGES]
    assert shown == ["27 Nov", "27. Nov.", "27 nov.", "27 nov"]


def test_a_moment_is_put_together_as_its_language_does() -> None:
    assert dates.long_moment(MORNING, "de") == "Freitag, 27. November 2026, 08:05"
    assert dates.short_moment(MORNING, "fr") == "ven. 27 nov., 08:05"
    assert dates.short_moment(MORNING, "es") == "vie, 27 nov, 8:05"


def test_on_a_scale_there_are_numbers() -> None:
    day = date(2026, 3, 4)
    shown = [dates.chart_date(day, one) for one in dates.LANGUAGES]
    assert shown == ["4 Mar", "4.3.", "04/03", "4/3"]


@pytest.mark.parametrize("language", ["da", "zh-Hant-TW", "no such", ""])
def test_for_a_language_without_dates_they_are_english(language: str) -> None:
    assert not dates.has_dates(language)
    assert dates.long_moment(MORNING, language) == "Friday 27 November 08:05"


@pytest.mark.parametrize(("variety", "language"), [("fr-CA", "fr"), ("de_AT", "de")])
def test_a_variety_has_the_dates_of_its_language(variety: str, language: str) -> None:
    assert dates.has_dates(variety)
    assert dates.long_date(DAY, variety) == dates.long_date(DAY, language)


@pytest.mark.parametrize("language", dates.LANGUAGES)
def test_each_language_has_every_text_of_dates(language: str) -> None:
    english = {key for key in words.catalogue() if key.startswith("dates.")}
    of_english_alone = {"dates.period", "dates.days_of_month"}
    assert english - words.catalogue(language).keys() <= of_english_alone
    if language != LANGUAGE:
        assert words.catalogue(language).keys() <= english


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((typed, "de") for typed in ("de", "DE", "German", "german", "  deutsch ", "de-AT")),
        *((typed, "en") for typed in ("en", "English", "en_us")),
        *((typed, "fr") for typed in ("Français", "francais", "FRENCH", "fr-CA")),
        *((typed, "es") for typed in ("espanol", "Español", "Spanish")),
        *((typed, None) for typed in ("", "da", "Danish", "Klingon", "-", "../de", "deutsche")),
    ],
)
def test_what_people_call_a_language(typed: str, code: str | None) -> None:
    assert dates.find_language(typed) == code
