"""The local Slack: installed, patched to listen on loopback only, started and stopped."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from bot.errors import SlackError
from bot.slack import local
from bot.slack.local import LocalSlack


def answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


def test_it_listens_on_loopback_only_and_ends(local_slack_folder: Path) -> None:
    with LocalSlack(local_slack_folder) as slack:
        assert answers("127.0.0.1", slack.port)
        # A server on all interfaces would answer on any address of this machine.
        assert not answers("127.0.0.2", slack.port)
        assert not answers("::1", slack.port)
    assert not answers("127.0.0.1", slack.port)


def test_another_port_is_tried_if_one_is_taken_meanwhile(
    local_slack_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ports = [taken.getsockname()[1], local.free_port()]
        monkeypatch.setattr(local, "free_port", iter(ports).__next__)
        with LocalSlack(local_slack_folder) as slack:
            assert slack.port == ports[1]
            assert answers("127.0.0.1", slack.port)


def test_an_unpatchable_build_is_not_started(tmp_path: Path) -> None:
    program = tmp_path / "local-slack"
    for content in (b"another build", local.LISTEN_EVERYWHERE * 2):
        program.write_bytes(content)
        with pytest.raises(SlackError, match="cannot be kept off the network"):
            local._loopback_copy(program, tmp_path)
    assert list(tmp_path.iterdir()) == [program]


def test_the_copy_differs_only_where_it_listens(tmp_path: Path) -> None:
    program = tmp_path / "local-slack"
    program.write_bytes(b"before;" + local.LISTEN_EVERYWHERE + b";after")
    copy = local._loopback_copy(program, tmp_path).read_bytes()
    assert len(copy) == program.stat().st_size
    assert copy.split(b"hostname", 1)[0].strip() == b"before;"
    assert copy.endswith(b'"127.0.0.1",fetch;after')


def test_without_npm_the_remedy_names_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SlackError, match="npm is not installed") as refusal, LocalSlack(tmp_path):
        pass
    assert "claimdesk claim yuan ruble" in str(refusal.value)


def test_a_failed_start_names_the_log(
    local_slack_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_loopback_copy", lambda program, folder: Path("/bin/false"))
    shutil.copytree(
        local_slack_folder, tmp_path / "ls", ignore=lambda *_: ["files"], copy_function=_link
    )
    with (
        pytest.raises(SlackError, match=r"did not start: see .*server\.log"),
        LocalSlack(tmp_path / "ls"),
    ):
        pass


def _link(source: str, target: str) -> None:
    Path(target).symlink_to(source)
