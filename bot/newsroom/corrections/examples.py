"""Articles as examples to train and score a tagger with. Pure.

The format is that of attribution corpora turned to JSON, one text and one object an article: spans
of source, cue and content as code points of the text, which the digest names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from bot.corrections.claims import ExtractedClaims, apply_corrections, merged_changes
from bot.languages.table import claim_words
from bot.model import Claim, Correction, Spans
from bot.newsroom.articles.claim_spans import source_and_cue

THAT = re.compile(r"\bthat\s+$")
"""A content in these corpora begins with its "that", which claims leave out."""


class Example(NamedTuple):
    """An article's id, its text, and what is to be found in it."""

    id: str
    text: str
    found: dict[str, Any]


def make_example(
    article_id: str, found: ExtractedClaims, corrections: Sequence[Correction]
) -> Example:
    """An article with its attributions as they read with corrections laid over them."""
    text_sha = hashlib.sha256(found.text.encode()).hexdigest()
    attributions = sorted(
        _attributions(found, corrections), key=lambda one: (one["content"], one["cue"])
    )
    whole = {"id": article_id, "text_sha": text_sha, "attributions": attributions}
    return Example(article_id, found.text, whole)


def _attributions(
    found: ExtractedClaims, corrections: Sequence[Correction]
) -> Iterator[dict[str, Any]]:
    as_found = {claim.id: claim for _, claim in found.claims}
    for _, claim in apply_corrections(found, corrections).claims:
        if claim.kind != "attribution" or not claim.spans:
            continue
        said = [one for one in corrections if one.claim_id == claim.id]
        fields = merged_changes(found.text, as_found[claim.id], said)
        source, cue = source_and_cue(found.text, found.paragraphs, claim)
        yield {
            "source": fields["source"].spans if fields.get("source") else source,
            "cue": fields["cue"].spans if fields.get("cue") else _without_told(found.text, cue),
            "content": claim.spans if "content" in fields else _with_that(found.text, claim),
        }


def _without_told(text: str, cue: Spans) -> Spans:
    """A cue up to its verb, without whom it tells: claims complete "told Putin", corpora do not."""
    for start, end in cue[-1:]:
        for word in re.compile(r"\S+").finditer(text, start, end):
            if claim_words.TELLING.search(text, start, word.end()):
                return (*cue[:-1], (start, word.end()))
    return cue


def _with_that(text: str, claim: Claim) -> Spans:
    (start, end), *others = claim.spans
    that = THAT.search(text, max(0, start - 10), start)
    return ((that.start() if that else start, end), *others)
