"""Measure how fast a folder is ingested, compared with the extractor alone, and in what memory.

    python -m tests.bench.bulk_speed [N]

Makes N articles (1,000) of paragraphs from the corpus beside the checkout, or else from the seeds.
`claimdesk ingest --bulk` ingests them in parts into one newsroom. In turn with it, the extractor
alone, with a thread for each core, reads every part, or every fourth above 2,000 articles. Finally
all unchanged articles are ingested again.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.extract.extractor import Extractor
from bot.ingest import find_article_files
from bot.model import Article

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "attribution"
ARTICLES = 1_000
PART_SIZE = 500
MAX_FULLY_READ = 2_000  # up to so many articles the extractor alone reads all
MAX_PARAGRAPH_LENGTH = 2_000
MEGABYTE = 1_000_000

Paragraphs = list[str]


def main(number: int) -> None:
    """Print both rates, their ratio, the peak memory, and the rate of a second run."""
    with tempfile.TemporaryDirectory() as name:
        folder, data = Path(name) / "articles", Path(name) / "desk"
        parts = _write_articles(number, folder)
        extractor = Extractor()
        extractor.extract(Article(id="warm", origin="warm", text="The pump failed, she said."))
        alone = ingesting = 0.0
        extracted = peak = 0
        for n, part in enumerate(parts):
            if n % (1 if number <= MAX_FULLY_READ else 4) == 0:
                articles = [_article(file) for file in find_article_files([part])]
                start = time.perf_counter()
                assert sum(1 for _ in extractor.extract_many(articles)) == len(articles)
                alone += time.perf_counter() - start
                extracted += len(articles)
            seconds, memory = _ingest(part, data)
            ingesting, peak = ingesting + seconds, max(peak, memory)
        extractor_rate, rate = extracted / alone, number / ingesting
        print(f"bulk: extractor alone {extractor_rate:.2f} articles a second, over {extracted}")
        print(f"bulk: ingest --bulk {rate:.2f} articles a second, over {number}")
        print(f"bulk: ratio {rate / extractor_rate:.3f}, on {os.cpu_count()} cores")
        print(f"bulk: {peak / MEGABYTE:.0f} MB at most, all processes (PSS)")
        seconds, _ = _ingest(folder, data)
        print(f"bulk: unchanged {number / seconds:.0f} articles a second")


def _write_articles(number: int, folder: Path) -> list[Path]:
    """Write articles of paragraphs drawn from all real ones, each as long as a real article."""
    real = list(corpus()) or list(seeds())
    paragraphs = [paragraph for article in real for paragraph in article]
    rng = random.Random(5)
    parts = [folder / f"part{n:03}" for n in range(-(-number // PART_SIZE))]
    for part in parts:
        part.mkdir(parents=True)
    for n in range(number):
        length = len(real[n % len(real)])
        text = "\n\n".join(rng.sample(paragraphs, length))
        (parts[n // PART_SIZE] / f"{n:06}.txt").write_text(text, encoding="utf-8")
    return parts


def corpus() -> Iterator[Paragraphs]:
    """Yield the articles of the corpus beside the checkout, if there is one."""
    for archive in sorted(CORPUS.glob("polnear-*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.name.endswith(".txt") else None
                if file and (paragraphs := _paragraphs(file.read().decode())):
                    yield paragraphs


def seeds() -> Iterator[Paragraphs]:
    """Yield the articles in seeds/."""
    for file in find_article_files([ROOT / "seeds"]):
        yield _paragraphs(file.read_text(encoding="utf-8"))


def _paragraphs(text: str) -> Paragraphs:
    return [
        part for part in re.split(r"\s*\n\s*", text) if part and len(part) < MAX_PARAGRAPH_LENGTH
    ]


def _article(file: Path) -> Article:
    return Article(id=file.stem, origin=str(file), text=file.read_text(encoding="utf-8"))


def _ingest(folder: Path, data: Path) -> tuple[float, int]:
    """Ingest a folder; return the seconds, and the peak memory of all processes in bytes."""
    environment = os.environ | {"CLAIMDESK_DATA": str(data), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "bot", "ingest", "--bulk", str(folder)]
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
        seconds = time.perf_counter() - start
        errors = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise SystemExit(errors)
    return seconds, peak


def _memory(pid: int) -> int:
    """Return the proportional set size of a process and its descendants; 0 outside Linux."""
    total = 0
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += int(rollup.partition("\nPss:")[2].split()[0]) * 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(_memory(int(child)) for child in (task / "children").read_text().split())
    return total


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
