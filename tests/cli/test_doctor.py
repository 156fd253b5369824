"""What the doctor says of parts that a whole process would take long to bring into that state."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import config
from bot.cli import doctor
from bot.config import DigestSettings, SlackSettings
from bot.delivery.kinds import KINDS, NON_SLACK_KINDS
from bot.model import Feed, IncidentKind
from bot.newsroom import Newsroom
from tests.cli.program import claimdesk

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
WELL = Feed(
    id="f0",
    url="https://post.example/feed",
    added_as="https://post.example/feed",
    added_by="cli",
    added_at=NOON,
    interval_seconds=600,
    title="The Post",
    polled_at=NOON,
)
FAILING: dict[str, Any] = {"failing_since": NOON, "failures": 3, "failure": "no answer"}


@pytest.mark.parametrize(
    ("well", "failing", "gone", "verdict"),
    [
        (3, 0, 0, "ok"),
        (3, 1, 0, "note"),
        (2, 1, 1, "note"),
        (2, 2, 1, "problem"),
        (0, 0, 1, "problem"),
    ],
)
def test_feeds_are_ill_when_most_of_them_cannot_be_read(
    well: int, failing: int, gone: int, verdict: str
) -> None:
    feeds = [WELL] * well + [replace(WELL, **FAILING)] * failing
    feeds += [replace(WELL, state="gone", **FAILING)] * gone
    newsroom = cast(Newsroom, SimpleNamespace(feeds=SimpleNamespace(all=lambda: feeds)))
    found = doctor._check_feeds(newsroom)
    assert found.verdict == verdict
    if failing + gone:
        assert found.message.startswith(f"{failing + gone} of {len(feeds)} can't be read:")


@pytest.mark.parametrize(
    ("token", "kinds"), [(None, NON_SLACK_KINDS), ("xoxb-1", frozenset(KINDS))]
)
def test_jobs_that_need_slack_are_overdue_only_with_slack(
    token: str | None, kinds: frozenset[str]
) -> None:
    checked: list[frozenset[str]] = []

    def count_overdue(kinds: frozenset[str]) -> tuple[int, timedelta]:
        checked.append(kinds)
        return 0, timedelta()

    newsroom = SimpleNamespace(
        store=SimpleNamespace(jobs=SimpleNamespace(counts=list)),
        settings=SimpleNamespace(slack=SlackSettings(bot_token=token)),
        delivery=SimpleNamespace(jobs=SimpleNamespace(count_overdue=count_overdue)),
    )
    doctor._check_jobs(cast(Newsroom, newsroom))
    assert checked == [kinds]


def test_doctor_notes_that_charts_need_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not list(doctor._check_chart(DigestSettings()))
    monkeypatch.setitem(sys.modules, "PIL", None)
    (found,) = doctor._check_chart(DigestSettings())
    assert found.verdict == "note"
    assert "pip install 'claimdesk[chart]'" in found.message
    assert not list(doctor._check_chart(DigestSettings(chart=False)))


def test_of_many_feeds_that_cannot_be_read_some_are_named() -> None:
    feeds = [replace(WELL, id=f"f{n}", **FAILING) for n in range(218)]
    newsroom = cast(Newsroom, SimpleNamespace(feeds=SimpleNamespace(all=lambda: feeds)))
    first, *named, last = doctor._check_feeds(newsroom).message.splitlines()
    assert first == "218 of 218 can't be read:"
    assert len(named) == 10
    assert last == "and 208 more; claimdesk feed list shows all"


def test_one_cause_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "claimdesk.sqlite3").write_text("no database at all " * 9)
    done = claimdesk(tmp_path / "data", "doctor")
    assert done.code == 1
    assert done.out.count("file is not a database") == 1
    assert done.out.count("problem ") == 1
    assert (
        "For the same reason, these could not be checked: clock, index, jobs, outbox, incidents, "
        "feeds." in done.out
    )


def test_two_causes_are_both_named(tmp_path: Path) -> None:
    claimdesk(tmp_path / "data", "migrate")
    (tmp_path / "data" / "index").touch()
    done = claimdesk(tmp_path / "data", "doctor")
    assert "problem index      cannot open the search index" in done.out
    assert "For the same reason" not in done.out
    assert "ok      jobs" in done.out


@pytest.mark.parametrize(
    ("kind", "label", "said"),
    [
        ("signature", "problem", "42 requests were refused: their signatures are wrong."),
        ("clock", "problem", "they were signed at another time."),
        ("unsigned", "note   ", "they aren't from Slack."),
        ("socket", "problem", "can't be opened, tried 42 times: internal_error."),
    ],
)
def test_doctor_shows_what_other_processes_have_met(
    tmp_path: Path, kind: IncidentKind, label: str, said: str
) -> None:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    detail = {"socket": "internal_error", "unsigned": ""}.get(kind, "-900")
    with Newsroom(settings) as newsroom:
        newsroom.store.incidents.record(kind, 42, detail, now=newsroom.now())
    done = claimdesk(tmp_path / "data", "doctor")
    assert f"{label} incidents" in done.out
    assert said in done.out
    assert ("900 s behind our clock" in done.out) == (detail == "-900")
    assert done.code == (label == "problem")


def test_names_of_parts_do_not_touch_their_messages() -> None:
    assert all(len(part) < doctor.PART_WIDTH for part in doctor.PARTS)
