"""Build an e-mail from the properties of an Outlook message (MS-OXPROPS), by their tags."""

from __future__ import annotations

import codecs
import email.utils
import mimetypes
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import olefile

from bot.ingest.formats import charsets
from bot.ingest.formats.eml import parts
from bot.ingest.formats.html.source import decode_page
from bot.ingest.refusal import Refusal

MAX_DEPTH = 4
"""How deeply messages may be attached to messages."""
MAX_ATTACHMENTS = 60

_CLASS, _SUBJECT, _BODY, _HTML, _RTF = 0x001A, 0x0037, 0x1000, 0x1013, 0x1009
_SENDER_NAMES = (0x0042, 0x0C1A)
_SENDER_ADDRESSES = (0x5D02, 0x5D01, 0x0C1F)
_MESSAGE_ID, _IN_REPLY_TO = 0x1035, 0x1042
_SENT_AT, _RECEIVED_AT = 0x0039, 0x0E06
_CODE_PAGES = (0x3FDE, 0x3FFD)
_FILE_NAMES, _MEDIA_TYPE, _CONTENTS = (0x3707, 0x3704, 0x3001), 0x370E, 0x3701
_UNICODE, _STRING, _BINARY, _OBJECT = "001F", "001E", "0102", "000D"
_MESSAGE_CLASSES = ("IPM.NOTE", "IPM.POST", "REPORT.IPM.NOTE", "IPM.SCHEDULE")
_FIRST_DAY = datetime(1601, 1, 1, tzinfo=UTC)
_PROPERTY_SIZE = 16


