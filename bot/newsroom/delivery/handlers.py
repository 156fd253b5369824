"""What does the jobs that need no Slack."""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery.worker import Handler
from bot.newsroom.digests.mail import mail_digest
from bot.newsroom.services import Newsroom


def handlers(newsroom: Newsroom) -> Mapping[str, Handler]:
    """The handlers by the kind of their jobs. Services are made when a job needs them."""
    return {
        "poll": lambda job: newsroom.polls.poll_due(job),
        "page": lambda job: newsroom.polls.read_page(job),
        "release": lambda job: newsroom.intake.articles.release_when_due(job),
        "watch": lambda job: newsroom.watches.matches.match_news(job),
        "alert": lambda job: newsroom.watches.send_due_alerts(job),
        "mail": lambda job: mail_digest(newsroom.delivery.messages, newsroom.settings.mail, job),
    }
