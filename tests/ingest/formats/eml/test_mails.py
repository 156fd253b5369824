"""Replies and forwarded mails: what the sender wrote, whatever program wrote the mail."""

from __future__ import annotations

import pytest

from bot.ingest.formats import eml
from bot.ingest.parsed_file import ParsedArticle
from tests.ingest.formats.eml.mails import (
    FORWARDS,
    OLD,
    OUTLOOK_BLOCK,
    OWN,
    RELEASE,
    REPLIES,
    SECOND,
    Mail,
    mail,
)


def read(mail: Mail) -> ParsedArticle:
    (found,) = eml.read(mail.raw)
    assert isinstance(found, ParsedArticle)
    return found


@pytest.mark.parametrize("mail", REPLIES.values(), ids=REPLIES)
def test_a_reply_is_cut_above_its_history(mail: Mail) -> None:
    check(mail)


@pytest.mark.parametrize("mail", FORWARDS.values(), ids=FORWARDS)
def test_a_forwarded_mail_is_the_article(mail: Mail) -> None:
    check(mail)


def check(mail: Mail) -> None:
    article = read(mail)
    assert article.text == mail.text
    known = article.metadata
    assert (known["title"], known.get("outlet")) == (mail.title, mail.outlet)
    assert str(known["published"].on) == mail.day


@pytest.mark.parametrize("history", [f"{OUTLOOK_BLOCK}\n\n{OLD}", f"> {OLD}"])
def test_only_replies_have_a_history(history: str) -> None:
    raw = mail(f"{OWN}\n\n{history}", subject="Two letters")
    kept = read(Mail(raw, ""))
    assert (kept.text, kept.doubt) == (f"{OWN}\n\n{history.removeprefix('> ')}", None)
    assert read(Mail(raw.replace(b"\nTo:", b"\nReferences: <1@a>\nTo:"), "")).text == OWN


def test_a_short_note_above_a_long_history_is_doubted() -> None:
    note = read(Mail(mail(f"See below.\n\n{OUTLOOK_BLOCK}\n\n{OLD}"), ""))
    assert (note.text, note.doubt) == ("See below.", "thin")
    assert read(Mail(mail(f"{OWN} {SECOND}\n\n{OUTLOOK_BLOCK}\n\nWhen?"), "")).doubt is None


def test_the_writer_of_a_forwarded_article_is_its_byline() -> None:
    article = f"Dear all,\n\nhere it is:\n\nNew boats\n\nBy Samir Holloway\n\n{RELEASE}"
    raw = mail(f"FYI\n\n-----Forwarded Message-----\n{OUTLOOK_BLOCK}\n\n{article}", subject="Fw: A")
    assert read(Mail(raw, "")).metadata["byline"] == "Samir Holloway"
