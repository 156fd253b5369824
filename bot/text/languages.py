"""Which language a text is in, and whether it is one that is read."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from bot.languages.table import LANGUAGES, LONG_CODES, base_code, is_supported

MIN_LETTERS = 60
"""In fewer, a name or two may look like any language."""
MIN_PROBABILITY = 0.9
"""Probability from which a language is believed. Lists of names and headlines stay below it."""
VARIETIES = {
    **dict.fromkeys(("ary", "arz"), "ar"),
    **dict.fromkeys(("wuu", "yue"), "zh"),
    **dict.fromkeys(("nb", "nn"), "no"),
}
"""Varieties of a language, with what they count as."""
INDISTINGUISHABLE = ({"bs", "hr", "sr"}, {"id", "ms"})
"""Languages too much alike to be told apart by a sentence: it is sure that it is one of them."""
SAMPLE_LENGTH = 1500
"""Characters that are looked at in each of three places."""


def detect_language(text: str, stated: str | None = None) -> str | None:
    """The language of a text by its code, None where it can't be told.

    `stated` is what its publisher says of it ("en-GB"), which is believed unless the text is
    plainly in another language: pages are often marked with the language of their site. A text
    that is at one place in a language that is read counts as in that language, so that nothing
    said there is passed over.
    """
    seen: set[str] = set()
    for part in _samples(text):
        one = _detect_in(part)
        if one and one in LANGUAGES:  # so is the text, whatever the other parts are
            seen = {one}
            break
        seen |= {one} if one else set()
    found = seen.pop() if len(seen) == 1 else None
    if stated and (found is None or base_code(stated) == found):
        return LONG_CODES.get(stated.casefold(), stated)
    return found


def is_readable(language: str | None) -> bool:
    """Whether the extractor reads texts in a language; one that nobody could tell is tried."""
    return language is None or is_supported(language)


def count_letters(text: str) -> int:
    """Count the letters of a text; a Chinese or Japanese one says as much as three."""
    return sum(3 if "\u3040" <= char <= "\u9fff" else 1 for char in text if char.isalpha())


def _samples(text: str) -> set[str]:
    """The beginning, the middle and the end: overlapping, or one, where a text is short."""
    last = max(0, len(text) - SAMPLE_LENGTH)
    return {text[start : start + SAMPLE_LENGTH] for start in (0, last // 2, last)}


def _detect_in(text: str) -> str | None:
    """The language that a piece of text is surely in; one that is read if it is likeliest."""
    if count_letters(text) < MIN_LETTERS:
        return None
    code, probability = most_likely(text)
    return code if code in LANGUAGES or probability >= MIN_PROBABILITY else None


def most_likely(text: str) -> tuple[str, float]:
    """The likeliest language of a text, and the probability that it is this or one much alike."""
    ranked: dict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(text):
        ranked[VARIETIES.get(code, code)] += float(probability)
    best = max(ranked, key=ranked.__getitem__)
    group = next((some for some in INDISTINGUISHABLE if best in some), {best})
    return best, sum(ranked[code] for code in group)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The model, py3langid's own; to load it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
