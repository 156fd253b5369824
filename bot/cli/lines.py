"""The JSON lines that other programs rely on; the README's formats section describes them."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import QueryError
from bot.model import Answer, Article, Extraction, Hit


def dumps(line: dict[str, Any]) -> str:
    """One JSON object on one line."""
    return json.dumps(line, ensure_ascii=False)


def extraction_line(article: Article, extraction: Extraction) -> dict[str, Any]:
    """What `extract --json` prints of one file."""
    return {
        "id": article.id,
        "text": article.text,
        "text_sha": article.text_sha,
        "attributions": [
            {
                "id": a.id,
                "source": a.source,
                "cue": a.cue,
                "content": a.content,
                "type": a.type,
                "speaker": a.speaker,
                "source_kind": a.source_kind,
                "stance": a.stance,
                "negative": a.negative,
                "via": a.via,
                "inside": a.inside,
                "date": a.said_on and a.said_on.isoformat(),
                "date_inferred": a.said_on_inferred,
                "unsure": a.unsure,
                "confidence": round(a.confidence, 4),
            }
            for a in extraction.attributions
        ],
        "statements": [{"content": s.content, "near": s.near} for s in extraction.statements],
    }


def answer_line(answer: Answer) -> dict[str, Any]:
    """What `claim --json` prints of one query."""
    searched = answer.searched
    return {
        "query": answer.query,
        "read_as": answer.read_as,
        "took_ms": round(answer.took_ms, 3),
        "total": answer.total,
        "searched": {
            "articles": searched.articles,
            "claims": searched.claims,
            "from": searched.first and searched.first.isoformat(),
            "to": searched.last and searched.last.isoformat(),
        },
        "hits": [_hit(hit) for hit in answer.hits],
        "suggestions": answer.suggestions,
    }


def refusal_line(query: str, error: QueryError, took_ms: float) -> dict[str, Any]:
    """What `claim --json` prints of a query that can't be read."""
    took = round(took_ms, 3)
    return {"query": query, "error": str(error), "took_ms": took, "total": 0, "hits": []}


def _hit(hit: Hit) -> dict[str, Any]:
    claim, article = hit.claim, hit.article
    near = claim.near
    return {
        "id": claim.id,
        "ref": claim.ref,
        "score": round(hit.score, 4),
        "kind": claim.kind,
        "text": claim.text,
        "speaker": claim.speaker,
        "source": claim.source,
        "cue": claim.cue,
        "type": claim.type,
        "source_kind": claim.source_kind,
        "stance": claim.stance,
        "negative": claim.negative,
        "via": claim.via,
        "near": near and {"speaker": near.speaker, "text": near.text, "report": near.report},
        "date": claim.said_on and claim.said_on.isoformat(),
        "date_inferred": claim.said_on_inferred,
        "unsure": claim.unsure,
        "spans": claim.spans,
        "article": {
            "id": article.id,
            "title": article.title,
            "outlet": article.outlet,
            "published": article.published,
            "url": article.url,
            "sample": article.sample,
        },
    }
