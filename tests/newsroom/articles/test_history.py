"""Versions of an article, over the real store, index and tagger."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.errors import NotFoundError
from bot.model import Document, Share
from bot.newsroom import Newsroom
from bot.store import OutboxMessage
from bot.store.schema import jobs

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORY = (
    '"The wall is safe," said Ingrid Solvane, the harbour master.\n\n'
    "Officials denied that ships had left."
)
FIRST = Document(
    origin="https://post.example/feed",
    text=STORY,
    title="Wall safe",
    outlet="The Post",
    guid="post:1",
    url="https://post.example/wall",
    revision=1,
)
SECOND = replace(
    FIRST,
    text=f"Nobody was hurt, Mara Quill said.\n\n{STORY.replace('safe', 'quite safe')}"[:-39],
    revision=2,
)
KILL = replace(FIRST, text="", status="canceled", note="wrong wall", revision=3)


@pytest.fixture
def clock() -> list[datetime]:
    return [NOON]


@pytest.fixture
def newsroom(tmp_path: Path, clock: list[datetime]) -> Newsroom:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    newsroom = Newsroom(settings, clock=lambda: clock[0])
    yield newsroom
    newsroom.close()


def statuses(newsroom: Newsroom, *documents: Document, **how: bool) -> list[str]:
    return [outcome.status for outcome in newsroom.intake.articles.ingest(documents, **how)]


def claim_id(newsroom: Newsroom, query: str) -> str:
    (hit,) = newsroom.search.find(query).hits
    return hit.claim.id


def test_claim_keeps_its_id_and_a_dropped_one_is_reported(
    newsroom: Newsroom,
) -> None:
    assert statuses(newsroom, FIRST) == ["new"]
    safe, left = claim_id(newsroom, "wall safe"), claim_id(newsroom, "ships left")
    assert statuses(newsroom, SECOND) == ["updated"]
    assert claim_id(newsroom, "quite safe") == safe
    assert newsroom.search.find("ships left").total == 0
    with pytest.raises(NotFoundError, match=r"has not been in its article since 3 Nov 2026"):
        newsroom.claims.load_hit(left)
    told = newsroom.articles.histories.load(newsroom.claims.load_hit(safe).article.id)
    assert [(one.number, one.state) for one in told.versions] == [(1, "earlier"), (2, "shown")]
    assert dict(told.versions[1].change_counts) == {"changed": 1, "gone": 1, "new": 1}
    assert told.versions[0].article.text == STORY


def test_context_comes_from_one_version(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    statuses(newsroom, FIRST)
    left = claim_id(newsroom, "ships left")
    shown = newsroom.claims.pairs_as_shown

    def late(found: list) -> list:
        monkeypatch.undo()
        statuses(newsroom, replace(SECOND, text="Officials denied that ships had left."))
        return shown(found)

    monkeypatch.setattr(newsroom.claims, "pairs_as_shown", late)
    context = newsroom.claims.context(left)
    assert (context.paragraph, context.before) == tuple(reversed(STORY.split("\n\n")))
    assert newsroom.claims.context(left).before is None


def share(newsroom: Newsroom, claim_id: str, press: str) -> None:
    """Share a claim in a channel of its own, where it is posted as message 9."""
    pressed = Share(team="T", channel=f"C{press}", press=press, claim_id=claim_id, person="U")
    assert newsroom.delivery.shares.request(pressed)
    waiting = newsroom.store.outbox.next_in_channel("T", pressed.channel)
    assert waiting
    begun = newsroom.store.outbox.begin_sending(waiting, newsroom.now())
    assert isinstance(begun, OutboxMessage)
    newsroom.store.outbox.mark_sent(
        begun, channel=pressed.channel, ts=f"9{press}", now=newsroom.now()
    )
    with newsroom.store.database.write() as connection:
        connection.execute(sa.delete(jobs))


def test_returning_claim_gets_its_old_id(newsroom: Newsroom) -> None:
    statuses(newsroom, FIRST)
    left = claim_id(newsroom, "ships left")
    share(newsroom, left, "1.1")
    statuses(newsroom, SECOND)
    with newsroom.store.database.write() as connection:
        connection.execute(sa.delete(jobs))
    statuses(newsroom, replace(FIRST, text=f"It rained, Mara Quill said.\n\n{STORY}", revision=3))
    assert claim_id(newsroom, "ships left") == left
    assert newsroom.store.posted.gone_claims_by_id([left]) == {}
    with newsroom.store.database.read() as connection:
        assert list(connection.scalars(sa.select(jobs.c.kind))) == ["mend"]


def test_messages_are_updated_when_their_claim_changes(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    statuses(newsroom, FIRST)
    for press, query in (("1.1", "wall safe"), ("1.2", "ships left")):
        hit = newsroom.search.find(query).hits[0]
        share(newsroom, hit.claim.id, press)

    def mended() -> set[str]:
        with newsroom.store.database.write() as connection:
            keys = set(connection.scalars(sa.select(jobs.c.key).where(jobs.c.kind == "mend")))
            connection.execute(sa.delete(jobs))
        return {key.rsplit("/", 1)[-1] for key in keys}

    statuses(newsroom, replace(FIRST, byline="A. Brook"))
    assert mended() == set()  # which no message shows
    statuses(newsroom, replace(FIRST, title="A new title"))
    assert mended() == {"91.1", "91.2"}
    statuses(newsroom, SECOND)
    assert mended() == {"91.1", "91.2"}
    statuses(newsroom, KILL)
    assert mended() == {"91.1", "91.2"}
    statuses(newsroom, FIRST, reingest=True)
    assert mended() == {"91.1", "91.2"}


def test_messages_are_updated_when_the_sentence_changes(
    newsroom: Newsroom,
) -> None:
    statuses(newsroom, FIRST)
    claim = claim_id(newsroom, "ships left")
    shared = Share(team="T1", channel="C1", press="1", claim_id=claim, person="U1")
    waiting = (
        newsroom.store.outbox.next_in_channel("T1", "C1")
        if newsroom.delivery.shares.request(shared)
        else None
    )
    assert waiting
    one = newsroom.store.outbox.begin_sending(waiting, NOON)
    assert isinstance(one, OutboxMessage)
    newsroom.store.outbox.mark_sent(one, channel="C1", ts="9", now=NOON)
    (posted,) = newsroom.delivery.messages.current_claims(one.shown)
    assert not posted.changed
    around = STORY.replace("ships had left", "ships had left, and took it back at noon")
    assert statuses(newsroom, replace(FIRST, text=around, revision=2)) == ["updated"]
    (posted,) = newsroom.delivery.messages.current_claims(one.shown)
    assert posted.hit
    assert posted.hit.claim.text == "ships had left"
    assert posted.changed
    with newsroom.store.database.read() as connection:
        assert "mend" in connection.scalars(sa.select(jobs.c.kind)).all()


def test_killed_article_is_not_found_and_stays_out(newsroom: Newsroom) -> None:
    statuses(newsroom, FIRST)
    safe = claim_id(newsroom, "wall safe")
    assert statuses(newsroom, KILL) == ["withdrawn"]
    assert newsroom.search.find("wall OR solvane OR ships").total == 0
    assert newsroom.store.archive.coverage().articles == 0
    assert newsroom.updates.difference().is_empty
    assert newsroom.store.names.canonical_names(["Ingrid Solvane"]) == {}
    with pytest.raises(NotFoundError, match="withdrawn by The Post on 3 Nov 2026"):
        newsroom.claims.load_hit(safe)
    again = replace(FIRST, guid="post:2", url="https://post.example/other", revision=None)
    (outcome,) = newsroom.intake.articles.ingest([again])
    assert (outcome.status, outcome.reason) == ("withdrawn", "killed by its publisher: wrong wall")
    told = newsroom.articles.histories.load(outcome.id)
    assert (told.state, told.article.text) == ("withdrawn", STORY)
    assert statuses(newsroom, replace(FIRST, outlet="The Herald", guid="h", url=None)) == ["new"]


def test_versions_in_one_batch_are_filed_in_order(newsroom: Newsroom) -> None:
    assert statuses(newsroom, SECOND, FIRST) == ["updated", "new"]
    assert newsroom.search.find("quite safe").total == 1
    assert statuses(newsroom, FIRST, SECOND) == ["unchanged", "unchanged"]
    assert statuses(newsroom, KILL, FIRST) == ["withdrawn", "unchanged"]


def test_embargoed_article_becomes_news_at_the_exact_second(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    (outcome,) = newsroom.intake.articles.ingest([replace(FIRST, embargo=NOON + HOUR)])
    assert outcome.reason == "under embargo until 2026-11-03 13:00 UTC"
    clock[0] = NOON + HOUR - timedelta(seconds=1)
    assert newsroom.intake.articles.release(outcome.id) is None
    assert newsroom.search.find("wall").total == 0
    clock[0] = NOON + HOUR
    released = newsroom.intake.articles.release(outcome.id)
    assert released is not None
    assert (released.id, released.status) == (outcome.id, "new")
    assert newsroom.intake.articles.release(outcome.id) is None
    assert newsroom.search.find("wall safe").total == 1
    found = newsroom.store.arrivals.claims_arrived(NOON + HOUR, NOON + 2 * HOUR, oldest_days=9)
    assert len(found) == 2
    assert [one.state for one in newsroom.articles.histories.load(outcome.id).versions] == ["shown"]


def test_a_release_is_logged(
    newsroom: Newsroom, clock: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.newsroom")
    due, by_hand = newsroom.intake.articles.ingest(
        [
            replace(FIRST, embargo=NOON + HOUR),
            replace(FIRST, guid="other", url=None, text="A dam broke.", embargo=NOON + 9 * HOUR),
        ]
    )
    newsroom.intake.articles.release_manually([by_hand.id])
    clock[0] = NOON + HOUR
    newsroom.intake.articles.release_due()
    assert [record.message for record in caplog.records if "released" in record.message] == [
        f"article {by_hand.id} is released: by hand",
        f"article {due.id} is released: its embargo ended at 2026-11-03 13:00:00 UTC",
    ]


def test_moving_or_lifting_an_embargo_makes_no_version(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    (held,) = newsroom.intake.articles.ingest([replace(FIRST, embargo=NOON + HOUR)])
    assert statuses(newsroom, replace(FIRST, embargo=NOON + 2 * HOUR, revision=2)) == ["withheld"]
    clock[0] = NOON + HOUR
    assert newsroom.intake.articles.release_due() == []
    told = newsroom.articles.histories.load(held.id)
    assert [(one.number, one.release_at) for one in told.versions] == [(1, NOON + 2 * HOUR)]
    (lifted,) = newsroom.intake.articles.ingest([replace(FIRST, revision=3)])
    assert (lifted.id, lifted.status) == (held.id, "new")
    assert [
        (one.number, one.state) for one in newsroom.articles.histories.load(held.id).versions
    ] == [(1, "shown")]
    clock[0] = NOON + 2 * HOUR
    assert newsroom.intake.articles.release_due() == []
    assert newsroom.search.find("wall safe").total == 1


def test_embargo_hides_a_shown_article_until_its_end(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    statuses(newsroom, FIRST, bulk=True)
    safe = claim_id(newsroom, "wall safe")
    held = replace(SECOND, embargo=NOON + HOUR)
    assert statuses(newsroom, held) == ["withheld"]
    with pytest.raises(NotFoundError, match="held its article back since 3 Nov"):
        newsroom.claims.load_hit(safe)
    clock[0] = NOON + HOUR
    assert [one.status for one in newsroom.intake.articles.release_due()] == ["new"]
    assert claim_id(newsroom, "quite safe") == safe
    assert newsroom.claims.load_hit(safe).claim.id == safe
    window = NOON - HOUR, NOON + 2 * HOUR
    assert newsroom.store.arrivals.claims_arrived(*window, oldest_days=9) == []  # it came in bulk


def test_clock_set_back_does_not_change_the_order(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    statuses(newsroom, FIRST, SECOND)
    hurt = claim_id(newsroom, "nobody hurt")
    clock[0] = NOON - 2 * HOUR
    text = SECOND.text.replace("was hurt", "was badly hurt")
    (held,) = newsroom.intake.articles.ingest(
        [replace(SECOND, text=text, revision=3, embargo=NOON - HOUR)]
    )
    assert held.status == "withheld"
    clock[0] = NOON - HOUR
    assert [one.status for one in newsroom.intake.articles.release_due()] == ["new"]
    assert claim_id(newsroom, "nobody badly hurt") == hurt
    numbers = [
        (one.number, one.state) for one in newsroom.articles.histories.load(held.id).versions
    ]
    assert numbers == [(1, "earlier"), (2, "earlier"), (3, "shown")]


def test_withheld_article_can_be_removed(newsroom: Newsroom, clock: list[datetime]) -> None:
    (held,) = newsroom.intake.articles.ingest([replace(FIRST, embargo=NOON + HOUR)])
    newsroom.intake.articles.remove([held.id], reason="a court order")
    clock[0] = NOON + HOUR
    assert newsroom.intake.articles.release_due() == []
    assert newsroom.intake.articles.release(held.id) is None
    (back,) = newsroom.intake.articles.ingest([FIRST])
    assert (back.status, back.reason) == ("withdrawn", "a court order")
    assert newsroom.store.archive.coverage().articles == 0


def test_manually_released_article_stays_released(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    held = replace(FIRST, status="withheld", note="until the funeral")
    (outcome,) = newsroom.intake.articles.ingest([held])
    clock[0] = NOON + 900 * HOUR
    assert newsroom.intake.articles.release_due() == []
    ((article_id, waiting),) = newsroom.store.history.withheld_versions()
    assert (article_id, waiting.document.title) == (outcome.id, "Wall safe")
    with pytest.raises(NotFoundError, match="these are not withheld: nothere"):
        newsroom.intake.articles.release_manually([outcome.id, "nothere"])
    assert newsroom.search.find("wall").total == 0
    (shown,) = newsroom.intake.articles.release_manually([outcome.id])
    assert (shown.id, shown.status) == (outcome.id, "new")
    assert newsroom.search.find("wall safe").total == 1
    assert newsroom.store.history.withheld_versions() == []
    told = newsroom.articles.histories.load(outcome.id)
    states = [(one.state, one.reason) for one in told.versions]
    assert states == [("earlier", "released by hand"), ("shown", None)]
    # The same message once more is no news, another one is; and the publisher may still kill it.
    assert statuses(newsroom, held) == ["unchanged"]
    assert newsroom.search.find("wall safe").total == 1
    assert statuses(newsroom, replace(held, note="until Friday")) == ["withheld"]
    assert newsroom.search.find("wall").total == 0
    newsroom.intake.articles.release_manually([outcome.id])
    assert statuses(newsroom, SECOND, held) == ["updated", "unchanged"]
    assert statuses(newsroom, KILL) == ["withdrawn"]
    assert statuses(newsroom, held) == ["withdrawn"]
    assert newsroom.search.find("wall").total == 0


def test_an_embargo_may_be_ended_by_hand_before_its_hour(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    held = replace(FIRST, embargo=NOON + HOUR)
    (outcome,) = newsroom.intake.articles.ingest([held])
    newsroom.intake.articles.release_manually([outcome.id])
    assert statuses(newsroom, held) == ["unchanged"]
    clock[0] = NOON + HOUR
    assert newsroom.intake.articles.release(outcome.id) is None
    assert statuses(newsroom, held) == ["unchanged"]
    assert newsroom.search.find("wall safe").total == 1


def test_unsearchable_changes_leave_the_index_current(newsroom: Newsroom) -> None:
    statuses(newsroom, FIRST)
    other = replace(FIRST, text="The lock leaks, Jane Roe said.", guid="o", url=None)
    assert statuses(newsroom, replace(other, status="withheld")) == ["withheld"]
    assert not newsroom.search.find("wall").is_index_behind


def test_same_text_updates_only_metadata(newsroom: Newsroom) -> None:
    statuses(newsroom, FIRST)
    (same,) = newsroom.intake.articles.ingest([replace(FIRST, byline="A. Brook")])
    (other,) = newsroom.intake.articles.ingest([SECOND])
    assert [(one.status, one.has_same_text) for one in (same, other)] == [
        ("updated", True),
        ("updated", False),
    ]


def test_only_a_changed_file_loses_metadata(newsroom: Newsroom) -> None:
    for origin, title in (("wall.txt", None), ("https://post.example/feed", "Wall safe")):
        document = replace(FIRST, origin=origin, guid=origin, url=None, outlet=origin)
        later = replace(document, text=f"{STORY}\n\nIt rained.", title=None, revision=2)
        _, outcome = newsroom.intake.articles.ingest([document, later])
        assert outcome.status == "updated"
        assert newsroom.store.archive.article(outcome.id).title == title


def test_a_text_that_was_removed_by_hand_is_not_released(
    newsroom: Newsroom, clock: list[datetime]
) -> None:
    (held,) = newsroom.intake.articles.ingest([replace(FIRST, embargo=NOON + HOUR)])
    other = replace(FIRST, outlet="The Herald", guid="h", url=None)
    (shown,) = newsroom.intake.articles.ingest([other])
    newsroom.intake.articles.remove([shown.id], reason="a court order")
    clock[0] = NOON + HOUR
    (outcome,) = newsroom.intake.articles.release_due()
    assert (outcome.status, outcome.reason) == ("withdrawn", "a court order")
    assert newsroom.store.archive.coverage().articles == 0
    assert newsroom.articles.histories.load(held.id).state == "withdrawn"


def test_nobody_knows_an_article_that_never_was(newsroom: Newsroom) -> None:
    with pytest.raises(NotFoundError, match="nothere"):
        newsroom.articles.histories.load("nothere")
