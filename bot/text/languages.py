"""Detect the language of a text."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

from bot.languages.table import LANGUAGES, LONG_CODES, base_code, is_supported

MIN_LETTERS = 60
"""The language of shorter texts is not detected: a name or two may look like any language."""
MIN_PROBABILITY = 0.9
"""Less probable results are rejected: they often come from lists of names or from headlines."""
VARIETIES = {
    **dict.fromkeys(("ary", "arz"), "ar"),
    **dict.fromkeys(("wuu", "yue"), "zh"),
    **dict.fromkeys(("nb", "nn"), "no"),
}
"""Maps varieties to their language."""
INDISTINGUISHABLE = ({"bs", "hr", "sr"}, {"id", "ms"})
"""Groups of languages too similar to distinguish in a sentence; their probabilities are added."""
SAMPLE_LENGTH = 1500
"""In characters; a text has three samples."""


def detect_language(text: str, stated: str | None = None) -> str | None:
    """Detect the language of a text: its code, or None if unsure.

    `stated` is the publisher's own code ("en-GB"), used unless the text is clearly in another
    language: pages often carry the language of their site. A text is in a supported language if any
    of its samples is, so that no claim is missed.
    """
    codes: set[str] = set()
    for sample in _samples(text):
        code = _detect_in_sample(sample)
        if code and code in LANGUAGES:
            codes = {code}
            break
        if code:
            codes.add(code)
    detected = codes.pop() if len(codes) == 1 else None
    if stated and (detected is None or base_code(stated) == detected):
        return LONG_CODES.get(stated.casefold(), stated)
    return detected


def is_language_supported(language: str | None) -> bool:
    """Whether claims can be extracted from texts in a language; assumed for an unknown one."""
    return language is None or is_supported(language)


def count_letters(text: str) -> int:
    """Count the letters of a text; a Chinese or Japanese character counts as three."""
    return sum(3 if "\u3040" <= char <= "\u9fff" else 1 for char in text if char.isalpha())


def _samples(text: str) -> set[str]:
    """Return samples from the start, middle and end, which overlap in a short text."""
    last_start = max(0, len(text) - SAMPLE_LENGTH)
    return {text[start : start + SAMPLE_LENGTH] for start in (0, last_start // 2, last_start)}


def _detect_in_sample(text: str) -> str | None:
    """Return the language of a sample, if it is certain or supported."""
    if count_letters(text) < MIN_LETTERS:
        return None
    code, probability = most_likely_language(text)
    return code if code in LANGUAGES or probability >= MIN_PROBABILITY else None


def most_likely_language(text: str) -> tuple[str, float]:
    """Return the most likely language of a text, and the probability of its group."""
    probabilities: dict[str, float] = defaultdict(float)
    for code, probability in _identifier().rank(text):
        probabilities[VARIETIES.get(code, code)] += float(probability)
    best = max(probabilities, key=probabilities.__getitem__)
    group = next((group for group in INDISTINGUISHABLE if best in group), {best})
    return best, sum(probabilities[code] for code in group)


@cache
def _identifier() -> Any:
    """Load py3langid's own model, which takes 70 MB; searches never need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
