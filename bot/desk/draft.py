"""Find the quotations and the attributed paraphrases of a draft. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.desk.words import Word, draft_words, weight
from bot.model import Article, Claim, Extraction, Span, Spans
from bot.newsroom.articles.claims import make_claims
from bot.text.quotes import quotations
from bot.text.sentences import sentences
from bot.text.spans import overlap, subtract

MAX_WORDS = 250
"""A longer quotation is compared in parts."""
MIN_UNATTRIBUTED_WORDS, MIN_PARAPHRASE_WEIGHT = 3, 2.5
"""Fewer words in quotation marks that nobody is said to have said are a title or irony; a
paraphrase with less weight says too little to be looked up."""
_ENDS_BETWEEN = re.compile(r"[.!?][”’\"']*\s+[^a-z]|\n")
_MARKS = re.compile(r"^[\s“”„«»\"'‘’`]+|[\s“”„«»\"'‘’`,]+$")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a draft says that somebody said, in their words or in its own; or a "fact", which it
    says in its own voice.

    `claim` is what the extractor found there, if anything; `place` are the offsets of its
    paragraph, with the one before.
    """

    kind: Literal["quotation", "paraphrase", "fact"]
    span: Span
    words: tuple[Word, ...]
    claim: Claim | None
    place: Span


def read_draft(article: Article, extraction: Extraction, outlets: Sequence[str]) -> list[Quoted]:
    """Return what is quoted and paraphrased in a draft, in reading order."""
    text, claims = article.text, make_claims(article, extraction, outlets)
    attributions = [
        claim for claim in claims if claim.kind == "attribution" and claim.act != "event"
    ]
    found: list[Quoted] = []
    previous = 0
    for start, end in extraction.paragraphs or ((0, len(text)),):
        place = previous, end
        spans = [(start + first, start + last) for first, last in quotations(text[start:end])]
        for span in spans:
            found += _quotation(text, span, attributions, place)
        paraphrases = [
            one
            for claim in attributions
            if claim.spans and start <= claim.spans[0][0] < end
            for one in _paraphrase(text, claim, spans, place)
        ]
        taken = (*spans, *(one.span for one in paraphrases))
        found += [*paraphrases, *_facts(text, (start, end), taken, place)]
        previous = start
    return sorted(found, key=lambda one: one.span)


def _facts(text: str, paragraph: Span, taken: Spans, place: Span) -> Iterator[Quoted]:
    """Yield the parts of sentences that are neither quoted nor paraphrased."""
    start, end = paragraph
    for first, last in sentences(text[start:end]):
        for span in subtract(((start + first, start + last),), taken):
            words = draft_words(text, *span)
            if sum(weight(word.key) for word in words) >= MIN_PARAPHRASE_WEIGHT:
                yield Quoted("fact", (words[0].start, words[-1].end), tuple(words), None, place)


def _quotation(text: str, span: Span, claims: Sequence[Claim], place: Span) -> Iterator[Quoted]:
    start, end = span
    match = _MARKS.match(text[start:end])
    start += match.end() if match else 0
    words = draft_words(text, start, end)
    claim = _claim_at((start, end), claims)
    if not words or (claim is None and len(words) < MIN_UNATTRIBUTED_WORDS):
        return
    for first in range(0, len(words), MAX_WORDS):
        part = words[first : first + MAX_WORDS]
        yield Quoted("quotation", (part[0].start, part[-1].end), tuple(part), claim, place)


def _claim_at(span: Span, claims: Sequence[Claim]) -> Claim | None:
    """Return the attribution to which a quotation belongs: the shortest that has most of it."""
    shares = [(overlap((span,), claim.spans), claim) for claim in claims]
    most = max((share for share, _ in shares), default=0)
    if most * 2 < span[1] - span[0]:
        return None
    return min(
        (claim for share, claim in shares if share >= 0.9 * most),
        key=lambda claim: sum(end - start for start, end in claim.spans),
    )


def _paraphrase(text: str, claim: Claim, quoted: Sequence[Span], place: Span) -> Iterator[Quoted]:
    """Yield what a claim says in the draft's words; a sentence without its cue or its source may be
    the draft's own."""
    if claim.type == "direct" or overlap(claim.spans, tuple(quoted)):
        return
    named_at = [at for at, _ in (*claim.cue_spans, *claim.source_spans)]
    for span in claim.spans:
        words = draft_words(text, *span)
        if sum(weight(word.key) for word in words) < MIN_PARAPHRASE_WEIGHT:
            continue
        is_near = any(not _ENDS_BETWEEN.search(text, *sorted((at, span[0]))) for at in named_at)
        if is_near:
            yield Quoted("paraphrase", span, tuple(words), claim, place)
        else:
            yield Quoted("fact", span, tuple(words), None, place)
