"""The printed sentence of a claim, with the places of its source, cue and content. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.languages.table import cue_forms, fragments
from bot.model import UNATTRIBUTED, Claim, Passage, Span, Spans
from bot.text.quotes import CLOSING_MARKS, MARK, quotations
from bot.text.sentences import sentences
from bot.wording.passage import LEFT_OUT

CLOSERS = re.escape("”\"’')]»")
EDGE_PUNCTUATION = " \t\n\xa0,;:–—-"
PARAGRAPHS = re.compile(rf"\n+| {re.escape(LEFT_OUT)} ")
DATELINE = re.compile(r"[A-Z][^a-z\n]{2,}(?:\([^)\n]*\)\s*)?[—–-]\s+(?=\S)")
"""How a report begins: "STENHOLM (CPA) — "."""
SHORTEST_CONTENT = len("that")


class Parts(NamedTuple):
    """One sentence of `text`, with its places there."""

    text: str
    start: int
    end: int
    source: Span
    cue: Span
    content: Spans

    @property
    def order(self) -> str:
        """The printed order, with S, C and K for source, cue and content."""
        parts = [*((one, "K") for one in self.content), (self.source, "S"), (self.cue, "C")]
        return re.sub("K+", "K", "".join(letter for _, letter in sorted(parts)))

    @property
    def lead(self) -> str:
        """What is printed before the first of them."""
        return self.text[self.start : min(self.source[0], self.cue[0], self.content[0][0])]

    @property
    def trailing(self) -> str:
        """What is printed after the last of them."""
        return self.text[max(self.source[1], self.cue[1], self.content[-1][1]) : self.end]

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.text[slice(*span)]

    def is_quoted(self, at: int) -> bool:
        """Whether a place lies within a quotation of the sentence."""
        found = quotations(self.text[self.start : self.end])
        return any(start < at - self.start < end for start, end in found)

    def cut(self, start: int, end: int) -> str | None:
        """The text between two places; None if it cannot end there: within a quotation, or before
        words that complete it."""
        text, after = self.text[start:end], self.text[end : self.end]
        is_open = fragments.UNFINISHED_ENDING.search(text) and re.search(r"\w", after)
        return (
            None
            if is_open or fragments.ELLIPTICAL_ENDING.search(text)
            else balanced(text, self.text[end:])
        )


def without_lead(text: str) -> str:
    """Strip a dateline and a connective ("But") from the start of a sentence."""
    for lead in (DATELINE, fragments.CONNECTIVE):
        text = text[found.end() :] if (found := lead.match(text)) else text
    return text


def without_stop(text: str) -> str:
    """Strip the final stop of a sentence; "U.S." keeps its stop, and a quotation its marks."""
    return re.sub(rf"(?<!\.\w)[ .,;:–—-]+(?=[{CLOSERS}]*$)", "", text.rstrip())


def rest_of_quotation(passage: Passage, parts: Parts) -> str:
    """The rest of a quotation after the sentence in which its source stands: "“X,” she said.
    “Y.”"; "" where there is none."""
    after = [one for one in passage.content if one[0] >= parts.end]
    if not after or passage.text[parts.end : after[0][0]].strip(" "):
        return ""
    start, end = after[0]
    if gap := PARAGRAPHS.search(passage.text, start, end):
        end = gap.start()
    text = balanced(passage.text[start:end], passage.text[end:]) or ""
    return text if MARK.match(text) and re.search(rf"[.?!][{CLOSERS}]*$", text) else ""


def content_sentence(passage: Passage) -> Span | None:
    """The span of the sentence that contains the whole content; None if it has several."""
    if not passage.content:
        return None
    begins, ends = passage.content[0][0], passage.content[-1][1]
    first = next((s for s in _sentences(passage.text) if begins < s[1]), None)
    return first if first and ends <= first[1] else None


