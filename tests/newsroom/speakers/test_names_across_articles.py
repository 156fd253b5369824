"""Names of speakers across articles, and uncertain speakers, over the real store and index."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from bot.config import KnownName, Settings
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.store import FiledArticle, NamingRules, SpeakerNames

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})


@pytest.fixture
def newsroom(settings: Settings) -> Newsroom:
    newsroom = Newsroom(settings)
    yield newsroom
    newsroom.close()


def say(newsroom: Newsroom, *speakers: str) -> None:
    """Return an article per speaker, each with one claim."""
    lines = [
        {"text": f"Harbour {speaker}.", "speaker": speaker, "title": f"{number} {speaker}"}
        for number, speaker in enumerate(speakers)
    ]
    assert list(newsroom.intake.imports.import_claims(map(json.dumps, lines)))[-1] == len(speakers)


def by(newsroom: Newsroom, name: str) -> set[str | None]:
    return {hit.claim.speaker for hit in newsroom.search.find(f'by:"{name}"', limit=50).hits}


def known_as(newsroom: Newsroom) -> dict[str | None, str | None]:
    return {
        hit.claim.speaker: hit.claim.known_as
        for hit in newsroom.search.find("harbour", limit=50).hits
    }


def test_a_speaker_is_found_by_every_name_that_articles_print(newsroom: Newsroom) -> None:
    names = ("Xi", "President Xi", "Xi Jinping")
    say(newsroom, *names, "Xi Jinping", "Vladimir Putin", "Jane Smith", "John Smith")
    for name in ("Xi", "xi jinping", "President Xi"):
        assert by(newsroom, name) == set(names)
    assert by(newsroom, "Jane Smith") == {"Jane Smith"}
    assert by(newsroom, "Smith") == {"Jane Smith", "John Smith"}


def test_a_family_name_finds_its_other_spellings(newsroom: Newsroom) -> None:
    say(newsroom, "Volodymyr Zelensky", "Volodymyr Zelenskyy", "Olena Zelenska")
    assert by(newsroom, "zelensky") == {"Volodymyr Zelensky", "Volodymyr Zelenskyy"}


def test_printed_name_is_shown_with_the_canonical_one(newsroom: Newsroom) -> None:
    say(newsroom, "Xi", "Xi Jinping", "Xi Jinping", "Jane Smith")
    assert known_as(newsroom) == {"Xi": "Xi Jinping", "Xi Jinping": None, "Jane Smith": None}


def test_later_article_merges_and_splits_names(newsroom: Newsroom) -> None:
    say(newsroom, "Xi")
    assert by(newsroom, "Xi Jinping") == set()
    say(newsroom, "Xi Jinping")
    assert by(newsroom, "Xi Jinping") == {"Xi Jinping"}  # one article is not enough
    say(newsroom, "somebody", "Xi Jinping")
    assert by(newsroom, "Xi Jinping") == {"Xi", "Xi Jinping"}
    say(newsroom, "Xi Mingze")
    assert by(newsroom, "Xi Jinping") == {"Xi Jinping"}
    assert known_as(newsroom)["Xi"] is None


def test_the_order_of_filing_does_not_matter(settings: Settings, tmp_path: Path) -> None:
    names = ["Xi", "Dmitri Medvedev", "Xi Jinping", "Medvedev", "Dmitry Medvedev", "President Xi"]
    names.append("President Xi Jinping")
    results = []
    for number, order in enumerate((names, names[::-1], sorted(names))):
        folder = tmp_path / str(number)
        url = f"sqlite:///{folder / 'store.sqlite3'}"
        with Newsroom(replace(settings, data=folder, database_url=url)) as newsroom:
            for name in order:
                say(newsroom, name)
            results.append(known_as(newsroom))
    assert results[0] == results[1] == results[2]
    assert results[0]["Medvedev"] == "Dmitri Medvedev"


def test_a_name_of_a_removed_article_is_forgotten(newsroom: Newsroom) -> None:
    say(newsroom, "Xi", "Xi Jinping", "Xi Jinping", "Xi Mingze")
    (hit,) = newsroom.search.find('by:"Xi Mingze"').hits
    newsroom.intake.articles.remove([hit.article.id], reason="a court order")
    assert newsroom.store.names.canonical_names(["Xi Mingze"]) == {}
    assert known_as(newsroom)["Xi"] == "Xi Jinping"
    # With one of the two articles that print the full name, what made it known goes too.
    (one, _) = (
        hit for hit in newsroom.search.find("harbour").hits if hit.claim.speaker == "Xi Jinping"
    )
    newsroom.intake.articles.remove([one.article.id], reason="a court order")
    assert known_as(newsroom).keys() == {"Xi", "Xi Jinping"}
    assert known_as(newsroom)["Xi"] is None


def test_organisation_is_found_by_its_acronym(newsroom: Newsroom) -> None:
    union = "Harbour Workers Union"
    say(newsroom, "HWU")
    assert by(newsroom, union) == set()
    line = {"text": "Harbour pay.", "speaker": union, "source": "HWU", "title": "T"}
    list(newsroom.intake.imports.import_claims([json.dumps(line)]))
    assert by(newsroom, union) == {"HWU", union}
    assert known_as(newsroom)["HWU"] == union


def test_settings_pin_and_part_names_from_the_next_start_on(
    newsroom: Newsroom, settings: Settings
) -> None:
    say(newsroom, "Trump", "Donald Trump", "Melania Trump", "Xi", "Xi Jinping", "Xi Jinping")
    assert by(newsroom, "Donald Trump") == {"Donald Trump"}
    newsroom.close()
    pinned = KnownName("Donald Trump", ("trump",))
    own = replace(settings, speakers=(pinned,), apart=(("Xi", "Xi Jinping"),))
    with Newsroom(own) as later:
        later.open()
        assert by(later, "Donald Trump") == by(later, "trump") == {"Donald Trump", "Trump"}
        assert by(later, "Xi Jinping") == {"Xi Jinping"}


def test_lost_names_are_regrouped_on_reindexing(newsroom: Newsroom) -> None:
    say(newsroom, "Xi", "Xi Jinping", "Xi Jinping")
    with newsroom.store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM names")
    assert by(newsroom, "Xi Jinping") == {"Xi Jinping"}
    newsroom.updates.reindex()
    assert by(newsroom, "Xi Jinping") == {"Xi", "Xi Jinping"}


def test_bulk_load_groups_names_once(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = []
    rebuild = SpeakerNames.rebuild

    def counting(names: SpeakerNames, naming: NamingRules, now: datetime) -> None:
        gathered.append(naming.version)
        rebuild(names, naming, now)

    monkeypatch.setattr(SpeakerNames, "rebuild", counting)
    say(newsroom, "Xi", "Xi Jinping", "Xi Jinping")
    newsroom.updates.catch_up()
    assert gathered == [newsroom.naming.version]
    assert by(newsroom, "Xi Jinping") == {"Xi", "Xi Jinping"}


# -- doubts


def file(newsroom: Newsroom, **claim: object) -> str:
    article = Article(id="a1", origin="a.txt", text="The wall is safe, Xi said.")
    known = {"speaker": "Xi", "source": "Xi", "cue": "said", "source_kind": "named"}
    made = Claim(
        **{"id": "c1", "article_id": "a1", "kind": "attribution", "text": "The wall is safe"}
        | {"type": "indirect", "spans": ((0, 16),), "paragraph": 1}
        | known
        | claim
    )
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [made], ((0, 26),))], arrival="single", now=later
    )
    newsroom.updates.catch_up()
    return made.id


def later() -> datetime:
    return NOON


def test_a_guess_is_kept_everywhere_and_found_by_nobodys_name(newsroom: Newsroom) -> None:
    claim_id = file(newsroom, speaker=None, guess="Xi", source="He", source_kind="described")
    shown = [
        newsroom.search.find("wall").hits[0].claim,
        newsroom.claims.load_hit(claim_id).claim,
        newsroom.claims.context(claim_id).hit.claim,
    ]
    assert [(claim.speaker, claim.guess) for claim in shown] == [(None, "Xi")] * 3
    assert by(newsroom, "Xi") == set()


def test_a_doubtful_speaker_is_known_as_nobody_and_joins_nobody(newsroom: Newsroom) -> None:
    claim_id = file(newsroom, speaker=None, guess="Xi")
    say(newsroom, "Xi Jinping")
    assert newsroom.claims.load_hit(claim_id).claim.known_as is None
    assert by(newsroom, "Xi Jinping") == {"Xi Jinping"}
