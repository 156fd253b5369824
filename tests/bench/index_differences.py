"""Compare what the index on a cluster finds with what the embedded index finds.

    python -m tests.bench.index_differences [N] [--shards SHARDS …] [--nodes NODES]
    python -m tests.bench.index_differences --clef FOLDER [--shards SHARDS …] [--nodes NODES]

Files N claims (10,000) and asks every index the queries of each class. Prints how often the target
was among the first five, and how often both indexes gave the same five claims in the same order,
the same five in any order, and the same total. Mistyped queries in which a mistake happens to be an
English word are counted apart: such words are not corrected.

--clef takes the unpacked train and dev sets of CLEF 2020 CheckThat! task 2 and prints the mean
average precision at 5 of `claim --plain`, by words alone.

The cluster has NODES (1) nodes, and its index SHARDS (1); several numbers are tried in turn.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot import config
from bot.languages.wordlist import is_word
from bot.model import Answer
from bot.newsroom import Newsroom
from tests.bench.search_claims import BenchQuery, generate
from tests.bench.search_speed import lines, typed
from tests.opensearch.launcher import patient_searches, start_cluster

JARS = Path(__file__).resolve().parents[2] / ".pytest_cache" / "d" / "opensearch"
LIMIT = 5


class Found(NamedTuple):
    """The numbers of the best claims, best first, and how many match in all."""

    best: list[int]
    total: int


def main(options: argparse.Namespace) -> None:
    """Load the claims, and ask each index."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(patient_searches())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        nodes = stack.enter_context(start_cluster(JARS, options.nodes))
        ask: Callable[[Newsroom], None]
        if options.clef:
            claims: Iterable[str] = checked_claims(options.clef)
            tweets, relevant = read_tweets(options.clef)
            ask = lambda newsroom: print_precision(newsroom, tweets, relevant)  # noqa: E731
        else:
            rows, queries = generate(options.claims, folder)
            claims, expected = lines(rows), {}
            ask = lambda newsroom: print_found(newsroom, queries, expected)  # noqa: E731
        settings = config.load({"CLAIMDESK_DATA": str(folder / "desk")})
        embedded = replace(settings, search=replace(settings.search, vectors=False))
        with Newsroom(embedded) as newsroom:
            newsroom.open()
            list(newsroom.intake.imports.import_claims(claims))
            print("embedded", flush=True)
            ask(newsroom)
        for shards in options.shards:
            search = replace(embedded.search, url=" ".join(nodes), shards=shards, replicas=0)
            with Newsroom(replace(embedded, search=search)) as newsroom:
                newsroom.updates.reindex()
                print(f"cluster of {len(nodes)}, {shards} shards", flush=True)
                ask(newsroom)


def print_found(
    newsroom: Newsroom, queries: Sequence[BenchQuery], expected: dict[str, Found]
) -> None:
    """Print the shares of each class; the first index's answers become those expected of others."""
    by_kind: dict[str, list[BenchQuery]] = defaultdict(list)
    for query in queries:
        by_kind[kind_of(query)].append(query)
    for kind, of_kind in by_kind.items():
        pairs = []
        for query in of_kind:
            found = found_by(newsroom.search.find(typed(query), limit=LIMIT))
            pairs.append((found, expected.setdefault(typed(query), found)))
        shares = {
            "found": (
                query.target in ours.best for query, (ours, _) in zip(of_kind, pairs, strict=True)
            ),
            "same order": (ours.best == theirs.best for ours, theirs in pairs),
            "same five": (set(ours.best) == set(theirs.best) for ours, theirs in pairs),
            "same total": (ours.total == theirs.total for ours, theirs in pairs),
        }
        printed = (f"{name} {sum(hits) / len(of_kind):.3f}" for name, hits in shares.items())
        print(f"{kind:24} {len(of_kind):4} queries: {', '.join(printed)}", flush=True)


def kind_of(query: BenchQuery) -> str:
    """The class of a query; mistyped ones with a word of the language are one of their own."""
    if query.kind == "typo" and any(map(is_word, query.words)):
        return "typo, a listed word"
    return query.kind


def found_by(answer: Answer) -> Found:
    """What an answer shows."""
    return Found([int(hit.claim.ref or 0) for hit in answer.hits], answer.total)


def checked_claims(folder: Path) -> Iterator[str]:
    """Yield the checked claims as lines for `claimdesk import`."""
    for number, claim, title in read_table(folder / "verified_claims.docs.tsv"):
        yield json.dumps({"ref": int(number), "text": claim, "title": title})


def read_tweets(folder: Path) -> tuple[dict[str, str], dict[str, set[int]]]:
    """The tweets of both sets, and the claims that each should find."""
    tweets: dict[str, str] = {}
    relevant: dict[str, set[int]] = defaultdict(set)
    for part in ("train", "dev"):
        tweets |= {
            f"{part} {number}": text
            for number, text in read_table(folder / part / "tweets.queries.tsv")
        }
        pairs = (folder / part / "tweet-vclaim-pairs.qrels").read_text("utf-8").splitlines()
        for number, _, claim, is_relevant in map(str.split, pairs):
            if is_relevant == "1":
                relevant[f"{part} {number}"].add(int(claim))
    return tweets, relevant


def read_table(path: Path) -> Iterator[list[str]]:
    """Yield the rows below the head of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t")
        next(rows)
        yield from rows


def print_precision(
    newsroom: Newsroom, tweets: Mapping[str, str], relevant: Mapping[str, set[int]]
) -> None:
    """Print the mean average precision at 5."""
    precisions = []
    for number, claims in relevant.items():
        best = found_by(newsroom.search.find_plain(tweets[number], limit=LIMIT)).best
        ranks = [rank for rank, claim in enumerate(best, 1) if claim in claims]
        hits = sum(count / rank for count, rank in enumerate(ranks, 1))
        precisions.append(hits / min(LIMIT, len(claims)))
    print(f"{len(precisions)} tweets: MAP@5 {sum(precisions) / len(precisions):.4f}", flush=True)


def options() -> argparse.Namespace:
    """Read the options of the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("claims", type=int, nargs="?", default=10_000)
    parser.add_argument("--clef", type=Path)
    parser.add_argument("--shards", type=int, nargs="+", default=[1])
    parser.add_argument("--nodes", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main(options())
