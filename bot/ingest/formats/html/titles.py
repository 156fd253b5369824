"""Choose an article's title: the printed headline, unless the page's statements agree on another.

A page states its title up to six times. Some of them are wrong: a description, a title for search
engines, a section's name, a site's name in the h1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

MAX_TITLE_LENGTH = 250
MIN_HEADLINE_WORDS = 4
"""Words of a heading that is more likely a headline than the name of a section or a site."""
_MAX_KICKER_WORDS = 5
_MAX_AGREEMENT = 3.0
_CERTAIN_SCORE = 2.5
"""Of an h1 of four words or more right above the story: it is the headline, whatever is stated."""
_MIN_SCORE = 1.5
"""Of a printed line; below, what is stated is more likely the title."""
_MIN_CUT_LENGTH = 15
_SEPARATOR = re.compile(r"\s+(?:[|·–—•«»‹›]|-|::|//)\s+|\s*\|\s*")
_BEFORE_NAME = re.compile(r"^the\s+|^https?://(?:www\.)?", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


class Printed(NamedTuple):
    """A line that is printed like a headline; `weight` is how much its form and place say so."""

    line: str
    weight: float


def choose_title(
    stated: Sequence[str], printed: Sequence[Printed], window_title: str, sites: Iterable[str]
) -> str | None:
    """Return the title, without the names of `sites` at its ends.

    `stated` are those of JSON-LD, Open Graph and other metadata, the most reliable first, without
    descriptions.
    """
    site_keys = {key for site in sites if (key := site_key(site))}
    lines = [heading.line for heading in printed]
    titles = [strip_site(title, site_keys) for title in stated if len(title) <= MAX_TITLE_LENGTH]
    titles = [title for title in titles if title and not _is_cut(title, [*titles, *lines])]
    titles = [title for title in titles if site_key(title) not in site_keys]
    window = strip_site(window_title, site_keys)
    others = [*titles, *dict.fromkeys([window, *split_title(window)])]
    best, score = None, 0.0
    for heading in printed:
        line = strip_site(heading.line, site_keys)
        if not line or site_key(line) in site_keys:
            continue
        line, agreement = _compare(line, others)
        if heading.weight + agreement > score:
            best, score = line, heading.weight + agreement
    votes = Counter(map(_key, [*titles, window]))
    most_stated = max(titles, key=lambda title: votes[_key(title)], default=None)
    if best is None:
        return most_stated or window or next(iter(lines), None)
    is_certain = score >= _CERTAIN_SCORE
    if most_stated and not _is_related(best, others) and not is_certain:
        return most_stated
    return best if score >= _MIN_SCORE or not window else window


def strip_site(title: str, site_keys: set[str]) -> str:
    """Strip the names of sites from both ends of a title, if something is left."""
    title = title.strip()
    while parts := list(_SEPARATOR.finditer(title)):
        if site_key(title[parts[-1].end() :]) in site_keys:
            title = title[: parts[-1].start()].rstrip()
        elif site_key(title[: parts[0].start()]) in site_keys:
            title = title[parts[0].end() :].lstrip()
        else:
            break
    return title


def site_key(name: str) -> str:
    """Return what is compared of a site's name: its letters and digits, without an article."""
    return _key(_BEFORE_NAME.sub("", name.strip()))


def split_title(title: str) -> list[str]:
    """Split a window's title at its separators: the headline, a section, the site."""
    return [part for part in _SEPARATOR.split(title) if part.strip()]


def _compare(line: str, others: Iterable[str]) -> tuple[str, float]:
    """Return a headline without a kicker before it, and how far other titles agree with it."""
    key, agreement = _key(line), 0.0
    for other in others:
        other_key = _key(other)
        if key == other_key:
            agreement += 1.0
        elif _has_kicker(line, other):
            line, key, agreement = other, other_key, agreement + 1.0
        elif (len(line.split()) >= MIN_HEADLINE_WORDS and key in other_key) or (
            len(other.split()) >= MIN_HEADLINE_WORDS and other_key in key
        ):
            agreement += 0.5
    return line, min(agreement, _MAX_AGREEMENT)


def _has_kicker(line: str, title: str) -> bool:
    """Whether a headline is a title with a few more words before it, which no mark separates."""
    words = title.split()
    kicker = line.split()[: -len(words)] if words else []
    return (
        len(words) >= MIN_HEADLINE_WORDS
        and 0 < len(kicker) <= _MAX_KICKER_WORDS
        and kicker[-1][-1].isalnum()
        and _key(line).endswith(_key(title))
    )


def _is_related(line: str, others: Iterable[str]) -> bool:
    """Whether a headline has one of the long words of another title."""
    return any(long_words(line) & long_words(other) for other in others)


@lru_cache(maxsize=512)
def long_words(line: str) -> frozenset[str]:
    """Return the words of a title by which it can be recognised."""
    return frozenset(map(str.lower, _LONG_WORD.findall(line)))


def _is_cut(title: str, others: Iterable[str]) -> bool:
    """Whether a title is the start of a longer one, cut to fit somewhere."""
    key = _key(title.rstrip("…. "))
    is_marked = title.endswith(("…", "..."))
    return (
        len(key) >= _MIN_CUT_LENGTH
        and is_marked
        and any(len(_key(other)) > len(key) and _key(other).startswith(key) for other in others)
    )


def _key(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))
