from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import Any, ClassVar

import pytest

from bot.config.settings import MailSettings
from bot.delivery import mail
from bot.delivery.mail import MaybeSent
from bot.errors import MailError

SETTINGS = MailSettings(
    host="mail.example.org",
    user="desk",
    sender="desk@example.org",
    recipients=("a@example.org", "b@example.org"),
    password="s3cret",
)
WORDS = {"subject": "Claims of\nTuesday", "text": "plain", "html": "<p>set</p>", "name": "d.1"}


class Server:
    """Takes what would go to an SMTP server, or refuses it."""

    taken: ClassVar[list[EmailMessage]] = []
    steps: ClassVar[list[str]] = []
    refuses: ClassVar[str] = ""
    not_to: ClassVar[dict[str, tuple[int, bytes]]] = {}
    how: ClassVar[Exception] = smtplib.SMTPAuthenticationError(535, b"s3cret is wrong")

    def __init__(self, host: str, port: int, timeout: float) -> None:
        assert (host, port) == ("mail.example.org", 587)
        assert timeout > 0

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *failure: object) -> None:
        if not any(failure):
            self._step("quit")

    def _step(self, name: str) -> None:
        self.steps.append(name)
        if self.refuses == name:
            raise self.how

    def starttls(self, context: Any) -> None:
        assert context.check_hostname
        self._step("starttls")

    def login(self, user: str, password: str) -> None:
        assert (user, password) == ("desk", "s3cret")
        self._step("login")

    def send_message(self, message: EmailMessage) -> dict[str, tuple[int, bytes]]:
        self._step("send")
        self.taken.append(message)
        return self.not_to


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    Server.taken, Server.steps, Server.refuses = [], [], ""
    Server.how = smtplib.SMTPAuthenticationError(535, b"s3cret is wrong")
    monkeypatch.setattr(smtplib, "SMTP", Server)
    return Server


def test_a_message_goes_out_as_text_and_html_over_tls(server: type[Server]) -> None:
    mail.send(SETTINGS, **WORDS)
    assert server.steps == ["starttls", "login", "send", "quit"]
    (message,) = server.taken
    assert message["Subject"] == "Claims of Tuesday"
    assert message["To"] == "a@example.org, b@example.org"
    assert message["Message-ID"] == "<d.1@example.org>"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]


@pytest.mark.parametrize("step", ["starttls", "login", "send"])
def test_a_refusal_hides_the_servers_response(server: type[Server], step: str) -> None:
    server.refuses = step
    with pytest.raises(MailError) as failure:
        mail.send(SETTINGS, **WORDS)
    assert "mail.example.org:587: SMTPAuthenticationError" in str(failure.value)
    assert "s3cret" not in str(failure.value)
    assert not server.taken


LOST = [smtplib.SMTPServerDisconnected("s3cret"), TimeoutError(), ConnectionResetError()]


@pytest.mark.parametrize("how", LOST)
def test_a_lost_connection_leaves_the_outcome_unknown(server: type[Server], how: Exception) -> None:
    server.refuses, server.how = "send", how
    with pytest.raises(MaybeSent) as failure:
        mail.send(SETTINGS, **WORDS)
    assert "s3cret" not in str(failure.value)


@pytest.mark.parametrize("how", LOST)
def test_an_early_error_means_nothing_was_sent(server: type[Server], how: Exception) -> None:
    server.refuses, server.how = "login", how
    with pytest.raises(MailError) as failure:
        mail.send(SETTINGS, **WORDS)
    assert not isinstance(failure.value, MaybeSent)


def test_an_error_after_acceptance_is_ignored(server: type[Server]) -> None:
    server.refuses, server.how = "quit", smtplib.SMTPResponseException(421, b"busy")
    mail.send(SETTINGS, **WORDS)
    assert len(server.taken) == 1


def test_refused_recipients_are_counted_in_the_log(
    server: type[Server], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "not_to", {"b@example.org": (550, b"no such box")})
    mail.send(SETTINGS, **WORDS)
    assert "d.1 was not sent to 1 of 2 recipients" in caplog.text
    assert "b@example.org" not in caplog.text


def test_a_missing_server_is_an_error() -> None:
    nobody = MailSettings(host="127.0.0.1", port=9, sender="a@b.org", recipients=("c@d.org",))
    with pytest.raises(MailError, match=r"127\.0\.0\.1:9"):
        mail.send(nobody, **WORDS)
