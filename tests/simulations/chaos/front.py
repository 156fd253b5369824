"""What stands between Slack and the web processes: a load balancer, and Slack's own patience.

The local Slack delivers everything to it. It passes each delivery on to one of the web processes,
as a load balancer does, and notes what Slack would make of the outcome: if a command is not
acknowledged within three seconds, Slack tells the person that it failed.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import web

from bot.slack.local import SIGNING_SECRET
from tests.slack.fake_slack import Json, signed

ACK_SECONDS = 3.0
CONNECT_SECONDS = 0.5
TRY_AGAIN = "try again"


@dataclass
class Command:
    """A command: its `status` is that of the acknowledgement, or 0 if Slack got none in time."""

    typed: str
    status: int | None = None
    told: str = ""
    """What the acknowledgement says."""
    answers: list[Json] = field(default_factory=list)

    def __str__(self) -> str:
        heard = " | ".join(text.split("\n")[0] for text in [self.told, *map(text_of, self.answers)])
        return f"{self.typed}: {self.status}, {heard}"

    @property
    def is_told_to_try_again(self) -> bool:
        """Tell whether its person was told to try again, by Slack or by the bot, and no more."""
        texts = [self.told, *map(text_of, self.answers)]
        return self.status != 200 or any(TRY_AGAIN in text.lower() for text in texts)

    @property
    def is_answered(self) -> bool:
        return any(TRY_AGAIN not in text_of(answer).lower() for answer in self.answers)


def text_of(message: Json) -> str:
    """Return all text of a message."""
    texts = [message.get("text", "")]
    for block in message.get("blocks") or ():
        for part in [block.get("text"), *block.get("elements", ()), *block.get("fields", ())]:
            text = part.get("text", "") if isinstance(part, dict) else ""
            texts.append(text.get("text", "") if isinstance(text, dict) else text)
    return "\n".join(map(str, texts))


class Front:
    """Passes deliveries on to web processes, and their answers to commands back to Slack."""

    def __init__(self, port: int, backends: Sequence[int]) -> None:
        self.port, self.commands = port, list[Command]()
        self._backends, self._turn = backends, itertools.count()
        self._real_urls: list[str] = []

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Front]:
        """Serve until the end of the block."""
        app = web.Application()
        app.router.add_post("/slack/events", self._deliver)
        app.router.add_post("/answers/{number}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        # Each delivery on a connection of its own: on an old one it would be lost with a process
        # that was killed meanwhile.
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            await web.TCPSite(runner, "127.0.0.1", self.port).start()
            try:
                yield self
            finally:
                await runner.cleanup()

    async def _deliver(self, request: web.Request) -> web.Response:
        body = await request.text()
        if request.content_type != "application/x-www-form-urlencoded" or "command=" not in body:
            status, text = await self._pass(body, request.content_type)
            return web.Response(status=status or 504, text=text)
        form = dict(parse_qsl(body, keep_blank_values=True))
        command = Command(f"{form['command']} {form['text']}".strip())
        form["response_url"], number = self._own_url(form["response_url"])
        assert number == len(self.commands)
        self.commands.append(command)
        status, text = await self._pass(urlencode(form), request.content_type)
        command.status, command.told = status, text
        return web.Response(status=status or 504, text=text, content_type="application/json")

    def _own_url(self, url: str) -> tuple[str, int]:
        number = len(self._real_urls)
        self._real_urls.append(url)
        return f"http://127.0.0.1:{self.port}/answers/{number}", number

    async def _pass(self, body: str, content_type: str) -> tuple[int, str]:
        """Deliver to the next process that accepts connections; 0 if Slack gets no answer."""
        headers = signed(SIGNING_SECRET, body) | {"Content-Type": content_type}
        first = next(self._turn)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ACK_SECONDS):
                for place in range(len(self._backends)):
                    port = self._backends[(first + place) % len(self._backends)]
                    url = f"http://127.0.0.1:{port}/slack/events"
                    try:
                        async with self._session.post(url, data=body, headers=headers) as answer:
                            return answer.status, await answer.text()
                    except aiohttp.ClientConnectorError:
                        continue  # nothing was delivered
                    except aiohttp.ClientError:
                        break  # killed: it may have begun
        return 0, ""

    async def _answer(self, request: web.Request) -> web.Response:
        number, answer = int(request.match_info["number"]), await request.json()
        async with self._session.post(self._real_urls[number], json=answer) as slack:
            text, status = await slack.text(), slack.status
        if status == 200:
            self.commands[number].answers.append(answer)
        return web.Response(status=status, text=text)
