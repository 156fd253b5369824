"""What an answer lacks of its query is found in the claims as they are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model import Hit
from bot.newsroom.search.matched_words import with_missing_words
from bot.search import Query
from bot.search.forms import stems_and_pairs
from tests.samples import answer, card, claim, hit

ARTICLE = stems_and_pairs("The Quenby barge was lost in the storm.")


def said(text: str) -> Hit:
    return hit(claim(text=text, speaker="Ida Marsh", source=None), card(id="a1", title="The weir"))


def lacks(words: str, *texts: str, asks: str = "") -> tuple[tuple[str, ...], str | None]:
    query = Query(words=tuple(words.split()))
    compared = with_missing_words(answer(), [*map(said, texts)], query, {"a1": ARTICLE}, asks)
    return compared.missing_words, compared.unanswered


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("leaking paraffin", ()),  # another form
        ("paraffin ferry", ("ferry",)),
        ("paraffin weir", ()),  # in the title
        ("paraffin quenby", ()),  # a name in the article
        ("paraffin storm", ("storm",)),
        ("paraffin marsh", ()),  # the speaker
        ("the paraffin of 900", ()),
        ("1,400 litres", ("1,400",)),
    ],
)
def test_words_that_no_claim_has_are_missing(words: str, missing: tuple[str, ...]) -> None:
    assert lacks(words, "about 900 litres of paraffin had leaked") == (missing, None)


def test_the_title_says_nothing_of_what_a_speaker_said() -> None:
    query = Query(words=("weir",), speakers=("marsh",))
    compared = with_missing_words(answer(), [said("It leaked")], query, {}, "")
    assert compared.missing_words == ("weir",)


def test_no_single_claim_may_have_all_words() -> None:
    query = Query(words=("crane", "leaked"))
    hits = [said("It leaked"), said("The crane fell")]
    compared = with_missing_words(answer(), hits, query, {}, "")
    assert (compared.missing_words, compared.has_all_words) == ((), False)
    both = [said("The crane leaked")]
    assert with_missing_words(replace(answer()), both, query, {}, "").has_all_words


@pytest.mark.parametrize(
    ("words", "asks", "text", "unanswered"),
    [
        ("crew", "figure", "None of the nine crew was hurt", None),
        ("crew", "figure", "The crew was hurt in 2014", "figure"),
        ("rescued", "figure", "The crew was hurt", "words"),
        ("lock open", "date", "The lock will open again on Thursday", None),
        ("lock", "date", "The lock will open", "date"),
        ("barge sank", "place", "The barge sank near the weir", None),
        ("barge sank", "place", "The barge sank in November", "place"),
        ("resigned", "who", "The clerk of the lock trust resigned", None),
        ("resigned", "who", "The lock will open", "words"),
    ],
)
def test_what_is_asked_for_must_be_said(
    words: str, asks: str, text: str, unanswered: str | None
) -> None:
    assert lacks(words, text, asks=asks)[1] == unanswered
