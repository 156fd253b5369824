"""Given names that show whether a person is a man or a woman."""

from pathlib import Path

from bot.languages.en.lexicon.lists import load_word_lists

_LISTS = load_word_lists(Path(__file__).with_name("given_names.yml"))
FEMALE = _LISTS["female"]
MALE = _LISTS["male"]
