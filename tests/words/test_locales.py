"""Languages by what people call them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.words import locales
from bot.words.cldr import with_dates

OWN = yaml.safe_load((Path(words.__file__).parent / "own_names.yml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *((typed, "de") for typed in ("de", "DE", "German", "german", "Deutsch", "  deutsch ")),
        *((typed, "en") for typed in ("en", "English")),
        *((typed, "en-US") for typed in ("en-US", "en_us", "American English")),
        *((typed, "fr-CA") for typed in ("fr-CA", "French (Canada)", "canadian french")),
        *((typed, "fr") for typed in ("Français", "francais", "FRENCH")),
        *((typed, "pt-BR") for typed in ("pt-br", "Brazilian Portuguese")),
        *((typed, "zh-Hant-TW") for typed in ("zh-TW", "zh-Hant-TW")),
        *((typed, "no") for typed in ("no", "Norwegian", "norsk")),
        ("日本語", "ja"),
        ("Bengali", "bn"),
        ("bahasa  indonesia", "id"),
        ("ga", "ga"),
        ("iw", "he-IL"),
    ],
)
def test_what_people_call_a_language(typed: str, code: str) -> None:
    assert locales.read(typed.strip()) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "xx",
        "Klingon",
        "und",
        "und-DE",
        "root",
        "de-",
        "fr-US",
        "../de",
        "de/../fr",
        "1",
        "x" * 999,
    ],
)
def test_other_words_are_no_language(typed: str) -> None:
    assert locales.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("gemran", "German"),
        ("Deutch", "Deutsch"),
        ("brazil", "Brazilian Portuguese"),
        ("fr-US", "French"),
        ("Swiss", "Swiss German"),
        ("gaa-XX", "gaa"),  # Ga would be read as Irish
        ("nihongo", None),
        ("", None),
    ],
)
def test_what_is_near_is_offered_and_can_be_typed(typed: str, near: str | None) -> None:
    offered = locales.near(typed)
    assert (offered[0] if offered else None) == near
    assert len(offered) <= 3
    assert all(with_dates(locales.read(one) or "") for one in offered)


def test_a_language_without_dates_is_known_but_never_offered() -> None:
    assert locales.read("Walloon") == "wa"
    assert with_dates("wa") is None
    assert "Walloon" not in locales.near("Waloon")


def test_each_is_read_as_it_is_shown() -> None:
    codes = {one.code for one in locales._names().values()}
    assert len(codes) > 900
    for code in codes:
        assert locales.read(code) == code
        assert locales.read(locales.to_type(code)) == code
    assert locales.to_type("fr-CA") == "French (Canada)"
    assert locales.to_type("gaa") == "gaa"  # Ga is read as the code of Irish


def test_what_languages_call_themselves_is_what_babel_has() -> None:
    for code, names in OWN.items():
        assert with_dates(code), code
        for name in names.split(", "):
            assert locales.read(name) == code, name
    for code in ("de", "fr", "ja", "ru", "ar"):
        assert Locale.parse(code).display_name in OWN[code].split(", ")


@given(st.text(max_size=30) | st.from_regex(r"[a-z]{2,3}[-_][A-Za-z0-9]{0,4}", fullmatch=True))
def test_whatever_is_typed_is_a_language_or_none(typed: str) -> None:
    code = locales.read(typed)
    assert code is None or locales.read(code) == code
    assert locales.name(typed) or not typed
    assert all(map(locales.read, locales.near(typed)))
