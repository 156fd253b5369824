"""`ingest --json` and `article` as a person or another program calls them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.articles import print_problems
from bot.newsroom.articles.article_intake import IngestResult, Outcome
from bot.store import Store
from tests.cli.program import claimdesk

WALL = (
    '"The wall is safe," said Ingrid Solvane, the harbour master. '
    "Officials denied that ships had left.\n"
)


def in_outlet(text: str) -> str:
    return f"---\ntitle: Wall safe\noutlet: The Post\nurl: https://post.example/1\n---\n{text}"


def test_each_file_has_a_line_with_outcomes(
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
        "published": None, "language": "en", "characters": len(WALL), "read_to": None,
        "status": "new", "review": [], "doubt": None,
    }  # fmt: skip
    assert (good["error"], good["skipped"]) == (None, [])
    assert len(two["articles"]) == 1
    assert two["error"]["where"] == "line 2"
    assert "2 new, 2 failed; 2 articles, " in done.err
    assert claimdesk(data, "ingest", folder / "two.jsonl").code == 0


def test_an_untitled_article_is_called_by_its_file(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "wall.txt"
    for text, called in ((WALL, "wall.txt"), (f"Wall is safe\n\n{WALL}", "Wall is safe")):
        file.write_text(text)
        (line,) = claimdesk(data, "ingest", "--json", file).lines
        (article,) = line["articles"]
        assert claimdesk(data, "article", article["id"]).out.splitlines()[0].strip() == called


def test_hidden_articles_are_shown_with_their_versions(
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
    assert "This text stays out even if another outlet prints it." in removed.err
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


def test_articles_are_found_by_words_or_address(tmp_path: Path) -> None:
    data = tmp_path / "data"
    url = "https://post.example/wall"
    for name, title in (("wall", "Eastern wall is safe"), ("rain", "Wall of rain")):
        known = f"---\ntitle: {title}\nurl: https://post.example/{name}\n---\n\n"
        (tmp_path / f"{name}.md").write_text(f"{known}{WALL} {name}")
        claimdesk(data, "ingest", tmp_path / f"{name}.md")
    (line,) = claimdesk(data, "claim", "--json", "eastern wall").lines
    (article,) = line["articles"]
    assert (article["title"], article["url"]) == ("Eastern wall is safe", url)
    # The article is named once: below its claim.
    told = claimdesk(data, "claim", "eastern wall").out
    assert told.count("Eastern wall is safe") == 1
    for names in (("eastern", "wall"), (f"{url}/amp?gclid=1",)):
        assert claimdesk(data, "article", *names).out.startswith("Eastern wall is safe")
    several = claimdesk(data, "article", "wall")
    assert several.out.startswith("Which article do you mean?")
    assert several.out.count("claimdesk article ") == 2
    listed = claimdesk(data, "article", "--json", "wall")
    assert listed.code == several.code
    titles = {article["title"] for article in listed.lines[0]["articles"]}
    assert titles == {"Eastern wall is safe", "Wall of rain"}


def test_an_ignored_kill_names_the_manual_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = dict.fromkeys(("title", "outlet", "byline", "published", "language"))
    why = "only its own source can withdraw it"
    outcome = Outcome(id="wall", characters=9, status="unchanged", reason=why, **known)
    print_problems(IngestResult("kill.xml", outcomes=(outcome,)))
    told = " ".join(capsys.readouterr().err.split())
    by_hand = "To remove it yourself: claimdesk remove wall --reason WHY."
    assert told == f"kill.xml: the request to kill wall was ignored: {why}. {by_hand}"


def wire(**known: object) -> str:
    """A story of a wire service, in ninjs."""
    story = {
        "uri": "urn:halyard:1",
        "pubstatus": "usable",
        "headline": "Gate fails",
        "body_text": "The gate failed on Monday, said Jane Roe, who keeps it.",
    }
    return json.dumps(story | known)


def test_a_kill_that_is_not_heard_is_an_error(tmp_path: Path) -> None:
    data, file, kill = tmp_path / "data", tmp_path / "gate.json", tmp_path / "other" / "kill.json"
    kill.parent.mkdir()
    file.write_text(wire(copyrightholder="The Halyard"))
    kill.write_text(wire(copyrightholder="The Gull", pubstatus="canceled"))
    assert claimdesk(data, "ingest", file).code == 0
    done = claimdesk(data, "ingest", "--json", kill)
    (line,) = done.lines
    assert done.code == 1
    assert [one["status"] for one in line["articles"]] == ["unchanged"]
    assert "was ignored: only its own source" in line["error"]["why"]
    assert f"claimdesk remove {line['articles'][0]['id']}" in line["error"]["remedy"]


def test_what_is_withheld_is_listed_and_released(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "gate.json"
    assert claimdesk(data, "release").out == "Nothing is withheld.\n"
    file.write_text(wire(pubstatus="withheld", ednote="Until the funeral."))
    done = claimdesk(data, "ingest", "--json", file)
    (article,) = done.lines[0]["articles"]
    assert f"claimdesk release {article['id']} shows it now" in done.err
    first, why = claimdesk(data, "release").out.splitlines()
    assert first.startswith(f"{article['id']} · Gate fails · ")
    assert first.endswith(" · until somebody releases it")
    assert "Until the funeral." in why
    assert claimdesk(data, "release", "nothere").code == 2
    released = claimdesk(data, "release", article["id"])
    assert (released.code, released.err) == (0, f"{article['id']} is shown now: Gate fails\n")
    assert "Jane Roe" in claimdesk(data, "claim", "gate").out
    (again,) = claimdesk(data, "ingest", "--json", file).lines
    assert again["articles"][0]["status"] == "unchanged"


def test_a_picture_alone_is_the_error_and_is_named_once(tmp_path: Path) -> None:
    picture = tmp_path / "picture.json"
    picture.write_text(json.dumps({"uri": "u:1", "type": "picture", "pubstatus": "usable"}))
    done = claimdesk(tmp_path / "data", "ingest", "--json", picture)
    (line,) = done.lines
    assert (done.code, line["skipped"]) == (1, [])
    assert line["error"]["remedy"] == "Nothing to do: only text is read"


def test_a_new_data_folder_is_private(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "wall.md"
    file.write_text(in_outlet(WALL))
    claimdesk(data, "ingest", file)
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "claimdesk.sqlite3").stat().st_mode & 0o777 == 0o600
    assert "note settings" not in claimdesk(data, "doctor").out
    data.chmod(0o755)
    assert f"chmod 700 {data}" in claimdesk(data, "doctor").out


def test_doctor_reports_overdue_jobs_without_slack(tmp_path: Path) -> None:
    data, late = tmp_path / "data", datetime.now(UTC) - timedelta(minutes=9, seconds=1)
    claimdesk(data, "release")
    store = Store(f"sqlite:///{data / 'claimdesk.sqlite3'}")
    store.jobs.add("digest", "T/C", due_at=late)
    assert "ill  jobs" not in claimdesk(data, "doctor").out
    store.jobs.add("release", "a1", due_at=late)
    store.close()
    done = claimdesk(data, "doctor")
    assert done.code == 1
    assert "1 job is overdue, by 9 minutes. Is a worker running?" in done.out


def test_how_far_an_article_was_searched_is_said(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "config").mkdir(parents=True)
    (data / "config" / "bot.yml").write_text("extract:\n  characters: 1000\n")
    long = tmp_path / "long.txt"
    long.write_text("The lock leaks at night, Jane Roe said.\n" * 100)
    said = "Read to character 1,000 of 4,000; the rest was not searched for claims."
    done = claimdesk(data, "ingest", long)
    assert (done.code, done.err.splitlines()[0]) == (0, f"{long}: {said}")
    [entry] = claimdesk(data, "articles", "--json").lines
    assert said in claimdesk(data, "article", entry["id"]).out
    assert claimdesk(data, "article", "--json", entry["id"]).lines[0]["read_to"] == 1000
    assert said in claimdesk(data, "jobs").out
    assert said in claimdesk(data, "extract", long).out
