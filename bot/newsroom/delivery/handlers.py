"""Handlers of the jobs that do not need Slack."""

from __future__ import annotations

from collections.abc import Mapping

from bot.delivery import mail
from bot.delivery.worker import Handler
from bot.newsroom.services import Newsroom
from bot.store import Job, MessageKey
from bot.wording.digests import digest_pages
from bot.wording.digests import digests as digest_wording


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
        "mail": lambda job: _mail_digest(newsroom, job),
    }


def _mail_digest(newsroom: Newsroom, job: Job) -> None:
    """Send a posted digest as e-mail, if a mail server is configured, at most once.

    Raises MailError, including when an earlier attempt was interrupted, since its e-mail may have
    been sent.
    """
    key, settings = MessageKey(**job.payload), newsroom.settings.mail
    if job.was_interrupted:
        raise mail.maybe_sent(job.key, "the worker that was sending it stopped halfway")
    digest = newsroom.delivery.messages.posted_digest(key)
    if not digest or not (settings.host and settings.recipients):
        return
    mail.send(
        settings,
        subject=digest_wording.heading(digest),
        text=digest_pages.to_text(digest),
        html=digest_pages.to_html(digest),
        name=f"digest.{key.team}.{key.channel}.{digest.day}",
    )
