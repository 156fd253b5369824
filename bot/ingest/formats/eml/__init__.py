"""E-mails (`.eml`, RFC 5322 and MIME): a press release and the files that it encloses."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from functools import partial

from bot.ingest.formats import charsets
from bot.ingest.formats.eml import body
from bot.ingest.formats.properties import embargoed
from bot.ingest.formats.table import is_article_name
from bot.ingest.metadata import Value
from bot.ingest.parsed_file import Enclosed, ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import stated

MAX_PARTS = 500
MAX_ENCLOSED = 50
"""Attachments that are read: to tell and open each takes a while."""
MAX_BOUNDARIES = 5_000
LONGEST_HEADER = 5_000
"""Characters; the time to read a header grows with the square of its length."""
LEAST_PLAIN = 200
"""Characters of a plain text below which it may only say that there is an HTML one."""

_HEADER = re.compile(
    rb"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.IGNORECASE
)
_MIME_HEADER = re.compile(
    rb"^content-[a-z-]+:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE
)
_NAMES = re.compile(
    rb"^(?:from|to|date|subject|message-id|received|mime-version|return-path|delivered-to):",
    re.IGNORECASE | re.MULTILINE,
)
_FORWARDED = re.compile(r"\s*(?:fwd?|wg|tr|vs|i)\s*:", re.IGNORECASE)
_COVERS = re.compile(
    r"\b(?:attach(?:ed|ment)|enclosed|anbei|angehängt|im anhang|ci-joint)\b", re.IGNORECASE
)
_ROLE = re.compile(
    r"(?:the )?(?:(?:press|media|news|communications?|comms|public relations|pr|public affairs)"
    r"(?: (?:office|team|desk|room|relations|department|service|contact|releases?))?"
    r"|newsroom|info|information|contact|office|no ?reply|do ?not ?reply|mailer|admin|editor"
    r"|presse(?:stelle|büro)?|service de presse|prensa|comunicación|ufficio stampa)"
)
"""What a sender is called that is a part of some outlet, and does not say which."""
_REPLIED = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|antw|sv|vs)\s*:\s*)+", re.IGNORECASE)


def recognises(head: bytes) -> bool:
    """Whether a file that begins like this is an e-mail: two header lines that all of them have."""
    begun = _HEADER.match(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n"))
    return begun is not None and len(_NAMES.findall(begun[0])) >= 2


def read(raw: bytes) -> Iterator[ParsedArticle | Enclosed | Refusal]:
    """Read an e-mail: its own text first, then its attachments, each with its name as place.

    The subject is the title, and who sent it the outlet, unless they only passed it on or have the
    name of a role ("Press Office"); a byline is never taken. Left out are quoted history,
    signatures, pictures, and a text that only says that something is enclosed; other attachments
    that are no articles are named. Raises Refusal for what has neither text nor attachments.
    """
    message = _parsed(raw)
    leaves = list(_leaves(message))
    text = _text(message, leaves)
    enclosed = [leaf for leaf in leaves if _is_enclosed(leaf)]
    if not text and not enclosed:
        raise Refusal("it has no text", "Check that all of it was saved")
    known = _known(message)
    withheld = embargoed(_header(message, "subject"), text)
    if text and not (enclosed and _only_covers(text)):
        yield ParsedArticle(text, known | withheld)
    for leaf in enclosed[:MAX_ENCLOSED]:
        yield _attachment(leaf, is_withheld=bool(withheld))
    if left := len(enclosed[MAX_ENCLOSED:]):
        yield Refusal(
            f"it has more than {MAX_ENCLOSED} attachments, so the last {left} were not read",
            "Save them to a folder, and ingest that",
        )


def _only_covers(text: str) -> bool:
    """Whether a text only says that something is enclosed."""
    return len(text) < LEAST_PLAIN and bool(_COVERS.search(text))


def _attachment(part: EmailMessage, *, is_withheld: bool) -> Enclosed | Refusal:
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
    return Enclosed(name, partial(_contents, part))


def _parsed(raw: bytes) -> EmailMessage:
    if raw.count(b"\n--") > MAX_BOUNDARIES:
        raise Refusal(f"it has more than {MAX_BOUNDARIES:,} parts", "Save its text alone")
    if any(len(header[0]) > LONGEST_HEADER for header in _MIME_HEADER.finditer(raw)):
        raise Refusal(
            f"one of its headers is longer than {LONGEST_HEADER:,} characters",
            "Save its text alone",
        )
    try:
        message = email.message_from_bytes(
            raw.removeprefix(b"\xef\xbb\xbf"), policy=email.policy.default
        )
    except RecursionError as error:
        raise Refusal("its parts are nested too deeply", "Save its text alone") from error
    return message


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold no parts of this message, in order. Raises Refusal."""
    waiting = [message]
    for count in range(MAX_PARTS + 1):
        if not waiting:
            return
        if count == MAX_PARTS:
            raise Refusal(f"it has more than {MAX_PARTS} parts", "Save its text alone")
        part = waiting.pop()
        payload = _payload(part)
        if _kind(part).startswith("multipart/") and isinstance(payload, list):
            waiting += (inner for inner in reversed(payload) if isinstance(inner, EmailMessage))
        else:
            yield part


