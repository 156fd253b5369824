"""Which messages show a claim, and that none escapes a change, whoever comes first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.model import Article, Claim
from bot.store import (
    DigestClaim,
    DigestKey,
    FiledArticle,
    Job,
    LedgerRow,
    MessageClaim,
    MessageKey,
    OutboxMessage,
    PostedDigest,
    Store,
    is_same_wording,
    schema,
    wording_hash,
)
from bot.store.delivery.outbox_message import MessageContents
from bot.store.delivery.payloads import DigestHeading, DigestPayload, SharePayload

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
KEY = DigestKey("T1", "C1", date(2026, 11, 3))
CLAIM = Claim(
    id="c1", article_id="a1", kind="attribution", text="It leaks", source="Roe", cue="said"
)
OTHER = replace(CLAIM, id="c2", text="It does not")
HEADING = DigestHeading(
    **{"zone": "UTC", "claims": 41, "articles": 7, "left_out": 0, "feeds": 0},
    **{"missed": (), "uncertain": (), "topics": (), "outlets": (), "next_check": None},
    limit=None,
)
SHARED, DIGEST = MessageKey("T1", "C1", "1.2"), MessageKey("T1", "C1", "1.5")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store with two claims of one article."""
    opened = Store(database_url)
    opened.database.migrate()
    article = Article(id="a1", origin="a", text="It leaks. It does not.", outlet="The Post")
    opened.archive.apply_steps(
        [FiledArticle(article, [CLAIM, OTHER])], arrival="single", now=lambda: NOON
    )
    yield opened
    opened.close()


def share(store: Store, shown: Claim = CLAIM) -> None:
    record(store, begin_share(store), shown)


def begin_share(store: Store) -> OutboxMessage:
    """A message that shows the first claim is being sent."""
    values = {"team": "T1", "channel": "C1", "key": "k", "payload": SharePayload("U1")}
    assert store.outbox.add(None, **values, now=NOON, claims=["c1"])
    waiting = store.outbox.next_in_channel("T1", "C1")
    assert waiting
    begun = store.outbox.begin_sending(waiting, NOON)
    assert isinstance(begun, OutboxMessage)
    return begun


def record(store: Store, one: OutboxMessage, shown: Claim = CLAIM) -> None:
    one = replace(one, shown=(MessageClaim(shown.id, wording_hash(shown)),))
    store.outbox.mark_sent(one, channel="C1", ts=SHARED.ts, now=NOON)


def post_digest(store: Store, *shown: Claim, stands_in: str = "C1") -> None:
    row = LedgerRow(
        key=KEY, state="planned", window_start=NOON - timedelta(days=1), posting_time=NOON
    )
    assert store.ledger.plan(row)
    assert store.ledger.request_message(KEY, NOON)
    waiting = store.outbox.by_key("T1", "digest/C1/2026-11-03")
    assert waiting
    placed = [DigestClaim(one.id, wording_hash(one), {"section": "more"}) for one in shown]
    later = NOON + timedelta(seconds=1)
    begun = store.outbox.begin_sending(
        waiting, later, MessageContents(DigestPayload(KEY.day, HEADING), placed)
    )
    assert isinstance(begun, OutboxMessage)
    store.outbox.mark_sent(begun, channel=stands_in, ts=DIGEST.ts, now=NOON)


def mends(store: Store) -> list[MessageKey]:
    """The messages that are to be mended; taken, so that each is told once."""
    jobs: list[Job] = []
    while job := store.jobs.take("w", now=NOON, lease=timedelta(days=9), kinds=["mend"], team="T1"):
        jobs.append(job)
    return sorted(MessageKey(**job.payload) for job in jobs)


def change(store: Store, *claim_ids: str) -> None:
    with store.database.write() as connection:
        store.posted.schedule_updates(connection, claim_ids, NOON)


def test_a_change_updates_only_messages_with_the_claim(store: Store) -> None:
    share(store)
    post_digest(store, OTHER, CLAIM)
    assert mends(store) == []
    change(store, "c9")
    assert mends(store) == []
    change(store, "c2")
    assert mends(store) == [DIGEST]
    change(store, "c1", "c2")
    assert mends(store) == [SHARED]  # the digest is in somebody's hands, to be done once more


def test_unposted_messages_are_not_updated(store: Store) -> None:
    one = begin_share(store)
    change(store, "c1")
    store.outbox.give_up(one, "dead", failure="no", notice=None, now=NOON)
    change(store, "c1")
    assert mends(store) == []


def test_thousands_of_claims_can_change_at_once(store: Store) -> None:
    share(store)
    change(store, *(f"other{n}" for n in range(2_000)), "c1")
    assert mends(store) == [SHARED]


def test_a_failed_transaction_schedules_no_update(store: Store) -> None:
    def change_and_fail() -> None:
        with store.database.write() as connection:
            store.posted.schedule_updates(connection, ["c1"], NOON)
            raise ZeroDivisionError

    share(store)
    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert mends(store) == []


