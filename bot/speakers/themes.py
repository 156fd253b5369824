"""Find the words that a speaker uses more than everybody else. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from bot.languages.table import linking
from bot.model import Count
from bot.search.engine.words import normalise, stem, word_spans, words
from bot.search.tokenized import STOP_WORDS

MIN_CLAIMS = 3
"""A word in fewer claims says more about those claims than about the speaker."""
MIN_LETTERS = 3
MAX_CANDIDATES = 24
"""So many of the commonest words are looked up."""
MIN_Z_SCORE = 1.96
"""Standard errors by which a word must be more frequent than elsewhere."""
PRIOR = 0.5
"""Claims added to each count, so that a word that nobody else uses has a finite score."""

NOT_THEMES = STOP_WORDS | frozenset(normalise(linking.LINKING_WORDS).split())
"""Words that are never a theme."""


def themes(
    texts: Sequence[str],
    held: Callable[[str], int],
    claims: int,
    *,
    besides: Collection[str] = (),
    limit: int = 5,
) -> tuple[Count, ...]:
    """The words typical of `texts` among all `claims`, most significant first, each in its most
    frequent form with how many of `texts` have it; words of `besides` are excluded.

    `held` says how many of all claims have a word. A word's score is its log-odds here against
    elsewhere, in standard errors (Monroe, Colaresi & Quinn, "Fightin' Words", 2008, with claims
    for tokens and a flat prior).
    """
    outside = {stem(word) for name in besides for word in words(name)}
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    here: Counter[str] = Counter()
    for text in texts:
        forms = _content_forms(text)
        here.update(forms.keys() - outside)
        for one, form in forms.items():
            printed[one][form] += 1
    commonest = sorted(here, key=lambda one: (-here[one], one))[:MAX_CANDIDATES]
    marked = []
    for one in (one for one in commonest if here[one] >= MIN_CLAIMS):
        form = min(printed[one], key=lambda form: (-printed[one][form], form))
        worth = _z_score(here[one], len(texts), max(held(form), here[one]), max(claims, len(texts)))
        if worth > MIN_Z_SCORE:
            marked.append((worth, Count(form, here[one])))
    return tuple(count for _, count in sorted(marked, reverse=True)[:limit])


def _content_forms(text: str) -> dict[str, str]:
    """The stems of a text's content words, each with one of its printed forms."""
    return {
        stem(word): text[slice(*span)]
        for word, span in word_spans(text)
        if len(word) >= MIN_LETTERS and word.isalpha() and word not in NOT_THEMES
    }


def _z_score(here: int, mine: int, everywhere: int, claims: int) -> float:
    there, others = everywhere - here, claims - mine
    odds = math.log((here + PRIOR) / (mine - here + PRIOR))
    odds -= math.log((there + PRIOR) / (max(0, others - there) + PRIOR))
    return odds / math.sqrt(1 / (here + PRIOR) + 1 / (there + PRIOR))
