"""The JSON lines that other programs rely on; the README's formats section describes them."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import QueryError
from bot.model import Answer, Article, ArticleCard, Extraction, Facets, Hit, Holder, Row
from bot.search import score_factors
from bot.wording.hits import who_line
from bot.wording.passage import shorten_passage
from bot.wording.runs import plain


def dumps(line: dict[str, Any]) -> str:
    """One JSON object on one line; of a broken character in a query, JSON's own escape."""
    return json.dumps(line, ensure_ascii=False).encode(errors="backslashreplace").decode()


def extraction_line(article: Article, extraction: Extraction) -> dict[str, Any]:
    """What `extract --json` prints of one file."""
    return {
        "id": article.id,
        "language": article.language,
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
        "statements": [
            {"content": s.content, "near": s.near, "checkable": s.checkable}
            for s in extraction.unattributed
        ],
    }


def answer_line(answer: Answer, *, explain: bool = False) -> dict[str, Any]:
    """What `claim --json` prints of one query; to `explain` gives each hit its score's factors."""
    searched = answer.searched
    rows = {hit.claim.id: row for row in answer.rows for hit in row.hits}
    line = {
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
        "hits": [
            _hit(hit, rows.get(hit.claim.id)) | (_factors(hit) if explain else {})
            for hit in answer.hits
        ],
        "articles": [_article(card) for card in answer.articles],
        "suggestions": answer.suggestions,
        "offers": answer.offers,
        "corrections": answer.corrections,
        "behind": answer.behind,
        "loose": answer.loose,
        "roles": [
            {"role": role.typed, "speakers": [_holder(one) for one in role.holders]}
            for role in answer.roles
        ],
        "is_question": answer.is_question,
        "close": answer.close,
    }
    if answer.sections:
        line["sections"] = [
            {"sentence": section.sentence, "hits": [hit.claim.id for hit in section.hits]}
            for section in answer.sections
        ]
        line["unfound"] = answer.unfound
    if answer.facets:
        line["facets"] = _facets(answer.facets)
    return line


def _holder(one: Holder) -> dict[str, Any]:
    first, last = one.first and one.first.isoformat(), one.last and one.last.isoformat()
    return {"speaker": one.name, "claims": one.claims, "from": first, "to": last}


def _factors(hit: Hit) -> dict[str, Any]:
    return {"factors": {name: round(factor, 4) for name, factor in score_factors(hit).items()}}


def _facets(facets: Facets) -> dict[str, Any]:
    return {
        name: [{"value": one.value, "claims": one.claims} for one in counts]
        for name, counts in facets.items()
    }


def refusal_line(query: str, error: QueryError, took_ms: float) -> dict[str, Any]:
    """What `claim --json` prints of a query that can't be read."""
    return {
        "query": query,
        "error": str(error),
        "position": error.position,
        "took_ms": round(took_ms, 3),
        "total": 0,
        "hits": [],
    }


def _hit(hit: Hit, row: Row | None) -> dict[str, Any]:
    """A hit, with the claim that reports its statement first, and with which it is in dispute."""
    claim, article, passage = hit.claim, hit.article, hit.passage
    near = claim.near
    return {
        "id": claim.id,
        "ref": claim.ref,
        "score": round(hit.score, 4),
        "group": row.hits[0].claim.id if row else claim.id,
        "disputes": [
            {
                "id": dispute.hit.claim.id,
                "is_denial": dispute.is_denial,
                "half": dispute.half,
                "order": dispute.order,
            }
            for dispute in (row.disputes if row else ())
        ],
        "by_meaning": hit.by_meaning,
        "kind": claim.kind,
        "text": claim.text,
        "who": plain(who_line(hit)),
        "passage": passage and {"spans": passage.spans, "text": shorten_passage(passage)[0]},
        "speaker": claim.speaker,
        "speaker_known_as": claim.known_as,
        "role": hit.role,
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
        "confidence": round(claim.confidence, 4),
        "checkable": claim.checkable,
        "corrected": claim.corrected,
        "spans": claim.spans,
        "article": _article(article),
    }


def _article(article: ArticleCard) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
        "sample": article.sample,
        "corrected": article.corrected,
    }
