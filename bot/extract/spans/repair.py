"""Turn the tagger's output for one paragraph into clean attributions.

The tagger does not know that quotation marks come in pairs, that page furniture claims nothing,
or that "is said" has no source. These rules do; each works on one attribution at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.extract.paragraphs import Paragraph, trimmed
from bot.extract.spans.doubts import is_no_claim, is_topic, mark_doubtful
from bot.extract.spans.drafts import Draft, joined_text, sentence_at, shifted, subtract
from bot.extract.spans.misplaced import (
    speaker_after_quotation,
    speaker_before_according,
    speaker_before_addressee,
    speaker_before_quoter,
    speaker_before_teller,
    speaker_in_content,
    split_at_other_speakers,
    without_cited,
    without_other_subject,
)
from bot.extract.tagger.decoding import TaggedAttribution
from bot.extract.words import words
from bot.languages.table import cue_verbs, edges, pronouns
from bot.model import Span, Spans
from bot.text.quotes import quotations, spans_overlapping

EDGE_CHARACTERS = " \t\r\n,;:–—-•·>*"
TIME_LOOKAHEAD = 30  # characters after a cue in which such words may end


SPEAKER_RULES = (
    without_cited,
    without_other_subject,
    speaker_before_addressee,
    speaker_before_according,
    speaker_before_quoter,
    speaker_before_teller,
    speaker_after_quotation,
    speaker_in_content,
)
"""The rules for speakers in the wrong place, in the order in which they are tried."""


def repair(
    text: str, paragraph: Paragraph, tagged: Iterable[TaggedAttribution], offset: int
) -> list[Draft]:
    """Repair what was tagged in a stretch of a paragraph that begins at `offset`."""
    drafts = [
        Draft(
            source=shifted(found.source, offset),
            cue=shifted(found.cue, offset),
            content=shifted(found.content, offset),
            confidence=found.confidence,
            guessed=found.guessed,
            paragraph=paragraph,
        )
        for found in tagged
    ]
    drafts = [part for draft in drafts for part in split_at_other_speakers(text, draft)]
    repaired = [_repaired(text, draft) for draft in drafts]
    return [
        replace(mark_doubtful(text, draft), topic=is_topic(text, draft))
        for draft in repaired
        if not is_no_claim(text, draft)
    ]


def _repaired(text: str, draft: Draft) -> Draft:
    draft = _drop_passive_source(text, draft)
    for mended in SPEAKER_RULES:
        draft = mended(text, draft) if draft.content else draft
    source = tuple(_source_edges(text, span) for span in draft.source)
    cue = tuple(_cue_edges(text, draft.paragraph, span) for span in draft.cue)
    draft = replace(draft, source=_tidy(text, source), cue=cue)
    content = _balanced(text, draft)
    content = subtract(content, (*draft.source, *draft.cue))
    pieces = [_clip_to_sentence(text, draft, piece) for piece in _joined(text, sorted(content))]
    draft = replace(draft, content=tidy_content(text, pieces))
    draft = replace(draft, guessed=draft.guessed and bool(draft.source))
    return _start_after_cited(text, draft)


def _drop_passive_source(text: str, draft: Draft) -> Draft:
    """Drop the source of "is said to", which is only what is spoken of ("by X" keeps it)."""
    cue = words(joined_text(text, draft.cue))
    if (
        not draft.source
        or not cue
        or cue[-1] not in cue_verbs.PASSIVE_PARTICIPLES | edges.PASSIVE_ENDINGS
    ):
        return draft
    participle = next(
        (word for word in reversed(cue) if word in cue_verbs.PASSIVE_PARTICIPLES), None
    )
    if participle is None or edges.AGENT_PREPOSITION in cue:
        return draft
    start, end = draft.cue[0]
    before = text[max(draft.paragraph.start, start - 30) : start]
    passive = edges.TRAILING_BE.search(
        before + text[start : start + text[start:end].lower().rfind(participle)]
    )
    by = edges.TRAILING_BY.search(text[max(0, draft.source[0][0] - 10) : draft.source[0][0]])
    return replace(draft, source=(), guessed=False) if passive and not by else draft


def tidy_content(text: str, pieces: Sequence[Span]) -> Spans:
    """Trim connecting words from a content."""
    kept = [span for span in pieces if not _is_particle(text, span)] or pieces
    return _tidy(text, (_content_edges(text, span) for span in kept))


def _clip_to_sentence(text: str, draft: Draft, span: Span) -> Span:
    """Clip unquoted content to the sentence of its cue."""
    start, end = span
    first, last = sentence_at(text, draft.paragraph, draft.cue[0][0])
    printed, offset = text[draft.paragraph.start : draft.paragraph.end], draft.paragraph.start
    outside = start >= last or end <= first or (first <= start and end <= last)
    if outside or spans_overlapping(quotations(printed), start - offset, end - offset):
        return span
    return max(start, first), min(end, last)


def _start_after_cited(text: str, draft: Draft) -> Draft:
    """Begin the content of "A quoted B as saying …" and "According to A, citing B, …" after B."""
    cue = set(words(joined_text(text, draft.cue)))
    if not draft.content or not cue or not cue <= edges.QUOTING_VERBS:
        return draft
    start, end = draft.content[0]
    cited = edges.QUOTED_SOURCE.match(text, start, end)
    if not cited and cue <= {"citing", "quoting"}:
        cited = edges.CITED_SOURCE.match(text, start, end)
    return replace(draft, content=((cited.end(), end), *draft.content[1:])) if cited else draft


def _source_edges(text: str, span: Span) -> Span:
    start, end = span
    if that := edges.LEADING_THAT.match(text, start, end):
        start = that.end()
    when = edges.TRAILING_DAY.search(text, start, end)
    if when and pronouns.RELATIVE.isdisjoint(words(text[start:end])):
        end = when.start() if when.start() > start else end
    return start, start + len(text[start:end].rstrip(f"{EDGE_CHARACTERS}(["))


def _cue_edges(text: str, paragraph: Paragraph, span: Span) -> Span:
    start, end = span
    when = edges.TIME_PHRASE.search(text, start + 1, min(paragraph.end, end + TIME_LOOKAHEAD))
    return (start, when.start()) if when and when.start() < end <= when.end() else span


def _content_edges(text: str, span: Span) -> Span:
    """Leave "as" and what stands between clauses out of the content; a "that" belongs to it."""
    start, end = span
    while start < end and text[start] in EDGE_CHARACTERS:
        start += 1
    while end > start and text[end - 1] in EDGE_CHARACTERS:
        end -= 1
    if as_ := edges.LEADING_AS.match(text, start, end):
        start = as_.end()
    if citing := edges.TRAILING_CITATION.search(text, start, end):
        end = citing.start()
    return start, end


def _balanced(text: str, draft: Draft) -> Spans:
    """Give each piece of content both quotation marks of a quotation that it fills or ends in."""
    first = draft.paragraph.start
    quotes = quotations(text[first : draft.paragraph.end])
    fixed = []
    for start, end in draft.content:
        for opened, closed in shifted(spans_overlapping(quotes, start - first, end - first), first):
            if not any(map(str.isalnum, text[opened:start])):
                start = min(start, opened)
            if not any(map(str.isalnum, text[end:closed])):
                end = max(end, closed)
        fixed.append((start, end))
    return tuple(fixed)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join pieces with no word between them, and leave the "and" before a later piece out."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not any(map(str.isalnum, text[joined[-1][1] : start])):
            joined[-1] = joined[-1][0], end
        else:
            link = edges.LEADING_CONJUNCTION.match(text, start, end) if joined else None
            joined.append((link.end() if link else start, end))
    return joined


def _is_particle(text: str, span: Span) -> bool:
    """Tell that a piece is nothing but an "At" or "the" that belongs to other words."""
    return set(words(text[slice(*span)])) <= edges.FUNCTION_WORDS


def _tidy(text: str, spans: Iterable[Span]) -> Spans:
    """Sort spans, join those that touch, and take off white space and what holds no word."""
    tidy: list[Span] = []
    for start, end in sorted(trimmed(text, *span) for span in spans):
        if not any(map(str.isalnum, text[start:end])):
            continue
        if tidy and not text[tidy[-1][1] : start].strip():
            first, last = tidy.pop()
            start, end = first, max(last, end)
        tidy.append((start, end))
    return tuple(tidy)
