"""Choose an article's title: the printed headline, unless the page's statements agree on another.

A page states its title up to six times. Some of them are wrong: a description, a title for search
engines, a section's name, a site's name in the h1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

MAX_TITLE_LENGTH = 250
_MIN_HEADLINE_WORDS = 4
"""Words of an h1 that is more likely a headline than the name of a section or a site."""
_MAX_KICKER_WORDS = 5
_MIN_CUT_LENGTH = 15
_SEPARATOR = re.compile(r"\s+(?:[|·–—•«»‹›]|-|::|//)\s+|\s*\|\s*")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def choose_title(
    stated: Sequence[str], headings: Sequence[str], window_title: str, sites: Iterable[str]
) -> str | None:
    """Return the title, without the names of `sites` at its ends.

    `stated` are those of JSON-LD, Open Graph and other metadata, the most reliable first, without
    descriptions; `headings` are the page's h1 elements.
    """
    site_keys = {key for site in sites if (key := site_key(site))}
    window = strip_site(window_title, site_keys)
    titles = [strip_site(title, site_keys) for title in stated if len(title) <= MAX_TITLE_LENGTH]
    titles = [title for title in titles if title and not _is_cut(title, [*titles, *headings])]
    printed = [
        heading
        for heading in (strip_site(heading, site_keys) for heading in headings)
        if heading and site_key(heading) not in site_keys
    ]
    others = [*titles, window] if window else titles
    return (
        _find_agreed_heading(printed, others)
        or _find_related_heading(printed, others)
        or _find_most_stated(titles, window, printed)
    )


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
    return _key(re.sub(r"^the\s+|^https?://(?:www\.)?", "", name.strip(), flags=re.IGNORECASE))


def split_title(title: str) -> list[str]:
    """Split a window's title at its separators: the headline, a section, the site."""
    return [part for part in _SEPARATOR.split(title) if part.strip()]


def _find_agreed_heading(headings: Sequence[str], others: Sequence[str]) -> str | None:
    """Return the h1 that most other titles repeat, in its own spelling but without a kicker."""
    votes: Counter[str] = Counter()
    for heading in headings:
        heading_key = _key(heading)
        for other in others:
            other_key = _key(other)
            if heading_key == other_key:
                votes[heading] += 2
            elif _is_kicker_around(other, heading):
                votes[other] += 1
            elif heading_key in other_key and len(heading.split()) >= _MIN_HEADLINE_WORDS:
                votes[heading] += 1
    return votes.most_common(1)[0][0] if votes else None


def _is_kicker_around(title: str, heading: str) -> bool:
    """Whether a heading is a title with a few more words before it."""
    words = title.split()
    kicker_length = len(heading.split()) - len(words)
    return (
        len(words) >= _MIN_HEADLINE_WORDS
        and 0 < kicker_length <= _MAX_KICKER_WORDS
        and _key(heading).endswith(_key(title))
    )


def _find_related_heading(headings: Sequence[str], others: Sequence[str]) -> str | None:
    """Return the h1 that has most of its long words in another title, or that stands alone."""
    known = [set(map(str.lower, _LONG_WORD.findall(other))) for other in others]
    for heading in headings:
        words = set(map(str.lower, _LONG_WORD.findall(heading)))
        if len(heading.split()) >= _MIN_HEADLINE_WORDS and any(
            2 * len(words & other) >= min(len(words), len(other)) > 0 for other in known
        ):
            return heading
    return None


def _find_most_stated(titles: Sequence[str], window: str, headings: Sequence[str]) -> str | None:
    """Return the title that is stated most often; of several, the first, and the window's last."""
    votes = Counter(map(_key, [*titles, window]))
    if titles and votes[_key(best := max(titles, key=lambda title: votes[_key(title)]))] > 1:
        return best
    long_heading = next((h for h in headings if len(h.split()) >= _MIN_HEADLINE_WORDS), None)
    return next(filter(None, (long_heading, *titles, *headings, window)), None)


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
