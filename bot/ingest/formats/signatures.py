"""Recognise what a file with the wrong name really is, so that the error can say so."""

from __future__ import annotations

from bot.ingest.refusal import Refusal

_RENAME = "Give it a name that ends in "
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_FILE_TYPES: tuple[tuple[bytes | tuple[bytes, ...], str, str], ...] = (
    (b"%PDF-", "a PDF", f"{_RENAME}.pdf"),
    (_ZIP, "a ZIP archive", f"{_RENAME}.zip"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an Outlook message, or a document of Office from before 2007",
        "If it is a message, give it a name that ends in .msg; otherwise save it as .docx",
    ),
    (b"{\\rtf", "a document in Rich Text Format", "Save it as .docx or .pdf"),
    (b"\x1f\x8b\x08", "packed by gzip", "Unpack it first"),
    (b"BZh91AY&SY", "packed by bzip2", "Unpack it first"),
    (b"\xfd7zXZ\0", "packed by xz", "Unpack it first"),
    (
        _PICTURES,
        "a picture",
        "If it is a scan, run OCR on it, e.g. with ocrmypdf, and ingest the PDF",
    ),
)
"""What a file starts with, what it is then, and what to do with it."""


def check_signature(head: bytes, expected: str) -> None:
    """Raise Refusal if a file that should be `expected` ("plain text") has another signature."""
    if file_type := _detect_type(head):
        raise Refusal(f"it is {file_type[0]}, not {expected}", file_type[1])


def wrong_type_refusal(raw: bytes, expected: str) -> Refusal:
    """Return the refusal of a file whose name says that it is `expected`, but which is not."""
    name, remedy = _detect_type(raw) or (
        "something else",
        "Check what it is, and where it came from",
    )
    if name == "something else" and raw.strip() and 0 not in raw:
        try:
            raw.decode("utf-8")
            name, remedy = "text", f"{_RENAME}.txt"
        except UnicodeDecodeError:
            pass
    return Refusal(f"its name says {expected}, but it is {name}", remedy)


def _detect_type(head: bytes) -> tuple[str, str] | None:
    """Return a file's type and what to do with it."""
    if head.startswith(_ZIP) and head[30:].startswith(b"[Content_Types].xml"):
        return "a Word or other Office document", f"{_RENAME}.docx"
    return next((known[1:] for known in _FILE_TYPES if head.startswith(known[0])), None)
