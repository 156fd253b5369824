"""Nouns for organisations and documents: ministries, companies, outlets, reports."""

from bot.languages.en.lexicon.lists import word_list

NON_PERSON_WORDS = word_list("non_person_words")
OUTLETS = word_list("outlets")
BROADCASTERS = frozenset({"radio", "voice"})
"""First words of outlets' names: "Radio Free …", "Voice of …"."""
INSTITUTIONS = word_list("institutions")
MUNICIPALITIES = word_list("municipalities")
COMPANIES = word_list("companies")
ORGANISATIONS = NON_PERSON_WORDS | INSTITUTIONS
COMPANY_WORDS = frozenset(("inc", "ltd", "corp", "company", "plc", "llc", "co", "gmbh", "holdings"))
DOCUMENTS = word_list("documents")
