from __future__ import annotations

from dataclasses import replace

import pytest

from bot.digest.news import PrintedClaim, find_boilerplate, is_news
from bot.model import Hit, Passage
from tests.digest.days import hit


def printed_as(text: str, **more: object) -> Hit:
    return replace(hit("c", text=text, **more), passage=Passage(spans=((0, len(text)),), text=text))


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The quay wall moved by nine centimetres.", True),
        ("“The wall has moved.”", True),
        ("- Quill Group to pay 140 million for the club", False),
        ("• The rate rises to 4 per cent.", False),
        ("3. The rate rises to 4 per cent.", False),
        ("the extension of the heating allowance to a further 84,000 households;", False),
        ("Quayside to remain the ground for at least 25 years", False),
        ("Main rate 4.25 pct (prev.", False),
        ("The timeline, drawn from the log, is as follows:", False),
    ],
)
def test_an_articles_own_words_are_news_in_whole_sentences(text: str, is_told: bool) -> None:
    assert is_news(printed_as(text, kind="statement")) is is_told


def test_attributions_are_news_even_if_cut_off() -> None:
    assert is_news(printed_as("the wall has moved, he said of the"))
    assert not is_news(printed_as("- The wall has moved, said Ida Marsh."))
    assert is_news(hit("c"))  # from elsewhere, without an article


def printing(family: str, *, is_earlier: bool, outlet: str | None = "Post") -> PrintedClaim:
    return PrintedClaim(
        family=family,
        outlet=outlet,
        text="verify this independently",
        cue="could not",
        source="The Post",
        is_earlier=is_earlier,
    )


def again(**more: object) -> Hit:
    told = {"text": "verify this independently", "cue": "could not", "source": "The Post"}
    return hit("c", **({"outlet": "Post"} | told | more))  # type: ignore[arg-type]


def test_what_an_outlet_printed_before_is_a_standing_phrase() -> None:
    before = [printing("b", is_earlier=True)]
    assert list(find_boilerplate([again()], before)) == ["c"]
    for other in (
        {"outlet": "Wire"},
        {"text": "verify it"},
        {"source": "The Wire"},
        {"cue": "did"},
    ):
        assert list(find_boilerplate([again(**other)], before)) == []


def test_an_article_and_its_copies_do_not_repeat_each_other() -> None:
    assert list(find_boilerplate([again()], [printing("a", is_earlier=True)])) == []
    copy = again(article="z", of="a")
    assert list(find_boilerplate([copy], [printing("a", is_earlier=True)])) == []


def test_boilerplate_needs_three_articles() -> None:
    today = [printing(name, is_earlier=False) for name in ("a", "b", "d")]
    assert list(find_boilerplate([again()], today)) == ["c"]
    assert list(find_boilerplate([again()], today[:2])) == []


def test_without_an_outlet_nothing_is_boilerplate() -> None:
    nobody = [printing("b", is_earlier=True, outlet=None)]
    assert list(find_boilerplate([again(outlet=None)], nobody)) == []
