"""Scores the readers on web pages and files by others, which are not part of this project.

    python tests/ingest/foreign_pages.py FOLDER... [--pages]

Each FOLDER has the pages and `pages.json`: a list of objects with `file` and `kind` ("article" or
"none"); articles also have `text`, which is the main text without its title, and, where the page
prints them, `title`, `byline` and `date` (YYYY-MM-DD). `group` names a set to be scored by itself,
and `hint` is the name of a file that is no web page.
Pages with `apart` measure how well articles are told from other pages. `--pages` prints a line for
each page, worst first, and for no folder called "frozen".
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from bot.ingest.reader import read_bytes
from bot.model import Document

_MAX_BYTES = 20_000_000
_FIELDS = ("title", "byline", "date")

_Page = dict[str, Any]


class _Result(NamedTuple):
    page: _Page
    documents: list[Document]
    f1: float
    pairs_f1: float


def _cpu_seconds() -> float:
    """Return the CPU time of this process and of all that it started, also of those that run."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ticks, started = 0, {os.getpid()}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) in started:
                started.add(int(stat.parent.name))
                ticks += sum(map(int, fields[11:15]))
    own = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return own + ticks / os.sysconf("SC_CLK_TCK")


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def _f1(found: list[Any], expected: list[Any]) -> float:
    shared = sum((Counter(found) & Counter(expected)).values())
    return 2 * shared / (len(found) + len(expected)) if shared else 0.0


def _score(folder: Path, page: _Page) -> _Result:
    raw = (folder / page["file"]).read_bytes()
    origin, hint = f"https://example.org/{page['file']}", page.get("hint", "text/html")
    results = read_bytes(raw, origin=origin, max_bytes=_MAX_BYTES, hint=hint)
    documents = [result for result in results if isinstance(result, Document)]
    found = _words("\n".join(document.text for document in documents))
    title = _words(page.get("title"))
    if title and found[: len(title)] == title:
        found = found[len(title) :]
    text = _words(page.get("text"))
    pairs = [list(pairwise(words)) for words in (found, text)]
    return _Result(page, documents, _f1(found, text), _f1(*pairs))


def _judge(field: str, result: _Result) -> str:
    expected = result.page[field]
    document = result.documents[0] if result.documents else None
    if field == "date":
        day = document and document.published_on
        return "missing" if not day else "right" if day.isoformat() == expected else "wrong"
    found = _words(getattr(document, field, None))
    wanted = _words(expected)
    if not found:
        return "missing"
    if field == "byline":
        found = [word for word in found if word != "by"]
        is_right = set(wanted) <= set(found) and len(found) <= len(wanted) + 3
    else:
        without_site = _words(re.split(r" [-–—|»·] ", str(getattr(document, field)))[0])
        is_right = max(_f1(found, wanted), _f1(without_site, wanted)) >= 0.8
    return "right" if is_right else "wrong"


def _print_articles(name: str, results: list[_Result]) -> None:
    read = [result.f1 for result in results if result.documents]
    print(
        f"{name}: {len(results)} articles, words F1 {mean(r.f1 for r in results):.4f}"
        f" ({mean(read or [0]):.4f} of the {len(read)} read),"
        f" pairs {mean(r.pairs_f1 for r in results):.4f},"
        f" below .8: {sum(r.f1 < 0.8 for r in results)},"
        f" wrongly refused {1 - len(read) / len(results):.4f}"
    )
    for field in _FIELDS:
        judged = Counter(_judge(field, r) for r in results if r.page.get(field))
        if judged:
            print(f"  {field}:", *(f"{judged[key]} {key}" for key in ("right", "wrong", "missing")))


def _print_folder(folder: Path, *, with_pages: bool) -> None:
    pages: list[_Page] = json.loads((folder / "pages.json").read_text(encoding="utf-8"))
    start = _cpu_seconds()
    results = [_score(folder, page) for page in pages]
    cpu = _cpu_seconds() - start
    articles = [result for result in results if result.page["kind"] == "article"]
    groups = sorted({r.page.get("group", "") for r in articles})
    print(f"== {folder}: CPU {1000 * cpu / len(pages):.0f} ms a page")
    for group in groups:
        _print_articles(group or "all", [r for r in articles if r.page.get("group", "") == group])
    if len(groups) > 1:
        _print_articles("all", articles)
    apart = [r for r in results if r.page.get("apart")]
    right = sum(bool(r.documents) == (r.page["kind"] == "article") for r in apart)
    others = [bool(r.documents) for r in results if r.page["kind"] == "none"]
    if apart:
        print(f"told apart: {right} of {len(apart)} ({right / len(apart):.4f});", end=" ")
        print(f"read though no articles: {sum(others)} of {len(others)}")
    if with_pages and folder.name != "frozen":
        for r in sorted(results, key=lambda r: (r.page["kind"], r.f1)):
            is_read = "read" if r.documents else "refused"
            print(r.page["kind"], f"{r.f1:.3f}", is_read, r.page["file"])


def main(arguments: list[str]) -> None:
    """Print the figures of each folder that is there."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    folders = [folder for folder in folders if (folder / "pages.json").is_file()]
    if not folders:
        print("skipped: no corpus")
        return
    for folder in folders:
        _print_folder(folder, with_pages="--pages" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
