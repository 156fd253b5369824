"""People correct an article's title, outlet and date: at once in what is searched, whatever comes
of the article, and undone without a trace; over the real store, index and tagger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.corrections.articles import without_inferred_date
from bot.errors import NotFoundError, QueryError
from bot.extract.extractor import Extractor
from bot.model import Claim, Correction, Document
from bot.newsroom import Newsroom

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
STORY = (
    '"The wall is safe for now," said Ingrid Solvane, the harbour master.\n\n'
    "Mara Quill, a docker, said on Monday that the lock leaks badly."
)


@pytest.fixture
def newsroom(tmp_path: Path, extractor: Extractor) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    with Newsroom(settings, lambda: NOON) as newsroom:
        newsroom.extractions.extractor = extractor
        take_in(newsroom)
        yield newsroom


def take_in(newsroom: Newsroom, text: str = STORY, **known: Any) -> str:
    """Ingest the article as its feed lists it."""
    day = {"published": "2026-11-24", "published_on": date(2026, 11, 24)}
    known = {"outlet": "The Post", "title": "Wall safe", "guid": "g1", "revision": 1} | day | known
    (outcome,) = newsroom.intake.articles.ingest([Document(origin="feed", text=text, **known)])
    return outcome.status


def article_id(newsroom: Newsroom) -> str:
    return newsroom.search.find("lock leaks").hits[0].article.id


def correct(newsroom: Newsroom, press: str = "p1", **changes: str) -> Correction:
    return newsroom.corrections.correct_article(
        team="T1",
        press=press,
        article_id=article_id(newsroom),
        changes=changes,
        reason="the page says so",
        person="U1",
        person_name="Ann",
        is_accepted=True,
    )


def undo(newsroom: Newsroom, one: Correction) -> None:
    newsroom.corrections.decide(one.id, "undone", person="U2", person_name="Bo")


def everything(newsroom: Newsroom) -> Any:
    ids = sorted(newsroom.store.archive.claim_ids())
    return newsroom.store.archive.claims_by_id(ids), newsroom.store.archive.article(
        article_id(newsroom)
    )


def title(newsroom: Newsroom) -> str | None:
    return newsroom.search.find("lock leaks").hits[0].article.title


def test_the_next_search_finds_it_by_its_outlet_and_date(newsroom: Newsroom) -> None:
    before = everything(newsroom)
    made = correct(newsroom, outlet="The Quay", published="2026-11-03", title="Lock leaks")
    assert newsroom.search.find("lock in:quay before:2026-11-04").total == 1
    assert newsroom.search.find("lock in:post").total == 0
    assert newsroom.search.find("lock after:2026-11-04").total == 0
    assert [one.title for one in newsroom.articles.overviews.find_by_text("lock leaks")] == [
        "Lock leaks"
    ]
    assert (made.before["outlet"], made.before["published"]) == ("The Post", "2026-11-24")
    undo(newsroom, made)
    assert everything(newsroom) == before
    assert newsroom.search.find("lock in:post after:2026-11-04").total == 1


def test_a_corrected_outlet_settles_what_the_article_claims(newsroom: Newsroom) -> None:
    take_in(newsroom, claimed_outlet="The Quay", revision=2)
    made = correct(newsroom, outlet="The Quay")
    card = newsroom.store.archive.card(article_id(newsroom))
    assert (card.outlet, card.claimed_outlet) == ("The Quay", None)
    undo(newsroom, made)
    card = newsroom.store.archive.card(article_id(newsroom))
    assert (card.outlet, card.claimed_outlet) == ("The Post", "The Quay")


def test_same_press_makes_one_correction(newsroom: Newsroom) -> None:
    made = correct(newsroom, title="Lock leaks")
    assert correct(newsroom, title="Something else") == made


def test_the_same_entry_of_its_feed_changes_nothing(newsroom: Newsroom) -> None:
    correct(newsroom, title="Lock leaks", outlet="The Quay", published="2026-11-03")
    assert take_in(newsroom) == "unchanged"
    assert title(newsroom) == "Lock leaks"


def test_correction_survives_a_new_title_until_undone(
    newsroom: Newsroom,
) -> None:
    made = correct(newsroom, title="Lock leaks")
    assert take_in(newsroom, title="Wall perfectly safe", revision=2) == "updated"
    assert title(newsroom) == "Lock leaks"
    assert take_in(newsroom, f"{STORY} It rained.", title="Wall wet", revision=3) == "updated"
    assert title(newsroom) == "Lock leaks"
    undo(newsroom, made)
    assert title(newsroom) == "Wall wet"


def test_correction_survives_index_loss_and_reextraction(
    newsroom: Newsroom,
) -> None:
    before = everything(newsroom)
    made = correct(newsroom, title="Lock leaks", published="2026-11-03")
    reads = everything(newsroom)
    list(newsroom.intake.reextraction.reextract(all_articles=True))
    newsroom.updates.reindex()
    assert everything(newsroom) == reads
    assert newsroom.search.find("lock before:2026-11-04").hits[0].article.title == "Lock leaks"
    undo(newsroom, made)
    list(newsroom.intake.reextraction.reextract(all_articles=True))
    assert everything(newsroom) == before


def test_day_derived_from_the_wrong_date_is_dropped(newsroom: Newsroom) -> None:
    (claim,) = [hit.claim for hit in newsroom.search.find("lock leaks").hits]
    assert claim.said_on == date(2026, 11, 23)
    made = correct(newsroom, published="2026-11-03")
    assert newsroom.claims.load_hit(claim.id).claim.said_on is None
    undo(newsroom, made)
    assert newsroom.claims.load_hit(claim.id).claim.said_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("He said on Monday that the lock, built in 2026, leaks.", False),
        ("He said on Monday, 23 November 2026, that the lock leaks.", True),
        ("He said on Nov. 23, 2026 that the lock leaks.", True),
        ("He wrote on 23/11/2026 that the lock leaks.", True),
        ("He wrote in November 2026 that the lock leaks.", True),
    ],
)
def test_day_is_kept_if_its_year_is_printed(text: str, stays: bool) -> None:
    known: Any = {"kind": "attribution", "text": "the lock leaks", "paragraph": 1}
    claim = Claim(id="c", article_id="a", said_on=date(2026, 11, 23), **known)
    assert (without_inferred_date(claim, text, ((0, len(text)),)) == claim) is stays


def test_invalid_corrections_are_refused(newsroom: Newsroom) -> None:
    for changes in (
        {},
        {"title": "Wall safe"},
        {"published": "24 Nov"},
        {"published": "0001-01-01"},
        {"byline": "x"},
    ):
        with pytest.raises(QueryError):
            correct(newsroom, **changes)
    with pytest.raises(NotFoundError):
        newsroom.corrections.lookup.article_card("gone")
    assert newsroom.store.corrections.find() == []
