"""Outlook messages (`.msg`, MS-OXMSG): read as the e-mail that they were made of.

The properties are streams of an OLE file, which olefile reads. Old Office files are OLE files too,
and are refused by name.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import olefile

from bot.ingest.formats.eml import read_message
from bot.ingest.formats.msg.message import MessageStorage, build_message
from bot.ingest.parsed_file import EnclosedFile, ParsedArticle
from bot.ingest.refusal import Refusal

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR_SIZES, _MINI_SECTOR_SIZE = (512, 4096), 64
_PROPERTIES = "__properties_version1.0"
_SAVE_AS_DOCX = "Save it as .docx"
_OTHER_FILES = {
    "EncryptedPackage": (
        "it is locked by a password",
        "Save it as .docx without a password",
    ),
    "WordDocument": ("it is a Word document from before 2007 (.doc)", _SAVE_AS_DOCX),
    "Workbook": ("it is an Excel workbook (.xls)", "Save what matters as .docx or .pdf"),
    "Book": ("it is an Excel workbook (.xls)", "Save what matters as .docx or .pdf"),
    "PowerPoint Document": ("it is a PowerPoint presentation (.ppt)", "Save it as .pdf"),
    "Contents": ("it is a Publisher or Works document", "Save it as .docx or .pdf"),
}
"""Other OLE files, by a stream that only they have: what they are, and what to do."""


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an OLE file: an Outlook message, or old Office."""
    return head.startswith(_SIGNATURE)


def read(raw: bytes) -> Iterator[ParsedArticle | EnclosedFile | Refusal]:
    """Read a message as an e-mail is read. Raises Refusal, for other OLE files too."""
    if not recognises(raw):
        raise Refusal("it is not an Outlook message", "Save it from Outlook again, as .msg")
    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as ole:
            _check_sizes(ole, len(raw))
            _check_is_message(ole)
            message = build_message(MessageStorage(ole))
    except Refusal:
        raise
    except Exception as error:  # olefile fails in many ways on damaged files
        raise Refusal(
            "it is damaged: the Outlook message cannot be read", "Save it from Outlook again"
        ) from error
    yield from read_message(message)


def _check_sizes(ole: olefile.OleFileIO, size: int) -> None:
    """Raise ValueError if sectors have unusual sizes, or streams are stated to be larger than the
    file.

    olefile would read the same sectors again and again until it has as many bytes.
    """
    if ole.sector_size not in _SECTOR_SIZES or ole.mini_sector_size != _MINI_SECTOR_SIZE:
        raise ValueError("unusual sectors")
    kinds = (olefile.STGTY_STREAM, olefile.STGTY_ROOT)
    streams = (entry for entry in ole.direntries if entry and entry.entry_type in kinds)
    # The root's stream holds the small ones, which are counted again.
    if sum(stream.size for stream in streams) > 2 * size:
        raise ValueError("streams larger than the file")


def _check_is_message(ole: olefile.OleFileIO) -> None:
    for stream, (cause, remedy) in _OTHER_FILES.items():
        if ole.exists(stream):
            raise Refusal(cause, remedy)
    if not ole.exists(_PROPERTIES):
        raise Refusal(
            "it is a file of an old Office program, and not one that is read",
            "Save it as .docx or .pdf",
        )
