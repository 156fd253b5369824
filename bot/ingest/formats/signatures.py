"""Recognise what a file with the wrong name really is, so that the error can say so."""

from __future__ import annotations

from bot.ingest.refusal import Refusal
from bot.ingest.unsupported import OCR, SAVE

_ZIP_SIGNATURE = b"PK\x03\x04"
_RENAME = "Give it a name that ends in "
_PICTURE, _PACKED = ("a picture", OCR), ("a packed file", "Unpack it first")
_FILE_TYPES = {
    b"%PDF-": ("a PDF", f"{_RENAME}.pdf"),
    _ZIP_SIGNATURE: ("a ZIP archive", f"{_RENAME}.zip"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "an Outlook message, or a document of Office from before 2007",
        "If it is a message, give it a name that ends in .msg; otherwise save it as .docx",
    ),
    b"{\\rtf": ("a document in Rich Text Format", SAVE),
    **dict.fromkeys((b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\0"), _PACKED),
    **dict.fromkeys((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"), _PICTURE),
}


def check_signature(head: bytes, expected: str) -> None:
    """Raise Refusal if a file that should be `expected` ("plain text") has another signature."""
    if file_type := _detect_type(head):
        raise Refusal(f"it is {file_type[0]}, not {expected}", file_type[1])


def wrong_type_refusal(raw: bytes, expected: str) -> Refusal:
    """Return the refusal of a file whose name says that it is `expected`, but which is not."""
    kind, remedy = _detect_type(raw) or ("something else", "Check where it came from")
    return Refusal(f"its name says {expected}, but it is {kind}", remedy)


def _detect_type(head: bytes) -> tuple[str, str] | None:
    if head.startswith(_ZIP_SIGNATURE) and head[30:].startswith(b"[Content_Types].xml"):
        return "a Word or other Office document", f"{_RENAME}.docx"
    return next((kind for start, kind in _FILE_TYPES.items() if head.startswith(start)), None)
