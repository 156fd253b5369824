"""`ingest --json` and `article` as a person or another program calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.articles import tell
from bot.newsroom import Ingested, Outcome
from tests.cli.test_commands import claimdesk

WALL = (
    '"The wall is safe," said Ingrid Solvane, the harbour master. '
    "Officials denied that ships had left.\n"
)


def in_outlet(text: str) -> str:
    return f"---\ntitle: Wall safe\noutlet: The Post\nurl: https://post.example/1\n---\n{text}"


def test_a_line_a_file_says_what_became_of_its_articles_and_why_there_are_none(
    tmp_path: Path,
) -> None:
    data, folder = tmp_path / "data", tmp_path / "in"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(b"caf\xe9")
    (folder / "good.md").write_text(in_outlet(WALL))
    (folder / "two.jsonl").write_text('{"text": "The lock leaks, Jane Roe said."}\n{\n')
    done = claimdesk(data, "ingest", "--json", folder)
    assert done.code == 1
    bad, good, two = done.lines
    assert (bad["path"], bad["articles"]) == (str(folder / "bad.txt"), [])
    assert set(bad["error"]) == {"where", "why", "remedy"}
    assert "UTF-8" in bad["error"]["why"]
    (article,) = good["articles"]
    assert article == {
        "id": article["id"], "title": "Wall safe", "outlet": "The Post", "byline": None,
        "published": None, "language": "en", "characters": len(WALL), "status": "new",
    }  # fmt: skip
    assert (good["error"], good["skipped"]) == (None, [])
    assert len(two["articles"]) == 1
    assert two["error"]["where"] == "line 2"
    assert "2 new, 2 failed; 2 articles, " in done.err
    assert claimdesk(data, "ingest", folder / "two.jsonl").code == 0


def test_an_article_is_shown_with_its_versions_when_it_is_not_shown_to_others_too(
    tmp_path: Path,
) -> None:
    data, file = tmp_path / "data", tmp_path / "wall.md"
    file.write_text(in_outlet(WALL))
    claimdesk(data, "ingest", file)
    file.write_text(in_outlet(WALL.replace("safe", "quite safe")))
    (line,) = claimdesk(data, "ingest", "--json", file).lines
    (article,) = line["articles"]
    assert article["status"] == "updated"
    shown = claimdesk(data, "article", article["id"])
    assert shown.code == 0
    assert "· version 2" in shown.out
    assert "1 unchanged, 1 changed, 0 gone, 0 new" in shown.out
    assert '- "The wall is safe,"\n   + "The wall is quite safe,"' in shown.out
    removed = claimdesk(data, "remove", article["id"], "--reason", "a hoax")
    assert "this text stays out, whoever prints it; ingest --again takes it in" in removed.err
    assert claimdesk(data, "claim", "--json", "wall").lines[0]["total"] == 0
    done = claimdesk(data, "article", "--json", article["id"], "nothere")
    assert (done.code, "nothere" in done.err) == (1, True)
    (told,) = done.lines
    assert (told["status"], told["reason"], told["version"]) == ("withdrawn", "a hoax", 2)
    assert told["text"] == WALL.replace("safe", "quite safe")
    assert {"guid", "url", "excerpt", "copy_of", "language", "characters"} <= set(told)
    first, second = told["versions"]
    assert (first["status"], first["text"], first["claims"]) == ("earlier", WALL, 2)
    assert second["changes"] == {"unchanged": 1, "changed": 1, "gone": 0, "new": 0}
    assert json.dumps(told).count("The wall is safe") == 1


def test_a_kill_that_is_not_heard_says_what_does_it_by_hand(
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = dict.fromkeys(("title", "outlet", "byline", "published", "language"))
    why = "only where it came from can take it back"
    outcome = Outcome(id="wall", characters=9, status="unchanged", reason=why, **known)
    tell(Ingested("kill.xml", outcomes=(outcome,)))
    told = " ".join(capsys.readouterr().err.split())
    assert told == f"kill.xml: wall stays ({why}); claimdesk remove wall does it by hand"
