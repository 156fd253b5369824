"""Every text that the bot says, in one catalogue: a folder for each language, a file for each
subject, a key for each text. English has all; the others have dates alone (dates.py).

A text has {names} for what is put into it, as in str.format. One that depends on a number is a
mapping of CLDR's plural categories to texts, and the number is its {n}
(unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules):

    found:
      one: "{n} claim"
      other: "{n} claims"

Nothing here knows what a text is for: markup is added, and what comes from articles made inert,
where texts are set.
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
"""For each language, the category of a whole number."""

Text = str | Mapping[str, str]


def say(key: str, /, **values: object) -> str:
    """Print the text of a key ("answers.found"), whole numbers as 1,204.

    Raises KeyError for a key that is not in the catalogue and for a name without a value.
    """
    return template(key, values.get("n")).format_map(
        {name: shown(value) for name, value in values.items()}
    )


def pieces(key: str, /, n: int | None = None) -> Iterator[tuple[str, str | None]]:
    """Take the text of a key apart: stretches of text, each with the name that follows it, or None
    at the end; for lines whose values are more than text."""
    for literal, name, _form, _conversion in Formatter().parse(template(key, n)):
        yield literal, name


def template(key: str, n: object = None, language: str = LANGUAGE) -> str:
    """The text of a key as it stands in the catalogue, in the plural that the number `n` asks for.

    Raises KeyError.
    """
    subject, _, name = key.partition(".")
    text = _texts(subject, language)[name]
    if isinstance(text, str):
        return text
    if not isinstance(n, int):
        raise KeyError(f"{key} asks for a number n")
    return text[PLURALS[language](n)]


def shown(value: object) -> str:
    """A value as it stands in a text."""
    return f"{value:,}" if isinstance(value, int) else str(value)


@cache
def catalogue(language: str = LANGUAGE) -> Mapping[str, Text]:
    """All texts of a language, under "file.key"."""
    subjects = sorted(file.stem for file in (_FOLDER / language).glob("*.yml"))
    return {
        f"{subject}.{name}": text
        for subject in subjects
        for name, text in _texts(subject, language).items()
    }


@cache
def _texts(subject: str, language: str) -> Mapping[str, Text]:
    """Return the texts of one file, or nothing if the file does not exist."""
    file = _FOLDER / language / f"{subject}.yml"
    texts: Mapping[str, Text] = (yaml_files.read(file) if file.is_file() else None) or {}
    return texts
