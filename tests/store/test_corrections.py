"""What people say of claims is kept, laid over them in the same transaction, and survives whatever
becomes of their article; on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corrections.claims import ExtractedClaims, apply_corrections
from bot.errors import StoreError
from bot.model import Article, Claim, Correction, MarkedWords, Ruling, RulingKind, Spans, pieces
from bot.store import FiledArticle, HistoryUpdate, Store, schema
from bot.store.articles.extractor_versions import StaleArticle
from bot.store.delivery.payloads import CorrectionDecidedPayload, payload_to_json
from bot.store.schema import gone_claims, originals
from tests.soak import examples

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
WORDS = [f"w{n}" for n in range(40)]
TEXT = " ".join(WORDS)


def words(first: int, last: int, text: str = TEXT) -> MarkedWords:
    start = text.index(f"{WORDS[first]} ")
    end = text.index(f"{WORDS[last]} ") + len(WORDS[last])
    return MarkedWords(((start, end),), (text[start:end],))


def claims_in(text: str) -> list[Claim]:
    """What an extractor finds in a text of such words: the same in each version, elsewhere."""
    out = []
    for n in range(4):
        spans = words(8 * n, 8 * n + 4, text).spans
        claim = Claim(
            id=f"c{n}",
            article_id="a1",
            kind="attribution",
            text=pieces(text, spans),
            spans=spans,
            paragraph=1,
            speaker="Roe",
            source="He",
            cue="said",
            source_kind="named",
            type="indirect",
            stance="said",
        )
        out.append(claim)
    return out


def filed(text: str = TEXT, version: int = 1, *, is_known: bool = False) -> FiledArticle:
    article = Article(id="a1", origin="a", text=text, outlet="The Post", version=version)
    paragraphs: Spans = ((0, len(text)),)
    return FiledArticle(article, claims_in(text), paragraphs, is_known=is_known, extractor="x")


def open_store(url: str) -> Store:
    store = Store(url)
    store.database.migrate()
    store.archive.apply_steps([filed()], arrival="single", now=lambda: NOON)
    return store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


def correction(claim: str = "c0", press: str = "p1", **changes: Any) -> Correction:
    return Correction(
        id="",
        team="T1",
        press=press,
        claim_id=claim,
        article_id="a1",
        changes=changes,
        before={},
        reason="heard it",
        person="U1",
        person_name="Ann",
        suggested_at=NOON,
    )


def ruled(ruling: RulingKind = "accepted", at: datetime = NOON) -> Ruling:
    return Ruling(ruling=ruling, person="U2", person_name="Bo", at=at)


def accept(store: Store, **known: Any) -> Correction:
    kept = store.corrections.suggest(correction(**known), ruled())
    assert kept
    return kept


def undo(store: Store, one: Correction) -> None:
    assert store.corrections.decide(one.id, ruled("undone"))


def present(store: Store) -> dict[str, Claim]:
    return {claim.id: claim for claim in store.archive.claims_in("a1")}


def rows(store: Store, table: sa.Table) -> list[dict[str, Any]]:
    with store.database.read() as connection:
        return [dict(row) for row in connection.execute(sa.select(table)).mappings()]


def reread(store: Store, text: str = TEXT) -> None:
    article, (*_, change) = store.archive.article("a1"), store.archive.changes(0, 99)
    store.extractor_versions.replace_claims(
        [(StaleArticle(article, change.seq), filed(text))], now=NOON
    )


def withdraw(store: Store) -> None:
    kept = HistoryUpdate(article_id="a1", demoted_to="withdrawn", reason="a test")
    store.archive.apply_steps([kept], arrival="single", now=lambda: NOON)


def test_the_suggester_is_notified_of_rulings_in_one_transaction(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.corrections.suggest(correction(speaker="Xi"))
    assert kept
    for ruling in (ruled(), ruled("undone"), ruled("undone")):
        store.corrections.decide(kept.id, ruling)
    told = [(row["channel"], row["key"], row["payload"]) for row in rows(store, schema.outbox)]
    assert sorted(told, key=lambda row: row[2]["rulings"]) == [
        (
            "U1",
            f"ruled/{kept.id}/{state}",
            payload_to_json(CorrectionDecidedPayload(kept.id, number)),
        )
        for number, state in enumerate(("accepted", "undone"), start=1)
    ]
    # So that they are mended when their claim is withdrawn.
    assert [row["claim_id"] for row in rows(store, schema.outbox_claims)] == ["c0", "c0"]
    own = store.corrections.suggest(correction(press="p2", speaker="Xi"))
    assert own
    store.corrections.decide(own.id, replace(ruled("declined"), person="U1"))
    assert len(rows(store, schema.outbox)) == 2
    other = store.corrections.suggest(correction(press="p3", speaker="Xi"))
    assert other
    monkeypatch.setattr(store.outbox, "add", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.corrections.decide(other.id, ruled())
    assert store.corrections.by_id(other.id) == other


def test_a_forgotten_suggester_is_told_nothing(store: Store) -> None:
    kept = store.corrections.suggest(correction(speaker="Xi"))
    store.personal_data.forget(kept.person, ordered_by="the editor", now=NOON)
    assert store.corrections.decide(kept.id, ruled())
    assert rows(store, schema.outbox) == []


def test_only_one_of_two_simultaneous_rulings_counts(store: Store) -> None:
    kept = store.corrections.suggest(correction(speaker="Xi"))
    assert kept
    outcomes: list[Correction | None] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(store.corrections.decide(kept.id, ruled())))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(one is not None for one in outcomes) == 1
    assert len(rows(store, schema.rulings)) == 1


def test_a_ruling_is_atomic(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {table.name: rows(store, table) for table in schema.metadata.sorted_tables}

    def killed(*_: object) -> None:
        raise StoreError("killed")

    # The last thing that a ruling does.
    monkeypatch.setattr(store.posted, "schedule_updates", killed)
    with pytest.raises(StoreError):
        store.corrections.suggest(correction(rejected=True), ruled())
    assert {t.name: rows(store, t) for t in schema.metadata.sorted_tables} == before


def test_a_correction_of_a_gone_claim_cannot_be_accepted(store: Store) -> None:
    waiting = store.corrections.suggest(correction(press="p2", speaker="Xi"))
    assert waiting
    accept(store, rejected=True)
    assert store.corrections.decide(waiting.id, ruled()) is None
    assert store.corrections.decide(waiting.id, ruled("declined"))


def test_a_correction_waits_while_its_words_are_missing(store: Store) -> None:
    accept(store, content=words(1, 6))
    assert present(store)["c0"].text == "w1 w2 w3 w4 w5 w6"
    without = TEXT.replace("w6 ", "")
    store.archive.apply_steps(
        [filed(without, 2, is_known=True)], arrival="single", now=lambda: NOON
    )
    assert present(store)["c0"] == claims_in(without)[0]
    (listed,) = store.corrections.find()
    assert (listed.state, listed.is_pending) == ("accepted", True)
    moved = f"CORRECTED. {TEXT}"
    store.archive.apply_steps([filed(moved, 3, is_known=True)], arrival="single", now=lambda: NOON)
    assert present(store)["c0"].spans == words(1, 6, moved).spans
    assert not store.corrections.find()[0].is_pending


def test_a_hidden_article_keeps_its_corrections(store: Store) -> None:
    said, other = accept(store, speaker="Xi"), accept(store, claim="c1", press="p2", rejected=True)
    before = present(store)
    withdraw(store)
    assert all(one.is_pending for one in store.corrections.find())
    assert store.history.last_claims("a1") == [claims_in(TEXT)[0], *claims_in(TEXT)[2:]]
    assert {claim.id for claim in store.history.earlier_claims("a1")} == {"c0", "c1", "c2", "c3"}
    again = replace(filed(version=2), reinstates=True)
    store.archive.apply_steps([again], arrival="single", now=lambda: NOON)
    assert present(store) == before
    withdraw(store)
    undo(store, said)
    undo(store, other)
    store.archive.apply_steps(
        [replace(again, article=replace(again.article, version=3))],
        arrival="single",
        now=lambda: NOON,
    )
    assert list(present(store).values()) == claims_in(TEXT)
    assert rows(store, originals) == []


CHANGES = st.sampled_from(
    [
        {"speaker": "Xi", "source_kind": "named"},
        {"speaker": "Putin", "source": None},
        {"content": words(1, 9)},
        {"content": words(20, 30)},
        {"cue": words(6, 7)},
        {"stance": "denied"},
        {"kind": "statement"},
        {"rejected": True},
    ]
)
MOVED, CUT = f"CORRECTED. {TEXT}", TEXT.replace("w6 ", "")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), st.tuples(st.sampled_from(["c0", "c1", "c2"]), CHANGES)),
        st.tuples(st.just("undo"), st.integers(0, 5)),
        st.tuples(st.sampled_from(["reread", "withdraw"]), st.none()),
        st.tuples(st.just("version"), st.sampled_from([TEXT, MOVED, CUT])),
    ),
    min_size=1,
    max_size=9,
)


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('lives') / 'store.sqlite3'}")
    yield store
    store.close()


def begin_anew(store: Store) -> None:
    with store.database.write() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            if table is not schema.store_state:
                connection.execute(sa.delete(table))
    store.archive.apply_steps([filed()], arrival="single", now=lambda: NOON)


@given(STEPS)
@settings(max_examples=examples(12))
def test_in_any_order_claims_match_the_accepted_corrections(
    one_store: Store, steps: Sequence[tuple[str, Any]]
) -> None:
    store = one_store
    begin_anew(store)
    made: list[Correction] = []
    text, version = TEXT, 1
    for number, (step, what) in enumerate(steps):
        if step == "correct":
            claim, changes = what
            kept = store.corrections.suggest(correction(claim, f"p{number}", **changes), ruled())
            made += [kept] if kept else []
        elif step == "undo" and what < len(made):
            undo(store, made.pop(what))
        elif step == "reread":
            reread(store, text)
        elif step == "withdraw":
            withdraw(store)
            version += 1
            again = replace(filed(text, version), reinstates=True)
            store.archive.apply_steps([again], arrival="single", now=lambda: NOON)
        elif step == "version":
            text, version = what, version + 1
            new = filed(text, version, is_known=True)
            store.archive.apply_steps([new], arrival="single", now=lambda: NOON)
        assert_reads(store, text, made)
    store.close()


def assert_reads(store: Store, text: str, standing: Sequence[Correction]) -> None:
    found = ExtractedClaims(text, ((0, len(text)),), list(enumerate(claims_in(text))))
    laid = apply_corrections(found, standing)
    assert list(present(store).values()) == [claim for _, claim in laid.claims]
    assert store.archive.uncorrected_claims("a1") == claims_in(text)
    gone = {row["claim_id"]: row["reason"] for row in rows(store, gone_claims)}
    assert gone == dict.fromkeys(laid.rejected, "corrected")
    kept = {row["claim_id"] for row in rows(store, originals)}
    assert kept == {claim.id for _, claim in laid.originals}
    waiting = {one.id for one in store.corrections.find() if one.is_pending}
    assert waiting == laid.pending_ids
