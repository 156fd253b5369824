"""Where an e-mail's text is: alternatives, attached messages, signed and locked parts, charsets."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot import ingest
from bot.ingest.formats import eml
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document

TEXT = "The north gate stays shut until Thursday, said the harbour master, Ingrid Solvane."
FOOTER = "You get this mail because the harbour office has your address. " * 5
HEAD = "From: Harbour Office <press@harbour.example>\nSubject: North gate\nMIME-Version: 1.0\n"


def multipart(kind: str, *parts: str, head: str = HEAD) -> bytes:
    """A mail of parts, each with its own headers."""
    body = "".join(f"--b1\n{part}\n" for part in parts)
    return f"{head}Content-Type: multipart/{kind}; boundary=b1\n\n{body}--b1--\n".encode()


def texts(raw: bytes) -> list[str]:
    return [found.text for found in eml.read(raw) if isinstance(found, ParsedArticle)]


def documents(raw: bytes, folder: Path) -> list[str]:
    """The texts of a mail and of everything attached to it."""
    path = folder / "a.eml"
    path.write_bytes(raw)
    found: Iterable[object] = ingest.read(path, max_bytes=100_000)
    return [one.text.strip() for one in found if isinstance(one, Document)]


PLAIN = f"Content-Type: text/plain\n\n{TEXT}\n"
RICH = f"Content-Type: text/html\n\n<p>{TEXT}</p>\n"
INNER = f"From: Ida Falk <ida@post.example>\nSubject: Gate\n\n{TEXT}\n"
SIGNATURE = "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA\n"


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("alternative", [PLAIN, RICH]),
        ("alternative", [PLAIN, "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n"]),
        ("related", [RICH, "Content-Type: image/png; name=logo.png\n\nx\n"]),
        ("signed; micalg=sha1", [PLAIN, SIGNATURE]),
        ("signed; micalg=pgp", [PLAIN, "Content-Type: application/pgp-signature\n\nx\n"]),
        ("mixed", [PLAIN, "Content-Type: application/ics; name=a.ics\n\nx\n"]),
    ],
)
def test_a_text_is_found_among_the_parts(kind: str, parts: list[str]) -> None:
    assert texts(multipart(kind, *parts)) == [TEXT]


@pytest.mark.parametrize(
    "raw",
    [
        f"{HEAD}Content-Type: multipart/mixed\n\n{TEXT}\n".encode(),
        f"{HEAD}Content-Type: multipart/mixed; boundary=other\n\n{TEXT}\n".encode(),
        f"{HEAD}Content-Type: text/x-unknown\n\n{TEXT}\n".encode(),
        f'{HEAD}Content-Type: text/plain; charset="\n\n{TEXT}\n'.encode(),
        f"{HEAD}Content-Disposition: attachment; filename=a.bin\n\n{TEXT}\n".encode(),
        f"{HEAD}\n-- \n{TEXT}\n".encode(),
        multipart("parallel", PLAIN),
        multipart("alternative", PLAIN, "Content-Type: text/html\n\n<p></p>\n"),
    ],
)
def test_a_text_is_found_in_odd_mails(raw: bytes) -> None:
    assert texts(raw) == [TEXT]


def test_a_mail_may_be_nothing_but_a_file(tmp_path: Path) -> None:
    head = HEAD.replace("MIME-Version: 1.0\n", "MIME-Version: 1.0\nContent-Type: ")
    assert documents(f"{head}message/rfc822\n\n{INNER}".encode(), tmp_path) == [TEXT]


def test_a_footer_beside_the_html_does_not_replace_it() -> None:
    footer = f"Content-Type: text/plain\n\n{FOOTER}\n"
    assert texts(multipart("mixed", RICH, footer)) == [f"{TEXT}\n\n{FOOTER.strip()}"]


@pytest.mark.parametrize(
    "head",
    ["Content-Type: text\n", "Content-Type: \n", "Content-Type: plain; charset=utf-8\n"],
)
def test_an_invalid_media_type_means_plain_text(head: str) -> None:
    assert texts(f"{HEAD}{head}\n{TEXT}\n".encode()) == [TEXT]


@pytest.mark.parametrize(
    "part",
    [
        f"Content-Type: message/rfc822\n\n{INNER}",
        f"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n{INNER}",
        f"Content-Type: message/rfc822; name=Gate\n\n{INNER}",
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(INNER.encode()).decode(),
    ],
    ids=["unnamed", "attachment", "named", "base64"],
)
def test_an_attached_message_is_an_article(part: str, tmp_path: Path) -> None:
    note = "Content-Type: text/plain\n\nIt is attached.\n"
    assert documents(multipart("mixed", note, part), tmp_path) == [TEXT]
    assert documents(multipart("mixed", part), tmp_path) == [TEXT]


def test_a_note_above_a_message_sent_on_is_dropped(tmp_path: Path) -> None:
    note = "Content-Type: text/plain\n\nFor you.\n"
    sent_on = multipart(
        "mixed",
        note,
        f"Content-Type: message/rfc822\n\n{INNER}",
        head=HEAD.replace("Subject: ", "Subject: Fwd: "),
    )
    assert documents(sent_on, tmp_path) == [TEXT]


def test_each_message_of_a_digest_is_an_article(tmp_path: Path) -> None:
    second = INNER.replace("north", "south")
    digest = multipart("digest", f"\n{INNER}", f"\n{second}")
    assert documents(digest, tmp_path) == [TEXT, TEXT.replace("north", "south")]


def test_an_attachment_is_known_by_its_media_type(tmp_path: Path) -> None:
    page = f"<html><head><title>Gate</title></head><body><p>{TEXT * 4}</p></body></html>"
    part = f"Content-Type: text/html\nContent-Disposition: attachment\n\n{page}\n"
    assert documents(multipart("mixed", PLAIN, part), tmp_path) == [TEXT, TEXT * 4]


def test_an_attached_text_is_read_in_its_charset(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@quay.example", "Gate"
    message.set_content("The text is attached.")
    raw = "Die Brücke bleibt gesperrt.".encode("latin-1")
    message.add_attachment(raw, maintype="application", subtype="octet-stream", filename="a.txt")
    attached = message.as_bytes().replace(b"application/octet-stream", b"text/plain; charset=l1")
    assert documents(attached, tmp_path) == ["Die Brücke bleibt gesperrt."]


@pytest.mark.parametrize(
    ("part", "cause", "remedy"),
    [
        ("application/ms-tnef; name=winmail.dat", "winmail.dat", "plain text or HTML"),
        ("application/pkcs7-mime; name=smime.p7m", "S/MIME", "Open it in your mail program"),
        ("application/pgp-encrypted", "PGP", "Open it in your mail program"),
        ("text/calendar; method=REQUEST", "invitation", "calendar"),
    ],
)
def test_a_part_that_hides_its_text_is_named(part: str, cause: str, remedy: str) -> None:
    raw = multipart("mixed", f"Content-Type: {part}\n\nAAAA\n")
    try:
        (found,) = eml.read(raw)
    except Refusal as refusal:
        found = refusal
    assert isinstance(found, Refusal)
    assert cause in found.cause
    assert remedy in found.remedy


def test_an_attachment_in_an_old_format_says_what_to_do() -> None:
    part = "Content-Type: application/msword; name=release.doc\n\nx\n"
    _, refusal = eml.read(multipart("mixed", PLAIN, part))
    assert isinstance(refusal, Refusal)
    assert (refusal.place, refusal.remedy) == (
        "attachment release.doc",
        "Save it as .docx or .pdf",
    )


def test_the_armour_of_pgp_is_dropped() -> None:
    signed = (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{TEXT}\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=a\n-----END PGP SIGNATURE-----\n"
    )
    assert texts(f"{HEAD}\n{signed}".encode()) == [TEXT]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("koi8-r", "koi8-r"), ("gb2312", "gb2312"), ("utf-7", "utf-7"), ("iso-2022-jp", "iso2022_jp")],
)
def test_old_charsets_are_read(charset: str, encoding: str) -> None:
    words = {"koi8-r": "Мост закрыт", "gb2312": "大桥关闭", "utf-7": "Brücke – zu"}
    text = f"{words.get(charset, '橋は閉鎖')}, said Falk."
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\n\n".encode()
    assert texts(head + text.encode(encoding)) == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_subject_in_plain_bytes_is_decoded(encoding: str) -> None:
    raw = f"From: Amt für Brücken <a@amt.example>\nSubject: Brücke gesperrt\n\n{TEXT}\n"
    (found,) = eml.read(raw.encode(encoding))
    assert isinstance(found, ParsedArticle)
    assert found.metadata["title"] == "Brücke gesperrt"
    assert found.metadata["outlet"] == "Amt für Brücken"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), "an Outlook message"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (bytes(range(256)) * 40, "binary data"),
    ],
)
def test_bytes_that_are_no_mail_are_refused(raw: bytes, cause: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(eml.read(raw))
    assert cause in caught.value.cause


def test_html_without_a_media_type_is_read_as_html() -> None:
    assert texts(f"{HEAD}\n<html><body><p>{TEXT}</p></body></html>\n".encode()) == [TEXT]


def test_blank_lines_above_the_headers_do_not_matter() -> None:
    assert texts(f"\r\n\r\n{HEAD}\n{TEXT}\n".encode()) == [TEXT]


@pytest.mark.parametrize(
    "block",
    [
        "--- Notes to editors ---\nContact: Ida Falk\nDate: 3 November 2026",
        "Headline: North gate\nPlace: the quay\nContact: Ida Falk",
    ],
)
def test_a_block_of_labels_in_a_release_cuts_nothing(block: str) -> None:
    (text,) = texts(f"{HEAD}\n{TEXT}\n\n{block}\n\nBoats wait outside, he said.\n".encode())
    assert text == f"{TEXT}\n\n{block}\n\nBoats wait outside, he said."


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT} He gave no reason for it.\n{TEXT} She agreed.",
        "They waited:\n\n=====\n\nNobody came\n\n=====\n\nIt stays shut",
    ],
    ids=["lines longer than any wrapped one", "rules in a text"],
)
def test_the_lines_of_a_text_stay(text: str) -> None:
    assert texts(f"{HEAD}\n{text}\n".encode()) == [text]
