"""A digest that has been posted as e-mail too, where a mail server is set."""

from __future__ import annotations

from bot.config.settings import MailSettings
from bot.delivery import mail
from bot.newsroom.delivery.messages import Messages
from bot.store import Job, MessageKey
from bot.wording import digest_pages
from bot.wording import digests as digest_wording


def mail_digest(messages: Messages, settings: MailSettings, job: Job) -> None:
    """Send the digest of a message: once, so what may have been sent is not sent again.

    Raises MailError, also where whoever was at it before never said how it ended.
    """
    key = MessageKey(**job.payload)
    if job.was_interrupted:
        raise mail.maybe_sent(job.key, "the worker that was sending it stopped halfway")
    digest = messages.posted_digest(key)
    if not digest or not (settings.host and settings.recipients):
        return
    mail.send(
        settings,
        subject=digest_wording.heading(digest),
        text=digest_pages.to_text(digest),
        html=digest_pages.to_html(digest),
        name=f"digest.{key.team}.{key.channel}.{digest.day}",
    )
