"""The parts of a MIME message: headers, media types, file names and contents, however malformed."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from email.message import EmailMessage

from bot.ingest.formats import charsets
from bot.ingest.refusal import Refusal

MAX_PARTS = 500
MAX_BOUNDARIES = 5_000
MAX_HEADER_LENGTH = 5_000
"""Characters; the time to parse a header grows with the square of its length."""

_SIGNATURES = ("pkcs7-signature", "pgp-signature", "pgp-keys")
_REMEDY = "Save its text alone"
_MIME_HEADER = re.compile(
    rb"^content-[a-z-]+:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE
)


def parse(raw: bytes) -> EmailMessage:
    """Parse a message. Raises Refusal if it has more or longer parts than mail ever has.

    Raises RecursionError if they are nested deeper than Python can follow.
    """
    if raw.count(b"\n--") > MAX_BOUNDARIES:
        raise Refusal(f"it has more than {MAX_BOUNDARIES:,} parts", _REMEDY)
    if any(len(header[0]) > MAX_HEADER_LENGTH for header in _MIME_HEADER.finditer(raw)):
        cause = f"one of its headers is longer than {MAX_HEADER_LENGTH:,} characters"
        raise Refusal(cause, _REMEDY)
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return email.message_from_bytes(raw, policy=email.policy.default)


def leaf_parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that contain no other parts, in order. Raises Refusal."""
    leaves: list[EmailMessage] = []
    stack = [message]
    for _ in range(MAX_PARTS):
        if not stack:
            return leaves
        part = stack.pop()
        inner = inner_parts(part)
        stack += reversed(inner)
        leaves += [] if inner else [part]
    raise Refusal(f"it has more than {MAX_PARTS} parts", _REMEDY)


def inner_parts(part: EmailMessage) -> list[EmailMessage]:
    """Return the parts of a multipart; none for any other part."""
    payload = _payload(part) if media_type(part).startswith("multipart/") else None
    parts = payload if isinstance(payload, list) else []
    return [inner for inner in parts if isinstance(inner, EmailMessage)]


def _payload(part: EmailMessage) -> object:
    """Return a part's payload: other parts, or text; None if its charset breaks the library."""
    try:
        return part.get_payload()
    except ValueError:
        return None


def header(message: EmailMessage, name: str) -> str:
    """Return a header's decoded value on one line; "" if it is missing or malformed."""
    value = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    if len(value) > MAX_HEADER_LENGTH:
        return ""
    value = re.sub(r"\r?\n[ \t]*", " ", value)
    if not value.isascii():  # bytes as they are, which only newer mail may have
        value = charsets.decode(value.encode("utf-8", "surrogateescape"), "")
    try:
        value = str(email.policy.default.header_factory(name, value))
    except Exception:  # noqa: BLE001  the library's parser fails in many ways on odd headers
        return ""
    return " ".join(value.split())


def media_type(part: EmailMessage) -> str:
    """Return the media type; text/plain if none is stated, or no valid one (RFC 2045, 5.2)."""
    stated = header(part, "content-type").partition(";")[0].strip().lower()
    default = "text/plain" if stated else part.get_default_type()  # an e-mail in a digest
    return stated if stated.count("/") == 1 else default


def parameter(part: EmailMessage, name: str, key: str) -> str:
    """Return a header's parameter, such as the charset of content-type; "" if it has none."""
    value = part.get_param(key, "", name) if header(part, name) else ""
    return value if isinstance(value, str) else value[2]


def file_name(part: EmailMessage) -> str:
    """Return the name of an attached file; "" if it has none."""
    name = parameter(part, "content-disposition", "filename")
    return " ".join((name or parameter(part, "content-type", "name")).split())


def is_message(part: EmailMessage) -> bool:
    """Whether a part is an attached e-mail."""
    return media_type(part) in ("message/rfc822", "message/global", "message/news")


def is_attachment(part: EmailMessage) -> bool:
    """Whether a part is an attached file that people know of; not a picture or a proof."""
    kind = media_type(part)
    if kind.startswith("image/") or kind.endswith(_SIGNATURES):
        return False
    if not kind.startswith(("text/", "multipart/")):
        return True
    return bool(file_name(part)) or header(part, "content-disposition").startswith("attachment")


def decode(part: EmailMessage) -> bytes:
    """Undo a part's transfer encoding."""
    payload, encoding = _payload(part), header(part, "content-transfer-encoding")
    if not isinstance(payload, list):
        decoded = part.get_payload(decode=True) if payload is not None else b""
        return decoded if isinstance(decoded, bytes) else b""
    try:  # an attached message, which programs write in base64 too, against RFC 2046
        raw = b"".join(inner.as_bytes(policy=email.policy.compat32) for inner in payload)
        return base64.b64decode(raw) if encoding == "base64" else raw
    except Exception:  # noqa: BLE001  the library cannot write every message that it can read
        return b""
