"""Measure what a claim and an article cost: CPU seconds, rows, bytes, memory.

    python -m tests.bench.scale_costs N [PART …] [--folder FOLDER]

The store has N imported claims, in FOLDER/desk (which is used if it is there already) or in a
temporary folder. The parts, all of them unless some are named:

    import     importing the claims: CPU, memory, rows and bytes by table, bytes of the index
    articles   reading articles of about 2,000 characters, then filing copies of them with about
               N claims in a store of their own: CPU, rows and bytes
    searches   CPU of a search by class of query
    changes    CPU of filing one more article, of indexing it, and of counting what can be searched
    upkeep     CPU and memory of doctor, export, restore and reindex
    processes  memory of a process that answers, of a worker, and of one that reads articles

`import` and `articles` are measured on SQLite and, if it is installed, on PostgreSQL. All times are
CPU time, user and system, of all processes concerned: a busy machine changes them little.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from bot import config
from bot.extract.extractor import Extractor
from bot.newsroom import Newsroom
from tests import postgres
from tests.bench import load
from tests.bench.scale_articles import Copies, originals, texts
from tests.bench.scale_processes import MEGABYTE, ServerTime, memory, run
from tests.bench.scale_sizes import print_sizes, tree_bytes
from tests.bench.search_claims import generate
from tests.bench.search_speed import lines, typed

ORIGINALS = 200
"""How many articles are extracted; the others are copies of them."""
FILING_BATCH = 32
ROUNDS = 15
QUERIES_OF_A_CLASS = 100
CHANGES = 20
WATCHES = 1_000


def import_claims(number: int, folder: Path) -> None:
    """Import claims into each store."""
    file = folder / "claims.jsonl"
    for name, data, url, server in _stores(folder, "desk"):
        if not (data / "index").exists():
            run(data, url, "migrate")
            server.since_last(1)
            cost = run(data, url, "import", str(file))
            print(
                f"import: {name}: {1e6 * cost.cpu / number:.0f} µs of CPU a claim"
                f"{server.since_last(number)}, {cost.peak / MEGABYTE:.0f} MB at most"
            )
        print_sizes(f"import: {name}", data, url, number)
        print(f"import: {name}: index", tree_bytes(data / "index", number))


def file_articles(number: int, folder: Path) -> None:
    """Extract some articles, and file copies of them with `number` claims in each store."""
    extractor = Extractor(threads=1)
    start = time.process_time()
    found = originals(ORIGINALS, extractor)
    seconds = time.process_time() - start
    mean = statistics.mean(len(original.text) for original in found)
    print(
        f"articles: {1000 * seconds / len(found):.0f} ms of CPU to extract one of {mean:.0f} "
        f"characters, over {len(found)}"
    )
    for name, data, url, server in _stores(folder, "articles"):
        run(data, url, "migrate")
        with _newsroom(data, url) as newsroom:
            server.since_last(1)
            count, claims, seconds = _file(newsroom, Copies(found), number)
            print(
                f"articles: {name}: {1000 * seconds / count:.1f} ms of CPU to file one"
                f"{server.since_last(count)}, {count:,} articles, {claims / count:.1f} claims each"
            )
            start = time.process_time()
            newsroom.updates.catch_up()
            seconds = time.process_time() - start
            print(
                f"articles: {name}: {1e6 * seconds / claims:.0f} µs of CPU to index a claim"
                f"{server.since_last(claims)}"
            )
        print_sizes(f"articles: {name}", data, url, claims)
        print(f"articles: {name}: index", tree_bytes(data / "index", claims))


def _file(newsroom: Newsroom, copies: Copies, number: int) -> tuple[int, int, float]:
    """File copies until there are `number` claims; return articles, claims and CPU seconds."""
    newsroom.extractions.extractor = copies  # type: ignore[assignment]
    documents, seconds, filed = copies.documents(sys.maxsize), 0.0, 0
    while newsroom.store.archive.coverage().claims < number:
        for _ in range(ROUNDS):
            batch = list(islice(documents, FILING_BATCH))
            start = time.process_time()
            newsroom.intake.articles.ingest_without_indexing(batch, bulk=True, reingest=False)
            seconds += time.process_time() - start
            filed += len(batch)
    coverage = newsroom.store.archive.coverage()
    return coverage.articles, coverage.claims, seconds


def search(number: int, folder: Path) -> None:
    """Print the CPU time of an answer's first page, by class of query."""
    del number
    queries = json.loads((folder / "typed.json").read_text(encoding="utf-8"))
    with _newsroom(folder / "desk") as newsroom:
        newsroom.open()
        newsroom.search.find_rows("harbour", limit=3)
        for kind, texts_ in queries.items():
            times = sorted(_cpu_ms(newsroom.search.find_rows, text, limit=3) for text in texts_)
            p50, p99 = (times[int(share * (len(times) - 1))] for share in (0.5, 0.99))
            print(f"searches: {kind:8} {p50:.1f} ms of CPU (p50), {p99:.1f} (p99)", flush=True)


