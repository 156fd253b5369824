"""The printed sentences of a claim, whole and cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Passage, Spans
from bot.wording.passage import GAP, MAX_LENGTH, passage_of, refers_back, shorten_passage
from tests.steps import LINEAR, growth

STORY = (
    "The wells had been tested twice.\n\n"
    "The ministry denied it had been warned. “Nonsense,” its spokesman said. "
    "Nobody had written.\n\n"
    "“The wells are not fit to drink from. I would not wash in them,” Mara Tolland told reporters "
    "on Tuesday. She did not dispute that some had been sealed.\n\n"
    "Ms Tolland asked who had known.\n"
)
PARAGRAPHS: Spans = tuple(
    (STORY.index(part), STORY.index(part) + len(part)) for part in STORY.strip().split("\n\n")
)


def spans(*words: str) -> Spans:
    return tuple((STORY.index(one), STORY.index(one) + len(one)) for one in words)


def of(content: str, source: str, cue: str) -> Passage:
    places = {"content": spans(content), "source": spans(source), "cue": spans(cue)}
    return passage_of(STORY, PARAGRAPHS, **places)


@pytest.mark.parametrize(
    ("content", "source", "cue", "printed"),
    [
        # The denial stands in it, and what "it" is may stand in the sentence before.
        (
            "it had been warned",
            "The ministry",
            "denied",
            "The wells had been tested twice.\n\nThe ministry denied it had been warned.",
        ),
        # A word says nothing by itself.
        (
            "“Nonsense,”",
            "its spokesman",
            "said",
            "The ministry denied it had been warned. “Nonsense,” its spokesman said.",
        ),
        # A quotation is not divided.
        (
            "The wells are not fit to drink from. I would not wash in them",
            "Mara Tolland",
            "told reporters",
            "“The wells are not fit to drink from. I would not wash in them,” Mara Tolland told "
            "reporters on Tuesday.",
        ),
        # What is asked needs nothing before it.
        ("who had known", "Ms Tolland", "asked", "Ms Tolland asked who had known."),
    ],
)
def test_a_passage_is_whole_sentences(content: str, source: str, cue: str, printed: str) -> None:
    passage = of(content, source, cue)
    assert passage.text == printed
    assert "".join(STORY[start:end] for start, end in passage.spans) == printed
    for words, found in ((content, passage.content), (source, passage.source), (cue, passage.cue)):
        assert [passage.text[start:end] for start, end in found] == [words]


def test_a_cue_has_the_words_that_negate_it() -> None:
    passage = of("some had been sealed", "She", "dispute")
    ((start, end),) = passage.cue
    assert passage.text[start:end] == "did not dispute"


def test_sentences_apart_are_joined_by_a_mark() -> None:
    places = spans("Nobody had written", "who had known")
    passage = passage_of(STORY, PARAGRAPHS, content=places)
    assert passage.text == f"Nobody had written. {GAP} Ms Tolland asked who had known."
    assert [passage.text[s:e] for s, e in passage.content] == [STORY[s:e] for s, e in places]


def test_an_unclear_speaker_brings_the_previous_sentence() -> None:
    places = {"content": spans("some had been sealed"), "source": spans("She")}
    passage = passage_of(STORY, PARAGRAPHS, **places, needs_previous=True)
    assert "Mara Tolland told reporters" in passage.text


def passage_in(text: str, content: str, source: str, **more: Any) -> str:
    paragraphs = tuple((text.index(one), text.index(one) + len(one)) for one in text.split("\n\n"))
    places = {
        name: ((text.index(words), text.index(words) + len(words)),)
        for name, words in (("content", content), ("source", source))
    }
    return passage_of(text, paragraphs, **places, **more).text


@pytest.mark.parametrize(
    ("source", "cue", "leans"),
    [
        *((one, "said", True) for one in ("One of them", "Its envoy", "both", "The same report")),
        *((one, "said", False) for one in ("One of the nurses", "The envoy", "Ida Marsh")),
        ("Ida Marsh", "told her", True),
        ("Ida Marsh", "told her mother", False),
    ],
)
def test_a_source_that_is_named_elsewhere_leans_back(source: str, cue: str, leans: bool) -> None:
    assert refers_back(source, cue) is leans


def test_intermediaries_are_in_the_passage() -> None:
    text = (
        "Rain fell. The Wall Street Journal spoke to insiders.\n\nThey were shy. They said ships "
        "would wait. The Journal has reported on ports before."
    )
    via = ("The Wall Street Journal",)
    assert passage_in(text, "ships would wait", "They said", via=via) == (
        "The Wall Street Journal spoke to insiders. […] They said ships would wait."
    )
    assert passage_in(text, "ships would wait", "They said", via=("The Post",)) == (
        "They said ships would wait."
    )


@pytest.mark.parametrize(
    "dateline",
    ["VELLMOUTH (AP) – ", "Port Sallow, Nov 3 (CPA) — ", "PORT SALLOW — ", "New York (AFP) -- "],
)
def test_a_dateline_is_no_part_of_a_sentence(dateline: str) -> None:
    text = f"By Tom Reed\n\n{dateline}Ships will wait, Ida Marsh said."
    assert passage_in(text, "Ships will wait", "Ida Marsh") == "Ships will wait, Ida Marsh said."


def test_a_source_before_a_dash_is_no_dateline() -> None:
    text = "NATO – an alliance of 32 – said ships will wait."
    assert passage_in(text, "ships will wait", "NATO") == text


def test_the_first_sentence_has_no_predecessor() -> None:
    assert passage_of("It rained.", ((0, 10),), content=((0, 9),)).text == "It rained."


def test_the_sentence_before_is_not_cut_in_half() -> None:
    text = f"She would not say whether it leaks. It leaked, {'and it stank, ' * 30}he said."
    start = text.index("It leaked")
    passage = passage_of(text, ((0, len(text)),), content=((start, len(text) - 9),))
    assert passage.text == text
    printed, _ = shorten_passage(passage)
    assert printed.startswith(f"{GAP} It leaked, and it stank")
    assert len(printed) <= MAX_LENGTH + len(GAP) + 1


WORD = st.text(st.sampled_from("abcdefgh“”,.'é"), min_size=1, max_size=12)
TEXTS = st.lists(WORD, min_size=1, max_size=400).map(" ".join)


@given(TEXTS, st.data())
def test_a_cut_keeps_source_cue_and_matched_words(text: str, data: st.DataObject) -> None:
    def some() -> Spans:
        start = data.draw(st.integers(0, len(text) - 1))
        return ((start, data.draw(st.integers(start + 1, min(len(text), start + 30)))),)

    passage = Passage(spans=((0, len(text)),), text=text, source=some(), cue=some(), content=some())
    matched = some()
    printed, marks = shorten_passage(passage, matched)
    if len(text) <= MAX_LENGTH:
        assert (printed, marks) == (text, matched)
        return
    for start, end in (*passage.source, *passage.cue, *matched):
        assert " ".join(text[start:end].split()) in " ".join(printed.split())
    assert len(printed) <= MAX_LENGTH + 100
    assert "".join(printed[s:e] for s, e in marks).split() == text[slice(*matched[0])].split() or [
        "".join(printed[s:e] for s, e in marks)
    ] == ["".join(text[slice(*matched[0])].split())]
    words = iter(text.split())
    # What is left stands there in its order, and nothing else but the marks does.
    assert all(word in words for word in printed.replace(GAP, " ").split())


def test_passages_of_a_long_paragraph_divide_it_once() -> None:
    def make_call(count: int) -> Callable[[], object]:
        text = "It leaks, Ida Marsh said. " * count
        spans = [((26 * n, 26 * n + 8),) for n in range(count)]
        return lambda: [passage_of(text, ((0, len(text)),), content=content) for content in spans]

    assert growth(make_call, 30) < LINEAR
