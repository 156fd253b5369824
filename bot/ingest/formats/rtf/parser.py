"""Parse Rich Text into the texts of its destinations: body, footnotes, text boxes and others."""

from __future__ import annotations

import codecs
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.ingest.formats.rtf.tokens import Token, tokenize
from bot.ingest.refusal import Refusal
from bot.text.raised import mark_raised, resolve_raised

MAX_GROUP_DEPTH = 5_000

PARAGRAPH = "\x1e"
"""Separates paragraphs in a destination's text."""

_CHARACTERS = {
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "tab": " ",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "line": "\n",
}
_PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "cell", "row", "nestcell", "nestrow"))
_TEXT_DESTINATIONS = {
    "footnote": "footnote",
    "shptxt": "box",
    "dptxbxtext": "box",
    "title": "title",
    "author": "author",
    "htmltag": "htmltag",
    "fonttbl": "fonttbl",
}
_OUTER_DESTINATIONS = frozenset(("info", "shpinst", "do"))
"""They have no text of their own, but destinations inside them do."""
_IGNORED = "ignored"
_IGNORED_NAMES = """
    annotation colortbl datafield fldinst footer footerf footerl footerr header headerf headerl
    headerr listtext nonshppict objdata pict pntext shprslt stylesheet xe tc themedata
"""
_IGNORED_DESTINATIONS = frozenset(_IGNORED_NAMES.split())
_CODE_PAGES = {
    "ansi": "cp1252",
    "mac": "mac-roman",
    "pc": "cp437",
    "pca": "cp850",
}
_FONT_CHARSETS = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}


@dataclass(frozen=True)
class _Group:
    """What holds inside a group: where its text goes ("" for nowhere), and how to decode it."""

    destination: str = "body"
    font: int = -1
    fallback_length: int = 1
    is_hidden: bool = False
    is_deleted: bool = False
    is_raised: bool = False
    is_rtf_only: bool = False


