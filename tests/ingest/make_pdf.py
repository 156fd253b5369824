"""Writes small PDFs for the tests: lines of text at places that the test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Put(NamedTuple):
    """A line of text in Times, its left end `x` and baseline `y` in points from the lower left."""

    x: float
    y: float
    text: str
    size: float = 10


class Drawn(NamedTuple):
    """A page by its operators, with Times as /F and Helvetica as /H; `box` is what it shows."""

    content: str
    box: tuple[float, float, float, float] = (0, 0, 595, 842)
    rotate: int = 0
    more: str = ""
    """Put into the page's dictionary as it stands, as `resources` is into that of its resources."""
    resources: str = ""


_FONT = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"


def make_pdf(
    pages: Sequence[Sequence[Put]],
    *,
    information: Mapping[str, str] | None = None,
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """Write A4 pages; `catalog` and `trailer` are put into these dictionaries as they stand."""
    drawn = [
        Drawn(
            "\n".join(
                f"BT /F {put.size} Tf {put.x} {put.y} Td ({escaped(put.text)}) Tj ET"
                for put in page
            )
        )
        for page in pages
    ]
    return drawn_pdf(drawn, information=information, catalog=catalog, trailer=trailer)


def drawn_pdf(
    pages: Sequence[Drawn],
    *,
    objects: Sequence[str] = (),
    information: Mapping[str, str] | None = None,
    catalog: str = "",
    trailer: str = "",
) -> bytes:
    """Write pages by their operators; further `objects` are numbered from 5."""
    objects = ["", "", _FONT.format("Times-Roman"), _FONT.format("Helvetica"), *objects]
    kids = []
    for page in pages:
        objects.append(stream(page.content))
        box = " ".join(f"{edge:g}" for edge in page.box)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Rotate {page.rotate}{page.more}"
            f"/Resources<</Font<</F 3 0 R/H 4 0 R>>{page.resources}>>/Contents {len(objects)} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    stated = "".join(f"/{key}({escaped(value)})" for key, value in (information or {}).items())
    objects.append(f"<<{stated}>>")
    written = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(written.encode("cp1252")))
        written += f"{number} 0 obj\n{one}\nendobj\n"
    start = len(written.encode("cp1252"))
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    written += (
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R{trailer}>>\n"
    )
    return f"{written}startxref\n{start}\n%%EOF\n".encode("cp1252")


def stream(content: str, entries: str = "") -> str:
    """A stream, with these entries in its dictionary as they stand."""
    return f"<</Length {len(content.encode('cp1252'))}{entries}>>\nstream\n{content}\nendstream"


def column(x: float, y: float, lines: Sequence[str], *, size: float = 10) -> list[Put]:
    """Lines below each other, the first at `y`; an empty one leaves a gap, a tab indents."""
    step = size * 1.2
    return [
        Put(x + (12 if line.startswith("\t") else 0), y - step * number, line.strip(), size)
        for number, line in enumerate(lines)
        if line
    ]


def escaped(text: str) -> str:
    """A string as a PDF writes it between its parentheses."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
