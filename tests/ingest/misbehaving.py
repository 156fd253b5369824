"""Readers that go wrong in every way, for the process apart to run."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.ingest import opening
from bot.ingest.formats import pdf
from bot.ingest.opening import Opened


def echo(values: Any) -> Iterator[Any]:
    yield from values


def process(_: object) -> Iterator[Any]:
    yield os.getpid()


def environment(_: object) -> Iterator[Any]:
    yield dict(os.environ)


def hang(values: Any) -> Iterator[Any]:
    """Yield our number and some values, then go on for ever in C code that lets nobody else in."""
    yield os.getpid()
    yield from values
    re.match(r"(a+)+$", "a" * 60 + "b")


def sleep(_: object) -> Iterator[Any]:
    yield os.getpid()
    time.sleep(600)


def swallow_memory(_: object) -> Iterator[Any]:
    yield "before"
    yield len([bytes(10_000_000) for _ in range(1000)])


def raise_error(_: object) -> Iterator[Any]:
    yield "before"
    raise KeyError("the body of an article")


def leave(_: object) -> Iterator[Any]:
    sys.exit(3)
    yield


def crash(_: object) -> Iterator[Any]:
    yield "before"
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(_: object) -> Iterator[Any]:
    yield "before"
    os.abort()


def print_much(_: object) -> Iterator[Any]:
    print("x" * 100_000)
    os.write(1, b"y" * 100_000)
    yield "after"


def read_with_bad_pdf(opened: Opened) -> Iterator[Any]:
    """As `opening.read`, but that a PDF brings its reader down in the way that it names."""

    def read(raw: bytes) -> Iterator[Any]:
        ways = {b"raise": raise_error, b"crash": crash, b"swallow": swallow_memory}
        list(ways[raw[5:]](raw))
        yield

    pdf.read = read
    yield from opening.read(opened)


def answer_with_code(_: object) -> Iterator[Any]:
    yield Path


def answer_with_a_call(_: object) -> Iterator[Any]:
    class Call:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.system, ("exit 7",)

    yield Call()
