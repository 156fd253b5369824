"""Corrections of an article's title, outlet and date in Slack.

A reviewer's correction applies at once; anybody else's is a suggestion.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.config import PeopleSettings
from bot.model import ArticleCard, Claim
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, BOB, TEAM
from tests.slack.desk import controls, shown
from tests.slack.slack_stub import Json, SlackStub


@pytest.fixture
def reviewed(newsroom: Newsroom) -> Iterator[Newsroom]:
    """A newsroom with Alice as reviewer; all corrections are undone after the test."""
    before = newsroom.settings
    newsroom.settings = replace(before, people=PeopleSettings(("everyone",), reviewers=(ALICE,)))
    yield newsroom
    newsroom.settings = before
    for one in newsroom.store.corrections.find(state="accepted"):
        newsroom.corrections.decide(one.id, "undone", person=one.person, person_name="the test")
    for one in newsroom.store.corrections.find(state="suggested"):
        newsroom.corrections.decide(one.id, "declined", person=one.person, person_name="the test")


@pytest.fixture
async def stub(reviewed: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(reviewed) as opened:
        yield opened


@pytest.fixture
def card(newsroom: Newsroom) -> ArticleCard:
    return newsroom.search.find_rows('"No vessel will berth"', limit=1).hits[0].article


def submission(stub: SlackStub, view: Json, person: str = ALICE, **written: str | None) -> Json:
    """Return the submitted modal: its initial values, replaced by those in `written`."""
    stood = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    values: Any = {
        name: {name: {"value": one.get("initial_value"), "selected_date": one.get("initial_date")}}
        for name, one in stood.items()
    }
    for name, value in written.items():
        kind = "selected_date" if name == "published" else "value"
        values[name] = {name: {kind: value}}
    more = {"private_metadata": view["private_metadata"], "state": {"values": values}}
    sent = stub.submission(view["callback_id"], id=f"V{id(view)}", **more)
    return {**sent, "user": {"id": person, "team_id": TEAM}}


async def open_modal(stub: SlackStub, article_id: str, person: str = ALICE) -> Json:
    press = stub.press("correct_article", article_id, user={"id": person, "team_id": TEAM})
    return await stub.view_opened_by(press)


async def test_a_reviewers_change_applies_at_once_and_can_be_undone(
    stub: SlackStub, reviewed: Newsroom, card: ArticleCard
) -> None:
    view = await open_modal(stub, card.id)
    written = {"title": "Wall shut", "outlet": "The Quay", "published": "2026-10-30"}
    await stub.deliver(submission(stub, view, **written, why="the page says so"))
    (told,) = await stub.words()
    said, quoted, *_ = told.splitlines()
    assert said.startswith(
        f'Title changed from "{card.title}" to "Wall shut"; outlet changed from '
    )
    assert 'to "The Quay"; date changed from' in said
    assert f'to "30 Oct 2026" by <@{ALICE}>, ' in said
    assert "The Quay · 30 Oct 2026 · " in quoted
    (hit,) = reviewed.search.find('in:"The Quay" "vessel will berth" before:2026-10-31').hits
    assert (hit.article.title, hit.article.published_on) == ("Wall shut", date(2026, 10, 30))
    undo = stub.shown[-1]["blocks"][0]["accessory"]
    await stub.deliver(stub.press(undo["action_id"], undo["value"]))
    assert (await stub.words(2))[-1].startswith(f"Undone by <@{ALICE}>")
    assert reviewed.corrections.lookup.article_card(card.id) == card
    assert reviewed.search.find('in:"The Quay"').total == 0


async def test_later_corrections_by_others_are_kept(
    stub: SlackStub, reviewed: Newsroom, card: ArticleCard
) -> None:
    old = await open_modal(stub, card.id)
    await stub.deliver(
        submission(stub, await open_modal(stub, card.id), title="Wall shut", why="so")
    )
    await stub.words()
    await stub.deliver(submission(stub, old, outlet="The Quay", why="the page says so"))
    await stub.words(2)
    now = reviewed.corrections.lookup.article_card(card.id)
    assert (now.title, now.outlet) == ("Wall shut", "The Quay")


async def test_a_member_cannot_change_a_pages_outlet(
    stub: SlackStub, reviewed: Newsroom, card: ArticleCard
) -> None:
    view = await open_modal(stub, card.id, BOB)
    await stub.deliver(submission(stub, view, BOB, outlet="Reuters", why="I think so"))
    told, asked = await stub.words(2)
    assert told.startswith(f"Suggested by <@{BOB}>")
    assert f'<@{BOB}> suggests a correction: outlet changed from "{card.outlet}" to "Reuters"' in (
        asked
    )
    assert reviewed.corrections.lookup.article_card(card.id) == card
    assert reviewed.search.find("in:Reuters").total == 0
    (made,) = reviewed.health.pending_corrections(TEAM)
    view = await stub.view_opened_by(stub.press("correction_accept", made.id))
    decision = {"decision_why": {"decision_why": {"value": "the wire says so"}}}
    more = {"private_metadata": view["private_metadata"], "state": {"values": decision}}
    await stub.deliver(stub.submission(view["callback_id"], **more))
    for _ in range(100):
        if reviewed.corrections.lookup.correction(made.id).state == "accepted":
            break
        await stub.wait_until_idle()
    assert reviewed.corrections.lookup.article_card(card.id).outlet == "Reuters"


async def test_context_and_form_show_the_articles_corrections(
    stub: SlackStub, reviewed: Newsroom, card: ArticleCard
) -> None:
    claim = reviewed.search.find_rows('"No vessel will berth"', limit=1).hits[0].claim
    correct(reviewed, card, title="Wall shut")
    view = await stub.view_opened_by(stub.press("context", claim.id))
    assert f'Title changed from "{card.title}" to "Wall shut" by <@{ALICE}>' in shown(view)
    assert "corrected by a person" in shown(view)
    assert any(one.get("accessory") for one in view["blocks"]), "Undo"
    form = await open_modal(stub, card.id)
    assert f'to "Wall shut" by <@{ALICE}>' in shown(form)


def correct(newsroom: Newsroom, card: ArticleCard, **changes: str) -> None:
    newsroom.corrections.correct_article(
        team=TEAM,
        press=f"V{len(newsroom.store.corrections.find())}",
        article_id=card.id,
        changes=changes,
        reason="the page",
        person=ALICE,
        person_name="alice",
        is_accepted=True,
    )


async def test_an_emptied_field_becomes_unknown(
    stub: SlackStub, reviewed: Newsroom, card: ArticleCard
) -> None:
    view = await open_modal(stub, card.id)
    await stub.deliver(submission(stub, view, outlet="", why="nobody knows"))
    (told,) = await stub.words()
    assert told.startswith(f'Outlet "{card.outlet}" removed by')
    assert f"{card.outlet} · " not in told


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"why": "w"}, "Nothing has changed yet"),
        ({"title": "Other"}, "Give a reason"),
    ],
)
async def test_errors_are_shown_at_their_fields(
    stub: SlackStub, card: ArticleCard, written: dict[str, str], said: str
) -> None:
    view = await open_modal(stub, card.id)
    answer = await stub.deliver(submission(stub, view, **written))
    assert said in str(answer.body)


async def test_a_future_date_is_refused(
    stub: SlackStub, reviewed: Newsroom, card: ArticleCard
) -> None:
    view = await open_modal(stub, card.id)
    await stub.deliver(submission(stub, view, published="2999-01-01", why="w"))
    assert "2999-01-01 is in the future" in (await stub.words())[0]
    assert reviewed.corrections.lookup.article_card(card.id) == card


async def test_a_deleted_article_is_reported(stub: SlackStub, card: ArticleCard) -> None:
    await stub.deliver(stub.press("correct_article", "gone"))
    assert "no longer here" in (await stub.words())[0]
    view = await open_modal(stub, card.id)
    gone = {**view, "private_metadata": view["private_metadata"].replace(card.id, "gone")}
    answer = await stub.deliver(submission(stub, gone, title="x", why="w"))
    assert "no longer here" in str(answer.body)


async def test_a_claims_menu_opens_each_correction(stub: SlackStub, reviewed: Newsroom) -> None:
    claim: Claim = reviewed.search.find_rows('"No vessel will berth"', limit=1).hits[0].claim
    told = await stub.answer_to(stub.press("other", claim.id))
    buttons = {one.name: one.value for one in controls(told["blocks"])}
    kinds = ["speaker", "rejected", "words", "article"]
    assert list(buttons) == ["claim_article", "claim_by", *(f"correct_{kind}" for kind in kinds)]
    for kind in kinds:
        view = await stub.view_opened_by(stub.press(f"correct_{kind}", buttons[f"correct_{kind}"]))
        assert view["callback_id"] == f"correct_{kind}"
