"""What a document's own properties, and its first lines, say of it."""

from __future__ import annotations

import re

from bot.ingest.metadata import Value

_MADE_BY_A_PROGRAM = re.compile(
    r"microsoft (?:word|powerpoint|office)|untitled|unbenannt|layout|document|slide|print|\S*://"
    r"|.*\.(?:docx?|odt|rtf|indd|qxp|pdf|tex|html?|pages)$",
    re.IGNORECASE,
)
_EMBARGO = re.compile(
    r"\bembargoed\b|\b(?:under|strict) embargo\b|\bembargo(?:\s*:|\s+(?:until|till|to|for|bis)\b)"
    r"|\bnot for (?:release|publication) (?:until|before)\b|\bsperrfrist\b",
    re.IGNORECASE,
)
_LIFTED = re.compile(
    r"\bembargo\w* (?:has been |is |was )?(?:lifted|expired|over)\b", re.IGNORECASE
)
_OPENING = 6
"""How many paragraphs at the start may hold the line that states an embargo."""


def by_a_person(stated: str | None) -> str | None:
    """What people wrote as title or author; programs fill in names of their own."""
    words = (stated or "").split()
    line = " ".join(words)
    return line if len(words) > 1 and not _MADE_BY_A_PROGRAM.match(line) else None


def embargoed(title: str | None, text: str) -> dict[str, Value]:
    """What is known if a release's title or opening states an embargo: it is withheld, and why.

    Until when is told in words that can be misread, so a person has to say that it is over.
    """
    for line in (title or "", *text.split("\n\n", _OPENING)[:_OPENING]):
        if _EMBARGO.search(line) and not _LIFTED.search(line):
            return {"status": "withheld", "note": line[:200]}
    return {}
