"""The languages that Claimdesk reads, a line each, and what the rooms take of them.

This is the one way to a language: rooms write `from bot.languages.table import lexicon`, then
`lexicon.pronouns.PERSONAL`, and import no folder of a language themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from bot.languages import en
from bot.languages.en.extraction import (
    capitals,
    claim_words,
    cores,
    days,
    doubts,
    edges,
    furniture,
    held_roles,
    name_forms,
    occupations,
    office_forms,
    orders,
    quoting,
    references,
    role_forms,
    source_forms,
    speaking,
    thoughts,
)
from bot.languages.en.heads import (
    bylines,
    headline_forms,
    labels,
    notices,
    outlet_names,
    printed_dates,
)
from bot.languages.en.lexicon import (
    abbreviations,
    assertions,
    bodies,
    calendar,
    common_words,
    cue_verbs,
    function_words,
    headlines,
    linking,
    name_parts,
    negation,
    opposites,
    people,
    pronouns,
    senses,
    synonyms,
    verbs,
)
from bot.languages.en.statements import (
    clause_words,
    denials,
    joints,
    modality,
    persons,
    pointers,
    printed_speakers,
)
from bot.languages.en.wording import (
    clarity,
    cue_forms,
    figures,
    fragments,
    news_lines,
    passages,
    printed_roles,
    printed_sources,
    reporters,
    sentence_forms,
    tenses,
)

__all__ = [
    "LANGUAGES",
    "LONG_CODES",
    "abbreviations",
    "assertions",
    "base_code",
    "bodies",
    "bylines",
    "calendar",
    "capitals",
    "claim_words",
    "clarity",
    "clause_words",
    "common_words",
    "cores",
    "cue_forms",
    "cue_verbs",
    "days",
    "denials",
    "doubts",
    "edges",
    "figures",
    "fragments",
    "function_words",
    "furniture",
    "headline_forms",
    "headlines",
    "held_roles",
    "is_read",
    "joints",
    "labels",
    "linking",
    "modality",
    "name_forms",
    "name_parts",
    "negation",
    "news_lines",
    "notices",
    "occupations",
    "office_forms",
    "opposites",
    "orders",
    "outlet_names",
    "passages",
    "people",
    "persons",
    "pointers",
    "printed_dates",
    "printed_roles",
    "printed_sources",
    "printed_speakers",
    "pronouns",
    "quoting",
    "references",
    "reporters",
    "role_forms",
    "senses",
    "sentence_forms",
    "source_forms",
    "speaking",
    "synonyms",
    "tenses",
    "thoughts",
    "verbs",
]

LANGUAGES: Mapping[str, ModuleType] = {"en": en}
"""What brings each language, by its ISO 639-1 code."""

LONG_CODES = {"eng": "en"}
"""What ISO 639-2 calls them."""


def base_code(code: str) -> str:
    """The language of a code without its country or script: "en" of "en-GB" and of "eng"."""
    base = code.replace("_", "-").partition("-")[0].casefold()
    return LONG_CODES.get(base, base)


def is_read(code: str) -> bool:
    """Whether Claimdesk reads texts in the language of a code."""
    return base_code(code) in LANGUAGES
