"""The samples of each format: files in samples/, and archives that are made of others."""

from __future__ import annotations

from pathlib import Path

from tests.ingest.make_books import make_odt
from tests.ingest.make_msg import attachment, make_msg, text
from tests.ingest.packing import zipped

SAMPLES = Path(__file__).parent / "samples"
STORIES = {
    "quay.txt": "The quay is shut, the harbour office said.\n\n“We wait,” said Tilda Roe.",
    "news/ferry.md": "---\ntitle: No sale\n---\nThe mayor denied that the ferry had been sold.",
    "lines.jsonl": '{"text": "Ferries run, the operator said."}\n{"text": 3}\n',
}
MESSAGE = make_msg(
    text(0x0037, "Quay"),
    text(0x0C1A, "Harbour Office"),
    text(0x1000, STORIES["quay.txt"]),
    attachments=(attachment("ferry.txt", b"Ferries run, the operator said."),),
)
SRT = (
    b"1\n00:00:01,000 --> 00:00:02,000\nFALK: The quay is shut.\n\n"
    b"2\n00:00:03,000 --> 00:00:04,000\n- ROE: We wait.\n"
)
MADE = {
    "archive": {"a.zip": zipped(STORIES), "b.zip": zipped({"in/a.zip": zipped(STORIES)})},
    "packages.odt": {
        "a.odt": make_odt("<text:p>The quay is shut, the harbour office said.</text:p>")
    },
    "msg": {"a.msg": MESSAGE},
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
