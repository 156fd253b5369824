"""Draw a small bar chart of numbers per day, as a PNG. No I/O.

It needs Pillow, which comes with `claimdesk[chart]`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

SCALE = 2
"""Pixels per point, so that the chart is sharp on high-density screens."""
WIDTH, HEIGHT = 480, 220
# In points; the last three are the distances of the bars from the edges.
MARGIN, LEFT, TOP, BOTTOM = 16, 40, 52, 36
TEXT_SIZE, TITLE_SIZE = 12, 14
# A background and a border of its own, so that it looks the same on light and dark pages.
BACKGROUND, BORDER_COLOUR, GRID_COLOUR = "#ffffff", "#8a9ba8", "#dde3e8"
TEXT_COLOUR, LABEL_COLOUR, BAR_COLOUR, LAST_BAR_COLOUR = "#1d1c1d", "#52606b", "#7fa6c2", "#1f5f8b"
SCALE_STEPS = (1, 2, 5)


def is_installed() -> bool:
    """Whether charts can be drawn."""
    return find_spec("PIL") is not None


def draw_bars(title: str, days: Sequence[tuple[str, int]]) -> bytes:
    """Draw one labelled bar for each day, the last in a stronger colour; PNG, 960 × 440 pixels.

    Not every bar has a label, but the last one always has. The font contains ASCII only, as
    `can_draw` checks.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), BACKGROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle(_box(0, 0, WIDTH - 0.5, HEIGHT - 0.5), outline=BORDER_COLOUR, width=SCALE)
    draw.text(_point(MARGIN, MARGIN), title, fill=TEXT_COLOUR, font=_font(TITLE_SIZE))
    highest = max(number for _, number in days)
    step = _scale_step(highest)
    # The highest value, rounded up to a whole number of steps.
    scale_end = max(step, -(-highest // step) * step)
    for value in range(0, scale_end + 1, step):
        y = _y_of(value, scale_end)
        draw.line(_box(LEFT, y, WIDTH - MARGIN, y), fill=GRID_COLOUR, width=SCALE)
        draw.text(
            _point(LEFT - 8, y), f"{value:,}", fill=LABEL_COLOUR, font=_font(TEXT_SIZE), anchor="rm"
        )
    _draw_days(draw, days, scale_end)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def can_draw(text: str) -> bool:
    """Tell whether a text can be drawn: Pillow's font has ASCII letters only."""
    return text.isascii()


def _draw_days(draw: ImageDraw.ImageDraw, days: Sequence[tuple[str, int]], scale_end: int) -> None:
    bar_width = (WIDTH - MARGIN - LEFT) / len(days)
    # At most five labels fit.
    label_step = -(-len(days) // 5)
    for index, (label, number) in enumerate(days):
        is_last = index == len(days) - 1
        x = LEFT + index * bar_width
        if number:
            left, right = x + bar_width * 0.15, x + bar_width * 0.85
            box = _box(left, _y_of(number, scale_end), right, _y_of(0, scale_end))
            draw.rectangle(box, fill=LAST_BAR_COLOUR if is_last else BAR_COLOUR)
        if (len(days) - 1 - index) % label_step == 0:
            point = _point(x + bar_width / 2, _y_of(0, scale_end) + 6)
            draw.text(
                point,
                label,
                fill=TEXT_COLOUR if is_last else LABEL_COLOUR,
                font=_font(TEXT_SIZE),
                anchor="ma",
            )


def _scale_step(highest: int) -> int:
    """The distance between lines of the scale: 1, 2 or 5 times a power of ten, for at most four
    lines."""
    power = 1
    while True:
        for step in SCALE_STEPS:
            if step * power * 4 >= highest:
                return step * power
        power *= 10


def _y_of(value: int, scale_end: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / scale_end


def _point(x: float, y: float) -> tuple[float, float]:
    return x * SCALE, y * SCALE


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    return *_point(left, top), *_point(right, bottom)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)
