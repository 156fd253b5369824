from __future__ import annotations

import pytest

from bot.search.foreign import language_of, without_function_words


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("wie viele Schiffe warten noch vor dem Hafen", "de"),
        ("qui a dit que la grève est finie", "fr"),
        ("cuándo vuelve el tranvía", "es"),
        ("quando riapre il ponte", "it"),
        ("waarom is de brug nog niet open", "nl"),
        ("kiedy otworzą most", "pl"),
        ("коли відкриють міст", "uk"),
        ("когда откроют мост", "ru"),
        ("桥什么时候开放", "zh"),
        ("橋はいつ開きますか", "ja"),
        ("متى يفتح الجسر", "ar"),
    ],
)
def test_foreign_queries_are_detected(query: str, language: str) -> None:
    assert language_of(query.split()) == language


@pytest.mark.parametrize(
    "query",
    [
        "when will the bridge open",
        "bridge cost overrun",
        "strike metro",
        "die hard fans",
        "war is over",
        "that fake news from der spiegel",
        "coup d'etat",
        "brige ope nign",
        "unde powe statred",
    ],
)
def test_mistyped_english_is_not_foreign(query: str) -> None:
    assert language_of(query.split()) is None


@pytest.mark.parametrize(
    "names",
    [
        "ursula von der leyen",
        "van der bellen kickl",
        "lula da silva",
        "kim jong un",
        "bin salman al-sisi",
        "zelensky tsinghua orban",
        "le monde el país",
        "los angeles san josé",
        "mika häkkinen",
        "Ahmed (أحمد) Saleh",
    ],
)
def test_names_have_no_language(names: str) -> None:
    assert language_of(names.split()) is None


def test_function_words_and_short_words_are_left_out() -> None:
    typed = ["wer", "hat", "die", "EU", "und", "Tarrant", "am", "3.", "gewarnt"]
    assert without_function_words(typed, "de") == ("EU", "Tarrant", "3.", "gewarnt")
