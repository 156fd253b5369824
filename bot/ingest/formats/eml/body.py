"""Extract what an e-mail's sender wrote, without quotations, signatures and boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats import markup
from bot.ingest.formats.eml import history, mailers
from bot.ingest.formats.html.source import parse_page

MIN_WRAPPED_LENGTH = 50
"""The minimum length of each line of a wrapped paragraph, except for its last line."""
MIN_PLAIN_LENGTH = 200
"""Characters; a shorter plain text may only point to the HTML or to the attachments."""
MAX_SIGNATURE_LINE_LENGTH = 70
MAX_SIGN_OFF_LENGTH = 40

_BOILERPLATE = re.compile(
    r"\b(?:view|read|open|see|trouble|problems?)\b.{0,60}\b(?:browser|online|web)\b|\bunsubscribe\b"
    r"|\bim browser\b|\babmelden\b|\bdésabonner\b|\bmanage (?:your )?preferences\b"
    r"|\bconsider the environment\b|\bscanned (?:by|for) \w+|\bvirus-free\b",
    re.IGNORECASE,
)
_WARNING = re.compile(
    r"(?:\[external\]|external(?: e-?mail)?:|caution:|warning:|attention ?:)?\s*(?:this (?:e-?mail"
    r"|message) (?:was sent|comes?|came|originated) from outside\b|you don[’']t often get e-?mail"
    r"|some people who received this message don[’']t often|sie erhalten nicht oft)|\[external\]$",
    re.IGNORECASE,
)
"""What a mail system puts above a mail from outside."""
_LABELLED_LINK = re.compile(r"[^\n]{0,40}:? ?https?://\S+")
_CONTACT = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+|(?:\+|\b0|\(0)\d[\d\s()./-]{5,}\d|\b(?:www\.|https?://)\S+",
    re.IGNORECASE,
)
"""An address, a telephone's number or a site, as signatures have them."""
_SIGNED_NAME = re.compile(r"[-–—~*]\s?[^\W\d_]\S*(?: [^\W\d_]\S*){0,2}")
_MAX_BOILERPLATE_LENGTH = 200
_DISCLAIMER = re.compile(
    r"\bthis (?:e-?mail|message|communication)\b.{0,300}"
    r"\b(?:addressee|intended recipient|in error|solely for|confidential\b.{0,80}\bprivileged)\b"
    r"|\bdiese (?:e-?mail|nachricht)\b.{0,300}\b(?:empfänger|irrtümlich|adressat)"
    r"|\bconfidentiality notice\b",
    re.IGNORECASE | re.DOTALL,
)
_MAX_DISCLAIMER_LENGTH = 1_500
_PGP_ARMOUR = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\r?\n(?:[\w-]+:[^\n]*\n)*\r?\n"
    r"|^-----BEGIN PGP SIGNATURE-----.*?-----END PGP SIGNATURE-----",
    re.MULTILINE | re.DOTALL,
)

_HIDDEN_XPATH = (
    "//*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature')"
    " or contains(@class, 'protonmail_signature') or @id='Signature' or @id='AppleMailSignature'"
    " or @id='ms-outlook-mobile-signature']"
    " | //*[contains(translate(@style, ' ', ''), 'display:none')"
    " or contains(translate(@style, ' ', ''), 'mso-hide:all')"
    " or contains(translate(@style, ' ', ''), 'visibility:hidden')]"
)
_QUOTATION_XPATH = (
    "//blockquote[@type='cite' or contains(@class, 'quote') or contains(@id, 'quote')"
    " or ancestor::*[contains(@class, 'gmail_quote')]]"
)
_HISTORY_XPATH = (
    "//*[@id='divRplyFwdMsg' or @id='OLK_SRC_BODY_SECTION' or contains(@class, 'yahoo_quoted')"
    " or @id='mail-editor-reference-message-container']"
)
_HEADER_ROWS_XPATH = "//tr[count(*) = 2]"
_START, _END, _HISTORY_MARK = "\ue000", "\ue001", "\ue002"
"""Private characters that mark quotations and the history between tree and text."""
_ORIGINAL_LINE = "-----Original Message-----"


class Body(NamedTuple):
    """What the sender wrote, and the length of the whole text, quotations included.

    `headers` are those printed above the text if it was forwarded, by kind ("from", "date").
    """

    text: str = ""
    length: int = 0
    headers: Mapping[str, str] = {}


def choose(plain: Body, rich: Body, *, is_reply: bool) -> Body:
    """Choose the plain text, unless it is only a pointer to the HTML.

    The plain text of a reply is short because the rest of it is quoted.
    """
    if not (plain.text and rich.text):
        return plain if plain.text else rich
    is_whole = is_reply or len(plain.text) >= MIN_PLAIN_LENGTH or 2 * plain.length > rich.length
    return plain if is_whole or len(rich.text) <= 2 * len(plain.text) else rich


def extract_plain(
    source: str, *, is_flowed: bool, deletes_space: bool, is_forwarded: bool = False
) -> Body:
    """Extract plain text, joining wrapped lines (by RFC 3676 if `is_flowed`).

    If a mail was forwarded with at most a short note, the forwarded mail is extracted.
    """
    source = _PGP_ARMOUR.sub("", source)
    sent = history.own_part(source.splitlines(), is_forwarded=is_forwarded)
    text = _unflow(sent.lines, "" if deletes_space else " ") if is_flowed else "\n".join(sent.lines)
    paragraphs = map(_unwrap, markup.clean_plain_text(text).split("\n\n"))
    return Body(_drop_boilerplate(paragraphs), len(source), sent.headers)


