"""The chart of a digest: a picture of its numbers, whatever they are."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.digest import chart
from tests.soak import examples

BARS = {ImageColor.getrgb(chart.BAR_COLOUR), ImageColor.getrgb(chart.LAST_BAR_COLOUR)}


def drawn(numbers: list[int], title: str = "Claims a day") -> Image.Image:
    made = chart.draw_bars(title, [(f"{n} Nov", number) for n, number in enumerate(numbers, 1)])
    picture = Image.open(io.BytesIO(made))
    assert picture.format == "PNG"
    assert picture.size == (chart.WIDTH * chart.SCALE, chart.HEIGHT * chart.SCALE)
    return picture.convert("RGB")


def heights(picture: Image.Image, bars: int) -> list[int]:
    """How high the bar of each day is, in pixels."""
    room = (chart.WIDTH - chart.MARGIN - chart.LEFT) / bars
    columns = [round((chart.LEFT + (n + 0.5) * room) * chart.SCALE) for n in range(bars)]
    return [sum(picture.getpixel((x, y)) in BARS for y in range(picture.height)) for x in columns]


@settings(max_examples=examples(15))
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=14))
def test_bars_are_proportional_and_within_the_chart(numbers: list[int]) -> None:
    found = heights(drawn(numbers), len(numbers))
    tallest = max(numbers)
    if not tallest:
        assert not any(found)
        return
    for number, height in zip(numbers, found, strict=True):
        # To the pixel, and the one that both ends of a bar share.
        assert abs(height - max(found) * number / tallest) <= 2
    room = (chart.HEIGHT - chart.TOP - chart.BOTTOM) * chart.SCALE
    assert room / 2 <= max(found) <= room + 1


def test_the_last_day_is_highlighted_and_the_chart_bordered() -> None:
    picture = drawn([5, 5, 5])
    colours = {colour for _, colour in picture.getcolors(maxcolors=10**6) or ()}
    assert colours >= BARS
    corners = [picture.getpixel((0, 0)), picture.getpixel((picture.width - 1, 0))]
    assert set(corners) == {ImageColor.getrgb(chart.BORDER_COLOUR)}
    assert picture.getpixel((chart.SCALE + 2, chart.SCALE + 2)) == ImageColor.getrgb(
        chart.BACKGROUND
    )


@pytest.mark.parametrize(("text", "can"), [("Ida Marsh", True), ("Łódź", False), ("习近平", False)])
def test_what_the_font_lacks_is_not_drawn(text: str, can: bool) -> None:
    assert chart.can_draw(text) is can
