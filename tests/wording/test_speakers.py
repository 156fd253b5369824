from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Count, Profile, Tally
from bot.wording import speakers
from tests.samples import hit

SMALL = st.integers(0, 20)


def test_denials_stand_with_the_total_and_zero_counts_are_left_out() -> None:
    profile = Profile(
        name="Ida Falk",
        tally=Tally(
            total=5,
            direct=3,
            indirect=2,
            denials=2,
            articles=3,
            first=date(2026, 11, 27),
            last=date(2026, 11, 28),
        ),
        topics=(Count("quay", 3),),
    )
    assert list(speakers.count_lines(profile)) == [
        "5 claims in 3 articles, 27–28 Nov 2026, including 2 denials"
        " · 3 quoted · 2 reported, not quoted",
        "talks more than others about: quay (3)",
    ]


@given(SMALL, SMALL, SMALL, SMALL, SMALL, SMALL)
def test_the_forms_add_up_to_the_total(
    direct: int, mixed: int, indirect: int, refusals: int, unknown: int, denials: int
) -> None:
    total = direct + mixed + indirect + refusals + unknown
    tally = Tally(
        total=total,
        direct=direct,
        mixed=mixed,
        indirect=indirect,
        refusals=refusals,
        denials=min(denials, total),
        articles=1,
    )
    (line,) = speakers.count_lines(Profile(name="Ida Falk", tally=tally))
    _, *forms = line.split(" · ")
    assert sum(int(re.match(r"\d+", form)[0]) for form in forms) == total


@pytest.mark.parametrize(
    ("offset", "number", "shown"),
    [(0, 3, "1–3 of 7 shown"), (6, 1, "no. 7 of 7 shown"), (0, 0, "no claims that are certainly")],
)
def test_the_last_line_says_which_claims_are_shown(offset: int, number: int, shown: str) -> None:
    profile = Profile(name="Ida Falk", tally=Tally(total=7), hits=(hit(),) * number)
    assert f"Ida Falk · {shown}" in speakers.shown_line(profile, offset)
