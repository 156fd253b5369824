"""Detect the language of a text, and whether the extractor supports it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from bot.languages.table import LANGUAGES, LONG_CODES, base_code, is_supported

MIN_LETTERS = 60
"""Shorter texts are not identified: a name or two may look like any language."""
MIN_PROBABILITY = 0.9
"""The least probability to accept; lists of names and headlines stay below it."""
VARIETIES = {
    **dict.fromkeys(("ary", "arz"), "ar"),
    **dict.fromkeys(("wuu", "yue"), "zh"),
    **dict.fromkeys(("nb", "nn"), "no"),
}
"""Varieties, with the language that they count as."""
INDISTINGUISHABLE = ({"bs", "hr", "sr"}, {"id", "ms"})
"""Groups too similar to distinguish in a sentence: their probabilities are added up."""
SAMPLE_LENGTH = 1500
"""Characters of each of the three samples of a text."""


def detect_language(text: str, stated: str | None = None) -> str | None:
    """Detect the language of a text: its code, or None if unsure.

    `stated` is the publisher's own code ("en-GB"), used unless the text is clearly in another
    language: pages often carry the language of their site. If any sample is in a supported
    language, so is the text: nothing said there may be missed.
    """
    seen: set[str] = set()
    for part in _samples(text):
        one = _detect_in(part)
        if one and one in LANGUAGES:  # one supported sample decides
            seen = {one}
            break
        seen |= {one} if one else set()
    found = seen.pop() if len(seen) == 1 else None
    if stated and (found is None or base_code(stated) == found):
        return LONG_CODES.get(stated.casefold(), stated)
    return found


def is_language_supported(language: str | None) -> bool:
    """Whether the extractor reads texts in a language; an unknown language is tried."""
    return language is None or is_supported(language)


def count_letters(text: str) -> int:
    """Count the letters of a text; a Chinese or Japanese character counts as three."""
    return sum(3 if "\u3040" <= char <= "\u9fff" else 1 for char in text if char.isalpha())


def _samples(text: str) -> set[str]:
    """Samples from the start, middle and end; in a short text they overlap or are one."""
    last = max(0, len(text) - SAMPLE_LENGTH)
    return {text[start : start + SAMPLE_LENGTH] for start in (0, last // 2, last)}


def _detect_in(text: str) -> str | None:
    """The language of a sample if certain; a supported language if it is the most likely."""
    if count_letters(text) < MIN_LETTERS:
        return None
    code, probability = most_likely_language(text)
    return code if code in LANGUAGES or probability >= MIN_PROBABILITY else None


def most_likely_language(text: str) -> tuple[str, float]:
    """The most likely language of a text, and the probability of its group of similar ones."""
    ranked: dict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(text):
        ranked[VARIETIES.get(code, code)] += float(probability)
    best = max(ranked, key=ranked.__getitem__)
    group = next((some for some in INDISTINGUISHABLE if best in some), {best})
    return best, sum(ranked[code] for code in group)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """Load py3langid's own model, which takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
