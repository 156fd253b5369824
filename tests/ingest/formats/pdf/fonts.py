"""Fonts as producers embed them, as objects for `drawn_pdf`: numbered glyphs, and drawn ones."""

from __future__ import annotations

from collections.abc import Callable

from tests.ingest.formats.pdf.typeset import Row, width
from tests.ingest.make_pdf import stream

FIRST_GLYPH = 3
LIGATURES = {"ffi": "\ufb03", "fi": "\ufb01", "fl": "\ufb02", "ff": "\ufb00"}


def numbered_font(*, to_unicode: bool = True, swaps_bytes: bool = False) -> list[str]:
    """A font of numbered glyphs, objects 5 to 8: the numbers say nothing about the letters.

    With `swaps_bytes`, ligatures are mapped to their letters as Ghostscript does it.
    """
    widths = " ".join(f"{1000 * width(_spelt(letter), 1):.0f}" for letter in _LETTERS)
    rows = [
        f"<{FIRST_GLYPH + place:04x}> <{_code(letter, swaps_bytes=swaps_bytes)}>"
        for place, letter in enumerate(_LETTERS)
    ]
    blocks = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
        for block in (rows[start : start + 100] for start in range(0, len(rows), 100))
    )
    unicode_map = stream(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def "
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{blocks}\nendcmap end end"
    )
    known = "/ToUnicode 8 0 R" if to_unicode else ""
    return [
        "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Tidewater/Encoding/Identity-H"
        f"/DescendantFonts[6 0 R]{known}>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Tidewater/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 7 0 R/DW 500"
        f"/W[{FIRST_GLYPH}[{widths}]]>>",
        "<</Type/FontDescriptor/FontName/AAAAAA+Tidewater/Flags 4/FontBBox[-200 -250 1000 900]"
        "/ItalicAngle 0/Ascent 900/Descent -250/CapHeight 700/StemV 80>>",
        unicode_map,
    ]


def numbered(rows: list[Row], high: float, spell: Callable[[str], str] = str) -> str:
    """Each line as numbers of glyphs, its words moved apart by kerns."""
    drawn = []
    for row in rows:
        pieces = []
        for number, word in enumerate(row):
            pieces.append(f"<{_glyphs(spell(word.text))}>")
            if number + 1 < len(row):
                gap = row[number + 1].x - word.x - word.width
                pieces.append(f"{-gap / word.size * 1000:.0f}")
        first = row[0]
        drawn.append(
            f"BT /N {first.size} Tf 1 0 0 1 {first.x:.2f} {first.y:.2f} Tm "
            f"[{''.join(pieces)}] TJ ET"
        )
    return "\n".join(drawn)


def with_ligatures(rows: list[Row], high: float) -> str:
    """As above, with a ligature wherever there is one."""
    return numbered(rows, high, _with_ligatures)


def drawn_font() -> list[str]:
    """A font of drawings, objects 5 and 6, in which each letter has its usual width."""
    names = " ".join(f"/{_name(letter)}" for letter in _ASCII_LETTERS)
    procedures = " ".join(f"/{_name(letter)} 5 0 R" for letter in _ASCII_LETTERS)
    widths = " ".join(f"{1000 * width(letter, 1):.0f}" for letter in _ASCII_LETTERS)
    return [
        stream("500 0 0 0 450 700 d1 0 0 450 700 re f"),
        "<</Type/Font/Subtype/Type3/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 -200 1000 900]"
        f"/FirstChar 32/LastChar 126/Widths[{widths}]/CharProcs<<{procedures}>>"
        f"/Encoding<</Type/Encoding/Differences[32 {names}]>>/Resources<<>>>>",
    ]


_ASCII_LETTERS = "".join(map(chr, range(32, 127)))
# In no order that a program could guess.
_LETTERS = "".join(sorted(_ASCII_LETTERS, key=lambda letter: ord(letter) * 53 % 97)) + "".join(
    LIGATURES.values()
)
_NAMES = {
    " ": "space", "!": "exclam", '"': "quotedbl", "#": "numbersign", "$": "dollar",
    "%": "percent", "&": "ampersand", "'": "quotesingle", "(": "parenleft", ")": "parenright",
    "*": "asterisk", "+": "plus", ",": "comma", "-": "hyphen", ".": "period", "/": "slash",
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six",
    "7": "seven", "8": "eight", "9": "nine", ":": "colon", ";": "semicolon", "<": "less",
    "=": "equal", ">": "greater", "?": "question", "@": "at", "[": "bracketleft",
    "\\": "backslash", "]": "bracketright", "^": "asciicircum", "_": "underscore", "`": "grave",
    "{": "braceleft", "|": "bar", "}": "braceright", "~": "asciitilde",
}  # fmt: skip


def _name(letter: str) -> str:
    return _NAMES.get(letter, letter)


def _glyphs(text: str) -> str:
    return "".join(f"{FIRST_GLYPH + _LETTERS.index(letter):04x}" for letter in text)


def _code(letter: str, *, swaps_bytes: bool) -> str:
    if swaps_bytes and not letter.isascii():
        return _spelt(letter).encode("utf-16-le").hex()
    return f"{ord(letter):04x}"


def _spelt(letter: str) -> str:
    """The letters that a glyph stands for."""
    return next((letters for letters, ligature in LIGATURES.items() if ligature == letter), letter)


def _with_ligatures(text: str) -> str:
    for letters, ligature in LIGATURES.items():
        text = text.replace(letters, ligature)
    return text
