"""Exporting and restoring archives on both databases, and other export formats."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.errors import IngestError, StoreError
from bot.model import Claim, Document
from bot.newsroom import Newsroom
from bot.newsroom.archive.export import is_archive
from bot.store import Store, schema
from tests.reopen import reopen
from tests.text.test_languages import SENTENCES

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
KEPT = (
    *("articles", "claims", "versions", "identities", "gone_claims", "removals", "bands", "names"),
    *("originals", "corrections", "rulings"),
)
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


def rows(newsroom: Newsroom) -> dict[str, list[dict[str, object]]]:
    out = {}
    with newsroom.store.database.read() as connection:
        for name in KEPT:
            found = connection.execute(sa.select(schema.metadata.tables[name])).mappings()
            out[name] = sorted((dict(row) for row in found), key=repr)
    return out


def archive(newsroom: Newsroom) -> list[str]:
    return "".join(newsroom.archive.export("jsonl")).splitlines(keepends=True)


def test_restored_archive_equals_the_exported_one(newsroom: Newsroom, tmp_path: Path) -> None:
    before, lines = rows(newsroom), archive(newsroom)
    assert all(before.values()), "there is something of everything"
    assert is_archive(lines[0])
    with open_at(tmp_path / "empty") as other:
        assert list(other.archive.restore(lines))[-1] == len(lines) - 2
        assert rows(other) == before
        assert archive(other) == lines
        assert other.store.archive.coverage() == newsroom.store.archive.coverage()
        for query in ("wall", "capitainerie", "by:ada", "leaks", "wrong"):
            hits = [hit.claim for hit in newsroom.search.find(query).hits]
            assert [hit.claim for hit in other.search.find(query).hits] == hits
        # It lives on: what is held back waits for its hour, what was taken back stays out.
        reopen(other, now=lambda: NOW + timedelta(hours=2))
        assert [one.status for one in other.intake.articles.release_due()] == ["new"]
        assert [
            one.status for one in other.intake.articles.ingest([document("bad", KILLED, guid="g9")])
        ] == ["withdrawn"]


def test_sqlite_archive_restores_into_any_empty_store(database_url: str, tmp_path: Path) -> None:
    with open_at(tmp_path / "full") as newsroom:
        fill(newsroom)
        before, lines = rows(newsroom), archive(newsroom)
    with open_at(tmp_path / "empty", database_url) as other:
        assert list(other.archive.restore(iter(lines)))
        assert rows(other) == before
        with pytest.raises(StoreError, match="articles in this one already"):
            list(other.archive.restore(lines))
        assert rows(other) == before


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    with open_at(tmp_path_factory.mktemp("archive")) as newsroom:
        fill(newsroom)
        return archive(newsroom)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Newsroom]:
    with open_at(tmp_path / "empty") as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def still_empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """Return a store for tests that must leave it empty."""
    with open_at(tmp_path_factory.mktemp("empty")) as newsroom:
        yield newsroom


Spoil = Callable[[list[str]], list[str]]


def with_value(lines: list[str], key: str, value: object, kind: str = "article") -> list[str]:
    """Change a value in the first row of a kind."""
    rows = [json.loads(line).get(kind) for line in lines]
    at = min((n for n, row in enumerate(rows) if row), key=lambda n: (key not in rows[n], n))
    return [*lines[:at], json.dumps({kind: rows[at] | {key: value}}), *lines[at + 1 :]]


def last_seq(lines: list[str]) -> int:
    return max(json.loads(line).get("article", {}).get("seq", 0) for line in lines)


def of_claim(key: str, value: object) -> Spoil:
    return lambda lines: with_value(lines, key, value, "claim")


def of_version(key: str, value: object) -> Spoil:
    return of_("version", key, value)


def of_(kind: str, key: str, value: object) -> Spoil:
    return lambda lines: with_value(lines, key, value, kind)


KEPT_CLAIM = {"id": "x", "kind": "statement", "text": "x"}
FAR = KEPT_CLAIM | {"spans": [[0, 9999]]}
FAR_CUE = KEPT_CLAIM | {"cue_spans": [[0, 9999]]}
NO_SPANS = KEPT_CLAIM | {"source_spans": [1]}


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda lines: lines[:-1], "the archive is cut short"),
        (lambda lines: lines[:1], "line 1: the archive is cut"),
        (lambda lines: [*lines[:2], *lines[3:]], "lines are missing"),
        (lambda lines: [*lines[:3], lines[3][:40], *lines[4:]], "line 4: it is not a line"),
        (lambda lines: [*lines[:3], "[1]\n", *lines[3:]], "line 4: it is not a line"),
        (lambda lines: [*lines[:3], '{"a": {}}\n', *lines[3:]], "line 4: the kind of this a is"),
        (lambda lines: ['{"claimdesk_archive": 2}\n', *lines[1:]], "the archive's format is 2"),
        (lambda lines: lines[1:], "does not start like an exported archive"),
        (lambda lines: with_value(lines, "text", "Others"), "line 2: the text of this article"),
        (lambda lines: with_value(lines, "seq", "7"), "the seq of this article is of another kind"),
        (lambda lines: with_value(lines, "seq", True), "the seq of this article is of another"),
        (lambda lines: with_value(lines, "origin", None), "the origin of this article is missing"),
        (lambda lines: with_value(lines, "title", "a\0b"), "the title of this article is of"),
        (lambda lines: with_value(lines, "arrived_at", "2026-11-03"), "is no date"),
        (lambda lines: with_value(lines, "colour", "blue"), "the colour of this article is not"),
        (lambda lines: with_value(lines, "arrived_at", "0001-01-01T00:00:00+10:00"), "is no date"),
        (lambda lines: with_value(lines, "title", "\ud800"), ": the title of this article is of"),
        (lambda lines: with_value(lines, "seq", 2**63 - 1), "the seq of this article is of"),
        (lambda lines: with_value(lines, "seq", -1), "the seq of this article is of another"),
        (lambda lines: with_value(lines, "version", 2**31), "the version of this article is of"),
        (lambda lines: with_value(lines, "id", "x" * 33), "the id of this article is of another"),
        (lambda lines: with_value(lines, "id", "../x"), "the id of this article is of another"),
        (lambda lines: with_value(lines, "arrival", "x"), "the arrival of this article is no word"),
        (lambda lines: with_value(lines, "published", "any time at all"), "the published of this"),
        (lambda lines: with_value(lines, "paragraphs", [[0, 9999]]), "are no places in the"),
        (lambda lines: with_value(lines, "copy_of", "x"), "the copy_of of this article is not"),
        (lambda lines: with_value(lines, "seq", last_seq(lines)), "the key of this article is"),
        (lambda lines: [*lines[:3], *lines[2:-2], lines[-1]], "line 4: the key of this claim is"),
        (lambda lines: [*lines, lines[1]], "there is more after the archive's end"),
        (of_claim("article_id", "x"), "the article_id of this claim is not that of the article"),
        (of_claim("confidence", float("nan")), "the confidence of this claim is of another"),
        (of_claim("kind", "x"), "line 3: the kind of this claim is no word"),
        (of_claim("source_kind", "x"), "the source_kind of this claim is no word"),
        (of_claim("spans", "abcd"), "the spans of this claim is of another kind"),
        (of_claim("spans", [[0, "1"]]), "the spans of this claim are no places"),
        (of_claim("spans", [[-1, 1]]), "the spans of this claim are no places"),
        (of_claim("spans", [[0, 9], [5, 10]]), "the spans of this claim are no places"),
        (of_claim("source_spans", [[0, 9999]]), "the source_spans of this claim are no places"),
        (of_claim("cue_spans", [1]), "the cue_spans of this claim are no places"),
        (of_claim("via", 5), "the via of this claim is of another kind"),
        (of_claim("via", ["\ud800"]), "the via of this claim is of another kind"),
        (of_claim("ref", "a\0b"), "the ref of this claim is of another kind"),
        (of_version("document", []), "the document of this version is of another kind"),
        (of_version("document", {}), "the origin in the document of this version is missing"),
        (of_version("document", {"origin": "x", "y": 1}), "the y in the document of this version"),
        (of_version("document", {"origin": "x", "embargo": "x"}), "the embargo of this version"),
        (of_version("document", {"origin": "x", "status": "x"}), "the status of this version is"),
        (of_version("claims", [5]), "the claims of this version are of another kind"),
        (of_version("claims", [{"id": "x"}]), "the kind in the claims of this version is missing"),
        (of_version("claims", [NO_SPANS]), "the claims of this version are no places"),
        (of_version("state", "shown"), "the state of this version is no word"),
        (of_("original", "claim", {}), "the id in the claims of this original is missing"),
        (of_("original", "claim", []), "the claim of this original is of another kind"),
        (of_("original", "claim", FAR), "the claim of this original has no place in the"),
        (of_("original", "claim", FAR_CUE), "the claim of this original has no place in the"),
        (of_("original", "claim", NO_SPANS), "the claims of this original are no places"),
        (of_("correction", "changes", {"colour": 1}), "the changes of this correction are of"),
        (of_("correction", "changes", {"speaker": "a\0"}), "the changes of this correction are"),
        (of_("correction", "before", {"content": {}}), "the before of this correction are of"),
        (of_("correction", "state", "x"), "the state of this correction is no word"),
        (of_("ruling", "ruling", "suggested"), "the ruling of this ruling is no word"),
        (of_("ruling", "correction_id", "x"), "the correction_id of this ruling is not"),
    ],
)  # fmt: skip
def test_a_broken_archive_is_refused_and_leaves_nothing(
    exported: list[str], still_empty: Newsroom, spoil: Spoil, says: str
) -> None:
    with pytest.raises(IngestError) as refused:
        list(still_empty.archive.restore(spoil(exported)))
    assert says in str(refused.value)
    assert not any(rows(still_empty).values())


@pytest.mark.parametrize("line", ["", "{", '{"text": "x"}', "[]", "null", "[" * 100_000])
def test_claim_lines_are_not_an_archive(line: str) -> None:
    assert not is_archive(line)


def table(newsroom: Newsroom) -> list[dict[str, str]]:
    text = "".join(newsroom.archive.export("csv"))
    assert text.startswith("\ufeffid,")  # or a spreadsheet would take it for another encoding
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_table_has_the_claims_that_are_shown(exported: list[str], empty: Newsroom) -> None:
    list(empty.archive.restore(exported))
    made = {row["id"]: row for row in table(empty)}
    assert made.keys() == set(empty.store.archive.claim_ids())
    assert KILLED[:9] not in str(made)
    assert WITHHELD[:9] not in str(made)
    said = [row for row in made.values() if row["text"] == '"The wall is safe,"']
    assert {(row["speaker"], row["type"], row["outlet"]) for row in said} == {
        ("Ingrid Solvane", "direct", "wire"),
        ("Ingrid Solvane", "direct", "post"),
    }


ABOUT_PEOPLE = re.compile(r"\bU1\b|\bT1\b|\bAnn\b|heard it")
"""Whoever corrected something, and why."""


def test_only_a_whole_archive_names_people_in_slack(newsroom: Newsroom) -> None:
    """It has who corrected what, as docs/privacy.md says; what may be published has not."""
    lines = [json.loads(line) for line in newsroom.archive.export("jsonl")]
    kinds = {kind for line in lines for kind in line if ABOUT_PEOPLE.search(json.dumps(line))}
    assert kinds == {"correction", "ruling"}
    for form in ("csv", "annotations"):
        text = "".join(newsroom.archive.export(form))
        assert "Omar Lund" in text  # as corrected
        assert not ABOUT_PEOPLE.search(text)


def test_table_is_a_consistent_snapshot(exported: list[str], empty: Newsroom) -> None:
    list(empty.archive.restore(exported))
    whole = list(empty.archive.export("csv"))
    lines = empty.archive.export("csv")
    begun = [next(lines), next(lines)]
    empty.intake.articles.remove([row["article_id"] for row in table(empty)], reason="a test")
    assert table(empty) == []
    assert [*begun, *lines] == whole


def test_table_marks_paragraphs_that_were_not_extracted(
    exported: list[str], empty: Newsroom
) -> None:
    list(empty.archive.restore(exported))
    unread = [row["who"] for row in table(empty) if row["kind"] == "passage"]
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


def test_annotations_are_one_document_of_shown_claims(exported: list[str], empty: Newsroom) -> None:
    list(empty.archive.restore(exported))
    made = json.loads("".join(empty.archive.export("annotations")))
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    items = made["first"]["items"]
    there = set(empty.store.archive.claim_ids()) - {row["id"] for row in table(empty) if row["ref"]}
    with_place = {one["id"].rsplit(":", 1)[1] for one in items}
    assert with_place <= there
    assert len(with_place) == len(there) - 1  # one more was imported, and has no place in a text
    said = next(one for one in items if one["body"].get("claimdesk:speaker") == "Ingrid Solvane")
    assert said["body"]["type"] == "claimdesk:Attribution"
    assert said["body"]["claimdesk:quoted"] == "direct"


def test_nothing_to_export_is_a_whole_archive_too(empty: Newsroom, tmp_path: Path) -> None:
    lines = archive(empty)
    with open_at(tmp_path / "other") as other:
        assert list(other.archive.restore(lines)) == [0]
    assert json.loads("".join(empty.archive.export("annotations")))["first"]["items"] == []
    assert table(empty) == []
