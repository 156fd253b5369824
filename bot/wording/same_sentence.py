"""Group claims from one sentence, to show them with one passage. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.model import Claim, Hit, Passage, Span, Spans
from bot.text.spans import overlap
from bot.wording.passage import to_article_spans, to_passage_offsets

MIN_OVERLAP = 0.8
"""The minimum share of the shorter content that two duplicates have in common."""


def group_by_sentence(hits: Sequence[Hit | None]) -> list[list[int]]:
    """Group the indexes of hits from the same sentence, in the order of each group's first hit.

    A missing hit (None) is a group by itself. The outer claim comes first, then those inside it.
    """
    groups: list[list[int]] = []
    for index, hit in enumerate(hits):
        for group in groups:
            if _is_same_sentence(hits[group[0]], hit):
                group.append(index)
                break
        else:
            groups.append([index])
    return [sorted(group, key=lambda index: _sort_key(hits[index])) for group in groups]


def group_hits_by_sentence(hits: Sequence[Hit]) -> list[list[Hit]]:
    """Group the hits that are from the same sentence, and give each group one passage."""
    return [with_one_passage([hits[index] for index in group]) for group in group_by_sentence(hits)]


def with_one_passage(hits: Sequence[Hit]) -> list[Hit]:
    """Give all hits from one sentence the longest of their passages; hits without a passage keep
    none."""
    passages = [hit.passage for hit in hits if hit.passage]
    if len(passages) < 2:
        return list(hits)
    longest = max(passages, key=lambda passage: len(passage.text))
    said_before = [
        passage.before
        for passage in passages
        if passage.before and not overlap(passage.before.passage.spans, longest.spans)
    ]
    before = max(said_before, key=lambda before: before.is_needed, default=None)
    longest = replace(longest, before=before)
    return [
        replace(hit, passage=_move_to_passage(hit.passage, longest)) if hit.passage else hit
        for hit in hits
    ]


def merge_hits(hits: Sequence[Hit]) -> Hit:
    """Merge hits that share a passage: return the first, with the matches, sources, cues and
    contents of all."""
    first = hits[0]
    if first.passage is None or len(hits) == 1:
        return first
    passages = [hit.passage for hit in hits if hit.passage]
    passage = replace(
        first.passage,
        source=_union(span for passage in passages for span in passage.source),
        cue=_union(span for passage in passages for span in passage.cue),
        content=_union(span for passage in passages for span in passage.content),
        uncut=_union(span for passage in passages for span in passage.uncut),
    )
    matches = _union(span for hit in hits for span in hit.passage_matches)
    return replace(first, passage=passage, passage_matches=matches)


def deduplicate(hits: Sequence[Hit]) -> list[Hit]:
    """Drop duplicates, of which the longest stays.

    Duplicates are claims by one speaker that mostly have the same words of one article.
    """
    by_article: dict[str, list[Claim]] = {}
    for hit in hits:
        if hit.claim.spans:
            by_article.setdefault(hit.claim.article_id, []).append(hit.claim)
    return [
        hit
        for hit in hits
        if not any(
            _is_duplicate(hit.claim, other) for other in by_article.get(hit.claim.article_id, ())
        )
    ]


def _is_duplicate(claim: Claim, other: Claim) -> bool:
    """Whether a claim duplicates another, longer one."""
    if claim.id == other.id or _comparison_key(claim) != _comparison_key(other) or not claim.spans:
        return False
    length, other_length = _length(claim.spans), _length(other.spans)
    if (length, claim.id) > (other_length, other.id):
        return False
    common = sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in claim.spans
        for other_start, other_end in other.spans
    )
    return common >= MIN_OVERLAP * length


def _comparison_key(claim: Claim) -> tuple[object, ...]:
    who = (claim.speaker_name or "").casefold()
    return claim.kind, who, claim.negative, claim.stance, claim.via


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _is_same_sentence(hit: Hit | None, other: Hit | None) -> bool:
    """Whether each of two claims is in the other's passage."""
    if not (hit and other):
        return False
    if hit.claim.article_id != other.claim.article_id or not (hit.passage and other.passage):
        return False
    return hit.passage.contains(other.claim) and other.passage.contains(hit.claim)


def _sort_key(hit: Hit | None) -> tuple[int, int, bool]:
    if not hit or not hit.claim.spans:
        return 0, 0, False
    spans = hit.claim.spans
    return spans[0][0], -spans[-1][1], hit.claim.inside is not None


def _move_to_passage(passage: Passage, target: Passage) -> Passage:
    """Move a claim's source, cue and content to a longer passage of the same sentence."""

    def move(spans: Spans) -> Spans:
        return to_passage_offsets(target.spans, to_article_spans(passage.spans, spans))

    return replace(
        target,
        source=move(passage.source),
        cue=move(passage.cue),
        content=move(passage.content),
    )


def _union(spans: Iterable[Span]) -> Spans:
    """Sort spans and merge those that overlap."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return tuple(merged)
