"""Searching for people by a role, over the real store and index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.config import Settings
from bot.extract.extractor import Extractor
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError
from bot.store import FiledArticle
from bot.store.schema import articles, claims
from bot.wording.hits import who_line
from bot.wording.runs import plain_text

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEFORE = "Governor Ines Breen came. Breen said rates stay. Breen denied it."
AFTER = "Omar Nasser, the new governor of the bank, came. Nasser said rates fall."


@pytest.fixture
def newsroom(search_settings: Settings) -> Iterator[Newsroom]:
    with Newsroom(search_settings, lambda: NOON) as opened:
        yield opened


def file(newsroom: Newsroom, id_: str, text: str, day: int, *sources: tuple[str, str]) -> None:
    """File an article with a claim by each speaker, with the printed sources."""
    said = [
        Claim(id=f"{id_}.{n}", article_id=id_, kind="attribution", text="rates", speaker=speaker,
              source=source, cue="said",
              source_kind="named" if speaker[0].isupper() else "described",
              spans=((text.rindex("rates"), text.rindex("rates") + 5),), paragraph=1)
        for n, (speaker, source) in enumerate(sources)
    ]  # fmt: skip
    on: dict[str, Any] = {"published_on": date(2026, 11, day)}
    filed = FiledArticle(Article(id=id_, origin=id_, text=text, **on), said, ((0, len(text)),))
    newsroom.store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)
    newsroom.updates.catch_up()


def ids(newsroom: Newsroom, query: str) -> set[str]:
    return {hit.claim.id for hit in newsroom.search.find(query, limit=50).hits}


@pytest.fixture
def elected(newsroom: Newsroom) -> Newsroom:
    """Return an archive with a governor before an election and another after it."""
    file(newsroom, "a1", BEFORE, 3, ("Ines Breen", "Breen"), ("Ines Breen", "She"))
    file(newsroom, "a2", AFTER, 14, ("Omar Nasser", "Nasser"))
    aides = ("a spokesman for the governor", "a spokesman for the governor")
    file(
        newsroom, "a3", "The governor said rates stay.", 15, ("the governor", "The governor"), aides
    )
    file(newsroom, "a4", "Ines Breen, a teacher, said rates stay.", 16, ("Ines Breen", "Breen"))
    return newsroom


def test_role_finds_all_claims_in_the_holders_article(elected: Newsroom) -> None:
    assert ids(elected, "by:governor") == {"a1.0", "a1.1", "a2.0", "a3.0"}
    assert ids(elected, "by:breen") == {"a1.0", "a1.1", "a4.0"}


def test_choosing_a_holder_searches_for_that_one(elected: Newsroom) -> None:
    answer = elected.search.find("rates by:governor")
    narrower = elected.search.narrow(answer, "speaker", "Omar Nasser")
    assert narrower == 'rates by:"Omar Nasser"'
    assert ids(elected, narrower) == {"a2.0"}


def test_who_line_shows_the_queried_role(elected: Newsroom) -> None:
    lines = {
        one.claim.id: plain_text(who_line(one)) for one in elected.search.find("by:governor").hits
    }
    assert lines["a1.0"] == "Governor Ines Breen said"
    assert lines["a1.1"] == "Governor Ines Breen (“She”) said"
    assert lines["a2.0"] == "Omar Nasser, new governor of the bank, said"


def test_a_role_leads_to_a_profile_or_to_a_choice(elected: Newsroom) -> None:
    assert elected.speakers.profiles.load("teacher").name == "Ines Breen"
    assert elected.speakers.profiles.load("teacher").corrected_from is None
    with pytest.raises(SpeakerNotFoundError) as caught:
        elected.speakers.profiles.load("the governor")
    assert set(caught.value.candidates) == {"Ines Breen", "Omar Nasser"}
    assert caught.value.is_ambiguous


def test_reextraction_adds_roles_to_an_old_archive(
    newsroom: Newsroom, extractor: Extractor
) -> None:
    newsroom.extractions.extractor = extractor
    path = newsroom.settings.data / "story.txt"
    path.write_text("The wall is shut, said Ingrid Solvane, the harbour master. Solvane left.")
    list(newsroom.intake.files.ingest([path]))
    assert newsroom.search.find('by:"harbour master"').total == 1
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(claims).values(roles=sa.null()))
        connection.execute(sa.update(articles).values(extractor="earlier"))
    newsroom.updates.reindex()
    assert newsroom.search.find('="by:harbour master"').total == 0
    list(newsroom.intake.reextraction.reextract())
    assert newsroom.search.find('by:"harbour master"').hits[0].claim.speaker == "Ingrid Solvane"
