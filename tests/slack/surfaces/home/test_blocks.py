"""The Home tab: within Slack's limits for any contents, and without mentions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Correction, Coverage, CurrentClaim, Feed, Subscription, Watch
from bot.newsroom.health import Freshness, Problems
from bot.slack.surfaces.home.blocks import Home, home_view
from bot.store import ArrivalCounts, OutboxMessage
from bot.store.delivery.payloads import SharePayload
from tests.samples import COVERAGE, hit, texts
from tests.slack.blockkit import home_problems
from tests.slack.desk import read
from tests.soak import examples

NOW = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
FRESH = Freshness(
    coverage=COVERAGE,
    arrivals=ArrivalCounts(newest_at=NOW - timedelta(hours=2), articles=3, claims=41),
    active_feeds=12,
    polled_at=NOW - timedelta(minutes=5),
)
NONE = Problems(
    failing_feeds=(),
    failed_jobs=0,
    overdue_jobs=0,
    overdue_by=timedelta(0),
    dead_letters=(),
    access_error=None,
)
LETTER = OutboxMessage(
    id=7,
    team="T1",
    key="k",
    channel="C1",
    thread_ts=None,
    kind="share",
    payload=SharePayload("U1"),
    person="U1",
    state="dead",
    asked_at=NOW,
    due_at=NOW,
    attempts=0,
    tried_at=None,
    ts=None,
    failure="A message was not posted in <#C1>: Slack says it is archived, <!here>",
)
CORRECTION = Correction(
    id="r1",
    team="T1",
    press="V1",
    claim_id="c1",
    article_id="a1",
    changes={"speaker": "Xi"},
    before={"speaker": "Putin"},
    reason="see paragraph 3",
    person="U2",
    person_name="Bob",
    suggested_at=NOW,
)
DIGEST = Subscription(
    team="T1", channel="C1", at=time(8, 30), zone="Asia/Tokyo", person="U1", since=NOW
)
WATCH = Watch(
    id="w1",
    number=3,
    team="T1",
    person="U1",
    channel="U1",
    query="yuan",
    zone="Europe/London",
    made_at=NOW,
)
FEED = Feed(
    id="f1",
    url="https://post.example/feed",
    added_as="https://post.example/feed",
    added_by="slack",
    added_at=NOW,
    interval_seconds=900,
    outlet="Post",
    failing_since=NOW,
    failures=3,
    failure="there is nothing at this address",
)


def home(**changes: Any) -> Home:
    return replace(
        Home(person="U1", now=NOW.astimezone(ZoneInfo("UTC")), freshness=FRESH), **changes
    )


def shown(**changes: Any) -> str:
    return read(home_view(home(**changes)))


def buttons(**changes: Any) -> list[tuple[str, str]]:
    return [
        (one["action_id"], one["value"])
        for block in home_view(home(**changes))["blocks"]
        for one in [*block.get("elements", []), block.get("accessory", {})]
        if "action_id" in one
    ]


def many(one: st.SearchStrategy[Any], most: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.builds(lambda value, n: (value,) * n, one, st.integers(0, most))


corrections = st.builds(replace, st.just(CORRECTION), reason=texts, person_name=texts)
letters = st.builds(replace, st.just(LETTER), failure=st.none() | texts)
feeds = st.builds(replace, st.just(FEED), outlet=st.none() | texts, failure=texts)
watches = st.builds(
    replace, st.just(WATCH), query=texts, state=st.sampled_from(["active", "paused"])
)
numbers = st.integers(0, 10**6)
homes = st.builds(
    Home,
    person=st.sampled_from(["U1", "U2"]),
    now=st.just(NOW.astimezone(ZoneInfo("America/St_Johns"))),
    freshness=st.builds(
        Freshness,
        coverage=st.sampled_from([COVERAGE, Coverage(articles=0, claims=0, first=None, last=None)]),
        arrivals=st.builds(ArrivalCounts, st.none() | st.just(NOW), numbers, numbers),
        active_feeds=numbers,
        polled_at=st.none() | st.just(NOW),
    ),
    digests=st.integers(0, 30).map(lambda n: [(DIGEST, NOW)] * n),
    watches=many(watches, 30),
    corrections=many(corrections, 5).map(
        lambda some: [(one, CurrentClaim(hit=hit())) for one in some]
    ),
    undecided_count=numbers,
    feeds=many(feeds, 9),
    problems=st.none()
    | st.builds(
        Problems,
        failing_feeds=many(feeds, 9),
        failed_jobs=numbers,
        overdue_jobs=numbers,
        overdue_by=st.timedeltas(timedelta(0), timedelta(days=400)),
        dead_letters=many(letters, 9),
        access_error=st.none() | texts,
    ),
)


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.too_slow])
@given(homes)
def test_any_home_tab_is_valid_and_mentions_nobody(made: Home) -> None:
    view = home_view(made)
    assert home_problems(view) == []
    said = "\n".join(
        one["text"]
        for block in view["blocks"]
        for one in [block.get("text", {}), *block.get("elements", [])]
        if one.get("type") == "mrkdwn"
    )
    assert "<!" not in said
    assert "@here" not in said


NOTHING = Freshness(
    coverage=Coverage(articles=0, claims=0, first=None, last=None),
    arrivals=ArrivalCounts(None, 0, 0),
    active_feeds=0,
    polled_at=None,
)


def test_others_are_told_whom_to_ask_for_sites() -> None:
    said = shown(freshness=NOTHING)
    assert said.startswith("Nobody has told me yet which sites to read. Ask an admin to add them")
    assert "Ask <@U1> <@U2> to add them" in shown(freshness=NOTHING, admins=("U1", "U2"))
    assert "home_sites" not in dict(buttons(freshness=NOTHING))
    assert shown().startswith("*212 claims*")


def test_hidden_rows_are_counted() -> None:
    said = shown(digests=[(DIGEST, NOW)] * 15, watches=[WATCH] * 13)
    assert "3 more: type `/digest` in a channel" in said
    assert "1 more: `/watch list`" in said


def test_only_admins_see_troubles() -> None:
    ill = replace(
        NONE,
        failing_feeds=(FEED,),
        failed_jobs=2,
        overdue_jobs=1,
        overdue_by=timedelta(minutes=9),
        dead_letters=(LETTER, replace(LETTER, id=8, channel="U2", failure=None)),
        access_error="token_revoked",
    )
    said = shown(problems=ill)
    for line in (
        "Slack won't let me post: token_revoked",
        "2 jobs failed and will not be retried",
        "1 job is overdue by 9 minutes. Is a worker running?",
        "1 feed can't be read:\nPost · https://post.example/feed",
        "to <#C1>, 25 Nov 2026 09:05: A message was not posted in <#C1>: Slack says it is archived",
        "to <@U2>, 25 Nov 2026 09:05: reason unknown",
    ):
        assert line in said
    assert [one for one in buttons(problems=ill) if "7" in one[1]] == [
        ("home_retry", "7"),
        ("home_drop", "7"),
    ]
    assert "For admins" not in shown()
    assert "Nothing to do." in shown(problems=NONE, feeds=[FEED])
    assert "Nothing to do, except to add the sites" in shown(problems=NONE)
