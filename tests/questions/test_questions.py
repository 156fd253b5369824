"""Questions become queries of the query language; other texts do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import parse_question
from bot.search import parse
from tests.search.language.test_query import TODAY

SPEAKERS = {
    *("he", "ida marsh", "marsh", "ministry", "governor", "harbour master", "tomas reid"),
    *("reid", "firm", "mayor nowak"),
}
SLIPS = {"mrash": "marsh", "govenor": "governor"}
HELD = {"nap", "researcher", "boat", "charity", "governor"}


class Archive:
    """An archive with the speakers, names and words of the constants above."""

    def find_speaker(self, name: str, *, allow_typos: bool = False) -> str | None:
        if name in SPEAKERS:
            return name
        return SLIPS.get(name) if allow_typos else None

    def has_word(self, word: str) -> bool:
        return word in HELD


ARCHIVE = Archive()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("what did the deputy governor say about pay", "~deputy governor pay has:speaker"),
        ("what did former governor reid say about pay", "~pay by:reid"),
        ("has marsh ever denied taking bribes", "~taking bribes by:marsh stance:denied"),
        ("what did reid also say about pay", "~pay by:reid"),
        ("what did reid later say about pay", "~pay by:reid"),
        ("did anyone say the wall is sound", "~wall sound has:speaker -stance:denied"),
        ("did anyone deny the wall is cracked", "~wall cracked stance:denied"),
        ("is it true that the clerk resigned", "~clerk resigned"),
        ("is it true marsh denied the warning", "~warning by:marsh stance:denied"),
        ("who apologised", "~apologised has:speaker -stance:denied"),
        ("who did not apologise", "~apologise stance:denied"),
        ("what did ida marsh say about the wall", '~wall by:"ida marsh"'),
        ("What has the governor said about rates?", "~rates by:governor"),
        ("what's reid saying about pay", "~pay by:reid"),
        ("what did mrash say about the wall", "~wall by:marsh"),
        ("what did harbour master reid say about fog", "~fog by:reid"),
        ("tell me what marsh said about divers", "~divers by:marsh"),
        ("what did marsh say", "by:marsh has:speaker sort:new"),
        ("what did the nap researcher say about risk", "~nap researcher risk has:speaker"),
        ("what did jane nobody say about ducks", '~ducks by:"jane nobody"'),
        ("what has been said about the wall", "~wall has:speaker"),
        ("did the ministry deny the warning", "~warning by:ministry stance:denied"),
        ("has marsh denied taking bribes", "~taking bribes by:marsh stance:denied"),
        ("how risky is the ferry", "~risky ferry"),
        ("who said the wall is sound", "~wall sound has:speaker -stance:denied"),
        (
            "who accused the port of doing nothing",
            "~accused port nothing has:speaker -stance:denied",
        ),
        ("who denies the wall is cracked", "~wall cracked stance:denied"),
        ("who didn't say the wall is sound", "~wall sound stance:denied"),
        ("what did grace reid say", 'by:"grace reid" has:speaker sort:new'),
        ("what did reid's critics say about the fog", '~fog by:"reid critics"'),
        ("who won the seat", "~won seat"),
        (
            "what did marsh say last week about pay",
            "~pay by:marsh after:2026-11-16 before:2026-11-22",
        ),
        ("what did marsh say since monday", "by:marsh has:speaker after:2026-11-23 sort:new"),
        ("what was said last week", "has:speaker after:2026-11-16 before:2026-11-22 sort:new"),
        ("what happened yesterday", "has:speaker on:2026-11-24 sort:new"),
        ('who said "prices fell in 2020"', '~"prices fell in 2020" has:speaker -stance:denied'),
        ("who won the seat in 2021", "~won seat after:2021-01-01 before:2021-12-31"),
        (
            "how many ships wait this month according to marsh",
            "~ships wait marsh has:figure after:2026-11-01 before:2026-11-25 sort:new",
        ),
        (
            "last year what did marsh say about pay",
            "~pay by:marsh after:2025-01-01 before:2025-12-31",
        ),
        ("will the port reopen on thursday", "~port reopen thursday"),
        ("how many ships are waiting", "~ships waiting has:figure sort:new"),
        ("how much fuel did the ship lose", "~fuel ship lose has:figure sort:new"),
        ("what share of nurses left", "~nurses left has:figure sort:new"),
        ("how long was the jury out", "~jury out has:figure"),
        ("how old was the skipper", "~skipper has:figure"),
        ("when will the port reopen", "~port reopen has:date"),
        ("since when has the well been shut", "~well shut has:date"),
        ("where were the boxes found", "~boxes found"),
        ("boxes found where", "~boxes found"),
        ("ship deaths how many", "~ship deaths has:figure sort:new"),
        ("what did unnamed sources say about pay", "~pay named:no"),
        ("why did the school close", "~school close"),
        ("has the clerk resigned", "~clerk resigned"),
        ("was the ship warned by radio", "~ship warned radio"),
        ("didnt the clerk resign", "~not clerk resign"),
        ("has he taken back the ballots claim", "~taken back ballots claim"),
        ("did the ferry sail or not", "~ferry sail"),
        ('who said "never again" in court', '~court "never again" has:speaker -stance:denied'),
        ("how many ships wait according to marsh", "~ships wait marsh has:figure sort:new"),
    ],
)
def test_questions_become_queries(typed: str, first: str) -> None:
    question = parse_question(typed, ARCHIVE, TODAY)
    assert question is not None
    assert str(question.readings[0]) == first


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "yuan ruble",
            "no limits",
            "central bank holds rates",
            "=who said what",
            "~ships waiting",
            "being human",
            "doctor who",
        ),
        *("who", "what happened", "by:marsh when will it open", "what the port said -euro", ""),
        "What we found is that people who took naps had a lower risk.",
        "When the harbour reopened, 41 boats left before noon and nobody stayed to see the tug go",
        "Easthaven port stays closed until Friday as dockers strike again",
        "boat charity - did he say anything about fuel",
        '"is the port shut"',
        "today is a good day for dockers",
        "yesterday was the hottest day on record",
        "on friday marsh warned of floods",
        "television reid proposed",
        "who said that?\nshe did",
    ],
)
def test_other_texts_are_not_questions(typed: str) -> None:
    assert parse_question(typed, ARCHIVE, TODAY) is None


@pytest.mark.parametrize("typed", ["will smith oscars", "which pier closed"])
def test_texts_that_may_be_keywords_are_not_clear(typed: str) -> None:
    question = parse_question(typed, ARCHIVE, TODAY)
    assert question is not None
    assert not question.is_clear


TYPED = (
    "what who when how many did does has is the marsh ministry governor say said deny denied about "
    'that of port wall ships waiting not nobody 4,000 ill-lit reid\'s old long will "no limits" '
    "according to which why jane OR by"
)
WORDS = st.sampled_from(TYPED.split(" "))


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_readings_can_be_typed(typed: str) -> None:
    question = parse_question(typed, ARCHIVE, TODAY)
    for reading in question.readings if question else ():
        assert parse(str(reading), TODAY) == reading


@pytest.mark.parametrize("typed", ["what happened yesterday", "late last year what did marsh say"])
def test_a_question_and_a_date_are_clear(typed: str) -> None:
    question = parse_question(typed, ARCHIVE, TODAY)
    assert question
    assert question.is_clear
