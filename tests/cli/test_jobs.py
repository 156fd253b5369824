"""`claimdesk jobs`: what fails is listed, retried and dropped by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import claimdesk
from bot.errors import NotFoundError
from bot.store import Store

LEASE = timedelta(minutes=2)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the command opens, with a job that has failed and one that failed once."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", url)
    opened = Store(url)
    now = datetime.now(UTC)
    for kind in ("mend", "poll"):
        opened.jobs.add(kind, f"{kind} key", due_at=now)
    for kind in ("mend", "poll"):
        job = opened.jobs.take("w", now=now, lease=LEASE, kinds=[kind])
        assert job
        if kind == "mend":
            opened.jobs.fail(job, failure="Slack refused it\x1b[2J")
        else:
            opened.jobs.retry_later(job, failure="no answer", due_at=now + LEASE)
    yield opened
    opened.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claimdesk, ["jobs", *arguments])


def listed() -> list[dict[str, object]]:
    return [json.loads(line) for line in run("--json").stdout.splitlines()]


def test_jobs_in_trouble_are_listed_with_the_reason(store: Store) -> None:
    shown = run().output
    assert "mend    0 waiting · 1 failed" in shown
    assert "poll    0 waiting · 1 waiting to be retried" in shown
    assert "mend mend key · failed after 1 attempt, the last " in shown
    assert "no answer" in shown
    assert "\x1b[2J" not in shown


def test_each_is_a_line_of_json(store: Store) -> None:
    by_kind = {str(line["kind"]): line for line in listed()}
    assert by_kind["mend"]["state"] == "failed"
    assert by_kind["mend"]["due_at"] is None
    assert by_kind["poll"]["failure"] == "no answer"
    assert set(by_kind["poll"]) == {
        *("id", "kind", "key", "state", "attempts", "tried_at", "due_at", "failure")
    }


def test_one_is_retried_and_all_are(store: Store) -> None:
    failed = next(line["id"] for line in listed() if line["state"] == "failed")
    assert "1 job will be retried" in run("retry", str(failed)).output
    assert "2 jobs will be retried" in run("retry", "--all").output
    now = datetime.now(UTC)
    for kind in ("mend", "poll"):
        assert store.jobs.take("w", now=now, lease=LEASE, kinds=[kind])


def test_only_failed_jobs_are_dropped(store: Store) -> None:
    ids = {str(line["kind"]): str(line["id"]) for line in listed()}
    refused = run("drop", ids["mend"], ids["poll"])
    assert isinstance(refused.exception, NotFoundError)
    assert f"haven't failed for good: {ids['poll']}" in str(refused.exception)
    assert [line["kind"] for line in listed()] == ["poll"]


def test_ids_or_all_have_to_be_named(store: Store) -> None:
    assert run("retry").exit_code == 2
    assert run("retry", "1", "--all").exit_code == 2


def test_without_jobs_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert run().output == "No jobs waiting, none failed.\n"


def test_overdue_jobs_are_reported(store: Store) -> None:
    store.jobs.add("poll", "late", due_at=datetime.now(UTC) - timedelta(hours=1))
    assert "1 job is overdue, by 60 minutes. Is a worker running?" in run().output
