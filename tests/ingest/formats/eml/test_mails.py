"""Replies and forwarded mails: what the sender wrote, whatever program wrote the mail."""

from __future__ import annotations

import pytest

from bot.ingest.formats import eml
from bot.ingest.parsed_file import ParsedArticle
from tests.ingest.formats.eml.mails import FORWARDS, REPLIES, Mail


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
