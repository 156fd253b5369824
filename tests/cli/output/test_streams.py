"""What the commands show of their progress."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.cli.output import streams


@pytest.mark.parametrize("is_terminal", [True, False])
def test_progress_shows_count_rate_and_time_left(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=is_terminal, width=100, color_system=None)
    monkeypatch.setattr(streams, "err", console)
    seconds = iter(range(1000))
    with streams.progress_bar() as progress:
        progress.get_time = lambda: float(next(seconds))
        bar = progress.add_task("reading", total=1000)
        for _ in range(3):
            progress.advance(bar, 32)
        progress.refresh()
    if is_terminal:
        assert "reading" in shown.getvalue()
        assert "96/1000" in shown.getvalue()
        assert "/s" in shown.getvalue()
        assert "-:--:--" not in shown.getvalue().splitlines()[-1]
    else:
        assert "reading" not in shown.getvalue()
