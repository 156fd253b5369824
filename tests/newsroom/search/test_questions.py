"""Questions over a small archive: the right claim comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import config
from bot.config import Settings
from bot.model import Article, Claim, Stance
from bot.newsroom import Newsroom
from bot.questions.answers import stems_and_pairs
from bot.store.articles.archive import FiledArticle

LEAST_FIRST, LEAST_AMONG_THREE = 0.85, 0.95


class Said(NamedTuple):
    id: str
    speaker: str | None
    text: str
    stance: Stance = "said"
    day: int = 1
    negative: bool = False
    source: str | None = None
    cue: str | None = None


ARCHIVE = (
    Said("hit", "Ida Marsh", "the barge struck the weir at twenty past four on Sunday"),
    Said("leak", "Ida Marsh", "about 900 litres of paraffin had leaked", day=1),
    Said("leak2", "Otto Lanz", "7,400 litres of paraffin had leaked from the barge", day=6),
    Said("warned", "Ida Marsh", "the barge was told by radio that the weir was open"),
    Said("unwarned", "Perrin Lines", "No message was received aboard the barge", day=2),
    Said("unheard", "Perrin Lines", "Whoever was told by radio did not tell the barge", day=2),
    Said("denied", "Perrin Lines", "its mate had been asleep", "denied", 2),
    Said("blame", "Otto Lanz", "the lock keeper was asleep when the barge came", day=3),
    Said("shut", None, "The lock will open again on Thursday at noon.", day=4),
    Said("crew", None, "None of the nine crew was hurt."),
    Said("clerk", None, "The clerk of the lock trust resigned on Monday.", day=5),
    Said("pay", "Rhea Dunn", "Lock keepers want 7 percent and a free Sunday"),
    Said("offer", "Lock Trust", "There is one offer, and it is 4 percent"),
    Said("unsafe", "Rhea Dunn", "The footbridge is not safe for schoolchildren"),
    Said("safe", "Lock Trust", "The footbridge is safe"),
    Said("study", "Amir Vale", "People who walk to work had 20 percent fewer colds"),
    Said("paid", "Amir Vale", "The dockers of Hexley are paid"),
    Said("why", "Otto Lanz", "The barge hit the weir because its anchor had dragged", day=4),
    Said("silent", "Yann Orrin", "whether the crane had been tested", day=6, negative=True),
    Said("tested", "Yann Orrin", "The crane was tested twice", day=5),
    Said("blames", "Ines Moor", "The fault is the ropery's"),
    Said("roped", "Ropery Board", "We blame the shipper"),
    Said("sorry", "Cora Pell", "for the lost parcels", cue="apologised"),
    Said("unsorry", "Dan Ruck", "We do not apologise to thieves"),
    Said("queue", "Jo Finn", "I do not blame the drivers"),
    Said("oil", "Bo Sand", "We told the council of oil from Quenby in May"),
    Said("pump", "Bo Sand", "A pump at Quenby has leaked for a year"),
    Said("brook", "Bo Sand", "Quenby let it run into the brook"),
    Said("fish", "Bo Sand", "No fish lives below Quenby now"),
    Said("rusty", "Yann Orrin", "There is no rust to speak of on the crane now", day=5),
    Said("aide", "Yann Orrin", "There is rust on the crane", source="Orrin's aide"),
    Said("tram", "Mo Tarn", "The tram is never late", day=2),
    Said("fair", "Mo Tarn", "The tram to the fair was packed on 2 November", day=6),
    Said("mill", "Otto Lanz", "We never promised anybody a museum in the mill"),
)

QUESTIONS = {
    "what did marsh say about the paraffin": "leak",
    "what did ida mrash say about the radio": "warned",
    "what has lanz said about the mill": "mill",
    "what does dunn say about the footbridge": "unsafe",
    "lanz on the museum": "mill",
    "did perrin lines deny that the mate slept": "denied",
    "who said the lock keeper was asleep": "blame",
    "who said the footbridge is safe": "safe",
    "who denies that a message was received": "unwarned",
    "how much paraffin was lost": "leak2",
    "how many crew were hurt": "crew",
    "what share do the lock keepers want": "pay",
    "when will the lock reopen": "shut",
    "when did the barge hit the weir": "hit",
    "has the clerk resigned": "clerk",
    "was the barge warned by radio": "warned",
    "is the footbridge safe": "safe",
    "what is the trust offering": "offer",
    "does walking to work prevent colds": "study",
    "what did marsh report leaking": "leak",
    "why did the barge hit the weir": "why",
}


@pytest.fixture(scope="module")
def newsroom(search_settings_of_file: Settings) -> Iterator[Newsroom]:
    with Newsroom(search_settings_of_file) as opened:
        opened.store.database.migrate()
        opened.store.archive.apply_steps(
            list(map(filed, ARCHIVE)), arrival="single", now=opened.now
        )
        opened.open()
        yield opened


@pytest.fixture
def lorn(tmp_path: Path) -> Iterator[Newsroom]:
    """Return an archive with an article that has a text."""
    text = "Lorn waits for its ferry.\nIt is late.\nThe mayor said it would sail on Friday."
    said = "it would sail on Friday"
    start = text.index(said)
    article = Article(id="ferry", origin="ferry", text=text, published_on=date(2026, 11, 2))
    claim = Claim(
        id="ferry", article_id="ferry", kind="attribution", text=said, type="indirect",
        source="the mayor", source_kind="described", stance="said",
        spans=((start, start + len(said)),),
    )  # fmt: skip
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)})) as opened:
        opened.store.database.migrate()
        paragraphs = tuple((line.start(), line.end()) for line in re.finditer(r".+", text))
        rows = [FiledArticle(article, [claim], paragraphs), *map(filed, ARCHIVE)]
        opened.store.archive.apply_steps(rows, arrival="single", now=opened.now)
        opened.open()
        yield opened


def filed(said: Said) -> FiledArticle:
    article = Article(
        id=said.id, origin=said.id, text=said.text, published_on=date(2026, 11, said.day)
    )
    claim = Claim(
        id=said.id,
        article_id=said.id,
        kind="attribution" if said.speaker else "statement",
        text=said.text,
        type="indirect" if said.speaker else None,
        speaker=said.speaker,
        source=said.source or said.speaker,
        source_kind="named" if said.speaker else "none",
        stance=said.stance if said.speaker else None,
        negative=said.negative,
        cue=said.cue,
    )
    return FiledArticle(article=article, claims=[claim])


def found(newsroom: Newsroom, typed: str) -> list[str]:
    return [hit.claim.id for hit in newsroom.search.find(typed).hits]


def test_the_right_claim_is_first(newsroom: Newsroom) -> None:
    answers = {typed: found(newsroom, typed) for typed in QUESTIONS}
    first = [typed for typed, right in QUESTIONS.items() if answers[typed][:1] == [right]]
    among = [typed for typed, right in QUESTIONS.items() if right in answers[typed][:3]]
    assert len(first) >= LEAST_FIRST * len(QUESTIONS), QUESTIONS.keys() - first
    assert len(among) >= LEAST_AMONG_THREE * len(QUESTIONS), QUESTIONS.keys() - among


@pytest.mark.parametrize("typed", QUESTIONS)
def test_read_query_finds_the_same_claims(newsroom: Newsroom, typed: str) -> None:
    answer = newsroom.search.find(typed)
    again = newsroom.search.find(answer.read_as)
    assert again.read_as == answer.read_as
    # "Why" and small words of a question also tell which of them comes first.
    assert {hit.claim.id for hit in again.hits} == {hit.claim.id for hit in answer.hits}


@pytest.fixture
def on_7_november(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions are asked on 7 November 2026."""
    noon = datetime(2026, 11, 7, 12, tzinfo=UTC)
    monkeypatch.setattr(newsroom.search, "now", lambda: noon)


