"""Outlook messages are read as the e-mails that they were made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import ingest
from bot.ingest.formats import msg
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.model import Document
from tests.ingest.formats.eml.mails import OLD, OUTLOOK_BLOCK, OUTLOOK_RULE, OWN, RELEASE
from tests.ingest.make_msg import (
    attached_message,
    attachment,
    binary,
    make_msg,
    make_ole,
    message,
    text,
)

SUBJECT, SENDER, BODY = (0x0037, "RE: North gate"), (0x0C1A, "Harbour Office"), 0x1000
HEAD = [text(*SUBJECT), text(*SENDER)]
MESSAGES = {
    "plain": (make_msg(*HEAD, text(BODY, OWN)), OWN),
    "a reply": (make_msg(*HEAD, text(BODY, f"{OWN}\r\n\r\n{OUTLOOK_BLOCK}\r\n\r\n{OLD}")), OWN),
    "HTML": (make_msg(*HEAD, binary(0x1013, f"<p>{RELEASE}</p>".encode())), RELEASE),
    "HTML of a reply": (make_msg(*HEAD, binary(0x1013, OUTLOOK_RULE.encode())), OWN),
    "both": (make_msg(*HEAD, text(BODY, OWN), binary(0x1013, OUTLOOK_RULE.encode())), OWN),
    "one byte a letter": (
        make_msg(
            *[("__substg1.0_0037001E", b"North gate"), ("__substg1.0_0C1A001E", b"Harbour Office")],
            ("__substg1.0_1000001E", "Ворота закрыты.".encode("cp1251")),
        ),
        "Âîðîòà çàêðûòû.",
    ),
    "one byte a letter, code page": (
        make_ole(
            message(
                *HEAD,
                ("__substg1.0_1000001E", "Ворота закрыты.".encode("cp1251")),
                numbers={0x3FFD: 1251},
            )
        ),
        "Ворота закрыты.",
    ),
    "long": (make_msg(*HEAD, text(BODY, f"{RELEASE}\r\n\r\n" * 40)), "\n\n".join([RELEASE] * 40)),
}


def article(raw: bytes) -> ParsedArticle:
    (found,) = msg.read(raw)
    assert isinstance(found, ParsedArticle)
    return found


@pytest.mark.parametrize(("raw", "expected"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_is_an_article(raw: bytes, expected: str) -> None:
    found = article(raw)
    assert found.text == expected
    assert (found.metadata["title"], "outlet" in found.metadata) == ("North gate", False)
    assert str(found.metadata["published"].on) == "2026-11-03"


def test_attachments_are_articles_of_their_own(tmp_path: Path) -> None:
    inner = message(text(0x0037, "Inner"), text(BODY, RELEASE), is_inner=True)
    raw = make_msg(
        *HEAD,
        text(BODY, OWN),
        attachments=(
            attachment("release.txt", b"It leaks, Roe said.", "text/plain"),
            attachment("second.txt", b"It is shut."),  # without a media type
            attachment("photo.png", b"\x89PNG", "image/png"),
            attached_message("Inner", inner),
        ),
    )
    path = tmp_path / "gate.msg"
    path.write_bytes(raw)
    found = list(ingest.read(path, max_bytes=100_000))
    assert [one.text.strip() for one in found if isinstance(one, Document)] == [
        OWN,
        "It leaks, Roe said.",
        "It is shut.",
        RELEASE,
    ]


@pytest.mark.parametrize(
    ("raw", "cause", "remedy"),
    [
        (make_ole({"WordDocument": b"x"}), "an Office program from before 2007", ".docx or .pdf"),
        (make_ole({"EncryptedPackage": b"x"}), "locked by a password", "without a password"),
        (make_msg(*HEAD), "no text", "all of it was saved"),
        (make_msg(*HEAD, binary(0x1009, b"MELA")), "only in Rich Text Format", ".txt or .htm"),
        (make_msg(text(0x001A, "IPM.Contact")), "class contact, not a message", "Leave it out"),
        (make_msg(*HEAD)[:600], "damaged", "Save it from Outlook again"),
        (b"Shut.", "not an Outlook message", "as .msg"),
    ],
)
def test_what_is_not_a_message_says_what_it_is(raw: bytes, cause: str, remedy: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(msg.read(raw))
    assert cause in caught.value.cause
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("shift", [2, 20, 60])
def test_sectors_of_another_size_are_damage(shift: int) -> None:
    raw = bytearray(make_msg(*HEAD, text(BODY, OWN)))
    raw[30:32] = shift.to_bytes(2, "little")
    with pytest.raises(Refusal, match="damaged"):
        list(msg.read(bytes(raw)))


def test_a_stream_larger_than_its_file_is_damage() -> None:
    raw = make_msg(*HEAD, text(BODY, RELEASE * 40))
    size = len((RELEASE * 40).encode("utf-16-le")).to_bytes(8, "little")
    assert raw.count(size) == 1
    for stated in (3 * len(raw), 1 << 31):
        with pytest.raises(Refusal, match="damaged"):
            list(msg.read(raw.replace(size, stated.to_bytes(8, "little"))))