class MessageStorage:
    """A message in an OLE file, or one attached to it, whose streams are under `path`."""

    def __init__(self, ole: olefile.OleFileIO, path: tuple[str, ...] = ()) -> None:
        self._ole, self._path = ole, path
        header_size = 8 if self._is_attachment else 24 if path else 32
        self._numbers = self._read_numbers(header_size)

    @property
    def _is_attachment(self) -> bool:
        return bool(self._path) and self._path[-1].startswith("__attach")

    def text(self, *tags: int) -> str:
        """Return the first of these properties that has a text; "" if none has."""
        for tag in tags:
            if raw := self._stream(f"{tag:04X}{_UNICODE}"):
                return raw.decode("utf-16-le", "replace").rstrip("\0")
            if raw := self._stream(f"{tag:04X}{_STRING}"):
                return charsets.decode(raw, self.code_page).rstrip("\0")
        return ""

    def binary(self, tag: int) -> bytes:
        """Return a property's bytes; b"" if it has none."""
        return self._stream(f"{tag:04X}{_BINARY}")

    def moment(self, *tags: int) -> datetime | None:
        """Return the first of these properties that has a time."""
        for tag in tags:
            if ticks := self._numbers.get(tag):
                try:
                    return _FIRST_DAY + timedelta(microseconds=ticks // 10)
                except OverflowError:
                    continue
        return None

    @property
    def code_page(self) -> str:
        """The encoding of strings that are not in Unicode."""
        number = next((self._numbers[tag] for tag in _CODE_PAGES if self._numbers.get(tag)), 1252)
        name = {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(number, f"cp{number}")
        try:
            codecs.lookup(name)
        except LookupError:
            return "cp1252"
        return name

    def attachments(self) -> Iterator[MessageStorage]:
        """Yield the attachments, in order."""
        depth = len(self._path)
        names = {
            entry[depth]
            for entry in self._ole.listdir(streams=True, storages=True)
            if tuple(entry[:depth]) == self._path and len(entry) > depth
        }
        for name in sorted(name for name in names if name.startswith("__attach"))[:MAX_ATTACHMENTS]:
            yield MessageStorage(self._ole, (*self._path, name))

    def attached_message(self) -> MessageStorage | None:
        """Return the message in an attachment, if it is one."""
        path = (*self._path, f"__substg1.0_{_CONTENTS:04X}{_OBJECT}")
        if not self._ole.exists([*path, "__properties_version1.0"]):
            return None
        return MessageStorage(self._ole, path)

    def _stream(self, name: str) -> bytes:
        path = [*self._path, f"__substg1.0_{name}"]
        return self._read(path)

    def _read(self, path: list[str]) -> bytes:
        if not self._ole.exists(path) or self._ole.get_type(path) != olefile.STGTY_STREAM:
            return b""
        return bytes(self._ole.openstream(path).read())

    def _read_numbers(self, header_size: int) -> dict[int, int]:
        """Return the properties of fixed length (MS-OXMSG, 2.4.2.1), as unsigned integers."""
        raw = self._read([*self._path, "__properties_version1.0"])
        numbers: dict[int, int] = {}
        for start in range(header_size, len(raw) - _PROPERTY_SIZE + 1, _PROPERTY_SIZE):
            kind, tag, _, value = struct.unpack_from("<HHLQ", raw, start)
            numbers[tag] = value if kind in (0x0040, 0x0014) else value & 0xFFFFFFFF
        return numbers


def build_message(storage: MessageStorage, depth: int = 0) -> EmailMessage:
    """Build the e-mail, with its attachments. Raises Refusal if it is not a message."""
    kind = storage.text(_CLASS).upper()
    if kind and not kind.startswith(_MESSAGE_CLASSES):
        name = kind.removeprefix("IPM.").lower()
        raise Refusal(f"it is an Outlook item of the class {name}, not a message", "Leave it out")
    if signed := _signed_message(storage):
        return signed
    message = EmailMessage()
    _set_headers(message, storage)
    plain, rich = _bodies(storage)
    message.set_content(_encodable(plain))
    if rich:
        message.add_alternative(_encodable(rich), subtype="html")
    for number, attachment in enumerate(storage.attachments(), start=1):
        _attach(message, attachment, number, depth)
    return message


def _signed_message(storage: MessageStorage) -> EmailMessage | None:
    """Return the e-mail that Outlook keeps as it was sent, in an attachment, if it is signed."""
    if not storage.text(_CLASS).upper().endswith(".SMIME.MULTIPARTSIGNED"):
        return None
    raw = next((one.binary(_CONTENTS) for one in storage.attachments()), b"")
    message = parts.parse(raw)
    _set_headers(message, storage)
    return message


def _set_headers(message: EmailMessage, storage: MessageStorage) -> None:
    for name, value in _headers(storage):
        if name not in message and (line := _one_line(value)):
            try:
                message[name] = line
            except Exception:  # noqa: BLE001  the library fails in many ways on odd values
                del message[name]


def _headers(storage: MessageStorage) -> Iterator[tuple[str, str]]:
    name, address = storage.text(*_SENDER_NAMES), storage.text(*_SENDER_ADDRESSES)
    address = address if "@" in address and address.isascii() else ""
    yield "From", email.utils.formataddr((_one_line(name), address)) if address else name
    yield "Subject", storage.text(_SUBJECT)
    if moment := storage.moment(_SENT_AT, _RECEIVED_AT):
        yield "Date", email.utils.format_datetime(moment)
    yield "Message-ID", storage.text(_MESSAGE_ID)
    yield "In-Reply-To", storage.text(_IN_REPLY_TO)


def _bodies(storage: MessageStorage) -> tuple[str, str]:
    """Return the plain text and the HTML; either may be "". Raises Refusal if both are missing."""
    plain = storage.text(_BODY)
    raw_html = storage.binary(_HTML)
    rich = decode_page(raw_html) if raw_html else storage.text(_HTML)
    if not plain and not rich and storage.binary(_RTF):
        raise Refusal(
            "its text is only in Rich Text Format", "Save it from Outlook as .txt or .htm"
        )
    return plain, rich


def _attach(message: EmailMessage, attachment: MessageStorage, number: int, depth: int) -> None:
    name = _one_line(attachment.text(*_FILE_NAMES)) or str(number)
    inner = attachment.attached_message()
    if inner and depth < MAX_DEPTH:
        message.add_attachment(build_message(inner, depth + 1), filename=f"{name}.eml")
        return
    stated = attachment.text(_MEDIA_TYPE) or mimetypes.guess_type(name)[0] or ""
    maintype, _, subtype = stated.partition("/")
    if maintype in ("text", "message", "multipart") or not subtype.isascii() or not subtype:
        maintype, subtype = "application", "octet-stream"
    message.add_attachment(
        attachment.binary(_CONTENTS), maintype=maintype, subtype=subtype, filename=name
    )


def _one_line(text: str) -> str:
    return " ".join(_encodable(text).split())


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
