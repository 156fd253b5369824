"""The supported languages, and lazy access to their modules.

Rooms import a module from here (`from bot.languages.table import pronouns`, then
`pronouns.PERSONAL`), never from the folder of a language. English is the only language so far.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from bot.languages import en

LANGUAGES: Mapping[str, ModuleType] = {"en": en}
"""The package of each language, by its ISO 639-1 code."""

LONG_CODES: Mapping[str, str] = {one.LONG_CODE: code for code, one in LANGUAGES.items()}
"""Maps ISO 639-2 codes to ISO 639-1."""

FOLDERS = ("extraction", "heads", "lexicon", "search", "statements", "wording")
"""The folders of a language; module names are unique across them."""

if TYPE_CHECKING:
    from bot.languages.en.extraction import (
        capitals as capitals,
    )
    from bot.languages.en.extraction import (
        claim_words as claim_words,
    )
    from bot.languages.en.extraction import (
        cores as cores,
    )
    from bot.languages.en.extraction import (
        days as days,
    )
    from bot.languages.en.extraction import (
        doubts as doubts,
    )
    from bot.languages.en.extraction import (
        edges as edges,
    )
    from bot.languages.en.extraction import (
        furniture as furniture,
    )
    from bot.languages.en.extraction import (
        held_roles as held_roles,
    )
    from bot.languages.en.extraction import (
        name_forms as name_forms,
    )
    from bot.languages.en.extraction import (
        occupations as occupations,
    )
    from bot.languages.en.extraction import (
        office_forms as office_forms,
    )
    from bot.languages.en.extraction import (
        orders as orders,
    )
    from bot.languages.en.extraction import (
        quoting as quoting,
    )
    from bot.languages.en.extraction import (
        references as references,
    )
    from bot.languages.en.extraction import (
        role_forms as role_forms,
    )
    from bot.languages.en.extraction import (
        source_forms as source_forms,
    )
    from bot.languages.en.extraction import (
        speaking as speaking,
    )
    from bot.languages.en.extraction import (
        thoughts as thoughts,
    )
    from bot.languages.en.heads import (
        bylines as bylines,
    )
    from bot.languages.en.heads import (
        headline_forms as headline_forms,
    )
    from bot.languages.en.heads import (
        labels as labels,
    )
    from bot.languages.en.heads import (
        notices as notices,
    )
    from bot.languages.en.heads import (
        outlet_names as outlet_names,
    )
    from bot.languages.en.heads import (
        printed_dates as printed_dates,
    )
    from bot.languages.en.lexicon import (
        abbreviations as abbreviations,
    )
    from bot.languages.en.lexicon import (
        assertions as assertions,
    )
    from bot.languages.en.lexicon import (
        bodies as bodies,
    )
    from bot.languages.en.lexicon import (
        calendar as calendar,
    )
    from bot.languages.en.lexicon import (
        cue_verbs as cue_verbs,
    )
    from bot.languages.en.lexicon import (
        function_words as function_words,
    )
    from bot.languages.en.lexicon import (
        name_parts as name_parts,
    )
    from bot.languages.en.lexicon import (
        negation as negation,
    )
    from bot.languages.en.lexicon import (
        people as people,
    )
    from bot.languages.en.lexicon import (
        pronouns as pronouns,
    )
    from bot.languages.en.search import (
        common_words as common_words,
    )
    from bot.languages.en.search import (
        headlines as headlines,
    )
    from bot.languages.en.search import (
        linking as linking,
    )
    from bot.languages.en.search import (
        opposites as opposites,
    )
    from bot.languages.en.search import (
        question_words as question_words,
    )
    from bot.languages.en.search import (
        senses as senses,
    )
    from bot.languages.en.search import (
        synonyms as synonyms,
    )
    from bot.languages.en.search import (
        verbs as verbs,
    )
    from bot.languages.en.statements import (
        clause_boundaries as clause_boundaries,
    )
    from bot.languages.en.statements import (
        clause_words as clause_words,
    )
    from bot.languages.en.statements import (
        denials as denials,
    )
    from bot.languages.en.statements import (
        modality as modality,
    )
    from bot.languages.en.statements import (
        persons as persons,
    )
    from bot.languages.en.statements import (
        pointers as pointers,
    )
    from bot.languages.en.statements import (
        printed_speakers as printed_speakers,
    )
    from bot.languages.en.wording import (
        clarity as clarity,
    )
    from bot.languages.en.wording import (
        cue_forms as cue_forms,
    )
    from bot.languages.en.wording import (
        figures as figures,
    )
    from bot.languages.en.wording import (
        fragments as fragments,
    )
    from bot.languages.en.wording import (
        news_lines as news_lines,
    )
    from bot.languages.en.wording import (
        passages as passages,
    )
    from bot.languages.en.wording import (
        printed_roles as printed_roles,
    )
    from bot.languages.en.wording import (
        printed_sources as printed_sources,
    )
    from bot.languages.en.wording import (
        reporters as reporters,
    )
    from bot.languages.en.wording import (
        sentence_forms as sentence_forms,
    )
    from bot.languages.en.wording import (
        tenses as tenses,
    )

else:

    def __getattr__(subject: str) -> ModuleType:
        """Load a module on first use: reading files needs no grammar."""
        for folder in FOLDERS:
            name = f"{en.__name__}.{folder}.{subject}"
            if find_spec(name):
                return globals().setdefault(subject, import_module(name))
        raise AttributeError(f"no language brings {subject}")


def base_code(code: str) -> str:
    """Strip country and script from a language code: "en" for "en-GB" and "eng"."""
    base = code.replace("_", "-").partition("-")[0].casefold()
    return LONG_CODES.get(base, base)


def is_supported(code: str) -> bool:
    """Whether Claimdesk reads texts in the language of a code."""
    return base_code(code) in LANGUAGES
