"""The pages of the rows that a digest left out, over a stub of Slack."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import config
from bot.digest import COMPOSE_DELAY
from bot.model import Article, Claim, Digest
from bot.newsroom import Newsroom
from bot.slack.local import ALICE, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.digests.rest import ROWS_PER_PAGE, page_message
from bot.store import FiledArticle, MessageKey
from tests.manual_clock import ManualClock
from tests.samples import hits
from tests.slack import blockkit
from tests.slack.desk import read
from tests.slack.slack_stub import Json, SlackStub
from tests.slack.surfaces.digests.test_blocks import check_limits, random_digest
from tests.soak import examples

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
DIGEST = "7.7"
CLAIMS, SHOWN = 40, 10


def file(newsroom: Newsroom, number: int) -> None:
    """File an article with one claim; every fourth claim has figures."""
    name = f"n{number}"
    words = " ".join(f"{name}w{n}" for n in range(9))
    text = f"Speaker {name} said {words}{' cost 12 million' if number % 4 == 0 else ''}."
    begins = text.index(words)
    made = Claim(
        id=f"c{number}",
        article_id=name,
        kind="attribution",
        text=text[begins:-1],
        paragraph=1,
        spans=((begins, len(text) - 1),),
        speaker=f"Speaker {name}",
        source=f"Speaker {name}",
        cue="said",
        source_kind="named",
        type="indirect",
        stance="said",
    )
    whole = f"{text} {' '.join(f'{name}x{n}' for n in range(60))}"
    article = Article(id=name, origin=name, text=whole, title=name, outlet=name)
    filed, at = FiledArticle(article, [made], paragraphs=((0, len(whole)),)), newsroom.now()
    newsroom.store.archive.apply_steps([filed], arrival="single", now=lambda: at)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING - timedelta(hours=2))


def open_newsroom(tmp_path: Path, clock: ManualClock) -> Newsroom:
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock)
    newsroom.open()
    return newsroom


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    with open_newsroom(tmp_path, clock) as made:
        for number in range(CLAIMS):
            file(made, number)
        made.updates.catch_up()
        made.digests.subscriptions.subscribe(
            team=TEAM, channel=NEWSROOM, at=time(8, 30), zone="UTC", person=ALICE
        )
        clock.now = MORNING + COMPOSE_DELAY
        yield made


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    """The digest has been posted."""
    async with SlackStub().opened(newsroom) as made:
        made.answers["chat.postMessage"] = {"ok": True, "ts": DIGEST, "channel": NEWSROOM}
        await make_worker(newsroom, made.client, TEAM).run_due()
        yield made


def click(stub: SlackStub, action: str, value: str, **more: Any) -> Json:
    press = stub.press(action, value, **more)
    press["container"]["message_ts"] = DIGEST if action == "digest_rest" else "9.9"
    return press


def elements(message: Json) -> dict[str, Json]:
    last = message["blocks"][-1]
    found = last["elements"] if last["type"] == "actions" else []
    return {element["action_id"]: element for element in found}


def claims_on(message: Json) -> list[str]:
    menus = [block["accessory"] for block in message["blocks"] if "accessory" in block]
    return [menu["options"][0]["value"].removeprefix("context:") for menu in menus]


async def open_first_page(stub: SlackStub) -> Json:
    [digest] = [one for one in stub.called("chat.postMessage") if "thread_ts" not in one]
    button = digest["blocks"][-1]["elements"][0]
    assert button["text"]["text"] == f"Show {CLAIMS - SHOWN} more"
    return await stub.answer_to(click(stub, "digest_rest", button["value"]))


async def turn_page(stub: SlackStub, page: Json, action: str) -> Json:
    value = elements(page)[action]["value"]
    answer = await stub.answer_to(click(stub, action, value))
    assert answer["replace_original"]
    return answer


async def test_paging_to_the_end_shows_every_claim_once(stub: SlackStub) -> None:
    [digest] = [one for one in stub.called("chat.postMessage") if "thread_ts" not in one]
    seen = claims_on(digest)
    page = await open_first_page(stub)
    seen += claims_on(page)
    assert "replace_original" not in page or not page["replace_original"]
    assert "Left out of the digest for Tuesday 3 November: 1–8 of 30" in read(page)
    while "digest_rest_page" in elements(page):
        page = await turn_page(stub, page, "digest_rest_page")
        seen += claims_on(page)
    assert sorted(seen) == sorted(f"c{n}" for n in range(CLAIMS))
    assert "30 of 30" in read(page)


async def test_previous_shows_the_page_before(stub: SlackStub) -> None:
    first = await open_first_page(stub)
    assert "digest_rest_back" not in elements(first)
    second = await turn_page(stub, first, "digest_rest_page")
    back = await turn_page(stub, second, "digest_rest_back")
    assert claims_on(back) == claims_on(first)


async def test_the_menu_jumps_to_a_section(stub: SlackStub) -> None:
    page = await open_first_page(stub)
    options = elements(page)["digest_rest_section"]["options"]
    labels = [option["text"]["text"] for option in options]
    assert [label.split(" (")[0] for label in labels] == ["Numbers", "Also claimed"]
    assert sum(int(label.split("(")[1].rstrip(")")) for label in labels) == CLAIMS - SHOWN
    press = click(stub, "digest_rest_section", "")
    press["actions"] = [
        {"type": "static_select", "action_id": "digest_rest_section", "selected_option": options[1]}
    ]
    there = await stub.answer_to(press)
    titles = [b["elements"][0].get("text") for b in there["blocks"] if b["type"] == "context"]
    assert titles[1] == "*Also claimed*"


async def test_a_row_on_a_page_has_a_menu(stub: SlackStub) -> None:
    page = await open_first_page(stub)
    menu = next(block["accessory"] for block in page["blocks"] if "accessory" in block)
    assert [one["value"].split(":")[0] for one in menu["options"]] == ["context", "cite", "wrong"]
    for choice in ("context", "cite"):
        press = stub.choose("digest_row", f"{choice}:{claims_on(page)[0]}")
        view = await stub.view_opened_by(press)
        assert view["callback_id"] == choice


async def test_pages_open_after_a_restart(
    stub: SlackStub, newsroom: Newsroom, tmp_path: Path, clock: ManualClock
) -> None:
    before = await open_first_page(stub)
    with open_newsroom(tmp_path, clock) as again:
        found = again.digests.omitted_digest(MessageKey(TEAM, NEWSROOM, DIGEST))
    assert [row.claim_id for row in found.rows][:ROWS_PER_PAGE] == claims_on(before)


async def test_a_claim_removed_meanwhile_is_not_listed(stub: SlackStub, newsroom: Newsroom) -> None:
    [first, *_] = claims_on(await open_first_page(stub))
    gone = f"n{first.removeprefix('c')}"
    newsroom.store.archive.remove([gone], reason="a court", block_reimport=True, removed_at=MORNING)
    page = await open_first_page(stub)
    assert first not in claims_on(page)
    assert "1–8 of 29" in read(page)


@pytest.mark.parametrize("value", ["", "x", "-1", "7.7:", "8.8:0", "7.7:99999999", "<!here>"])
async def test_an_invalid_value_is_refused_politely(stub: SlackStub, value: str) -> None:
    answer = await stub.answer_to(click(stub, "digest_rest_page", value))
    assert "no longer" in answer["text"]


async def test_an_offset_past_the_end_shows_the_last_row(stub: SlackStub) -> None:
    page = await stub.answer_to(click(stub, "digest_rest_page", "7.7:5000"))
    assert "30–30 of 30" in read(page)


@settings(max_examples=examples(16))
@given(st.integers(0, 2**32).map(random.Random), st.lists(hits(), min_size=1, max_size=2))
def test_any_page_fits_slacks_limits(chance: random.Random, found: list[Any]) -> None:
    whole: Digest = random_digest(chance, found, None, "<!channel> & topic")
    if not whole.rows:
        return
    made = page_message(whole, whole, 3, "1234567890.123456")
    check_limits(made)
    assert blockkit.problems(made.blocks) == []
