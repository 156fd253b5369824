"""Send e-mail: the only access to an SMTP server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from bot.config.settings import MailSettings
from bot.errors import MailError

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30
"""The timeout of each SMTP command."""

REFUSALS = smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused
"""Errors after which the server has certainly sent nothing."""


class MaybeSent(MailError):
    """The server's response was lost: the e-mail may or may not have been sent."""


def send(settings: MailSettings, *, subject: str, text: str, html: str, name: str) -> None:
    """Send a message as plain text and HTML to all recipients, over STARTTLS.

    `name` becomes the Message-ID, so that a message sent twice can be recognised. Raises MailError
    if nothing was sent, MaybeSent if that is not known.
    """
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{name}@{settings.sender.rpartition('@')[2]}>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    is_submitted = is_accepted = False
    try:
        with smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_SECONDS) as server:
            server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password or "")
            is_submitted = True
            refused = server.send_message(message)
            is_accepted = True
            if refused:
                count = len(settings.recipients)
                log.warning("%s was not sent to %d of %d recipients", name, len(refused), count)
    except (OSError, smtplib.SMTPException) as error:
        if is_accepted:  # an error while closing the connection does not matter
            return
        # Only the error's type: a server's response to a login may repeat the password.
        subject, cause = f"{settings.host}:{settings.port}", type(error).__name__
        if is_submitted and not isinstance(error, REFUSALS):
            raise maybe_sent(subject, cause) from None
        raise MailError(
            "an e-mail was not sent",
            subject=subject,
            cause=cause,
            remedy="Check mail in bot.yml, and SMTP_PASSWORD.",
        ) from None


def maybe_sent(subject: str, cause: str) -> MaybeSent:
    """Return the error for an e-mail that may or may not have been sent."""
    return MaybeSent(
        "an e-mail may or may not have been sent",
        subject=subject,
        cause=cause,
        remedy="Check whether it arrived; if not, claimdesk jobs retry sends it.",
    )
