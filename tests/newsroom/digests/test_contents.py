"""Composing a digest from a real store: new voices, topics, outlets and changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.digest import COMPOSE_DELAY
from bot.errors import NotFoundError, SearchIndexMissingError
from bot.model import Article, Claim, Digest, DigestPreferences, Feed, Subscription
from bot.newsroom import Newsroom
from bot.store import FiledArticle, MessageKey, Store
from tests.manual_clock import ManualClock
from tests.manual_digests import mark_posted as stands
from tests.manual_digests import send_due

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING - timedelta(hours=2))


def opened(tmp_path: Path, clock: ManualClock, **more: str) -> Newsroom:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), **more})
    store = Store(settings.database_url)
    store.database.migrate()
    store.close()
    return Newsroom(settings, clock)


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Newsroom:
    return opened(tmp_path, clock)


@pytest.fixture
def either(database_url: str, tmp_path: Path, clock: ManualClock) -> Newsroom:
    """Return a newsroom over each kind of database."""
    return opened(tmp_path, clock, DATABASE_URL=database_url)


def file(newsroom: Newsroom, name: str, *, at: datetime | None = None, **more: Any) -> Claim:
    """File an article with one claim."""
    outlet, day = more.pop("outlet", None), more.pop("published_on", None)
    fields: dict[str, Any] = {
        "kind": "attribution",
        "text": f"they will mend the quay wall of {name} before the winter",
        "speaker": "Ida Marsh",
        "source_kind": "named",
        "type": "direct",
        "stance": "said",
    }
    claim = Claim(id=f"claim {name}", article_id=name, **(fields | more))
    # Articles with much the same text would be copies.
    around = " ".join(f"{name}{n}" for n in range(60))
    article = Article(
        id=name,
        origin=name,
        text=f"{claim.text}. {around}",
        title=name,
        outlet=outlet,
        published_on=day,
    )
    stamp = at or newsroom.now()
    newsroom.store.archive.apply_steps(
        [FiledArticle(article, [claim])], arrival="single", now=lambda: stamp
    )
    return claim


def subscribed(newsroom: Newsroom, **wants: Any) -> Subscription:
    one = newsroom.digests.subscriptions.subscribe(
        team="T1", channel="C1", at=time(8, 30), zone="UTC", person="U1"
    )
    with_wants = replace(one, preferences=DigestPreferences(**wants))
    newsroom.store.ledger.subscribe(with_wants)
    return with_wants


def coming(newsroom: Newsroom, subscription: Subscription, days: int = 0) -> Digest:
    day = (MORNING + timedelta(days)).date()
    return newsroom.digests.preview(day=day, subscription=subscription, at=time(), zone="UTC")


def shown(digest: Digest) -> dict[str, list[str]]:
    return {
        part.topic or part.kind: sorted(row.claim_id for row in part.rows)
        for part in digest.sections
    }


def test_new_voice_was_never_named_before(
    either: Newsroom,
) -> None:
    newsroom = either
    long_ago = MORNING - timedelta(days=9)
    file(newsroom, "old", at=long_ago, speaker="Ida Marsh")
    file(newsroom, "surname", speaker="Marsh")
    file(newsroom, "new", speaker="Noor Castell")
    file(newsroom, "body", speaker="Halyard Port Authority")
    file(newsroom, "unsure", speaker=None, guess="Jon Lund", source="He")
    newsroom.updates.catch_up()  # by then each name has the one that stands for it
    made = shown(coming(newsroom, subscribed(newsroom)))
    assert made["new_voices"] == ["claim new"]


def test_new_archive_has_no_new_voices(newsroom: Newsroom) -> None:
    file(newsroom, "one", speaker="Noor Castell")
    assert shown(coming(newsroom, subscribed(newsroom))) == {"more": ["claim one"]}


def test_a_person_takes_turns_by_whatever_name_an_article_prints(newsroom: Newsroom) -> None:
    for n, speaker in enumerate(("Ida Marsh", "Ida K. Marsh", "Ms. Marsh", "Marsh")):
        file(newsroom, f"m{n}", speaker=speaker)
    others = ("Ada Marsh", "Jon Lund", "Mara Quill", "Noor Castell")
    for n, speaker in enumerate(others):
        file(newsroom, f"o{n}", speaker=speaker)
    names = [row.claim_id[6] for row in coming(newsroom, subscribed(newsroom, claims=5)).rows]
    assert sorted(names) == ["m", "o", "o", "o", "o"]


def test_topics_match_their_query_and_invalid_ones_nothing(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "harbour")
    file(newsroom, "mill", text="the mills will pay what they owe to the town in May")
    wants = {"topics": ("mills -quay", "by:lund", "after:never")}
    made = shown(coming(newsroom, subscribed(newsroom, **wants)))
    assert made == {"mills -quay": ["claim mill"], "more": ["claim harbour"]}


def test_topics_wait_for_an_index_that_is_being_built(newsroom: Newsroom) -> None:
    """Else nothing would match them, and the digest would be posted without them."""
    file(newsroom, "mill", text="the mills will pay what they owe to the town in May")
    subscription = subscribed(newsroom, topics=("mills",))
    with newsroom.updates._update_lock, pytest.raises(SearchIndexMissingError):
        coming(newsroom, subscription)
    assert shown(coming(newsroom, subscription)) == {"mills": ["claim mill"]}


def test_digest_respects_outlets_and_claim_limit(newsroom: Newsroom) -> None:
    for n in range(9):
        file(newsroom, f"post {n}", outlet="The Post", speaker=f"Ida Marsh {n}")
    file(newsroom, "wire", outlet="Halyard Wire")
    made = coming(newsroom, subscribed(newsroom, outlets=("the post",), claims=5))
    assert (made.claims, len(made.rows), made.omitted_count) == (9, 5, 4)
    assert "claim wire" not in {row.claim_id for row in made.rows}


def test_statement_in_several_outlets_is_one_row(newsroom: Newsroom) -> None:
    text = "the northern quay wall had moved by nine centimetres since Sunday"
    for outlet in ("The Post", "Halyard Wire", "The Courier"):
        file(newsroom, outlet, outlet=outlet, text=text)
    made = coming(newsroom, subscribed(newsroom))
    assert list(shown(made)) == ["most_reported"]
    assert (made.claims, made.articles, made.omitted_count) == (1, 3, 0)
    assert len(made.rows[0].others) == 2


def test_boilerplate_is_counted_but_not_shown(either: Newsroom) -> None:
    newsroom = either
    phrase = {"text": "the Post could not verify this independently", "outlet": "The Post"}
    file(newsroom, "before", at=MORNING - timedelta(days=9), **phrase)
    file(newsroom, "today", **phrase)
    file(newsroom, "elsewhere", **(phrase | {"outlet": "The Wire", "speaker": "Jon Lund"}))
    file(newsroom, "news", outlet="The Post", speaker="Mara Quill")
    made = coming(newsroom, subscribed(newsroom))
    assert {row.claim_id for row in made.rows} == {"claim elsewhere", "claim news"}
    assert (made.claims, made.omitted_count) == (3, 1)


def test_omitted_digest_has_the_claims_not_shown(either: Newsroom, clock: ManualClock) -> None:
    newsroom = either
    subscribed(newsroom, topics=("mill",), outlets=("Post",), claims=5)
    for name in ("mill", "mill two", *"abcdefgh"):
        file(newsroom, name, outlet="Post", speaker=f"Speaker {name}")
    file(newsroom, "other", outlet="Wire")
    clock.now = MORNING + COMPOSE_DELAY
    posted = post(newsroom, "1.1")
    subscribed(newsroom)  # what is wanted from now on changes nothing of it
    left = newsroom.digests.omitted_digest(MessageKey("T1", "C1", "1.1"))
    seen, rest = ({row.claim_id for row in one.rows} for one in (posted, left))
    assert len(seen) == 5
    assert len(rest) == posted.omitted_count == 5
    assert seen.isdisjoint(rest)
    assert "claim other" not in seen | rest
    with pytest.raises(NotFoundError):
        newsroom.digests.omitted_digest(MessageKey("T1", "C1", "9.9"))


def test_quiet_day_shows_feeds_and_next_poll(newsroom: Newsroom, clock: ManualClock) -> None:
    for n in range(3):
        newsroom.store.feeds.add(
            Feed(
                id=f"f{n}",
                url=f"https://post.example/{n}",
                added_as=f"https://post.example/{n}",
                added_by="cli",
                added_at=clock.now,
                interval_seconds=3600,
                state="active" if n else "paused",
            )
        )
    made = coming(newsroom, subscribed(newsroom))
    assert (made.claims, made.feeds) == (0, 2)
    file(newsroom, "one")
    assert coming(newsroom, subscribed(newsroom)).feeds == 0


def post(newsroom: Newsroom, ts: str) -> Digest:
    sent = send_due(newsroom)
    assert sent
    stands(newsroom, sent, ts)
    return sent.digest


def test_removed_claim_is_reported_once_where_it_was_shown(
    either: Newsroom, clock: ManualClock
) -> None:
    newsroom = either
    subscription = subscribed(newsroom)
    file(newsroom, "kept", speaker="Jon Lund")
    file(newsroom, "lost")
    clock.now = MORNING + COMPOSE_DELAY
    assert len(post(newsroom, "1.1").rows) == 2
    clock.now += timedelta(hours=3)
    newsroom.store.archive.remove(
        ["lost"], reason="a court", block_reimport=True, removed_at=clock.now
    )
    made = coming(newsroom, subscription, 1)
    assert shown(made) == {"changes": ["claim lost"]}
    assert made.rows[0].current.gone
    assert made.claims == 0
    clock.now = MORNING + timedelta(days=1) + COMPOSE_DELAY
    post(newsroom, "1.2")
    assert coming(newsroom, subscription, 2).rows == ()
    elsewhere = replace(subscription, channel="C2")
    assert "changes" not in shown(coming(newsroom, elsewhere, 1))


def test_posted_digest_is_stored_as_planned(either: Newsroom, clock: ManualClock) -> None:
    newsroom = either
    subscribed(newsroom, topics=("mill",))
    text = "the northern quay wall had moved by nine centimetres since Sunday"
    for outlet in ("The Post", "Halyard Wire"):
        file(newsroom, outlet, outlet=outlet, text=text)
    file(newsroom, "denial", text=text, stance="denied", speaker="the ministry")
    file(newsroom, "mill", speaker="Jon Lund")
    clock.now = MORNING + COMPOSE_DELAY
    posted = post(newsroom, "1.1")
    key = MessageKey("T1", "C1", "1.1")
    standing = newsroom.delivery.messages.posted_digest(key)
    assert standing
    assert replace(standing, sections=()) == replace(posted, sections=())
    assert shown(standing) == shown(posted)
    row = posted.rows[0]
    kept = standing.rows[0]
    assert [hit.claim for hit in kept.related] == [hit.claim for hit in row.related]
    assert (len(kept.others), len(kept.disputes)) == (len(row.others), len(row.disputes))
    assert row.others
    assert row.disputes
    assert newsroom.delivery.messages.digest_row(key, row.claim_id).reasons == row.reasons
    assert newsroom.delivery.messages.posted_digest(MessageKey("T1", "C1", "9.9")) is None


def test_follow_up_jobs_are_added_when_posting_is_recorded(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    subscribed(newsroom)
    file(newsroom, "one")
    clock.now = MORNING + COMPOSE_DELAY
    sent = send_due(newsroom)
    assert sent
    stands(newsroom, replace(sent.message, due_at=clock.now), "1.0")  # another has it by now
    assert not follow(newsroom)
    stands(newsroom, sent, "1.1")
    # Whoever noted it may be killed now.
    assert follow(newsroom) == {"detail", "chart"}


def follow(newsroom: Newsroom) -> set[str]:
    return {one.kind for one in newsroom.store.jobs.counts()} & {"detail", "chart"}


@pytest.mark.parametrize(
    ("numbers", "is_shown"), [((3, 4, 3), True), ((3, 3, 3), False), ((0, 5, 9), False)]
)
def test_trend_is_shown_if_there_is_enough_data(
    newsroom: Newsroom, clock: ManualClock, numbers: tuple[int, ...], is_shown: bool
) -> None:
    subscription = subscribed(newsroom)
    texts = [f"the quay wall of berth {n} will be mended before winter" for n in range(12)]
    for days, number in enumerate(numbers):
        claims = [
            Claim(
                id=f"{days}/{n}",
                article_id=f"a{days}",
                kind="attribution",
                text=texts[n],
                speaker="Ida Marsh",
                source_kind="named",
            )
            for n in range(number)
        ]
        article = Article(
            id=f"a{days}",
            origin=f"a{days}",
            text=" ".join([*texts, *(f"{days}x{n}" for n in range(300))]),
        )
        at = MORNING - timedelta(days=days, hours=1)
        newsroom.store.archive.apply_steps(
            [FiledArticle(article, claims)], arrival="single", now=lambda at=at: at
        )
    clock.now = MORNING + COMPOSE_DELAY
    trend = newsroom.speakers.trends.trend_of_digest(coming(newsroom, subscription))
    assert (trend is not None) == is_shown
    if trend:
        assert trend.speakers == ("Ida Marsh",)
        assert [number for _, number in trend.days[-4:]] == [0, *reversed(numbers)]
        assert trend.days[-1][0] == MORNING.date()


def test_row_drops_an_outlet_that_withdrew(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribed(newsroom)
    text = "the northern quay wall had moved by nine centimetres since Sunday"
    for outlet in ("The Post", "Halyard Wire"):
        file(newsroom, outlet, outlet=outlet, text=text)
    clock.now = MORNING + COMPOSE_DELAY
    (row,) = post(newsroom, "1.1").rows
    (other,) = row.others
    newsroom.store.archive.remove(
        [other.article.id], reason="a court", block_reimport=True, removed_at=clock.now
    )
    assert "mend" in {one.kind for one in newsroom.store.jobs.counts()}
    standing = newsroom.delivery.messages.posted_digest(MessageKey("T1", "C1", "1.1"))
    assert standing
    assert standing.rows[0].others == ()


def test_a_row_shows_what_its_speaker_said_before_that_opposes_it(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    earlier = datetime(2026, 10, 1, 9, tzinfo=UTC)
    said = "the ferry tax will never rise in Norton"
    old = file(newsroom, "ferry one", at=earlier, text=said, published_on=earlier.date())
    new = "the ferry tax will rise in Norton"
    file(newsroom, "ferry two", text=new, published_on=clock().date())
    newsroom.updates.catch_up()
    subscribed(newsroom)
    clock.now = MORNING + COMPOSE_DELAY
    (row,) = [row for row in post(newsroom, "1.0").rows if row.earlier]
    assert row.current.hit
    assert row.current.hit.claim.text == new
    assert row.earlier
    assert row.earlier.claim.id == old.id
    posted = newsroom.delivery.messages.posted_digest(MessageKey("T1", "C1", "1.0"))
    assert posted
    assert [one.earlier.claim.id for one in posted.rows if one.earlier] == [old.id]
