from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import digest
from bot.model import ArticleCard, Claim

ZONES = sorted(available_timezones())
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
days = st.dates(date(1975, 1, 1), date(2035, 12, 31))
at_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        ((2026, 7, 1), (8, 30), "Europe/London", "2026-07-01T07:30"),
        ((2026, 3, 29), (1, 30), "Europe/London", "2026-03-29T01:00"),  # there is no 1:30
        ((2026, 10, 25), (1, 30), "Europe/London", "2026-10-25T00:30"),  # there are two
        ((2026, 3, 8), (2, 30), "America/New_York", "2026-03-08T07:00"),
        ((2026, 10, 4), (2, 10), "Australia/Lord_Howe", "2026-10-03T15:30"),  # half an hour
    ],
)
def test_posting_time(day: tuple, at: tuple, zone: str, instant: str) -> None:
    found = digest.posting_time(date(*day), time(*at), zone)
    assert found == datetime.fromisoformat(instant).replace(tzinfo=UTC)


@given(day=days, at=at_times, zone=st.sampled_from(ZONES))
def test_posting_time_is_the_first_instant_at_or_after_the_wanted_time(
    day: date, at: time, zone: str
) -> None:
    instant, tz = digest.posting_time(day, at, zone), ZoneInfo(zone)
    wanted = datetime.combine(day, at)

    def local(moment: datetime) -> datetime:
        return moment.astimezone(tz).replace(tzinfo=None)

    assert local(instant) >= wanted
    for back in (timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=17)):
        assert local(instant - back) < wanted


@given(
    zone=st.sampled_from(ZONES),
    at=at_times,
    first=days,
    steps=st.lists(st.integers(1, 26 * 60), min_size=1, max_size=40),
)
def test_every_local_day_gets_one_digest_however_often_one_looks(
    zone: str, at: time, first: date, steps: list[int]
) -> None:
    since = now = datetime.combine(first, time(), UTC)
    settled: list[date] = []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        for one in digest.due(
            at=at, zone=zone, since=since, settled=settled, now=now, catch_up=timedelta(hours=2)
        ):
            assert since < one.posting_time <= now - digest.SETTLING
            assert one.late == (now - one.posting_time > timedelta(hours=2))
            settled.append(one.day)
    assert max(Counter(settled).values(), default=1) == 1
    assert settled == sorted(settled)
    coming = digest.next_posting(at=at, zone=zone, settled=settled, now=now)
    assert coming > now
    wanted = {
        day
        for n in range((now.date() - first).days + 3)
        if since
        < digest.posting_time(day := first + timedelta(n - 1), at, zone)
        <= now - digest.SETTLING
    }
    # Where a zone left out a whole day, that day has no digest.
    assert {day for day in wanted if digest.exists(day, zone)} == set(settled)


def test_a_day_that_a_zone_left_out_has_no_digest() -> None:
    # Samoa went from 29 to 31 December 2011.
    due = digest.due(
        at=time(8, 30),
        zone="Pacific/Apia",
        since=datetime(2011, 12, 28, 23, tzinfo=UTC),
        settled=[],
        now=datetime(2012, 1, 1, 22, tzinfo=UTC),
        catch_up=timedelta(hours=2),
    )
    assert [one.day.day for one in due] == [29, 31, 1, 2]


def test_a_time_that_had_passed_when_the_digest_was_set_is_not_caught_up() -> None:
    since = datetime(2026, 11, 3, 9, tzinfo=UTC)
    due = digest.due(
        at=time(8, 30),
        zone="UTC",
        since=since,
        settled=[],
        now=since + timedelta(minutes=1),
        catch_up=timedelta(hours=2),
    )
    assert list(due) == []


# -- composing


def entries(*counts: int, kind: str = "named") -> list[tuple[Claim, ArticleCard]]:
    """One article a count, with that many claims."""
    out = []
    for n, count in enumerate(counts):
        card = ArticleCard(
            id=f"a{n}",
            title=f"Title {n}",
            outlet=None,
            published=None,
            published_on=None,
            url=None,
            sample=False,
            opening="",
        )
        out += [
            (
                Claim(
                    id=f"a{n}c{m}",
                    article_id=card.id,
                    kind="attribution",
                    text="x",
                    source_kind=kind,
                    type="indirect",
                ),
                card,
            )
            for m in range(count)
        ]
    return out


