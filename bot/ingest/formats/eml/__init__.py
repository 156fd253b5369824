"""E-mails (`.eml`, RFC 5322 and MIME): a press release and its attachments."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from email.message import EmailMessage

from bot.ingest.formats import charsets
from bot.ingest.formats.eml import body
from bot.ingest.formats.properties import find_embargo
from bot.ingest.formats.table import is_article_name
from bot.ingest.metadata import Value, drop_empty
from bot.ingest.parsed_file import EnclosedFile, ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date

MAX_PARTS = 500
MAX_ATTACHMENTS = 50
"""Attachments that are read; there is a limit, since each takes a while."""
MAX_BOUNDARIES = 5_000
MAX_HEADER_LENGTH = 5_000
"""Characters; the time to parse a header grows with the square of its length."""
MIN_PLAIN_LENGTH = 200
"""Characters; a shorter plain text may only point to the HTML or to the attachments."""

_HEADERS = re.compile(
    rb"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.IGNORECASE
)
_MIME_HEADER = re.compile(
    rb"^content-[a-z-]+:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE
)
_COMMON_HEADERS = re.compile(
    rb"^(?:from|to|date|subject|message-id|received|mime-version|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED_SUBJECT = re.compile(r"\s*(?:fwd?|wg|tr|vs|i)\s*:", re.IGNORECASE)
_MENTIONS_ATTACHMENT = re.compile(
    r"\b(?:attach(?:ed|ment)|enclosed|anbei|angehängt|im anhang|ci-joint)\b", re.IGNORECASE
)
_GENERIC_SENDER = re.compile(
    r"(?:the )?(?:(?:press|media|news|communications?|comms|public relations|pr|public affairs)"
    r"(?: (?:office|team|desk|room|relations|department|service|contact|releases?))?"
    r"|newsroom|info|information|contact|office|no ?reply|do ?not ?reply|mailer|admin|editor"
    r"|presse(?:stelle|büro)?|service de presse|prensa|comunicación|ufficio stampa)"
)
"""Names of senders that are a department of some organisation."""
_REPLY_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|antw|sv|vs)\s*:\s*)+", re.IGNORECASE)


def recognises(head: bytes) -> bool:
    """Whether a file starts with e-mail headers, at least two of which are common ones."""
    headers = _HEADERS.match(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))
    return headers is not None and len(_COMMON_HEADERS.findall(headers[0])) >= 2


def read(raw: bytes) -> Iterator[ParsedArticle | EnclosedFile | Refusal]:
    """Read an e-mail: first its own text, then its attachments, whose place is their name.

    The subject is the title. The sender is the outlet, unless they only forwarded the mail or have
    a generic name ("Press Office"). There is no byline. Quoted history, signatures and pictures are
    left out, and so is a text that only mentions the attachments. A Refusal names each attachment
    that is not an article. Raises Refusal if there is neither text nor an attachment.
    """
    message = _parse(raw)
    leaves = _leaf_parts(message)
    text = _own_text(message, leaves)
    attachments = [leaf for leaf in leaves if _is_attachment(leaf)]
    if not text and not attachments:
        raise Refusal("it has no text", "Check that all of it was saved")
    embargo = find_embargo(_header(message, "subject"), text)
    if text and not (attachments and _only_mentions_attachment(text)):
        yield ParsedArticle(text, _metadata(message) | embargo)
    for attachment in attachments[:MAX_ATTACHMENTS]:
        yield _enclose(attachment, is_withheld=bool(embargo))
    if skipped_count := len(attachments[MAX_ATTACHMENTS:]):
        yield Refusal(
            f"it has more than {MAX_ATTACHMENTS} attachments, so the last {skipped_count} were not"
            " read",
            "Save them to a folder, and ingest that",
        )


def _only_mentions_attachment(text: str) -> bool:
    return len(text) < MIN_PLAIN_LENGTH and bool(_MENTIONS_ATTACHMENT.search(text))


def _enclose(part: EmailMessage, *, is_withheld: bool) -> EnclosedFile | Refusal:
    name = f"attachment {_file_name(part)}"
    if not is_article_name(name):
        return Refusal(
            "it is an attachment without an article in it",
            "Look at it in the e-mail",
            place=name,
            is_skipped=True,
        )
    if is_withheld:
        return Refusal(
            "the e-mail it came with is under embargo",
            "Save it separately, and ingest it when the embargo is over",
            place=name,
        )
    return EnclosedFile(name, lambda limit: _decode(part)[:limit])


def _parse(raw: bytes) -> EmailMessage:
    if raw.count(b"\n--") > MAX_BOUNDARIES:
        raise Refusal(f"it has more than {MAX_BOUNDARIES:,} parts", "Save its text alone")
    if any(len(header[0]) > MAX_HEADER_LENGTH for header in _MIME_HEADER.finditer(raw)):
        raise Refusal(
            f"one of its headers is longer than {MAX_HEADER_LENGTH:,} characters",
            "Save its text alone",
        )
    try:
        return email.message_from_bytes(
            raw.removeprefix(b"\xef\xbb\xbf"), policy=email.policy.default
        )
    except RecursionError as error:
        raise Refusal("its parts are nested too deeply", "Save its text alone") from error


def _leaf_parts(message: EmailMessage) -> list[EmailMessage]:
    """Return the parts that contain no other parts, in order. Raises Refusal."""
    leaves: list[EmailMessage] = []
    stack = [message]
    for _ in range(MAX_PARTS):
        if not stack:
            return leaves
        part = stack.pop()
        payload = _payload(part)
        if _media_type(part).startswith("multipart/") and isinstance(payload, list):
            stack += (inner for inner in reversed(payload) if isinstance(inner, EmailMessage))
        else:
            leaves.append(part)
    if stack:
        raise Refusal(f"it has more than {MAX_PARTS} parts", "Save its text alone")
    return leaves


def _payload(part: EmailMessage) -> object:
    """Return a part's payload: other parts, or text; None if its charset breaks the library."""
    try:
        return part.get_payload()
    except ValueError:
        return None


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's decoded value on one line; "" if it is missing or malformed."""
    lines = [value for key, value in message.raw_items() if key.lower() == name]
    if not lines or len(str(lines[0])) > MAX_HEADER_LENGTH:
        return ""
    try:
        return " ".join(str(message[name]).split())
    except Exception:  # noqa: BLE001  the library's parser fails in many ways on odd headers
        return ""