@pytest.mark.usefixtures("on_7_november")
def test_what_was_said_on_a_day_was_published_then(newsroom: Newsroom) -> None:
    assert found(newsroom, "what did orrin say on 5 november") == ["rusty", "tested"]
    assert found(newsroom, "how many litres of paraffin had leaked before 3 november") == ["leak"]
    assert found(newsroom, "how many litres of paraffin had leaked since friday") == ["leak2"]


@pytest.mark.usefixtures("on_7_november")
def test_a_claim_that_prints_the_day_may_be_of_another_day(newsroom: Newsroom) -> None:
    assert found(newsroom, "what did tarn say about the slow tram on 2 november") == ["tram"]
    assert {*found(newsroom, "what did marsh say on sunday")} == {"hit", "leak", "warned"}
    assert found(newsroom, "what did tarn say on 3 november") == []


@pytest.mark.usefixtures("on_7_november")
def test_a_day_may_be_printed_in_the_claim(newsroom: Newsroom) -> None:
    assert found(newsroom, "when did the barge hit the weir on sunday")[0] == "hit"
    assert found(newsroom, "who told the council of oil in may")[0] == "oil"


@pytest.mark.usefixtures("on_7_november")
def test_nothing_of_last_week_is_no_answer(newsroom: Newsroom) -> None:
    answer = newsroom.search.find("what did dunn say about the footbridge last year")
    assert answer.total == 0
    assert answer.read_as == "~footbridge by:dunn after:2025-01-01 before:2025-12-31"
    assert "~footbridge by:dunn" in answer.suggestions


