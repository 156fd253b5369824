"""Words by which claims are found and compared, from related_words.yml."""

from pathlib import Path

from bot import yaml_files
from bot.languages.lookup import word_groups

_LISTS = yaml_files.read(Path(__file__).with_name("related_words.yml"))
SENSE_GROUPS = word_groups(_LISTS["senses"])
"""Words with a similar sense, in addition to SYNONYM_GROUPS."""
SYNONYM_GROUPS = word_groups(_LISTS["synonyms"])
CONFUSED_GROUPS = word_groups(_LISTS["headlines"])
"""Words that people mix up; not all are synonyms."""
BASE_FORMS = {form: base for base, *forms in word_groups(_LISTS["verbs"]) for form in forms}
"""Maps each irregular form to its verb: "thrown" to "throw"."""
COMMON_WORDS = frozenset(_LISTS["common_words"].split())
LINKING_WORDS = " ".join(_LISTS["linking"].split())
OPPOSITE_PAIRS = word_groups(_LISTS["opposites"])
