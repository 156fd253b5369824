"""In what two statements of one speaker oppose each other; only what is sure is called so."""

from __future__ import annotations

from datetime import date

import pytest

from bot.model import ArticleCard, Claim, Hit, Opposition
from bot.statements.said_before import find_opposition
from bot.statements.sides import Side


def side(text: str, day: date, **more: str) -> Side:
    claim = Claim(
        id=f"c{day}",
        article_id=f"a{day}",
        kind="attribution",
        text=text,
        speaker="Ida Falk",
        source_kind="named",
        **{"stance": "said", **more},  # type: ignore[arg-type]
    )
    card = ArticleCard(
        id=claim.article_id,
        title="Falk speaks of the harbour",
        outlet="The Norton Post",
        published_on=day,
        published=None,
        url=None,
        sample=False,
        opening="",
    )
    return Side(Hit(claim=claim, article=card, score=0))


@pytest.mark.parametrize(
    ("earlier", "later", "opposition"),
    [
        ("the harbour would close", "the harbour would not close", "polarity"),
        ("the harbour would close", "the harbour would close by night", None),
        (
            "the quay will cost 30 million crowns",
            "the new quay will cost 45 million crowns",
            "figure",
        ),
        ("the quay will cost 30 million crowns", "the quay will cost 30,000,000 crowns", None),
        ("the quay had cost 30 million crowns", "the quay had cost 45 million crowns", None),
        ("20 boats sank here on 3 May", "24 boats sank here on 3 May", "figure"),
        ("at least 20 boats sank at the quay", "24 boats sank at the quay", None),
        ("20 boats sank at the old quay in May", "24 boats sank at the old quay in June", None),
        ("20 boats sank at the old quay", "24 sailors sank at the old quay", None),
        ("the ferry dock will open on 3 May", "the ferry dock will open on 9 May", "date"),
        ("the ferry dock will open in May", "the ferry dock may open in June", None),
        ("the ferry dock opened on 3 May", "the ferry dock opened on 9 May", "date"),
        ("the ferry dock was to open on Monday", "the ferry dock was to open on 9 May", None),
        ("the ferry dock will open in May", "the ferry dock will open on 3 May", None),
        ("the second dock will open in 2029", "the first dock will open in 2031", None),
        ("the ferry will dock here in May", "the choir will sing there in June", None),
        (
            "if rain comes, the ferry dock will open in May",
            "the ferry dock will open in June",
            None,
        ),
    ],
)
def test_only_sure_oppositions_are_called(
    earlier: str, later: str, opposition: Opposition | None
) -> None:
    days = date(2026, 2, 3), date(2026, 6, 9)
    assert find_opposition(side(earlier, days[0]), side(later, days[1])) == opposition


def test_a_question_opposes_nothing() -> None:
    asked = side("the quay cost 30 crowns", date(2026, 2, 3), stance="asked")
    assert find_opposition(asked, side("the quay cost 45 crowns", date(2026, 6, 9))) is None
