from __future__ import annotations

import contextvars
import io
import json
import logging
import re

import pytest

from bot.monitoring import logs
from bot.monitoring.requests import Request, begin_request

ADDRESS = "wss://wss.slack.example/link/?ticket=1f3b-77&app_id=A1"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def logged_to(stream: io.StringIO) -> logging.Logger:
    log = logging.Logger("bot.x")
    log.addHandler(logs.log_handler(stream))
    return log


def log_within_request(log: logging.Logger) -> Request:
    log.info("before")
    request = begin_request()
    log.info("within")
    return request


def log_failure(log: logging.Logger, address: str) -> None:
    try:
        int(address)
    except ValueError:
        log.exception('no: "%s", xoxb-1-2-aB, xapp-1-A', address)


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["json", "terminal"])
def test_a_log_has_no_tokens_and_no_tickets(stream: io.StringIO) -> None:
    log_failure(logged_to(stream), ADDRESS)
    shown = stream.getvalue()
    assert not any(secret in shown for secret in ("1f3b-77", "xoxb-1", "xapp-1"))
    assert shown.replace("\\u2026", "…").count("ticket=…&app_id=A1") == 2


def test_a_secret_at_the_end_of_a_quotation_leaves_valid_json() -> None:
    stream = io.StringIO()
    logged_to(stream).error('cannot open "wss://x/?ticket=1f3b-77"')
    assert json.loads(stream.getvalue())["message"] == 'cannot open "wss://x/?ticket=…"'


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["json", "terminal"])
def test_a_log_has_no_ids_of_people(stream: io.StringIO) -> None:
    log = logged_to(stream)
    log.info("withdrawn by %s in %s", "U024BE7LH", "C024BE7LR")
    log_failure(log, "watch/T024BE7LP/U024BE7LH/3 to D024BE7RE and W012A3CDE")
    shown = stream.getvalue()
    assert not re.search("U024BE7LH|D024BE7RE|W012A3CDE", shown)
    assert "C024BE7LR" in shown
    one, *others = re.findall("person-[0-9a-f]{6}", shown)
    assert others.count(one) == 2  # in the message and in the exception
    assert len({one, *others}) == 3


def test_words_in_capitals_stay_in_the_log() -> None:
    sentence = "UNIQUE constraint, UTF8, DELETE, DUPLICATE, xU024BE7LH, U024BE7LHa"
    assert logs.redact(sentence) == sentence


def test_a_json_line_says_when_how_bad_and_where() -> None:
    stream = io.StringIO()
    log_failure(logged_to(stream), "é\n")
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert (event["level"], event["logger"]) == ("error", "bot.x")
    assert event["message"].startswith('no: "é\n"')
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", event["time"])
    assert "ValueError" in event["exception"]
    assert "log_failure" in event["exception"]


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["json", "terminal"])
def test_a_line_has_the_reference_of_its_request(stream: io.StringIO) -> None:
    log = logged_to(stream)
    request = contextvars.copy_context().run(log_within_request, log)
    before, within = stream.getvalue().splitlines()
    if stream.isatty():
        assert before.endswith(" INFO bot.x: before")
        assert within.endswith(f" INFO bot.x [{request.reference}]: within")
    else:
        assert "ref" not in json.loads(before)
        assert json.loads(within)["ref"] == request.reference
