"""The log: JSON for programs, text on a terminal; lines have the reference of a request or job."""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.monitoring.requests import current_request

SECRETS = re.compile(r"(?<=ticket=)[^&'\"\s]+|\bx(?:ox[a-z]|app)-[\w.-]+")
"""Slack tokens, and the ticket in a socket's address, which works like one."""
PERSON = re.compile(r"(?<![A-Za-z0-9])[UWD](?=[A-Z]*\d)[A-Z0-9]{6,}(?![A-Za-z0-9])")
"""The Slack id of a person, or of a direct message with one."""
_PSEUDONYM_KEY = secrets.token_bytes(16)
TEXT_FORMAT = "%(asctime)s %(levelname)s %(name)s%(reference)s: %(message)s"

Event = MutableMapping[str, Any]


def log_to_stderr(level: int) -> None:
    """Log to standard error from now on."""
    logging.basicConfig(level=level, handlers=[log_handler(sys.stderr)])


def log_handler(stream: TextIO) -> logging.Handler:
    """Return a handler that writes text if the stream is a terminal, else JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TextFormatter(TEXT_FORMAT) if stream.isatty() else json_formatter())
    return handler


def redact(text: str) -> str:
    """Remove Slack tokens and socket tickets, and replace people's ids by pseudonyms.

    A pseudonym is the same for one person until the process ends, and leads back to nobody: a log
    outlives `claimdesk forget`.
    """
    return PERSON.sub(_pseudonym, SECRETS.sub("…", text))


def _pseudonym(match: re.Match[str]) -> str:
    digest = hashlib.blake2s(match[0].encode(), key=_PSEUDONYM_KEY, digest_size=3)
    return f"person-{digest.hexdigest()}"


class TextFormatter(logging.Formatter):
    """Formats lines that are redacted, also in tracebacks: libraries log the address of a
    connection that fails."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record; %(reference)s is that of its request, in brackets."""
        request = current_request()
        record.reference = f" [{request.reference}]" if request else ""
        return redact(super().format(record))


def json_formatter() -> logging.Formatter:
    """Return a formatter that makes one redacted JSON object of a record."""
    import structlog  # takes a tenth of a second

    return structlog.stdlib.ProcessorFormatter(
        processors=[
            _describe,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.EventRenamer("message"),
            _redact,
            structlog.processors.JSONRenderer(),
        ]
    )


def _describe(logger: object, name: str, event: Event) -> Event:
    record: logging.LogRecord = event["_record"]
    event["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    event["level"], event["logger"] = record.levelname.lower(), record.name
    if request := current_request():
        event["ref"] = request.reference
    return event


def _redact(logger: object, name: str, event: Event) -> Event:
    """Redact before the text is made: a secret may end at a quotation mark."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event
