"""E-mails: the sender's own words, the subject, and the files enclosed."""

from __future__ import annotations

import re
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import ingest
from bot.ingest.formats import eml
from bot.ingest.parsed_file import EnclosedFile, ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document
from tests.soak import examples

SAMPLES = Path(__file__).parents[2] / "samples" / "eml"
EXPECTED = Path(__file__).parents[2] / "expected"
RELEASE = "The quay is shut, the harbour office said. " * 6


def part(raw: bytes) -> ParsedArticle:
    found = next(iter(eml.read(raw)))
    assert isinstance(found, ParsedArticle)
    return found


def mail(body: bytes, *headers: str) -> bytes:
    lines = ("From: Quay Office <press@quay.example>", "Subject: Quay shut", *headers)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def refused(raw: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        list(eml.read(raw))
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("name", "title", "outlet", "guid", "printed"),
    [
        (
            "flowed.eml",
            "Statement by the chairman on the northern gate – 4 November",
            "Marrow Point Harbour Board",
            "20261103.1602.9f2c@harbourboard.example",
            "2026-11-03T16:02:04+01:00",
        ),
        (
            "fares.eml",
            "EMBARGOED until Thursday 5 November, 06:00: new fares",
            "Sound Ferries",
            "b41@sound-ferries.example",
            "2026-11-03T09:10:00-05:00",
        ),
        (
            "bruecke.eml",
            "Brücke über die Aue",
            "Kreis Aue",
            "aa17@kreis-aue.example",
            "2026-11-03",
        ),
    ],
)
def test_the_samples(name: str, title: str, outlet: str | None, guid: str, printed: str) -> None:
    read = part((SAMPLES / name).read_bytes())
    assert read.text == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").removesuffix("\n")
    known = read.metadata
    assert (known["title"], known.get("outlet"), known["guid"]) == (title, outlet, guid)
    assert known["published"].printed == printed
    assert known["published"].on == date(2026, 11, 3)
    assert "byline" not in known


def test_an_embargoed_mail_withholds_its_attachments() -> None:
    letter, questions, calendar = eml.read((SAMPLES / "fares.eml").read_bytes())
    assert isinstance(letter, ParsedArticle)
    assert letter.metadata["status"] == "withheld"
    assert letter.metadata["note"] == "EMBARGOED until Thursday 5 November, 06:00: new fares"
    assert isinstance(questions, Refusal)
    assert questions.place == "attachment questions.txt"
    assert "under embargo" in questions.cause
    assert isinstance(calendar, Refusal)
    assert calendar.is_skipped


def enclosing() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Quay Office <press@quay.example>", "Two releases"
    message.set_content(RELEASE)
    message.add_attachment("The ferry is late, Roe said.", filename="ferry.txt")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "Edda <e@quay.example>", "The other"
    inner.set_content("The other release, in a mail of its own.")
    message.add_attachment(inner, filename="other.eml")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    return message.as_bytes()


def test_attachments_are_articles_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "two.eml"
    path.write_bytes(enclosing())
    found = list(ingest.read(path, max_bytes=100_000))
    assert [str(one) for one in found if not isinstance(one, Document)] == []
    assert [(one.origin, one.text.strip()) for one in found if isinstance(one, Document)] == [
        (str(path), RELEASE.strip()),
        (f"{path}#attachment ferry.txt", "The ferry is late, Roe said."),
        (f"{path}#attachment other.eml", "The other release, in a mail of its own."),
    ]


def test_a_mail_with_only_attachments_has_no_text() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@quay.example", "EnclosedFile"
    message.add_attachment("The ferry is late, Roe said.", filename="ferry.txt")
    (enclosed,) = eml.read(message.as_bytes())
    assert isinstance(enclosed, EnclosedFile)
    assert enclosed.read(9) == b"The ferry"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Please find our release attached.", 1), ("The ferry is late, Roe said.", 2)],
)
def test_a_mail_that_only_mentions_attachments_is_not_an_article(text: str, kept: int) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@quay.example", "Ferry"
    message.set_content(text)
    message.add_attachment("The ferry is late, Roe said.", filename="ferry.txt")
    assert len(list(eml.read(message.as_bytes()))) == kept


