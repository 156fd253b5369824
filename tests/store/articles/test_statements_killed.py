"""kill -9 while claims are filed, corrected, ruled on or withdrawn leaves those of a whole run."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from bot.statements.filing import RULES
from bot.store import HistoryUpdate, Store
from bot.store.schema import claims, statement_keys, statement_relations, statements
from tests.soak import SOAK
from tests.store.articles.test_statements import (
    NOON,
    STOLEN,
    Day,
    an_article,
    assert_whole,
    correct,
    file,
    rows,
    rule,
    said,
    undo,
)

ROUNDS = 20 if SOAK else 1

MOLES = (("Ann Mole", "Ben Mole"),)
CHILD = "from tests.store.articles import test_statements_killed as test; test.run()"
# fmt: off
READ = (
    sa.select(claims.c.id, claims.c.statement), sa.select(statements),
    sa.select(statement_relations), sa.select(statement_keys),
)
# fmt: on


def steps(seed: int) -> Iterator[Callable[[Store], object]]:
    """Yield the changes of a made day, each one transaction with a change number of its own."""
    day = Day(seed)
    for number, name in enumerate(("Ann Mole", "Ben Mole")):
        article = an_article(f"m{number}", "Post", 1)
        yield partial(file, article=article, found=[said(article.id, 0, STOLEN, name)])
    for id_, article in day.printed.items():
        yield partial(file, article=article, found=day.found[id_])
    for number, (id_, article) in enumerate(day.printed.items()):
        later = replace(article, version=number + 2, text=f"Later {id_}")
        if number % 3 == 0:
            yield partial(correct, claim_id=day.found[id_][0].id, number=number)
        if number == 1:
            yield lambda store: rule(store, "merged", *MOLES)
        if number == 2:
            yield lambda store: undo(store, "merged", *MOLES)
        if number % 3 == 1:
            yield partial(file, article=later, found=day.found[id_][1:], is_known=True)
            yield partial(withdraw, article_id=id_)
        if number % 3 == 2:
            yield partial(remove, article_id=id_)
            yield partial(file, article=article, found=day.found[id_])


def withdraw(store: Store, article_id: str) -> None:
    step = HistoryUpdate(article_id=article_id, demoted_to="withdrawn", reason="killed")
    store.archive.apply_steps([step], arrival="single", now=lambda: NOON)


def remove(store: Store, article_id: str) -> None:
    store.archive.remove([article_id], reason="test", block_reimport=False, removed_at=NOON)


def read(store: Store) -> list[object]:
    return [sorted(map(repr, rows(store, query))) for query in READ]


def open_at(path: str) -> Store:
    return Store(f"sqlite:///{path}", statement_rules=RULES)


def run() -> None:
    """Make those changes that the store does not have yet."""
    path, seed, numbers = sys.argv[1:]
    store = open_at(path)
    print("begun", flush=True)
    for step, number in zip(steps(int(seed)), json.loads(numbers), strict=True):
        if store.archive.state()[1] < number:
            step(store)


def test_killed_runs_leave_the_statements_of_a_whole_run(tmp_path: Path) -> None:
    rng, killed = random.Random(7), 0
    for seed in range(ROUNDS):
        whole = open_at(str(tmp_path / f"whole{seed}"))
        numbers, states = [], {0: read(whole)}
        start = time.monotonic()
        for step in steps(seed):
            step(whole)
            numbers.append(whole.archive.state()[1])
            states[numbers[-1]] = read(whole)
        seconds = time.monotonic() - start
        whole.close()
        assert len(states) == len(numbers) + 1, "a step made no change of its own"

        path = str(tmp_path / f"killed{seed}")
        command = [sys.executable, "-c", CHILD, path, str(seed), json.dumps(numbers)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
        time.sleep(rng.uniform(0, seconds))
        child.send_signal(signal.SIGKILL)
        killed += child.wait() == -signal.SIGKILL
        store = open_at(path)
        assert read(store) == states[store.archive.state()[1]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        assert read(store) == states[numbers[-1]]
        assert_whole(store)
        store.close()
    assert killed, "all runs ended before they were killed: this shows nothing"
