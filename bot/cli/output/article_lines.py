"""The JSON lines of ingest and article; the README's formats section describes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.cli.output.correction_lines import correction_line
from bot.errors import IngestError
from bot.model import Correction
from bot.newsroom.articles.article_intake import IngestResult, Outcome
from bot.newsroom.articles.history import ArticleHistory, ArticleVersion


def ingested_line(one: IngestResult) -> dict[str, Any]:
    """What `ingest --json` prints of one file or address.

    `error` is why it gave no article or, where it gave some, the first thing in it that could not
    be read or was not obeyed; `errors` are all of these, where there are several. `skipped` is what
    in it is no article, unless there is nothing else.
    """
    unheard = [_unheard(outcome) for outcome in one.outcomes if outcome.is_unauthorised]
    why = [_refusal(error) for error in one.errors if not error.is_no_story] + unheard
    skipped = [_refusal(error) for error in one.errors if error.is_no_story]
    if not one.outcomes and not why:
        why, skipped = skipped, []
    line = {
        "path": one.origin,
        "articles": [_outcome(outcome) for outcome in one.outcomes],
        "error": why[0] if why else None,
        "skipped": skipped,
    }
    return line | ({"errors": why} if len(why) > 1 else {})


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "title": outcome.title,
        "outlet": outcome.outlet,
        "byline": outcome.byline,
        "published": outcome.published,
        "language": outcome.language,
        "characters": outcome.characters,
        "status": outcome.status,
    }


def _unheard(outcome: Outcome) -> dict[str, str]:
    why, remedy = unheard(outcome)
    return {"where": "", "why": why, "remedy": remedy}


def unheard(outcome: Outcome) -> tuple[str, str]:
    """Why a kill was not obeyed, and what to do."""
    why = f"the request to kill {outcome.id} was ignored: {outcome.reason}"
    return why, f"To remove it yourself: claimdesk remove {outcome.id} --reason WHY."


def _refusal(error: IngestError) -> dict[str, str]:
    return {"where": error.where, "why": error.cause, "remedy": error.remedy}


def article_line(told: ArticleHistory, corrections: Sequence[Correction]) -> dict[str, Any]:
    """What `article --json` prints of one article."""
    article = told.article
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "byline": article.byline,
        "published": article.published,
        "language": article.language,
        "characters": len(article.text),
        "status": told.state,
        "reason": told.reason,
        "release": _moment(told.release_at),
        "text": article.text,
        "version": article.version,
        "versions": [_edition(edition) for edition in told.versions],
        "guid": article.guid,
        "url": article.url,
        "excerpt": article.excerpt,
        "copy_of": article.copy_of,
        "corrections": [correction_line(one) for one in corrections],
    }


def _edition(edition: ArticleVersion) -> dict[str, Any]:
    counts = edition.change_counts
    return {
        "number": edition.number,
        "status": edition.state,
        "reason": edition.reason,
        "received": _moment(edition.received_at),
        "left": _moment(edition.left_at),
        "release": _moment(edition.release_at),
        "revision": edition.article.revision,
        "title": edition.article.title,
        "text": edition.article.text,
        "claims": len(edition.claims),
        "changes": {kind: counts[kind] for kind in ("unchanged", "changed", "gone", "new")},
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
