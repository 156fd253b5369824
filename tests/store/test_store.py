"""One contract for both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import alembic.command
import alembic.config
import alembic.script
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import NotFoundError, StoreError
from bot.model import (
    Article,
    Claim,
    ClaimEntry,
    Coverage,
    Document,
    NearbyAttribution,
)
from bot.store import (
    DigestClaim,
    DigestKey,
    FiledArticle,
    LedgerRow,
    OutboxMessage,
    Store,
    schema,
    wording_hash,
)
from bot.store.articles import ids, shown
from bot.store.database import Database
from bot.store.delivery.outbox_message import MessageContents
from bot.store.delivery.payloads import DigestPayload

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)


@pytest.fixture
def store(database_url: str) -> Store:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


def a_document(text: str = "The port “stays shut”, Mara Quill said.", **known: object) -> Document:
    return Document(**{"origin": "a.txt", "text": text} | known)


def unused_id(store: Store, document: Document) -> str:
    with store.database.read() as connection:
        return ids.unused_id(connection, document)


def filed(
    store: Store, document: Document, *claims: Claim, arrival: str = "single", id_: str = ""
) -> Article:
    article = Article(id=id_ or unused_id(store, document), **asdict(document))
    mine = [replace(claim, article_id=article.id) for claim in claims]
    new = FiledArticle(article, mine, ((0, 3), (4, 9)), is_known=bool(id_))
    store.archive.apply_steps([new], arrival=arrival, now=lambda: NOON)
    return article


def a_claim(id_: str = "c1", **more: object) -> Claim:
    values = {
        "id": id_,
        "article_id": "?",
        "kind": "attribution",
        "text": "“stays shut” … é𝒳",
        "spans": ((9, 21), (25, 30)),
        "paragraph": 1,
        "type": "mixed",
        "speaker": "Mara Quill",
        "source": "She",
        "cue": "said",
        "source_kind": "named",
        "stance": "denied",
        "negative": True,
        "via": ("Reuters", "a source"),
        "inside": "c0",
        "near": NearbyAttribution(speaker="X", text="y", report="The Z"),
        "said_on": date(2026, 11, 2),
        "said_on_inferred": True,
        "guess": "Y",
        "confidence": 0.25,
        "speaker_confidence": 0.5,
        "checkable": 0.75,
        "ref": "r-1",
    }
    return Claim(**values | more)


@pytest.mark.usefixtures("migrated")
def test_migrations_produce_the_schema(store: Store) -> None:
    with store.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_the_newest_migration_is_the_required_revision() -> None:
    config = alembic.config.Config()
    folder = Path(schema.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    assert alembic.script.ScriptDirectory.from_config(config).get_heads() == [schema.REVISION]


def test_a_store_of_another_revision_is_refused_with_the_remedy(store: Store) -> None:
    with store.database.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'v9999'"))
    with pytest.raises(StoreError, match="a newer Claimdesk made it"):
        store.database.require_current()
    with pytest.raises(StoreError, match="v9999"):
        store.database.migrate()


@pytest.mark.usefixtures("migrated")
def test_a_store_without_tables_is_refused_with_the_remedy(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(StoreError, match="claimdesk migrate"):
        database.require_current()
    database.close()


@pytest.mark.usefixtures("migrated")
def test_an_sqlite_store_creates_its_folder(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/new/folder/x.sqlite3")
    assert store.archive.coverage().articles == 0
    store.close()


@pytest.mark.usefixtures("migrated")
def test_several_processes_can_migrate_at_once(database_url: str) -> None:
    failures: list[Exception] = []

    def migrate() -> None:
        database = Database(database_url)
        try:
            database.migrate()
        except Exception as error:
            failures.append(error)
        finally:
            database.close()

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_an_unreachable_database_is_a_store_error_without_its_password() -> None:
    database = Database("postgresql+psycopg://desk:sesame@127.0.0.1:1/none")
    with pytest.raises(StoreError, match="DATABASE_URL") as caught, database.read():
        pass
    assert "sesame" not in str(caught.value)


def test_articles_and_claims_round_trip(store: Store) -> None:
    document = a_document(
        text="A\r\n\tB “c” é𝒳 \u2028",
        title="T",
        outlet="The Post",
        published="2026-11-03T00:00:00+01:00",
        published_on=date(2026, 11, 3),
        published_at=datetime(2026, 11, 2, 23, tzinfo=UTC),
    )
    claim = a_claim()
    article = filed(store, document, claim)
    assert store.archive.article(article.id) == article
    found, card, *_ = store.archive.claims_by_id(["c1", "gone"])["c1"]
    assert found == replace(claim, article_id=article.id)
    assert (card.title, card.published) == ("T", "2026-11-03T00:00:00+01:00")
    within = store.archive.claim_in_text("c1")
    assert (within.claim, within.card, within.text) == (found, card, article.text)
    assert within.paragraphs == ((0, 3), (4, 9))
    assert store.archive.claim_in_text("gone") is None
    assert "gone" not in store.archive.claims_by_id(["gone"])
    entry = ClaimEntry(
        "c1",
        article.id,
        claim.text,
        "Mara Quill",
        "She",
        "said",
        "The Post",
        date(2026, 11, 3),
        type="mixed",
        source_kind="named",
        stance="denied",
        via=["Reuters", "a source"],
        title="T",
        negative=True,
        guess="Y",
    )
    assert list(store.archive.entries([article.id, "gone"])) == [entry]
    assert list(store.archive.entries()) == [entry]


def test_a_missing_article_is_named_in_the_error(store: Store) -> None:
    with pytest.raises(NotFoundError, match="nothere"):
        store.archive.article("nothere")


def test_an_article_never_takes_the_id_of_another(store: Store) -> None:
    first = filed(store, a_document(outlet="Reuters"))
    corrected = a_document(outlet="AP")
    filed(store, corrected, a_claim("c1"), id_=first.id)
    other = filed(store, a_document(outlet="Reuters", origin="b.txt"), a_claim("c2"))
    assert other.id != first.id
    assert store.archive.article(first.id).outlet == "AP"
    assert set(store.archive.claim_ids()) == {"c1", "c2"}


def test_an_article_filed_by_another_process_stays(store: Store) -> None:
    first = filed(store, a_document(), a_claim("c1"))
    late = FiledArticle(replace(first, title="Late"), [a_claim("c2", article_id=first.id)])
    store.archive.apply_steps([late], arrival="single", now=lambda: NOON)
    assert set(store.archive.claim_ids()) == {"c1"}


def test_an_article_removed_by_another_process_stays_out(store: Store) -> None:
    first = filed(store, a_document(), a_claim("c1"))
    store.archive.remove([first.id], reason="wrong", block_reimport=True, removed_at=NOON)
    late = FiledArticle(
        replace(first, title="Late"), [a_claim("c1", article_id=first.id)], is_known=True
    )
    assert store.archive.apply_steps([late], arrival="single", now=lambda: NOON) == {first.id}
    assert set(store.archive.claim_ids()) == set()
    assert store.archive.coverage().articles == 0


def test_changes_are_numbered_in_commit_order(store: Store) -> None:
    first = filed(store, a_document("One."))
    second = filed(store, a_document("Two."))
    _, seq = store.archive.state()
    assert [c.article_id for c in store.archive.changes(0, 10)] == [first.id, second.id]
    assert store.archive.changes(seq, 10) == []
    store.archive.remove([first.id], reason="wrong", block_reimport=True, removed_at=NOON)
    assert [c.article_id for c in store.archive.changes(seq, 10)] == [first.id]
    assert [c.article_id for c in store.archive.changes(0, 1)] == [second.id]


def test_coverage_follows_every_change(store: Store) -> None:
    assert store.archive.coverage().articles == 0
    filed(store, a_document("One.", published_on=date(2026, 11, 3)), a_claim("c1"))
    filed(store, a_document("Two.", published_on=date(2026, 11, 1)), a_claim("c2"))
    undated = filed(store, a_document("Three."), a_claim("c3"))
    coverage = store.archive.coverage()
    assert (coverage.articles, coverage.claims, coverage.undated) == (3, 3, 1)
    assert (coverage.first, coverage.last) == (date(2026, 11, 1), date(2026, 11, 3))
    store.archive.remove([undated.id], reason="x", block_reimport=True, removed_at=NOON)
    assert store.archive.coverage().undated == 0


def test_a_large_archive_is_counted_by_one_thread_once_a_minute(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, counts, seconds = shown._coverage, list[int](), [1000.0]

    def count_beside_another(connection: sa.Connection) -> Coverage:
        counts.append(0)
        if len(counts) > 1:
            store.archive.search_state()  # what another thread asks meanwhile
        return count(connection)

    monkeypatch.setattr(shown, "MANY_CLAIMS", 1)
    monkeypatch.setattr(shown, "_coverage", count_beside_another)
    monkeypatch.setattr(shown, "time", SimpleNamespace(monotonic=lambda: seconds[0]))
    filed(store, a_document("One."), a_claim("c1"))
    assert store.archive.search_state().coverage.claims == 1
    filed(store, a_document("Two."), a_claim("c2"))
    state = store.archive.search_state()
    assert (state.coverage.claims, state.seq, len(counts)) == (1, store.archive.state()[1], 1)
    seconds[0] += shown.RECOUNT_SECONDS
    assert store.archive.search_state().coverage.claims == 2
    assert len(counts) == 2


def test_a_repeated_import_adds_nothing(store: Store) -> None:
    article = Article(id="imp", origin="import", text="")
    named = Article(id="named", origin="import", text="", title="T")
    one, two = (a_claim(i, article_id="imp", spans=()) for i in ("i1", "i2"))
    store.archive.add_imported([(article, [one])], arrived_at=NOON)
    store.archive.add_imported([(article, [one, two])], arrived_at=NOON)
    assert set(store.archive.claim_ids()) == {"i1", "i2"}
    store.archive.add_imported([(named, [a_claim("i3", article_id="named")])], arrived_at=NOON)
    assert store.arrivals.claims_arrived(NOON, NOON + LEASE, oldest_days=3) == []
    assert store.archive.coverage().articles == 1  # the other names none


def test_a_digest_window_has_only_fresh_single_arrivals(store: Store) -> None:
    filed(store, a_document("Fresh.", published_on=date(2026, 10, 31)), a_claim("fresh"))
    filed(store, a_document("Undated."), a_claim("undated"))
    filed(store, a_document("Old.", published_on=date(2026, 10, 30)), a_claim("old"))
    filed(store, a_document("Bulk."), a_claim("bulk"), arrival="bulk")

    def ids(since: datetime, until: datetime) -> list[str]:
        return [hit.claim.id for hit in store.arrivals.claims_arrived(since, until, oldest_days=3)]

    assert ids(NOON, NOON + LEASE) == ["fresh", "undated"]
    assert ids(NOON - LEASE, NOON) == []  # the end is not included


def test_the_opening_is_cut_at_a_word(store: Store) -> None:
    long = "The harbour master said that the port would stay shut until the divers had come back."
    filed(store, a_document(long), a_claim("c1"))
    filed(store, a_document("Short  and\nsweet."), a_claim("c2"))
    cards = {i: card for i, (_, card, *_) in store.archive.claims_by_id(["c1", "c2"]).items()}
    assert cards["c1"].opening == "The harbour master said that the port would stay shut until…"
    assert cards["c2"].opening == "Short and sweet."


# -- ledger


KEY = DigestKey("T1", "C1", date(2026, 11, 3))


ROW = LedgerRow(key=KEY, state="planned", window_start=NOON - timedelta(days=1), posting_time=NOON)


def planned(store: Store) -> None:
    assert store.ledger.plan(ROW)


def begin(store: Store, *shown: Claim, now: datetime = NOON) -> OutboxMessage | None:
    """Send the digest that waits, one turn of its channel after another."""
    waiting = store.outbox.by_key("T1", "digest/C1/2026-11-03")
    if not waiting or waiting.state != "waiting":
        return None
    placed = [DigestClaim(one.id, wording_hash(one), {"section": "more"}) for one in shown]
    begun = store.outbox.begin_sending(
        waiting, now, MessageContents(DigestPayload(KEY.day), placed)
    )
    return begun if isinstance(begun, OutboxMessage) else None


def sending(store: Store, *shown: Claim) -> OutboxMessage:
    planned(store)
    assert store.ledger.request_message(KEY, NOON)
    begun = begin(store, *shown)
    assert begun
    return begun


def together(times: int, do: Callable[[], object]) -> list[object]:
    """Do something in several threads at once."""
    barrier = threading.Barrier(times)

    def after_all(_: int) -> object:
        barrier.wait()
        return do()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(after_all, range(times)))


def test_a_digest_is_missed_or_sent_and_never_both(store: Store) -> None:
    for day in range(1, 9):
        key = replace(KEY, day=date(2026, 11, day))
        assert store.ledger.plan(replace(ROW, key=key))
        assert store.ledger.request_message(key, NOON)
        waiting = store.outbox.by_key("T1", f"digest/C1/{key.day}")
        assert waiting
        now, ways = NOON + timedelta(seconds=day), iter([True, False])

        def either(key=key, waiting=waiting, now=now, ways=ways) -> object:
            return (
                store.ledger.mark_missed(key)
                if next(ways)
                else store.outbox.begin_sending(waiting, now)
            )

        together(2, either)
        present = store.outbox.by_key("T1", waiting.key)
        [state] = [row.state for row in store.ledger.rows("T1", "C1") if row.key == key]
        assert state == ("sending" if present else "missed")


def test_naive_datetimes_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="zone"):
        store.archive.remove(
            ["x"], reason="r", block_reimport=True, removed_at=datetime(2026, 1, 1)
        )