def change(number: int, folder: Path) -> None:
    """Print what one more article costs in a store of N claims."""
    del number
    with _newsroom(folder / "desk") as newsroom:
        newsroom.open()
        made = originals(CHANGES, Extractor(threads=1))
        copies = Copies(made)
        newsroom.extractions.extractor = copies  # type: ignore[assignment]
        archive, ingest = newsroom.store.archive, newsroom.intake.articles
        filing, indexing, counting = [], [], []
        for document in copies.documents(CHANGES):
            filing.append(
                _cpu_ms(ingest.ingest_without_indexing, [document], bulk=True, reingest=False)
            )
            indexing.append(_cpu_ms(newsroom.updates.catch_up))
            counting.append(_cpu_ms(archive.search_state))
        for name, times in ("filing", filing), ("indexing", indexing), ("counting", counting):
            p50, most = statistics.median(times), max(times)
            print(f"changes: {name} an article {p50:.1f} ms of CPU (p50), at most {most:.1f}")


def maintain(number: int, folder: Path) -> None:
    """Print what the commands cost that read the whole store."""
    file, restored = folder / "export.jsonl.gz", folder / "restored"
    file.unlink(missing_ok=True)
    shutil.rmtree(restored, ignore_errors=True)
    exporting, restoring = ("export", str(file)), ("restore", str(file), "--into", str(restored))
    for command in ("doctor",), exporting, restoring, ("reindex",):
        cost = run(folder / "desk", "", *command)
        print(
            f"upkeep: {command[0]} {cost.cpu:.1f} s of CPU, {1e6 * cost.cpu / number:.0f} µs a "
            f"claim, {cost.peak / MEGABYTE:.0f} MB at most",
            flush=True,
        )
    size = file.stat().st_size
    print(f"upkeep: the export has {size:,} bytes, {size / number:.0f} a claim")


def run_processes(number: int, folder: Path) -> None:
    """Print the memory of the processes of a newsroom with N claims."""
    asyncio.run(_answer_and_work(folder))
    articles = folder / "to_read"
    articles.mkdir(exist_ok=True)
    for n, text in enumerate(texts(CHANGES)):
        (articles / f"{number}-{n}.txt").write_text(text, encoding="utf-8")
    cost = run(folder / "desk", "", "ingest", "--bulk", str(articles))
    print(f"processes: reading {CHANGES} articles {cost.peak / MEGABYTE:.0f} MB at most, resident")


async def _answer_and_work(folder: Path) -> None:
    by_kind = json.loads((folder / "typed.json").read_text(encoding="utf-8"))
    queries = [query for several in zip(*by_kind.values(), strict=False) for query in several]
    load.set_watches(folder, queries, WATCHES)
    async with load.Slack().opened() as slack:
        for role in ("slack", "worker"):
            async with load.run_bot(folder, slack, role) as bot:
                print(f"processes: {role} at its start {memory(bot.process.pid)}")
                if role == "slack":
                    await load.send(slack, bot, queries[:20], 5, 10)
                    await load.send(slack, bot, queries, 10, 60)
                    print(f"processes: {role} after 600 commands {memory(bot.process.pid)}")
                    continue
                with load.ingesting(folder):
                    await asyncio.sleep(60)
                print(
                    f"processes: {role} with {WATCHES:,} watches, after some articles "
                    f"{memory(bot.process.pid)}"
                )


def _stores(folder: Path, name: str) -> Iterator[tuple[str, Path, str, ServerTime]]:
    """Yield each store's name, data folder, URL, and the time of its server."""
    yield "SQLite", folder / name, "", ServerTime(None)
    with postgres.run_server() as url:
        if url:
            yield "PostgreSQL", folder / f"{name}-postgres", f"{url}/postgres", ServerTime(url)


def _newsroom(data: Path, url: str = "") -> Newsroom:
    return Newsroom(config.load({"CLAIMDESK_DATA": str(data), "DATABASE_URL": url}))


def _cpu_ms(call: Callable[..., object], *arguments: object, **options: object) -> float:
    start = time.process_time()
    call(*arguments, **options)
    return (time.process_time() - start) * 1000


def _write_claims(number: int, folder: Path) -> None:
    """Write N claims and queries about them, unless the folder has them."""
    if (folder / "claims.jsonl").exists() and (folder / "typed.json").exists():
        return
    rows, queries = generate(number, folder)
    by_kind: dict[str, list[str]] = {}
    for query in queries:
        by_kind.setdefault(query.kind, []).append(typed(query))
    few = {kind: several[:QUERIES_OF_A_CLASS] for kind, several in by_kind.items()}
    (folder / "typed.json").write_text(json.dumps(few), encoding="utf-8")
    with (folder / "claims.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(rows))


PARTS = {
    "import": import_claims,
    "articles": file_articles,
    "searches": search,
    "changes": change,
    "upkeep": maintain,
    "processes": run_processes,
}


def main(number: int, parts: Iterable[str], folder: Path) -> None:
    """Measure the parts, in their order, in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_claims(number, folder)
    if not (folder / "desk").exists() and "import" not in parts:
        run(folder / "desk", "", "import", str(folder / "claims.jsonl"))
    for part in parts:
        print(f"-- {part}, {number:,} claims", flush=True)
        PARTS[part](number, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=list(PARTS))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        temporary = options.folder or stack.enter_context(tempfile.TemporaryDirectory())
        main(options.number, options.parts, Path(temporary))
