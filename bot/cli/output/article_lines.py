"""The JSON lines of ingest and article, described in the README's section on formats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cli.output.correction_lines import correction_json
from bot.cli.output.json_lines import publication_json
from bot.errors import IngestError
from bot.model import ArticleCard, Correction
from bot.newsroom.articles.article_intake import IngestResult, Outcome
from bot.newsroom.articles.history import ArticleHistory, ArticleVersion


def ingest_result_json(result: IngestResult) -> dict[str, Any]:
    """Return the JSON object that `ingest --json` prints for a file or address.

    `error` is the first error in it; `errors` lists all if there are several. `skipped` lists
    entries that are not articles. If there is nothing else, these are the errors.
    """
    ignored_kills = [
        _ignored_kill_json(outcome) for outcome in result.outcomes if outcome.is_unauthorised
    ]
    errors = [_error_json(error) for error in result.errors if not error.is_skipped] + ignored_kills
    skipped = [_error_json(error) for error in result.errors if error.is_skipped]
    if not result.outcomes and not errors:
        errors, skipped = skipped, []
    line = {
        "path": result.origin,
        "articles": [_outcome_json(outcome) for outcome in result.outcomes],
        "error": errors[0] if errors else None,
        "skipped": skipped,
    }
    return line | ({"errors": errors} if len(errors) > 1 else {})


def _outcome_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "title": outcome.title,
        "outlet": outcome.outlet,
        "byline": outcome.byline,
        "published": outcome.published,
        "language": outcome.language,
        "characters": outcome.characters,
        "read_to": outcome.read_to,
        "status": outcome.status,
        "review": outcome.review,
        "doubt": outcome.doubt,
    }


def _ignored_kill_json(outcome: Outcome) -> dict[str, str]:
    reason, remedy = explain_ignored_kill(outcome)
    return {"where": "", "why": reason, "remedy": remedy}


def explain_ignored_kill(outcome: Outcome) -> tuple[str, str]:
    """Explain why a kill request was ignored, and what to do."""
    reason = f"the request to kill {outcome.id} was ignored: {outcome.reason}"
    return reason, f"To remove it yourself: claimdesk remove {outcome.id} --reason WHY."


def _error_json(error: IngestError) -> dict[str, str]:
    return {"where": error.location, "why": error.cause, "remedy": error.remedy}


def article_json(history: ArticleHistory, corrections: Sequence[Correction]) -> dict[str, Any]:
    """Return the JSON object that `article --json` prints for an article."""
    article = history.article
    return {
        "id": article.id,
        "title": article.title,
        **publication_json(ArticleCard.from_article(article)),
        "byline": article.byline,
        "published": article.published,
        "language": article.language,
        "characters": len(article.text),
        "read_to": history.read_to,
        "status": history.state,
        "reason": history.reason,
        "release": _isoformat(history.release_at),
        "text": article.text,
        "version": article.version,
        "versions": [_version_json(version) for version in history.versions],
        "guid": article.guid,
        "excerpt": article.excerpt,
        "copy_of": article.copy_of,
        "review": article.review,
        "doubt": article.open_doubt,
        "brought_by": article.brought_by,
        "corrections": [correction_json(correction) for correction in corrections],
    }


def _version_json(version: ArticleVersion) -> dict[str, Any]:
    counts = version.change_counts
    return {
        "number": version.number,
        "status": version.state,
        "reason": version.reason,
        "received": _isoformat(version.received_at),
        "left": _isoformat(version.left_at),
        "release": _isoformat(version.release_at),
        "revision": version.article.revision,
        "title": version.article.title,
        "text": version.article.text,
        "claims": len(version.claims),
        "changes": {kind: counts[kind] for kind in ("unchanged", "changed", "gone", "new")},
    }


def _isoformat(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
