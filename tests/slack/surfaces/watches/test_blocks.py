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
from tests.samples import CARD, CLAIM, cards, claims, denied_by, hit, texts
from tests.slack.blockkit import problems, view_problems
from tests.slack.desk import read, shown
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


def test_an_alert_names_watch_words_and_other_outlets() -> None:
    other = replace(CARD, id="a2", outlet="Halyard Post")
    one = make_statement((CLAIM, CARD), (replace(CLAIM, id="c2"), other))
    gone = make_statement(gone=Gone(reason="withdrawn", on=date(2026, 11, 3)))
    message = watch_blocks.alert_message(
        AlertContents(watch(), (one, gone), words=("yuan", "euro"))
    )
    lines = read({"blocks": message.blocks}).split("\n")
    assert lines[0] == "*Ida Marsh* said"
    assert lines[1] == "> *the* quay wall had moved"
    assert "also in Halyard Post" in lines
    assert "changed since this was posted" in lines
    assert "This claim was withdrawn by its publisher on 3 Nov 2026." in lines
    assert 'New for this channel\'s watch "yuan OR euro" · matched: yuan, euro' in lines
    actions = [
        (element["action_id"], element["value"])
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"].startswith("watch_")
    ]
    assert actions == [("watch_pause", ID), ("watch_end", ID)]


def test_an_alert_counts_the_omitted_claims() -> None:
    told = [make_statement((replace(CLAIM, id=f"c{n}"), CARD)) for n in range(MAX_STATEMENTS)]
    message = watch_blocks.alert_message(AlertContents(watch(), tuple(told), omitted=5))
    words = read({"blocks": message.blocks})
    assert words.count("the quay wall") + words.count("he quay wall had") >= 15
    assert "and 5 more claims" in words


def test_a_line_of_an_alert_adds_only_other_outlets() -> None:
    elsewhere = replace(CARD, id="a2", outlet="Halyard Post")
    denied = Row(hits=(replace(hit(CLAIM, CARD), disputes=denied_by(hit(CLAIM, CARD))),))
    also = make_statement((CLAIM, CARD), (replace(CLAIM, id="c2"), elsewhere))
    first = [make_statement((CLAIM, CARD))] * watch_blocks.MAX_FULL_GROUPS
    message = watch_blocks.alert_message(
        AlertContents(watch(), (*first, AlertStatement(row=denied), also))
    )
    lines = [block["elements"][0]["text"] for block in message.blocks if block["type"] == "context"]
    two = lines[-3:-1]
    assert "denied" not in two[0].casefold()
    assert two[1].endswith("also in Halyard Post")


def test_the_repeated_command_has_the_query_as_typed() -> None:
    said = watch_blocks.changed_message(
        "ended", watch(query="*yuan* by:x_y >5 `<!here> @here")
    ).blocks
    text = said[0]["text"]["text"]
    typed = text.split("`")[-2]
    assert "<!" not in text
    assert "@here" not in text
    assert typed.startswith("/watch *yuan* by:x_y &gt;5 '&lt;!here&gt;")


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


def test_the_list_says_where_and_when_watches_alert() -> None:
    own = watch(quiet=(time(22), time(7)), fired=2, fired_at=datetime(2026, 11, 3, tzinfo=UTC))
    others = watch(number=4, person="U2", pace="daily", at=time(8, 30), state="active")
    private = watch(number=5, channel="U1", state="paused")
    words = read({"blocks": watch_blocks.list_message([own, others, private], "U1").blocks})
    assert "*3* yuan OR euro\nin <#C1>, as they come in, but not from 22:00 to 07:00" in words
    assert "2 claims found, the last on 3 Nov 2026" in words
    assert "in <#C1>, once a day, at 08:30 (Europe/Paris) · nothing found yet · set by" in words
    assert "*5* yuan OR euro\nto you alone, paused · nothing found yet" in words
    labels = [
        element["text"]["text"]
        for block in watch_blocks.list_message([own, others, private], "U1").blocks
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]
    assert labels == ["Edit", "Pause", "End", "Edit", "Resume", "End"]


@pytest.mark.parametrize("key", ["watches.begun", "watches.edited"])
def test_a_new_watch_has_buttons_to_change_and_end(key: str) -> None:
    for one, where in ((watch(), "in <#C1>"), (watch(channel="U1"), "to you alone")):
        said, buttons = watch_blocks.watch_message(key, one).blocks
        assert where in said["text"]["text"]
        pressed = [(b["action_id"], b["value"]) for b in buttons["elements"]]
        assert pressed == [("watch_edit", ID), ("watch_end", ID)]


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
