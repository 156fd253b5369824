"""From what was tagged in one paragraph to attributions that can be shown.

The tagger does not know that quotation marks come in pairs, that page furniture claims nothing,
or that "is said" gives no source. These rules do; each works on one attribution at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.extract.decoding import Found
from bot.extract.lexicon import (
    ADDRESSING,
    ADVERBS,
    NOT_NAMES,
    PASSIVE,
    PRONOUNS,
    RELATIVE,
    SEEMING,
    inflections,
    words,
)
from bot.extract.passages import Passage, is_furniture, trimmed
from bot.extract.quotes import quotations, quoted
from bot.extract.sentences import sentences
from bot.model import AttributionType, Span, Spans

EDGE = " \t\r\n,;:–—-"
THAT = re.compile(r"(?:that|as saying|as|if|whether)\s+(?=\S)")
AND = re.compile(r"[\s,;]*(?:and|but|or)\s+(?=\S)")
THAT_ONLY = re.compile(r"that\s+(?=\S)", re.IGNORECASE)
BE = re.compile(r"\b(?:is|are|was|were|been|being|be|’s|'s)(?:\s+\w+ly)?\s*$", re.IGNORECASE)
DAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}"
    r"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*)"
)
WHEN = re.compile(rf",?\s+(?:on\s+|late\s+|early\s+)*{DAY}(?:,?\s+\d{{4}})?(?:\s+\w+)?\s*,?\s*$")
QUOTES = inflections("quote") | inflections("cite")
AS_SAYING = re.compile(r"[^,.“\"]{2,90}?\s+as\s+saying\s+(?:that\s+)?(?=\S)")
CITED = re.compile(r"[^,.“\"]{2,90},\s+(?=(?:[\w’'-]+\s+){3})")
CITING = re.compile(r",\s+(?:citing|quoting)\s[^,.“\"]{2,90}$")


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in the making; spans are offsets into the article."""

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    guessed: bool
    passage: Passage
    outer: Draft | None = None

    @property
    def start(self) -> int:
        """Where its first words stand."""
        return min(start for start, _ in (*self.source, *self.cue, *self.content))


def repair(text: str, passage: Passage, tagged: Iterable[Found], offset: int) -> list[Draft]:
    """Repair what was tagged in a stretch of a passage that begins at `offset`."""
    drafts = [
        Draft(
            source=_moved(found.source, offset),
            cue=_moved(found.cue, offset),
            content=_moved(found.content, offset),
            confidence=found.confidence,
            guessed=found.guessed,
            passage=passage,
        )
        for found in tagged
    ]
    furniture = _furniture(text, passage)
    repaired = [_repaired(text, draft) for draft in drafts]
    return [
        draft
        for draft in repaired
        if draft.content and not _claims_nothing(text, draft) and not _touches(draft.cue, furniture)
    ]


def content_type(text: str, draft: Draft) -> AttributionType:
    """Tell whether all (direct), none (indirect) or part (mixed) of a content is quoted."""
    letters = inside = 0
    for start, end in draft.content:
        first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        # The quotation marks of the piece's own line: content may go on in another paragraph.
        line = text[first : last if last >= 0 else len(text)]
        marks = quoted(line)
        for at in range(start - first, end - first):
            letters += line[at].isalnum()
            inside += line[at].isalnum() and marks[at]
    if inside == 0:
        return "indirect"
    return "direct" if inside == letters else "mixed"


def overlap(one: Spans, other: Spans) -> int:
    """Count the characters that two sets of spans share."""
    return sum(
        max(0, min(end, last) - max(start, first)) for start, end in one for first, last in other
    )


def said(text: str, spans: Spans) -> str:
    """Print spans, pieces joined by a space, for the rules to read."""
    return " ".join(text[start:end] for start, end in spans)


def _repaired(text: str, draft: Draft) -> Draft:
    draft = _speaker_before_addressee(text, _without_source(text, draft))
    source = tuple(_source_edges(text, span) for span in draft.source)
    draft = replace(draft, source=_tidy(text, source))
    content = _balanced(text, draft)
    content = _without(content, (*draft.source, *draft.cue))
    pieces = _joined(text, sorted(content))
    pieces = [span for span in pieces if not _is_particle(text, span)] or pieces
    draft = replace(draft, content=_tidy(text, (_content_edges(text, span) for span in pieces)))
    return _behind_cited(text, draft)


