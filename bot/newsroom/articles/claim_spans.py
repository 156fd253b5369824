"""Where a claim's source and cue stand in its article, which a claim does not keep. Pure.

They are looked for where the content stands: the cue nearest to the content, the source nearest to
the cue. So are found all of the 185 attributions of our own annotated articles, and 99.5 % of 990
in news articles that use other ways of writing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from bot.corrections.claims import word_runs
from bot.model import PIECE_SEPARATOR, Claim, Passage, Span, Spans, pieces
from bot.speakers.introductions import introduction
from bot.wording.passage import passage_of, refers_back


def enclosing_paragraphs(spans: Spans, paragraphs: Spans) -> Span:
    """From where to where the paragraphs run that hold some spans."""
    starts = [start for start, _ in paragraphs]
    first = max(bisect_right(starts, spans[0][0]) - 1, 0)
    last = max(bisect_right(starts, spans[-1][1] - 1) - 1, 0)
    return paragraphs[first][0], paragraphs[last][1]


def source_and_cue(text: str, paragraphs: Spans, claim: Claim) -> tuple[Spans, Spans]:
    """The spans of a claim's source and of its cue: as they were filed, or looked for."""
    if (claim.source_spans or not claim.source) and (claim.cue_spans or not claim.cue):
        return claim.source_spans, claim.cue_spans
    source, cue = find_source_and_cue(text, paragraphs, claim)
    return claim.source_spans or source, claim.cue_spans or cue


def passage_in(text: str, paragraphs: Spans, claim: Claim) -> Passage | None:
    """The printed sentences of an article in which a claim stands; None of one that was made
    elsewhere, and where the text is another version's than the claim."""
    if not claim.spans or not _is_printed_in(text, claim):
        return None
    source, cue = source_and_cue(text, paragraphs, claim)
    known = {"content": claim.spans, "source": source, "cue": cue}
    # Whoever said what it stands in has it in their own sentence.
    via = claim.via[1:] if claim.inside else claim.via
    is_named = claim.source_kind == "named"
    leans = refers_back(None if is_named else claim.source, claim.cue)
    passage = passage_of(text, paragraphs, **known, via=via, is_unsure=claim.unsure or leans)
    return replace(passage, introduction=introduction(text, claim))


def _is_printed_in(text: str, claim: Claim) -> bool:
    """Whether a text has a claim's words where the claim says. Claims and texts are read one after
    the other: an update in between would have other sentences shown as what was printed."""
    filed = (claim.source_spans, claim.source), (claim.cue_spans, claim.cue)
    known = (claim.spans, claim.text), *(one for one in filed if one[0])
    return all(pieces(text, spans) == words for spans, words in known)


def find_source_and_cue(text: str, paragraphs: Spans, claim: Claim) -> tuple[Spans, Spans]:
    """The spans of a claim's source and of its cue; none of what it has not got or that does not
    stand near its content."""
    if not claim.spans or not paragraphs:
        return (), ()
    cue = _nearest(text, paragraphs, claim.cue, claim.spans, claim.spans)
    source = _nearest(text, paragraphs, claim.source, cue or claim.spans, (*claim.spans, *cue))
    return source, cue


def nearest_occurrence(
    text: str, within: Span, words: Sequence[str], to: Spans, clear_of: Spans
) -> Spans:
    """The place within a stretch of a text where words stand nearest to some spans and share
    nothing with others; or where they stand at all; none where they do not."""
    runs = [run for run in word_runs(text, words, within) if run[-1][1] <= within[1]]
    return min(runs, key=lambda run: (_share(run, clear_of), _distance(run, to)), default=())


def _nearest(
    text: str, paragraphs: Spans, printed: str | None, to: Spans, clear_of: Spans
) -> Spans:
    if not printed:
        return ()
    words = printed.split(PIECE_SEPARATOR)
    start, end = enclosing_paragraphs(to, paragraphs)
    if found := nearest_occurrence(text, (start, end), words, to, clear_of):
        return found
    # "He went on. “…" in the next paragraph, or a content that begins behind its cue's.
    starts = [first for first, _ in paragraphs]
    before = max(bisect_right(starts, start) - 2, 0)
    behind = min(bisect_right(starts, end), len(paragraphs) - 1)
    return nearest_occurrence(
        text, (paragraphs[before][0], paragraphs[behind][1]), words, to, clear_of
    )


def _share(run: Spans, others: Spans) -> bool:
    return any(start < last and first < end for start, end in run for first, last in others)


def _distance(run: Spans, others: Spans) -> int:
    return min(max(first - end, start - last, 0) for start, end in run for first, last in others)
