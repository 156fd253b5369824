"""Measure how fast a folder of articles is ingested, compared with the extractor alone.

    python -m tests.bench.bulk_speed [N]

Makes N articles (1,000) of the paragraphs of real ones: those of the folder beside the checkout,
without it the seeds'. `claimdesk ingest --bulk`, from its start to its end, ingests them part by
part into one newsroom; between parts the extractor alone, on a thread a core, takes its turns: at
every part, above 2,000 articles at every fourth. Then everything is ingested again, unchanged.
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
PART = 500
FEW = 2_000  # up to these the extractor alone takes all
LONGEST = 2_000  # characters of a paragraph
MEGABYTE = 1_000_000

Paragraphs = list[str]


def main(number: int) -> None:
    """Print both rates, their ratio, the peak memory, and the rate of a second run."""
    with tempfile.TemporaryDirectory() as name:
        folder, desk = Path(name) / "articles", Path(name) / "desk"
        parts = _made(number, folder)
        extractor = Extractor()
        extractor.extract(Article(id="warm", origin="warm", text="The pump failed, she said."))
        alone = ingesting = 0.0
        extracted = peak = 0
        for n, part in enumerate(parts):
            if n % (1 if number <= FEW else 4) == 0:
                articles = [_article(file) for file in find_article_files([part])]
                began = time.perf_counter()
                found = sum(1 for _ in extractor.extract_many(articles))
                alone += time.perf_counter() - began
                assert found == len(articles)
                extracted += found
            took, memory = _ingest(part, desk)
            ingesting, peak = ingesting + took, max(peak, memory)
        own, rate = extracted / alone, number / ingesting
        print(f"bulk: the extractor alone {own:.2f} articles a second, over {extracted}")
        print(f"bulk: ingest --bulk {rate:.2f} articles a second, over {number}")
        print(f"bulk: ratio {rate / own:.3f}, on {os.cpu_count()} cores")
        print(f"bulk: {peak / MEGABYTE:.0f} MB at most, all processes (PSS)")
        took, _ = _ingest(folder, desk)
        print(f"bulk: unchanged {number / took:.0f} articles a second")


def _made(number: int, folder: Path) -> list[Path]:
    """Write articles of random paragraphs, as many in each as in a real article."""
    real = list(_corpus()) or list(_seeds())
    drawn_from = [paragraph for one in real for paragraph in one]
    rng = random.Random(5)
    parts = [folder / f"part{n:03}" for n in range(-(-number // PART))]
    for part in parts:
        part.mkdir(parents=True)
    for n in range(number):
        length = len(real[n % len(real)])
        text = "\n\n".join(rng.sample(drawn_from, length))
        (parts[n // PART] / f"{n:06}.txt").write_text(text, encoding="utf-8")
    return parts


def _corpus() -> Iterator[Paragraphs]:
    for archive in sorted(CORPUS.glob("polnear-*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.name.endswith(".txt") else None
                if file and (found := _paragraphs(file.read().decode())):
                    yield found


def _seeds() -> Iterator[Paragraphs]:
    for file in find_article_files([ROOT / "seeds"]):
        yield _paragraphs(file.read_text(encoding="utf-8"))


def _paragraphs(text: str) -> Paragraphs:
    return [part for part in re.split(r"\s*\n\s*", text) if part and len(part) < LONGEST]


def _article(file: Path) -> Article:
    return Article(id=file.stem, origin=str(file), text=file.read_text(encoding="utf-8"))


def _ingest(folder: Path, desk: Path) -> tuple[float, int]:
    """Ingest a folder; returns the seconds and the peak memory of all processes in bytes."""
    environment = os.environ | {"CLAIMDESK_DATA": str(desk), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "bot", "ingest", "--bulk", str(folder)]
    began, peak = time.perf_counter(), 0
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
        took = time.perf_counter() - began
        told = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise SystemExit(told)
    return took, peak


def _memory(pid: int) -> int:
    """The proportional set size of a process and its descendants; 0 except on Linux."""
    total = 0
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += int(rollup.partition("\nPss:")[2].split()[0]) * 1024
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(_memory(int(child)) for child in (task / "children").read_text().split())
    return total


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES)
