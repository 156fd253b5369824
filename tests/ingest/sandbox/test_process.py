"""The process apart: whatever a parser does there costs its own file only."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.ingest.metadata import MAX_FIELD_LENGTH, Published
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox import process as apart
from bot.ingest.sandbox.process import TimeBudget
from tests.ingest import misbehaving
from tests.ingest.misbehaving import echo, process

ROOT = Path(__file__).parents[3]
SECONDS = 60.0
MEMORY = 200_000_000
MOMENT = datetime(2026, 11, 3, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    apart.close()
    yield
    apart.close()


def patient(seconds: float = SECONDS) -> TimeBudget:
    return TimeBudget(seconds, 10 * SECONDS)


def run(function: Callable[[Any], Iterator[Any]], *, seconds: float = SECONDS) -> list[Any]:
    return list(apart.run(function, (), budget=patient(seconds), memory=MEMORY))


def is_gone(number: int) -> bool:
    """Whether a process has ended, be it that nobody has asked for its exit code yet."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


def wait_until_gone(number: int) -> bool:
    ends = time.monotonic() + SECONDS
    while not is_gone(number) and time.monotonic() < ends:
        time.sleep(0.02)
    return is_gone(number)


def test_values_come_back_as_they_are() -> None:
    published = Published(date(2026, 11, 3), MOMENT, "2026-11-03")
    part = ParsedArticle(
        "“Shut”, she said.\ud7ff\ud800😀",
        {"published": published, "modified_at": MOMENT, "revision": 3, "sample": True},
        "line 1",
    )
    (same, refusal) = apart.run(misbehaving.echo_and_refuse, part, budget=patient(), memory=MEMORY)
    assert same == part
    assert isinstance(refusal, Refusal)
    assert (refusal.cause, refusal.remedy) == ("why", "what to do")
    assert (refusal.place, refusal.is_skipped) == ("line 3", True)


def test_a_process_is_reused_between_files() -> None:
    assert run(process) == run(process) == run(process)
    (number,) = run(process)
    apart.close()
    assert is_gone(number)
    assert run(process) != [number]


@pytest.mark.parametrize(
    ("function", "before", "cause"),
    [
        (misbehaving.raise_error, ["before"], "crashed (KeyError at misbehaving.py, line "),
        (misbehaving.crash, ["before"], "crashed (signal 11)"),
        (misbehaving.abort, ["before"], "crashed (signal 6)"),
        (misbehaving.leave, [], "crashed (exit code 3)"),
        (misbehaving.swallow_memory, ["before"], "more than 200 MB of memory"),
        (misbehaving.announce_four_gigabytes, [], "crashed (it sent more than a file can hold)"),
        (misbehaving.send_an_unknown_kind, [], "crashed (it sent an unexpected message)"),
        (misbehaving.send_ready_again, [], "crashed (it sent an unexpected message)"),
    ],
)
def test_a_reader_failure_does_not_affect_the_next_file(
    function: Callable[[Any], Iterator[Any]], before: list[str], cause: str
) -> None:
    *values, refusal = run(function)
    assert values == before
    assert isinstance(refusal, Refusal)
    assert cause in refusal.cause
    assert "the body" not in refusal.cause
    assert refusal.remedy
    assert list(apart.run(echo, ("next",), budget=patient(), memory=MEMORY)) == ["next"]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"{",
        pickle.dumps(ParsedArticle("text", {})),
        b"[" * 500_000,
        b"null",
        b'"text"',
        b"[]",
        b"{}",
        b'{"ParsedArticle": {"text": "a", "metadata": {}}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {}, "place": "", "more": 1}}',
        b'{"ParsedArticle": {"text": 7, "metadata": {}, "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": [], "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {"title": ["b"]}, "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {"origin": "b"}, "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {"revision": 1e3}, "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {"revision": 2147483648}, "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {"embargo": {"datetime": "soon"}},'
        b' "place": ""}}',
        b'{"ParsedArticle": {"text": "a", "metadata": {"embargo": {"datetime": 7}}, "place": ""}}',
        b'{"Refusal": {"cause": "a", "remedy": "", "place": "", "is_skipped": 1}}',
        b'{"ParsedFeed": {"title": "", "link": "", "language": "", "outlet": "",'
        b' "fetch_interval": null, "entries": [], "refusals": []}}',
        b'{"ReaderFailure": {"cause": "a", "remedy": "", "place": "", "is_skipped": true}}',
        b'{"Path": {"text": "a"}}',
    ],
)
def test_an_unexpected_result_type_is_refused(payload: bytes) -> None:
    (refusal,) = apart.run(misbehaving.answer, payload, budget=patient(), memory=MEMORY)
    assert isinstance(refusal, apart.ReaderFailure)
    assert refusal.cause == "the reader crashed (it sent an unreadable answer)"


def test_an_endless_reader_is_stopped() -> None:
    found = apart.run(misbehaving.answer_for_ever, b'"1234567"', budget=patient(), memory=14_000)
    *values, refusal = found
    assert len(values) == 1000
    assert isinstance(refusal, apart.ReaderFailure)
    assert "sent more than a file can hold" in refusal.cause


