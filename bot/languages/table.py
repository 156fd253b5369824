"""The languages that Claimdesk reads, a line each, and the way to what they bring.

Rooms take a subject from here (`from bot.languages.table import pronouns`, then
`pronouns.PERSONAL`) and import no folder of a language themselves. All subjects are those of
English, the only language so far.
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
    cue_verbs,
    function_words,
    name_parts,
    negation,
    people,
    pronouns,
)
from bot.languages.en.search import (
    common_words,
    headlines,
    linking,
    opposites,
    question_words,
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
    "question_words",
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

LONG_CODES: Mapping[str, str] = {one.LONG_CODE: code for code, one in LANGUAGES.items()}
"""The code of each by what ISO 639-2 calls it."""


def base_code(code: str) -> str:
    """The language of a code without its country or script: "en" of "en-GB" and of "eng"."""
    base = code.replace("_", "-").partition("-")[0].casefold()
    return LONG_CODES.get(base, base)


def is_read(code: str) -> bool:
    """Whether Claimdesk reads texts in the language of a code."""
    return base_code(code) in LANGUAGES
