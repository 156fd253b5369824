"""Words that show that a line above a story is a label or a field."""

from pathlib import Path

from bot.languages.en.lexicon.lists import load_phrases

LISTS = load_phrases(Path(__file__).with_name("heads.yml"))
