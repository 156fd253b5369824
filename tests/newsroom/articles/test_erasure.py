"""An erased text is nowhere: not in a table, not in the index, not in a file; on both databases."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from bot import config
from bot.errors import NotFoundError
from bot.extract.extractor import Extractor
from bot.model import OPERATOR, Correction, Document, Ruling
from bot.newsroom import Newsroom
from bot.search import IndexState
from bot.store import Store
from bot.store.delivery.payloads import SharePayload, TextPayload
from bot.store.schema import (
    alerts,
    answers,
    audit,
    corrections,
    jobs,
    metadata,
    outbox,
    rulings,
    versions,
)
from tests.manual_clock import ManualClock
from tests.store.rows import value_of

SENTENCE = "The quay has sunk by a hand's breadth since the barges came upriver"
STORY = (
    f"{SENTENCE}, said Ingrid Solvane, the harbour master.\n\n"
    "Officials denied that nine ships had left the roads outside the town on Monday evening."
)
EARLIER = STORY.replace("nine ships", "eleven trawlers")
OTHER = "The ferry sails again on Friday, said Tomas Aldery, who owns the ferry."
WORDS = ("breadth", "upriver", "solvane", "trawlers", "officials denied", "sinks at night")
URL = "https://post.example/quay"
DAY = timedelta(days=1)


@pytest.fixture
def newsroom(
    tmp_path: Path, database_url: str, clock: ManualClock, extractor: Extractor
) -> Iterator[Newsroom]:
    environment = {"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url}
    with contextlib.closing(Store(database_url)) as store:
        store.database.migrate()
    with Newsroom(config.load(environment), clock) as opened:
        opened.extractions.extractor = extractor
        yield opened


def ingest(newsroom: Newsroom, text: str = STORY, url: str = URL, **fields: Any) -> str:
    values = {"origin": url, "url": url, "text": text, "title": "The pier sinks at night"}
    [outcome] = newsroom.intake.articles.ingest([Document(**values | fields)])
    return outcome.id


def erase(newsroom: Newsroom, *ids: str) -> None:
    newsroom.intake.erasure.erase(
        ids, reason="a court said so", block_reimport=True, ordered_by="the editor"
    )


def repeat_everywhere(newsroom: Newsroom, article_id: str, query: str = "barges") -> None:
    """Correct, ask for, share and watch what an article says."""
    now, database = newsroom.now(), newsroom.store.database
    claim = newsroom.search.find(query, viewer=OPERATOR).hits[0].claim
    people = {"person": "U1", "person_name": "Ann"}
    correction = Correction(
        **{"id": "", "team": "T1", "press": "p1", "claim_id": claim.id, "article_id": article_id},
        **{"changes": {"speaker": "I. Solvane"}, "before": {"speaker": "Ingrid Solvane"}},
        **{"reason": "It says Solvane", "suggested_at": now, "state": "suggested", **people},
    )
    ruling = Ruling(ruling="accepted", at=now, reason="Solvane it is", **people)
    assert newsroom.store.corrections.suggest(correction, ruling)
    place = {"team": "T1", "channel": "C1", "now": now}
    for key, payload in (("share", SharePayload("U1")), ("told", TextPayload(f"Look: {SENTENCE}"))):
        newsroom.store.outbox.add(None, key=key, payload=payload, claims=[claim.id], **place)
    database.execute(sa.update(outbox).values(state="sent", ts=sa.cast(outbox.c.id, sa.Text)))
    asked = {"team": "T1", "person": "U1", "asked_at": now}
    watch = {column.name: value_of(column, 1) for column in metadata.tables["watches"].columns}
    alert = {"watch_id": watch["id"], "statement": claim.id, "claims": [claim.id], "found_at": now}
    job = {"kind": "page", "key": "k", "state": "failed", "due_at": now, "attempts": 1}
    rows: list[tuple[sa.Table, dict[str, Any]]] = [
        (answers, {"id": "a1", "query": f"Who said “{SENTENCE}”?", **asked}),
        (answers, {"id": "a2", "query": "ferry on friday", **asked}),
        (metadata.tables["watches"], watch),
        (alerts, {**alert, "words": ["upriver"]}),
        (jobs, {**job, "payload": {"entry": {"summary": SENTENCE}}}),
    ]
    with database.write() as connection:
        for table, row in rows:
            connection.execute(sa.insert(table).values(row))


def rows_with(newsroom: Newsroom, word: str) -> list[str]:
    """The rows of all tables that have a word, in the store."""
    with newsroom.store.database.read() as connection:
        return [
            f"{table.name}: {row}"
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            if word in repr(tuple(row)).casefold()
        ]


def files_with(folder: Path, word: str) -> list[Path]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return [file for file in files if word.encode() in file.read_bytes().lower()]


def stored(newsroom: Newsroom, table: sa.Table) -> list[sa.Row[Any]]:
    return list(newsroom.store.database.fetch_all(sa.select(table)))


def test_the_text_is_in_no_table_and_no_file(newsroom: Newsroom, tmp_path: Path) -> None:
    article_id = ingest(newsroom, EARLIER)
    assert ingest(newsroom) == article_id
    other_id = ingest(newsroom, OTHER, "https://post.example/ferry", title="Ferries")
    repeat_everywhere(newsroom, article_id)
    assert all(rows_with(newsroom, word) for word in WORDS)
    assert files_with(tmp_path, "upriver")
    erase(newsroom, article_id)
    for word in WORDS:
        assert rows_with(newsroom, word) == []
        assert files_with(tmp_path, word) == []
    assert not newsroom.search.find("barges", viewer=OPERATOR).total
    assert newsroom.search.find("ferry", viewer=OPERATOR).hits[0].article.id == other_id


def test_people_who_quoted_it_elsewhere_no_longer_do(newsroom: Newsroom) -> None:
    """Why somebody corrected another article, or removed it, may repeat an erased text."""
    article_id = ingest(newsroom)
    other_id = ingest(newsroom, OTHER, "https://post.example/ferry", title="Ferries")
    repeat_everywhere(newsroom, other_id, query="ferry")
    database, why = newsroom.store.database, f"The Post has “{SENTENCE}”"
    database.execute(sa.update(corrections).values(reason=why))
    database.execute(sa.update(rulings).values(reason=why))
    newsroom.intake.articles.remove([other_id], reason=why)
    erase(newsroom, article_id)
    assert rows_with(newsroom, "breadth") == []
    (correction,) = stored(newsroom, corrections)
    assert (correction.reason, correction.changes) == ("[…]", {"speaker": "I. Solvane"})
    assert rows_with(newsroom, "aldery")  # what was removed stays in the history


CHINESE = "港口的防波堤周一被宣布为安全，海事局的发言人说。"
JAPANESE = "港の防波堤は月曜日に安全だと宣言されたと広報は語った。"
THAI = "กำแพงท่าเรือได้รับการประกาศว่าปลอดภัยในวันจันทร์"


@pytest.mark.parametrize(
    ("text", "repeated", "other"),
    [
        (CHINESE, "“防波堤周一被宣布为安全，海事局”?", "海事局周一"),
        (JAPANESE, "防波堤は月曜日に安全だと宣言", "月曜日に安全"),
        (THAI, "ท่าเรือได้รับการประกาศว่าปลอดภัย", "วันจันทร์"),
    ],
)
def test_a_text_without_spaces_is_erased_where_it_is_repeated(
    newsroom: Newsroom, text: str, repeated: str, other: str
) -> None:
    article_id = ingest(newsroom, text, title=None)
    asked = {"team": "T1", "person": "U1", "asked_at": newsroom.now()}
    for id_, query in (("a1", repeated), ("a2", other)):
        newsroom.store.database.execute(sa.insert(answers).values(id=id_, query=query, **asked))
    erase(newsroom, article_id)
    assert [row.id for row in stored(newsroom, answers)] == ["a2"]
    assert rows_with(newsroom, repeated[4:16]) == []


def test_what_does_not_repeat_the_text_stays(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    repeat_everywhere(newsroom, article_id)
    erase(newsroom, article_id)
    assert [row.id for row in stored(newsroom, answers)] == ["a2"]
    (correction,) = stored(newsroom, corrections)
    assert (correction.person, correction.state, correction.changes) == ("U1", "accepted", {})
    assert {row.key: row.payload.get("text") for row in stored(newsroom, outbox)} == {
        "share": None,
        "told": "[…]",
    }


def test_messages_that_show_its_claims_are_updated(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    repeat_everywhere(newsroom, article_id)
    erase(newsroom, article_id)
    updated = {row.key for row in stored(newsroom, jobs) if row.kind == "mend"}
    assert updated == {f"T1/C1/{row.ts}" for row in stored(newsroom, outbox)}


def test_its_vectors_are_deleted(newsroom: Newsroom, tmp_path: Path) -> None:
    article_id = ingest(newsroom)
    store_id, seq = newsroom.store.archive.state()
    entries = list(newsroom.store.archive.entries([article_id]))
    vectors = newsroom.vectors.stored
    vectors.begin(IndexState(store=store_id, seq=seq))
    vectors.add(entries, np.full((len(entries), 384), 384**-0.5, np.float32))
    assert files_with(tmp_path, entries[0].claim_id)
    erase(newsroom, article_id)
    assert vectors.count() == 0
    folder = newsroom.settings.vectors_folder
    assert not any((folder / "bytes").read_bytes())
    assert files_with(folder, entries[0].claim_id) == []


def test_the_text_stays_out_afterwards(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    erase(newsroom, article_id)
    for text in (STORY, STORY.replace("nine", "ten")):
        [outcome] = newsroom.intake.articles.ingest([Document(origin=URL, url=URL, text=text)])
        assert (outcome.id, outcome.status) == (article_id, "withdrawn")
    erase(newsroom, article_id)
    assert rows_with(newsroom, "upriver") == []


def test_a_corrected_article_can_be_added_again(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    repeat_everywhere(newsroom, article_id)
    erase(newsroom, article_id)
    again = Document(origin=URL, url=URL, text=STORY)
    newsroom.intake.articles.ingest([again], reingest=True)
    claim = newsroom.search.find("barges", viewer=OPERATOR).hits[0].claim
    assert (claim.speaker, bool(claim.corrected)) == ("Ingrid Solvane", False)


def test_what_was_removed_before_can_be_erased(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    newsroom.intake.articles.remove([article_id], reason="wrong")
    assert rows_with(newsroom, "upriver")
    erase(newsroom, article_id)
    assert rows_with(newsroom, "upriver") == []


def test_each_erasure_is_recorded_without_the_id(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    erase(newsroom, article_id)
    (record,) = stored(newsroom, audit)
    assert (record.kind, record.ordered_by) == ("erase", "the editor")
    salt, digest = record.subject.split(":")
    assert digest == hashlib.sha256(f"{salt}{article_id}".encode()).hexdigest()


def test_the_counts_say_what_is_affected(newsroom: Newsroom) -> None:
    article_id = ingest(newsroom)
    repeat_everywhere(newsroom, article_id)
    ingest(newsroom, url="https://echo.example/quay")
    counts = newsroom.intake.erasure.count([article_id])
    assert (counts.articles, counts.corrections, counts.messages, counts.copies) == (1, 1, 2, 1)
    assert counts.claims >= 2
    with pytest.raises(NotFoundError, match="nothere"):
        newsroom.intake.erasure.count([article_id, "nothere"])


def test_a_purge_erases_what_is_old(newsroom: Newsroom, clock: ManualClock) -> None:
    undated = ingest(newsroom)
    removed = ingest(newsroom, EARLIER, "https://post.example/wall", published="2026-01-01")
    newsroom.intake.articles.remove([removed], reason="wrong")
    clock.now += 30 * DAY
    recent = ingest(newsroom, OTHER, "https://post.example/ferry")
    old_day = (clock.now - 90 * DAY).date()
    old_text = "The dredger was sold in spring, said Nils Corvane, its captain."
    old = ingest(
        newsroom,
        old_text,
        "https://post.example/dredger",
        published=f"{old_day}",
        published_on=old_day,
    )
    erasure = newsroom.intake.erasure
    moment = clock.now - 20 * DAY
    ids = erasure.ids_from_before(moment)
    assert set(ids) == {undated, removed, old}
    assert list(erasure.purge(ids, moment=moment, ordered_by="the editor")) == [3]
    assert erasure.ids_from_before(moment) == []
    for word in ("upriver", "corvane"):
        assert rows_with(newsroom, word) == []
    assert newsroom.store.archive.article(recent).text == OTHER
    (record,) = stored(newsroom, audit)
    day = f"{moment:%Y-%m-%d}"
    assert (record.kind, record.subject) == ("purge", f"3 articles from before {day}")
    assert {row.text for row in stored(newsroom, versions)} == {""}
