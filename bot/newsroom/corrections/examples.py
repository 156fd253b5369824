"""Turn corrected articles into examples for training and scoring taggers. Pure.

The format is that of attribution corpora converted to JSON: one text and one JSON object per
article. Spans of source, cue and content are in code points of the text, which is identified by its
SHA-256.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bot.corrections.claims import ExtractedClaims, apply_corrections, merge_changes
from bot.languages.table import claim_words
from bot.model import Claim, Correction, Spans
from bot.newsroom.articles.claim_spans import source_and_cue

LEADING_THAT = re.compile(r"\bthat\s+$")
"""The "that" with which content starts in these corpora; claims leave it out."""


class Example(NamedTuple):
    """An article's id and text, and the JSON object with its attributions."""

    id: str
    text: str
    annotation: dict[str, Any]


def make_example(
    article_id: str, extracted: ExtractedClaims, corrections: Sequence[Correction]
) -> Example:
    """Return an article with its attributions as corrected."""
    text_sha = hashlib.sha256(extracted.text.encode()).hexdigest()
    attributions = sorted(
        _attributions(extracted, corrections), key=lambda entry: (entry["content"], entry["cue"])
    )
    annotation = {"id": article_id, "text_sha": text_sha, "attributions": attributions}
    return Example(article_id, extracted.text, annotation)


def _attributions(
    extracted: ExtractedClaims, corrections: Sequence[Correction]
) -> Iterator[dict[str, Any]]:
    text = extracted.text
    as_extracted = {claim.id: claim for _, claim in extracted.claims}
    for _, claim in apply_corrections(extracted, corrections).claims:
        if claim.kind != "attribution" or not claim.spans:
            continue
        own_corrections = [
            correction for correction in corrections if correction.claim_id == claim.id
        ]
        fields = merge_changes(text, as_extracted[claim.id], own_corrections)
        source, cue = source_and_cue(text, extracted.paragraphs, claim)
        yield {
            "source": fields["source"].spans if fields.get("source") else source,
            "cue": fields["cue"].spans if fields.get("cue") else _without_recipient(text, cue),
            "content": claim.spans if "content" in fields else _with_that(text, claim),
        }


def _without_recipient(text: str, cue: Spans) -> Spans:
    """Cut a cue after its verb: claims include the recipient ("told Putin"), corpora do not."""
    for start, end in cue[-1:]:
        for word in re.compile(r"\S+").finditer(text, start, end):
            if claim_words.ADDRESSING_CUE.search(text, start, word.end()):
                return (*cue[:-1], (start, word.end()))
    return cue


def _with_that(text: str, claim: Claim) -> Spans:
    (start, end), *others = claim.spans
    leading_that = LEADING_THAT.search(text, max(0, start - 10), start)
    return ((leading_that.start() if leading_that else start, end), *others)
