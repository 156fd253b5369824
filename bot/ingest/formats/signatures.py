"""What bytes are that are not what their file's name says, so that a refusal names it."""

from __future__ import annotations

from typing import NamedTuple

from bot.ingest.refusal import Refusal


class _Kind(NamedTuple):
    """What a file of some kind is called and what to do with it; it begins with `mark`."""

    mark: bytes
    name: str
    remedy: str


def _rename(suffix: str) -> str:
    return f"Give it a name that ends in {suffix}"


_PICTURE = "Run text recognition (OCR) on it, or leave it out"
_WORD = _Kind(b"PK\x03\x04", "a Word or other Office document", _rename(".docx"))
_KINDS = (
    _Kind(b"%PDF-", "a PDF", _rename(".pdf")),
    _Kind(b"PK\x03\x04", "a ZIP archive", _rename(".zip")),
    _Kind(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word document from before 2007", "Save it as .docx"
    ),
    _Kind(b"{\\rtf", "a document in Rich Text Format", "Save it as .docx or .txt"),
    _Kind(b"\x1f\x8b\x08", "packed by gzip", _rename(".gz")),
    _Kind(b"BZh91AY&SY", "packed by bzip2", _rename(".bz2")),
    _Kind(b"\xfd7zXZ\0", "packed by xz", _rename(".xz")),
    _Kind(b"\x89PNG\r\n", "a picture", _PICTURE),
    _Kind(b"\xff\xd8\xff", "a picture", _PICTURE),
    _Kind(b"GIF8", "a picture", _PICTURE),
)
_OFFICE = b"[Content_Types].xml"


def check_mark(head: bytes, supposed: str) -> None:
    """Refuse what should be `supposed` ("plain text"), if it begins with the mark of another."""
    if kind := _kind_of(head):
        raise Refusal(f"it is {kind.name}, not {supposed}", kind.remedy)


def misnamed(raw: bytes, supposed: str) -> Refusal:
    """Why a file is not read that its name calls `supposed` ("PDF"), and that is none."""
    if kind := _kind_of(raw):
        return Refusal(f"its name says {supposed}, but it is {kind.name}", kind.remedy)
    if _is_text(raw):
        return Refusal(f"its name says {supposed}, but it is text", _rename(".txt"))
    return Refusal(
        f"its name says {supposed}, but it is something else",
        "Check what it is, and where it came from",
    )


def _kind_of(head: bytes) -> _Kind | None:
    if head.startswith(_WORD.mark) and head[30:].startswith(_OFFICE):
        return _WORD
    return next((kind for kind in _KINDS if head.startswith(kind.mark)), None)


def _is_text(raw: bytes) -> bool:
    try:
        return bool(raw.decode("utf-8").strip()) and 0 not in raw
    except UnicodeDecodeError:
        return False
