from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.languages import table
from bot.languages.table import LANGUAGES
from bot.text.languages import count_letters, detect_language, is_language_supported
from tests.articles.test_copies import corpus_texts, own_texts

SENTENCES = {
    "fr": "La capitainerie a annoncé mardi que le port resterait fermé jusqu'à ce que le mur du "
    "quai ouest ait été inspecté par des plongeurs.",
    "de": "Die Hafenbehörde teilte am Dienstag mit, dass der Hafen geschlossen bleibt, bis Taucher "
    "die Mauer am westlichen Kai untersucht haben.",
    "es": "La autoridad portuaria dijo el martes que el puerto seguirá cerrado hasta que los buzos "
    "hayan revisado el muro del muelle oeste.",
    "it": "L'autorità portuale ha detto martedì che il porto resterà chiuso finché i sommozzatori "
    "non avranno controllato il muro della banchina.",
    "pt": "A autoridade portuária disse na terça-feira que o porto continuará fechado até que os "
    "mergulhadores tenham examinado a parede do cais.",
    "nl": "De havendienst zei dinsdag dat de haven gesloten blijft totdat duikers de muur van de "
    "westelijke kade hebben onderzocht.",
    "pl": "Zarząd portu poinformował we wtorek, że port pozostanie zamknięty, dopóki nurkowie nie "
    "zbadają ściany zachodniego nabrzeża.",
    "ru": "Администрация порта сообщила во вторник, что порт останется закрытым, пока водолазы не "
    "осмотрят стену западного причала.",
    "uk": "Адміністрація порту повідомила у вівторок, що порт залишиться закритим, доки водолази "
    "не оглянуть стіну західного причалу.",
    "ar": "أعلنت سلطة الميناء يوم الثلاثاء أن الميناء سيبقى مغلقا حتى يفحص الغواصون جدار الرصيف "
    "الغربي بعد ظهور شقوق فيه.",
    "zh": "港口当局星期二表示，在潜水员检查完西码头的墙之前，港口将继续关闭，数十艘船正在等候。",
    "ja": "港湾当局は火曜日、潜水士が西側の岸壁を調べ終えるまで港の閉鎖を続けると発表した。",
}  # fmt: skip
ENGLISH = (
    "The harbour authority said on Tuesday that the port would stay shut until divers had looked "
    "at the wall of the western quay."
)


@pytest.mark.parametrize("code", SENTENCES)
def test_one_sentence_identifies_a_language(code: str) -> None:
    assert detect_language(SENTENCES[code]) == code
    assert not is_language_supported(detect_language(SENTENCES[code]))


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH, "en-GB", "en-GB"),  # as its publisher writes it
        (ENGLISH, "eng", "en"),
        (ENGLISH, "fr", "en"),  # the language of the site, not of the text
        (SENTENCES["fr"], "en", "fr"),
        (SENTENCES["pt"], "pt_BR", "pt_BR"),
        ("Fermé mardi", None, None),  # too little to tell
        ("Fermé mardi", "fr", "fr"),
        ("Port shut", "eng", "en"),
        ("", "de", "de"),
        (f"{ENGLISH * 20}\n\n{SENTENCES['fr'] * 20}", None, "en"),  # what is said there counts
        (f"{SENTENCES['fr'] * 20}\n\n{ENGLISH * 20}", None, "en"),
    ],
)
def test_the_stated_language_is_used_unless_clearly_wrong(
    text: str, stated: str | None, language: str | None
) -> None:
    assert detect_language(text, stated) == language


@pytest.mark.parametrize("language", [None, "en", "EN", "en-US", "en_GB", "eng", "ENG-gb"])
def test_english_and_unknown_languages_are_supported(language: str | None) -> None:
    assert is_language_supported(language)


def test_one_sample_in_a_supported_language_is_enough(monkeypatch) -> None:
    text = f"{SENTENCES['pl'] * 20}\n\n{SENTENCES['fr'] * 20}"
    assert detect_language(text) is None
    assert not is_language_supported("fr-CA")
    monkeypatch.setitem(LANGUAGES, "fr", LANGUAGES["en"])
    assert detect_language(text) == "fr"
    assert is_language_supported("fr-CA")


@pytest.mark.parametrize("read", [own_texts, corpus_texts])
def test_english_texts_are_detected_as_english(read) -> None:
    for text in read():
        assert detect_language(text) == "en"
        for paragraph in re.split(r"\n+", text)[:12]:
            assert detect_language(paragraph) in ("en", None), paragraph


def test_chinese_and_japanese_letters_count_threefold() -> None:
    assert count_letters("ab 1, c…") == 3
    assert count_letters("港口") == 6


def test_module_names_of_a_language_are_unique() -> None:
    for language in LANGUAGES.values():
        (home,) = map(Path, language.__path__)
        folders = [home / folder for folder in table.FOLDERS]
        subjects = [one.stem for folder in folders for one in folder.glob("[!_]*.py")]
        assert len(subjects) > len(folders)
        assert sorted(set(subjects)) == sorted(subjects)
