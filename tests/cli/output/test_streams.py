"""What the commands show of their progress."""

from __future__ import annotations

import io
import logging
import sys

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


def test_a_log_has_no_tokens_and_no_tickets() -> None:
    address = "wss://wss.slack.example/link/?ticket=1f3b-77&app_id=A1"
    shown = streams.WithoutSecrets("%(levelname)s %(message)s")
    try:
        int(address)
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "x", 1, f"no: {address}, xoxb-1-2-aB, xapp-1-A", (), sys.exc_info()
        )
    line = shown.format(record)
    assert not any(secret in line for secret in ("1f3b-77", "xoxb-1", "xapp-1"))
    assert line.count("ticket=…&app_id=A1") == 2
    assert line.startswith("ERROR no: wss://")
