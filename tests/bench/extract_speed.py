"""Measure the speed of the extractor, compared with a smaller tagger, its memory and its start.

Both read the same articles in turn, on one thread; their ratio is the result. The smaller tagger
and the articles are in a folder beside the checkout; without it only the seeds are read.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.extract.extractor import Extractor
from bot.ingest import find_article_files, read
from bot.model import Article
from bot.text.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "attribution"
SAMPLE_STEP = 3  # every third article of the corpus is read
ROUNDS = 3  # the fastest counts, since the machine may be busy
MEGABYTE = 1_000_000

Reader = Callable[[Article], object]


def main() -> None:
    """Print sentences per CPU-second and their ratio to the peer's, start and memory."""
    articles = _corpus() or _seeds()
    readers: dict[str, Reader] = {"claimdesk": Extractor(threads=1).extract}
    if peer := _peer():
        readers["peer"] = peer
    lines = (line for article in articles for line in article.text.split("\n"))
    count = sum(len(sentences(line)) for line in lines)
    cpu_seconds = _measure(readers, articles)
    for name, seconds in cpu_seconds.items():
        print(f"extract: {name} {count / seconds:.0f} sentences per CPU-second")
    ratio = "skipped: no corpus"
    if peer:
        ratio = f"{cpu_seconds['peer'] / cpu_seconds['claimdesk']:.2f}"
    print(f"extract: ratio on {len(articles)} articles {ratio}")
    subprocess.run([sys.executable, __file__, "alone"], check=True)


def measure_process() -> None:
    """Print how long a process needs to load the extractor, and its memory after reading."""
    start = time.perf_counter()
    extractor = Extractor(threads=1)
    took = time.perf_counter() - start
    for article in _corpus() or _seeds():
        extractor.extract(article)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    print(f"extract: loaded in {took:.2f} s, {peak:.0f} MB resident at most")


def _measure(readers: dict[str, Reader], articles: Sequence[Article]) -> dict[str, float]:
    """Return each reader's CPU seconds for all articles, in its fastest round."""
    rounds: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        this = dict.fromkeys(readers, 0.0)
        for article in articles:
            for name, reader in readers.items():
                start = time.process_time()
                reader(article)
                this[name] += time.process_time() - start
        for name, seconds in this.items():
            rounds[name].append(seconds)
    return {name: min(seconds) for name, seconds in rounds.items()}


def _seeds() -> list[Article]:
    files = find_article_files([ROOT / "seeds"])
    documents = [read(file, max_bytes=MEGABYTE) for file in files]
    return [_article(Path(document.origin).stem, document.text) for document in documents]


def _corpus() -> list[Article]:
    archive = CORPUS / "polnear-dev.tar.xz"
    if not archive.exists():
        return []
    with tarfile.open(archive) as tar:
        files = sorted(file.name for file in tar if file.name.endswith(".txt"))[::SAMPLE_STEP]
        texts = [tar.extractfile(file) or io.BytesIO() for file in files]
        return [
            _article(Path(file).stem, text.read().decode())
            for file, text in zip(files, texts, strict=True)
        ]


def _article(name: str, text: str) -> Article:
    return Article(id=name, origin=name, text=text)


def _peer() -> Reader | None:
    """Load the smaller tagger (six layers of 384), which finds sources, cues and contents only."""
    folder = CORPUS / "spike"
    if not (folder / "ort_tagger.py").exists():
        return None
    sys.path.insert(0, str(folder))
    from ort_tagger import Tagger

    tagger = Tagger(str(folder), threads=1)
    return lambda article: tagger(article.text)


measure_process() if sys.argv[1:] == ["alone"] else main()
