"""Recognise what a file with the wrong name really is, so that the error can say so."""

from __future__ import annotations

from typing import NamedTuple

from bot.ingest.refusal import Refusal


class _FileType(NamedTuple):
    """A file type: its signature, its name in messages, and what to do with such a file."""

    signature: bytes
    name: str
    remedy: str


def _rename_remedy(suffix: str) -> str:
    return f"Give it a name that ends in {suffix}"


_ZIP_SIGNATURE = b"PK\x03\x04"
_IMAGE_REMEDY = "If it is a scan, run OCR on it, e.g. with ocrmypdf, and ingest the PDF"
_OFFICE_DOCUMENT = _FileType(
    _ZIP_SIGNATURE, "a Word or other Office document", _rename_remedy(".docx")
)
_FILE_TYPES = (
    _FileType(b"%PDF-", "a PDF", _rename_remedy(".pdf")),
    _FileType(_ZIP_SIGNATURE, "a ZIP archive", _rename_remedy(".zip")),
    _FileType(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an Outlook message, or a document of Office from before 2007",
        "If it is a message, give it a name that ends in .msg; otherwise save it as .docx",
    ),
    _FileType(b"{\\rtf", "a document in Rich Text Format", "Save it as .docx or .pdf"),
    _FileType(b"\x1f\x8b\x08", "packed by gzip", "Unpack it first"),
    _FileType(b"BZh91AY&SY", "packed by bzip2", "Unpack it first"),
    _FileType(b"\xfd7zXZ\0", "packed by xz", "Unpack it first"),
    _FileType(b"\x89PNG\r\n", "a picture", _IMAGE_REMEDY),
    _FileType(b"\xff\xd8\xff", "a picture", _IMAGE_REMEDY),
    _FileType(b"GIF8", "a picture", _IMAGE_REMEDY),
    _FileType(b"II*\0", "a picture", _IMAGE_REMEDY),
    _FileType(b"MM\0*", "a picture", _IMAGE_REMEDY),
)
_OFFICE_FIRST_ENTRY = b"[Content_Types].xml"


def check_signature(head: bytes, expected: str) -> None:
    """Raise Refusal if a file that should be `expected` ("plain text") has another signature."""
    if file_type := _detect_type(head):
        raise Refusal(f"it is {file_type.name}, not {expected}", file_type.remedy)


def wrong_type_refusal(raw: bytes, expected: str) -> Refusal:
    """Return the refusal of a file whose name says that it is `expected`, but which is not."""
    if file_type := _detect_type(raw):
        return Refusal(f"its name says {expected}, but it is {file_type.name}", file_type.remedy)
    if _is_text(raw):
        return Refusal(f"its name says {expected}, but it is text", _rename_remedy(".txt"))
    return Refusal(
        f"its name says {expected}, but it is something else",
        "Check what it is, and where it came from",
    )


def _detect_type(head: bytes) -> _FileType | None:
    if head.startswith(_ZIP_SIGNATURE) and head[30:].startswith(_OFFICE_FIRST_ENTRY):
        return _OFFICE_DOCUMENT
    return next((kind for kind in _FILE_TYPES if head.startswith(kind.signature)), None)


def _is_text(raw: bytes) -> bool:
    try:
        return bool(raw.decode("utf-8").strip()) and 0 not in raw
    except UnicodeDecodeError:
        return False
