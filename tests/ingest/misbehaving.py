"""Readers that go wrong in every way, for the process apart to run."""

from __future__ import annotations

import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.ingest import parser
from bot.ingest.formats import pdf
from bot.ingest.parsed_file import FileStart, ParsedArticle, ParsedFeed
from bot.ingest.parser import SourceFile
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox import child
from bot.ingest.sandbox.feeds import FetchedContent
from bot.ingest.sandbox.process import FRAME


def echo(values: Any) -> Iterator[str | int]:
    yield from values


def echo_and_refuse(part: ParsedArticle) -> Iterator[ParsedArticle | Refusal]:
    yield part
    yield Refusal("why", "what to do", place="line 3", is_skipped=True)


def process(_: object) -> Iterator[int]:
    yield os.getpid()


def environment(_: object) -> Iterator[Mapping[str, str]]:
    yield dict(os.environ)


def read_file(path: str) -> Iterator[str]:
    """Read a file; {parent} in its name is the number of the program's process."""
    yield _outcome(lambda: Path(path.format(parent=os.getppid())).read_bytes())


def write_file(path: str) -> Iterator[str]:
    yield _outcome(lambda: Path(path).write_text("x"))


def connect(port: int) -> Iterator[str]:
    yield _outcome(lambda: socket.create_connection(("127.0.0.1", port), 5))


def run_program(name: str) -> Iterator[str]:
    yield _outcome(lambda: subprocess.run([name], check=True))


def stop_parent(_: object) -> Iterator[str]:
    yield _outcome(lambda: os.kill(os.getppid(), signal.SIGCONT))


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except OSError as error:
        return type(error).__name__
    return "done"


def hang(values: Any) -> Iterator[int | str]:
    """Yield our number and some values, then go on for ever in C code that lets nobody else in."""
    yield os.getpid()
    yield from values
    re.match(r"(a+)+$", "a" * 60 + "b")


def sleep(_: object) -> Iterator[int]:
    yield os.getpid()
    time.sleep(600)


def swallow_memory(_: object) -> Iterator[str | int]:
    yield "before"
    yield len([bytes(10_000_000) for _ in range(1000)])


def raise_error(_: object) -> Iterator[str]:
    yield "before"
    raise KeyError("the body of an article")


def leave(_: object) -> Iterator[str]:
    sys.exit(3)
    yield


def crash(_: object) -> Iterator[str]:
    yield "before"
    os.kill(os.getpid(), signal.SIGSEGV)


def abort(_: object) -> Iterator[str]:
    yield "before"
    os.abort()


def print_much(_: object) -> Iterator[str]:
    print("x" * 100_000)
    os.write(1, b"y" * 100_000)
    yield "after"


def read_with_bad_pdf(opened: SourceFile) -> Iterator[ParsedArticle | Refusal | FileStart]:
    """Like `parser.parse`, but a PDF makes its reader fail in the way that it names."""

    def read(raw: bytes) -> Iterator[Any]:
        ways = {b"raise": raise_error, b"crash": crash, b"swallow": swallow_memory}
        list(ways[raw[5:]](raw))
        yield

    pdf.read = read
    yield from parser.parse(opened)


# As if a file had taken the process over, so that it answers what it likes.


def answer(payload: bytes) -> Iterator[ParsedArticle | Refusal]:
    child.dump = lambda _: payload
    return iter([ParsedArticle("", {})])


def answer_for_ever(payload: bytes) -> Iterator[str]:
    child.dump = lambda _: payload
    return itertools.repeat("")


def announce_four_gigabytes(_: object) -> Iterator[str]:
    def send(parent: socket.socket, kind: bytes, _: bytes = b"") -> None:
        parent.sendall(FRAME.pack(kind, 2**32 - 1))
        time.sleep(600)

    child._send = send
    yield ""


def drip(_: object) -> Iterator[str]:
    def send(parent: socket.socket, kind: bytes, _: bytes = b"") -> None:
        parent.sendall(FRAME.pack(kind, 1000))
        while True:
            parent.sendall(b"x")
            time.sleep(0.1)

    child._send = send
    yield ""


def send_an_unknown_kind(_: object) -> Iterator[str]:
    child.RESULT = b"?"
    yield ""


def send_ready_again(_: object) -> Iterator[str]:
    child.RESULT = child.READY
    yield ""


def read_no_more(_: object) -> Iterator[str]:
    """Answer in good order, then let the next request wait."""
    send = child._send

    def send_and_sleep(parent: socket.socket, kind: bytes, payload: bytes = b"") -> None:
        send(parent, kind, payload)
        if kind == child.END:
            time.sleep(20)

    child._send = send_and_sleep
    yield "last"


def send_feed(served: FetchedContent) -> Iterator[ParsedFeed | Refusal]:
    child.dump = lambda _: served.body
    return iter([Refusal("", "")])


def name_feeds(served: FetchedContent) -> Iterator[list[str]]:
    yield served.body.decode("utf-8", "surrogatepass").split("\n")


def name_feeds_for_ever(_: object) -> Iterator[list[str]]:
    yield from itertools.repeat(["https://tidewaterpost.example/" + "x" * 1_000_000])


def crash_with_many_words(_: object) -> Iterator[str]:
    child._describe = lambda _: "\x1b[31m" + "x" * 9000
    raise KeyError
    yield
