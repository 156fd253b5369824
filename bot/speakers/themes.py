"""Find the words that a speaker uses more often than others. No side effects."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from bot.languages.table import related_words
from bot.model import Count
from bot.search.engine.words import normalise, stem, word_spans, words
from bot.search.tokenized import STOP_WORDS

MIN_CLAIMS = 3
"""A word in fewer claims is not typical of the speaker."""
MIN_LETTERS = 3
MAX_CANDIDATES = 24
"""Only the most frequent words are looked up."""
MIN_Z_SCORE = 1.96
"""A theme must be more frequent than in other claims by this many standard errors."""
PRIOR = 0.5
"""Claims added to each count, so that a word used by nobody else has a finite score."""

NON_THEMES = STOP_WORDS | frozenset(normalise(related_words.LINKING_WORDS).split())
"""Words that are never a theme."""


def find_themes(
    texts: Sequence[str],
    count_claims: Callable[[str], int],
    total: int,
    *,
    excluded: Collection[str] = (),
    limit: int = 5,
) -> tuple[Count, ...]:
    """Return the words typical of `texts`, compared with all claims; most significant first.

    Each is given in its most frequent form, with the number of `texts` that contain it. Words of
    the `excluded` names are left out. `count_claims` returns how many of the `total` claims contain
    a word. A word's score is the difference of its log odds, in standard errors (Monroe, Colaresi &
    Quinn, "Fightin' Words", 2008, counting claims instead of tokens, with a flat prior).
    """
    excluded_stems = {stem(word) for name in excluded for word in words(name)}
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for base, form in _content_forms(text).items():
            forms[base][form] += 1
    counts = {base: sum(forms[base].values()) for base in forms.keys() - excluded_stems}
    candidates = sorted(counts, key=lambda base: (-counts[base], base))[:MAX_CANDIDATES]
    scored = []
    for base in candidates:
        if (count := counts[base]) < MIN_CLAIMS:
            break
        form = min(forms[base], key=lambda form: (-forms[base][form], form))
        count_in_all = max(count_claims(form), count)
        score = _z_score(count, len(texts), count_in_all, max(total, len(texts)))
        if score > MIN_Z_SCORE:
            scored.append((score, Count(form, count)))
    return tuple(count for _, count in sorted(scored, reverse=True)[:limit])


def _content_forms(text: str) -> dict[str, str]:
    """Map the stems of a text's content words to one of their printed forms."""
    return {
        stem(word): text[slice(*span)]
        for word, span in word_spans(text)
        if len(word) >= MIN_LETTERS and word.isalpha() and word not in NON_THEMES
    }


def _z_score(count: int, claim_count: int, count_in_all: int, total: int) -> float:
    count_elsewhere, other_claims = count_in_all - count, total - claim_count
    log_odds = math.log((count + PRIOR) / (claim_count - count + PRIOR))
    log_odds -= math.log(
        (count_elsewhere + PRIOR) / (max(0, other_claims - count_elsewhere) + PRIOR)
    )
    return log_odds / math.sqrt(1 / (count + PRIOR) + 1 / (count_elsewhere + PRIOR))
