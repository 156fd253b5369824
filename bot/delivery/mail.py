"""Send e-mail: the one door to an SMTP server."""

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
"""How long the server may take over one step."""

REFUSALS = smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused
"""After one of these a server has sent nothing."""


class MaybeSent(MailError):
    """The server did not say what it did with an e-mail: it may have been sent or not."""


def send(settings: MailSettings, *, subject: str, text: str, html: str, name: str) -> None:
    """Send a message as plain text and HTML to all recipients, over STARTTLS.

    `name` makes the message one: sent twice, it has the same Message-ID. Raises MailError where
    nobody was sent it, MaybeSent where that is not known.
    """
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{name}@{settings.sender.rpartition('@')[2]}>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    is_asked = is_taken = False
    try:
        with smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_SECONDS) as server:
            server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password or "")
            is_asked = True
            refused = server.send_message(message)
            is_taken = True
            if refused:
                number = len(settings.recipients)
                log.warning("%s was not sent to %d of %d recipients", name, len(refused), number)
    except (OSError, smtplib.SMTPException) as error:
        if is_taken:  # how the server takes its leave changes nothing
            return
        # What a server answers to a login may hold what was sent to it.
        subject, cause = f"{settings.host}:{settings.port}", type(error).__name__
        if is_asked and not isinstance(error, REFUSALS):
            raise maybe_sent(subject, cause) from None
        raise MailError(
            "an e-mail was not sent",
            subject=subject,
            cause=cause,
            remedy="Check mail in bot.yml, and SMTP_PASSWORD.",
        ) from None


def maybe_sent(subject: str, cause: str) -> MaybeSent:
    """Say that it is not known whether an e-mail was sent."""
    return MaybeSent(
        "an e-mail may or may not have been sent",
        subject=subject,
        cause=cause,
        remedy="Check whether it arrived; if not, claimdesk jobs retry sends it.",
    )
