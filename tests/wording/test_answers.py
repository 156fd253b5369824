"""The bot's words for articles and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model import Coverage, Section
from bot.wording import answers as wording
from bot.wording.runs import Run, say_runs
from tests.samples import COVERAGE, answer


def test_runs_are_put_into_texts_as_they_are() -> None:
    who = (Run("Ida {n} Marsh", strong=True), Run(" (unnamed)"))
    assert say_runs("who.but_cue", said=who, cue="{who} tells") == (*who, Run(" (“{who} tells”)"))
    assert say_runs("who.own_words") == (Run("In the article's own words"),)
    with pytest.raises(KeyError):
        say_runs("who.but_cue", said=who)


MEANT = tuple(replace(hit, by_meaning=True) for hit in answer().hits)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, None),
        ({"query": 'Wall  "quay"'}, None),
        (
            {"query": "quai wall", "corrections": (("quai", "quay"),)},
            "Nothing for “quai”; showing claims about “quay wall”.",
        ),
        (
            {"query": "wall by:marsh after:yesterday", "read_as": "wall by:marsh after:2026-11-24"},
            "Searched for: wall by:marsh after:2026-11-24.",
        ),
        ({"query": "the quay wall"}, "Searched for: quay wall."),
        ({"is_nearest_only": True}, None),
        (
            {"is_nearest_only": True, "has_all_words": False},
            "These come closest to your text; they may say something else, or the opposite.",
        ),
        (
            {"has_all_words": False, "missing_words": ("ferry", "crane")},
            "No claim here has “ferry” or “crane”; these come closest.",
        ),
        ({"has_all_words": False}, "No claim here has all these words; these come closest."),
        ({"is_question": True}, None),
        (
            {"is_question": True, "unanswered": "date"},
            "Nothing here answers your question: no claim says when. These come closest. "
            "Searched for claims about “quay wall”.",
        ),
        (
            {"is_question": True, "read_as": "wall after:2026-11-03"},
            "Searched for claims about “wall”, published since 3 Nov 2026.",
        ),
        ({"hits": MEANT}, "No claim has these words; these are close in meaning."),
        ({"hits": (*MEANT, *answer().hits)}, None),
        ({"query": "x", "total": 0, "hits": ()}, None),
    ],
)
def test_the_first_line_says_how_a_query_was_read(
    changes: dict[str, Any], line: str | None
) -> None:
    assert wording.query_line(answer(**changes)) == line


def test_unmatched_sentences_are_listed() -> None:
    unfound = ("The crane fell. " * 8, "Two.", "Three.", "Four.", "Five.", "Six.")
    found = answer(total=1, sections=(Section(sentence="One.", hits=answer().hits),))
    assert wording.summary_line(replace(found, unmatched_sentences=unfound)) == (
        "your text · claims close to 1 of 7 sentences (they may say the opposite) · "
        "9 articles searched · nothing for: “The crane fell. The crane fell. The crane "
        "fell.…”, “Two.”, “Three.”, "
        "“Four.” and 2 more"
    )
    assert wording.summary_line(found).endswith("(they may say the opposite) · 9 articles searched")
    assert len(wording.pasted_sentence_line("very " * 100)) <= wording.MAX_SENTENCE_LENGTH


def test_undated_articles_that_a_filter_left_out_are_counted() -> None:
    found = answer(undated_left_out=2)
    assert "2 articles without a date were left out" in wording.summary_line(found)
    assert "1 article without a date was left out" in wording.summary_line(
        answer(undated_left_out=1)
    )


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1 article has no date"), (2, "2 articles have no date")]
)
def test_an_empty_answer_counts_undated_articles(number: int, told: str) -> None:
    nothing = answer(total=0, hits=(), searched=replace(COVERAGE, undated=number))
    assert f"(212 claims, 1–25 Nov 2026; {told})." in wording.nothing_found(nothing)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (None, None, "dates unknown"),
        (date(2026, 11, 3), date(2026, 11, 3), "3 Nov 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 Dec 2025 – 2 Jan 2026"),
    ],
)
def test_periods(first: date | None, last: date | None, period: str) -> None:
    searched = Coverage(articles=1, claims=1, first=first, last=last)
    nothing = wording.nothing_found(answer(total=0, hits=(), searched=searched))
    assert nothing.endswith(f"in 1 article (1 claim, {period}).")