def test_all_answers_together_may_take_only_so_long() -> None:
    limits = TimeBudget(SECONDS, 8)
    values = apart.run(misbehaving.answer_for_ever, b'"a"', budget=limits, memory=14_000)
    assert next(values) == "a"
    limits.seconds_left = 0
    (refusal,) = values
    assert isinstance(refusal, Refusal)
    assert "all of it takes more than 8 seconds" in refusal.cause
    (again,) = apart.run(echo, ("next",), budget=limits, memory=MEMORY)
    assert isinstance(again, Refusal)
    assert again.cause == refusal.cause


def test_a_process_that_reads_no_requests_times_out() -> None:
    assert run(misbehaving.read_no_more) == ["last"]
    long = ("x" * 1_000_000,)
    (refusal,) = apart.run(echo, long, budget=patient(1), memory=MEMORY)
    assert isinstance(refusal, apart.ReaderFailure)
    assert refusal.cause == "reading it took more than 1 seconds"


def test_single_bytes_do_not_put_off_a_timeout() -> None:
    (refusal,) = apart.run(misbehaving.drip, (), budget=patient(2), memory=MEMORY)
    assert refusal.cause == "reading it took more than 2 seconds"


def test_a_result_longer_than_a_file_is_refused() -> None:
    short, long = (b'"%s"' % (b"x" * length) for length in (97, 99))
    found = apart.run(misbehaving.answer_for_ever, short, budget=patient(), memory=500)
    assert next(found) == "x" * 97
    (refusal,) = apart.run(misbehaving.answer, long, budget=patient(), memory=500)
    assert "sent more than a file can hold" in refusal.cause  # type: ignore[union-attr]


def test_failure_messages_are_short_and_printable() -> None:
    (refusal,) = run(misbehaving.crash_with_many_words)
    assert len(refusal.cause) < 300
    assert "\x1b" not in refusal.cause
    refused = (
        b'{"Refusal": {"cause": "a\\u001b[31m%s", "remedy": "", "place": "", "is_skipped": true,'
        b' "can_force": false}}'
    )
    payload = refused % (b"x" * 9000)
    (refusal,) = apart.run(misbehaving.answer, payload, budget=patient(), memory=MEMORY)
    assert isinstance(refusal, Refusal)
    assert refusal.cause.startswith("a[31m")
    assert len(refusal.cause) == MAX_FIELD_LENGTH


def test_a_hanging_reader_is_killed_and_its_results_kept() -> None:
    found = list(apart.run(misbehaving.hang, ("a", "b"), budget=patient(5), memory=MEMORY))
    number, *values, refusal = found
    assert values == ["a", "b"]
    assert refusal.cause == "reading it took more than 5 seconds"
    assert is_gone(number)
    assert list(apart.run(echo, ("next",), budget=patient(), memory=MEMORY)) == ["next"]


def test_printed_output_is_not_a_result() -> None:
    assert run(misbehaving.print_much) == ["after"]


def test_a_reader_cannot_see_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    (environment,) = run(misbehaving.environment)
    assert "SLACK_BOT_TOKEN" not in environment


def test_an_abandoned_process_is_killed() -> None:
    found = apart.run(misbehaving.sleep, (), budget=patient(), memory=MEMORY)
    number = next(found)
    found.close()  # type: ignore[attr-defined]
    assert is_gone(number)


def test_one_thread_can_use_two_processes() -> None:
    one = apart.run(echo, range(3), budget=patient(), memory=MEMORY)
    other = apart.run(echo, range(3), budget=patient(), memory=MEMORY)
    assert list(zip(one, other, strict=True)) == [(0, 0), (1, 1), (2, 2)]


def test_a_fourth_process_waits_for_one_of_three() -> None:
    held = [apart.run(misbehaving.sleep, (), budget=patient(), memory=MEMORY) for _ in range(3)]
    numbers = [next(one) for one in held]
    assert not apart._turns.acquire(blocking=False)
    with ThreadPoolExecutor(1) as threads:
        fourth = threads.submit(run, process)
        held[0].close()  # type: ignore[attr-defined]
        assert is_gone(numbers[0])
        assert fourth.result(SECONDS)
    for one in held[1:]:
        one.close()  # type: ignore[attr-defined]


def test_several_threads_read_and_one_process_is_kept() -> None:
    def read(start: int) -> list[Any]:
        values = range(start, start + 50)
        return list(apart.run(echo, values, budget=patient(), memory=MEMORY))

    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(read, range(9)))
    assert found == [list(range(start, start + 50)) for start in range(9)]
    (first,), (second,) = run(process), run(process)
    assert first == second


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="skipped: only Linux tells")
@pytest.mark.parametrize("reader", ["hang", "sleep", "process"])
def test_a_process_ends_with_its_killed_parent(reader: str) -> None:
    code = (
        "import time\n"
        "from bot.ingest.sandbox import process as apart\n"
        "from tests.ingest import misbehaving\n"
        "budget = apart.TimeBudget(600, 600)\n"
        f"for one in apart.run(misbehaving.{reader}, (), budget=budget, memory={MEMORY}):\n"
        "    print(one, flush=True)\n"
        "print('idle', flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        number = int(parent.stdout.readline())
        if reader == "process":
            assert parent.stdout.readline() == "idle\n"
        assert not is_gone(number)
        parent.send_signal(signal.SIGKILL)
    assert wait_until_gone(number)
