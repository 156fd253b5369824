"""Which language a text is in, and whether it is one that is read."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from bot.languages.table import LANGUAGES, LONG_CODES, base_code, is_read

LETTERS = 60
"""In fewer, a name or two may look like any language."""
SURE = 0.9
"""Probability from which a language is believed. Lists of names and headlines stay below it."""
VARIETIES = {
    **dict.fromkeys(("ary", "arz"), "ar"),
    **dict.fromkeys(("wuu", "yue"), "zh"),
    **dict.fromkeys(("nb", "nn"), "no"),
}
"""Varieties of a language, with what they count as."""
ALIKE = ({"bs", "hr", "sr"}, {"id", "ms"})
"""Languages too much alike to be told apart by a sentence: it is sure that it is one of them."""
SLICE = 1500
"""Characters that are looked at in each of three places."""


def recognised(text: str, stated: str | None = None) -> str | None:
    """The language of a text by its code, None where it can't be told.

    `stated` is what its publisher says of it ("en-GB"), which is believed unless the text is
    plainly in another language: pages are often marked with the language of their site. A text
    that is at one place in a language that is read counts as in that language, so that nothing
    said there is passed over.
    """
    seen: set[str] = set()
    for part in _slices(text):
        one = _seen(part)
        if one and one in LANGUAGES:  # so is the text, whatever the other parts are
            seen = {one}
            break
        seen |= {one} if one else set()
    found = seen.pop() if len(seen) == 1 else None
    if stated and (found is None or base_code(stated) == found):
        return LONG_CODES.get(stated.casefold(), stated)
    return found


def is_known(language: str | None) -> bool:
    """Whether the extractor reads texts in a language; one that nobody could tell is tried."""
    return language is None or is_read(language)


def letters(text: str) -> int:
    """Count the letters of a text; a Chinese or Japanese one says as much as three."""
    return sum(3 if "\u3040" <= char <= "\u9fff" else 1 for char in text if char.isalpha())


def _slices(text: str) -> set[str]:
    """The beginning, the middle and the end: overlapping, or one, where a text is short."""
    last = max(0, len(text) - SLICE)
    return {text[start : start + SLICE] for start in (0, last // 2, last)}


def _seen(text: str) -> str | None:
    """The language that a piece of text is surely in; one that is read if it is likeliest."""
    if letters(text) < LETTERS:
        return None
    code, probability = likeliest(text)
    return code if code in LANGUAGES or probability >= SURE else None


def likeliest(text: str) -> tuple[str, float]:
    """The likeliest language of a text, and the probability that it is this or one much alike."""
    ranked: dict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(text):
        ranked[VARIETIES.get(code, code)] += float(probability)
    best = max(ranked, key=ranked.__getitem__)
    group = next((some for some in ALIKE if best in some), {best})
    return best, sum(ranked[code] for code in group)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The model, py3langid's own; to load it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