@pytest.mark.parametrize(
    "sender",
    ["Edda Marsh <edda@quay.example>", "Quay Watch <quay@mail.example>", "Marsh, Edda", "e@quay.a"],
)
def test_a_private_sender_is_not_the_outlet(sender: str) -> None:
    raw = mail(b"It is shut.").replace(b"Quay Office <press@quay.example>", sender.encode())
    assert "outlet" not in part(raw).metadata


def test_the_writer_printed_in_a_mail_is_its_byline(tmp_path: Path) -> None:
    path = tmp_path / "release.eml"
    path.write_bytes(mail(b"Quay shut\n\nBy Samir Holloway\n\nIt is shut, Roe said on Monday."))
    (document,) = ingest.read(path, max_bytes=100_000)
    assert isinstance(document, Document)
    assert (document.title, document.byline) == ("Quay shut", "Samir Holloway")


@pytest.mark.parametrize("event", ["From: noon\nTo: 3 p.m.\nDate: 3 May", "Date: 3 May\nFrom: 10"])
def test_details_of_an_event_do_not_end_a_mail(event: str) -> None:
    text = f"The quay reopens.\n\n{event}\n\nAll are welcome, Roe said."
    assert part(mail(text.encode())).text == text


@pytest.mark.parametrize(
    "quotation",
    [
        '<blockquote class="quote">“It leaks,” said Edda Roe.</blockquote>',
        '<p class="petition-signatures">“It leaks,” said Edda Roe.</p>',
        "<p>Register by 4 November 2026, 10:30, at press@quay.example:</p>",
        "<pre>ROE: It leaks.\nMARR: It does not.</pre>",
    ],
)
def test_what_only_looks_like_history_is_kept(quotation: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@quay.example", "S"
    message.set_content(f"<p>{RELEASE}</p>{quotation}<p>All may come.</p>", subtype="html")
    words = re.sub("<[^>]*>", "", quotation)
    assert words in part(message.as_bytes()).text


def test_a_forwarder_is_not_the_outlet() -> None:
    raw = mail(b"It is shut.").replace(b"Subject: ", b"Subject: FW: ")
    assert "outlet" not in part(raw).metadata


@pytest.mark.parametrize(
    ("plain", "rich", "text"),
    [
        ("View this in your browser", f"<p>{RELEASE}</p>", RELEASE.strip()),
        (RELEASE, f"<p>{RELEASE}</p><p>It is shut.</p>", RELEASE.strip()),
        ("It is shut.", f"<p>{RELEASE}</p>", RELEASE.strip()),
        ("Please use a mail program to read HTML.", f"<p>{RELEASE}</p>", RELEASE.strip()),
        ("", "<p>It is shut.</p><p>Unsubscribe <a href='#'>here</a></p>", "It is shut."),
    ],
)
def test_plain_text_is_taken_unless_html_is_twice_as_long(plain: str, rich: str, text: str) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@quay.example", "S"
    message.set_content(plain, cte="base64")
    message.add_alternative(rich, subtype="html")
    assert part(message.as_bytes()).text == text


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [
        ("utf-8", "iso-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "x-unknown"),
        ("utf-8", ""),
        ("cp1250", "windows-1250"),
    ],
)
def test_a_text_is_decoded_whatever_is_declared(encoding: str, charset: str) -> None:
    text = "“Nobody can be asked to cross it – never”, Jürgen Möller said."
    header = f'Content-Type: text/plain; charset="{charset}"'
    assert part(mail(text.encode(encoding), header)).text == text


def test_an_undeclared_encoding_is_guessed() -> None:
    text = "Порт закрыт до четверга, сообщило министерство транспорта."
    assert part(mail(text.encode("koi8-r"))).text == text


@pytest.mark.parametrize(
    ("headers", "key", "value"),
    [
        (["Organization: Quay Ltd"], "outlet", "Quay Ltd"),
        ([], "outlet", "Quay Office"),
        (["Content-Language: de, en"], "language", "de"),
        (["Date: soon"], "published", None),
        ([f"Message-ID: <{'a' * 9_000}@b>"], "guid", None),
    ],
)
def test_headers(headers: list[str], key: str, value: str | None) -> None:
    assert part(mail(b"It is shut.", *headers)).metadata.get(key) == value


@pytest.mark.parametrize("subject", ["Re: Fwd: Quay shut", "WG: AW: Quay shut", "FW:Quay shut"])
def test_reply_prefixes_are_stripped_from_the_subject(subject: str) -> None:
    raw = mail(b"It is shut.").replace(b"Quay shut", subject.encode())
    assert part(raw).metadata["title"] == "Quay shut"


PART = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (mail(b""), "no text"),
        (mail(b"> all of it\r\n> is quoted", "References: <1@a>"), "no text"),
        (b"From: a\n" + b"".join(PART % (n, n) for n in range(3_000)), "nested too deeply"),
        (mail(b"--b\n\nx\n" * 6_000, "Content-Type: multipart/mixed; boundary=b"), "5,000 parts"),
        (mail(b"--b\n\nx\n" * 600, "Content-Type: multipart/mixed; boundary=b"), "500 parts"),
        (mail(b"x", f"Content-Type: text/plain; {'a=b; ' * 200_000}"), "headers"),
    ],
    ids=["empty", "quoted", "deep", "very many", "many", "header"],
)
def test_what_cannot_be_read_says_why(raw: bytes, why: str) -> None:
    assert why in refused(raw).cause


