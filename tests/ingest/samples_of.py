"""The samples of each format: files in samples/, and archives that are made of others."""

from __future__ import annotations

import gzip
from pathlib import Path

from tests.ingest.packing import tarred, zipped

SAMPLES = Path(__file__).parent / "samples"
STORIES = {
    "quay.txt": "The quay is shut, the harbour office said.\n\n“We wait,” said Tilda Roe.",
    "news/ferry.md": "---\ntitle: No sale\n---\nThe mayor denied that the ferry had been sold.",
    "news/ferry.yml": "outlet: The Bend Gazette\n",
    "lines.jsonl": '{"text": "Ferries run, the operator said."}\n{"text": 3}\n',
}
MADE = {
    "archives.zip": {"a.zip": zipped(STORIES), "b.zip": zipped({"in/a.zip": zipped(STORIES)})},
    "archives.tar": {"a.tar": tarred(STORIES)},
    "archives.compressed": {
        "a.tgz": tarred(STORIES, "gz"),
        "b.tar.xz": tarred(STORIES, "xz"),
        "c.tar.bz2": tarred(STORIES, "bz2"),
        "d.txt.gz": gzip.compress(STORIES["quay.txt"].encode()),
    },
    "text": {"a.txt": STORIES["quay.txt"].encode()},
    "markdown": {"a.md": STORIES["news/ferry.md"].encode()},
}


def samples_of(module: str, suffixes: tuple[str, ...]) -> dict[str, bytes]:
    """The samples of a format by name."""
    if module in MADE:
        return MADE[module]
    folder = SAMPLES / ("jsonl" if module == "jsonlines" else module)
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in suffixes
    }
