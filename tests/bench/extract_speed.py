"""Measure the speed, memory and start of the extractor, compared with a smaller tagger.

Both read the same articles in turns, on one thread; the ratio is what counts. The smaller tagger
and the articles lie in a folder beside the checkout; without it only the seeds are read.
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
EVERY = 3  # of the corpus' articles, one in so many is read
ROUNDS = 3  # the fastest one counts: others use the machine too
MEGABYTE = 1_000_000

Reader = Callable[[Article], object]


def main() -> None:
    """Print the sentences per CPU second, their ratio to the peer's, the start time and memory."""
    articles = _corpus() or _seeds()
    readers: dict[str, Reader] = {"claimdesk": Extractor(threads=1).extract}
    if peer := _peer():
        readers["peer"] = peer
    count = sum(len(sentences(line)) for each in articles for line in each.text.split("\n"))
    spent = _spent(readers, articles)
    for name, seconds in spent.items():
        print(f"extract: {name} {count / seconds:.0f} sentences per CPU-second")
    ratio = f"{spent['peer'] / spent['claimdesk']:.2f}" if peer else "skipped: no corpus"
    print(f"extract: ratio on {len(articles)} articles {ratio}")
    subprocess.run([sys.executable, __file__, "alone"], check=True)


def alone() -> None:
    """Print the time until a process can extract, and its memory after an extraction."""
    start = time.perf_counter()
    extractor = Extractor(threads=1)
    took = time.perf_counter() - start
    for article in _corpus() or _seeds():
        extractor.extract(article)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    print(f"extract: loaded in {took:.2f} s, {peak:.0f} MB resident at most")


def _spent(readers: dict[str, Reader], articles: Sequence[Article]) -> dict[str, float]:
    """Sum each extractor's CPU seconds over the articles, in its fastest round."""
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
    return [_article(Path(each.origin).stem, each.text) for each in documents]


def _corpus() -> list[Article]:
    archive = CORPUS / "polnear-dev.tar.xz"
    if not archive.exists():
        return []
    with tarfile.open(archive) as tar:
        files = sorted(each.name for each in tar if each.name.endswith(".txt"))[::EVERY]
        texts = [tar.extractfile(file) or io.BytesIO() for file in files]
        return [
            _article(Path(file).stem, text.read().decode())
            for file, text in zip(files, texts, strict=True)
        ]


def _article(name: str, text: str) -> Article:
    return Article(id=name, origin=name, text=text)


def _peer() -> Reader | None:
    """Load the smaller tagger (six layers of 384), which only tags sources, cues and contents."""
    folder = CORPUS / "spike"
    if not (folder / "ort_tagger.py").exists():
        return None
    sys.path.insert(0, str(folder))
    from ort_tagger import Tagger

    tagger = Tagger(str(folder), threads=1)
    return lambda article: tagger(article.text)


alone() if sys.argv[1:] == ["alone"] else main()
