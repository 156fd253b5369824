"""A person types a command in the local Slack's page, in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from desk import Desk
from playwright.async_api import Page, async_playwright, expect

from bot.slack import blocks
from bot.slack.app import client_of
from bot.slack.local import NEWSROOM

SCREENSHOT = Path(__file__).parents[2] / "docs" / "claim-yuan-ruble.png"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("skipped: Chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield await browser.new_page(viewport={"width": 1100, "height": 640})
        await browser.close()


async def test_claim_yuan_ruble_is_answered_on_the_page(
    desk: Desk, page: Page, tmp_path: Path
) -> None:
    text, welcome = blocks.welcome()
    await client_of(desk.settings).chat_postMessage(channel=NEWSROOM, text=text, blocks=welcome)
    await page.goto(desk.slack.url)
    await expect(page.get_by_text("I find claims in articles")).to_be_visible()
    box = page.get_by_placeholder("#newsroom")
    await box.fill("/claim yuan ruble")
    await box.press("Enter")
    await expect(page.get_by_text("increasingly using rubles and yuan")).to_be_visible()
    await expect(page.get_by_text("no source: the article's own words")).to_be_visible()
    await expect(page.get_by_role("button", name="Share")).to_be_visible()
    taken = tmp_path / "page.png"
    await page.screenshot(path=taken)
    if os.environ.get("CLAIMDESK_SCREENSHOTS"):
        shutil.copy(taken, SCREENSHOT)
