"""The bot's words for articles and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.model import Coverage, Section
from bot.wording import answers as wording
from bot.wording.runs import Run, plain_text, say_runs
from tests.samples import COVERAGE, answer, card


def test_runs_are_put_into_texts_as_they_are() -> None:
    who = (Run("Ida {n} Marsh", strong=True), Run(" (unnamed)"))
    assert say_runs("who.but_cue", said=who, cue="{who} tells") == (*who, Run(" (“{who} tells”)"))
    assert say_runs("who.own_words") == (Run("In the article's own words"),)
    with pytest.raises(KeyError):
        say_runs("who.but_cue", said=who)


def test_an_untitled_undated_article_is_shown_by_its_first_words() -> None:
    bare = card(
        title=None, outlet=None, published_on=None, sample=False, opening="The war has been going…"
    )
    line = plain_text(wording.article_line(bare))
    assert line == "“The war has been going…”"


def test_the_time_in_a_recording_follows_the_day() -> None:
    line = plain_text(wording.article_line(card(title="Lock", sample=False), time="00:14:05"))
    assert line == "The Tidewater Post · 3 Nov 2026 · at 00:14:05 · Lock"


def test_an_article_without_metadata_is_untitled() -> None:
    line = plain_text(wording.article_line(card(title=None, opening="", sample=False)))
    assert line == "The Tidewater Post · 3 Nov 2026 · untitled"


def test_a_sample_is_marked_and_its_title_linked() -> None:
    runs = wording.article_line(card(url="https://example.org/1"))
    assert plain_text(runs) == (
        "SAMPLE · The Tidewater Post · 3 Nov 2026 · Harbour closure enters third day"
    )
    assert Run("Harbour closure enters third day", link="https://example.org/1") in runs


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


def test_the_last_line_says_what_was_found_and_searched() -> None:
    found = answer(read_as="yuan ruble", total=3, hits=answer().hits * 3)
    assert wording.summary_line(found) == "yuan ruble · 3 claims · 9 articles searched"


def test_a_page_gives_its_range_of_claims() -> None:
    found = answer(total=14, hits=answer().hits * 3)
    assert (
        wording.summary_line(found, 3) == "quay wall · 14 claims · 9 articles searched · 4–6 shown"
    )


def test_rows_of_several_claims_are_numbered_among_all_rows() -> None:
    found = answer(total=14, row_count=5, hits=answer().hits * 3)
    assert wording.summary_line(found) == (
        "quay wall · 14 claims · 9 articles searched · rows 1–3 of 5"
    )
    last = answer(total=14, row_count=4)
    assert wording.summary_line(last, 3).endswith(" · row 4 of 4")
    whole = answer(total=14, row_count=3, hits=answer().hits * 3)
    assert wording.summary_line(whole).endswith(" · 14 claims · 9 articles searched")


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


def test_an_empty_answer_gives_what_was_searched() -> None:
    nothing = answer(read_as="photosynthesis", total=0, hits=())
    assert wording.nothing_found(nothing) == (
        "Nothing on photosynthesis in 9 articles (212 claims, 1–25 Nov 2026)."
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


def test_an_empty_archive_says_so() -> None:
    nothing = answer(hits=(), searched=Coverage(articles=0, claims=0, first=None, last=None))
    assert wording.nothing_found(nothing).startswith("There are no articles to search yet")
