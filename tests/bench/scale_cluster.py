"""Measure what a claim costs on one OpenSearch node: CPU seconds, bytes, memory.

    python -m tests.bench.scale_cluster FOLDER

Builds the index of the store in FOLDER/desk on a node of its own, without replicas. Needs what the
tests of the cluster need (tests/opensearch/launcher.py).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot import config
from bot.newsroom import Newsroom
from tests.bench.scale_processes import MEGABYTE, process_seconds
from tests.opensearch.launcher import start_cluster

CACHE = Path(__file__).resolve().parents[2] / ".pytest_cache" / "d" / "opensearch"


def main(folder: Path) -> None:
    """Build the index, and print what it took and what it takes."""
    settings = config.load({"CLAIMDESK_DATA": str(folder / "desk"), "DATABASE_URL": ""})
    CACHE.mkdir(parents=True, exist_ok=True)
    with start_cluster(CACHE) as nodes:
        ((address, node),) = nodes.items()
        search = replace(settings.search, url=address, replicas=0)
        with Newsroom(replace(settings, search=search)) as newsroom:
            ours, theirs = time.process_time(), process_seconds(node.pid)
            claims = newsroom.updates.reindex()
            ours, theirs = time.process_time() - ours, process_seconds(node.pid) - theirs
        print(
            f"cluster: {claims:,} claims, {1e6 * ours / claims:.0f} µs of our CPU a claim and "
            f"{1e6 * theirs / claims:.0f} µs of the node's"
        )
        _print_sizes(address, claims)
        _print_memory(address, node)


def _print_sizes(address: str, claims: int) -> None:
    indexes = _get(f"{address}/claimdesk-*/_stats/docs,store,segments")["indices"]
    for name, stats in indexes.items():
        docs, size = stats["total"]["docs"]["count"], stats["total"]["store"]["size_in_bytes"]
        segments = stats["total"]["segments"]["count"]
        print(
            f"cluster: {name}: {docs:,} documents in {segments} segments, {size:,} bytes, "
            f"{size / claims:.0f} a claim"
        )


def _print_memory(address: str, node: subprocess.Popen[bytes]) -> None:
    (stats,) = _get(f"{address}/_nodes/stats/jvm,indices")["nodes"].values()
    heap = stats["jvm"]["mem"]["heap_used_in_bytes"] / MEGABYTE
    kept = stats["indices"]["segments"]["memory_in_bytes"]
    status = Path(f"/proc/{node.pid}/status").read_text()
    resident = int(status.partition("VmRSS:")[2].split()[0]) * 1024 / MEGABYTE
    print(
        f"cluster: the node's heap has {heap:.0f} MB in use, {kept:,} bytes of them for "
        f"segments; {resident:.0f} MB resident"
    )


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
