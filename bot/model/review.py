"""Articles that somebody has to review, and who sees them until then."""

from __future__ import annotations

from typing import Literal

ReviewKind = Literal["unreviewed", "doubtful"]
"""Why an article has to be reviewed. "unreviewed": a person brought it, and only that person sees
it. "doubtful": it may have been read wrongly; everyone sees it."""

Doubt = Literal["order", "broken", "unknown", "letters", "unfinished", "thin", "cut", "no_article"]
"""Why a text may have been read wrongly. "order": its lines do not follow each other. "broken": its
words do not look like words. "unknown": they are not in the language's word list. "letters": they
are torn into letters. "unfinished": few sentences end. "thin": most of it may be missing.
"cut": it ends at a paywall. "no_article": its page looks like a front page, a login or a notice."""

ANYONE = ""
"""A viewer who sees only what everyone may see."""
OPERATOR = "*"
"""A viewer at the terminal, who sees everything."""


FORGOTTEN, FORGOTTEN_NAME = "U0FORGOTTEN", "somebody"
"""The beginning of the ids, and the name, of people who were forgotten."""


def viewer_key(team: str, person: str) -> str:
    """Return the viewer that a person in Slack is."""
    return f"{team}/{person}"


def person_of(viewer: str) -> str:
    """Return the person's id in a viewer's key."""
    return viewer.rpartition("/")[2]


def is_forgotten(person: str) -> bool:
    """Tell whether an id stands for a person who was forgotten."""
    return person.startswith(FORGOTTEN)
