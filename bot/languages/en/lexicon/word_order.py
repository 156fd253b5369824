"""Words that do not follow each other in a sentence, from word_order.yml."""

from pathlib import Path

from bot.languages.lookup import load_word_lists

NEVER_FOLLOWED_BY = load_word_lists(Path(__file__).with_name("word_order.yml"))
"""The words that do not follow a word; both in lower case."""
