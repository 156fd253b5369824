"""What may be shown of the archive, as a table and as web annotations, on both databases."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
import sqlalchemy as sa

from bot import config
from bot.model import Claim, Document
from bot.newsroom import Newsroom
from bot.newsroom.archive.views import ArchiveView
from bot.store import Exports, Store
from bot.store.database import Database
from bot.store.schema import metadata
from tests.reopen import reopen
from tests.text.test_languages import SENTENCES

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
STORY = (
    'The port “stays shut”. "The wall is safe," said Ingrid Solvane, the harbour master, 𝒳.\r\n\r\n'
    "Officials denied on Monday that ships had left, according to the ministry. Ten ships wait."
)
KILLED, WITHHELD, FORMULA = "It was all wrong, Lund said.", "Not before noon, Lund said.", "=1+1"


def open_at(folder: Path, url: str | None = None) -> Newsroom:
    known = {"CLAIMDESK_DATA": str(folder)} | ({"DATABASE_URL": url} if url else {})
    if url:
        store = Store(url)
        store.database.migrate()
        store.close()
    return Newsroom(config.load(known), clock=lambda: NOW)


@pytest.fixture
def newsroom(database_url: str, tmp_path: Path) -> Iterator[Newsroom]:
    with open_at(tmp_path / "full", database_url) as newsroom:
        fill(newsroom)
        yield newsroom


def fill(newsroom: Newsroom) -> None:
    """Everything that an archive may hold: versions, copies, embargoes, kills, imported claims,
    corrections."""
    first = document("wire", STORY, guid="g1", revision=1, byline="Edda Marsh", published=NOW)
    newsroom.intake.articles.ingest(
        [first, document("post", STORY, title=FORMULA), document("fr", SENTENCES["fr"])]
    )
    newsroom.intake.articles.ingest(
        [document("wire", f"CORRECTED. {STORY[4:]}", guid="g1", revision=2, note="x")]
    )
    newsroom.intake.articles.ingest(
        [document("late", WITHHELD, guid="g2", embargo=NOW + timedelta(hours=1))]
    )
    newsroom.intake.articles.ingest([document("bad", KILLED, guid="g3")])
    newsroom.intake.articles.ingest([document("bad", "", guid="g3", revision=9, status="canceled")])
    (gone,) = newsroom.intake.articles.ingest([document("gone", "The lock leaks, Lund said.")])
    newsroom.intake.articles.remove([gone.id], reason="a test")
    (erased,) = newsroom.intake.articles.ingest([document("erased", "The pump leaks, Lund said.")])
    newsroom.intake.erasure.erase(
        [erased.id], reason="a test", block_reimport=True, ordered_by="a test"
    )
    lines = [{"text": "Beans are fruit", "speaker": "Ada", "ref": 7}, {"text": "So", "outlet": "X"}]
    assert list(newsroom.intake.imports.import_claims(json.dumps(one) for one in lines)) == [2]
    left = newsroom.search.find("ships had left").hits[0].claim
    ((start, _),) = left.spans
    correct(newsroom, left, speaker="Omar Lund", content=((start, start + len("ships")),))
    correct(newsroom, newsroom.search.find("officials denied monday").hits[0].claim, rejected=True)
    correct(newsroom, newsroom.search.find("by:ada").hits[0].claim, decides=False, stance="denied")


def correct(newsroom: Newsroom, claim: Claim, *, decides: bool = True, **changes: object) -> None:
    person = {"team": "T1", "person": "U1", "person_name": "Ann"}
    known = {"press": claim.id, "claim_id": claim.id, "changes": changes, "reason": "heard it"}
    newsroom.corrections.correct(**known, **person, is_accepted=decides)


def document(
    outlet: str, text: str, published: datetime | None = None, **known: object
) -> Document:
    if published:
        known |= {"published": published.isoformat(), "published_at": published}
        known |= {"published_on": published.date()}
    return Document(origin=f"{outlet}.txt", text=text, outlet=outlet, **known)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Newsroom]:
    with open_at(tmp_path / "empty") as newsroom:
        yield newsroom


DERIVED = ("bands", "names")


def test_a_restored_store_lives_on(newsroom: Newsroom, tmp_path: Path) -> None:
    """What is derived is there again; what is held back waits for its hour, what was taken back
    stays out."""
    file = tmp_path / "export.jsonl"
    with file.open("wb") as output:
        Exports(newsroom.store.database).write(output)
    with closing(Database(f"sqlite:///{tmp_path / 'other' / 'claimdesk.sqlite3'}")) as database:
        Exports(database).restore(file)
    with open_at(tmp_path / "other") as other:
        other.open()
        for query in ("wall", "capitainerie", "by:ada", "leaks", "wrong"):
            hits = [hit.claim for hit in newsroom.search.find(query).hits]
            assert [hit.claim for hit in other.search.find(query).hits] == hits
        for name in DERIVED:
            known, again = (
                sorted(one.store.database.fetch_all(sa.select(metadata.tables[name])))
                for one in (newsroom, other)
            )
            assert known == again != []
        assert other.store.corrections.find() == newsroom.store.corrections.find()
        reopen(other, now=lambda: NOW + timedelta(hours=2))
        assert [one.status for one in other.intake.articles.release_due()] == ["new"]
        assert [
            one.status for one in other.intake.articles.ingest([document("bad", KILLED, guid="g9")])
        ] == ["withdrawn"]


def table(newsroom: Newsroom) -> list[dict[str, str]]:
    text = "".join(newsroom.archive.export("csv"))
    assert text.startswith("\ufeffid,")  # or a spreadsheet would take it for another encoding
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_table_has_the_claims_that_are_shown(newsroom: Newsroom) -> None:
    made = {row["id"]: row for row in table(newsroom)}
    assert made.keys() == set(newsroom.store.archive.claim_ids())
    assert KILLED[:9] not in str(made)
    assert WITHHELD[:9] not in str(made)
    said = [row for row in made.values() if row["text"] == '"The wall is safe,"']
    assert {(row["speaker"], row["type"], row["outlet"]) for row in said} == {
        ("Ingrid Solvane", "direct", "wire"),
        ("Ingrid Solvane", "direct", "post"),
    }


ABOUT_PEOPLE = re.compile(r"\bU1\b|\bT1\b|\bAnn\b|heard it")
"""Whoever corrected something, and why."""


def test_what_may_be_shown_names_nobody_in_slack(newsroom: Newsroom) -> None:
    for form in get_args(ArchiveView):
        text = "".join(newsroom.archive.export(form))
        assert "Omar Lund" in text  # as corrected
        assert not ABOUT_PEOPLE.search(text)


def test_table_is_a_consistent_snapshot(newsroom: Newsroom) -> None:
    whole = list(newsroom.archive.export("csv"))
    lines = newsroom.archive.export("csv")
    begun = [next(lines), next(lines)]
    newsroom.intake.articles.remove([row["article_id"] for row in table(newsroom)], reason="a test")
    assert table(newsroom) == []
    assert [*begun, *lines] == whole


def test_table_marks_paragraphs_that_were_not_extracted(newsroom: Newsroom) -> None:
    unread = [row["who"] for row in table(newsroom) if row["kind"] == "passage"]
    assert set(unread) == {"Text in French: I can't find claims in it"}


def test_cells_are_never_formulas(empty: Newsroom) -> None:
    begins = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"]
    lines = [{"text": f'{b},\n"b', "speaker": b.strip(), "title": b.strip()} for b in begins]
    assert list(empty.intake.imports.import_claims(map(json.dumps, lines))) == [len(begins)]
    made = table(empty)
    assert sorted(row["text"] for row in made) == sorted(f"'{begin},\n\"b" for begin in begins)
    for row in made:
        assert row["speaker"] == row["title"]
        assert row["title"].startswith("'")


def test_annotations_are_one_document_of_shown_claims(newsroom: Newsroom) -> None:
    made = json.loads("".join(newsroom.archive.export("annotations")))
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    items = made["first"]["items"]
    there = set(newsroom.store.archive.claim_ids()) - {
        row["id"] for row in table(newsroom) if row["ref"]
    }
    with_place = {one["id"].rsplit(":", 1)[1] for one in items}
    assert with_place <= there
    assert len(with_place) == len(there) - 1  # one more was imported, and has no place in a text
    said = next(one for one in items if one["body"].get("claimdesk:speaker") == "Ingrid Solvane")
    assert said["body"]["type"] == "claimdesk:Attribution"
    assert said["body"]["claimdesk:quoted"] == "direct"


def test_an_empty_archive_has_a_table_and_a_collection(empty: Newsroom) -> None:
    assert json.loads("".join(empty.archive.export("annotations")))["first"]["items"] == []
    assert table(empty) == []
