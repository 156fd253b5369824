from __future__ import annotations

import pytest

from bot.digest.figures import has_figures


@pytest.mark.parametrize(
    "text",
    [
        "it rose by 12 percent",
        "3.1% more than a year ago",
        "it will cost $5 to enter",
        "some 2,022 ships wait",
        "20 million people fled",
        "three ships were damaged",
        "dozens of people were hurt",
        "half of the grain was lost",
        "the wall moved 9 cm on 4 November 2026",
        "107 or more were killed",
        "at five berths the wall moved",
        "it rose from 12 to 19 crowns",
        "three men aged 43 and 51 were hurt",
        "savings for three weeks",
        "prices fell by nine, and the rate stands at 45.",
        "it stands at 5.5",
        "it is “three–quarters” of it",
        "a third of the grain, or about half their harvest",
        "one-quarter to one-fifth of the dockers",
        "three years later it was 40 percent",
        "they waited three years",
        "more than half a dozen ships",
    ],
)
def test_amounts_counts_and_shares_are_figures(text: str) -> None:
    assert has_figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "they will mend the quay wall",
        "it was on 4 November",
        "it was on November 4, 2026",
        "printed at noon GMTNovember 4, 2026",
        "they met on 3-5 May",
        "in 2022 and the 1990s they met",
        "it opens at 08:30 and closes at 8 p.m.",
        "Article 5 and Berth 12 are closed",
        "the G7 and an F-16",
        "half a loaf is better",
        "it is the fifth time I have been at one of these",
        "the third harbour master of the town resigned",
        "it closed in the first half of the year and the third quarter of the next",
        "three years later she came back, as she had ten years ago",
        "40 minutes earlier they left",
        "He gets up at five every morning and listens to the radio",
        "they come at four or five in the morning",
        "the gate opens by six o’clock",
        "she is 43, and he was seven",
        "a man aged forty-three",
        "he turned 70 on Monday",
        "a 43-year-old and a nine years old boy",
        "",
    ],
)
def test_dates_times_and_ordinals_are_not_figures(text: str) -> None:
    assert not has_figures(text)
