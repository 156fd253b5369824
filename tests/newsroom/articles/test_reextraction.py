"""Re-extraction after a change of the extractor, over the real store, index and tagger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

import bot
from bot import config
from bot.fingerprints import extractor_version
from bot.model import Claim
from bot.newsroom import Newsroom
from bot.newsroom.archive.views import ArchiveView
from bot.store.schema import articles, claims, corrections

STORY = '"Wall {n} is safe," said Ingrid Solvane, the harbour master. Officials denied it.'
EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}))
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(STORY.format(n=n))
    assert len(list(newsroom.intake.files.ingest([folder], bulk=True))) == 3
    yield newsroom
    newsroom.close()


def all_claims(newsroom: Newsroom) -> dict[str, Claim]:
    found = newsroom.store.archive.claims_by_id(sorted(newsroom.store.archive.claim_ids()))
    return {claim_id: claim for claim_id, (claim, *_) in found.items()}


def read_by_an_earlier_one(newsroom: Newsroom) -> None:
    """As an extractor would have left it that takes Ingrid Solvane for somebody else, finds one
    claim less in each article and one that is none."""
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(articles).values(extractor="earlier"))
        named = claims.c.speaker == "Ingrid Solvane"
        connection.execute(sa.delete(claims).where(sa.not_(named)))
        row = connection.execute(sa.select(claims)).mappings().first()
        connection.execute(sa.insert(claims).values({**row, "id": "none", "text": "zebra"}))
        connection.execute(sa.update(claims).where(named).values(speaker="Mara Quill"))
    newsroom.updates.reindex()


def test_claims_are_updated_and_keep_their_ids(newsroom: Newsroom) -> None:
    before = all_claims(newsroom)
    read_by_an_earlier_one(newsroom)
    assert newsroom.search.find("by:quill").total == 4
    assert newsroom.search.find("zebra").total == 1
    assert list(newsroom.intake.reextraction.reextract()) == [3, 0]
    assert all_claims(newsroom) == before
    assert newsroom.updates.difference().is_empty
    assert newsroom.search.find("zebra").total == newsroom.search.find("by:quill").total == 0
    assert newsroom.search.find("by:solvane").total == 3
    assert newsroom.store.names.canonical_names(["Mara Quill"]) == {}


def test_current_articles_are_skipped(newsroom: Newsroom) -> None:
    state = newsroom.store.archive.state()
    assert list(newsroom.intake.reextraction.reextract()) == [0]
    assert newsroom.store.archive.state() == state
    assert list(newsroom.intake.reextraction.reextract(all_articles=True)) == [3, 0]
    assert newsroom.store.archive.state() != state


def test_interrupted_run_is_resumed(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.newsroom.articles.reextraction.FILING_BATCH", 1)
    reading = newsroom.intake.reextraction.reextract(all_articles=True)
    assert [next(reading) for _ in range(2)] == [3, 2]
    reading.close()
    assert list(newsroom.intake.reextraction.reextract()) == [2, 1, 0]


def test_imported_claims_are_kept(newsroom: Newsroom) -> None:
    list(
        newsroom.intake.imports.import_claims(
            ['{"text": "Mills pay.", "title": "T"}', '{"text": "Loose."}']
        )
    )
    before = all_claims(newsroom)
    assert list(newsroom.intake.reextraction.reextract(all_articles=True)) == [3, 0]
    assert all_claims(newsroom) == before


def test_reextraction_makes_no_news(newsroom: Newsroom, tmp_path: Path) -> None:
    one = tmp_path / "one.txt"
    one.write_text(STORY.format(n=9))
    list(newsroom.intake.files.ingest([one]))
    before = newsroom.store.arrivals.claims_arrived(*EVER, oldest_days=36500)
    assert {hit.article.opening[:7] for hit in before} == {'"Wall 9'}
    list(newsroom.intake.reextraction.reextract(all_articles=True))
    assert newsroom.store.arrivals.claims_arrived(*EVER, oldest_days=36500) == before


def test_an_article_that_is_removed_meanwhile_stays_out(newsroom: Newsroom) -> None:
    hit = newsroom.search.find('"wall 1"').hits[0]
    store, unread = newsroom.store, newsroom.store.extractor_versions.stale_articles
    store.extractor_versions.mark_all_stale()

    def and_removed(*given: object, **named: object) -> object:
        handed_out = unread(*given, **named)
        if handed_out:
            newsroom.intake.articles.remove([hit.article.id], reason="a court order")
            store.extractor_versions.stale_articles = unread
        return handed_out

    store.extractor_versions.stale_articles = and_removed
    list(newsroom.intake.reextraction.reextract())
    assert newsroom.search.find('"wall 1"').total == 0
    assert newsroom.store.archive.coverage().articles == 2
    assert newsroom.updates.difference().is_empty


def test_the_version_follows_the_newsrooms_cues(newsroom: Newsroom) -> None:
    settings = newsroom.settings
    own = settings.data / "config"
    own.mkdir()
    (own / "cues.yml").write_text("denied: [pooh-pooh]\n")
    changed = config.load({"CLAIMDESK_DATA": str(settings.data)})
    assert extractor_version(settings) == extractor_version(settings)
    assert extractor_version(changed) != extractor_version(settings)


HEADED = "Harbour wall holds\n\nBy Priya Nair\n\n12 November 2026\n\n{story}\n"


def known_of(newsroom: Newsroom, article_id: str) -> tuple[object, ...]:
    article = newsroom.store.archive.article(article_id)
    return article.title, article.byline, str(article.published_on), article.version


def test_changed_role_rules_change_the_extractor_version(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    digested: set[str] = set()
    read_bytes = Path.read_bytes

    def noted(path: Path) -> bytes:
        digested.add(str(path.relative_to(Path(bot.__file__).parent)))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    extractor_version(newsroom.settings)
    rules = {"newsroom/speakers/roles.py", "wording/role.py", "speakers/descriptions.py"}
    assert rules | {"languages/en/extraction/occupations.yml"} <= digested


REFUSED = "The harbour ministry has denied a request for a new ferry. "


def file_refused(newsroom: Newsroom, folder: Path, *, seen: bool) -> None:
    """File an article as an earlier extractor did, for which what was refused was a claim."""
    path = folder / "refused.txt"
    path.write_text(REFUSED + STORY.format(n=8))
    (ingested,) = newsroom.intake.files.ingest([path])
    (outcome,) = ingested.outcomes
    start = REFUSED.index("a request")
    with newsroom.store.database.write() as connection:
        row = connection.execute(sa.select(claims)).mappings().first()
        spans = [[start, len(REFUSED) - 2]]
        event = {"id": "refused", "article_id": outcome.id, "position": 99, "spans": spans}
        event |= {"text": REFUSED[start:-2], "cue": "has denied", "stance": "denied"}
        event |= {"speaker": "the harbour ministry", "source": "The harbour ministry"}
        connection.execute(sa.insert(claims).values({**row, **event, "act": None}))
        connection.execute(sa.update(articles).values(extractor="earlier"))
        if seen:
            connection.execute(
                sa.insert(corrections).values(
                    **dict.fromkeys(("id", "team", "press", "reason", "person", "state"), "x"),
                    **{"person_name": "x", "claim_id": "refused", "article_id": outcome.id},
                    **{"changes": {}, "before": {}, "suggested_at": datetime.now(UTC)},
                )
            )
    newsroom.updates.reindex()


@pytest.mark.parametrize("seen", [True, False])
def test_an_event_stays_openable_if_somebody_has_seen_it(
    newsroom: Newsroom, tmp_path: Path, *, seen: bool
) -> None:
    file_refused(newsroom, tmp_path, seen=seen)
    assert (
        newsroom.search.find("request ferry type:indirect").total
        + newsroom.search.find("request ferry").total
    )
    list(newsroom.intake.reextraction.reextract())
    kept = newsroom.store.archive.claims_by_id(["refused"])
    assert [claim.act for claim, *_ in kept.values()] == (["event"] if seen else [])
    assert newsroom.search.find("request ferry named:described").total == 0


@pytest.mark.parametrize(("form", "id_"), [("csv", "\nrefused,"), ("annotations", ':refused"')])
def test_an_event_that_is_kept_is_not_exported_as_a_claim(
    newsroom: Newsroom, tmp_path: Path, form: ArchiveView, id_: str
) -> None:
    file_refused(newsroom, tmp_path, seen=True)
    assert id_ in "".join(newsroom.archive.export(form)).replace("\r", "")
    list(newsroom.intake.reextraction.reextract())
    assert id_ not in "".join(newsroom.archive.export(form))


def test_an_event_names_no_speaker(newsroom: Newsroom, tmp_path: Path) -> None:
    file_refused(newsroom, tmp_path, seen=True)
    list(newsroom.intake.reextraction.reextract())
    [(kept, *_)] = newsroom.store.archive.claims_by_id(["refused"]).values()
    printed = newsroom.store.names.printed_names([kept.article_id])
    assert "the harbour ministry" not in {name.speaker for name in printed}
    assert newsroom.updates.difference().is_empty
