"""E-mails (`.eml`, RFC 5322 and MIME): a press release and its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage

from bot.ingest.formats import charsets, html
from bot.ingest.formats.eml import history, parts
from bot.ingest.formats.eml.history import Body
from bot.ingest.formats.html.source import decode_page
from bot.ingest.formats.properties import find_embargo
from bot.ingest.formats.signatures import check_signature
from bot.ingest.formats.table import SUFFIX_BY_MEDIA_TYPE, is_article_name, suffix_of
from bot.ingest.formats.text import is_binary
from bot.ingest.head.names import parse_byline
from bot.ingest.metadata import Value, drop_empty
from bot.ingest.parsed_file import EnclosedFile, ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date
from bot.ingest.unsupported import unsupported_refusal
from bot.model import Doubt

MAX_NOTE_LENGTH = 200
"""Characters; a shorter text may only mention what is attached."""
_MAX_LINES_ABOVE = 20

_HEADERS = re.compile(
    rb"(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.IGNORECASE
)
_COMMON_HEADERS = frozenset(
    b"from to date subject message-id received mime-version return-path delivered-to".split()
)
_MENTIONS_ATTACHMENT = re.compile(
    r"\b(?:attach(?:ed|ment)|enclosed|anbei|im anhang)\b", re.IGNORECASE
)
_OPEN_AND_SAVE = "Open it in your mail program, and save its text as .txt"
_OTHER_TEXTS = "calendar css csv enriched richtext rfc822-headers vcard x-vcard x-amp-html xml"
"""Kinds of text that are not the message; any other unknown one is plain (RFC 2046, 4.1.4)."""
_LOCKED = {
    "application/ms-tnef": (
        "it is a file of Outlook's own (winmail.dat), which hides what was attached",
        "Ask the sender to send it again as plain text or HTML, or save the files from Outlook",
    ),
    "application/pgp-encrypted": ("the e-mail is encrypted (PGP)", _OPEN_AND_SAVE),
    "application/pkcs7-mime": ("the e-mail is encrypted or sealed (S/MIME)", _OPEN_AND_SAVE),
    "application/x-pkcs7-mime": ("the e-mail is encrypted or sealed (S/MIME)", _OPEN_AND_SAVE),
    "text/calendar": ("it is an invitation", "Look at it in your calendar"),
}


def recognises(head: bytes) -> bool:
    """Whether a file starts with e-mail headers, at least two of which are common ones."""
    found = _HEADERS.match(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").lstrip())
    lines = found[0].lower().split(b"\n") if found else []
    return len([one for one in lines if one.partition(b":")[0] in _COMMON_HEADERS]) >= 2


def read(raw: bytes) -> Iterator[ParsedArticle | EnclosedFile | Refusal]:
    """Read an e-mail: first its own text, then its attachments, whose place is their name.

    The subject is the title, and a sender whose address is on a site of that name is the outlet; if
    the mail was sent on, both are those of the mail inside it. Quoted history, signatures and
    pictures are left out, and so is a text that only mentions the attachments. A Refusal names each
    attachment that is not an article. Raises Refusal if there is neither text nor an attachment,
    and for bytes that are no e-mail.
    """
    if not recognises(raw):
        check_signature(raw, "an e-mail")
        if is_binary(raw):
            raise Refusal("it is binary data, not an e-mail", "Check what it is, or leave it out")
    try:
        yield from read_message(parts.parse(raw))
    except RecursionError as error:
        raise Refusal("its parts are nested too deeply", "Save its text alone") from error


def read_message(message: EmailMessage) -> Iterator[ParsedArticle | EnclosedFile | Refusal]:
    """Read a parsed e-mail, as `read` does."""
    leaves = parts.leaf_parts(message)
    own = _read_body(message, message)
    attachments = [leaf for leaf in leaves if parts.is_attachment(leaf)]
    if own.text and leaves == [message]:  # a text that was sent as a file
        attachments = []
    if not own.text and not attachments:
        locked = next(filter(None, (_LOCKED.get(parts.media_type(leaf)) for leaf in leaves)), None)
        raise Refusal(*(locked or ("it has no text", "Check that all of it was saved")))
    subject = parts.header(message, "subject")
    embargo = find_embargo(subject, own.text)
    sends_on = history.is_forward(subject) and any(map(parts.is_message, attachments))
    only_mentions = sends_on or (attachments and _MENTIONS_ATTACHMENT.search(own.text))
    if own.text and not (only_mentions and len(own.text) < MAX_NOTE_LENGTH):
        doubt: Doubt | None = "thin" if own.is_thin else None
        yield ParsedArticle(own.text, _metadata(message, own) | embargo, doubt=doubt)
    for number, attachment in enumerate(attachments, start=1):
        yield _enclose(attachment, number, is_withheld=bool(embargo))


def _enclose(part: EmailMessage, number: int, *, is_withheld: bool) -> EnclosedFile | Refusal:
    """Return an attached file; if its name says too little, its number or media type completes it.

    A plain text is given in UTF-8, since its file states no charset.
    """
    media_type, name = parts.media_type(part), parts.file_name(part)
    suffix = ".eml" if parts.is_message(part) else SUFFIX_BY_MEDIA_TYPE.get(media_type, "")
    if not is_article_name(name) and (not name or "." not in name or suffix == ".eml"):
        name = f"{name or number}{suffix}"
    place = f"attachment {name}"
    if locked := _LOCKED.get(media_type):
        return Refusal(*locked, place=place, is_skipped=media_type == "text/calendar")
    if refusal := unsupported_refusal(suffix_of(name)):
        return refusal.with_place(place)
    if not is_article_name(name):
        cause, remedy = "it is an attachment without an article in it", "Look at it in the e-mail"
        return Refusal(cause, remedy, place=place, is_skipped=True)
    if is_withheld:
        remedy = "Save it separately, and ingest it when the embargo is over"
        return Refusal("the e-mail it came with is under embargo", remedy, place=place)
    raw, charset = parts.decode(part), parts.parameter(part, "content-type", "charset")
    if charset and media_type == "text/plain":
        raw = charsets.decode(raw, charset).encode("utf-8", "replace")
    return EnclosedFile(place, lambda limit: raw[:limit])


def _read_body(part: EmailMessage, message: EmailMessage) -> Body:
    """Read the text of a part of `message`: of alternatives the plain one, unless another is twice
    as long; else all in order."""
    media_type, inner = parts.media_type(part), parts.inner_parts(part)
    written = filter(lambda one: one.text, (_read_body(one, message) for one in inner))
    if media_type == "multipart/alternative" and inner:
        bodies = list(written)
        longest = max(bodies, key=lambda one: len(one.text), default=Body())
        plain = next((one for one in bodies if not one.is_rich), longest)
        return plain if 2 * len(plain.text) >= len(longest.text) else longest
    if inner:
        bodies = list(written)
        headers = next((one.headers for one in bodies if one.headers), {})
        is_rich = any(one.is_rich for one in bodies[:1])
        is_thin = any(one.is_thin for one in bodies)
        return Body("\n\n".join(one.text for one in bodies), headers, is_rich, is_thin)
    is_text = media_type.startswith(("text/", "multipart/"))
    is_file = part is not message and parts.is_attachment(part)
    if not is_text or is_file or media_type[5:] in _OTHER_TEXTS.split():
        return Body()
    raw, charset = parts.decode(part), parts.parameter(part, "content-type", "charset")
    subject = parts.header(message, "subject")
    if any(parts.header(message, one) for one in ("in-reply-to", "references")):
        subject = subject if history.is_forward(subject) else f"Re: {subject}"
    if media_type == "text/html" or (media_type == "text/plain" and html.recognises(raw[:1000])):
        text = charsets.decode(raw, charset) if charset else decode_page(raw)
        return history.extract_html(text, subject)
    text = charsets.decode(raw, charset or charsets.guess(raw))
    return history.extract_plain(text, subject)


def _metadata(message: EmailMessage, own: Body) -> dict[str, Value]:
    subject = parts.header(message, "subject")
    is_forwarded = history.is_forward(subject)
    title = subject if is_forwarded else own.headers.get("subject") or subject
    sent_on = is_forwarded and "sender" not in own.headers
    sender = own.headers.get("sender") or parts.header(message, "from")
    name = re.sub(r"\s*[<\[(][^>\])]*[>\])]?$", "", sender).strip("\"' ")
    words, domain = re.findall(r"\w{3,}", name.casefold()), sender.casefold().partition("@")[2]
    is_own = any(re.search(rf"\b{word}", domain) for word in words)
    sender = "" if sent_on or "@" in name else name
    day = re.sub(r"\s*\([^)]*\)$", "", parts.header(message, "date"))
    bylines = filter(None, map(parse_byline, own.text.split("\n")[:_MAX_LINES_ABOVE]))
    return drop_empty(
        title=history.SUBJECT_PREFIX.sub("", title),
        byline=next(bylines, None) if own.headers else None,
        outlet=(not own.headers and parts.header(message, "organization")) or (is_own and sender),
        claimed_outlet=sender,
        published=parse_date(own.headers.get("date", "")) or parse_date(day),
        guid=parts.header(message, "message-id").strip("<>"),
        language=parts.header(message, "content-language").partition(",")[0],
    )