class RtfParser:
    """Collects the text of each destination."""

    def __init__(self) -> None:
        self.is_html = False
        """Whether the document is HTML that Outlook has wrapped; `html` is its source."""
        self.comment_count = 0
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._html: list[str] = []
        self._group, self._outer = _Group(), [_Group()]
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._bytes: list[bytes] = []
        self._skipped_count = 0  # characters left of the fallback for a Unicode character
        self._is_optional = False  # after `\*`
        self._high_surrogate = 0
        self._is_drop_cap = False

    def feed(self, source: bytes) -> None:
        """Parse a whole document. Raises Refusal if its groups are nested too deeply."""
        for token in tokenize(source):
            if token.kind == "bytes":
                self._add_bytes(token.raw)
                continue
            self._flush()
            if token.kind == "open":
                self._open()
            elif token.kind == "close":
                self._group = self._outer.pop() if len(self._outer) > 1 else self._group
                self._skipped_count = 0
            elif token.kind == "symbol":
                self._is_optional = token.text == "*"
            elif token.kind == "text":
                self._add(token.text)
            else:
                self._apply(token)
        self._flush()

    def text(self, destination: str) -> str:
        """Return the text of a destination, with PARAGRAPH between its paragraphs."""
        return resolve_raised("".join(self._texts[destination]))

    @property
    def html(self) -> str:
        """The source of the HTML that the document wraps."""
        return "".join(self._html)

    def _open(self) -> None:
        if len(self._outer) > MAX_GROUP_DEPTH:
            raise Refusal(
                f"its groups are nested more than {MAX_GROUP_DEPTH:,} deep", "Save its text as .txt"
            )
        self._outer.append(self._group)
        self._is_optional = False

    def _apply(self, token: Token) -> None:
        word, is_on = token.text, token.number != 0
        is_optional, self._is_optional = self._is_optional, False
        if word in _TEXT_DESTINATIONS and self._group.destination != _IGNORED:
            self._enter(_TEXT_DESTINATIONS[word])
        elif word in _IGNORED_DESTINATIONS:
            self.comment_count += word == "annotation"
            self._group = replace(self._group, destination=_IGNORED)
        elif word in _OUTER_DESTINATIONS or is_optional:
            is_ignored = self._group.destination == _IGNORED
            self._group = replace(self._group, destination=_IGNORED if is_ignored else "")
        elif word == "u" and token.number is not None:
            self._add_unicode(token.number)
        elif word == "v":
            self._group = replace(self._group, is_hidden=is_on)
        elif word == "deleted":
            self._group = replace(self._group, is_deleted=is_on)
        elif word in ("super", "nosupersub"):
            self._group = replace(self._group, is_raised=is_on and word == "super")
        elif word == "htmlrtf":
            self._group = replace(self._group, is_rtf_only=is_on)
        elif word in ("plain", "pard"):
            self._reset(word)
        elif word == "dropcapli":
            self._is_drop_cap = True
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph(word)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        else:
            self._apply_encoding(word, token.number)

    def _enter(self, destination: str) -> None:
        if self._texts[destination]:
            self._texts[destination].append(PARAGRAPH)
        self._group = replace(self._group, destination=destination)

    def _reset(self, word: str) -> None:
        if word == "plain":
            self._group = replace(self._group, is_hidden=False, is_deleted=False, is_raised=False)
        self._is_drop_cap = self._is_drop_cap and word != "pard"

    def _end_paragraph(self, word: str) -> None:
        if word == "par" and self._is_drop_cap:
            self._is_drop_cap = False  # the letter begins the next paragraph
        else:
            self._add(PARAGRAPH)

    def _apply_encoding(self, word: str, number: int | None) -> None:
        if word == "ansicpg" and number:
            self._code_page = _known_encoding(f"cp{number}")
        elif word in _CODE_PAGES:
            self._code_page = _CODE_PAGES[word]
        elif word == "fromhtml":
            self.is_html = number != 0
        elif word == "uc" and number is not None:
            self._group = replace(self._group, fallback_length=max(0, number))
        elif word in ("f", "deff") and number is not None:
            self._group = replace(self._group, font=number)
        elif word == "fcharset" and self._group.destination == "fonttbl":
            self._fonts[self._group.font] = _FONT_CHARSETS.get(number or 0, "")

    def _add_unicode(self, number: int) -> None:
        code = number % 0x10000 if number < 0 or number < 0x10000 else number
        self._skipped_count = 0
        if 0xD800 <= code < 0xDC00:
            self._high_surrogate = code
        elif 0xDC00 <= code < 0xE000:
            high, self._high_surrogate = self._high_surrogate, 0
            if high:
                self._add(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
        elif code <= 0x10FFFF:
            self._add(chr(code))
        self._skipped_count = self._group.fallback_length

    def _add_bytes(self, raw: bytes) -> None:
        if self._skipped_count:
            skipped = min(self._skipped_count, len(raw))
            self._skipped_count -= skipped
            raw = raw[skipped:]
        if self._group.destination not in ("", _IGNORED):
            self._bytes.append(raw)

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._fonts.get(self._group.font) or self._code_page
            self._add(b"".join(self._bytes).decode(encoding, "replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        group = self._group
        if self.is_html and not group.is_rtf_only:
            self._add_html(text)
        if (
            group.destination in ("", _IGNORED, "fonttbl", "htmltag")
            or group.is_hidden
            or group.is_deleted
        ):
            return
        is_raised = group.is_raised and text != PARAGRAPH
        self._texts[group.destination].append(mark_raised(text) if is_raised else text)

    def _add_html(self, text: str) -> None:
        if self._group.destination == "htmltag":
            self._html.append(text.replace(PARAGRAPH, "\r\n"))
        elif self._group.destination == "body":
            escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(PARAGRAPH, "\r\n")
            self._html.append(escaped)


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return "utf-8" if name == "cp65001" else name
