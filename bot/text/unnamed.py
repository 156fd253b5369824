"""Whether a source is one that its article names nowhere."""

from __future__ import annotations

from bot.languages.lookup import last_word
from bot.languages.table import LISTS, cue_forms, pronouns
from bot.model import SourceKind


def is_unnamed(kind: SourceKind, words: str) -> bool:
    """Whether a source is one that the article names nowhere: anonymous, or "a neighbour".

    A body isn't, and neither is whom "the minister" points at: the article may name them.
    """
    if kind != "described":
        return kind == "unnamed"
    first, *rest = words.lower().split() or [""]
    pointers = pronouns.DEFINITE_DETERMINERS | {"both"} if rest else pronouns.PRONOUNS | {""}
    is_owned = bool(rest) and first.endswith(("’", "'", "’s", "'s"))
    return not (first in pointers or is_owned or is_body(words))


def is_body(words: str) -> bool:
    """Whether words are a body ("the ministry"), which cannot be anonymous."""
    words = words.split(",")[0]
    # Skip a possessive, which may be any words: "the secretary of state's office".
    possessive = cue_forms.POSSESSIVE.search(words)
    phrase = cue_forms.NOUN_END.split(words[possessive.end() :] if possessive else words)[0]
    noun = last_word(phrase.rstrip())
    singulars = {noun, *map(noun.removesuffix, ("s", "es")), noun.replace("ies", "y")}
    return not singulars.isdisjoint(LISTS["bodies_and_documents"] | LISTS["companies"])
