"""Whether a source is one that its article names nowhere."""

from __future__ import annotations

from bot.languages.table import cue_forms, printed_roles
from bot.model import SourceKind


def is_unnamed(kind: SourceKind, words: str) -> bool:
    """Whether a source is one that the article names nowhere: anonymous, or "a neighbour".

    A body isn't, and neither is whom "the minister" points at: the article may name them.
    """
    if kind != "described":
        return kind == "unnamed"
    return bool(words) and not printed_roles.POINTING_START.match(words) and not is_body(words)


def is_body(words: str) -> bool:
    """Whether words are a body ("the ministry"), which cannot be anonymous."""
    words = words.split(",")[0]
    # Skip a possessive, which may be any words: "the secretary of state's office".
    possessive = cue_forms.POSSESSIVE.search(words)
    noun = cue_forms.NOUN_END.split(words[possessive.end() :] if possessive else words, maxsplit=1)[
        0
    ].split()[-1:]
    return bool(noun and cue_forms.ORGANISATION_OR_DOCUMENT.fullmatch(noun[0]))
