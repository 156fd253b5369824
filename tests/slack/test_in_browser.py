"""The most common actions, in the local Slack's page in a real browser.

With CLAIMDESK_SCREENSHOTS set, the pictures that are taken on the way go to docs/pictures.
"""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Locator, Page, expect

from bot import config
from bot.articles.review import brought
from bot.config import PeopleSettings
from bot.extract.extractor import Extractor
from bot.model import Document, viewer_key
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.answers import blocks
from tests.ingest import scrambled
from tests.ingest.make_pdf import column, make_pdf
from tests.ingest.scrambled import interleaved
from tests.manual_clock import ManualClock
from tests.slack.desk import Desk
from tests.soak import SOAK

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
FOUND = "increasingly using rubles and yuan"
COLOURS = 64
STORY = (
    "The quay has sunk by a hand's breadth, said Ingrid Solvane, the harbour master.\n\n"
    "Officials denied that nine ships had left the roads outside the town on Monday evening."
)
MORNING = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)

Take = Callable[[str], Awaitable[None]]


@pytest.fixture
def newsroom(tmp_path: Path, extractor: Extractor) -> Iterator[Newsroom]:
    """A newsroom with articles that arrived this morning, and with Alice as reviewer."""
    loaded = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    people = PeopleSettings(admins=(ALICE,), reviewers=(ALICE,))
    with Newsroom(replace(loaded, people=people), ManualClock(MORNING)) as opened:
        opened.extractions.extractor = extractor
        assert not any(
            one.errors for one in opened.intake.files.ingest([config.shipped_folder("seeds")])
        )
        opened.open()
        yield opened


@pytest.fixture
def take(page: Page, tmp_path: Path) -> Take:
    """Return a function that takes a screenshot of the page."""

    async def taken(name: str) -> None:
        await page.mouse.move(0, 0)
        file = tmp_path / f"{name}.png"
        await page.screenshot(path=file, animations="disabled", caret="hide")
        if os.environ.get("CLAIMDESK_SCREENSHOTS"):
            Image.open(file).quantize(COLOURS).save(PICTURES / file.name, optimize=True)

    return taken


async def types(page: Page, words: str) -> None:
    box = page.get_by_placeholder("#newsroom")
    await box.fill(words)
    await box.press("Enter")


def last(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).last


def modal(page: Page) -> Locator:
    return page.locator(".modal")


async def closes(page: Page) -> None:
    await page.locator(".modal-x").click()
    await expect(modal(page)).to_have_count(0)


async def choose(page: Page, label: str) -> None:
    await page.locator(".bk-overflow").last.select_option(label=label)


def advance(newsroom: Newsroom, **by: float) -> None:
    assert isinstance(newsroom.now, ManualClock)
    newsroom.now.advance(**by)


async def worked_off(desk: Desk, newsroom: Newsroom) -> None:
    await make_worker(newsroom, make_client(desk.settings), TEAM).run_due()


MODES = ["socket", "http"] if SOAK else ["socket"]


@pytest.mark.parametrize("local_slack", MODES, indirect=True)
async def test_common_actions_work_in_the_browser(
    desk: Desk, newsroom: Newsroom, page: Page, take: Take
) -> None:
    client = make_client(desk.settings)
    text, welcome = blocks.welcome_message()
    await client.chat_postMessage(channel=NEWSROOM, text=text, blocks=welcome)
    await page.goto(desk.slack.url)
    await expect(page.get_by_text("I find claims in articles")).to_be_visible()

    await types(page, "/claim yuan ruble")
    await expect(page.get_by_text(FOUND)).to_be_visible()
    await expect(page.get_by_text("Article's own words")).to_be_visible()
    await take("claim")

    await choose(page, "Context")
    await expect(modal(page).get_by_text("A move that could give both sides")).to_be_visible()
    await take("context")
    await closes(page)

    await choose(page, "Cite")
    await expect(modal(page).get_by_text("gives no source.")).to_be_visible()
    await take("cite")
    await closes(page)

    await choose(page, "Share")
    await modal(page).get_by_role("button", name="Post in").click()
    await expect(last(page, "Withdraw")).to_be_visible()
    await take("share")

    await types(page, "/claim")
    await modal(page).get_by_placeholder("yuan ruble").fill("quay wall")
    await modal(page).locator('input[type="date"]').first.fill("2026-11-01")
    await take("form")
    await modal(page).get_by_role("button", name="Search").click()
    await expect(page.get_by_text(re.compile(r"after:2026-11-01.*claims"))).to_be_visible()

    await types(page, "/claim ministry warned wall")
    await expect(page.get_by_text("ministry warned wall · ")).to_be_visible()
    await take("answer")

    await types(page, "/article harbour closure")
    await expect(page.get_by_text("quotes 4 sources")).to_be_visible()
    await take("article")

    await types(page, "/claim by:Solvane berth")
    await choose(page, "More, or correct it …")
    await last(page, "Change the speaker …").click()
    await expect(modal(page)).to_be_visible()
    await take("wrong-speaker")
    await closes(page)

    await types(page, "/speaker Sun Yun")
    await expect(page.get_by_text("director of the China Program").first).to_be_visible()
    await take("speaker")

    advance(newsroom, minutes=1)  # a channel takes one message a second
    await types(page, "@Claimdesk yuan ruble")
    await page.get_by_text("1 reply").click()
    await expect(page.get_by_text(FOUND).last).to_be_visible()
    await take("mention")

    await page.goto(desk.slack.url)
    await types(page, "/watch harbour")
    await expect(page.get_by_text("First check: now")).to_be_visible()
    await take("watch")


