"""The printed sentence of a claim, with the spans of its source, cue and content. No I/O."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.languages.table import cue_forms, negation, passages
from bot.model import UNATTRIBUTED, Claim, Passage, Span, Spans
from bot.text.quotes import CLOSING_MARKS, MARK, quotations
from bot.text.sentences import sentences
from bot.wording.passage import GAP

CLOSERS = re.escape("”\"’')]»")
EDGE_PUNCTUATION = " \t\n\xa0,;:–—-"
PARAGRAPHS = re.compile(rf"\n+| {re.escape(GAP)} ")
DATELINE = re.compile(r"[A-Z][^a-z\n]{2,}(?:\([^)\n]*\)\s*)?[—–-]\s+(?=\S)")
"""The beginning of a report: "STENHOLM (CPA) — "."""
MIN_CONTENT_LENGTH = len("that")


class Parts(NamedTuple):
    """One sentence of `text`, from `start` to `end`, with the spans of its parts."""

    text: str
    start: int
    end: int
    source: Span
    cue: Span
    content: Spans

    @property
    def order(self) -> str:
        """The printed order as letters: S, C and K for source, cue and content."""
        parts = [*((span, "K") for span in self.content), (self.source, "S"), (self.cue, "C")]
        return re.sub("K+", "K", "".join(letter for _, letter in sorted(parts)))

    @property
    def lead(self) -> str:
        """The words before the first part."""
        return self.text[self.start : min(self.source[0], self.cue[0], self.content[0][0])]

    @property
    def trailing(self) -> str:
        """The words after the last part."""
        return self.text[max(self.source[1], self.cue[1], self.content[-1][1]) : self.end]

    def words(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[slice(*span)]

    def is_quoted(self, position: int) -> bool:
        """Whether a position is within a quotation of the sentence."""
        spans = quotations(self.text[self.start : self.end])
        return any(start < position - self.start < end for start, end in spans)

    def cut(self, start: int, end: int) -> str | None:
        """Return the text between two positions; None if it cannot end there, that is, within a
        quotation or before words that complete it."""
        text, after = self.text[start:end], self.text[end : self.end]
        is_unfinished = passages.is_unfinished(text) and re.search(r"\w", after)
        if is_unfinished or passages.is_elliptical(text):
            return None
        return close_quotation(text, self.text[end:])


def without_lead(text: str) -> str:
    """Remove a dateline and a connective ("But") from the start of a sentence."""
    for pattern in (DATELINE, passages.CONNECTIVE):
        text = text[match.end() :] if (match := pattern.match(text)) else text
    return text


def without_stop(text: str) -> str:
    """Remove the final stop of a sentence; "U.S." keeps its stop, and a quotation its marks."""
    return re.sub(rf"(?<!\.\w)[ .,;:–—-]+(?=[{CLOSERS}]*$)", "", text.rstrip())


def rest_of_quotation(passage: Passage, parts: Parts) -> str:
    """Return the rest of a quotation after the sentence with its source ("“X,” she said. “Y.”"),
    or ""."""
    remaining = [span for span in passage.content if span[0] >= parts.end]
    if not remaining or passage.text[parts.end : remaining[0][0]].strip(" "):
        return ""
    start, end = remaining[0]
    if gap := PARAGRAPHS.search(passage.text, start, end):
        end = gap.start()
    text = close_quotation(passage.text[start:end], passage.text[end:]) or ""
    return text if MARK.match(text) and re.search(rf"[.?!][{CLOSERS}]*$", text) else ""


def find_content_sentence(passage: Passage) -> Span | None:
    """Return the span of the sentence that contains the whole content; None if there are
    several."""
    if not passage.content:
        return None
    start, end = passage.content[0][0], passage.content[-1][1]
    first = next((span for span in _sentences(passage.text) if start < span[1]), None)
    return first if first and end <= first[1] else None


def find_parts(passage: Passage) -> Parts | None:
    """Return the parts of the sentence with a claim's cue; None if they overlap or are not all
    in it."""
    if len(passage.source) != 1 or not passage.cue:
        return None
    (source,), cue = passage.source, (passage.cue[0][0], passage.cue[-1][1])
    start, end = _sentence_at(passage, cue[0])
    if quotation_end := _introduced_quotation_end(passage, end):
        end = quotation_end
    content = tuple(
        (first, min(last, end)) for first, last in passage.content if start <= first < end
    )
    # "That" may have been extracted as a piece of the content.
    content = tuple(span for span in content if span[1] - span[0] > MIN_CONTENT_LENGTH) or content
    if passage.spans and not re.search(rf"[.?!…:][{CLOSERS}]*$", passage.text[start:end]):
        return None  # a heading, or a line that is not a sentence
    is_within = all(start <= first and last <= end for first, last in (source, cue))
    if not (content and is_within) or any(
        cue[0] < last and first < cue[1] for first, last in (source, *content)
    ):
        return None
    return Parts(passage.text, start, end, source, cue, content)


def passage_without_article(claim: Claim) -> Passage | None:
    """Make a passage for a claim without its article, in the simplest order."""
    source, text = claim.source or claim.speaker, claim.text
    cue = (claim.cue or "").strip(EDGE_PUNCTUATION)
    if claim.kind == UNATTRIBUTED:
        return Passage(spans=(), text=text, content=((0, len(text)),))
    is_quoted = bool(MARK.match(text))
    if claim.negative and not negation.CUE_NEGATION.search(cue):
        return None  # the words that negate the cue are only in the article
    is_plain = not (cue_forms.LEADING_CUE.match(cue) or cue_forms.ADDRESSING_CUE.match(cue))
    if source and cue and is_plain and (is_quoted or text[:1].islower()):
        return _make_passage(source, cue, text, gap=": " if is_quoted else " ")
    return None


def _make_passage(source: str, cue: str, content: str, *, gap: str) -> Passage:
    """Join source, cue and content to a sentence, with a gap before the content."""
    cue_start = len(source) + 1
    content_start = cue_start + len(cue) + len(gap)
    return Passage(
        spans=(),
        text=f"{source} {cue}{gap}{content}",
        source=((0, len(source)),),
        cue=((cue_start, cue_start + len(cue)),),
        content=((content_start, content_start + len(content)),),
    )


def _sentence_at(passage: Passage, position: int) -> Span:
    """The span of the sentence at a position, with a quoted question before it: "“Who paid?”
    Marsh asked"."""
    spans = _sentences(passage.text)
    index = next((index for index, (s, e) in enumerate(spans) if s <= position < e), 0)
    start, end = spans[index]
    previous_start = spans[index - 1][0] if index else start
    follows_question = re.search(r"[?!][”\"’']+ $", passage.text[previous_start:start])
    has_no_content = not any(start <= s < end for s, _ in passage.content)
    return (previous_start if follows_question and has_no_content else start), end


