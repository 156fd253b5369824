"""Group claims from one sentence and show them in one passage. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.model import Claim, Hit, Passage, Span, Spans
from bot.wording.passage import to_article, to_passage

MIN_OVERLAP = 0.8
"""The least share of the shorter content that two duplicates have in common."""


def group_by_sentence(hits: Sequence[Hit | None]) -> list[list[int]]:
    """Group the indexes of hits from one sentence, each group at the place of its first hit.

    A hit that is gone (None) is a group by itself. The outer claim comes first, then those inside.
    """
    groups: list[list[int]] = []
    for at, hit in enumerate(hits):
        group = next((one for one in groups if _is_one_sentence(hits[one[0]], hit)), None)
        if group is None:
            groups.append([at])
        else:
            group.append(at)
    return [sorted(group, key=lambda at: _sort_key(hits[at])) for group in groups]


def sentence_rows(hits: Sequence[Hit]) -> list[list[Hit]]:
    """Group hits from one sentence, each group with one passage."""
    return [with_one_passage([hits[at] for at in row]) for row in group_by_sentence(hits)]


def with_one_passage(hits: Sequence[Hit]) -> list[Hit]:
    """Give all hits from one sentence the longest of their passages; hits without one keep none."""
    printed = [hit.passage for hit in hits if hit.passage]
    if len(printed) < 2:
        return list(hits)
    longest = max(printed, key=lambda passage: len(passage.text))
    return [
        replace(hit, passage=_onto_passage(hit.passage, longest)) if hit.passage else hit
        for hit in hits
    ]


def merge_hits(hits: Sequence[Hit]) -> Hit:
    """Merge hits with one passage into the first: matches, sources, cues and contents of all."""
    first = hits[0]
    if first.passage is None or len(hits) == 1:
        return first
    printed = [hit.passage for hit in hits if hit.passage]
    passage = replace(
        first.passage,
        source=_union(span for one in printed for span in one.source),
        cue=_union(span for one in printed for span in one.cue),
        content=_union(span for one in printed for span in one.content),
        via=_union(span for one in printed for span in one.via),
    )
    matched = _union(span for hit in hits for span in hit.passage_matches)
    return replace(first, passage=passage, passage_matches=matched)


def deduplicate(hits: Sequence[Hit]) -> list[Hit]:
    """Drop duplicates: mostly the same words of an article by one speaker. The longer stays."""
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
        max(0, min(end, last) - max(start, first))
        for start, end in claim.spans
        for first, last in other.spans
    )
    return common >= MIN_OVERLAP * length


def _comparison_key(claim: Claim) -> tuple[object, ...]:
    who = (claim.known_as or claim.speaker or claim.source or "").casefold()
    return claim.kind, who, claim.negative, claim.stance, claim.via


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _is_one_sentence(one: Hit | None, other: Hit | None) -> bool:
    """Whether each of two claims is in the other's passage."""
    if not (one and other):
        return False
    if one.claim.article_id != other.claim.article_id or not (one.passage and other.passage):
        return False
    return _holds(one.passage, other.claim) and _holds(other.passage, one.claim)


def _holds(passage: Passage, claim: Claim) -> bool:
    return bool(claim.spans) and all(
        any(start <= s and e <= end for start, end in passage.spans) for s, e in claim.spans
    )


def _sort_key(hit: Hit | None) -> tuple[int, int, bool]:
    if not hit or not hit.claim.spans:
        return 0, 0, False
    spans = hit.claim.spans
    return spans[0][0], -spans[-1][1], hit.claim.inside is not None


def _onto_passage(passage: Passage, onto: Passage) -> Passage:
    """Move a claim's source, cue and content onto a longer passage of the same sentence."""

    def there(spans: Spans) -> Spans:
        return to_passage(onto.spans, to_article(passage.spans, spans))

    return replace(
        onto,
        source=there(passage.source),
        cue=there(passage.cue),
        content=there(passage.content),
        via=there(passage.via),
    )


def _union(spans: Iterable[Span]) -> Spans:
    """Sort spans and merge those that overlap."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return tuple(out)
