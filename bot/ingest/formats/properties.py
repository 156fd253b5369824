"""Read a document's own properties, and an embargo stated in its first lines."""

from __future__ import annotations

import re

from bot.ingest.metadata import Value

_PROGRAM_DEFAULT = re.compile(
    r"microsoft |untitled|unbenannt|enscript output|\S*://|.*\.(?:docx?|odt|rtf|indd|pdf|html?)$",
    re.IGNORECASE,
)
_EMBARGO = re.compile(
    r"\bembargoed\b|\b(?:under|strict) embargo\b|\bembargo(?:\s*:|\s+(?:until|till|to|for|bis)\b)"
    r"|\bnot for (?:release|publication) (?:until|before)\b|\bsperrfrist\b",
    re.IGNORECASE,
)
_LIFTED_EMBARGO = re.compile(r"\bembargo\w* (?:\w+ ){0,2}(?:lifted|expired|over)\b", re.IGNORECASE)
_MAX_OPENING_PARAGRAPHS = 6


def drop_program_default(value: str | None) -> str | None:
    """Return a title that a person typed; None for one that a program filled in."""
    words = (value or "").split()
    line = " ".join(words)
    return line if len(words) > 1 and not _PROGRAM_DEFAULT.match(line) else None


def find_embargo(title: str | None, text: str) -> dict[str, Value]:
    """Return the metadata that withholds a release if its title or opening states an embargo.

    The end of the embargo is not parsed, since its wording can be misread: a person has to say that
    it is over.
    """
    paragraphs = text.split("\n\n", _MAX_OPENING_PARAGRAPHS)[:_MAX_OPENING_PARAGRAPHS]
    for line in (title or "", *paragraphs):
        if _EMBARGO.search(line) and not _LIFTED_EMBARGO.search(line):
            return {"status": "withheld", "note": line[:200]}
    return {}
