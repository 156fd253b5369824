"""The baseline of slack_latency: a Bolt AsyncApp that answers each command with a fixed block."""

from __future__ import annotations

import asyncio
import os

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

BLOCK = {"type": "section", "text": {"type": "mrkdwn", "text": "A fixed answer."}}


async def main() -> None:
    client = AsyncWebClient(token=os.environ["SLACK_BOT_TOKEN"])
    client.base_url = os.environ["SLACK_API_URL"]
    app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

    @app.command("/claim")
    async def claim(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="A fixed answer.", blocks=[BLOCK], response_type="ephemeral")

    if os.environ["SLACK_APP_TOKEN"]:
        await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).connect_async()
    else:
        runner = web.AppRunner(app.web_app(path="/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, port=int(os.environ["PORT"])).start()
    await asyncio.Event().wait()


asyncio.run(main())
