"""Texts that were read wrongly are doubted, and others are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.legibility import MAX_CHARACTERS, find_doubt
from bot.model import Doubt
from tests.ingest import scrambled
from tests.ingest.scrambled import STORY, Spoil

EXPECTED = Path(__file__).parent / "expected"
GERMAN = """
Die Brücke bleibt bis Freitag gesperrt, teilte die Stadt am Montag mit. Ein Schiff hatte den
mittleren Pfeiler gerammt. Wie lange die Arbeiten dauern, sei noch unklar, sagte eine Sprecherin
der Behörde. „Wir prüfen jeden Stein“, sagte sie. Der Verkehr wird über die alte Fähre geleitet,
die zuletzt vor zwölf Jahren in Betrieb war. Anwohner klagen über den Lärm der Lastwagen.
"""


@pytest.mark.parametrize(
    ("spoil", "doubt"),
    [
        (scrambled.interleaved, "order"),
        (scrambled.shuffled, "order"),
        (scrambled.shifted, "broken"),
        (scrambled.substituted, "broken"),
        (scrambled.unmapped, "broken"),
        (scrambled.spaced, "letters"),
        (scrambled.torn, "unknown"),
        (scrambled.run_together, "unknown"),
        (scrambled.without_sentences, "unfinished"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_spoilt_text_is_doubted(spoil: Spoil, doubt: Doubt) -> None:
    assert find_doubt(spoil(STORY)) == doubt


@pytest.mark.parametrize("name", ["习近平", "กรุงเทพ"])
@pytest.mark.parametrize("spoil", [scrambled.interleaved, scrambled.without_sentences])
def test_a_name_in_another_script_hides_nothing(name: str, spoil: Spoil) -> None:
    assert find_doubt(f"Xi Jinping ({name}) {spoil(STORY)}")


@pytest.mark.parametrize("paragraphs", [1, 3, 8, 40])
def test_articles_are_not_doubted(paragraphs: int) -> None:
    parts = STORY.split("\n\n")
    texts = (
        "\n\n".join(parts[start : start + paragraphs]) for start in range(0, len(parts), paragraphs)
    )
    assert [text for text in texts if find_doubt(text)] == []


@pytest.mark.parametrize("file", sorted(EXPECTED.iterdir()), ids=lambda file: file.name)
def test_what_the_readers_get_right_is_not_doubted(file: Path) -> None:
    assert find_doubt(file.read_text()) is None


@pytest.mark.parametrize("language", [None, "en"])
@pytest.mark.parametrize(
    "text",
    [
        *(" ".join(sentence.split()) for sentence in re.findall(r"[^.]+\.", GERMAN)),
        "Le pont restera fermé jusqu'à vendredi, a annoncé lundi la mairie.",
        "El puente seguirá cerrado hasta el viernes, según informó el ayuntamiento.",
        "Köprü cuma gününe kadar kapalı kalacak, belediye pazartesi günü açıkladı.",
        "Мост останется закрытым до пятницы, сообщила мэрия в понедельник.",
        "Edda Marsh, Corin Hallas, Luis Farro and Tilda Roe were elected.",
        "NORTH GATE SHUT UNTIL THURSDAY, HARBOUR OFFICE SAYS",
        "iPhone sales rose 3% in Q3, eBay said, while YouTube fell.",
        "Council: yes. Mayor: no. What happens next at the gate?",
    ],
)
def test_a_short_text_is_not_doubted(text: str, language: str | None) -> None:
    assert find_doubt(text, language) is None


def test_a_few_words_show_nothing() -> None:
    assert find_doubt(scrambled.shifted("The lock at Wainscote leaks.")) is None


def test_words_of_other_languages_are_not_unknown() -> None:
    assert find_doubt(GERMAN) is None
    assert find_doubt(GERMAN, "en") is None


def test_broken_words_count_in_any_language() -> None:
    assert find_doubt(scrambled.substituted(GERMAN)) == "broken"
    assert find_doubt(scrambled.spaced(GERMAN)) == "letters"


def test_scripts_without_spaces_are_read_by_their_characters() -> None:
    text = "大桥将关闭至星期五，市政府星期一表示。一艘船撞上了中间的桥墩。" * 3
    assert find_doubt(f"{text}施工需要多长时间尚不清楚。") is None
    assert find_doubt(text.replace("。", "\ufffd").replace("的", "\ue000")) == "broken"


def test_a_long_text_is_judged_by_its_beginning() -> None:
    long_text = "\n\n".join(f"{number} {STORY}" for number in range(40))[:MAX_CHARACTERS]
    with_tail = f"{long_text}{scrambled.shifted(STORY)}"
    assert find_doubt(with_tail) == find_doubt(long_text)


@given(st.text(max_size=600), st.sampled_from([None, "en", "de", "x", ""]))
def test_any_text_can_be_checked(text: str, language: str | None) -> None:
    find_doubt(text, language)
