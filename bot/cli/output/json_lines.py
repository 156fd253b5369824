"""JSON lines for other programs, described in the README's section on formats."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import QueryError, SearchIndexError
from bot.model import Answer, Article, ArticleCard, Extraction, Facets, Hit, Row
from bot.search import score_factors
from bot.wording.hits import after_line, hit_before, shown_passage, who_line
from bot.wording.runs import plain_text


def dumps(line: dict[str, Any]) -> str:
    """Return a JSON object as one line; lone surrogates from a query become JSON escapes."""
    return json.dumps(line, ensure_ascii=False).encode(errors="backslashreplace").decode()


def extraction_json(article: Article, extraction: Extraction) -> dict[str, Any]:
    """Return the JSON object that `extract --json` prints for a file.

    Its `statements` are the unattributed sentences.
    """
    return {
        "id": article.id,
        "language": article.language,
        "text": article.text,
        "text_sha": article.text_sha,
        "attributions": [
            {
                "id": attribution.id,
                "source": attribution.source,
                "cue": attribution.cue,
                "content": attribution.content,
                "type": attribution.type,
                "speaker": attribution.speaker,
                "speaker_guess": attribution.guess,
                "source_kind": attribution.source_kind,
                "act": attribution.act,
                "act_confidence": round(attribution.act_confidence, 4),
                "stance": attribution.stance,
                "negative": attribution.negative,
                "via": attribution.via,
                "inside": attribution.inside,
                "date": attribution.said_on and attribution.said_on.isoformat(),
                "date_inferred": attribution.said_on_inferred,
                "unsure": attribution.unsure,
                "confidence": round(attribution.confidence, 4),
                "speaker_confidence": round(attribution.speaker_confidence, 4),
            }
            for attribution in extraction.attributions
        ],
        "statements": [
            {"content": sentence.content, "near": sentence.near, "checkable": sentence.checkable}
            for sentence in extraction.unattributed
        ],
    }


def answer_json(answer: Answer, *, explain: bool = False) -> dict[str, Any]:
    """Return the JSON object that `claim --json` prints for a query.

    `explain` adds the factors of each score. `loose` means that no claim has all the words, `close`
    that the hits are only the nearest to a text, and `unfound` are the sentences of a pasted text
    that no claim matches.
    """
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
            hit_json(hit, rows.get(hit.claim.id)) | (_factors_json(hit) if explain else {})
            for hit in answer.hits
        ],
        "articles": [card_json(card) for card in answer.articles],
        "suggestions": answer.suggestions,
        "offers": answer.replacements,
        "corrections": answer.corrections,
        "behind": answer.is_index_behind,
        "loose": answer.is_partial_match,
        "is_question": answer.is_question,
        "close": answer.is_nearest_only,
    }
    if answer.sections:
        line["sections"] = [
            {"sentence": section.sentence, "hits": [hit.claim.id for hit in section.hits]}
            for section in answer.sections
        ]
        line["unfound"] = answer.unmatched_sentences
    if answer.facets:
        line["facets"] = _facets_json(answer.facets)
    return line


def _factors_json(hit: Hit) -> dict[str, Any]:
    return {"factors": {name: round(factor, 4) for name, factor in score_factors(hit).items()}}


def _facets_json(facets: Facets) -> dict[str, Any]:
    return {
        name: [{"value": count.value, "claims": count.claims} for count in counts]
        for name, counts in facets.items()
    }


def query_error_json(
    query: str, error: QueryError | SearchIndexError, took_ms: float
) -> dict[str, Any]:
    """Return the JSON object that `claim --json` prints for a query that has no answer."""
    return {
        "query": query,
        "error": str(error),
        "position": error.position if isinstance(error, QueryError) else 0,
        "took_ms": round(took_ms, 3),
        "total": 0,
        "hits": [],
    }


def hit_json(hit: Hit, row: Row | None) -> dict[str, Any]:
    """A hit with its disputes.

    `group` is the id of the claim that reports the statement first. `half` are the words that a
    dispute denies, if not all; with `same_matter`, neither surely denies the other.
    """
    claim, article, passage = hit.claim, hit.article, hit.passage
    near, before = claim.near, hit_before(hit)
    return {
        "id": claim.id,
        "ref": claim.ref,
        "score": round(hit.score, 4),
        "group": row.hits[0].claim.id if row else claim.id,
        "disputes": [
            {
                "id": dispute.hit.claim.id,
                "is_denial": dispute.is_denial,
                "same_matter": dispute.is_same_matter,
                "half": dispute.denied_part,
                "order": dispute.order,
            }
            for dispute in hit.disputes
        ],
        "by_meaning": hit.by_meaning,
        "kind": claim.kind,
        "text": claim.text,
        "who": plain_text(who_line(hit)),
        "passage": passage
        and {
            "spans": passage.spans,
            "text": shown_passage(hit)[0],
            "time": passage.time,
            "before": before
            and {"who": plain_text(who_line(before)), "text": shown_passage(before)[0]},
            "after": plain_text(after_line(hit)) or None,
        },
        "speaker": claim.speaker,
        "speaker_guess": claim.guess,
        "speaker_known_as": claim.known_as,
        "role": hit.role,
        "source": claim.source,
        "cue": claim.cue,
        "type": claim.type,
        "source_kind": claim.source_kind,
        "act": claim.act or ("speech" if claim.kind == "attribution" else None),
        "stance": claim.stance,
        "negative": claim.negative,
        "via": claim.via,
        "near": near and {"speaker": near.speaker, "text": near.text, "report": near.report},
        "date": claim.said_on and claim.said_on.isoformat(),
        "date_inferred": claim.said_on_inferred,
        "confidence": round(claim.confidence, 4),
        "speaker_confidence": claim.speaker_confidence,
        "checkable": claim.checkable,
        "corrected": claim.corrected,
        "spans": claim.spans,
        "article": card_json(article),
    }


def card_json(article: ArticleCard) -> dict[str, Any]:
    """Return the JSON object of an article in an answer, or of several that words match."""
    return {
        "id": article.id,
        "title": article.title,
        **publication_json(article),
        "published": article.published,
        "sample": article.sample,
        "corrected": article.corrected,
        "review": article.review,
        "doubt": article.open_doubt,
    }


def publication_json(article: ArticleCard) -> dict[str, str | None]:
    """Who published an article, and where; and what of it only the article itself says."""
    names = ("outlet", "claimed_outlet", "url", "claimed_url")
    return {name: getattr(article, name) for name in names}