@pytest.mark.parametrize(
    ("head", "is_mail"),
    [
        (b"From: a\r\nSubject: b\r\n\r\n", True),
        (b"From x Tue\nReceived: by\n\tmx\nDate: today\n", True),
        (b"title: a\nsubject: b\n", False),
        (b"<html>From: a\nTo: b\n", False),
        (b"To: the reader\nThis is a letter.\n", False),
    ],
)
def test_recognises(head: bytes, is_mail: bool) -> None:
    assert eml.recognises(head) == is_mail


@settings(max_examples=examples(150))
@given(raw=st.binary(max_size=400), header=st.text(max_size=60))
def test_any_bytes_are_read_or_refused(raw: bytes, header: str) -> None:
    known = {"title", "outlet", "claimed_outlet", "published", "guid", "language", "status", "note"}
    try:
        for found in eml.read(mail(raw) if header else raw):
            assert isinstance(found, EnclosedFile | Refusal) or found.metadata.keys() <= known
    except Refusal as refusal:
        cause = refusal.cause
        assert cause


LETTERS = st.characters(categories=["L"])


@settings(max_examples=examples(40))
@given(
    paragraphs=st.lists(
        st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=30),
        min_size=1,
        max_size=4,
    ),
    is_rich=st.booleans(),
    encoding=st.sampled_from(["base64", "quoted-printable"]),
)
def test_any_words_come_out(paragraphs: list[list[str]], is_rich: bool, encoding: str) -> None:
    texts = [f"It said: {' '.join(words)}." for words in paragraphs]
    message = EmailMessage()
    message["From"], message["Subject"] = "a@quay.example", "S"
    if is_rich:
        body = "".join(f"<p>{text}</p>" for text in texts)
        message.set_content(body, subtype="html", cte=encoding)
    else:
        message.set_content("\n\n".join(texts), cte=encoding)
    assert part(message.as_bytes()).text.split("\n\n") == texts


def test_an_invalid_charset_is_a_refusal() -> None:
    head = b"Content-Type: text/plain; charset=\x00latin\r\nSubject: x\r\n\r\n"
    raw = head + b"Die Br\xfccke, sagte er.\r\n"
    with pytest.raises(Refusal, match="no text"):
        list(eml.read(raw))
