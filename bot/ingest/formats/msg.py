"""Outlook messages (`.msg`, MS-OXMSG): read as the e-mail that they were made of.

The properties (MS-OXPROPS), known by their tags, are streams of an OLE file, which olefile reads.
Old Office files are OLE files too, and are refused by name.
"""

from __future__ import annotations

import contextlib
import email.utils
import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import olefile

from bot.ingest.formats import charsets
from bot.ingest.formats.eml import parts, read_message
from bot.ingest.formats.html.source import decode_page
from bot.ingest.parsed_file import EnclosedFile, ParsedArticle
from bot.ingest.refusal import Refusal

MAX_DEPTH = 4

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR_SIZES, _MINI_SECTOR_SIZE = (512, 4096), 64
_PROPERTIES = "__properties_version1.0"
_CLASS, _SUBJECT, _BODY, _HTML, _RTF = 0x001A, 0x0037, 0x1000, 0x1013, 0x1009
_SENDER_NAMES, _SENDER_ADDRESSES = (0x0042, 0x0C1A), (0x5D02, 0x5D01, 0x0C1F)
_MESSAGE_ID, _MOMENTS, _CODE_PAGES = 0x1035, (0x0039, 0x0E06), (0x3FDE, 0x3FFD)
_FILE_NAMES, _CONTENTS = (0x3707, 0x3704, 0x3001), 0x3701
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emz", ".wmz")
_MESSAGE_CLASSES = ("IPM.NOTE", "IPM.POST", "REPORT.IPM.NOTE", "IPM.SCHEDULE")


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an OLE file: an Outlook message, or old Office."""
    return head.startswith(_SIGNATURE)


def read(raw: bytes) -> Iterator[ParsedArticle | EnclosedFile | Refusal]:
    """Read a message as an e-mail is read. Raises Refusal, for other OLE files too."""
    if not recognises(raw):
        raise Refusal("it is not an Outlook message", "Save it from Outlook again, as .msg")
    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as ole:
            _check(ole, len(raw))
            yield from read_message(_build_message(_Storage(ole, ())))
    except Refusal:
        raise
    except Exception as error:  # olefile fails in many ways on damaged files
        cause = "it is damaged: the Outlook message cannot be read"
        raise Refusal(cause, "Save it from Outlook again") from error


def _check(ole: olefile.OleFileIO, size: int) -> None:
    """Raise Refusal for another kind of file, and ValueError for sizes that no program writes.

    olefile would read the same sectors again and again until it has as many bytes as stated.
    """
    if ole.sector_size not in _SECTOR_SIZES or ole.mini_sector_size != _MINI_SECTOR_SIZE:
        raise ValueError("unusual sectors")
    kinds = (olefile.STGTY_STREAM, olefile.STGTY_ROOT)
    streams = (entry for entry in ole.direntries if entry and entry.entry_type in kinds)
    # The root's stream holds the small ones, which are counted again.
    if sum(stream.size for stream in streams) > 2 * size:
        raise ValueError("streams larger than the file")
    if ole.exists("EncryptedPackage"):
        raise Refusal("it is locked by a password", "Save it as .docx without a password")
    if not ole.exists(_PROPERTIES):
        cause = "it is a file of an Office program from before 2007 (.doc, .xls, .ppt)"
        raise Refusal(cause, "Save it as .docx or .pdf")


class _Storage:
    """The properties of a message, or of an attachment to it, whose streams are under `path`."""

    def __init__(self, ole: olefile.OleFileIO, path: tuple[str, ...]) -> None:
        self.ole, self.path = ole, path
        header_size = 32 if not path else 8 if path[-1].startswith("__attach") else 24
        raw = self._read(_PROPERTIES)
        self.numbers = {}  # the properties of fixed length (MS-OXMSG, 2.4.2.1)
        for start in range(header_size, len(raw) - 15, 16):
            kind, tag, _, value = struct.unpack_from("<HHLQ", raw, start)
            self.numbers[tag] = value if kind in (0x0040, 0x0014) else value & 0xFFFFFFFF

    def binary(self, tag: int) -> bytes:
        return self._read(f"__substg1.0_{tag:04X}0102")

    def text(self, *tags: int) -> str:
        """Return the first of these properties that has a text; "" if none has."""
        page = next(filter(None, map(self.numbers.get, _CODE_PAGES)), 1252)
        for tag in tags:
            text = self._read(f"__substg1.0_{tag:04X}001F").decode("utf-16-le", "replace")
            text = text or charsets.decode(self._read(f"__substg1.0_{tag:04X}001E"), f"cp{page}")
            if text := text.rstrip("\0"):
                return text
        return ""

    def line(self, *tags: int) -> str:
        return " ".join(self.text(*tags).split())

    def attachments(self) -> Iterator[_Storage]:
        depth = len(self.path)
        entries = map(tuple, self.ole.listdir(streams=False, storages=True))
        names = {one[depth] for one in entries if one[:depth] == self.path and len(one) > depth}
        for name in sorted(n for n in names if n.startswith("__attach"))[: parts.MAX_PARTS]:
            yield _Storage(self.ole, (*self.path, name))

    def _read(self, name: str) -> bytes:
        path = [*self.path, name]
        is_stream = self.ole.exists(path) and self.ole.get_type(path) == olefile.STGTY_STREAM
        return bytes(self.ole.openstream(path).read()) if is_stream else b""


def _build_message(storage: _Storage, depth: int = 0) -> EmailMessage:
    """Build the e-mail, with its attachments. Raises Refusal if it is not a message."""
    kind = storage.text(_CLASS).upper()
    if kind and not kind.startswith(_MESSAGE_CLASSES):
        name = kind.removeprefix("IPM.").lower()
        raise Refusal(f"it is an Outlook item of the class {name}, not a message", "Leave it out")
    message = EmailMessage()
    _set_headers(message, storage)
    plain, raw_html = storage.text(_BODY), storage.binary(_HTML)
    rich = decode_page(raw_html) if raw_html else storage.text(_HTML)
    if not plain and not rich and storage.binary(_RTF):
        cause = "its text is only in Rich Text Format"
        raise Refusal(cause, "Save it from Outlook as .txt or .htm")
    message.set_content(plain)
    if rich:
        message.add_alternative(rich, subtype="html")
    for number, attachment in enumerate(storage.attachments(), start=1):
        name = attachment.line(*_FILE_NAMES) or str(number)
        inner = _Storage(storage.ole, (*attachment.path, f"__substg1.0_{_CONTENTS:04X}000D"))
        if storage.ole.exists([*inner.path, _PROPERTIES]) and depth < MAX_DEPTH:
            message.add_attachment(_build_message(inner, depth + 1), filename=f"{name}.eml")
            continue
        is_image = name.lower().endswith(_PICTURES)
        maintype, subtype = ("image", "x") if is_image else ("application", "octet-stream")
        contents = attachment.binary(_CONTENTS)
        message.add_attachment(contents, maintype=maintype, subtype=subtype, filename=name)
    return message


def _set_headers(message: EmailMessage, storage: _Storage) -> None:
    name, address = storage.line(*_SENDER_NAMES), storage.line(*_SENDER_ADDRESSES)
    has_address = "@" in address and address.isascii()
    headers = {
        "From": email.utils.formataddr((name, address)) if has_address else name,
        "Subject": storage.line(_SUBJECT),
        "Message-ID": storage.line(_MESSAGE_ID),
    }
    if ticks := next(filter(None, map(storage.numbers.get, _MOMENTS)), None):
        with contextlib.suppress(OverflowError):
            moment = datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            headers["Date"] = email.utils.format_datetime(moment)
    for header, value in headers.items():
        if value and header not in message:
            try:
                message[header] = value
            except Exception:  # noqa: BLE001  the library fails in many ways on odd values
                del message[header]