def composed(found: list[tuple[Claim, ArticleCard]], limit: int = 10) -> dict[str, list[str]]:
    until = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
    made = digest.compose(
        found,
        day=until.date(),
        since=until - timedelta(days=1),
        until=until,
        zone="UTC",
        limit=limit,
    )
    assert made.claims == len(found)
    assert made.articles == len({card.id for _, card in found})
    return {s.article.id: [c.id for c in s.claims] for s in made.sections}


def test_claims_are_grouped_by_article_and_every_article_has_its_turn() -> None:
    assert composed(entries(5, 1, 5), limit=5) == {
        "a0": ["a0c0", "a0c1"],
        "a1": ["a1c0"],
        "a2": ["a2c0", "a2c1"],
    }


def test_a_quiet_day_has_no_sections() -> None:
    assert composed([]) == {}


def test_named_peoples_words_come_before_unnamed_ones_but_stay_in_reading_order() -> None:
    unnamed, named = entries(2, kind="unnamed"), entries(3)[2:]
    assert composed(unnamed + named, limit=2) == {"a0": ["a0c0", "a0c2"]}


def test_of_an_articles_own_statements_those_that_are_better_to_check_come_first() -> None:
    stated = [
        (replace(claim, kind="statement", type=None, source_kind="none", checkable=score), card)
        for (claim, card), score in zip(entries(3), (0.3, 0.8, 0.5), strict=True)
    ]
    assert composed(stated, limit=2) == {"a0": ["a0c1", "a0c2"]}


@pytest.mark.parametrize("weakness", [{"negative": True}, {"unsure": True}])
def test_what_was_not_said_or_is_not_sure_comes_last(weakness: dict) -> None:
    (first, card), (second, _), (other, other_card) = entries(2, 1)
    weak = replace(first, **weakness)
    found = [(weak, card), (second, card), (other, other_card)]
    assert composed(found, limit=2) == {"a0": ["a0c1"], "a1": ["a1c0"]}
    alone = [(replace(other, **weakness), other_card)]
    assert composed([(first, card), (second, card), *alone], limit=2) == {"a0": ["a0c0", "a0c1"]}
    assert composed(alone) == {"a1": ["a1c0"]}


@given(counts=st.lists(st.integers(1, 30), max_size=30), limit=st.integers(1, 20))
def test_a_digest_is_full_never_over_and_fair(counts: list[int], limit: int) -> None:
    shown = composed(entries(*counts), limit)
    sizes = [len(ids) for ids in shown.values()]
    assert sum(sizes) == min(limit, sum(counts))
    if len(counts) >= limit:
        assert set(sizes) <= {1}


def copy_of(first: str, found: list[tuple[Claim, ArticleCard]], **text: str) -> list:
    """An article's claims as those of a copy of another one, with some texts of its own."""
    return [
        (replace(claim, text=text.get(claim.id, claim.text)), replace(card, copy_of=first))
        for claim, card in found
    ]


def test_what_a_copy_prints_too_is_shown_once_and_what_it_adds_stays_its_own() -> None:
    all_of_them = entries(2, 3)
    first, second = all_of_them[:2], all_of_them[2:]
    said = {"a1c0": "HELLO, world!", "a1c1": "Two", "a1c2": "Its own"}
    texts = {"a0c0": "Hello world", "a0c1": "Two"}
    first = [(replace(claim, text=texts[claim.id]), card) for claim, card in first]
    copies = copy_of("a0", second, **said)
    made = digest.compose(
        copies + first, day=date(2026, 11, 3), since=NOON, until=NOON, zone="UTC", limit=9
    )
    shown = {part.article.id: [claim.id for claim in part.claims] for part in made.sections}
    assert shown == {"a1": ["a1c2"], "a0": ["a0c0", "a0c1"]}
    assert (made.claims, made.articles) == (3, 2)
    assert {article: list(names) for article, names in made.copies.items()} == {"a0": ["a1"]}


def test_a_copy_whose_first_is_not_in_the_digest_is_shown_itself() -> None:
    found = copy_of("long ago", entries(2))
    assert composed(found) == {"a0": ["a0c0", "a0c1"]}


def test_the_same_words_in_articles_that_are_no_copies_stay_apart() -> None:
    found = [(replace(claim, text="Hello"), card) for claim, card in entries(1, 1)]
    assert composed(found) == {"a0": ["a0c0"], "a1": ["a1c0"]}
