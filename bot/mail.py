"""Send e-mail: the one door to an SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate

from bot.config.settings import MailSettings
from bot.errors import MailError

SECONDS = 30
"""How long the server may take over one step."""


def send(settings: MailSettings, *, subject: str, text: str, html: str, name: str) -> None:
    """Send a message as plain text and HTML to all recipients, over STARTTLS.

    `name` makes the message one: sent twice, it has the same Message-ID. Raises MailError.
    """
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{name}@{settings.sender.rpartition('@')[2]}>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    try:
        with smtplib.SMTP(settings.host, settings.port, timeout=SECONDS) as server:
            server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password or "")
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # What a server answers to a login may hold what was sent to it.
        raise MailError(
            "an e-mail was not sent",
            subject=f"{settings.host}:{settings.port}",
            cause=type(error).__name__,
            remedy="Look at mail in bot.yml, and at SMTP_PASSWORD.",
        ) from None
