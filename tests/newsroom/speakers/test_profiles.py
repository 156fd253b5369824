"""Profiles of speakers and rulings on names, over the real store and index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.config import KnownName, Settings
from bot.errors import NotFoundError, QueryError
from bot.model import Article, Claim, NameRuling, Tally
from bot.newsroom import Newsroom
from bot.newsroom.speakers.profiles import SpeakerNotFoundError
from bot.store import FiledArticle, SpeakerNames

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
BY = {"team": "T1", "person": "U1", "person_name": "Ada"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})


@pytest.fixture
def newsroom(settings: Settings) -> Iterator[Newsroom]:
    with Newsroom(settings, lambda: NOON) as opened:
        yield opened


def say(newsroom: Newsroom, *speakers: str) -> None:
    """Return an article per speaker, each with one claim."""
    lines = [
        {"text": f"Harbour {speaker}.", "speaker": speaker, "title": f"{number} {speaker}"}
        for number, speaker in enumerate(speakers)
    ]
    list(newsroom.intake.imports.import_claims(map(json.dumps, lines)))


def file(newsroom: Newsroom, id_: str, text: str, *claims: dict[str, Any], **article: Any) -> None:
    made = [
        Claim(
            **{"id": f"{id_}.{n}", "article_id": id_, "kind": "attribution", "text": "x"}
            | {"source_kind": "named", "type": "indirect", "spans": ((0, 4),), "paragraph": 1}
            | claim
        )
        for n, claim in enumerate(claims)
    ]
    filed = FiledArticle(Article(id=id_, origin=id_, text=text, **article), made, ((0, len(text)),))
    newsroom.store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)
    newsroom.updates.catch_up()


def by(newsroom: Newsroom, name: str) -> set[str | None]:
    return {hit.claim.speaker for hit in newsroom.search.find(f'by:"{name}"', limit=50).hits}


def known_as(newsroom: Newsroom, name: str) -> str | None:
    return newsroom.claims.load_hit(
        newsroom.search.find(f'=by:"{name}"').hits[0].claim.id
    ).claim.known_as


# -- who somebody is


def test_profile_contains_only_what_articles_say(newsroom: Newsroom) -> None:
    falk = {"speaker": "Ida Falk"}
    file(
        newsroom,
        "a1",
        "Ida Falk, the mayor of Norton, said so.",
        falk | {"text": "The quay leaks", "type": "direct"},
        falk | {"text": "The quay is old", "type": "mixed", "stance": "denied"},
        falk | {"text": "to comment", "negative": True},
        {"speaker": None, "guess": "Ida Falk", "text": "The quay sinks"},
        {"speaker": "the mayor", "source_kind": "described", "text": "The quay is new"},
        outlet="The Norton Post",
        published_on=date(2026, 11, 1),
    )
    file(
        newsroom,
        "a2",
        "Mayor Ida Falk said so.",
        falk | {"text": "The quay is shut"},
        published_on=date(2026, 11, 2),
    )
    # A copy of the second, as the store notes it of a text that is much the same.
    file(newsroom, "a3", "Ida Falk, a lawyer, said so.", falk, published_on=date(2026, 11, 3))
    with newsroom.store.database.write() as connection:
        connection.exec_driver_sql("UPDATE articles SET copy_of = 'a2' WHERE id = 'a3'")
    profile = newsroom.speakers.profiles.load("ida falk", limit=2)
    assert profile.name == "Ida Falk"
    described = [(text, card.id) for text, card in profile.descriptions]
    assert described == [("the mayor of Norton", "a1")]
    assert profile.tally == Tally(
        total=4,
        direct=1,
        mixed=1,
        indirect=1,
        denials=1,
        refusals=1,
        articles=2,
        first=date(2026, 11, 1),
        last=date(2026, 11, 2),
    )
    assert [hit.claim.id for hit in profile.hits] == ["a2.0", "a1.0"]
    assert [hit.claim.id for hit in newsroom.speakers.profiles.load("Ida Falk", offset=2).hits] == [
        "a1.1",
        "a1.2",
    ]
    assert profile.corrected_from is None


def test_role_next_to_a_source_is_the_fallback_description(
    newsroom: Newsroom,
) -> None:
    sources = ["Ida Falk", "Ida Falk, its unshaven ferryman,", "the unshaven ferryman Ida Falk"]
    for number, source in enumerate(sources):
        file(
            newsroom,
            f"a{number}",
            f"They spoke {number}.",
            {"speaker": "Ida Falk", "source": source},
        )
    described = newsroom.speakers.profiles.load("Ida Falk").descriptions
    assert [text for text, _ in described] == ["unshaven ferryman"]


def test_topics_are_relative_to_other_speakers(newsroom: Newsroom) -> None:
    say(newsroom, *(f"Speaker {letter}oe" for letter in "BCDFGHJKLMNPRSTVWZ"))
    quay = [{"speaker": "Ida Falk", "text": f"Harbour quay {n}"} for n in ("one", "two", "three")]
    file(newsroom, "a1", "text", *quay)
    assert [one.value for one in newsroom.speakers.profiles.load("Ida Falk").topics] == ["quay"]


def test_typos_are_corrected_and_reported(newsroom: Newsroom) -> None:
    say(newsroom, "Ida Falk", "Omar Tallis")
    for typed in ("Ida Fakl", "ida falck", "Idda Falk"):
        profile = newsroom.speakers.profiles.load(typed)
        assert (profile.name, profile.corrected_from) == ("Ida Falk", typed)
    for typed in ("Falk", "ida", "IDA FALK"):
        profile = newsroom.speakers.profiles.load(typed)
        assert (profile.name, profile.corrected_from) == ("Ida Falk", None)


def test_ambiguous_name_lists_the_most_quoted_first(newsroom: Newsroom) -> None:
    say(newsroom, "Jane Smith", "John Smith", "Ida Falk")
    say(newsroom, *["John Smith"] * 2)
    with pytest.raises(SpeakerNotFoundError, match='2 speakers are called "smith"') as told:
        newsroom.speakers.profiles.load("smith")
    assert told.value.is_ambiguous
    assert told.value.candidates == ("John Smith", "Jane Smith")


def test_unknown_name_lists_similar_speakers(newsroom: Newsroom) -> None:
    say(newsroom, "Ida Falk", "Omar Tallis")
    for typed in ("photosynthesis", "!!", "", "x" * 3000, "%"):
        with pytest.raises(SpeakerNotFoundError, match="No speaker is called") as told:
            newsroom.speakers.profiles.load(typed)
        assert (told.value.candidates, told.value.is_ambiguous) == ((), False)
    with pytest.raises(SpeakerNotFoundError, match="Did you mean one of these") as told:
        newsroom.speakers.profiles.load("Eve Tallis Brook")
    assert told.value.candidates == ("Omar Tallis",)


def test_an_empty_archive_has_no_speakers_yet(newsroom: Newsroom) -> None:
    with pytest.raises(SpeakerNotFoundError, match="There are no articles to search yet"):
        newsroom.speakers.profiles.load("Ida Falk")


def test_names_are_listed_without_reading_claims(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(newsroom, "Xi Jinping", "Xi Jinping", "Xi")
    monkeypatch.setattr(newsroom.store, "speaker_claims", None)
    assert (
        newsroom.speakers.profiles.printed_names_of(" xi  jinping")
        == newsroom.speakers.profiles.printed_names_of("Xi")
        == ("Xi Jinping", "Xi")
    )
    with pytest.raises(SpeakerNotFoundError):
        newsroom.speakers.profiles.printed_names_of("Ida Falk")


def test_suggestions_list_the_most_quoted_first(newsroom: Newsroom) -> None:
    say(newsroom, "Talia Roe", "Omar Tallis", "Omar Tallis", "Ida Falk")
    assert newsroom.speakers.profiles.suggest("tal") == ["Omar Tallis", "Talia Roe"]
    assert newsroom.speakers.profiles.suggest("tal", 1) == ["Omar Tallis"]
    assert newsroom.speakers.profiles.suggest("omar talis") == ["Omar Tallis"]
    assert newsroom.speakers.profiles.suggest("tli") == []
    for typed in ("lli", "_", "%", "\\", " "):
        assert newsroom.speakers.profiles.suggest(typed) == []


# -- whose names are whose


def merge(newsroom: Newsroom, *names: str, press: str = "p1") -> NameRuling:
    return newsroom.speakers.rulings.merge(names, press=press, **BY)


def split(newsroom: Newsroom, name: str, *others: str, press: str = "p2") -> NameRuling:
    return newsroom.speakers.rulings.split(name, others, press=press, **BY)


def test_merge_takes_effect_in_every_process_until_undone(
    newsroom: Newsroom, settings: Settings
) -> None:
    say(newsroom, "Omar Tallis", "Umar at-Talis", "Ida Falk")
    with Newsroom(settings) as other:
        assert by(other, "Omar Tallis") == {"Omar Tallis"}
        ruling = merge(newsroom, "Omar Tallis", "Umar at-Talis")
        for one in (newsroom, other):
            both = {"Omar Tallis", "Umar at-Talis"}
            assert by(one, "Omar Tallis") == by(one, "at-talis") == by(one, "tallis") == both
            assert known_as(one, "Umar at-Talis") == "Omar Tallis"
        assert newsroom.speakers.profiles.load("umar at-talis").aliases == ("Umar at-Talis",)
        assert newsroom.speakers.profiles.load("Tallis").rulings == (ruling,)
        # A new article in the other process does not undo it, nor does building anew.
        say(other, "Talis", "Umar at-Talis")
        newsroom.updates.reindex()
        assert by(newsroom, "Omar Tallis") >= both
        other.speakers.rulings.undo(ruling.id, team="T1", person="U2")
        for one in (newsroom, other):
            assert by(one, "Omar Tallis") == {"Omar Tallis"}
            assert known_as(one, "Umar at-Talis") is None
    (kept,) = newsroom.store.name_rulings.all()
    assert (kept.undone_by, kept.undone_at is not None) == ("U2", True)


def test_split_name_is_not_found_with_the_others(newsroom: Newsroom) -> None:
    say(newsroom, "Xi", "Xi Jinping", "Xi Jinping", "President Xi")
    assert by(newsroom, "Xi Jinping") == {"Xi", "Xi Jinping", "President Xi"}
    ruling = split(newsroom, "Xi Jinping", "Xi")
    assert by(newsroom, "Xi Jinping") == {"Xi Jinping", "President Xi"}
    assert known_as(newsroom, "Xi") is None
    newsroom.speakers.rulings.undo(ruling.id, team="T1", person="U1")
    assert by(newsroom, "Xi Jinping") == {"Xi", "Xi Jinping", "President Xi"}


def test_merged_name_can_be_split_off(newsroom: Newsroom) -> None:
    say(newsroom, "Omar Tallis", "Ida Falk", "Eve Crane")
    merge(newsroom, "Omar Tallis", "Ida Falk", "Eve Crane")
    split(newsroom, "Omar Tallis", "Ida Falk")
    assert by(newsroom, "Eve Crane") == {"Omar Tallis", "Eve Crane"}
    assert by(newsroom, "Ida Falk") == {"Ida Falk"}


def test_same_press_makes_one_ruling_even_after_undo(newsroom: Newsroom) -> None:
    say(newsroom, "Omar Tallis", "Ida Falk", "Xi", "Xi Jinping", "Xi Jinping")
    ruling = merge(newsroom, "Omar Tallis", "Ida Falk")
    assert merge(newsroom, "Omar Tallis", "Ida Falk") == ruling
    assert split(newsroom, "Xi Jinping", "Xi") == split(newsroom, "Xi Jinping", "Xi")
    assert len(newsroom.store.name_rulings.all()) == 2
    for _ in range(2):
        newsroom.speakers.rulings.undo(ruling.id, team="T1", person="U1")
    assert merge(newsroom, "Omar Tallis", "Ida Falk").undone_by == "U1"
    assert by(newsroom, "Ida Falk") == {"Ida Falk"}
    with pytest.raises(NotFoundError):
        newsroom.speakers.rulings.undo(ruling.id, team="T2", person="U1")


def test_invalid_ruling_is_refused(newsroom: Newsroom) -> None:
    say(newsroom, "Xi", "Xi Jinping", "Xi Jinping", "Ida Falk")
    with pytest.raises(QueryError, match="already one speaker"):
        merge(newsroom, "Xi", "Xi Jinping")
    with pytest.raises(NotFoundError, match="I no longer know Nobody"):
        merge(newsroom, "Xi", "Nobody")
    for others in (["Ida Falk"], ["Xi Jinping"], ["Xi", "Ida Falk"], []):
        with pytest.raises(NotFoundError, match="not names of this speaker"):
            split(newsroom, "Xi Jinping", *others)
    assert newsroom.store.name_rulings.all() == []


def test_outlets_yml_overrides_rulings(settings: Settings) -> None:
    own = replace(
        settings,
        speakers=(KnownName("Ida Falk", ("ida brook",)), KnownName("Eve Crane")),
        apart=(("Omar Tallis", "Jon Rehm"),),
    )
    with Newsroom(own) as newsroom:
        say(newsroom, "Ida Falk", "Ida Brook", "Eve Crane", "Omar Tallis", "Jon Rehm")
        for names in (("Ida Falk", "Eve Crane"), ("Omar Tallis", "Jon Rehm")):
            with pytest.raises(QueryError, match=r"outlets.yml keeps these names apart\. Whoever"):
                merge(newsroom, *names)
        with pytest.raises(QueryError, match=r"outlets.yml joins these names"):
            split(newsroom, "Ida Falk", "Ida Brook")
        assert newsroom.store.name_rulings.all() == []
        assert by(newsroom, "Ida Brook") == {"Ida Falk", "Ida Brook"}
        assert merge(newsroom, "Omar Tallis", "Eve Crane").sides == (("Eve Crane", "Omar Tallis"),)
        assert newsroom.speakers.profiles.load("Omar Tallis").name == "Eve Crane"


def test_ruling_does_not_regroup_other_names(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(newsroom, "Omar Tallis", "Ida Falk", "Eve Crane")
    grouped: list[str] = []
    group = newsroom.naming.group

    def noted(names: Mapping[str, str | None], rulings: Sequence[NameRuling]) -> Mapping[str, str]:
        grouped.extend(names)
        return group(names, rulings)

    naming = newsroom.naming._replace(group=noted)
    monkeypatch.setattr(newsroom.speakers.rulings, "naming", naming)
    monkeypatch.setattr(SpeakerNames, "rebuild", None)
    merge(newsroom, "Omar Tallis", "Ida Falk")
    assert sorted(grouped) == ["Ida Falk", "Omar Tallis"]
