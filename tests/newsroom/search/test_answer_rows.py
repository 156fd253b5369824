from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.config import Settings
from bot.newsroom import Newsroom
from bot.store.schema import claims, statement_keys, statement_relations, statements

WIRE = "The bridge will not open before the spring"


@pytest.fixture
def newsroom(search_settings: Settings) -> Iterator[Newsroom]:
    lines = [
        f'{{"text": "{WIRE}", "speaker": "Mara Tolland", "outlet": "Post {n}",'
        f' "published": "2026-11-0{9 - n}"}}'
        for n in range(1, 5)
    ]
    lines += [
        f'{{"text": "Bridge {n} is safe", "speaker": "Mara Tolland", "outlet": "Post"}}'
        for n in range(10, 15)
    ]
    with Newsroom(search_settings) as opened:
        opened.store.database.migrate()
        list(opened.intake.imports.import_claims(lines))
        yield opened


def test_hits_stay_separate_and_share_a_row(newsroom: Newsroom) -> None:
    answer = newsroom.search.find("spring")
    assert (answer.total, len(answer.hits), len(answer.rows)) == (4, 4, 1)
    (row,) = answer.rows
    assert row.hits[0].article.outlet == "Post 4"
    assert set(row.hits) == set(answer.hits)


def test_paging_shows_each_claim_once(newsroom: Newsroom) -> None:
    pages = [newsroom.search.find_rows("bridge", limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [len(page.rows) for page in pages] == [2, 2, 2, 0]
    assert {(page.total, page.item_count) for page in pages} == {(9, 6)}
    seen = [hit.claim.id for page in pages for row in page.rows for hit in row.hits]
    assert len(seen) == len(set(seen)) == 9
    assert all(p.hits == tuple(row.hits[0] for row in p.rows) for p in pages)


def test_grouping_does_not_depend_on_the_limit(
    newsroom: Newsroom,
) -> None:
    (row,) = newsroom.search.find_rows("spring", limit=1).rows
    assert len(row.hits) == 4


def test_claims_of_one_sentence_share_a_row(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(
        "The harbour stayed shut on Monday.\n\n"
        "Ida Marsh said the crane was unsafe, but the ministry denied that the crane had been "
        "tested.\n\n"
        "Mara Tolland told reporters that the crane would be sold.\n"
    )
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        newsroom.open()
        list(newsroom.intake.files.ingest([story]))
        answer = newsroom.search.find_rows("crane", limit=3)
        apart = newsroom.search.find("crane")
    said = [[hit.claim.speaker for hit in row.shown_hits] for row in answer.rows]
    assert sorted(said) == [["Ida Marsh", "the ministry"], ["Mara Tolland"]]
    assert (answer.total, answer.item_count, len(apart.hits)) == (3, 3, 3)
    row = next(row for row in answer.rows if row.same_sentence)
    first, other = row.shown_hits
    assert first.passage
    assert other.passage
    assert first.passage.text == other.passage.text
    matched = [hit.passage.text[s:e] for hit in row.shown_hits for s, e in hit.passage_matches]
    assert matched == ["crane", "crane"]


def forget_statements(newsroom: Newsroom) -> None:
    """Leave the archive as it was before claims had statements."""
    with newsroom.store.database.write() as connection:
        for table in (statements, statement_keys, statement_relations):
            connection.execute(sa.delete(table))
        connection.execute(sa.update(claims).values(statement=None))


def test_an_older_archive_is_grouped_when_it_is_indexed(newsroom: Newsroom) -> None:
    forget_statements(newsroom)
    newsroom.updates.reindex()
    (row,) = newsroom.search.find_rows("spring", limit=3).rows
    assert len(row.hits) == 4


def test_answers_follow_restated_claims(newsroom: Newsroom) -> None:
    forget_statements(newsroom)
    with newsroom.store.database.write() as connection:
        row = {"id": 1, "first_claim": "none", "claims": 1, "outlets": 1}
        connection.execute(sa.insert(statements).values(row))
    newsroom.updates.reindex()
    assert len(newsroom.search.find_rows("spring", limit=9).rows) == 4
    assert newsroom.updates.restate() == 9
    assert len(newsroom.search.find_rows("spring", limit=9).rows) == 1
