"""Ingesting, importing and removing articles, over the real store, index and tagger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot import config, ingest
from bot.errors import IngestError, NotFoundError
from bot.model import Article
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import FILING_BATCH
from bot.newsroom.articles.extraction import ExtractedArticle
from bot.search.engine.embedded import generation

STORY = (
    'The port stays shut. "The wall is safe," said Ingrid Solvane, the harbour master. '
    "Officials denied that ships had left."
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}))
    yield newsroom
    newsroom.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


def statuses(newsroom: Newsroom, folder: Path, **options: bool) -> list[str]:
    """Return the outcome of each article, and "failed" for each file without one."""
    return [
        outcome.status if outcome else "failed"
        for one in newsroom.intake.files.ingest([folder], **options)
        for outcome in one.outcomes or (None,)
    ]


def found(newsroom: Newsroom, query: str) -> list[str]:
    return [hit.claim.text for hit in newsroom.search.find(query).hits]


def test_an_article_is_found_after_it_came_in(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    assert statuses(newsroom, folder) == ["new"]
    hit = newsroom.search.find("wall safe").hits[0]
    assert (hit.claim.text, hit.claim.speaker) == ('"The wall is safe,"', "Ingrid Solvane")
    assert [hit.claim.text[s:e] for s, e in hit.text_matches] == ["wall", "safe"]
    assert newsroom.store.archive.coverage().articles == 1


def test_the_same_again_changes_nothing_and_changed_metadata_updates(
    newsroom: Newsroom, folder: Path
) -> None:
    (folder / "a.txt").write_text(STORY)
    statuses(newsroom, folder)
    before = newsroom.store.archive.state()
    assert statuses(newsroom, folder) == ["unchanged"]
    assert newsroom.store.archive.state() == before
    ids = set(newsroom.store.archive.claim_ids())
    (folder / "a.yml").write_text("title: Wall safe\noutlet: The Post")
    assert statuses(newsroom, folder) == ["updated"]
    hit = newsroom.search.find("in:post wall").hits[0]
    assert (hit.article.title, hit.article.outlet) == ("Wall safe", "The Post")
    assert set(newsroom.store.archive.claim_ids()) == ids
    assert newsroom.store.archive.coverage().articles == 1


def test_a_bare_file_keeps_what_was_typed_for_it(newsroom: Newsroom, folder: Path) -> None:
    file = folder / "a.txt"
    file.write_text(STORY)
    typed = ingest.parse_overrides({"title": "Wall safe", "outlet": "The Post"})
    source = newsroom.intake.files.files.read_file(file, typed)
    list(newsroom.intake.files.ingest_sources([source]))
    assert statuses(newsroom, folder) == ["unchanged"]
    file.write_text(STORY.replace("safe", "quite safe"))
    assert statuses(newsroom, folder) == ["updated"]
    card = newsroom.search.find("in:post wall").hits[0].article
    assert (card.title, card.version) == (None, 2)  # it may be another story


def test_a_metadata_file_can_remove_metadata(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    (folder / "a.yml").write_text("title: Wall safe\noutlet: The Post")
    statuses(newsroom, folder)
    (folder / "a.yml").write_text("title: Wall safe")
    assert statuses(newsroom, folder) == ["updated"]
    assert newsroom.search.find("wall").hits[0].article.outlet is None


def test_duplicate_texts_in_a_batch_are_one_article(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(STORY)
    assert statuses(newsroom, folder) == ["new", "unchanged"]


def test_same_text_in_two_outlets_is_two_articles(newsroom: Newsroom, folder: Path) -> None:
    for name in ("Post", "Herald"):
        (folder / f"{name}.md").write_text(f"---\noutlet: The {name}\n---\n{STORY}")
    assert statuses(newsroom, folder) == ["new", "new"]
    assert {hit.article.outlet for hit in newsroom.search.find("wall safe").hits} == {
        "The Post",
        "The Herald",
    }


def test_bad_file_is_reported_and_the_rest_ingested(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"caf\xe9")
    for n in range(FILING_BATCH + 1):
        (folder / f"b{n:02}.txt").write_text(f"{STORY} It was number {n}.")
    results = list(newsroom.intake.files.ingest([folder]))
    assert [one.origin for one in results] == [str(path) for path in sorted(folder.iterdir())]
    statuses = [outcome.status for one in results for outcome in one.outcomes]
    assert statuses == ["new"] * (FILING_BATCH + 1)
    assert "a.txt" in str(results[0].errors[0])
    assert newsroom.store.archive.coverage().articles == FILING_BATCH + 1


def test_samples_can_be_skipped_and_removed(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.md").write_text(f"---\nsample: true\n---\n{STORY}")
    assert statuses(newsroom, folder, include_samples=False) == []
    assert statuses(newsroom, folder) == ["new"]
    assert len(newsroom.intake.articles.remove_samples(reason="done")) == 1
    assert newsroom.search.find("wall safe").total == 0
    with pytest.raises(NotFoundError):
        newsroom.intake.articles.remove_samples(reason="again")


def test_removing_an_unknown_article_removes_nothing(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    (one,) = newsroom.intake.files.ingest([folder])
    with pytest.raises(NotFoundError, match="nothere"):
        newsroom.intake.articles.remove([one.outcomes[0].id, "nothere"], reason="x")
    assert newsroom.store.archive.coverage().articles == 1


def test_removed_article_stays_out_until_reingested(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    (one,) = newsroom.intake.files.ingest([folder])
    newsroom.intake.articles.remove([one.outcomes[0].id], reason="a court order")
    (back,) = newsroom.intake.files.ingest([folder])
    assert (back.outcomes[0].status, back.outcomes[0].reason) == ("withdrawn", "a court order")
    (folder / "a.txt").write_text(STORY.replace("safe", "quite safe"))  # nor in another version
    assert statuses(newsroom, folder) == ["withdrawn"]
    (folder / "a.txt").write_text(STORY)
    assert newsroom.store.archive.coverage().articles == 0
    assert statuses(newsroom, folder, reingest=True) == ["new"]
    assert statuses(newsroom, folder) == ["unchanged"]


def test_a_text_that_was_removed_comes_back_as_the_same_version(
    newsroom: Newsroom, folder: Path
) -> None:
    (folder / "a.txt").write_text(STORY)
    for number in range(2):
        (one,) = newsroom.intake.files.ingest([folder], reingest=number > 0)
        versions = newsroom.articles.histories.load(one.outcomes[0].id).versions
        assert [(version.number, version.state) for version in versions] == [(1, "shown")]
        newsroom.intake.articles.remove([one.outcomes[0].id], reason="a court order")


def test_removed_samples_can_be_ingested_again(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.md").write_text(f"---\nsample: true\n---\n{STORY}")
    statuses(newsroom, folder)
    newsroom.intake.articles.remove_samples(reason="done")
    assert statuses(newsroom, folder) == ["new"]


def test_a_claims_context_is_its_paragraph(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(f"First paragraph here.\n\n{STORY}\r\n\r\nLast one.\n")
    list(newsroom.intake.files.ingest([folder]))
    hit = newsroom.search.find("wall safe").hits[0]
    context = newsroom.claims.context(hit.claim.id)
    assert context.paragraph.strip() == STORY
    assert [context.paragraph[s:e] for s, e in context.claim_spans] == [hit.claim.text]
    assert (context.before, context.after) == ("First paragraph here.", "Last one.")
    with pytest.raises(NotFoundError):
        newsroom.claims.context("nothere")


# -- imports


def imported(newsroom: Newsroom, *lines: object) -> list[int | IngestError]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return list(newsroom.intake.imports.import_claims(texts))


def test_imported_claims_are_found_as_they_were_stated(newsroom: Newsroom) -> None:
    stated = {
        "text": "  The mill,\tsaid to be *old*, reopened. ",
        "ref": "R/1",
        "speaker": "Ada Brook",
        "source": "she",
        "cue": "said",
        "outlet": "The Post",
        "published": "2026-11-03",
        "url": "https://post.example/1",
        "title": "Mill reopens",
        "kind": "mixed",
    }
    imported(newsroom, stated)
    (hit,) = newsroom.search.find("by:brook mill").hits
    claim, article = hit.claim, hit.article
    assert claim.text == stated["text"]
    assert (claim.ref, claim.speaker, claim.source, claim.cue) == (
        "R/1",
        "Ada Brook",
        "she",
        "said",
    )
    assert (claim.kind, claim.type, claim.spans) == ("attribution", "mixed", ())
    assert (article.title, article.outlet, article.url) == (
        "Mill reopens",
        "The Post",
        "https://post.example/1",
    )
    assert newsroom.claims.context(claim.id).paragraph == stated["text"]


def test_equal_lines_are_separate_claims_and_reimport_adds_none(
    newsroom: Newsroom,
) -> None:
    line = {"text": "The mill reopened.", "speaker": "Ada Brook"}
    for _ in range(2):
        assert imported(newsroom, line, line, {"text": "Other."}) == [3]
        assert newsroom.search.find("mill").total == 2
        assert newsroom.store.archive.coverage().claims == 3


def test_imported_speaker_is_searchable(newsroom: Newsroom) -> None:
    imported(newsroom, {"text": "Mills pay.", "speaker": "Ada Brook", "kind": "statement"})
    (hit,) = newsroom.search.find('speaker:"ada brook"').hits
    assert (hit.claim.kind, hit.claim.speaker) == ("statement", "Ada Brook")


def test_bad_lines_are_reported_by_number_and_the_rest_imported(newsroom: Newsroom) -> None:
    results = imported(newsroom, {"text": "One."}, "{", "", {"text": "Two."})
    assert results[-1] == 2
    assert "line 2" in str(results[0])


def test_claims_without_an_article_do_not_count_as_articles(newsroom: Newsroom) -> None:
    imported(newsroom, {"text": "One mill."}, {"text": "Two mills."}, {"text": "3", "title": "T"})
    assert (
        newsroom.store.archive.coverage().articles,
        newsroom.store.archive.coverage().claims,
    ) == (1, 3)
    assert newsroom.search.find("mill").total == 2


# -- index and store


def test_missing_index_is_rebuilt_automatically(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    list(newsroom.intake.files.ingest([folder]))
    newsroom.close()
    shutil.rmtree(newsroom.settings.index_folder)
    newsroom.open()
    assert found(newsroom, "wall safe")
    assert newsroom.updates.difference().is_empty


def test_index_of_another_store_is_rebuilt(
    newsroom: Newsroom, folder: Path, tmp_path: Path
) -> None:
    (folder / "a.txt").write_text(STORY)
    list(newsroom.intake.files.ingest([folder]))
    newsroom.close()
    (newsroom.settings.data / "claimdesk.sqlite3").unlink()
    newsroom.open()
    assert newsroom.search.find("wall safe").total == 0
    assert newsroom.updates.difference().is_empty


def test_articles_of_another_process_are_found_after_catching_up(
    newsroom: Newsroom, folder: Path
) -> None:
    newsroom.open()
    (folder / "a.txt").write_text(STORY)
    other = Newsroom(newsroom.settings)
    list(other.intake.files.ingest([folder]))
    other.close()
    newsroom.updates.catch_up()
    assert found(newsroom, "wall safe")


def test_searching_and_filing_do_not_wait_for_the_index_writer(
    newsroom: Newsroom, folder: Path
) -> None:
    newsroom.open()
    (folder / "a.txt").write_text(STORY)
    with generation.write_lock(newsroom.settings.index_folder):
        assert statuses(newsroom, folder) == ["new"]
        newsroom.updates.catch_up_if_free()
        assert newsroom.search.find("wall safe").total == 0
    newsroom.updates.catch_up_if_free()
    assert newsroom.search.find("wall safe").total == 1


def test_reindexing_preserves_claims_and_ids(newsroom: Newsroom, folder: Path) -> None:
    (folder / "a.txt").write_text(STORY)
    list(newsroom.intake.files.ingest([folder]))
    before = [hit.claim.id for hit in newsroom.search.find("wall").hits]
    assert newsroom.updates.reindex() == newsroom.store.archive.coverage().claims
    assert [hit.claim.id for hit in newsroom.search.find("wall").hits] == before


def test_answer_counts_undated_articles_excluded_by_a_date_filter(
    newsroom: Newsroom, folder: Path
) -> None:
    (folder / "a.txt").write_text(STORY)
    list(newsroom.intake.files.ingest([folder]))
    assert newsroom.search.find("wall safe").undated_left_out == 0
    answer = newsroom.search.find("wall safe after:2020-01-01")
    assert (answer.total, answer.undated_left_out) == (0, 1)


def test_article_removed_during_extraction_stays_out(
    newsroom: Newsroom, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(STORY)
    (one,) = newsroom.intake.files.ingest([folder])
    (folder / "a.yml").write_text("title: Port shut\n")
    read = newsroom.intake.articles.reader.read

    def removed_meanwhile(articles: Sequence[Article]) -> list[ExtractedArticle]:
        if articles:
            newsroom.intake.articles.remove([one.outcomes[0].id], reason="a court order")
        return read(articles)

    monkeypatch.setattr(newsroom.intake.articles.reader, "read", removed_meanwhile)
    assert statuses(newsroom, folder) == ["withdrawn"]
    assert newsroom.store.archive.coverage().articles == 0
