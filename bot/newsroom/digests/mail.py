"""Send posted digests as e-mail, if a mail server is configured."""

from __future__ import annotations

from bot.config.settings import MailSettings
from bot.delivery import mail
from bot.newsroom.delivery.messages import Messages
from bot.store import Job, MessageKey
from bot.wording import digest_pages
from bot.wording import digests as digest_wording


def mail_digest(messages: Messages, settings: MailSettings, job: Job) -> None:
    """Send the digest of a posted message, at most once.

    Raises MailError, including when an earlier attempt was interrupted, since its e-mail may have
    been sent.
    """
    key = MessageKey(**job.payload)
    if job.interrupted:
        raise mail.maybe_sent(job.key, "the worker that was sending it stopped halfway")
    digest = messages.posted_digest(key)
    if not digest or not (settings.host and settings.recipients):
        return
    mail.send(
        settings,
        subject=digest_wording.heading(digest),
        text=digest_pages.text(digest),
        html=digest_pages.page(digest),
        name=f"digest.{key.team}.{key.channel}.{digest.day}",
    )
