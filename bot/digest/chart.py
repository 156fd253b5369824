"""Draw a small chart: how many of something there were each day. Pure: numbers in, PNG out.

Pillow draws it, which comes with `claimdesk[chart]`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

SCALE = 2
"""Pixels for each point, so that it is sharp on dense screens."""
WIDTH, HEIGHT = 480, 220
MARGIN, LEFT, TOP, BOTTOM = 16, 40, 52, 36
TEXT, TITLE = 12, 14
# A card of its own, with an edge: it reads the same on Slack's light and dark pages.
CARD, EDGE, GRID = "#ffffff", "#8a9ba8", "#dde3e8"
INK, FAINT, BAR, LAST = "#1d1c1d", "#52606b", "#7fa6c2", "#1f5f8b"
STEPS = (1, 2, 5)


def is_installed() -> bool:
    """Whether charts can be drawn."""
    return find_spec("PIL") is not None


def bars(title: str, days: Sequence[tuple[str, int]]) -> bytes:
    """Draw one bar for each day, labelled, the last in a stronger colour; PNG, 960 × 440 pixels.

    Every few bars have their label below, the last one always. The font knows ASCII only
    (`can_draw`).
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), CARD)
    draw = ImageDraw.Draw(image)
    draw.rectangle(_box(0, 0, WIDTH - 0.5, HEIGHT - 0.5), outline=EDGE, width=SCALE)
    draw.text(_point(MARGIN, MARGIN), title, fill=INK, font=_font(TITLE))
    most = max(number for _, number in days)
    step = _step(most)
    top = -(-most // step) * step
    for value in range(0, top + 1, step):
        y = _height(value, top)
        draw.line(_box(LEFT, y, WIDTH - MARGIN, y), fill=GRID, width=SCALE)
        draw.text(_point(LEFT - 8, y), f"{value:,}", fill=FAINT, font=_font(TEXT), anchor="rm")
    _draw_days(draw, days, top)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def can_draw(text: str) -> bool:
    """Tell whether a text can be drawn: the font that Pillow brings has no other letters."""
    return text.isascii()


def _draw_days(draw: ImageDraw.ImageDraw, days: Sequence[tuple[str, int]], top: int) -> None:
    room = (WIDTH - MARGIN - LEFT) / len(days)
    every = -(-len(days) // 5)
    for place, (label, number) in enumerate(days):
        is_last = place == len(days) - 1
        x = LEFT + place * room
        if number:
            box = (x + room * 0.15, _height(number, top), x + room * 0.85, _height(0, top))
            draw.rectangle(_box(*box), fill=LAST if is_last else BAR)
        if (len(days) - 1 - place) % every == 0:
            at = _point(x + room / 2, _height(0, top) + 6)
            draw.text(at, label, fill=INK if is_last else FAINT, font=_font(TEXT), anchor="ma")


def _step(most: int) -> int:
    """Between two lines of the scale: 1, 2 or 5 times a power of ten, at most four lines."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * 4 >= most:
                return step * power
        power *= 10


def _height(value: int, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _point(x: float, y: float) -> tuple[float, float]:
    return x * SCALE, y * SCALE


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    return *_point(left, top), *_point(right, bottom)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)
