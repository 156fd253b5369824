"""What may have been read wrongly is found and marked, and reaches nobody by itself, on both
databases."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import config
from bot.errors import NotFoundError
from bot.extract.extractor import Extractor
from bot.model import ANYONE, ArticleCard, Document
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import Outcome
from bot.store import Store
from tests.ingest.make_pdf import column, make_pdf
from tests.ingest.scrambled import STORY, interleaved
from tests.manual_clock import ManualClock

QUAY = "The quay has sunk by a hand's breadth, said Ingrid Solvane, the harbour master."
CLEAN = f"{QUAY}\n\nIt will be closed until Friday."


@pytest.fixture
def newsroom(
    tmp_path: Path, database_url: str, clock: ManualClock, extractor: Extractor
) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": database_url})
    with contextlib.closing(Store(database_url)) as store:
        store.database.migrate()
    with Newsroom(settings, clock) as opened:
        opened.extractions.extractor = extractor
        opened.watches.add(team="T1", person="UBOB", channel="C1", zone="UTC", query="quay")
        yield opened


def scrambled_pdf(path: Path) -> Path:
    """A page of one sentence, and of two columns that are drawn as one."""
    lines = [QUAY, "", *interleaved(STORY).splitlines()[:50]]
    path.write_bytes(make_pdf([column(50, 780, lines)]))
    return path


def doubtful(text: str = CLEAN, **fields: str) -> Document:
    document = Document(origin="/in/quay.pdf", text=text, review=("doubtful",), doubt="order")
    return replace(document, **fields)


def ingest(newsroom: Newsroom, *documents: Document) -> list[Outcome]:
    return newsroom.intake.articles.ingest(documents)


def ingest_file(newsroom: Newsroom, path: Path) -> Outcome:
    [result] = newsroom.intake.files.ingest([path])
    [outcome] = result.outcomes
    return outcome


def card(newsroom: Newsroom) -> ArticleCard:
    """The card of the article that a search finds."""
    cards = {hit.article for hit in newsroom.search.find("quay has sunk").hits}
    [found] = cards
    return found


def arrived(newsroom: Newsroom) -> bool:
    """Tell whether the digest and the watches have it."""
    now = newsroom.now()
    in_digest = newsroom.store.arrivals.claims_arrived(
        now - timedelta(hours=1), now + timedelta(seconds=1), oldest_days=3
    )
    assert bool(in_digest) == bool(watched(newsroom))
    return bool(in_digest)


def watched(newsroom: Newsroom) -> Sequence[object]:
    return newsroom.store.watches.new_claims(9)


def test_a_scrambled_file_is_filed_as_doubtful(newsroom: Newsroom, tmp_path: Path) -> None:
    outcome = ingest_file(newsroom, scrambled_pdf(tmp_path / "quay.pdf"))
    assert (outcome.status, outcome.review, outcome.doubt) == ("new", ("doubtful",), "order")
    assert (card(newsroom).review, card(newsroom).open_doubt) == (("doubtful",), "order")
    [pending] = newsroom.intake.reviews.pending()
    assert (pending.card.id, pending.card.open_doubt) == (outcome.id, "order")


def test_it_reaches_nobody_by_itself(newsroom: Newsroom) -> None:
    url = "https://rogue.example/quay"
    ingest(newsroom, doubtful(origin=url, url=url))
    assert newsroom.search.find("quay has sunk", viewer=ANYONE).total
    assert not arrived(newsroom)
    assert newsroom.articles.unfurls.articles_at([url]) == {}
    for export_format in ("csv", "annotations"):
        assert "Solvane" not in "".join(newsroom.archive.export(export_format))
    assert newsroom.speakers.profiles.suggest("solvane", 5) == []
    with pytest.raises(NotFoundError):
        newsroom.speakers.profiles.load("Ingrid Solvane")


def test_it_neither_confirms_nor_disputes(newsroom: Newsroom) -> None:
    denial = "Ingrid Solvane, the harbour master, denied the quay has sunk by a hand's breadth."
    clean = Document(origin="/in/other.txt", text=f"The town is quiet.\n\n{CLEAN}")
    ingest(newsroom, doubtful(), doubtful(denial, origin="/in/denial.pdf"), clean)
    rows = newsroom.search.find_rows("quay sunk", limit=9).rows
    assert [len(row.hits) for row in rows] == [1] * len(rows)
    assert not any(row.hits[0].disputes for row in rows)
    assert {row.hits[0].article.copy_of for row in rows if not row.hits[0].article.review} == {None}


def test_reading_the_file_again_settles_nothing(newsroom: Newsroom, tmp_path: Path) -> None:
    path = scrambled_pdf(tmp_path / "quay.pdf")
    ingest_file(newsroom, path)
    again = ingest_file(newsroom, path)
    assert (again.status, again.review, again.doubt) == ("unchanged", ("doubtful",), "order")
    [forced] = newsroom.intake.files.ingest([path], reingest=True)
    assert forced.outcomes[0].review == ("doubtful",)
    assert not arrived(newsroom)


def test_the_same_text_from_elsewhere_settles_nothing(newsroom: Newsroom) -> None:
    ingest(newsroom, doubtful())
    ingest(newsroom, Document(origin="/in/quay.txt", text=CLEAN))
    ingest(newsroom, Document(origin="/in/quay.pdf", text=CLEAN))
    assert card(newsroom).review == ("doubtful",)
    assert not arrived(newsroom)


def test_acceptance_settles_it_for_good(newsroom: Newsroom, clock: ManualClock) -> None:
    [outcome] = ingest(newsroom, doubtful())
    clock.now += timedelta(hours=30)
    newsroom.intake.reviews.accept(outcome.id, by="Ida", kinds=["doubtful"])
    assert (card(newsroom).review, card(newsroom).open_doubt) == ((), None)
    assert arrived(newsroom)
    assert newsroom.speakers.profiles.load("Ingrid Solvane").tally.total
    assert ingest(newsroom, doubtful())[0].review == ()
    assert newsroom.intake.reviews.count() == 0


def test_another_text_of_the_file_is_doubted_anew(newsroom: Newsroom) -> None:
    [outcome] = ingest(newsroom, doubtful())
    newsroom.intake.reviews.accept(outcome.id, by="Ida")
    changed = ingest(newsroom, doubtful(f"{CLEAN} Nobody was hurt."))
    assert [(one.id, one.review) for one in changed] == [(outcome.id, ("doubtful",))]


def test_a_clean_version_arrives_when_it_comes(newsroom: Newsroom, clock: ManualClock) -> None:
    ingest(newsroom, doubtful())
    clock.now += timedelta(hours=30)
    [outcome] = ingest(newsroom, Document(origin="/in/quay.pdf", text=f"{CLEAN} Nobody was hurt."))
    assert (outcome.status, outcome.review, outcome.doubt) == ("updated", (), None)
    assert arrived(newsroom)


def test_what_was_filed_before_it_was_checked_is_doubted(newsroom: Newsroom) -> None:
    ingest(newsroom, Document(origin="/in/quay.pdf", text=CLEAN))
    assert ingest(newsroom, doubtful())[0].review == ("doubtful",)
    assert card(newsroom).open_doubt == "order"
