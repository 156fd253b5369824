"""Split runs of capitalised words into titles and a name: "Transport Minister Jane de Roe"."""

from __future__ import annotations

from itertools import dropwhile

from bot.languages.table import capitals, function_words, people


def split_titles(run: str) -> tuple[list[str], str]:
    """Split a run of capitalised words into the leading titles and the name."""
    non_names = function_words.NON_NAME_WORDS - people.TITLES
    words = capitals.POSSESSIVE_ENDING.sub("", run).split()
    words = list(dropwhile(lambda word: word.lower() in non_names, words))
    # In "Transport Minister Jane Roe" the titles end with the last one.
    title_ends = [index for index, word in enumerate(words[:-1], 1) if _is_title(word)]
    name_start = max(title_ends, default=0)
    return words[:name_start], " ".join(words[name_start:])


def _is_title(word: str) -> bool:
    """Tell whether a word is a title, including compounds such as "Then-Mayor", "Mayor-elect"."""
    return capitals.TITLE_PARTS.issuperset(word.lower().rstrip(".").split("-"))
