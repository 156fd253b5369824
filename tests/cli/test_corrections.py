"""`claimdesk corrections`: listed, decided and exported by hand."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import config
from bot.cli.group import claimdesk
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.store import FiledArticle

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
        filed = FiledArticle(article, [CLAIM], ((0, len(TEXT)),))
        newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)
        return newsroom.corrections.correct(
            team="T1",
            press="p1",
            claim_id="c1",
            changes={"speaker": "Mara Quill", "content": ((24, 34),), "stance": "warned"},
            reason="heard it\x1b[2J",
            person="U1",
            person_name="Ann",
            is_accepted=False,
        ).id


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claimdesk, ["corrections", *arguments])


def listed(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("list", "--json", *arguments).stdout.splitlines()]


def test_corrections_are_listed_with_reason_and_state(correction: str) -> None:
    shown = " ".join(run("list").output.split())
    assert f'{correction} · speaker changed from "the mayor" to "Mara Quill";' in shown
    assert 'words changed from "the lock leaks badly" to "lock leaks"' in shown
    assert 'how it was said changed from "said" to "warned"' in shown
    assert "claim c1 · Ann, " in shown
    assert "heard it" in shown
    assert "\x1b[2J" not in shown
    assert "it is waiting for a reviewer" in shown
    assert "No corrections." in run("list", "--state", "undone").output


def test_it_is_decided_and_undone_and_each_only_once(correction: str) -> None:
    done = run("accept", correction, "--by", "Bo")
    assert (done.exit_code, "accepted by Bo on" in done.output) == (0, True)
    (line,) = listed("--state", "accepted")
    assert (line["claim"], line["by"]) == ("c1", "Ann")
    assert [ruling["by"] for ruling in line["rulings"]] == ["Bo"]  # type: ignore[attr-defined]
    again = run("decline", correction, "nothing")
    assert again.exit_code == 1
    assert "can't be declined" in again.output
    assert "no such correction" in again.output
    assert run("undo", correction).exit_code == 0
    assert [line["state"] for line in listed()] == ["undone"]


def test_who_suggested_and_who_decided_are_listed_with_their_reasons(correction: str) -> None:
    assert run("accept", correction, "--by", "Bo", "--reason", "I asked her").exit_code == 0
    assert run("undo", correction, "--by", "Cy").exit_code == 0
    (line,) = listed()
    assert (line["by"], line["reason"], line["others"]) == ("Ann", "heard it [2J", [])
    rulings = [(one["ruling"], one["by"], one["reason"]) for one in line["rulings"]]  # type: ignore[attr-defined]
    assert rulings == [("accepted", "Bo", "I asked her"), ("undone", "Cy", None)]
    shown = " ".join(run("list").output.split())
    assert "Ann, " in shown
    assert re.search(r"accepted by Bo on [^:;]+: I asked her; undone by Cy on ", shown)
    history = CliRunner().invoke(claimdesk, ["article", "a1"])
    assert "accepted by Bo on" in " ".join(history.output.split())
    as_json = CliRunner().invoke(claimdesk, ["article", "--json", "a1"])
    assert json.loads(as_json.stdout)["corrections"] == [line]


def test_an_article_is_corrected_and_read_as_it_was_again(correction: str) -> None:
    options = ["--title", "Lock holds", "--outlet", "The Quay", "--date", "2026-11-01"]
    done = run("article", "a1", *options, "--reason", "the printed page", "--by", "Bo")
    assert done.exit_code == 0
    assert 'title set to "Lock holds"; outlet changed from "The Post" to "The Quay"' in done.output
    (line, _) = listed()
    assert (line["claim"], line["article"], line["by"]) == (None, "a1", "Bo")
    assert line["changes"] == {
        "title": "Lock holds",
        "outlet": "The Quay",
        "published": "2026-11-01",
    }
    assert "article a1 · Bo, " in " ".join(run("list").output.split())
    found = CliRunner().invoke(claimdesk, ["claim", "--json", "lock in:quay"])
    (hit,) = json.loads(found.stdout)["hits"]
    assert (hit["article"]["title"], hit["article"]["outlet"]) == ("Lock holds", "The Quay")
    assert run("undo", str(line["id"])).exit_code == 0
    again = CliRunner().invoke(claimdesk, ["claim", "--json", "lock"])
    (hit,) = json.loads(again.stdout)["hits"]
    assert (hit["article"]["title"], hit["article"]["outlet"]) == (None, "The Post")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--date", "yesterday"], "is not a date such as 2026-11-25"),
        (["--date", "2999-01-01"], "is in the future"),
        (["--title", "x" * 301], "longer than 300 characters"),
        (["--outlet", "…"], "can't be used for"),
        (["--outlet", "The Post"], "it changes nothing"),
        ([], "it changes nothing"),
    ],
)
def test_invalid_article_corrections_are_refused(
    correction: str, options: list[str], why: str
) -> None:
    done = run("article", "a1", *options, "--reason", "r")
    assert done.exit_code == 1
    assert why in str(done.exception)


def test_an_article_that_is_not_there_cannot_be_corrected(correction: str) -> None:
    done = run("article", "a9", "--title", "T", "--reason", "r")
    assert "no longer here" in str(done.exception)


def test_declined_corrections_change_nothing(correction: str, tmp_path: Path) -> None:
    assert run("decline", correction).exit_code == 0
    assert "0 articles exported" in run("export", str(tmp_path / "none")).output
    assert list((tmp_path / "none").iterdir()) == []


def test_articles_are_exported_corrected_and_as_found(correction: str, tmp_path: Path) -> None:
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


def test_export_needs_an_empty_folder(correction: str, tmp_path: Path) -> None:
    assert run("accept", correction).exit_code == 0
    assert run("export", str(tmp_path / "first")).exit_code == 0
    assert run("undo", correction).exit_code == 0
    again = run("export", str(tmp_path / "first"))
    assert "it has a1." in str(again.exception)
    assert "new or empty" in str(again.exception)


def test_an_invalid_folder_is_reported(correction: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = run("export", str(tmp_path / "file" / "folder"))
    assert "cannot be exported" in str(done.exception)
