"""What speakers said before on a subject, over the real store and index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.model import Hit
from bot.newsroom import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError

OLD = "the ferry tax will never rise in Norton"
NEW = "the ferry tax will rise in Norton"


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)})) as opened:
        yield opened


def say(newsroom: Newsroom, *claims: tuple[str, str, str], **more: Any) -> None:
    """Import claims, given as day, speaker and content, each with an article of its own."""
    lines = [
        {"published": day, "speaker": speaker, "text": text, "title": f"The ferry on {day}"} | more
        for day, speaker, text in claims
    ]
    list(newsroom.intake.imports.import_claims(map(json.dumps, lines)))


def only(newsroom: Newsroom, query: str) -> Hit:
    (hit,) = newsroom.search.find(query).hits
    return hit


def test_what_opposes_a_claim_comes_first(newsroom: Newsroom) -> None:
    say(
        newsroom,
        ("2026-02-03", "Ida Falk", OLD),
        ("2026-03-03", "Ida Falk", "the ferry tax pays for the quay in Norton"),
        ("2026-04-03", "Ida Falk", "the choir was splendid"),
        ("2026-02-04", "Omar Tallis", "the ferry tax will not rise"),
        ("2026-06-09", "Ida Falk", NEW),
        ("2026-07-01", "Ida Falk", "the ferry tax will rise twice in Norton"),
    )
    found = newsroom.speakers.said_before.earlier(only(newsroom, "on:2026-06-09"))
    assert [(one.hit.claim.text, one.opposition) for one in found] == [
        (OLD, "polarity"),
        ("the ferry tax pays for the quay in Norton", None),
    ]


def test_nobody_of_a_like_name_is_taken_for_the_speaker(newsroom: Newsroom) -> None:
    say(newsroom, ("2026-02-03", "Ida Falk Berg", OLD), ("2026-06-09", "Ida Falk", NEW))
    assert newsroom.speakers.said_before.earlier(only(newsroom, "on:2026-06-09")) == ()


def test_a_subject_has_one_row_a_statement_newest_first(newsroom: Newsroom) -> None:
    say(newsroom, ("2026-02-03", "Ida Falk", OLD), ("2026-06-09", "Ida Falk", NEW))
    say(newsroom, ("2026-06-10", "Ida Falk", NEW), outlet="The Norton Post")
    said = newsroom.speakers.said_before.on_subject("falk", "ferry tax", limit=1)
    assert (said.speaker, said.total, len(said.rows)) == ("Ida Falk", 2, 1)
    (row,) = said.rows
    assert [hit.claim.text for hit in row.hits] == [NEW, NEW]
    assert said.earlier[row.hits[0].claim.id].hit.claim.text == OLD
    second = newsroom.speakers.said_before.on_subject("falk", "ferry tax", limit=1, offset=1)
    assert [row.hits[0].claim.text for row in second.rows] == [OLD]
    assert not second.earlier


def test_a_role_is_no_subject(newsroom: Newsroom) -> None:
    said_of = ("2026-02-03", "Ida Falk", OLD), ("2026-02-04", "Ida Falk", "the harbour is shut")
    say(newsroom, *said_of, source="Ida Falk, the harbour master", title="The harbour")
    for subject in ("harbour", "the harbour", "habrour"):
        said = newsroom.speakers.said_before.on_subject("Ida Falk", subject, limit=3)
        assert [row.hits[0].claim.text for row in said.rows] == ["the harbour is shut"]


def test_a_subject_that_nobody_speaks_of_has_no_rows(newsroom: Newsroom) -> None:
    say(newsroom, ("2026-02-03", "Ida Falk", OLD))
    assert newsroom.speakers.said_before.on_subject("Ida Falk", "choir tax", limit=3).total == 0
    with pytest.raises(SpeakerNotFoundError):
        newsroom.speakers.said_before.on_subject("Zed Nobody", "tax", limit=3)


def test_a_name_with_on_in_it_is_a_name(newsroom: Newsroom) -> None:
    say(newsroom, ("2026-02-03", "Stratford on Avon Council", OLD))
    split = newsroom.speakers.said_before.split
    assert split("Stratford on Avon Council") == ("Stratford on Avon Council", "")
    assert split("Ida Falk on ferry tax") == ("Ida Falk", "ferry tax")
    assert split("Ida Falk on ") == ("Ida Falk on ", "")
