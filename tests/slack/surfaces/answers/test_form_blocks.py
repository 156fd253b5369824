"""The search form: within Slack's limits for any outlets, and parsed as it was filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.search.language.fields import Fields
from bot.slack.surfaces.answers import form_blocks
from bot.slack.surfaces.answers.form_blocks import (
    FormOrigin,
    error_line,
    form_view,
    parse_form,
    parse_form_origin,
    query_line,
)
from tests.samples import texts
from tests.slack.blockkit import view_problems

HERE = FormOrigin("C01NEWS", "https://hooks.slack.com/commands/1")


def sent(**values: Any) -> dict[str, Any]:
    """Return a submitted form with the states of some inputs."""
    state = {name: {form_blocks.action_id(name): value} for name, value in values.items()}
    return {**form_view(["Post"], HERE), "state": {"values": state}}


def option(value: str) -> dict[str, Any]:
    return {"selected_option": {"text": {}, "value": value}}


@given(st.lists(texts, max_size=100, unique=True), texts | st.just(""))
def test_the_form_is_valid_with_any_outlets(outlets: list[str], query: str) -> None:
    for line in (query_line(query), error_line(query)):
        view = form_view(outlets, HERE, line)
        assert view_problems(view) == []
        assert all(block.get("optional", True) for block in view["blocks"])


def test_the_forms_fields_are_parsed() -> None:
    view = sent(
        words={"value": "yuan"},
        speaker=option("Sun Yun"),
        outlet=option("Post"),
        type=option("direct"),
        after={"selected_date": "2026-11-03"},
        before={"selected_date": "2026-11-05"},
    )
    first, last = date(2026, 11, 3), date(2026, 11, 5)
    expected = Fields(
        words="yuan", speaker="Sun Yun", outlet="Post", type="direct", after=first, before=last
    )
    assert parse_form(view) == expected
    assert parse_form_origin(view) == HERE


def test_empty_and_invalid_choices_are_ignored() -> None:
    empty = {"words": {"value": None}, "speaker": {"selected_option": None}}
    forged = {"type": option("shouted"), "after": {"selected_date": "tomorrow"}}
    assert parse_form(sent(**empty, **forged)) == parse_form(sent()) == Fields()


def test_without_outlets_there_is_no_outlet_menu() -> None:
    named = [block["block_id"] for block in form_view([], HERE)["blocks"]]
    assert named == ["words", "speaker", "after", "before", "type", "query"]
