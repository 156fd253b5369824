"""`claimdesk corrections`: listed, decided and exported by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import config
from bot.cli.group import claimdesk
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.store import Filed

TEXT = "The mayor said that the lock leaks badly."
CLAIM = Claim(
    id="c1",
    article_id="a1",
    kind="attribution",
    text="the lock leaks badly",
    spans=((20, 40),),
    paragraph=1,
    type="indirect",
    speaker="the mayor",
    source="The mayor",
    cue="said",
    source_kind="described",
    stance="said",
)


@pytest.fixture
def correction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a suggestion in the store that the command opens."""
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path / "data"))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        article = Article(id="a1", origin="a", text=TEXT, outlet="The Post")
        filed = Filed(article, [CLAIM], ((0, len(TEXT)),))
        newsroom.store.archive.file([filed], arrival="single", now=newsroom.now)
        return newsroom.correct(
            team="T1",
            press="p1",
            claim_id="c1",
            changes={"speaker": "Mara Quill", "content": ((24, 34),), "stance": "warned"},
            reason="heard it\x1b[2J",
            person="U1",
            person_name="Ann",
            decides=False,
        ).id


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claimdesk, ["corrections", *arguments])


def listed(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("list", "--json", *arguments).stdout.splitlines()]


def test_what_people_say_is_listed_with_why_and_where_it_stands(correction: str) -> None:
    shown = " ".join(run("list").output.split())
    assert f'{correction} · speaker changed from "the mayor" to "Mara Quill";' in shown
    assert 'words changed from "the lock leaks badly" to "lock leaks"' in shown
    assert 'how it was said changed from "said" to "warned"' in shown
    assert "claim c1 · Ann, " in shown
    assert "heard it" in shown
    assert "\x1b[2J" not in shown
    assert "it waits to be decided" in shown
    assert "No corrections." in run("list", "--state", "undone").output


def test_it_is_decided_and_undone_and_each_only_once(correction: str) -> None:
    done = run("accept", correction, "--by", "Bo")
    assert (done.exit_code, "accepted by Bo on" in done.output) == (0, True)
    (line,) = listed("--state", "accepted")
    assert (line["claim"], line["by"]) == ("c1", "Ann")
    assert [ruling["by"] for ruling in line["rulings"]] == ["Bo"]  # type: ignore[attr-defined]
    again = run("decline", correction, "nothing")
    assert again.exit_code == 1
    assert "cannot be declined" in again.output
    assert "no such correction" in again.output
    assert run("undo", correction).exit_code == 0
    assert [line["state"] for line in listed()] == ["undone"]


def test_what_is_declined_changes_nothing(correction: str, tmp_path: Path) -> None:
    assert run("decline", correction).exit_code == 0
    assert "0 articles exported" in run("export", str(tmp_path / "none")).output
    assert list((tmp_path / "none").iterdir()) == []


def test_articles_are_exported_as_they_read_and_as_they_were_found(
    correction: str, tmp_path: Path
) -> None:
    assert run("accept", correction).exit_code == 0
    for name, content in (("now", [[24, 34]]), ("found", [[15, 40]])):
        options = ["--as-found"] if name == "found" else []
        done = run("export", str(tmp_path / name), *options)
        assert "1 article exported" in done.output
        assert (tmp_path / name / "a1.txt").read_bytes() == TEXT.encode()
        assert json.loads((tmp_path / name / "a1.json").read_text()) == {
            "id": "a1",
            "text_sha": hashlib.sha256(TEXT.encode()).hexdigest(),
            "attributions": [{"source": [[0, 9]], "cue": [[10, 14]], "content": content}],
        }


def test_nothing_is_exported_beside_what_may_have_been_undone(
    correction: str, tmp_path: Path
) -> None:
    assert run("accept", correction).exit_code == 0
    assert run("export", str(tmp_path / "first")).exit_code == 0
    assert run("undo", correction).exit_code == 0
    again = run("export", str(tmp_path / "first"))
    assert "it has a1." in str(again.exception)
    assert "new or empty" in str(again.exception)


def test_a_folder_that_cannot_be_is_told(correction: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run("export", str(tmp_path / "file" / "folder"))
    assert "cannot be exported" in str(done.exception)