def _introduced_quotation_end(passage: Passage, end: int) -> int | None:
    """The end of the first paragraph of a quotation that a line such as "Reyes said:"
    introduces."""
    gap = PARAGRAPHS.match(passage.text, end)
    if not (gap and passage.text[:end].endswith(":") and MARK.match(passage.text, gap.end())):
        return None
    if not any(start in (gap.end(), gap.end() + 1) for start, _ in passage.content):
        return None
    next_gap = PARAGRAPHS.search(passage.text, gap.end())
    return next_gap.start() if next_gap else len(passage.text)


def _sentences(text: str) -> list[Span]:
    spans, start = [], 0
    for gap in (*PARAGRAPHS.finditer(text), None):
        end = gap.start() if gap else len(text)
        spans += [(start + first, start + last) for first, last in sentences(text[start:end])]
        start = gap.end() if gap else end
    return spans


def close_quotation(text: str, after: str) -> str | None:
    """Close an open quotation of a text, given the text `after` it; None if it is cut in two."""
    opening: str | None = None
    for mark in MARK.finditer(text):
        if opening is None and mark[0] not in CLOSING_MARKS:
            return None
        if opening is None:
            opening = mark[0]
        elif mark[0] in CLOSING_MARKS[opening]:
            opening = None
    if opening is None:
        is_cut = text.count("‘") > text.count("’") and after.startswith("’")
        return f"{text}’" if is_cut else text
    closing = {"“": "”", "„": "“"}.get(opening, CLOSING_MARKS[opening])
    if after.startswith(closing):
        return text + closing
    # A quotation of several paragraphs has an opening mark in each and a closing mark in the last.
    return text.rstrip() + closing if not after.strip() or after.startswith("\n") else None
