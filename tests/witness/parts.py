"""The parts of the comparison: what a tree makes of the inputs, through its commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.witness import renames
from tests.witness.comparison import Ranked, Rows
from tests.witness.inputs import DAYS, FRIDAY
from tests.witness.tree import Tree
from tests.witness.workspace import talk_in

NAMES = ("id", "content", "name", "sentence", "number", "location")
"""The fields that identify a record in a list: the first that it has."""
UNSTABLE = {"took_ms", "received", "left", "text_sha", "score"}
"""Fields that depend on the time, or repeat others."""


def extract(tree: Tree, inputs: Path) -> Rows:
    """The attributions and unattributed sentences of each article."""
    data, rows = tree.store("extract"), Rows()
    articles = [str(path) for path in sorted((inputs / "articles").iterdir())]
    for line in _lines(tree.run(data, FRIDAY, "extract", "--json", *articles)):
        rows[line["id"]] = {name: _by_content(line, part) for name, part in line.items()}
    return rows


def _by_content(line: dict[str, Any], part: Any) -> Any:
    """Name each record of a list by its text: an id changes with what stands before it."""
    if not (isinstance(part, list) and part and isinstance(part[0], dict)):
        return _comparable(part)
    rows = Ranked()
    for one in part:
        texts = [line["text"][start:end] for start, end in one["content"]]
        fields = {k: v for k, v in one.items() if k not in ("id", "inside", "near")}
        rows[f"“{' … '.join(texts)}” {one['content'][0][0]}"] = _comparable(fields)
    return rows


def ingest(tree: Tree, inputs: Path) -> Rows:
    """What each sample becomes: outcomes, errors, and each article as it is kept."""
    data, rows, ids = tree.store("ingest"), Rows(), dict[str, str]()
    folders = [str(inputs / "samples"), str(inputs / "seeds")]
    for line in _lines(tree.run(data, FRIDAY, "ingest", "--json", *folders)):
        path = line["path"].removeprefix(f"{inputs}/")
        ids |= {one["id"]: path for one in line["articles"]}
        rows[path] = {"outcome": _comparable(line)}
    for line in _lines(tree.run(data, FRIDAY, "article", "--json", *ids)):
        rows[f"{ids[line['id']]} › {line['id']}"] = {"article": _comparable(line)}
    return rows


def seed_queries(tree: Tree, inputs: Path) -> Rows:
    """The answers to queries over the sample articles, with search by meaning."""
    data = tree.store("seeds", vectors=True)
    tree.run(data, FRIDAY, "ingest", str(inputs / "seeds"))
    tree.run(data, FRIDAY, "vectors")
    return _answers(tree, data, inputs / "seeds.queries")


def claim_queries(tree: Tree, inputs: Path) -> Rows:
    """The answers to queries over many made claims."""
    data = tree.store("claims")
    tree.run(data, FRIDAY, "ingest", "--bulk", str(inputs / "claims"))
    return _answers(tree, data, inputs / "claims.queries")


def _answers(tree: Tree, data: Path, queries: Path) -> Rows:
    printed = tree.run(data, FRIDAY, "claim", "--json", "-", typed=queries.read_text("utf-8"))
    return Rows(
        (f"{number}. {line['query']}", _comparable(line))
        for number, line in enumerate(_lines(printed), 1)
    )


def slack(tree: Tree, inputs: Path) -> Rows:
    """What the bot shows in a fixed conversation in Slack."""
    data = tree.store("slack")
    tree.run(data, FRIDAY, "ingest", str(inputs / "seeds"))
    return talk_in(tree, data, FRIDAY)


def digests(tree: Tree, inputs: Path) -> Rows:
    """A week of digests, of articles that arrived day by day."""
    data, rows = tree.store("digests"), Rows()
    for number, day in enumerate(DAYS):
        tree.run(data, day, "ingest", str(inputs / "days" / str(number)))
        shown = ["digest", "preview", "--date", str(day.date() + timedelta(days=1))]
        for form, options in (("as posted", []), ("Markdown", ["--format", "markdown"])):
            printed = tree.run(data, day, *shown, *options)
            rows[f"{day:%A}, {form}"] = {form: tuple(printed.splitlines())}
    return rows


PARTS = {
    "extract": extract,
    "ingest": ingest,
    "queries over the seeds": seed_queries,
    "slack": slack,
    "digests": digests,
    "queries over made claims": claim_queries,
}


def _lines(printed: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, printed.splitlines())


def _comparable(value: Any) -> Any:
    """Turn JSON into rows, fields and lines, under today's names."""
    if isinstance(value, dict):
        kept = value.keys() - UNSTABLE - renames.REMOVED.keys()
        return {renames.FIELDS.get(k, k): _comparable(v) for k, v in value.items() if k in kept}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        names = [next((str(one[k]) for k in NAMES if k in one), "") for one in value]
        if len(set(names)) < len(names):
            names = [f"{name} {number}".strip() for number, name in enumerate(names, 1)]
        return Ranked(zip(names, map(_comparable, value), strict=True))
    if isinstance(value, str) and "\n" in value:
        return tuple(value.splitlines())
    return round(value, 2) if isinstance(value, float) else value