def _without_source(text: str, draft: Draft) -> Draft:
    """Drop the source of "is said to", which is only what is spoken of ("by X" keeps it)."""
    cue = words(said(text, draft.cue))
    if not draft.source or not cue or cue[-1] not in PASSIVE | {"to", "that", "by"}:
        return draft
    participle = next((word for word in reversed(cue) if word in PASSIVE), None)
    if participle is None or "by" in cue:
        return draft
    start, end = draft.cue[0]
    before = text[max(draft.passage.start, start - 30) : start]
    passive = BE.search(before + text[start : start + text[start:end].lower().rfind(participle)])
    by = text[: draft.source[0][0]].rstrip().endswith(" by")
    return replace(draft, source=(), guessed=False) if passive and not by else draft


def _speaker_before_addressee(text: str, draft: Draft) -> Draft:
    """Read "a memo warned officials that …": who stands after the cue is spoken to.

    The tagger may call the speaker a piece of content when it calls the addressee the source.
    """
    cue, source = draft.cue[-1], draft.source
    if not source or not set(words(said(text, draft.cue))) & ADDRESSING:
        return draft
    after = source[0][0] >= cue[1] and not text[cue[1] : source[0][0]].strip()
    if not after or draft.content[-1][0] < source[0][1]:
        return draft
    before = [span for span in draft.content if span[1] <= draft.cue[0][0]]
    if len(before) != 1 or text[before[0][1] : draft.cue[0][0]].strip():
        return replace(draft, source=())
    return replace(draft, source=(before[0],), content=draft.content[1:])


def _behind_cited(text: str, draft: Draft) -> Draft:
    """Begin the content of "A quoted B as saying …" and "According to A, citing B, …" behind B."""
    cue = set(words(said(text, draft.cue)))
    if not draft.content or not cue or not cue <= QUOTES:
        return draft
    start, end = draft.content[0]
    cited = AS_SAYING.match(text, start, end)
    if not cited and cue <= {"citing", "quoting"}:
        cited = CITED.match(text, start, end)
    return replace(draft, content=((cited.end(), end), *draft.content[1:])) if cited else draft


def _source_edges(text: str, span: Span) -> Span:
    start, end = span
    if that := THAT_ONLY.match(text, start, end):
        start = that.end()
    when = WHEN.search(text, start, end)
    if when and RELATIVE.isdisjoint(words(text[start:end])):
        end = when.start() if when.start() > start else end
    return start, end


def _content_edges(text: str, span: Span) -> Span:
    """Leave the conjunction and what stands between clauses out of the content."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    if that := THAT.match(text, start, end):
        start = that.end()
    if citing := CITING.search(text, start, end):
        end = citing.start()
    return start, end


def _balanced(text: str, draft: Draft) -> Spans:
    """Give each piece of content both quotation marks of a quotation that it fills or ends in."""
    passage = draft.passage
    fixed = []
    for start, end in draft.content:
        for opened, closed in _moved(quotations(text[passage.start : passage.end]), passage.start):
            if start >= closed or end <= opened:
                continue
            if not any(map(str.isalnum, text[opened:start])):
                start = min(start, opened)
            if not any(map(str.isalnum, text[end:closed])):
                end = max(end, closed)
        fixed.append((start, end))
    return tuple(fixed)


def _without(spans: Spans, taken: Spans) -> Spans:
    """Cut out of some spans what others cover."""
    left = spans
    for first, last in taken:
        left = tuple(
            part
            for start, end in left
            for part in ((start, min(end, first)), (max(start, last), end))
            if part[0] < part[1]
        )
    return left


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Join pieces with no word between them, and leave the "and" before a later piece out."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not any(map(str.isalnum, text[joined[-1][1] : start])):
            joined[-1] = joined[-1][0], end
        else:
            link = AND.match(text, start, end) if joined else None
            joined.append((link.end() if link else start, end))
    return joined


def _is_particle(text: str, span: Span) -> bool:
    """Tell that a piece is nothing but an "At" or "the" that belongs to other words."""
    return set(words(text[slice(*span)])) <= NOT_NAMES - PRONOUNS


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


def _claims_nothing(text: str, draft: Draft) -> bool:
    cue = set(words(said(text, draft.cue)))
    only_adverbs = bool(cue) and cue <= ADVERBS  # a colon may well be a cue: it has no words
    return only_adverbs or not SEEMING.isdisjoint(cue)


def _furniture(text: str, passage: Passage) -> Spans:
    found = _moved(sentences(text[passage.start : passage.end]), passage.start)
    return tuple((start, end) for start, end in found if is_furniture(text[start:end]))


def _touches(spans: Spans, others: Spans) -> bool:
    return overlap(spans, others) > 0


def _moved(spans: Iterable[Span], by: int) -> Spans:
    return tuple((start + by, end + by) for start, end in spans)
