"""`claimdesk review`: what needs a review is listed, accepted and removed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import config
from bot.articles.review import brought
from bot.cli.group import claimdesk
from bot.model import Document, viewer_key
from bot.newsroom import Newsroom
from tests.ingest.make_pdf import column, make_pdf
from tests.ingest.scrambled import STORY, interleaved

URL = "https://rogue.example/quay"
ALICE = viewer_key("T1", "UALICE")


@pytest.fixture
def article_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of an article in review, in the store that the command opens."""
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path / "data"))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        story = Document(
            text="The quay has sunk, said Ingrid Solvane, the harbour master.",
            origin=URL,
            url=URL,
            title="Quay sinks",
            claimed_outlet="Reuters",
        )
        [outcome] = newsroom.intake.articles.ingest([brought(story, ALICE)])
        return outcome.id


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claimdesk, list(arguments))


def lines(*arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(*arguments).stdout.splitlines()]


def test_the_list_says_who_brought_it_and_what_it_claims_to_be(article_id: str) -> None:
    shown = run("review", "list").output
    for words in (
        f"{article_id}  Quay sinks",
        "Not reviewed yet · brought by UALICE",
        "The article says it is from Reuters; it came from rogue.example.",
        URL,
    ):
        assert words in shown
    [line] = lines("review", "list", "--json")
    expected = {"id": article_id, "claimed_outlet": "Reuters", "url": URL}
    expected |= {"review": ["unreviewed"], "brought_by": [ALICE]}
    assert line.items() >= expected.items()


def test_the_operator_sees_it_marked(article_id: str) -> None:
    assert "Not reviewed yet · brought by UALICE" in " ".join(run("claim", "quay").output.split())
    [answer] = lines("claim", "--json", "quay")
    [hit, *_] = answer["hits"]
    assert hit["article"]["review"] == ["unreviewed"]
    [article] = lines("article", "--json", article_id)
    assert (article["review"], article["brought_by"]) == (["unreviewed"], [ALICE])
    assert "unreviewed" in run("article", article_id).output
    assert lines("articles", "--json")[0]["review"] == ["unreviewed"]


def test_accepted_articles_leave_the_list(article_id: str) -> None:
    none = run("review", "accept", "--kind", "doubtful", article_id)
    assert none.exit_code == 1
    assert "There is no such article to review" in none.output
    accepted = run("review", "accept", "--by", "Ida", article_id)
    assert f"{article_id}: Accepted: Quay sinks. Everyone can find it now." in accepted.output
    assert run("review", "list").output == "There is nothing to review.\n"
    [again] = lines("review", "accept", "--json", article_id)
    assert again["outcome"] is None
    assert str(again["error"]).startswith("There is no such article to review")


def test_removed_articles_keep_the_reason(article_id: str) -> None:
    assert run("review", "remove", article_id).exit_code == 2
    [removed] = lines("review", "remove", "--json", "--reason", "a forged page", article_id)
    assert removed == {"id": article_id, "outcome": "removed", "error": None}
    assert "a forged page – the terminal" in " ".join(run("article", article_id).output.split())


def test_a_doubtful_file_is_doubted_until_it_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path / "data"))
    file = tmp_path / "quay.pdf"
    file.write_bytes(make_pdf([column(50, 780, interleaved(STORY).splitlines()[:50])]))
    for status in ("new", "unchanged"):
        ingested = run("ingest", "--json", str(file))
        [article] = json.loads(ingested.stdout)["articles"]
        read = (article["status"], article["review"], article["doubt"])
        assert read == (status, ["doubtful"], "order")
        assert "May have been read wrongly: lines may be out of order." in ingested.stderr
        assert f"claimdesk review accept {article['id']}" in ingested.stderr
    listed = run("review", "list")
    assert "May have been read wrongly: lines may be out of order" in listed.stdout
    shown = json.loads(run("article", "--json", article["id"]).stdout)
    assert (shown["review"], shown["doubt"]) == (["doubtful"], "order")
    run("review", "accept", "--kind", "doubtful", article["id"])
    again = json.loads(run("ingest", "--json", str(file)).stdout)["articles"][0]
    assert (again["review"], again["doubt"]) == ([], None)


def test_the_stored_text_and_claims_are_shown(article_id: str) -> None:
    shown = run("review", "show", article_id).output
    for words in ("Quay sinks", "The quay has sunk, said Ingrid Solvane", "1. "):
        assert words in shown
    assert "outlet        says it is from Reuters\n" in shown
    assert re.search(r"^brought by +\S", shown, re.MULTILINE)
    [line] = lines("review", "show", "--json", article_id)
    assert line["text"] == "The quay has sunk, said Ingrid Solvane, the harbour master."
    assert line["claimed_outlet"] == "Reuters"
    claims = line["claims"]
    assert isinstance(claims, list)
    assert "Ingrid Solvane" in claims[0]["who"]
    missing = run("review", "show", "nothing")
    assert missing.exit_code == 1
    assert "There is no such article to review" in missing.output


def test_accepting_can_name_the_change_that_was_shown(article_id: str) -> None:
    [line] = lines("review", "show", "--json", article_id)
    change = line["change"]
    assert isinstance(change, int)
    refused = run("review", "accept", "--change", str(change - 1), article_id)
    assert refused.exit_code == 1
    assert "The article has changed since you looked at it" in refused.output
    assert run("review", "accept", "--change", str(change), article_id).exit_code == 0
