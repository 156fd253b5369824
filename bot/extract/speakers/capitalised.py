"""Runs of capitalised words, which may be names: "Transport Minister Jane de Roe"."""

from __future__ import annotations

from itertools import dropwhile

from bot.languages.table import capitals, function_words, people


def _is_title(word: str) -> bool:
    """Tell whether a word is a title, also "Vice-President", "Then-Mayor" and "Mayor-elect"."""
    return capitals.TITLE_PARTS.issuperset(word.lower().rstrip(".").split("-"))


def split_titles(run: str) -> tuple[list[str], str]:
    """Split a run of capitalised words into the titles before it and the name."""
    parts = capitals.POSSESSIVE_ENDING.sub("", run).split()
    parts = list(
        dropwhile(
            lambda part: part.lower() in function_words.NON_NAME_WORDS - people.TITLES,
            parts,
        )
    )
    last = [at for at, part in enumerate(parts[:-1], 1) if _is_title(part)]
    at = last[-1] if last else 0  # "Transport Minister Jane Roe": all up to the last title
    return parts[:at], " ".join(parts[at:])