def test_a_change_before_recording_schedules_an_update(store: Store) -> None:
    share(store, replace(CLAIM, text="It leaks badly"))
    assert mends(store) == [SHARED]
    post_digest(store, OTHER, replace(CLAIM, id="gone meanwhile"))
    assert mends(store) == [DIGEST]


def test_a_change_of_doubt_is_no_change_of_wording() -> None:
    assert wording_hash(replace(CLAIM, confidence=0.1, known_as="Jane Roe")) == wording_hash(CLAIM)
    for changed in (
        {"text": "x"},
        {"source": "She"},
        {"speaker": "x"},
        {"guess": "x"},
        {"negative": True},
    ):
        assert wording_hash(replace(CLAIM, **changed)) != wording_hash(CLAIM)


def test_a_sentence_that_changes_around_a_claim_counts_as_changed() -> None:
    printed = wording_hash(replace(CLAIM, printed="a" * 16))
    assert is_same_wording(printed, printed)
    assert not is_same_wording(printed, wording_hash(replace(CLAIM, printed="b" * 16)))
    assert not is_same_wording(printed, wording_hash(replace(CLAIM, printed="a" * 16, cue="x")))
    # What was posted before sentences were known is compared without them.
    assert is_same_wording(wording_hash(CLAIM), printed)
    assert not is_same_wording(wording_hash(replace(CLAIM, cue="x")), printed)
    assert not is_same_wording(None, printed)


def test_changed_printed_sentences_schedule_an_update(store: Store) -> None:
    printed, other = replace(CLAIM, printed="a" * 16), replace(CLAIM, printed="b" * 16)
    article = Article(id="a1", origin="a", text="It leaks. It does not.", outlet="The Post")
    filed = FiledArticle(article, [printed, OTHER], is_known=True)
    store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)
    share(store, other)
    assert mends(store) == [SHARED]


def test_a_posted_message_is_found_with_its_claims(store: Store) -> None:
    share(store)
    post_digest(store, OTHER, CLAIM)
    shown = MessageClaim("c1", wording_hash(CLAIM))
    standing = store.outbox.by_message(SHARED)
    assert standing
    assert standing.shown == (shown,)
    found = store.posted.digest(DIGEST)
    assert isinstance(found, PostedDigest)
    place = {"section": "more"}
    assert found.shown == (
        DigestClaim("c2", wording_hash(OTHER), place),
        DigestClaim(*shown, place),
    )
    assert (found.day, found.until, found.heading) == (KEY.day, NOON, HEADING)
    assert store.posted.digest(SHARED) is None
    assert store.outbox.by_message(MessageKey("T2", "C1", "1.2")) is None


def test_a_digest_is_found_in_the_channel_slack_reported(store: Store) -> None:
    post_digest(store, CLAIM, stands_in="C2")
    found = store.posted.digest(MessageKey("T1", "C2", DIGEST.ts))
    assert found
    assert (found.day, [one.claim_id for one in found.shown]) == (KEY.day, ["c1"])
    removed_at = NOON + timedelta(hours=1)
    store.archive.remove(["a1"], reason="x", block_reimport=False, removed_at=removed_at)
    assert store.ledger.changed_claims("T1", "C1", NOON, NOON + timedelta(days=1)) == ["c1"]


def test_gone_claims_have_a_reason_and_outlet(store: Store) -> None:
    store.archive.remove(["a1"], reason="a court", block_reimport=True, removed_at=NOON)
    gone = store.posted.gone_claims_by_id(["c1", "c9"])
    assert gone.keys() == {"c1"}
    assert (gone["c1"].outlet, gone["c1"].on) == ("The Post", NOON.date())


def test_a_share_recorded_during_a_change_is_updated(store: Store) -> None:
    """The change has looked for messages before the share was recorded, and commits after it."""
    one = begin_share(store)
    recorded = threading.Thread(target=lambda: record(store, one))
    with store.database.write() as connection:
        connection.execute(sa.update(schema.store_state).values(seq=schema.store_state.c.seq + 1))
        store.posted.schedule_updates(connection, ["c1"], NOON)
        recorded.start()
        recorded.join(timeout=0.3)
        assert recorded.is_alive()  # it waits for the change to end
        changed = sa.update(schema.claims).where(schema.claims.c.id == "c1")
        connection.execute(changed.values(text="It leaks badly"))
    recorded.join()
    assert mends(store) == [SHARED]


def test_a_change_before_a_lookup_schedules_an_update(store: Store) -> None:
    """Whoever sent it was killed, and another found it in its channel."""
    begin_share(store)
    with store.database.write() as connection:
        changed = sa.update(schema.claims).where(schema.claims.c.id == "c1")
        connection.execute(changed.values(text="It leaks badly"))
    open_one = store.outbox.next_in_channel("T1", "C1")
    assert open_one
    looking = store.outbox.take_for_lookup(open_one, NOON + timedelta(minutes=2))
    assert looking
    store.outbox.mark_sent(looking, channel="C1", ts=SHARED.ts, now=NOON)
    assert mends(store) == [SHARED]
