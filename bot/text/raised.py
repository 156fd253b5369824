"""Drop the raised numbers that refer to notes: a text has no other place for "said¹"."""

from __future__ import annotations

import re

_START, _END = "\x0e", "\x0f"
_RAISED = re.compile(f"{_START}([^{_START}{_END}]*){_END}")
_NOTE_MARK = re.compile(
    r"[\[(]?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[*†‡§]{1,3})[\])]?|\[[^\[\]]{1,30}\]"
)
_EXPONENT = re.compile(r"[-−–]?[23]")
_UNIT = re.compile(r"(?:[mck]?m|ft|in|mi|yds?|s|metres?|meters?|feet)", re.IGNORECASE)
_SYMBOL = re.compile(r"(?:.*\W)?[^\W\d_]")
_POWER = re.compile(r"(?:.*\D)?(?:10|2)")
_SUPERSCRIPTS = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_FRACTION_SLASHES = ("/", "⁄", "∕")
MAX_WORD_LENGTH = 20
"""Characters of the word before a raised number: longer than any unit or symbol."""


def mark_raised(text: str) -> str:
    """Enclose raised text in control characters, for `resolve_raised`."""
    return f"{_START}{text}{_END}"


def resolve_raised(text: str) -> str:
    """Drop the raised marks of notes from a text, and print other raised numbers as exponents.

    Raised letters stay as they are: "21st".
    """
    joined = text.replace(_END + _START, "")

    def resolve(match: re.Match[str]) -> str:
        start, end = match.span()
        before = joined[max(0, start - MAX_WORD_LENGTH) : start]
        return print_raised(match[1], before, joined[end : end + 1])

    resolved = _RAISED.sub(resolve, joined)
    return resolved.replace(_START, "").replace(_END, "")


def print_raised(raised: str, before: str, after: str = "") -> str:
    """Return what a text prints for a raised part of it: nothing for the mark of a note.

    `before` and `after` are the texts around it. Raised letters stay as they are.
    """
    mark = raised.strip()
    if is_note_mark(mark, before, after):
        return raised[len(raised.rstrip()) :]  # the space after it
    return to_superscript(raised) if mark.strip("-−–").isdecimal() else raised


def to_superscript(number: str) -> str:
    """Return a number in superscript characters, so that 10⁶ is not read as 106."""
    return number.translate(_SUPERSCRIPTS)


def is_note_mark(mark: str, before: str, after: str = "") -> bool:
    """Whether a raised mark refers to a note, or numbers one, rather than being an exponent, the
    numerator of a fraction or the mass of an isotope.

    `before` is the text before it, of which the last word counts, and `after` the text after it.
    """
    if not _NOTE_MARK.fullmatch(mark):
        return False
    is_isotope = before.endswith((" ", "\N{NO-BREAK SPACE}")) and after[:1].isalpha()
    if mark.isdecimal() and (is_isotope or after.startswith(_FRACTION_SLASHES)):
        return False
    word = before[-MAX_WORD_LENGTH:].rsplit(maxsplit=1)[-1] if before.strip() else ""
    is_exponent = _EXPONENT.fullmatch(mark) and (_UNIT.fullmatch(word) or _SYMBOL.fullmatch(word))
    return not is_exponent and not (mark.isdecimal() and _POWER.fullmatch(word))