@pytest.mark.parametrize("local_slack", MODES, indirect=True)
async def test_the_morning_digest_appears_on_time(
    desk: Desk, newsroom: Newsroom, page: Page, take: Take
) -> None:
    await page.goto(desk.slack.url)
    await types(page, "/digest")
    await expect(modal(page).get_by_text("This channel has no digest")).to_be_visible()
    await take("digest-settings")
    await closes(page)
    await types(page, "/digest on 08:30 daily")
    await expect(page.get_by_text("every day at 08:30")).to_be_visible()
    advance(newsroom, hours=1)
    await worked_off(desk, newsroom)
    await expect(page.get_by_text("Most reported", exact=True)).to_be_visible()
    await page.set_viewport_size({"width": 1100, "height": 1400})
    await take("digest")
    await page.get_by_role("button", name="Claimdesk").first.click()
    await expect(page.get_by_text("What you can type")).to_be_visible()
    await take("home")


@pytest.mark.parametrize("local_slack", MODES, indirect=True)
async def test_a_doubtful_article_is_marked_and_listed_in_the_browser(
    desk: Desk, newsroom: Newsroom, page: Page, take: Take, tmp_path: Path
) -> None:
    file = tmp_path / "ministry.pdf"
    lines = [
        "Pier 9 will be dredged, said Edda Marsh.",
        "",
        *interleaved(scrambled.STORY).splitlines()[:50],
    ]
    file.write_bytes(make_pdf([column(50, 780, lines)]))
    list(newsroom.intake.files.ingest([file]))
    await page.goto(desk.slack.url)
    await types(page, "/claim pier dredged")
    await expect(page.get_by_text("May have been read wrongly: ").last).to_be_visible()
    await take("doubtful")
    await page.get_by_role("button", name="Claimdesk").first.click()
    await page.set_viewport_size({"width": 1100, "height": 900})
    await expect(page.get_by_text("lines may be out of order")).to_be_visible()
    await take("doubtful-home")


async def test_a_reviewer_sees_the_stored_text_before_accepting_it(
    desk: Desk, newsroom: Newsroom, page: Page, take: Take
) -> None:
    url = "https://rogue.example/quay"
    story = Document(
        text="\n\n".join([STORY] * 40),
        origin=url,
        url=url,
        title="Quay sinks",
        byline="Ann Oakes",
        claimed_outlet="Reuters",
    )
    newsroom.intake.articles.ingest([brought(story, viewer_key(TEAM, BOB))])
    await page.set_viewport_size({"width": 1100, "height": 1400})
    await page.goto(desk.slack.url)
    await page.get_by_role("button", name="Claimdesk").first.click()
    await expect(page.get_by_text("Articles to review")).to_be_visible()
    await expect(last(page, "Accept")).to_have_count(0)
    await take("review-list")
    await last(page, "Look at it").click()
    await expect(modal(page).get_by_text("The stored text, characters 1–")).to_be_visible()
    await take("review")
    await modal(page).get_by_role("button", name="Accept").click()
    await expect(page.get_by_text("Articles to review")).to_have_count(0)


async def test_a_draft_is_checked_in_the_browser(desk: Desk, page: Page, take: Take) -> None:
    await page.goto(desk.slack.url)
    await types(
        page,
        "/check “No vessel will leave until the wall has been declared safe,” said Ingrid Solvane.",
    )
    await expect(page.get_by_text("Altered: words were changed")).to_be_visible(timeout=60_000)
    await take("check")
    await last(page, "Show the printed wording").click()
    await expect(modal(page).get_by_text("No vessel will")).to_be_visible()
    await closes(page)
    assert desk.refused == []
