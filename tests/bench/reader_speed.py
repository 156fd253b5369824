"""Measure the speed and the memory of the readers beside other projects' readers.

Each reader has a process of its own and reads the same files, which are written here, so that all
figures are of one run. A peer that is not installed is skipped by name;
`pip install --group bench` installs them all.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from importlib.util import find_spec
from typing import NamedTuple

from bot.ingest import legibility
from bot.ingest.formats.table import FORMATS
from bot.ingest.parsed_file import ParsedArticle
from tests.ingest.formats.pdf import designs, pdf_habits
from tests.ingest.make_docx import make_docx
from tests.ingest.make_pdf import Drawn, drawn_pdf

ROUNDS = 3
"""The fastest counts, since the machine may be busy."""
FILES = 20
MEGABYTE = 1_000_000

Read = Callable[[bytes], object]


class Kind(NamedTuple):
    """Files of a format, what is counted in them, and the peer that reads them, too."""

    module: str
    unit: str
    peer: str
    peer_module: str


KINDS = {
    "pdf": Kind("pdf", "pages", "pdfminer.six", "pdfminer"),
    "html": Kind("html", "pages", "trafilatura", "trafilatura"),
    "feed": Kind("feed", "entries", "feedparser", "feedparser"),
    "docx": Kind("packages.docx", "documents", "python-docx", "docx"),
}


def main() -> None:
    """Print what each reader and its peer read in a CPU-second, and the memory they take."""
    for name, kind in KINDS.items():
        for reader in ("claimdesk", kind.peer):
            module = "bot" if reader == "claimdesk" else kind.peer_module
            if find_spec(module) is None:
                print(f"readers: {name} {reader} skipped: not installed")
                continue
            command = [sys.executable, "-m", "tests.bench.reader_speed", name, reader]
            subprocess.run(command, check=True)


def measure(name: str, reader: str) -> None:
    """Print the speed of one reader, and its memory beyond what the files take."""
    kind = KINDS[name]
    raws, count = _files(name)
    read = _own(kind) if reader == "claimdesk" else _PEERS[reader]
    before = _peak()
    read(raws[0])  # loads what it needs
    rounds = [_cpu_seconds(read, raws) for _ in range(ROUNDS)]
    speed, peak = count / min(rounds), _peak() - before
    print(f"readers: {name} {reader} {speed:.0f} {kind.unit} per CPU-second, {peak:.0f} MB")


def _cpu_seconds(read: Read, raws: Sequence[bytes]) -> float:
    start = time.process_time()
    for raw in raws:
        read(raw)
    return time.process_time() - start


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


# -- readers


def _own(kind: Kind) -> Read:
    """Return our reader, with the check of what it read."""
    format_ = next(one for one in FORMATS if one.module == kind.module)

    def read(raw: bytes) -> object:
        articles = [one for one in format_.read(raw) if isinstance(one, ParsedArticle)]
        if format_.is_fallible:
            return [legibility.find_doubt(article.text) for article in articles]
        return articles

    return read


def _pdfminer(raw: bytes) -> object:
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(raw))


def _trafilatura(raw: bytes) -> object:
    import trafilatura

    return trafilatura.extract(raw, with_metadata=True)


def _feedparser(raw: bytes) -> object:
    import feedparser

    return feedparser.parse(raw)


def _python_docx(raw: bytes) -> object:
    import docx

    return [paragraph.text for paragraph in docx.Document(io.BytesIO(raw)).paragraphs]


_PEERS: dict[str, Read] = {
    "pdfminer.six": _pdfminer,
    "trafilatura": _trafilatura,
    "feedparser": _feedparser,
    "python-docx": _python_docx,
}


# -- files

_OFFICE = "application/vnd.openxmlformats-"
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_OFFICE}package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_OFFICE}package.core-properties+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def _files(name: str) -> tuple[list[bytes], int]:
    """Write files of a format; returns how many pages or entries they have together."""
    stories = [designs.story(number) for number in range(FILES)]
    if name == "pdf":
        files = [
            [Drawn(pdf_habits.pdftex(page, designs.HIGH)) for page in design(story).pages]
            for story in stories
            for design in (designs.two_columns, designs.sidebar)
        ]
        return [drawn_pdf(pages) for pages in files], sum(map(len, files))
    if name == "html":
        return [_page(story.headline, story.paragraphs) for story in stories], FILES
    if name == "feed":
        entries = "".join(
            f"<item><guid>{number}</guid><title>{escape(story.headline)}</title>"
            f"<description>{escape(' '.join(story.paragraphs))}</description></item>"
            for number, story in enumerate(stories * FILES)
        )
        raw = f"<rss version='2.0'><channel><title>Coast</title>{entries}</channel></rss>"
        return [raw.encode()], FILES * FILES
    bodies = (
        "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in story.paragraphs)
        for story in stories
    )
    return [_complete_docx(body) for body in bodies], FILES


def _complete_docx(body: str) -> bytes:
    """Return a Word document with the content types that python-docx asks for."""
    raw = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx(body))) as source, zipfile.ZipFile(raw, "w") as new:
        for name in source.namelist():
            new.writestr(name, _CONTENT_TYPES if name.startswith("[") else source.read(name))
    return raw.getvalue()


def _page(headline: str, paragraphs: Sequence[str]) -> bytes:
    links = "".join(f"<li><a href='/{number}'>Section {number}</a></li>" for number in range(40))
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{escape(headline)}</title></head><body>"
        f"<nav><ul>{links}</ul></nav><article><h1>{escape(headline)}</h1>{text}</article>"
        f"<footer><ul>{links}</ul></footer></body></html>"
    ).encode()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(*sys.argv[1:])
    else:
        main()
