from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.meaning.fusion import DEPTH, fuse

LISTS = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.1, 30)).map(
    lambda scores: sorted(scores.items(), key=lambda pair: -pair[1])
)


def test_scores_are_added() -> None:
    ranked = fuse([("a", 10.0), ("b", 5.0)], [("b", 0.9), ("a", 0.5)])
    assert ranked == [("b", pytest.approx(0.82)), ("a", pytest.approx(0.6))]


def test_a_single_list_is_unchanged() -> None:
    assert fuse([("a", 10.0), ("b", 5.0)], []) == [("a", 10.0), ("b", 5.0)]
    assert fuse([], [("a", 0.9)]) == [("a", 0.9)]


def test_a_claim_without_shared_words_has_no_word_score() -> None:
    assert dict(fuse([("a", 4.0)], [("a", 0.9), ("b", 0.8)]))["b"] == pytest.approx(0.64)


def test_a_claim_missing_from_a_full_list_has_its_last_score() -> None:
    words = [(f"w{n:03}", 20.0 - n / 10) for n in range(DEPTH)]
    scores = dict(fuse(words, [("w000", 0.9), ("other", 0.8)]))
    assert scores["other"] == pytest.approx(0.2 * words[-1][1] / 20 + 0.8 * 0.8)


@given(LISTS, LISTS)
def test_every_claim_is_ranked_once_best_first(
    words: list[tuple[str, float]], meaning: list[tuple[str, float]]
) -> None:
    ranked = fuse(words, meaning)
    assert {claim for claim, _ in ranked} == {*dict(words), *dict(meaning)}
    assert len(ranked) == len({claim for claim, _ in ranked})
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)