def test_an_answer_says_that_a_question_was_read(newsroom: Newsroom) -> None:
    answer = newsroom.search.find("how much paraffin was lost")
    assert answer.is_question
    assert answer.read_as == "~paraffin lost has:figure sort:new"
    assert not newsroom.search.find("paraffin").is_question


def test_negation_is_not_first_for_an_assertion(newsroom: Newsroom) -> None:
    asked = "who says the barge was told by radio"
    assert found(newsroom, asked)[:2] == ["warned", "unheard"]


def test_newest_figure_is_first(newsroom: Newsroom) -> None:
    assert found(newsroom, "how many litres of paraffin had leaked")[:2] == ["leak2", "leak"]


def test_only_the_named_speaker_answers(newsroom: Newsroom) -> None:
    for typed, speaker in (
        ("what did marsh say about the radio", "Ida Marsh"),
        ("what did dunn say about the footbridge", "Rhea Dunn"),
    ):
        answer = newsroom.search.find(typed)
        assert {hit.claim.speaker for hit in answer.hits} == {speaker}


def test_who_said_question_excludes_the_opposite(newsroom: Newsroom) -> None:
    assert "paid" not in found(newsroom, "who said the dockers of hexley are unpaid")
    assert found(newsroom, "who said the dockers of hexley are paid") == ["paid"]


def test_speaker_without_a_claim_gets_an_empty_answer(newsroom: Newsroom) -> None:
    answer = newsroom.search.find("what did marsh say about the museum")
    assert answer.total == 0
    assert answer.read_as == "~museum by:marsh"
    assert answer.suggestions == ("by:marsh sort:new", "~museum")


def test_who_did_not_is_not_answered_by_who_did(newsroom: Newsroom) -> None:
    assert "sorry" in found(newsroom, "who apologised")
    assert found(newsroom, "who did not apologise") == ["unsorry"]


def test_name_outweighs_other_words(newsroom: Newsroom) -> None:
    assert found(newsroom, "is quenby to blame")[0] in ("oil", "pump", "brook", "fish")


def test_did_anyone_say_it_is_not_answered_by_the_opposite(newsroom: Newsroom) -> None:
    answers = found(newsroom, "did anyone say the footbridge is safe")
    assert answers[0] == "safe"
    assert "unsafe" not in answers


def test_refusal_is_not_first(newsroom: Newsroom) -> None:
    assert "silent" not in found(newsroom, "what did orrin say")
    assert found(newsroom, "what did orrin say about the tested crane")[:1] == ["tested"]


def test_aide_does_not_precede_the_principal(newsroom: Newsroom) -> None:
    assert found(newsroom, "what did orrin say about rust on the crane")[0] == "rusty"


def test_denial_does_not_answer_who_said_it(newsroom: Newsroom) -> None:
    assert "unsafe" not in found(newsroom, "who said the footbridge is safe")
    assert "denied" not in found(newsroom, "who said the mate was asleep")
    assert "safe" not in found(newsroom, "who said the footbridge is not safe")


def test_exact_word_matches_take_precedence_over_a_question(newsroom: Newsroom) -> None:
    assert found(newsroom, "lock keepers want") == ["pay"]
    assert newsroom.search.find("lock keepers want").read_as == "lock keepers want"


def test_article_is_stemmed_once_per_question(
    lorn: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    stemmed: list[str] = []

    def stem(text: str) -> frozenset[tuple[str, ...]]:
        stemmed.append(text)
        return stems_and_pairs(text)

    monkeypatch.setattr("bot.newsroom.search.ranking.stems_and_pairs", stem)
    lorn.search.find("when did the ferry of lorn sail")
    lorn.search.find("where did the ferry of lorn sail")
    assert len(stemmed) <= 1


def test_role_may_be_anywhere_in_the_article(lorn: Newsroom) -> None:
    assert found(lorn, "what did the mayor of lorn say") == ["ferry"]
    assert found(lorn, "what did the mayor of hexley say") == []