def _media_type(part: EmailMessage) -> str:
    """Return the media type; text/plain if none is stated (RFC 2045, 5.2)."""
    return _header(part, "content-type").partition(";")[0].strip().lower() or "text/plain"


def _parameter(part: EmailMessage, header: str, name: str) -> str:
    value = part.get_param(name, "", header) if _header(part, header) else ""
    return value if isinstance(value, str) else value[2]


def _file_name(part: EmailMessage) -> str:
    name = _parameter(part, "content-disposition", "filename")
    return " ".join((name or _parameter(part, "content-type", "name")).split())


def _is_attachment(part: EmailMessage) -> bool:
    """Whether a part is an attached file; images belong to the text or the signature."""
    if _media_type(part).startswith("image/"):
        return False
    return bool(_file_name(part)) or _header(part, "content-disposition").startswith("attachment")


def _decode(part: EmailMessage) -> bytes:
    """Undo a part's transfer encoding."""
    payload = _payload(part)
    if isinstance(payload, list):  # an attached message
        return b"".join(inner.as_bytes() for inner in payload if isinstance(inner, EmailMessage))
    decoded = part.get_payload(decode=True) if payload is not None else b""
    return decoded if isinstance(decoded, bytes) else b""


def _own_text(message: EmailMessage, leaves: Iterable[EmailMessage]) -> str:
    """Return the message's plain text, or its HTML if that says more."""
    parts = [leaf for leaf in leaves if not _is_attachment(leaf)]
    is_forwarded = bool(_FORWARDED_SUBJECT.match(_header(message, "subject")))
    plain_text = _join_texts(parts, "text/plain", is_forwarded)
    if len(plain_text) >= MIN_PLAIN_LENGTH:
        return plain_text
    html_text = _join_texts(parts, "text/html", is_forwarded)
    return html_text if len(html_text) > 2 * len(plain_text) or not plain_text else plain_text


def _join_texts(parts: Iterable[EmailMessage], media_type: str, is_forwarded: bool) -> str:
    texts = (_part_text(part, is_forwarded) for part in parts if _media_type(part) == media_type)
    return "\n\n".join(filter(None, texts))


def _part_text(part: EmailMessage, is_forwarded: bool) -> str:
    source = charsets.decode(_decode(part), _parameter(part, "content-type", "charset"))
    if _media_type(part) == "text/html":
        return body.extract_html(source, is_forwarded=is_forwarded)
    return body.extract_plain(
        source,
        is_flowed=_parameter(part, "content-type", "format").lower() == "flowed",
        deletes_space=_parameter(part, "content-type", "delsp").lower() == "yes",
        is_forwarded=is_forwarded,
    )


def _metadata(message: EmailMessage) -> dict[str, Value]:
    subject = _header(message, "subject")
    sender = re.sub(r"\s*<[^>]*>$", "", _header(message, "from")).strip("\"' ")
    is_generic = _GENERIC_SENDER.fullmatch(re.sub(r"[\s_-]+", " ", sender.casefold()))
    is_outlet = not ("@" in sender or is_generic or _FORWARDED_SUBJECT.match(subject))
    return drop_empty(
        title=_REPLY_PREFIX.sub("", subject),
        outlet=_header(message, "organization") or (sender if is_outlet else ""),
        published=parse_date(re.sub(r"\s*\([^)]*\)$", "", _header(message, "date"))),
        guid=_header(message, "message-id").strip("<>"),
        language=_header(message, "content-language").partition(",")[0],
    )
