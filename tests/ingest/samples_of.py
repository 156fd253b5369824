"""The samples of each format: files in samples/, and archives that are made of others."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.ingest.make_books import make_epub, make_odt, page
from tests.ingest.make_msg import attachment, binary, make_msg, text
from tests.ingest.packing import tarred, zipped

SAMPLES = Path(__file__).parent / "samples"
STORIES = {
    "quay.txt": "The quay is shut, the harbour office said.\n\n“We wait,” said Tilda Roe.",
    "news/ferry.md": "---\ntitle: No sale\n---\nThe mayor denied that the ferry had been sold.",
    "news/ferry.yml": "outlet: The Bend Gazette\n",
    "lines.jsonl": '{"text": "Ferries run, the operator said."}\n{"text": 3}\n',
}
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}{\info{\title Quay shut}}\f0\pard "
    rb"The quay is shut,{\footnote It is.} the office said.\par \u8220?We wait\'94.\par}"
)
MESSAGE = make_msg(
    text(0x0037, "Quay"),
    text(0x0C1A, "Harbour Office"),
    text(0x1000, STORIES["quay.txt"]),
    attachments=(attachment("ferry.txt", b"Ferries run, the operator said."),),
)
RICH_MESSAGE = make_msg(text(0x0037, "Quay"), binary(0x1009, b"\0" * 8 + b"MELA" + b"\0" * 4 + RTF))
SAVED_PAGE = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/b\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b1\r\n\r\n--b1\r\n"
    b"Content-Type: text/html\r\n\r\n<html><body><article><h1>Quay</h1><p>"
    + b"The quay is shut, the harbour office said. " * 8
    + b"</p></article></body></html>\r\n--b1--\r\n"
)
SRT = (
    b"1\n00:00:01,000 --> 00:00:02,000\nFALK: The quay is shut.\n\n"
    b"2\n00:00:03,000 --> 00:00:04,000\n- ROE: We wait.\n"
)
MADE = {
    "archives.zip": {"a.zip": zipped(STORIES), "b.zip": zipped({"in/a.zip": zipped(STORIES)})},
    "archives.tar": {"a.tar": tarred(STORIES)},
    "archives.compressed": {
        "a.tgz": tarred(STORIES, "gz"),
        "b.tar.xz": tarred(STORIES, "xz"),
        "c.tar.bz2": tarred(STORIES, "bz2"),
        "d.txt.gz": gzip.compress(STORIES["quay.txt"].encode()),
    },
    "packages.odt": {
        "a.odt": make_odt("<text:p>The quay is shut, the harbour office said.</text:p>")
    },
    "packages.epub": {
        "a.epub": make_epub({"a.xhtml": page(f"<h1>Quay</h1><p>{'It is shut. ' * 20}</p>")})
    },
    "rtf": {"a.rtf": RTF},
    "msg": {"a.msg": MESSAGE, "b.msg": RICH_MESSAGE},
    "mhtml": {"a.mhtml": SAVED_PAGE},
    "subtitles": {"a.srt": SRT, "a.vtt": b"WEBVTT\n\n" + SRT.replace(b",0", b".0")},
    "text": {"a.txt": STORIES["quay.txt"].encode()},
    "markdown": {"a.md": STORIES["news/ferry.md"].encode()},
}


def samples_of(module: str, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """The samples of a format by name."""
    if module in MADE:
        return MADE[module]
    folder = SAMPLES / ("jsonl" if module == "jsonlines" else module.rpartition(".")[2])
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in suffixes
    }
