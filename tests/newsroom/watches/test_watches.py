"""Watches post new claims once, on their schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import config
from bot.articles.known_article import Arrival
from bot.config import WatchSettings
from bot.errors import NotFoundError, QueryError, SettingsError
from bot.model import Article, Claim, Watch
from bot.newsroom import Newsroom
from bot.store import FiledArticle, HistoryUpdate, OutboxMessage, schema
from bot.store.articles.extractor_versions import StaleArticle
from bot.store.delivery.payloads import InvalidWatchPayload, TextPayload, WatchPausedPayload
from tests.manual_clock import ManualClock

TEAM, PERSON, CHANNEL = "T1", "U1", "C1"
TODAY = date(2026, 11, 3)
STORM = "the harbour stays closed for a week because of the storm"


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    with Newsroom(replace(settings, watches=WatchSettings(alerts_an_hour=2)), clock) as opened:
        yield opened


def set_one(newsroom: Newsroom, query: str = "harbour", **more: Any) -> Watch:
    known = {"team": TEAM, "person": PERSON, "channel": CHANNEL, "zone": "UTC"}
    return newsroom.watches.add(**(known | more), query=query)


def claim(claim_id: str, text: str, **more: Any) -> Claim:
    known = {"kind": "attribution", "speaker": "Jane Roe", "source": "Jane Roe", "cue": "said"}
    known |= {"source_kind": "named", "type": "indirect", "stance": "said"}
    article = claim_id.partition("-")[0]
    return Claim(id=claim_id, article_id=article, text=text, **(known | more))


def file(
    newsroom: Newsroom,
    *claims: Claim,
    arrival: Arrival = "single",
    is_known: bool = False,
    **known: Any,
) -> None:
    """File the article of some claims."""
    article_id = claims[0].article_id
    article = Article(
        **{"id": article_id, "origin": article_id, "text": f"{article_id} {claims[0].text}"}
        | {"outlet": f"Outlet {article_id}", "published_on": TODAY, "language": "en"}
        | known
    )
    filed = FiledArticle(article, claims, is_known=is_known)
    assert not newsroom.store.archive.apply_steps([filed], arrival=arrival, now=newsroom.now)


def do(newsroom: Newsroom, *kinds: str) -> None:
    """Run the due jobs of these kinds."""
    work = {
        "watch": newsroom.watches.matches.handle_watch_job,
        "alert": newsroom.watches.handle_alert_job,
    }
    while job := newsroom.delivery.jobs.take("w", kinds or list(work), TEAM):
        newsroom.delivery.jobs.complete(job, work[job.kind](job))


def waiting(newsroom: Newsroom, channel: str = CHANNEL) -> list[OutboxMessage]:
    """Post the queued messages of a channel, and return them."""
    out: list[OutboxMessage] = []
    while one := newsroom.store.outbox.next_in_channel(TEAM, channel):
        begun = newsroom.store.outbox.begin_sending(one, newsroom.now())
        if isinstance(begun, datetime):
            newsroom.now.now = begun  # type: ignore[attr-defined]
            continue
        assert begun
        newsroom.store.outbox.mark_sent(
            begun, channel=channel, ts=f"{len(out)}.{one.id}", now=newsroom.now()
        )
        out.append(one)
    return out


def told(newsroom: Newsroom, one: OutboxMessage) -> list[list[str]]:
    """Return the claims in a message, grouped by statement."""
    alerted = newsroom.watches.alert_contents(one)
    assert alerted
    return [[hit.claim.id for hit in each.row.hits] for each in alerted.statements if each.row]


def test_unreadable_alert_pauses_no_watch(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom)
    clock.advance(minutes=1)
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    with newsroom.store.database.write() as connection:
        connection.execute(sa.update(schema.outbox).values(payload={"version": 99}))
    one = newsroom.store.outbox.next_in_channel(TEAM, CHANNEL)
    assert one
    newsroom.delivery.outbox.give_up(one, "dead", "x", None)
    assert newsroom.store.watches.by_number(TEAM, watch.number).state == "active"
    assert [one.state for one in newsroom.store.dead_letters.find(TEAM)] == ["dead"]


def test_new_claims_are_posted_once(newsroom: Newsroom, clock: ManualClock) -> None:
    file(newsroom, claim("a0-1", "the harbour was open"))
    watch = set_one(newsroom, "harbour closed")
    assert newsroom.store.jobs.counts() == []
    clock.advance(minutes=1)
    file(newsroom, claim("a1-1", STORM), claim("a1-2", "nobody is surprised"))
    for _ in range(2):
        do(newsroom)
    [one] = waiting(newsroom)
    assert one.person == PERSON
    assert told(newsroom, one) == [["a1-1"]]
    alerted = newsroom.watches.alert_contents(one)
    assert alerted
    assert alerted.words == ("harbour", "closed")
    assert alerted.statements[0].row
    assert alerted.statements[0].row.hits[0].text_matches == ((4, 11), (18, 24))
    assert newsroom.store.watches.by_number(TEAM, watch.number).fired == 1
    assert newsroom.store.watches.by_number(TEAM, watch.number).fired_at == clock.now


def test_watch_for_a_role_finds_its_holders(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, "by:governor")
    clock.advance(minutes=1)
    text = "Governor Jane Roe came with Al Marsh, her deputy. Roe said no. Marsh said no."
    roe, marsh = claim("a1-1", "no", source="Roe"), claim("a1-2", "no", speaker="Al Marsh")
    aide = claim("a1-3", "no", speaker="an aide to the governor", source_kind="described")
    file(newsroom, roe, marsh, aide, text=text)
    do(newsroom)
    [one] = waiting(newsroom)
    assert told(newsroom, one) == [["a1-1"]]


def test_loads_imports_old_articles_and_later_readings_fire_nothing(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    set_one(newsroom, "harbour")
    clock.advance(minutes=1)
    file(newsroom, claim("a1-1", STORM), arrival="bulk")
    file(newsroom, claim("a2-1", f"{STORM}, too"), published_on=TODAY - timedelta(4))
    list(
        newsroom.intake.imports.import_claims(
            ['{"text": "the harbour is closed", "outlet": "Post"}']
        )
    )
    file(newsroom, claim("a3-1", "the port is closed"))
    article = newsroom.store.archive.article("a3")
    there = FiledArticle(article, [claim("a3-2", STORM)], is_known=True)
    seq = newsroom.store.archive.changes(0, 100)[-1].seq
    newsroom.store.extractor_versions.replace_claims(
        [(StaleArticle(article, seq), there)], now=clock.now
    )
    assert [one.id for one in newsroom.store.archive.claims_in("a3")] == ["a3-2"]
    do(newsroom)
    assert waiting(newsroom) == []
    file(newsroom, claim("a4-1", STORM), published_on=TODAY - timedelta(3))
    file(newsroom, claim("a5-1", "the harbour is deep"), published_on=None)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a4-1"], ["a5-1"]]


def test_new_version_posts_its_new_claims(newsroom: Newsroom, clock: ManualClock) -> None:
    file(newsroom, claim("a1-1", "the harbour was open"))
    set_one(newsroom)
    clock.advance(minutes=1)
    both = claim("a1-1", "the harbour was open"), claim("a1-2", STORM)
    file(newsroom, *both, is_known=True, version=2)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a1-2"]]
    newsroom.intake.articles.remove(["a1"], reason="a mistake")
    file(newsroom, *both, version=3)
    do(newsroom)
    assert waiting(newsroom) == []


def test_embargoed_article_is_posted_at_release(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom)
    ends = clock.now + timedelta(hours=1)
    article = Article(
        id="a1", origin="x", text=f"Jane Roe said {STORM}.", language="en", embargo=ends
    )
    kept = HistoryUpdate(
        article_id="a1", document=article, number=1, state="withheld", release_at=ends
    )
    newsroom.store.archive.apply_steps([kept], arrival="single", now=newsroom.now)
    do(newsroom)
    clock.advance(hours=1, seconds=1)
    assert newsroom.intake.articles.release("a1")
    do(newsroom)
    [one] = waiting(newsroom)
    assert len(told(newsroom, one)) == 1


def test_further_outlets_extend_the_message(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom, "harbour")
    file(newsroom, claim("a1-1", STORM), claim("a1-2", "the harbour is deep enough for ships"))
    do(newsroom)
    [one] = waiting(newsroom)
    assert told(newsroom, one) == [["a1-1"], ["a1-2"]]
    assert "mend" not in {count.kind for count in newsroom.store.jobs.counts()}
    clock.advance(hours=30)
    file(newsroom, claim("a2-1", STORM), claim("a2-2", f"{STORM}, they say"))
    file(newsroom, claim("a3-1", STORM, speaker="Otto Lind", source="Otto Lind"))
    do(newsroom)
    assert "mend" in {count.kind for count in newsroom.store.jobs.counts()}
    [other] = waiting(newsroom)
    assert told(newsroom, other) == [["a3-1"]]
    assert told(newsroom, one) == [["a1-1", "a2-1", "a2-2"], ["a1-2"]]
    assert newsroom.store.watches.by_number(TEAM, watch.number).fired == 3
    clock.advance(days=8)
    file(newsroom, claim("a4-1", STORM), published_on=None)
    do(newsroom)
    [later] = waiting(newsroom)
    assert told(newsroom, later) == [["a4-1"]]


def test_queued_message_includes_later_reports(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, "harbour")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    file(newsroom, claim("a2-1", STORM))
    do(newsroom)
    [one] = waiting(newsroom)
    assert told(newsroom, one) == [["a1-1", "a2-1"]]


def test_alerts_wait_until_quiet_hours_end(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, zone="Europe/Paris", quiet=(time(22), time(7)))
    clock.now = datetime(2026, 11, 3, 21, 30, tzinfo=UTC)  # 22:30 in Paris
    for n in range(3):
        file(newsroom, claim(f"a{n}-1", f"the harbour holds {n} ships and no more"))
        do(newsroom)
        clock.advance(minutes=20)
    assert waiting(newsroom) == []
    clock.now = datetime(2026, 11, 4, 5, 59, tzinfo=UTC)
    do(newsroom)
    assert waiting(newsroom) == []
    clock.advance(minutes=1)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a0-1"], ["a1-1"], ["a2-1"]]


def test_old_alerts_still_wait_for_quiet_hours(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, zone="UTC", quiet=(time(22), time(7)))
    clock.now = datetime(2026, 11, 3, 23, tzinfo=UTC)
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    clock.now = datetime(2026, 11, 4, 23, tzinfo=UTC)  # no worker ran all day
    do(newsroom)
    assert waiting(newsroom) == []
    clock.now = datetime(2026, 11, 5, 7, tzinfo=UTC)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a1-1"]]


def test_alerts_beyond_the_hourly_limit_are_combined(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    set_one(newsroom)
    messages = []
    for n in range(6):
        file(newsroom, claim(f"a{n}-1", f"the harbour holds {n} ships and no more"))
        do(newsroom)
        messages += waiting(newsroom)
        clock.advance(minutes=5)
    assert [told(newsroom, one) for one in messages] == [[["a0-1"]], [["a1-1"]]]
    clock.now = messages[0].asked_at + timedelta(hours=1)
    do(newsroom)
    [rest] = waiting(newsroom)
    assert told(newsroom, rest) == [["a2-1"], ["a3-1"], ["a4-1"], ["a5-1"]]


def test_hourly_and_daily_watches_combine_alerts(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, pace="hourly")
    set_one(newsroom, channel="C2", pace="daily", at=time(18), zone="Europe/Paris")
    clock.now = datetime(2026, 11, 3, 12, 10, tzinfo=UTC)
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    assert waiting(newsroom) == []
    clock.now = datetime(2026, 11, 3, 13, tzinfo=UTC)
    do(newsroom)
    assert len(waiting(newsroom)) == 1
    assert waiting(newsroom, "C2") == []
    clock.now = datetime(2026, 11, 3, 17, tzinfo=UTC)
    do(newsroom)
    assert len(waiting(newsroom, "C2")) == 1


def test_resumed_watch_posts_pending_alerts(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom, pace="hourly")
    set_one(newsroom, "storm", channel="C2")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.pause(watch)
    clock.advance(hours=2)
    file(newsroom, claim("a2-1", "the harbour is deep enough"))
    do(newsroom)
    assert waiting(newsroom) == []
    newsroom.watches.resume(watch)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a1-1"]]
    newsroom.watches.end(watch)
    with pytest.raises(NotFoundError, match="no such watch: 1"):
        newsroom.store.watches.by_number(TEAM, 1)
    again = set_one(newsroom)
    assert (again.number, again.fired, again.pace) == (1, 1, "at_once")
    assert [one.number for one in newsroom.store.watches.for_person(TEAM, person=PERSON)] == [1, 2]


def test_setting_a_paused_watch_again_resumes_it(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom, pace="hourly")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.pause(watch)
    clock.advance(hours=2)
    do(newsroom)
    assert (set_one(newsroom).state, set_one(newsroom).pace) == ("active", "hourly")
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a1-1"]]


def test_ended_watch_drops_pending_alerts(newsroom: Newsroom, clock: ManualClock) -> None:
    newsroom.watches.end(set_one(newsroom, pace="hourly"))
    watch = set_one(newsroom, pace="hourly")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.end(watch)
    clock.advance(days=2)
    newsroom.watches.pause(watch)
    newsroom.watches.resume(watch)
    with pytest.raises(NotFoundError):
        newsroom.watches.edit(watch)
    assert newsroom.store.watches.for_person(TEAM, person=PERSON) == []
    set_one(newsroom, pace="hourly")
    file(newsroom, claim("a2-1", "the harbour is deep enough"))
    clock.advance(hours=2)
    do(newsroom)
    clock.advance(hours=1)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a2-1"]]


def test_changed_watch_posts_pending_alerts_on_its_new_schedule(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    watch = set_one(newsroom, pace="daily", at=time(8))
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.edit(replace(watch, pace="at_once"))
    assert newsroom.store.watches.by_number(TEAM, watch.number).fired == 1
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a1-1"]]


def test_message_extended_while_sent_is_updated(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom, pace="hourly")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    before = newsroom.store.watches.pending_alerts(watch)
    file(newsroom, claim("a2-1", STORM))
    do(newsroom)
    assert newsroom.store.watches.send_alerts(watch, before, clock.now)
    [one] = waiting(newsroom)
    assert [shown.claim_id for shown in one.shown] == ["a1-1", "a2-1"]


def test_pending_alerts_go_to_the_new_channel(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom)
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.edit(replace(watch, channel=PERSON))
    do(newsroom)
    one = newsroom.store.outbox.next_in_channel(TEAM, CHANNEL)
    assert one
    assert newsroom.watches.alert_contents(one) is None
    newsroom.delivery.outbox.drop(one)
    do(newsroom)
    assert waiting(newsroom) == []
    assert told(newsroom, *waiting(newsroom, PERSON)) == [["a1-1"]]


def test_of_very_many_statements_a_message_shows_the_first(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    set_one(newsroom)
    file(newsroom, *(claim(f"a1-{n}", f"the harbour holds {n} ships, not more") for n in range(20)))
    do(newsroom)
    [one] = waiting(newsroom)
    alerted = newsroom.watches.alert_contents(one)
    assert alerted
    assert (len(alerted.statements), alerted.omitted) == (15, 5)


def test_message_of_a_paused_watch_is_not_posted(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom)
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.pause(watch)
    one = newsroom.store.outbox.next_in_channel(TEAM, CHANNEL)
    assert one
    assert newsroom.watches.alert_contents(one) is None
    newsroom.delivery.outbox.drop(one)
    newsroom.watches.resume(watch)
    do(newsroom)
    assert told(newsroom, *waiting(newsroom)) == [["a1-1"]]


def test_unpostable_watch_is_paused_and_its_owner_told_once(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    watch = set_one(newsroom)
    for n in range(2):
        file(newsroom, claim(f"a{n}-1", f"the harbour holds {n} ships and no more"))
        do(newsroom)
    one = newsroom.store.outbox.next_in_channel(TEAM, CHANNEL)
    assert one
    newsroom.delivery.outbox.give_up(one, "dead", "I'm not in this channel.", TextPayload("x"))
    assert newsroom.store.watches.by_number(TEAM, watch.number).state == "paused"
    [news] = waiting(newsroom, PERSON)
    assert news.payload_as(WatchPausedPayload).failure == "I'm not in this channel."
    assert newsroom.watches.paused_watch(watch.id)
    other = newsroom.store.outbox.next_in_channel(TEAM, CHANNEL)
    assert other
    assert newsroom.watches.alert_contents(other) is None
    newsroom.delivery.outbox.drop(other)
    newsroom.watches.resume(watch)
    assert newsroom.watches.paused_watch(watch.id) is None
    do(newsroom)
    assert [told(newsroom, each) for each in waiting(newsroom)] == [[["a0-1"]], [["a1-1"]]]


def test_watch_with_an_invalid_query_is_paused(newsroom: Newsroom, clock: ManualClock) -> None:
    whole = set_one(newsroom)
    # As an earlier version may have kept it.
    broken = newsroom.store.watches.add(replace(whole, id="", query="harbour after:never"))
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    clock.advance(minutes=1)
    with Newsroom(newsroom.settings, clock) as beside:  # another worker
        file(newsroom, claim("a2-1", "the harbour is deep enough"))
        do(beside)
    assert newsroom.store.watches.by_number(TEAM, whole.number).fired == 2
    assert newsroom.store.watches.by_number(TEAM, broken.number).state == "paused"
    [news] = waiting(newsroom, PERSON)
    assert news.kind == "unread"
    assert news.payload_as(InvalidWatchPayload).failure.startswith("I can't read after:never.")
    assert newsroom.watches.paused_watch(broken.id)
    with pytest.raises(QueryError, match="after:never"):
        newsroom.watches.resume(broken)
    newsroom.watches.resume(newsroom.watches.edit(replace(broken, query="depth")))
    assert newsroom.store.watches.by_number(TEAM, broken.number).state == "active"
    do(newsroom)
    assert waiting(newsroom, PERSON) == []


def test_posted_alert_is_updated_despite_an_invalid_query(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    watch = set_one(newsroom)
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    [one] = waiting(newsroom)
    newsroom.store.watches.update_settings(replace(watch, query="after:never"), clock.now)
    assert told(newsroom, one) == [["a1-1"]]


def test_recent_alerts_are_read_in_one_query(newsroom: Newsroom, clock: ManualClock) -> None:
    asked: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    counts = []
    for n, queries in enumerate([["harbour"], ["ships", "holds", "more", "holds ships"]]):
        for query in queries:
            set_one(newsroom, query)
        file(newsroom, claim(f"a{n}-1", f"the harbour holds {n} ships and no more"))
        sa.event.listen(newsroom.store.database.engine, "before_cursor_execute", note)
        do(newsroom, "watch")
        sa.event.remove(newsroom.store.database.engine, "before_cursor_execute", note)
        counts.append(sum("FROM alerts" in one or "asked_at >" in one for one in asked))
        asked.clear()
    assert [one.fired for one in newsroom.store.watches.all()] == [2, 1, 1, 1, 1]
    assert counts == [2, 2]


def test_removed_claims_are_shown_as_gone(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom)
    file(newsroom, claim("a1-1", STORM))
    file(newsroom, claim("a2-1", STORM))
    do(newsroom)
    [one] = waiting(newsroom)
    newsroom.intake.articles.remove(["a1"], reason="a mistake")
    assert told(newsroom, one) == [["a2-1"]]
    newsroom.intake.articles.remove(["a2"], reason="a mistake")
    alerted = newsroom.watches.alert_contents(one)
    assert alerted
    assert alerted.statements[0].gone


def test_watch_finds_all_names_of_a_speaker(newsroom: Newsroom, clock: ManualClock) -> None:
    typed = ('by:"Xi Jinping" yuan', "by:xi", "by:jinping", "by:putin", "by:president")
    for query in typed:
        set_one(newsroom, query)
    full, short = ({"speaker": name, "source": name} for name in ("Xi Jinping", "President Xi"))
    file(newsroom, claim("a1-1", "this comes first", **full))
    file(newsroom, claim("a2-1", "this comes then", **full))
    file(newsroom, claim("a3-1", "the yuan is strong", **short))
    do(newsroom)
    newsroom.updates.catch_up()
    watches = newsroom.store.watches.for_person(TEAM, person=PERSON)
    assert [one.fired for one in watches] == [1, 3, 2, 0, 1]
    for watch in watches:
        found = newsroom.store.watches.recent_alerts([watch.id], since=clock.now, limit=9)[watch.id]
        there = {claim_id for one in found for claim_id in one.claims}
        assert there == {hit.claim.id for hit in newsroom.search.find(f"={watch.query}").hits}


def test_invalid_watch_is_refused(newsroom: Newsroom) -> None:
    for typed in (
        "",
        "-yuan",
        "after:never",
        "one two three four five six seven eight nine ten eleven twelve thirteen",
        "The lock leaks badly today. The mayor denies it all.",
    ):
        with pytest.raises(QueryError):
            set_one(newsroom, typed)
    with pytest.raises(SettingsError, match="I don't know the time zone"):
        set_one(newsroom, zone="Mars/Olympus")
    assert newsroom.store.watches.for_person(TEAM, person=PERSON) == []


def test_a_watch_looks_ahead(newsroom: Newsroom, clock: ManualClock) -> None:
    today = clock().date()
    for typed, watched in (
        ("~rates by:governor after:2020-01-06 before:2020-01-12", "~rates by:governor"),
        ("rates before:2020", "rates"),
        ("=rates on:2020-01-06", "=rates"),
        ("rates after:2020", "rates after:2020"),
        (f"rates  before:{today}", f"rates  before:{today}"),
        ("on:2020-01-06", "on:2020-01-06"),
    ):
        assert newsroom.watches.looking_ahead(typed) == watched


def test_same_watch_is_stored_once(newsroom: Newsroom) -> None:
    first = set_one(newsroom)
    newsroom.watches.edit(replace(first, quiet=(time(22), time(7))))
    again = set_one(newsroom)  # goes on as it is set
    assert (again.id, again.quiet) == (first.id, (time(22), time(7)))
    private = set_one(newsroom, channel=PERSON)
    others = newsroom.watches.add(team=TEAM, person="U2", channel="U2", query="harbour", zone="UTC")
    elsewhere = newsroom.watches.add(
        team="T2", person=PERSON, channel=CHANNEL, query="harbour", zone="UTC"
    )
    assert [one.number for one in (first, private, others, elsewhere)] == [1, 2, 3, 1]
    assert newsroom.store.watches.for_person(TEAM, person="U2", channel=CHANNEL)[0].quiet == (
        time(22),
        time(7),
    )
    assert [
        one.number for one in newsroom.store.watches.for_person(TEAM, person="U2", channel=CHANNEL)
    ] == [1, 3]
    assert [one.number for one in newsroom.store.watches.for_person(TEAM, person=PERSON)] == [1, 2]
    with pytest.raises(NotFoundError):
        newsroom.store.watches.by_id("T2", first.id)
    assert len(newsroom.store.watches.all()) == 4


def test_broad_watch_is_reported_with_its_count(newsroom: Newsroom, clock: ManualClock) -> None:
    file(newsroom, claim("a1-1", STORM), claim("a1-2", "all is well"))
    clock.advance(hours=1)
    newsroom.updates.catch_up()
    assert newsroom.watches.forecast("type:indirect") == newsroom.watches.forecast("lang:en")
    assert (
        newsroom.watches.forecast("type:indirect").claims,
        newsroom.watches.forecast("type:indirect").is_broad,
    ) == (2, True)
    assert (
        newsroom.watches.forecast("harbour").claims,
        newsroom.watches.forecast("harbour").is_broad,
    ) == (
        1,
        False,
    )
    assert not newsroom.watches.forecast("by:roe").is_broad
    many = [claim(f"a2-{n}", f"the harbour holds {n} ships") for n in range(60)]
    file(newsroom, *many)
    clock.advance(minutes=1)
    newsroom.updates.catch_up()
    assert newsroom.watches.forecast("harbour").is_broad


def test_claims_before_the_watch_are_not_posted(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, "storm")
    file(newsroom, claim("a1-1", STORM))
    clock.advance(minutes=1)
    set_one(newsroom, "harbour")
    do(newsroom)
    assert [one.fired for one in newsroom.store.watches.for_person(TEAM, person=PERSON)] == [1, 0]


def test_yesterday_is_another_day_each_day(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, "harbour after:yesterday")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    clock.advance(days=3)
    file(newsroom, claim("a2-1", "the harbour is deep enough"), published_on=TODAY)
    file(newsroom, claim("a3-1", "the harbour is open"), published_on=TODAY + timedelta(3))
    do(newsroom)
    messages = waiting(newsroom)
    assert [told(newsroom, one) for one in messages] == [[["a1-1"]], [["a3-1"]]]


def test_watches_follow_changed_settings(newsroom: Newsroom, clock: ManualClock) -> None:
    watch = set_one(newsroom, "lighthouse")
    file(newsroom, claim("a1-1", STORM))
    do(newsroom)
    newsroom.watches.edit(replace(watch, query="harbour", channel="C2"))
    file(newsroom, claim("a2-1", "the harbour is deep enough"))
    do(newsroom)
    assert waiting(newsroom) == []
    assert told(newsroom, *waiting(newsroom, "C2")) == [["a2-1"]]


def test_a_person_may_have_so_many_watches(newsroom: Newsroom) -> None:
    limit = newsroom.settings.watches.per_person
    for number in range(limit):
        set_one(newsroom, f"harbour {number}")
    with pytest.raises(SettingsError, match=f"you have {limit} watches already"):
        set_one(newsroom)
    set_one(newsroom, person="U2")
