from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Claim
from bot.search.blocking import neighbours
from bot.search.sameness import Report, same_content

PRINTED = (
    "the minister said falls fell falling using used 20 million 20,000,000 twenty $5 five dollars "
    "every one in of ten ports closes closed closing cry cries crying dying dies not never refused "
    "U.S. N.A.T.O. NATO señor senor 3.1% percent per cent up to quay walls wall's moved moving"
)
texts = st.integers(0, 2**32).map(
    lambda seed: " ".join(
        random.Random(seed).choices(PRINTED.split(), k=random.Random(seed).randint(1, 9))
    )
)


def cut(text: str) -> Report:
    return Report.of(Claim(id="c", article_id="a", kind="statement", text=text))


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, min_size=2, max_size=12, unique=True))
def test_no_two_contents_that_say_the_same_are_kept_apart(made: list[str]) -> None:
    near, reports = neighbours(made), [cut(text).wording for text in made]
    for one, numbers in enumerate(near):
        for other in range(len(made)):
            longer = any(len(word) > 5 for word in made[one].split())
            if longer and same_content(reports[one], reports[other]):
                assert other in numbers
            assert (other in numbers) == (one in near[other])


def test_only_what_holds_all_of_anothers_longer_words_is_near() -> None:
    whole = "Engineers knew that the quay wall had moved before Sunday"
    part, other = "the quay wall moved", "the quay wall of the northern harbour"
    assert neighbours([whole, part, other]) == [{0, 1}, {0, 1}, {2}]


def test_a_form_that_changes_the_beginning_is_near_to_the_others() -> None:
    assert neighbours(["they kept using cranes", "used cranes"]) == [{0, 1}, {0, 1}]
    assert neighbours(["the men were dying", "the men died"]) == [{0, 1}, {0, 1}]


def test_a_content_without_longer_words_is_near_to_its_like_only() -> None:
    assert neighbours(["No", "No!", "It is so", "They moved it"]) == [{0, 1}, {0, 1}, {2}, {3}]
