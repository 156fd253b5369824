"""Handlers of the jobs that do not need Slack."""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery.worker import Handler
from bot.newsroom.services import Newsroom


def handlers(newsroom: Newsroom) -> Mapping[str, Handler]:
    """Return the handlers by job kind. Services are created when a job needs them."""
    return {
        "poll": lambda job: newsroom.polls.handle_poll_job(job),
        "article": lambda job: newsroom.intake.link_requests.handle_article_job(job),
        "page": lambda job: newsroom.polls.handle_page_job(job),
        "release": lambda job: newsroom.intake.articles.handle_release_job(job),
        "watch": lambda job: newsroom.watches.matches.handle_watch_job(job),
        "alert": lambda job: newsroom.watches.handle_alert_job(job),
        "forget": lambda job: newsroom.delivery.retention.handle_forget_job(job),
    }
