"""The demo: the bot in a local Slack, which people use in the browser."""

from __future__ import annotations

import asyncio
import webbrowser

from bot.newsroom import Newsroom
from bot.slack.app import (
    build_app,
    identify_bot,
    keep_index_current,
    make_client,
    run_until_stopped,
)
from bot.slack.clock import ClockWatch
from bot.slack.connection import connect
from bot.slack.local import NEWSROOM, LocalSlack
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.answers import blocks


async def run_demo(newsroom: Newsroom, *, open_page: bool) -> None:
    """Run the local Slack, the bot and its worker until Ctrl-C.

    It prints the address of the page and, with `open_page`, opens it in a browser. Raises
    SlackError if the local Slack cannot be installed or started.
    """
    with LocalSlack(newsroom.settings.data / "local-slack") as slack:
        client = make_client(slack.settings)
        identity = await identify_bot(client)
        welcome = blocks.welcome_message()
        await client.chat_postMessage(channel=NEWSROOM, **welcome._asdict())
        print(
            f"Claimdesk is at {slack.url} – try /claim yuan ruble there. Ctrl-C stops it.",
            flush=True,
        )
        if open_page:
            await asyncio.to_thread(webbrowser.open, slack.url)
        await run_until_stopped(
            connect(build_app(slack.settings, newsroom, client, identity), slack.settings),
            make_worker(newsroom, client, identity.team_id).run(),
            keep_index_current(newsroom),
            ClockWatch(newsroom, client, identity.team_id).run(),
        )
