"""A mistake in a settings file, shipped or in the data folder, is told with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import config
from bot.config import files
from tests.cli.program import claimdesk

MISTAKES = [
    ("bot.yml", "digest:\n  clams: 5\n", 2, "digest.clams; did you mean claims? Valid ones are"),
    (
        "bot.yml",
        "# ours\n\ndigst:\n  claims: 5\n",
        3,
        "no setting digst; did you mean digest? Valid",
    ),
    ("bot.yml", "digest:\n  claims: 5\n  chart: maybe\n", 3, "but must be true or false"),
    (
        "bot.yml",
        "metrics:\n  port: 25\ndigest: 5\n",
        3,
        "digest must have settings, one per line: cat",
    ),
    ("bot.yml", "digest:\n  claims: 5\n  claims: 6\n", 3, "is set on line 2; keep one of them"),
    ("bot.yml", "digest: {}\nmetrics: {}\ndigest: {}\n", 3, "is set on line 1; keep one of them"),
    ("bot.yml", "digest:\n  claims: 5\n chart: true\n", 3, "cannot be read as YAML"),
    ("bot.yml", "feeds:\n  longest_minutes: 9\n  shortest_minutes: 10\n", 3, "but must be no more"),
    ("bot.yml", "search:\n  spelling: [[NY, New York]]\n", 2, "must be a list of lists of words"),
    ("bot.yml", "digest:\n  password: x\n", 2, "no setting digest.password; valid ones are"),
    ("bot.yml", "search:\n  password: x\n", 2, "no setting search.password; valid ones are"),
    (
        "cues.yml",
        "said: [say]\ndenid: [deny]\n",
        2,
        "no stance 'denid'; did you mean denied? Valid",
    ),
    ("cues.yml", "asked: [ask]\nsaid: say\n", 2, "said must be a list of verbs, such as"),
    (
        "feeds.yml",
        "feeds:\n  - url: https://a.example/\n    ur: x\n",
        2,
        "unknown key ur; valid ones are",
    ),
    (
        "feeds.yml",
        "feeds:\n  - url: https://a.example/\n  - url: a\n",
        3,
        "feed 2 needs url: with a",
    ),
    ("feeds.yml", "feeds: []\nfeed: []\n", 2, "must have feeds: and nothing else"),
    ("outlets.yml", "outlets:\n  - name: A\n  - nam: B\n", 3, "but needs name: and aliases: []"),
    (
        "outlets.yml",
        "outlets: []\nspeaker: []\n",
        2,
        "'speaker'; did you mean speakers? Valid ones are",
    ),
    (
        "outlets.yml",
        "outlets:\n  - name: A\n    alias: [b]\n",
        3,
        "did you mean aliases? Valid ones are",
    ),
    ("outlets.yml", "apart:\n  - [A, B]\n  - C\n", 3, "which is not a list of names"),
]


def told(file: Path, line: int) -> str:
    return f"{file}, line {line}: "


@pytest.mark.parametrize(("name", "text", "line", "what"), MISTAKES)
def test_a_mistake_names_file_line_and_choices(
    tmp_path: Path, name: str, text: str, line: int, what: str
) -> None:
    file = tmp_path / "data" / "config" / name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    done = claimdesk(tmp_path / "data", "jobs")
    assert (done.code, done.out) == (2, "")
    assert told(file, line) in done.err
    assert what in done.err


@pytest.mark.parametrize(("name", "text", "line", "what"), MISTAKES)
def test_mistakes_in_shipped_files_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, line: int, what: str
) -> None:
    copy = tmp_path / "shipped"
    shutil.copytree(config.shipped_folder("config"), copy)
    (copy / name).write_text(text)
    monkeypatch.setattr(files, "shipped_folder", lambda _: copy)
    done = claimdesk(tmp_path / "data", "jobs")
    assert (done.code, done.out) == (2, "")
    assert told(copy / name, line) in done.err
    assert what in done.err


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"\xff\xfe\x00", "it is not UTF-8 text"), (b"digest: \xe9", "it is not UTF-8 text")],
)
def test_a_binary_file_is_reported(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "data" / "config" / "bot.yml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert f"{file}: cannot be read as YAML: {why}" in claimdesk(tmp_path / "data", "jobs").err


@pytest.mark.parametrize("name", ["bott.yml", "bot.yaml", "outlet.yml", "feed.yml"])
def test_a_mistyped_file_name_is_reported(tmp_path: Path, name: str) -> None:
    file = tmp_path / "data" / "config" / name
    file.parent.mkdir(parents=True)
    file.write_text("")
    assert (
        f"{file}: nothing reads this file; did you mean" in claimdesk(tmp_path / "data", "jobs").err
    )


@pytest.mark.parametrize("name", ["bot.old.yml", "feeds-2.yml", "notes.yml", "bot.yml.orig"])
def test_other_files_in_the_settings_folder_are_ignored(tmp_path: Path, name: str) -> None:
    file = tmp_path / "data" / "config" / name
    file.parent.mkdir(parents=True)
    file.write_text("")
    assert claimdesk(tmp_path / "data", "jobs").code == 0


@pytest.mark.parametrize(
    "text", ["digest:\n  posts: [1\nmetrics: {}\n", "digest: 'x\n\nmetrics: {}\n"]
)
def test_an_unclosed_part_is_reported_with_its_first_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "data" / "config" / "bot.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    line = text.split("[")[0].split("'")[0].count("\n") + 1
    assert f"that begins on line {line}" in claimdesk(tmp_path / "data", "jobs").err


def test_what_one_mapping_takes_from_another_is_not_set_twice(tmp_path: Path) -> None:
    file = tmp_path / "data" / "config" / "outlets.yml"
    file.parent.mkdir(parents=True)
    file.write_text(
        "outlets:\n"
        "  - &post {name: The Post, domains: [post.example]}\n"
        "  - {<<: *post, name: The Other Post}\n"
    )
    names = [one.name for one in config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}).outlets]
    assert names == ["The Post", "The Other Post"]
