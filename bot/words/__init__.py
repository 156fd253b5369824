"""Every text that the bot says: a folder per language, a file per subject, a key per text.

A text has {names} for its values, as in str.format. A text that depends on a number is a mapping of
CLDR's plural categories to texts, and {n} is the number
(unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules):

    found:
      one: "{n} claim"
      other: "{n} claims"

Texts are plain: callers add markup and escape what comes from articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from bot import yaml_files

LANGUAGE = "en"
_FOLDER = Path(__file__).parent
PLURALS: Mapping[str, Callable[[int], str]] = {"en": lambda n: "one" if n == 1 else "other"}
"""The plural category of a whole number, by language."""

Text = str | Mapping[str, str]


def say(key: str, /, **values: object) -> str:
    """Return the text of a key ("answers.found"), with whole numbers as 1,204.

    Raises KeyError for a key that is not in the catalogue, and for a name without a value.
    """
    return template(key, values.get("n")).format_map(
        {name: format_value(value) for name, value in values.items()}
    )


def pieces(key: str, /, n: int | None = None) -> Iterator[tuple[str, str | None]]:
    """Split the text of a key into literal pieces, each with the name of the value that follows
    it, None at the end; for lines whose values are more than text."""
    for literal, name, _form, _conversion in Formatter().parse(template(key, n)):
        yield literal, name


def template(key: str, n: object = None) -> str:
    """Return the text of a key with its {names}, in the plural form for the number `n`.

    Raises KeyError.
    """
    subject, _, name = key.partition(".")
    text = _texts(subject)[name]
    if isinstance(text, str):
        return text
    if not isinstance(n, int):
        raise KeyError(f"{key} asks for a number n")
    return text[PLURALS[LANGUAGE](n)]


def format_value(value: object) -> str:
    """Format a value for a text."""
    return f"{value:,}" if isinstance(value, int) else str(value)


@cache
def catalogue() -> Mapping[str, Text]:
    """Return all texts by key ("file.name")."""
    subjects = sorted(file.stem for file in (_FOLDER / LANGUAGE).glob("*.yml"))
    return {
        f"{subject}.{name}": text for subject in subjects for name, text in _texts(subject).items()
    }


@cache
def _texts(subject: str) -> Mapping[str, Text]:
    """Return the texts of one file, empty if the file does not exist."""
    file = _FOLDER / LANGUAGE / f"{subject}.yml"
    texts: Mapping[str, Text] = (yaml_files.read(file) if file.is_file() else None) or {}
    return texts