def extract_html(source: str, *, is_forwarded: bool = False) -> Body:
    """Extract the text of HTML; forwarded mail is treated as in `extract_plain`.

    Raises Refusal as `parse_page` does.
    """
    if not source.strip():
        return Body()
    tree = parse_page(re.sub(f"[{_START}-{_HISTORY_MARK}]", "", source))
    for element in tree.xpath(_HIDDEN_XPATH):
        if element.getparent() is not None:
            element.drop_tree()
    _mark_history(tree)
    text = markup.extract_text(etree.tostring(tree, encoding="unicode", method="html"))
    lines = _quote_lines(text.split("\n"))
    sent = history.own_part(lines, is_forwarded=is_forwarded)
    own_text = markup.clean_plain_text("\n".join(sent.lines))
    return Body(_drop_boilerplate(own_text.split("\n\n")), len(text), sent.headers)


def _mark_history(tree: HtmlElement) -> None:
    """Put marks around quotations and above the history, and each quoted header on one line."""
    for row in tree.xpath(_HEADER_ROWS_XPATH):
        label, value = (" ".join(cell.text_content().split()) for cell in row)
        if mailers.HEADER.fullmatch(label) and len(value) < _MAX_BOILERPLATE_LENGTH:
            for cell in list(row):
                row.remove(cell)
            row.text = f"{label} {value}"
    for element in tree.xpath(_HISTORY_XPATH):
        _insert_mark(element, _HISTORY_MARK)
    for element in tree.xpath(_QUOTATION_XPATH):
        _insert_mark(element, _START)
        end = etree.SubElement(element, "div")
        end.text = _END


def _insert_mark(element: HtmlElement, text: str) -> None:
    mark = etree.Element("div")
    mark.text, mark.tail, element.text = text, element.text, None
    element.insert(0, mark)


def _quote_lines(lines: Iterable[str]) -> list[str]:
    """Write marked quotations as plain mails do, with ">" before each line."""
    quoted: list[str] = []
    depth = 0
    for line in lines:
        if line == _START:
            depth += 1
        elif line == _END:
            depth -= 1
        elif line == _HISTORY_MARK:
            quoted.append(_ORIGINAL_LINE)
        else:
            quoted.append(f"{'>' * depth} {line}" if depth else line)
    return quoted


def _unflow(lines: Sequence[str], separator: str) -> str:
    """Join lines that end with a space to the next line, and undo space-stuffing (RFC 3676)."""
    text = ""
    for line in lines:
        unstuffed = line.removeprefix(" ")
        is_soft_break = unstuffed.endswith(" ")
        text += unstuffed.rstrip(" ") + separator if is_soft_break else unstuffed + "\n"
    return text


def _unwrap(paragraph: str) -> str:
    lines = paragraph.split("\n")
    is_wrapped = all(len(line) >= MIN_WRAPPED_LENGTH for line in lines[:-1])
    return " ".join(lines) if is_wrapped else paragraph


def _drop_boilerplate(paragraphs: Iterable[str]) -> str:
    """Drop links, disclaimers, a mailing program's text, and the sign-off with the name below."""
    own: list[str] = []
    is_below_sign_off = False
    for paragraph in _split_at_sign_offs(paragraphs):
        is_below_sign_off = is_below_sign_off and _is_signature(paragraph)
        if _is_sign_off(paragraph.partition("\n")[0]) and _is_signature(paragraph):
            is_below_sign_off = True
        elif not is_below_sign_off and not _is_boilerplate(paragraph):
            own.append(paragraph)
    while len(own) > 1 and _is_contact(own[-1]):
        own.pop()
    if len(own) > 1 and _is_signed_name(own[-1]) and not own[-2].startswith(own[-1][0]):
        own.pop()
    return "\n\n".join(own)


def _is_sign_off(line: str) -> bool:
    if len(line) > MAX_SIGN_OFF_LENGTH:
        return False
    return bool(mailers.SIGN_OFF.match(line) or mailers.SHORT_SIGN_OFF.fullmatch(line))


def _split_at_sign_offs(paragraphs: Iterable[str]) -> Iterator[str]:
    """Split paragraphs above a line that is only a sign-off, below which a signature follows."""
    for paragraph in paragraphs:
        lines = paragraph.split("\n")
        start = len(lines)
        while start > 1 and _is_signature(lines[start - 1]):
            start -= 1
        start = next((at for at in range(start, len(lines)) if _is_sign_off(lines[at])), len(lines))
        yield "\n".join(lines[:start])
        if start < len(lines):
            yield "\n".join(lines[start:])


def _is_signature(paragraph: str) -> bool:
    """Whether a paragraph below a sign-off is a name, an address or the like."""
    return all(
        len(line) <= MAX_SIGNATURE_LINE_LENGTH and not line.endswith((".", "!", "?", ":", "”"))
        for line in paragraph.split("\n")
        if not _is_sign_off(line)
    )


def _is_signed_name(paragraph: str) -> bool:
    """Whether a paragraph is a name after a dash; in lower case it is part of a list."""
    words = paragraph[1:].split()
    return bool(_SIGNED_NAME.fullmatch(paragraph)) and all(word[0].isupper() for word in words)


def _is_contact(paragraph: str) -> bool:
    """Whether a paragraph is a name with lines that say how to reach it."""
    lines = paragraph.split("\n")
    return len(lines) > 1 and _is_signature(paragraph) and any(map(_CONTACT.search, lines[1:]))


def _is_boilerplate(paragraph: str) -> bool:
    if _DISCLAIMER.search(paragraph) or _WARNING.match(paragraph):
        return len(paragraph) <= _MAX_DISCLAIMER_LENGTH
    if len(paragraph) >= _MAX_BOILERPLATE_LENGTH:
        return False
    return bool(_BOILERPLATE.search(paragraph) or _LABELLED_LINK.fullmatch(paragraph))
