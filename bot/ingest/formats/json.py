"""Parse JSON that may be broken or hostile, and read values of unexpected types."""

from __future__ import annotations

import json
from typing import Any

from bot.ingest.refusal import Refusal


def parse(raw: bytes, *, ignore_case: bool = False) -> Any:
    """Parse a whole JSON text, with all keys in lower case if `ignore_case`.

    Raises Refusal with the line of the mistake.
    """
    hook = (lambda fields: {key.lower(): fields[key] for key in fields}) if ignore_case else None
    try:
        # Line breaks in texts should be escaped, but are not in some files.
        return json.loads(raw.decode(json.detect_encoding(raw)), strict=False, object_hook=hook)
    except json.JSONDecodeError as error:
        raise Refusal(
            f"it is not JSON: {error.msg} at column {error.colno}",
            "Ask whoever made it for a complete copy",
            place=f"line {error.lineno}",
        ) from error
    except UnicodeDecodeError as error:
        raise Refusal(
            f"it is not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}",
            "Save it as UTF-8",
        ) from error
    except RecursionError as error:
        raise Refusal(
            "it is nested too deeply for a news item",
            "Ask somebody who knows JSON to look at it: it may be an attack",
        ) from error
    except ValueError as error:  # a number with more digits than Python parses
        raise Refusal(f"it is not readable JSON: {error}", "Correct the number") from error


def parse_line(line: bytes) -> dict[str, Any]:
    """Parse a line that is a JSON object with a text. Raises Refusal."""
    value = parse(line)
    if not isinstance(value, dict) or not str(value.get("text") or "").strip():
        raise Refusal("it is not a JSON object with a text", 'A line looks like {"text": "…"}')
    return value


def as_text(value: Any) -> str:
    """Return a string or a number as text; "" for any other type."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def as_objects(value: Any) -> list[dict[str, Any]]:
    """Return the objects of an array, or a single object as a list."""
    values = value if isinstance(value, list) else [value]
    return [element for element in values if isinstance(element, dict)]
