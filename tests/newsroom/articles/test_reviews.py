"""What a person brings is theirs alone until somebody accepts it, on both databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import config
from bot.articles.review import brought
from bot.config import FeedSettings, FetchSettings
from bot.errors import NotFoundError
from bot.extract.extractor import Extractor
from bot.model import ANYONE, OPERATOR, Document, Share, viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import Outcome
from bot.store import Store
from tests.manual_clock import ManualClock
from tests.outlet_site import PAGE, OutletSite, Page, entry, rss

ALICE, BOB, EVE = (viewer_key("T1", person) for person in ("UALICE", "UBOB", "UEVE"))
URL = "https://rogue.example/quay"
STORY = (
    "The quay has sunk by a hand's breadth, said Ingrid Solvane, the harbour master.\n\n"
    "Officials denied that nine ships had left the roads outside the town on Monday evening."
)
OTHER = "The ferry sails again on Friday, said Tomas Aldery, who owns the ferry."


@pytest.fixture
def newsroom(
    tmp_path: Path, database_url: str, site: OutletSite, clock: ManualClock, extractor: Extractor
) -> Iterator[Newsroom]:
    environment = {"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": database_url}
    settings = replace(
        config.load(environment),
        fetch=FetchSettings(allowed=(site.address,), seconds=60),
        feeds=FeedSettings(gap_seconds=0),
    )
    with contextlib.closing(Store(database_url)) as store:
        store.database.migrate()
    with Newsroom(settings, clock) as opened:
        opened.extractions.extractor = extractor
        yield opened


def document(text: str = STORY, *, url: str = URL, **fields: str) -> Document:
    return Document(**{"origin": url, "url": url, "text": text, "title": "Quay sinks"} | fields)


def bring(newsroom: Newsroom, viewer: str = ALICE, **fields: str) -> Outcome:
    [outcome] = newsroom.intake.articles.ingest([brought(document(**fields), viewer)])
    return outcome


def seen_by(newsroom: Newsroom, viewer: str, query: str = "quay sunk") -> int:
    return newsroom.search.find_rows(query, limit=5, viewer=viewer).total


def shown_ways(newsroom: Newsroom, viewer: str) -> dict[str, bool]:
    """Tell in which ways a viewer comes across the article."""
    search, claims = newsroom.search, newsroom.claims
    found = search.find("quay", viewer=OPERATOR)
    claim_id = found.hits[0].claim.id
    article_id = found.hits[0].article.id
    answer = search.find("quay", viewer=viewer)
    passage = search.find_rows(f"{OTHER} {STORY}", limit=9, viewer=viewer)
    return {
        "words": bool(answer.total),
        "shared words": bool(search.find_plain("the quay has sunk", viewer=viewer).total),
        "question": bool(search.find("What did Solvane say about the quay?", viewer=viewer).total),
        "pasted text": any("quay" in hit.claim.text for hit in passage.hits),
        "facets": bool(search.facets(found, viewer).speaker),
        "headline": bool(answer.articles),
        "title": bool(newsroom.articles.overviews.find_by_text("quay sinks", viewer)),
        "address": bool(newsroom.articles.overviews.find_by_url(URL, viewer)),
        "article": article_id in newsroom.store.archive.cards([article_id], viewer),
        "claim": claim_id in claims.load_hits([claim_id], viewer),
    }


def test_only_the_person_who_brought_it_finds_it(newsroom: Newsroom) -> None:
    bring(newsroom)
    assert all(shown_ways(newsroom, ALICE).values())
    assert all(shown_ways(newsroom, OPERATOR).values())
    for other in (BOB, ANYONE):
        assert not any(shown_ways(newsroom, other).values())
    [row] = newsroom.search.find_rows("quay sunk", limit=5, viewer=ALICE).rows
    assert row.hits[0].article.review == ("unreviewed",)
    assert row.hits[0].article.brought_by == (ALICE,)


def test_who_brought_it_is_kept_until_it_is_accepted(newsroom: Newsroom) -> None:
    bring(newsroom)
    [pending] = newsroom.intake.reviews.pending()
    newsroom.intake.reviews.accept(pending.card.id, by="Ida")
    assert newsroom.store.personal_data.count("UALICE") == {}


def test_who_brought_it_is_kept_until_a_feed_has_it(newsroom: Newsroom) -> None:
    bring(newsroom)
    assert newsroom.store.personal_data.count("UALICE") == {"articles": 1}
    newsroom.intake.articles.ingest([document(STORY, url=URL)])
    assert newsroom.store.personal_data.count("UALICE") == {}


def test_totals_count_what_the_viewer_may_see(newsroom: Newsroom) -> None:
    newsroom.intake.articles.ingest([document(OTHER, url="https://post.example/1")])
    bring(newsroom)
    totals = {viewer: seen_by(newsroom, viewer, "said") for viewer in (ALICE, BOB)}
    assert totals[ALICE] > totals[BOB] == 1
    coverage = newsroom.store.archive.coverage()
    assert (coverage.articles, coverage.claims) == (1, 1)
    assert newsroom.health.freshness().arrivals.articles == 1


def test_it_is_in_nothing_that_others_get(newsroom: Newsroom) -> None:
    watch(newsroom)
    bring(newsroom)
    hit = newsroom.search.find("quay", viewer=ALICE).hits[0]
    assert newsroom.store.watches.new_claims(9) == []
    assert digest_claims(newsroom) == []
    assert newsroom.articles.unfurls.articles_at([URL]) == {}
    for export_format in ("csv", "annotations"):
        assert "Solvane" not in "".join(newsroom.archive.export(export_format))
    assert newsroom.index.outlets(9) == []
    assert newsroom.speakers.profiles.suggest("solvane", 5) == []
    with pytest.raises(NotFoundError):
        newsroom.speakers.profiles.load("Ingrid Solvane")
    with pytest.raises(NotFoundError, match="nobody has reviewed its article yet"):
        newsroom.delivery.shares.request(share_of(hit.claim.id, "UALICE"))
    with pytest.raises(NotFoundError, match="no longer here"):
        newsroom.delivery.shares.request(share_of(hit.claim.id, "UBOB"))
    assert newsroom.store.outbox.pending_channels("T1") == {}


def test_it_neither_confirms_nor_disputes_what_others_read(newsroom: Newsroom) -> None:
    bring(newsroom)
    reported = document(
        f"The town is quiet.\n\n{STORY}", url="https://post.example/1", outlet="Post"
    )
    newsroom.intake.articles.ingest([reported])
    denial = "Ingrid Solvane, the harbour master, denied the quay has sunk by a hand's breadth."
    bring(newsroom, BOB, text=denial, url="https://rogue.example/2")
    for viewer in (EVE, ALICE, BOB):
        rows = newsroom.search.find_rows("quay sunk", limit=9, viewer=viewer).rows
        reviewed = [row for row in rows if not row.hits[0].article.is_unreviewed]
        assert [len(row.hits) for row in reviewed] == [1]
        assert not any(row.hits[0].disputes for row in rows)
    [row] = newsroom.search.find_rows("quay sunk", limit=9, viewer=EVE).rows
    assert row.hits[0].article.copy_of is None
    assert newsroom.articles.overviews.load(row.hits[0].article.id).other_outlets == ()


def test_acceptance_shows_it_to_everyone_and_counts_as_its_arrival(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    watch(newsroom)
    outcome = bring(newsroom)
    clock.now += timedelta(hours=30)
    [pending] = newsroom.intake.reviews.pending()
    assert (pending.card.id, pending.card.brought_by) == (outcome.id, (ALICE,))
    newsroom.intake.reviews.accept(outcome.id, by="Ida")
    assert all(shown_ways(newsroom, ANYONE).values())
    assert newsroom.intake.reviews.pending() == []
    assert digest_claims(newsroom)
    [new] = newsroom.store.watches.new_claims(9)
    assert new.claims == tuple(claim.id for claim in newsroom.store.archive.claims_in(outcome.id))
    assert newsroom.speakers.profiles.load("Ingrid Solvane").tally.total
    with pytest.raises(NotFoundError, match="no such article to review"):
        newsroom.intake.reviews.accept(outcome.id, by="Ida")
    assert newsroom.updates.difference().is_empty


def test_a_second_person_who_brings_it_sees_it_too(newsroom: Newsroom) -> None:
    bring(newsroom)
    assert bring(newsroom, BOB).status == "unchanged"
    assert [seen_by(newsroom, viewer) > 0 for viewer in (ALICE, BOB, EVE)] == [True, True, False]
    newer = bring(newsroom, BOB, text=f"{STORY} It will not be mended, said Ida Marsh.")
    assert newer.status == "updated"
    assert [seen_by(newsroom, viewer) > 0 for viewer in (ALICE, BOB, EVE)] == [True, True, False]


def test_its_own_source_accepts_it(newsroom: Newsroom, clock: ManualClock) -> None:
    watch(newsroom)
    bring(newsroom)
    clock.now += timedelta(hours=30)
    [outcome] = newsroom.intake.articles.ingest([document(title="Quay sinks further")])
    assert seen_by(newsroom, ANYONE)
    card = newsroom.store.archive.card(outcome.id)
    assert (card.review, card.title) == ((), "Quay sinks further")
    assert digest_claims(newsroom)
    assert newsroom.store.watches.new_claims(9)


def test_a_feed_that_lists_it_accepts_it(newsroom: Newsroom, site: OutletSite) -> None:
    site.pages["/1"] = Page(PAGE.format(title="Story 1"))
    site.pages["/feed"] = Page(rss(site, entry(1)))
    newsroom.intake.links.ingest(f"{site.url}/1", brought_by=ALICE)
    assert seen_by(newsroom, ANYONE, "wall") == 0 < seen_by(newsroom, ALICE, "wall")
    newsroom.polls.poll(newsroom.feeds.add(f"{site.url}/feed", added_by="cli").feed.id)
    assert seen_by(newsroom, ANYONE, "wall")


def test_what_a_person_brings_hides_and_holds_back_nothing(newsroom: Newsroom) -> None:
    [first] = newsroom.intake.articles.ingest([document()])
    assert bring(newsroom).id == first.id
    assert seen_by(newsroom, EVE)
    swapped = bring(newsroom, text="The quay is for sale, said Ida Marsh.", title="For sale")
    assert (swapped.status, swapped.is_left_unchanged) == ("unchanged", True)
    assert seen_by(newsroom, EVE)
    assert newsroom.store.archive.card(first.id).title == "Quay sinks"
    bring(newsroom, text=OTHER, url="https://rogue.example/ferry")
    [filed] = newsroom.intake.articles.ingest([Document(text=OTHER, origin="/wire/ferry.txt")])
    assert filed.status == "new"
    assert newsroom.search.find("ferry sails").hits[0].article.title is None


def test_removal_keeps_it_out_and_its_text_in_for_others(newsroom: Newsroom) -> None:
    outcome = bring(newsroom)
    newsroom.intake.reviews.remove(outcome.id, by="Ida", reason="not a site we know")
    assert seen_by(newsroom, ALICE) == 0
    history = newsroom.articles.histories.load(outcome.id)
    assert (history.state, history.reason) == ("withdrawn", "not a site we know – Ida")
    assert bring(newsroom).status == "withdrawn"
    [published] = newsroom.intake.articles.ingest([document(url="https://post.example/1")])
    assert published.status == "new"
    with pytest.raises(NotFoundError, match="no such article to review"):
        newsroom.intake.reviews.remove(published.id, by="Ida", reason="by mistake")
    assert seen_by(newsroom, ANYONE)


def test_acceptance_may_take_away_one_kind(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed: list[Sequence[str]] = []
    monkeypatch.setattr(
        newsroom.store.posted, "schedule_updates", lambda _, ids, now: changed.append(ids)
    )
    doubtful = brought(replace(document(), review=("doubtful",), doubt="order"), ALICE)
    [outcome] = newsroom.intake.articles.ingest([doubtful])
    newsroom.intake.reviews.accept(outcome.id, by="Ida", kinds=["unreviewed"])
    assert newsroom.search.find("quay sunk").hits[0].article.review == ("doubtful",)
    assert outcome.id in changed[-1]
    [pending] = newsroom.intake.reviews.pending()
    assert pending.card.id == outcome.id
    newsroom.intake.reviews.accept(outcome.id, by="Ida")
    assert newsroom.store.archive.card(outcome.id).review == ()


def test_an_embargo_ends_for_the_person_who_brought_it_alone(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    held = brought(replace(document(), embargo=clock.now + timedelta(hours=1)), ALICE)
    assert newsroom.intake.articles.ingest([held])[0].status == "withheld"
    clock.now += timedelta(hours=2)
    newsroom.intake.articles.release_due()
    assert seen_by(newsroom, ALICE) > seen_by(newsroom, ANYONE) == 0


def watch(newsroom: Newsroom) -> None:
    newsroom.watches.add(team="T1", person="UBOB", channel="C1", zone="UTC", query="quay")


def digest_claims(newsroom: Newsroom) -> list[str]:
    now = newsroom.now()
    arrived = newsroom.store.arrivals.claims_arrived(
        now - timedelta(hours=24), now + timedelta(seconds=1), oldest_days=3
    )
    return [hit.claim.id for hit in arrived]


def share_of(claim_id: str, person: str) -> Share:
    return Share(team="T1", channel="C1", press="1", claim_id=claim_id, person=person)
