from __future__ import annotations

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.model import Claim
from bot.statements.blocking import find_candidates
from bot.statements.sameness import Report, same_content
from tests.soak import examples

PRINTED = (
    "the minister said falls fell falling using used 20 million 20,000,000 twenty $5 five dollars "
    "every one in of ten ports closes closed closing cry cries crying dying dies not never refused "
    "U.S. N.A.T.O. NATO señor senor 3.1% percent per cent up to quay walls wall's moved moving "
    "millions €7 euros 5,000 thousand oil ban war"
)
SWAPPED = (
    ("$5", "five dollars"),
    ("20 million", "20,000,000"),
    ("fell", "falling"),
    ("€7", "7 euro"),
)


def changed(text: str, chance: random.Random) -> str:
    """A text that may say the same: some words left out, some printed in another way."""
    for one, other in SWAPPED:
        text = text.replace(one, other) if chance.random() < 0.5 else text.replace(other, one)
    kept = [word for word in text.split() if chance.random() < 0.8]
    return " ".join(kept or text.split())


def made_from(seed: int) -> list[str]:
    """Different texts, of which many say what others say, or a part of it."""
    chance = random.Random(seed)
    made = [" ".join(chance.choices(PRINTED.split(), k=chance.randint(1, 9))) for _ in range(4)]
    for _ in range(8):
        made.append(changed(chance.choice(made), chance))
    return list(dict.fromkeys(made))


def cut(text: str) -> Report:
    return Report.from_claim(Claim(id="c", article_id="a", kind="statement", text=text))


@settings(max_examples=examples(150))
@example(["million to in $5", "moving million dies $5"])
@example(["20 million", "20,000,000"])
@example(["the minister said ports closed by $5", "the minister said ports closed by five dollars"])
@given(st.integers(0, 2**32).map(made_from))
def test_contents_that_say_the_same_are_near(made: list[str]) -> None:
    near, reports = find_candidates(made), [cut(text).wording for text in made]
    for one, numbers in enumerate(near):
        for other in range(len(made)):
            if same_content(reports[one], reports[other]):
                assert other in numbers, (made[one], made[other])
            assert (other in numbers) == (one in near[other])


def test_candidates_contain_all_longer_words() -> None:
    whole = "Engineers knew that the quay wall had moved before Sunday"
    part, other = "the quay wall moved", "the quay wall of the northern harbour"
    assert find_candidates([whole, part, other]) == [{0, 1}, {0, 1}, {2}]


def test_irregular_forms_are_candidates() -> None:
    assert find_candidates(["they kept using cranes", "used cranes"]) == [{0, 1}, {0, 1}]
    assert find_candidates(["the men were dying", "the men died"]) == [{0, 1}, {0, 1}]


def test_short_contents_match_only_equal_ones() -> None:
    assert find_candidates(["No", "No!", "It is so", "They moved it"]) == [{0, 1}, {0, 1}, {2}, {3}]


def test_short_words_and_figures_are_looked_for_too() -> None:
    ban, war = "No U.S. oil ban", "There was no U.S. ban on oil in May"
    assert find_candidates([ban, war, "U.S. oil"]) == [{0, 1}, {0, 1}, {2}]


def test_figures_alone_are_near_only_to_what_says_these_figures() -> None:
    one, same = "$5 million to $7 million", "from 5,000,000 to 7,000,000 dollars"
    whole, other = "The harbour wants $5 million to $7 million", "$5 million to $9 million"
    assert find_candidates([one, same, whole, other]) == [{0, 1, 2}, {0, 1, 2}, {0, 1, 2}, {3}]
