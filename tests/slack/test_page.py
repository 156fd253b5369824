"""A person types a command in the local Slack's page, in a real browser."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from desk import Desk
from playwright.async_api import Page, expect

from bot.slack import blocks
from bot.slack.app import client_of
from bot.slack.local import NEWSROOM

SCREENSHOT = Path(__file__).parents[2] / "docs" / "claim-yuan-ruble.png"


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
