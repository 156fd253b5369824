"""Bylines: whether a line names who wrote a story, and whom."""

from __future__ import annotations

import re

from bot.ingest.head.days import day_in
from bot.ingest.head.outlets import is_organisation, is_outlet, is_place
from bot.languages.table import bylines

LONGEST = 120
MOST_WORDS = 4

_ROLE_WORDS = 5
_BESIDE = re.compile(r"\s*(?:[|•·/–—]|\s-\s|\t|\s{3,}|\(|<|\S*@).*$")
_SET_APART = re.compile(r"\s*[,(|–—)]\s*|\s+-\s+")


def byline(line: str) -> str | None:
    """Say whom a line names as a story's writers, without their roles and whereabouts; None if it
    is no byline."""
    if len(line) > LONGEST:
        return None
    if found := bylines.BYLINE.fullmatch(line):
        return _names(found["who"] or found["words"] or found["from"])
    who, *parts = _SET_APART.split(line)
    is_signed = bool(parts) and (is_role(parts[0]) or is_outlet(parts[0]))
    return who if is_signed and is_name(who) else None


def named(value: str) -> str | None:
    """Say whom the value of a field names that is called a byline."""
    found = bylines.BYLINE.fullmatch(value)
    return _names((found["who"] or found["words"] or found["from"]) if found else value)


def bare_names(line: str) -> str | None:
    """The names that a line holds, and nothing else but where their bearers were."""
    names = bylines.TRAILING_PLACE.sub("", line.lstrip("-–— "))
    if is_place(names):
        return None
    return (
        names
        if is_name(bylines.NAME_SEPARATOR.split(names)[0]) and _names(names) == names
        else None
    )


def is_role(words: str) -> bool:
    """Whether words are what a journalist is: "Health Correspondent"."""
    return bool(bylines.TRAILING_ROLE.search(words)) and len(words.split()) <= _ROLE_WORDS


def is_name(words: str) -> bool:
    """Whether words look like a person's name: two to four, in capitals, with particles."""
    parts = bylines.HONORIFICS.sub("", words.strip(), count=1).split()
    particles = bylines.NAME_PARTICLES.split()
    names = [part for part in parts if part.lower() not in particles or part.isupper()]
    if not parts or parts[-1] not in names or not 2 <= len(names) <= MOST_WORDS:
        return False
    is_body = bylines.ROLE.search(words) or is_outlet(words) or is_organisation(words)
    return all(map(_is_name_word, names)) and not is_body


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and re.sub(r"[.'’-]", "", word).isalpha()


def _names(value: str) -> str | None:
    value = _BESIDE.sub("", value)
    if day := day_in(value):
        value = bylines.TRAILING_PUBLISHED.sub("", day.rest.rstrip(" ,."))
    value = bylines.TRAILING_PLACE.sub("", value).strip(" .,")
    if is_name(name := bylines.LEADING_ROLE.sub("", value)):
        return name
    if bylines.ROLE.search(value) and "," not in value:
        return _before_role(value)
    end = start = 0
    for join in (*bylines.NAME_SEPARATOR.finditer(value), None):
        piece = value[start : join.start() if join else len(value)]
        if not is_name(piece):
            break
        end, start = start + len(piece), join.end() if join else len(value)
    return value[:end] or None


def _before_role(value: str) -> str | None:
    """The name in "Priya Nair Political Editor"; all of "our own correspondent"."""
    words = value.split()
    name = " ".join(words[:2])
    if len(words) > 2 and is_name(name) and words[2][0].isupper():
        return name
    return value if len(words) <= _ROLE_WORDS else None
