"""Claims as W3C Web Annotations in JSON-LD (www.w3.org/TR/annotation-model). Pure."""

from __future__ import annotations

import json
from typing import Any

from bot.model import Article, Claim, Span

JSON_LD_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY = "urn:claimdesk:words#"
"""The namespace of terms that the standard lacks: speaker, cue, attribution."""

CONTEXT_LENGTH = 32
"""Characters of context before and after a quotation; more if these would match several places."""


def collection(store_id: str) -> tuple[str, str]:
    """Return the start and the end of a document; between them go annotations, separated by
    commas."""
    context = [JSON_LD_CONTEXT, {"claimdesk": VOCABULARY}]
    header = json.dumps(
        {
            "@context": context,
            "id": f"urn:claimdesk:archive:{store_id}",
            "type": "AnnotationCollection",
            "label": "Claims, and who made them, as Claimdesk found them",
        }
    )
    return f'{header[:-1]}, "first": {{"type": "AnnotationPage", "items": [\n', "\n]}}\n"


def annotation(article: Article, claim: Claim) -> dict[str, Any]:
    """Return a claim as an annotation of its words in the article.

    If its content is in several pieces, each is a target of one composite.
    """
    targets = [_target(article, span) for span in claim.spans]
    return {
        "id": f"urn:claimdesk:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": _body(claim),
        "target": targets[0] if len(targets) == 1 else {"type": "Composite", "items": targets},
    }


def _body(claim: Claim) -> dict[str, Any]:
    values = {
        "speaker": claim.speaker,
        "source": claim.source,
        "sourceKind": claim.source_kind,
        "cue": claim.cue,
        "quoted": claim.type,
        "act": claim.act,
        "stance": claim.stance,
        "negative": claim.negative,
        "speaker_guess": claim.guess,
        "corrected": claim.corrected,
        "via": list(claim.via),
        "saidOn": claim.said_on and claim.said_on.isoformat(),
    }
    non_empty = {f"claimdesk:{name}": value for name, value in values.items() if value}
    return {"type": f"claimdesk:{claim.kind.capitalize()}", **non_empty}


def _target(article: Article, span: Span) -> dict[str, Any]:
    start, end = span
    return {
        "type": "SpecificResource",
        "source": article.url or f"urn:claimdesk:article:{article.id}",
        "selector": [
            quote_selector(article.text, span),
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }


def quote_selector(text: str, span: Span) -> dict[str, str]:
    """Return a TextQuoteSelector that matches a span of a text and no other place in it."""
    start, end = span
    length = CONTEXT_LENGTH
    while True:  # the whole text occurs once, so this ends
        first, last = max(0, start - length), end + length
        if _occurs_once(text[first:last], text):
            break
        length *= 2
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[first:start],
        "suffix": text[end:last],
    }


def _occurs_once(part: str, text: str) -> bool:
    return text.find(part, text.find(part) + 1) == -1
