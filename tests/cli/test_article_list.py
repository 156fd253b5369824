from __future__ import annotations

from pathlib import Path

from tests.cli.program import claimdesk


def test_articles_are_listed_with_ids_outlets_dates_and_claims(indexed: Path) -> None:
    done = claimdesk(indexed, "articles")
    assert (done.code, done.err) == (0, "")
    listed = claimdesk(indexed, "articles", "--json").lines
    assert len(listed) == 9
    for one in listed:
        title = one["title"] or "Russia-Ukraine"
        (line,) = [row for row in done.out.splitlines() if row.startswith(one["id"])]
        assert title in line
        assert (one["outlet"] or "") in line
    post = next(one for one in listed if one["published"])
    assert post["outlet"]
    assert post["claims"] == len(claims_of(indexed, post["id"]))
    assert f"   {post['claims']} claims" in done.out


def claims_of(data: Path, article_id: str) -> list[str]:
    shown = claimdesk(data, "article", article_id).out
    return [line for line in shown.splitlines() if line.split(". ")[0].isdigit()]


def test_newest_articles_come_first(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number in (1, 2):
        story = tmp_path / f"{number}.md"
        story.write_text(f"---\ntitle: Story {number}\n---\nQuay {number} is shut, Roe said.\n")
        assert claimdesk(data, "ingest", story).code == 0
    titles = [one["title"] for one in claimdesk(data, "articles", "--json").lines]
    assert titles == ["Story 2", "Story 1"]


def test_articles_are_filtered_by_title_outlet_or_first_words(indexed: Path) -> None:
    every = claimdesk(indexed, "articles", "--json").lines
    some = claimdesk(indexed, "articles", "--json", "HARBOUR", "day").lines
    assert [one["title"] for one in some] == ["Harbour closure enters third day"]
    outlet = some[0]["outlet"]
    of_outlet = claimdesk(indexed, "articles", "--json", *outlet.split()).lines
    assert [one["id"] for one in of_outlet] == [
        one["id"] for one in every if one["outlet"] == outlet
    ]
    assert claimdesk(indexed, "articles", "--json", some[0]["id"]).lines == some


def test_a_long_list_ends_with_the_number_of_others(indexed: Path) -> None:
    done = claimdesk(indexed, "articles", "--json", "--limit", "2")
    assert len(done.lines) == 2
    assert "and 7 more; --limit shows more" in done.err


def test_an_empty_list_says_so(indexed: Path, tmp_path: Path) -> None:
    done = claimdesk(indexed, "articles", "zebra")
    assert done.code == 0
    assert done.out.startswith("No article has zebra in its title")
    assert claimdesk(indexed, "articles", "--json", "zebra").out == ""
    assert "no articles yet" in claimdesk(tmp_path / "data", "articles").out
