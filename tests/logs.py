"""What a test's own code has logged: threads and tasks of earlier tests may log, too."""

from __future__ import annotations

import logging

import pytest


def records_of(caplog: pytest.LogCaptureFixture, *loggers: str) -> list[logging.LogRecord]:
    """Return the records of these loggers, and of those below them."""
    above = tuple(f"{logger}." for logger in loggers)
    return [record for record in caplog.records if f"{record.name}.".startswith(above)]
