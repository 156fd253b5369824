"""What articles say that their speakers are lies with their claims, on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest

from bot.model import Article, Claim, Correction, Ruling
from bot.store import FiledArticle, Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
TEXT = "Governor Ines Breen came with Mayor Omar Nasser. Breen said rates stay. Nasser agreed."


def titled(text: str, claims: Iterable[Claim]) -> Mapping[str, Sequence[str]]:
    """The title that a text prints before a speaker's name."""
    out = {}
    for claim in claims:
        before, _, _ = text.partition(f" {claim.speaker}")
        if before != text:
            out[claim.speaker or ""] = [before.split()[-1]]
    return out


def filed(text: str = TEXT, version: int = 1, *, is_known: bool = False) -> FiledArticle:
    article = Article(id="a1", origin="a", text=text, version=version)
    claims = [
        Claim(id=f"c{n}", article_id="a1", kind="attribution", text="rates stay", spans=((0, 4),),
              speaker=speaker, source_kind="named")
        for n, speaker in enumerate(["Ines Breen", None, "Al Marsh"])
    ]  # fmt: skip
    return FiledArticle(article, claims, ((0, len(text)),), is_known=is_known, extractor="x")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url, roles=titled)
    opened.database.migrate()
    opened.archive.apply_steps([filed()], arrival="single", now=lambda: NOON)
    yield opened
    opened.close()


def held(store: Store) -> dict[str, Sequence[str] | None]:
    return {entry.claim_id: entry.roles for entry in store.archive.entries(["a1"])}


def test_roles_are_stored_for_certain_speakers(store: Store) -> None:
    assert held(store) == {"c0": ["Governor"], "c1": None, "c2": None}
    assert {one.claim_id: one.roles for one in store.archive.entries()} == held(store)


def test_roles_follow_speaker_corrections(store: Store) -> None:
    said = {"changes": {"speaker": "Omar Nasser"}, "before": {"speaker": "Ines Breen"}}
    person = {"person": "U1", "person_name": "Ada"}
    correction = Correction(
        id="", team="T1", press="p1", claim_id="c0", article_id="a1", reason="r",
        suggested_at=NOON, **said, **person,
    )  # fmt: skip
    kept = store.corrections.suggest(correction, Ruling(ruling="accepted", at=NOON, **person))
    assert kept is not None
    assert held(store)["c0"] == ["Mayor"]
    store.corrections.decide(kept.id, Ruling(ruling="undone", at=NOON, **person))
    assert held(store)["c0"] == ["Governor"]
