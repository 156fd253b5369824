"""Messages and modals of watches: Slack's limits, and their contents."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import QueryError
from bot.model import Gone, Row, Watch
from bot.newsroom.watches.watches import (
    MAX_STATEMENTS,
    AlertContents,
    AlertStatement,
    WatchForecast,
)
from bot.slack.surfaces.watches import blocks as watch_blocks
from bot.slack.surfaces.watches import views as watch_views
from tests.samples import CARD, CLAIM, cards, claims, hit, texts
from tests.slack.blockkit import problems, view_problems
from tests.slack.desk import shown
from tests.soak import examples

ANY = texts
ID = "0123456789abcdef"


def watch(**known: Any) -> Watch:
    made = datetime(2026, 11, 3, 12, tzinfo=UTC)
    plain = Watch(
        **{"id": ID, "number": 3, "team": "T1", "person": "U1", "channel": "C1"},
        query="yuan OR euro",
        zone="Europe/Paris",
        made_at=made,
    )
    return replace(plain, **known)


WATCHES = st.builds(
    watch,
    number=st.integers(1, 10**6),
    query=ANY,
    channel=st.sampled_from(("C1", "U1")),
    pace=st.sampled_from(("at_once", "hourly")),
    quiet=st.none() | st.tuples(st.times(), st.times()),
    state=st.sampled_from(("active", "paused")),
    person=st.sampled_from(("U1", "U2")),
    fired=st.integers(0, 10**6),
    fired_at=st.none() | st.just(datetime(2026, 11, 3, 23, 30, tzinfo=UTC)),
)
GONE = st.builds(Gone, reason=st.just("withdrawn"), on=st.just(date(2026, 11, 3)), outlet=ANY)


def make_statement(*pairs: Any, gone: Gone | None = None) -> AlertStatement:
    hits = tuple(replace(hit(claim, card), text_matches=((0, 1),)) for claim, card in pairs)
    row = Row(hits=hits) if hits and not gone else None
    return AlertStatement(row=row, gone=gone, changed=bool(row))


TOLD = st.builds(
    lambda pairs, gone: make_statement(*pairs, gone=gone),
    st.lists(st.tuples(claims, cards), min_size=1, max_size=5),
    st.none() | GONE,
)


@settings(max_examples=examples(15))
@given(
    watch=WATCHES,
    told=st.lists(TOLD, min_size=1, max_size=MAX_STATEMENTS),
    words=st.lists(ANY, max_size=30),
    more=st.integers(0, 10**6),
)
def test_any_alert_fits_a_message(
    watch: Watch, told: list[AlertStatement], words: list[str], more: int
) -> None:
    alerted = AlertContents(watch, tuple(told), words=tuple(words), omitted=more)
    message = watch_blocks.alert_message(alerted)
    assert problems(message.blocks) == []
    assert message.text


@settings(max_examples=examples(15))
@given(watches=st.lists(WATCHES, max_size=30))
def test_any_list_of_watches_fits_a_message(watches: list[Watch]) -> None:
    assert problems(watch_blocks.list_message(watches, "U1").blocks) == []


@settings(max_examples=examples(15))
@given(one=WATCHES, failure=ANY)
def test_any_message_about_a_watch_is_valid(one: Watch, failure: str) -> None:
    for message in (
        watch_blocks.watch_message("watches.begun", one),
        watch_blocks.watch_message("watches.edited", one),
        watch_blocks.changed_message("ended", one),
        watch_blocks.paused_message(one, failure),
        watch_blocks.invalid_watch_message(one, failure),
        watch_blocks.broad_message(one.query, WatchForecast(7, is_broad=True), f"{ID}:here"),
    ):
        assert problems(message.blocks) == []
    for channel in ("C1", ""):
        if channel or one.is_private:
            assert view_problems(watch_views.edit_view(one, channel, "https://x/y")) == []


def test_a_query_becomes_no_markup_or_mention() -> None:
    evil = watch(query="<!channel> *x* <https://evil.example|y> @here", person="U2")
    alerted = AlertContents(evil, (make_statement((CLAIM, CARD)),), words=("<!channel>", "@here"))
    for message in (
        watch_blocks.alert_message(alerted),
        watch_blocks.list_message([evil], "U1"),
        watch_blocks.watch_message("watches.begun", evil),
        watch_blocks.broad_message(evil.query, WatchForecast(7, is_broad=True), "x:here"),
    ):
        set_ = shown({"blocks": message.blocks})
        assert "<!" not in set_
        assert "<https" not in set_
        assert "@here" not in set_


def submit(view: dict[str, Any], **written: str) -> dict[str, Any]:
    """Return a submitted view; inputs without a value keep the initial one."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        name, element = block["block_id"], block["element"]
        if element["type"] == "static_select":
            value = written.get(name, element["initial_option"]["value"])
            state = {"selected_option": {"value": value}}
        else:
            state = {"value": written.get(name, element.get("initial_value")) or None}
        values[name] = {name: {"type": element["type"], **state}}
    return {**view, "state": {"values": values}}


@settings(max_examples=examples(15))
@given(
    pace=st.sampled_from(("at_once", "hourly", "daily")),
    at=st.times().map(lambda one: one.replace(second=0, microsecond=0)),
    quiet=st.none()
    | st.tuples(*[st.times().map(lambda one: one.replace(second=0, microsecond=0))] * 2),
    channel=st.sampled_from(("C1", "U1")),
)
def test_an_unedited_modal_changes_nothing(pace: Any, at: time, quiet: Any, channel: str) -> None:
    one = watch(pace=pace, at=at, quiet=quiet, channel=channel)
    view = watch_views.edit_view(one, "C1", "https://x/y")
    assert watch_views.parse_watch(submit(view), one) == (one, {})
    assert watch_views.parse_metadata(view) == (ID, "C1", "https://x/y")


def test_the_modals_input_is_parsed_or_refused() -> None:
    one = watch()
    view = watch_views.edit_view(one, "C1", "")
    changed, errors = watch_views.parse_watch(
        submit(view, query="gas", where="dm", pace="daily", at="8am", quiet="10pm to 7:00"), one
    )
    assert errors == {}
    assert changed == watch(
        query="gas", channel="U1", pace="daily", at=time(8), quiet=(time(22), time(7))
    )
    _, errors = watch_views.parse_watch(submit(view, pace="daily", quiet="never"), one)
    assert errors == {
        "at": "Once a day needs a time, such as 08:30.",
        "quiet": "Quiet hours look like 22:00–07:00.",
    }
    _, errors = watch_views.parse_watch(submit(view, pace="daily", at="25:00"), one)
    assert list(errors) == ["at"]


@pytest.mark.parametrize("typed", ["22:00", "22:00-", "22-7", "a–b", "22:00–07:00–08:00"])
def test_invalid_quiet_hours_are_refused(typed: str) -> None:
    with pytest.raises(QueryError):
        watch_views.parse_quiet_hours(typed)
