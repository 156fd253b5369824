from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.model import ClaimEntry
from bot.search import IndexState, SearchIndex, SearchResult, parse
from bot.search.figures import expand_figures, printed_forms
from bot.search.language.pasted_text import message_query
from bot.search.word_weights import word_weights

Ask = Callable[..., SearchResult]
MakeEntry = Callable[..., ClaimEntry]

TODAY = date(2026, 11, 25)
CLAIMS = [
    # id, speaker, text, title
    ("bridge", "Oda Brenner", "the bridge over the Lorn would not open before 2031", "Bridge late"),
    ("cost", "Oda Brenner", "the bridge had cost 48 million euros so far", "Bridge late"),
    ("cracks", "Milo Tarrant", "inspectors warned him of cracks in the pier three times", ""),
    ("denial", "the city council", "it was never warned of any cracks", "Council denies warning"),
    ("ferry", "Milo Tarrant", "the ferry carries 4,000 people a day", "Ferry at its limit"),
    ("resign", "Ines Quarrie", "I will not resign over a few late trains", "Rail chief stays"),
    ("trains", "the rail operator", "one train in ten was cancelled last May", "Rail chief stays"),
    ("deaths", "Dr Sana Wyle", "twelve patients died of the infection in one ward", "Ward shut"),
    ("ward", "the hospital", "the ward is to stay shut until it has been cleaned", "Ward shut"),
    ("thefts", "Piet Aldous", "somebody stole nine paintings from the museum's cellar", ""),
    ("alarm", "Piet Aldous", "the alarm had been switched off by the cleaners", ""),
    ("wolves", "Hanne Lisker", "the wolves have killed half of her lambs since May", "Wolf count"),
    ("count", "the forestry office", "no more than 30 wolves live in the county", ""),
    ("tax", "Rufus Ollen", "no household will pay more tax next year", "Budget day"),
    ("school", "the teachers' union", "eight in ten teachers want to leave the job", ""),
    ("goal", "Bea Santorin", "we were the better team and everybody saw it", "Late goal"),
]  # fmt: skip
MESSAGES = [
    ("didn't that brenner woman say the bridge wont be open til 2031 or so", "bridge"),
    ("pretty sure it's cost them 48m already tbh", "cost"),
    ("tarant reckons he got three warnings about the cracks", "cracks"),
    ("wait, I thought the council said nobody ever warned them about cracks?", "denial"),
    ("4k people a day on that ferry acc to someone", "ferry"),
    ("quarrie says she's not resigning. who believes that", "resign"),
    ("heard the rail lot admit ten per cent of trains got cancelled", "trains"),
    ("12 deaths on one ward from that infection, the doctor said", "deaths"),
    ("is the ward really staying closed till they've done the cleaning?", "ward"),
    ("so a thief got nine pictures out of the museum cellar, aldous says", "thefts"),
    ("lol the cleaners had turned the alarm off", "alarm"),
    ("half the lambs killed by wolves?? lisker said that i think", "wolves"),
    ("the forestry people claim it's only thirty wolves", "count"),
    ("Ollen promised nobody pays more taxes next year didn't he", "tax"),
    ("eighty percent of teachers wanna quit, union says", "school"),
]
UNRELATED = [
    *("lunch at 1?", "can you send me the deck by thursday", "happy birthday Priya!!", "lol"),
    *("standup moved to 10:30, same link", "the printer is out of paper again", "thanks all!"),
    *("we need more people in the team next year", "please shut the ward of old chairs, I open it"),
    *("can you switch off the alarm before you leave", "I'm late, my train was the one in ten"),
    *("who has my charger", "running late, sorry", "please fill in your timesheets by friday"),
]
MOST_MISSED, MOST_ANSWERED = 2, 1


@pytest.fixture
def archive(index: SearchIndex, make_entry: MakeEntry) -> SearchIndex:
    entries = [
        make_entry(text, id=id, speaker=speaker, article=title or id, title=title or None)
        for id, speaker, text, title in CLAIMS
    ]
    index.rebuild(entries, IndexState("store", 1))
    return index


def close_to(archive: SearchIndex, message: str) -> list[str]:
    found = archive.find(parse(message_query(message), TODAY), 3)
    return [claim for claim, _ in found.ids]


def test_messages_find_their_claims(archive: SearchIndex) -> None:
    missed = [message for message, claim in MESSAGES if claim not in close_to(archive, message)]
    assert len(missed) <= MOST_MISSED, missed


def test_unrelated_messages_find_nothing(archive: SearchIndex) -> None:
    answered = [message for message in UNRELATED if close_to(archive, message)]
    assert len(answered) <= MOST_ANSWERED, answered


def test_close_claims_must_meet_filters(archive: SearchIndex) -> None:
    found = archive.find(parse('~by:"city council" warned of cracks three times', TODAY), 3)
    assert [claim for claim, _ in found.ids] == ["denial"]


def test_a_mistyped_name_finds_the_speaker(archive: SearchIndex) -> None:
    found = archive.find(parse("~quarie resigns over late trains", TODAY), 3)
    assert found.ids[0][0] == "resign"
    assert found.query.words[0] == "quarrie"


def test_claims_by_a_named_speaker_rank_first(ask: Ask, make_entry: MakeEntry) -> None:
    of_brenner = make_entry("Brenner had shut the bridge", id="of", speaker="Milo Tarrant")
    by_brenner = make_entry("the bridge was shut", id="by", speaker="Oda Brenner")
    found = ask("~brenner says the bridge is shut", of_brenner, by_brenner)
    assert found.ids[0][0] == "by"


@pytest.mark.parametrize("quoted", ["“I will not resign over”", '"i wont resign over that"'])
def test_a_quoted_phrase_is_found_by_few_words(archive: SearchIndex, quoted: str) -> None:
    assert close_to(archive, f"lol {quoted} was that in the paper")[0] == "resign"


def test_heavy_words_are_suggested_if_nothing_is_close(archive: SearchIndex) -> None:
    found = archive.find(parse("~anybody up for a museum or a cup of coffee", TODAY), 3)
    assert found.total == 0
    assert found.suggestions == ("museum",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("90k a day", "90 thousand a day"),
        ("ninety grand", "ninety thousand"),
        ("1.8m", "1.8 million"),
        ("twice", "2"),
        ("4 km", "4 km"),
        ("a grand hotel", "a grand hotel"),
    ],
)
def test_abbreviated_figures_are_expanded(typed: str, read: str) -> None:
    assert expand_figures(typed) == read


@pytest.mark.parametrize(
    ("number", "runs"),
    [
        (4000, {("4000",), ("4", "000"), ("four", "thousand"), ("4k",)}),
        (1.8e6, {("1", "8", "million"), ("1", "8m"), ("1", "800", "000")}),
        (42, {("42",), ("forti", "two")}),
        (2, {("2",), ("two",), ("twice",)}),
        (3.5, {("3", "5")}),
        (float("inf"), set()),
    ],
)
def test_a_number_matches_all_its_printed_forms(number: float, runs: set[tuple[str, ...]]) -> None:
    assert runs <= set(printed_forms(number))


def test_names_and_figures_weigh_more_than_chat() -> None:
    message = "pretty sure the guy said Torvald counted 312 boats on Monday"
    told = word_weights(message.split())
    assert told["torvald"] == told["=312"] == 1
    assert told["boats"] > told["monday"] > told["guy"]
    assert "the" not in told
