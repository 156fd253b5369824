"""Repair a text's ampersands, entities, characters, CDATA and comments as XML needs them."""

from __future__ import annotations

import re
from html.entities import html5
from xml.sax.saxutils import escape

MAX_REPAIRED_AMPERSANDS = 100_000
"""Ampersands between two CDATA sections or comments, or references to entities that the feed
declares. A text with more is not a story."""
MAX_DOCTYPE_LENGTH = 20_000

_ENTITY = re.compile(
    r"""<!ENTITY\s+(?P<name>[\w.-]+)\s+(["'])(?P<value>&#\w{1,8};|[^&<>"'%]{0,100})\2\s*>"""
)
# HTML's entities, which are known without reading where they are declared.
_HTML_ENTITIES = re.compile(
    r"""<!ENTITY\s+%\s+([\w.-]+)\s+PUBLIC\s+["']-//W3C//ENTITIES[^"'<>]*["']\s+["'][^"'<>]*["']\s*>"""
    r"""\s*%\1;"""
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*\[([^\]]*)\]\s*>", re.IGNORECASE)
# The first two also end at the end of the text, so that no part is searched twice.
_SECTION = re.compile(
    r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?xml\b[^<>]*>|<\?[^<>]*\?>)",
    re.DOTALL | re.IGNORECASE,
)
_AMPERSAND = re.compile(
    r"&(?:#(?P<decimal>\d{1,31});|#[xX](?P<hex>[0-9a-fA-F]{1,6});|(?P<name>\w{1,31};)?)"
)
_SURROGATES = re.compile(
    r"&#(5[56]\d{3}|xd[89ab][0-9a-f]{2});&#(5[67]\d{3}|xd[c-f][0-9a-f]{2});", re.IGNORECASE
)
_XML_ENTITIES = ("amp;", "lt;", "gt;", "quot;", "apos;")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def replace_entities(text: str) -> str:
    """Replace the entities that a feed declares if all of them are single characters or the like.

    Entities that hold others, or a lot of text, are an attack.
    """
    doctype = _DOCTYPE.search(text, 0, MAX_DOCTYPE_LENGTH)
    if not doctype:
        return text
    declarations = _HTML_ENTITIES.sub("", doctype[1])
    if _ENTITY.sub("", declarations).strip():
        return text
    values = {match["name"]: match["value"] for match in _ENTITY.finditer(declarations)}
    rest = text[doctype.end() :]
    if not values:
        return rest
    reference = re.compile(rf"&({'|'.join(map(re.escape, values))});")
    return reference.sub(lambda match: values[match[1]], rest, MAX_REPAIRED_AMPERSANDS)


def repair(text: str) -> str:
    """Return a text whose characters XML allows, with escaped text instead of CDATA sections."""
    text = _SURROGATES.sub(_join_surrogates, _FORBIDDEN.sub("", text)).lstrip()
    pieces = _SECTION.split(text)
    # Every second piece is a CDATA section, a comment or the like.
    pieces[1::2] = map(_repair_section, pieces[1::2])
    pieces[::2] = [
        _AMPERSAND.sub(_repair_reference, piece, MAX_REPAIRED_AMPERSANDS).replace("]]>", "")
        for piece in pieces[::2]
    ]
    return "".join(pieces)


def _repair_section(section: str) -> str:
    """Return a CDATA section as escaped text; the line breaks of a comment or an instruction, so
    that lines keep their numbers; and a section without an end as it is."""
    if section.startswith("<!["):
        is_closed = section.endswith("]]>")
        return escape(section[9:-3].replace("<![CDATA[", "")) if is_closed else section
    if section.startswith("<!--") and not section.endswith("-->"):
        return section
    return "\n" * section.count("\n")


def _repair_reference(match: re.Match[str]) -> str:
    if match["decimal"] or match["hex"]:
        number = int(match["decimal"] or "0") or int(match["hex"] or "0", 16)
        is_forbidden = number > 0x10FFFF or _FORBIDDEN.match(chr(number))
        return "" if is_forbidden else match[0]
    name = match["name"] or ""
    if name in _XML_ENTITIES:
        return match[0]
    character = html5.get(name)
    return character if character and character not in "&<>" else f"&amp;{name}"


def _join_surrogates(match: re.Match[str]) -> str:
    """Return the character whose two halves were escaped one by one, as JavaScript has them."""
    high, low = (int(half[1:], 16) if half[0] in "xX" else int(half) for half in match.groups())
    is_pair = 0xD800 <= high < 0xDC00 <= low < 0xE000
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00) if is_pair else match[0]
