"""The alert rules and the dashboard: valid, complete, and about metrics that exist."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics_core import Metric

from bot import config
from bot.monitoring.metrics import Metrics
from bot.newsroom import Newsroom
from bot.slack.monitoring.readiness import monitor

ROOT = Path(__file__).resolve().parents[2]
FOLDER = config.shipped_folder("config") / "monitoring"
ALERTS, DASHBOARD = FOLDER / "alerts.yml", FOLDER / "grafana-dashboard.json"
CASES = Path(__file__).parent / "alert_cases.yml"
OPERATIONS = ROOT / "docs" / "run" / "operations.md"

NAME = re.compile(r"\b(?:claimdesk|process)_\w+")
SUFFIXES = {
    "counter": ("_total",),
    "histogram": ("_bucket", "_count", "_sum"),
    "gauge": ("",),
}
AGE_GAUGES = ("claimdesk_feed_poll_age_seconds", "claimdesk_feed_news_age_seconds")
"""Shown once a feed was polled."""


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(ALERTS.read_text("utf-8"))["groups"]
    return list(group["rules"])


def panels() -> list[dict[str, Any]]:
    return list(json.loads(DASHBOARD.read_text("utf-8"))["panels"])


def expressions() -> list[str]:
    targets = [target["expr"] for panel in panels() for target in panel.get("targets", [])]
    return [*targets, *(rule["expr"] for rule in rules())]


def sample_names(families: Iterable[Metric]) -> set[str]:
    return {family.name + suffix for family in families for suffix in SUFFIXES[family.type]}


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all samples that a process shows."""
    metrics = Metrics()
    data = str(tmp_path_factory.mktemp("data"))
    with Newsroom(config.load({"CLAIMDESK_DATA": data})) as newsroom:
        monitor(newsroom, metrics, None)
        return sample_names(metrics.registry.collect()) | {*AGE_GAUGES}


def test_every_metric_of_alerts_and_dashboard_exists(names: set[str]) -> None:
    used = {name for expression in expressions() for name in NAME.findall(expression)}
    assert len(used) > 20
    assert used - names == set()


def test_every_metric_is_explained(names: set[str]) -> None:
    ours = {re.sub(r"_(bucket|count|sum)$", "", name) for name in names if name[0] == "c"}
    documented = set(NAME.findall(OPERATIONS.read_text("utf-8")))
    assert ours - documented == set()
    assert {name for name in documented if name.startswith("claimdesk")} - names - ours == set()


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    text = OPERATIONS.read_text("utf-8")
    assert len(rules()) >= 10
    for rule in rules():
        assert set(rule["annotations"]) == {"summary", "action"}
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert f"`{rule['alert']}`" in text


def test_every_panel_has_a_title_and_a_query() -> None:
    shown = [panel for panel in panels() if panel["type"] != "row"]
    assert len(shown) > 10
    for panel in shown:
        assert panel["title"]
        assert panel["description"]
        assert panel["targets"]
    assert len({panel["id"] for panel in panels()}) == len(panels())


@pytest.mark.parametrize("command", [["check", "rules", ALERTS], ["test", "rules", CASES]])
def test_promtool_accepts_the_alerts(command: list[Any]) -> None:
    promtool = shutil.which("promtool")
    if not promtool:
        pytest.skip("skipped: promtool is not installed")
    done = subprocess.run([promtool, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_promtool_reads_every_query_of_the_dashboard(tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if not promtool:
        pytest.skip("skipped: promtool is not installed")
    recorded = [{"record": f"q{n}", "expr": query} for n, query in enumerate(expressions())]
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": recorded}]}))
    done = subprocess.run(
        [promtool, "check", "rules", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