def _payload(part: EmailMessage) -> object:
    """What a part holds: other parts, or text; nothing where its charset's name breaks the
    library."""
    try:
        return part.get_payload()
    except ValueError:
        return None


def _header(message: EmailMessage, name: str) -> str:
    """A header's value, decoded, on one line; "" where there is none or it is malformed."""
    lines = [value for key, value in message.raw_items() if key.lower() == name]
    if not lines or len(str(lines[0])) > LONGEST_HEADER:
        return ""
    try:
        return " ".join(str(message[name]).split())
    except Exception:  # noqa: BLE001  the library's parser fails in many ways on odd headers
        return ""


def _kind(part: EmailMessage) -> str:
    """The media type; text/plain where none is stated, as RFC 2045 (5.2) has it."""
    stated_kind = _header(part, "content-type").partition(";")[0].strip().lower()
    return stated_kind or "text/plain"


def _parameter(part: EmailMessage, header: str, name: str) -> str:
    value = part.get_param(name, "", header) if _header(part, header) else ""
    return value if isinstance(value, str) else value[2]


def _file_name(part: EmailMessage) -> str:
    name = _parameter(part, "content-disposition", "filename")
    return " ".join((name or _parameter(part, "content-type", "name")).split())


def _is_enclosed(part: EmailMessage) -> bool:
    """Whether a part is a file that people enclosed; pictures are the signature's or the text's."""
    if _kind(part).startswith("image/"):
        return False
    return bool(_file_name(part)) or _header(part, "content-disposition").startswith("attachment")


def _contents(part: EmailMessage, limit: int) -> bytes:
    return _decoded(part)[:limit]


def _decoded(part: EmailMessage) -> bytes:
    """A part's bytes as they were before they were encoded for the way."""
    payload = _payload(part)
    if isinstance(payload, list):  # a message that is enclosed in this one
        return b"".join(inner.as_bytes() for inner in payload if isinstance(inner, EmailMessage))
    decoded = part.get_payload(decode=True) if payload is not None else b""
    return decoded if isinstance(decoded, bytes) else b""


def _text(message: EmailMessage, leaves: list[EmailMessage]) -> str:
    """The message's own words: its plain text, or its HTML where that says more."""
    shown = [leaf for leaf in leaves if not _is_enclosed(leaf)]
    is_forwarded = bool(_FORWARDED.match(_header(message, "subject")))
    plain = _joined((leaf for leaf in shown if _kind(leaf) == "text/plain"), is_forwarded)
    if len(plain) >= LEAST_PLAIN:
        return plain
    rich = _joined((leaf for leaf in shown if _kind(leaf) == "text/html"), is_forwarded)
    return rich if len(rich) > 2 * len(plain) or not plain else plain


def _joined(parts: Iterator[EmailMessage], is_forwarded: bool) -> str:
    return "\n\n".join(filter(None, (_words(part, is_forwarded) for part in parts)))


def _words(part: EmailMessage, is_forwarded: bool) -> str:
    source = charsets.decode(_decoded(part), _parameter(part, "content-type", "charset"))
    if _kind(part) == "text/html":
        return body.of_html(source, is_forwarded=is_forwarded)
    is_flowed = _parameter(part, "content-type", "format").lower() == "flowed"
    has_deleted_space = _parameter(part, "content-type", "delsp").lower() == "yes"
    return body.of_plain(
        source,
        is_flowed=is_flowed,
        deletes_space=has_deleted_space,
        is_forwarded=is_forwarded,
    )


def _known(message: EmailMessage) -> dict[str, Value]:
    subject = _header(message, "subject")
    sender = re.sub(r"\s*<[^>]*>$", "", _header(message, "from")).strip("\"' ")
    role = re.sub(r"[\s_-]+", " ", sender.casefold())
    is_no_outlet = "@" in sender or bool(_ROLE.fullmatch(role) or _FORWARDED.match(subject))
    values: dict[str, Value | None] = {
        "title": _REPLIED.sub("", subject),
        "outlet": _header(message, "organization") or ("" if is_no_outlet else sender),
        "published": stated(re.sub(r"\s*\([^)]*\)$", "", _header(message, "date"))),
        "guid": _header(message, "message-id").strip("<>"),
        "language": _header(message, "content-language").partition(",")[0],
    }
    return {key: value for key, value in values.items() if value}
