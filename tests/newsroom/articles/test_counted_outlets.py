"""Outlets are counted by who published an article, not by the names that articles give."""

from __future__ import annotations

from pathlib import Path

from bot.articles.outlets import one_per_outlet
from bot.config import FetchSettings, KnownName
from bot.newsroom import Newsroom
from tests.newsroom.articles.test_claimed_outlets import HEADS, feed_of, page
from tests.outlet_site import OutletSite, Page, entry, rss
from tests.reopen import reopen


def printing(newsroom: Newsroom, query: str) -> list[str | None]:
    """Return the outlets that count as printing what a query finds."""
    hits = newsroom.search.find(query).hits
    assert len({hit.article.id for hit in hits}) > 2
    return [article.outlet for article in one_per_outlet(hit.article for hit in hits)]


def papers(site: OutletSite) -> str:
    """Return a feed whose four entries name four outlets."""
    named = (f"<source url='{site.url}/{n}'>Paper {n}</source>" for n in range(1, 5))
    return rss(site, *(entry(n, ships=n, more=source) for n, source in enumerate(named, 1)))


def test_a_feed_that_names_four_outlets_counts_as_one(reading: Newsroom, site: OutletSite) -> None:
    feed_of(reading, site, papers(site))
    assert len(printing(reading, "wall safe")) == 1
    hits = reading.search.find("wall safe").hits
    overview = reading.articles.overviews.load(hits[0].article.id)
    assert overview.other_outlets == ()


def test_pages_of_a_site_that_name_outlets_count_as_one(
    reading: Newsroom, site: OutletSite
) -> None:
    for number in range(1, 4):
        linked = HEADS["linked data"].replace("Reuters", f"Paper {number}")
        body = str(page(linked).body).replace("Twenty-six", f"Some {number}6 of the")
        site.pages[f"/{number}"] = Page(body)
        reading.intake.links.ingest(f"{site.url}/{number}")
    assert len(printing(reading, "hand's breadth")) == 1


def test_files_in_a_folder_that_name_outlets_count_as_one(
    reading: Newsroom, tmp_path: Path, site: OutletSite
) -> None:
    (tmp_path / "papers.xml").write_text(papers(site))
    list(reading.intake.files.ingest([tmp_path / "papers.xml"]))
    assert len(printing(reading, "wall safe")) == 1


def test_outlets_that_people_state_for_files_count_each(reading: Newsroom, tmp_path: Path) -> None:
    for number in range(1, 4):
        saved = tmp_path / f"{number}.html"
        body = page('<meta property="og:site_name" content="Paper">').body
        saved.write_text(str(body).replace("Twenty-six", f"Some {number}6 of the"))
        saved.with_suffix(".yml").write_text(f"outlet: Paper {number}\n")
    list(reading.intake.files.ingest(sorted(tmp_path.glob("*.html"))))
    assert sorted(map(str, printing(reading, "hand's breadth"))) == [
        "Paper 1",
        "Paper 2",
        "Paper 3",
    ]


def test_a_known_outlet_counts_in_another_sites_feed(reading: Newsroom, site: OutletSite) -> None:
    known = KnownName("Vellmouth Courier", domains=("localhost",))
    there = site.address.replace("127.0.0.1", "localhost")
    reopen(
        reading, fetch=FetchSettings(allowed=(site.address, there), seconds=60), outlets=(known,)
    )
    entries = [entry(1), entry(2, ships=4), entry(3, ships=5, excerpt="The wall moved. […]")]
    feed_of(
        reading,
        site,
        rss(site, *entries).replace(f"{site.url}/3", f"http://{there}/3"),
        full_text=True,
    )
    site.pages["/3"] = page("")
    reading.polls.handle_page_job(reading.delivery.jobs.take("w", ["page"], None))
    assert set(printing(reading, "Solvane")) == {"The Tidewater Post", "Vellmouth Courier"}
