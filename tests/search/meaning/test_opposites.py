from __future__ import annotations

import pytest

from bot.search.meaning.opposites import can_be_contradicted, contradicts, is_negative_word

OPPOSITE = [
    ("dockers not paid", "the dockers were paid in full"),
    ("dockers unpaid", "the port pays its dock workers"),
    ("dockers paid", "stevedores have not been paid"),
    ("wall unsafe", "the quay wall is sound"),
    ("wall unsafe", "the wall has been declared safe"),
    ("wall safe", "the wall is a danger and unsafe"),
    ("port open", "the harbour will stay shut"),
    ("oil prices rise", "crude fell on Tuesday"),
    ("no deal", "a deal was struck"),
    ("minister failed to pay", "the minister has paid"),
    ("strike illegal", "the walkout was legal"),
]
AGREEING = [
    ("dockers not paid", "the stevedores have not been paid"),
    ("dockers unpaid", "the crews did not get their pay"),
    ("wall unsafe", "the quay wall is not safe"),
    ("wall unsafe", "cracks make the wall dangerous"),
    ("oil prices rise", "crude did not fall"),
    ("oil prices rise", "the cost of crude climbed"),
    ("unemployment rises", "jobless figures go up"),
    ("chinese purchases of crude", "its purchase of Russian oil"),
    ("no deal", "the talks ended without agreement"),
    ("crack not reported", "the port has no record of such a report"),
]


@pytest.mark.parametrize(("asked", "text"), OPPOSITE)
def test_opposite_claims_contradict(asked: str, text: str) -> None:
    assert can_be_contradicted(asked)
    assert contradicts(asked, text)


@pytest.mark.parametrize(("asked", "text"), AGREEING)
def test_agreeing_claims_do_not_contradict(asked: str, text: str) -> None:
    assert not contradicts(asked, text)


@pytest.mark.parametrize(
    ("asked", "opposite"), [("dockers not paid", False), ("dockers unpaid", False)]
)
def test_denied_claims_agree_with_negated_queries(asked: str, opposite: bool) -> None:
    assert contradicts(asked, "the dockers were paid", is_denied=True) is opposite


def test_denied_claims_do_not_contradict_assertions() -> None:
    assert not contradicts("dockers paid", "the stevedores got their pay", is_denied=True)


@pytest.mark.parametrize(
    ("word", "turns"),
    [("not", True), ("unpaid", True), ("disagreement", True), ("under", False), ("income", False)],
)
def test_negative_words_are_distinguished_from_similar_words(word: str, turns: bool) -> None:
    assert is_negative_word(word) is turns
