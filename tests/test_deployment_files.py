"""The image, the compose file and the systemd units start what the Procfile names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parents[1]
DOCKERFILE = (PROJECT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((PROJECT / "compose.yml").read_text("utf-8"))
ROLES = dict(line.split(": ", 1) for line in (PROJECT / "Procfile").read_text("utf-8").splitlines())
UNITS = {"web": "web", "worker": "worker", "release": "migrate"}


@pytest.mark.parametrize("role", ["release", "web", "worker"])
def test_each_role_is_started_the_same_everywhere(role: str) -> None:
    assert COMPOSE["services"][role]["command"] == ROLES[role].split()
    unit = PROJECT / "deploy" / "systemd" / f"claimdesk-{UNITS[role]}.service"
    assert f"ExecStart=/opt/claimdesk/bin/{ROLES[role]}\n" in unit.read_text("utf-8")


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_database_that_is_down_at_boot_does_not_keep_a_unit_down(role: str) -> None:
    """With Requires, systemd gives up on a unit if the one that updates the tables fails once."""
    unit = (PROJECT / "deploy" / "systemd" / f"claimdesk-{role}.service").read_text("utf-8")
    assert re.search(r"^Wants=.*claimdesk-migrate\.service$", unit, re.MULTILINE)
    assert re.search(r"^After=.*claimdesk-migrate\.service$", unit, re.MULTILINE)
    assert "Requires=" not in unit
    assert "Restart=always" in unit


def test_the_image_gets_what_it_copies() -> None:
    kept = {
        line.removeprefix("!")
        for line in (PROJECT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }
    assert copied == kept
    assert all((PROJECT / name).exists() for name in copied)


def test_processes_in_containers_have_no_rights_and_write_nowhere_else() -> None:
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", DOCKERFILE, re.MULTILINE)
    for role in ROLES:
        service = COMPOSE["services"][role]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["data:/data"]
        assert service["tmpfs"] == ["/tmp"]


def test_no_secret_has_a_default() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service["environment"].items():
            if name.endswith(("PASSWORD", "TOKEN", "SECRET")):
                assert re.fullmatch(r"\$\{\w+(?::\?.+|:-)\}", value), name


def test_each_release_begins_with_what_operators_must_do() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    releases = re.split(r"^## ", changelog, flags=re.MULTILINE)[1:]
    assert releases
    for release in releases:
        heading, _, rest = release.partition("\n\n")
        assert re.match(r"\*\*Operators:\*\* \w+ \w+", rest), heading
