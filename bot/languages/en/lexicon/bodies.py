"""What bodies are called, and papers: ministries, companies, outlets, reports."""

from __future__ import annotations

from bot.languages.en.lexicon.lists import listed

NOT_PERSONS = listed("not_persons")
OUTLETS = listed("outlets")
INSTITUTIONS = listed("institutions")
MUNICIPAL = listed("municipal")
COMPANIES = listed("companies")
BODIES = NOT_PERSONS | INSTITUTIONS
DOCUMENTS = listed("documents")
