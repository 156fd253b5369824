"""The supported languages, and lazy access to their modules.

Other packages import a module from here (`from bot.languages.table import pronouns`, then
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

LONG_CODES: Mapping[str, str] = {package.LONG_CODE: code for code, package in LANGUAGES.items()}
"""Maps ISO 639-2 codes to ISO 639-1."""

FOLDERS = ("extraction", "heads", "lexicon", "search", "statements", "wording")
"""The folders of a language; module names are unique across them."""

if TYPE_CHECKING:
    # fmt: off
    from bot.languages.en.extraction import (  # noqa: I001
        acts as acts, capitals as capitals, claim_words as claim_words, days as days,
        furniture as furniture, held_roles as held_roles, name_forms as name_forms,
        occupations as occupations, office_forms as office_forms, orders as orders,
        pronoun_forms as pronoun_forms, quoting as quoting, references as references,
        role_forms as role_forms, source_cores as source_cores, source_forms as source_forms,
        span_edges as span_edges,
    )
    from bot.languages.en.heads import (
        bylines as bylines, labels as labels,
        printed_dates as printed_dates,
    )
    from bot.languages.en.lexicon import (
        abbreviations as abbreviations, assertions as assertions, calendar as calendar,
        cue_verbs as cue_verbs, function_words as function_words, given_names as given_names,
        name_parts as name_parts, negation as negation, organisations as organisations,
        people as people, places as places, printed_words as printed_words, pronouns as pronouns,
        word_order as word_order,
    )
    from bot.languages.en.search import (
        question_words as question_words, related_words as related_words,
    )
    from bot.languages.en.statements import (
        clause_boundaries as clause_boundaries,
        clause_words as clause_words,
    )
    from bot.languages.en.wording import (
        clarity as clarity, cue_forms as cue_forms, figures as figures,
        news_lines as news_lines, passages as passages, printed_roles as printed_roles,
        sentence_forms as sentence_forms, tenses as tenses,
    )
    # fmt: on

else:

    def __getattr__(name: str) -> ModuleType:
        """Import a language module on first use, because ingest does not need the grammar."""
        for folder in FOLDERS:
            path = f"{en.__name__}.{folder}.{name}"
            if find_spec(path):
                return globals().setdefault(name, import_module(path))
        raise AttributeError(f"no language has a module {name}")


def base_code(code: str) -> str:
    """Strip country and script from a language code: "en" for "en-GB" and "eng"."""
    base = code.replace("_", "-").partition("-")[0].casefold()
    return LONG_CODES.get(base, base)


def is_supported(code: str) -> bool:
    """Whether Claimdesk can extract claims from texts in a language, given by its code."""
    return base_code(code) in LANGUAGES
