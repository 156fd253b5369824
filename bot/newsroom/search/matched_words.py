"""Compare the claims of an answer, as they are shown, with the words of its query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.languages.wordlist import is_word
from bot.model import Answer, Hit
from bot.search import Query
from bot.search.forms import Stems, forms, is_beside, stems_and_pairs
from bot.search.text_features import has_date, has_figure, has_place
from bot.search.word_weights import word_weights

_MIN_FORM_SHARE = 0.9
"""The share of a word's weight that its own forms have, but not its synonyms."""


_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_FEATURES: Mapping[str, Callable[[str], bool]] = {
    "figure": lambda text: has_figure(_YEAR.sub("", text)),
    "date": has_date,
    "place": has_place,
}
"""What a question may ask for, each with what detects it in a few words."""


def with_missing_words(
    answer: Answer,
    hits: Sequence[Hit],
    query: Query,
    article_stems: Mapping[str, frozenset[Stems]],
    asks: str = "",
) -> Answer:
    """Say which words of a query no shown claim has, and whether one answers the question.

    A name may be anywhere in the claim's article, which is about it, and another word in its title,
    unless the query names who speaks of it. `asks` is what the question asks for, as in
    `Question`: a figure must be that of its first word that is no name.
    """
    content = list(word_weights(query.words))
    if not content or not hits:
        return answer
    matched = []
    for hit in hits:
        stems = _shown_stems(hit, with_title=not query.speakers)
        article = article_stems.get(hit.article.id, frozenset())
        found = [
            word
            for word in content
            if _is_in(word, stems) or (_is_name(word) and _is_in(word, article))
        ]
        if found:  # a synonym alone may mean anything: "rescued", "savings"
            found += [w for w in content if w not in found and not stems.isdisjoint(forms(w))]
        matched.append(found)
    missing = [word for word in content if not any(word in found for found in matched)]
    most = max(map(len, matched))
    heads = [word for word in content if not _is_name(word)] or content
    heads = heads[:1] if asks == "figure" else heads
    unanswered = None
    if asks and 2 * most <= len(content):
        unanswered = "words" if missing else "question"
    elif (detect := _FEATURES.get(asks)) and {*heads}.isdisjoint(missing):
        head_forms = frozenset[Stems]().union(*map(forms, heads))
        is_said = any(
            is_beside(hit.claim.text, head_forms, detect)
            for hit in hits
            if not head_forms.isdisjoint(_shown_stems(hit, with_title=False))
        )
        unanswered = None if is_said else asks
    return replace(
        answer,
        missing_words=tuple(map(_display_text, missing)),
        has_all_words=most == len(content),
        unanswered=unanswered,
    )


def has_typed_word(hit: Hit, typed: Iterable[str]) -> bool:
    """Whether the shown passage of a claim, or its source, has one of these words in any form."""
    stems = _stems_of(_shown_texts(hit))
    return any(_is_in(word, stems) for word in word_weights(tuple(typed)))


def _own_forms(word: str) -> frozenset[Stems]:
    return frozenset(form for form, share in forms(word).items() if share >= _MIN_FORM_SHARE)


def _is_in(word: str, stems: frozenset[Stems]) -> bool:
    return not stems.isdisjoint(_own_forms(word))


def _is_name(word: str) -> bool:
    return word[0] != "=" and not is_word(word)


def _shown_stems(hit: Hit, *, with_title: bool) -> frozenset[Stems]:
    return _stems_of([*_shown_texts(hit), hit.article.title if with_title else None])


def _shown_texts(hit: Hit) -> list[str | None]:
    claim, passage = hit.claim, hit.passage
    who = (claim.speaker, claim.guess, claim.known_as, claim.source, claim.cue, hit.role)
    introduction = passage.introduction if passage else None
    return [passage.text if passage else claim.text, *who, introduction, *claim.via]


def _stems_of(texts: Iterable[str | None]) -> frozenset[Stems]:
    return frozenset[Stems]().union(*(stems_and_pairs(text) for text in texts if text))


def _display_text(word: str) -> str:
    return f"{float(word[1:]):,.10g}" if word[0] == "=" else word