def parts_of(passage: Passage) -> Parts | None:
    """The parts of the sentence with a claim's cue; None if they overlap or are not all in it."""
    if len(passage.source) != 1 or not passage.cue:
        return None
    (source,), cue = passage.source, (passage.cue[0][0], passage.cue[-1][1])
    start, end = _sentence_at(passage, cue[0])
    if opened := _opened_below(passage, end):
        end = opened
    content = tuple((s, min(e, end)) for s, e in passage.content if start <= s < end)
    # "That" may be filed as a piece of what was said.
    content = tuple(one for one in content if one[1] - one[0] > SHORTEST_CONTENT) or content
    if passage.spans and not re.search(rf"[.?!…:][{CLOSERS}]*$", passage.text[start:end]):
        return None  # a heading, or a line that is no sentence
    is_within = all(start <= s and e <= end for s, e in (source, cue))
    if not (content and is_within) or any(cue[0] < e and s < cue[1] for s, e in (source, *content)):
        return None
    return Parts(passage.text, start, end, source, cue, content)


def passage_without_article(claim: Claim) -> Passage | None:
    """Make a passage for a claim without its article, in the plainest order."""
    source, cue, text = (
        claim.source or claim.speaker,
        (claim.cue or "").strip(EDGE_PUNCTUATION),
        claim.text,
    )
    if claim.kind == UNATTRIBUTED:
        return Passage(spans=(), text=text, content=((0, len(text)),))
    is_quoted = bool(MARK.match(text))
    is_plain = not (cue_forms.LEADING_CUE.match(cue) or cue_forms.ADDRESSING_CUE.match(cue))
    if source and cue and is_plain and (is_quoted or text[:1].islower()):
        return _printed((source, cue, text), ": " if is_quoted else " ")
    return None


def _printed(words: tuple[str, str, str], gap: str) -> Passage:
    """Source, cue and content as a sentence, with a gap before the last."""
    source, cue, content = words
    first, second = len(source) + 1, len(source) + 1 + len(cue) + len(gap)
    return Passage(
        spans=(),
        text=f"{source} {cue}{gap}{content}",
        source=((0, len(source)),),
        cue=((first, first + len(cue)),),
        content=((second, second + len(content)),),
    )


def _sentence_at(passage: Passage, at: int) -> Span:
    """The span of the sentence at a place, with a quoted question before it: "“Who paid?” Marsh
    asked"."""
    found = _sentences(passage.text)
    number = next((n for n, (s, e) in enumerate(found) if s <= at < e), 0)
    start, end = found[number]
    begins = found[number - 1][0] if number else start
    is_asked = re.search(r"[?!][”\"’']+ $", passage.text[begins:start])
    is_alone = not any(start <= s < end for s, _ in passage.content)
    return (begins if is_asked and is_alone else start), end


def _opened_below(passage: Passage, end: int) -> int | None:
    """The end of the first paragraph of a quotation introduced by a line like "Reyes said:"."""
    gap = PARAGRAPHS.match(passage.text, end)
    if not (gap and passage.text[:end].endswith(":") and MARK.match(passage.text, gap.end())):
        return None
    starts = [s for s, _ in passage.content if s in (gap.end(), gap.end() + 1)]
    after = PARAGRAPHS.search(passage.text, gap.end())
    return (after.start() if after else len(passage.text)) if starts else None


def _sentences(text: str) -> list[Span]:
    found, at = [], 0
    for gap in (*PARAGRAPHS.finditer(text), None):
        end = gap.start() if gap else len(text)
        found += [(at + s, at + e) for s, e in sentences(text[at:end])]
        at = gap.end() if gap else end
    return found


def balanced(text: str, after: str) -> str | None:
    """A text with each of its quotations closed; None where one is cut through."""
    opened: str | None = None
    for mark in MARK.finditer(text):
        if opened is None and mark[0] not in CLOSING_MARKS:
            return None
        if opened is None:
            opened = mark[0]
        elif mark[0] in CLOSING_MARKS[opened]:
            opened = None
    if opened is None:
        is_cut = text.count("‘") > text.count("’") and after.startswith("’")
        return f"{text}’" if is_cut else text
    closing = {"“": "”", "„": "“"}.get(opened, CLOSING_MARKS[opened])
    if after.startswith(closing):
        return text + closing
    # A quotation over paragraphs is opened in each of them and closed in the last alone.
    return text.rstrip() + closing if not after.strip() or after.startswith("\n") else None
