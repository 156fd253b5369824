"""What bodies are called, and papers: ministries, companies, outlets, reports."""

from __future__ import annotations

from bot.languages.en.lexicon.lists import listed

NOT_PERSONS = listed("not_persons")
OUTLETS = listed("outlets")
BROADCASTERS = frozenset({"radio", "voice"})
"""First words of the names of outlets: "Radio Free …", "Voice of …"."""
INSTITUTIONS = listed("institutions")
MUNICIPAL = listed("municipal")
COMPANIES = listed("companies")
BODIES = NOT_PERSONS | INSTITUTIONS
DOCUMENTS = listed("documents")
