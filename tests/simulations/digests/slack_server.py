"""A Slack in a process of its own, which outlives workers and writes down what it takes.

It is out for hours, and channels are closed, as the year has it."""

from __future__ import annotations

import asyncio
import json
import struct
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.simulations.clock import VirtualClock
from tests.simulations.digests.year import Channel, Year
from tests.slack.fake_slack import ANSWERS, Chance, FakeSlack, Fault, Json

RATE = 0.05
"""Of the calls so many fail."""
FAULTS_OF_OUTAGES: dict[str, Fault] = {"500": "500", "unheard": "unheard", "429": "429"}


class Counter:
    """How often Slack has been asked, for the one who kills: eight bytes in a file."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)

    @property
    def calls(self) -> int:
        self._file.seek(0)
        read = self._file.read(8)
        return int(struct.unpack("q", read)[0]) if len(read) == 8 else 0

    def count(self) -> None:
        calls = self.calls + 1
        self._file.seek(0)
        self._file.write(struct.pack("q", calls))


class SlackServer(FakeSlack):
    """The Slack of a year."""

    def __init__(self, year: Year, folder: Path) -> None:
        self._clock = VirtualClock(folder / "clock")
        super().__init__(now=self._clock, chance=Chance(RATE, year.seed, tuple(ANSWERS)))
        self._year, self._counter = year, Counter(folder / "calls")
        self._log = (folder / "slack.jsonl").open("a", buffering=1)
        self._channels: dict[str, Channel] = {one.id: one for one in year.channels}

    def _fault(self, method: str) -> Fault | None:
        self._counter.count()
        at = self._clock.at
        if at > self._year.end:
            return None
        kind = next((one.what for one in self._year.outages if one.touches(at, at)), None)
        fault = FAULTS_OF_OUTAGES.get(kind or "") or super()._fault(method)
        if fault:
            self._note("fault", method=method, fault=fault)
        return fault

    def _take(self, method: str, sent: Json) -> Json:
        if method not in ANSWERS:
            self._note("unknown", method=method)
            return {"ok": False, "error": "unknown_method"}
        if why := self._why_not(method, sent):
            return {"ok": False, "error": why}
        answer = super()._take(method, sent)
        if method == "chat.postMessage":
            self._note("posted", channel=answer["channel"], ts=answer["ts"], sent=sent)
        if method == "chat.update":
            self._note("updated", channel=sent["channel"], ts=sent["ts"], sent=sent)
        return answer

    def _why_not(self, method: str, sent: Json) -> str | None:
        at, channel = self._clock.at, self._channels.get(str(sent.get("channel")))
        if any(one.what == "token" and one.touches(at, at) for one in self._year.outages):
            return "invalid_auth"
        if channel is None:
            return None
        if method in ("conversations.history", "conversations.replies") and not channel.is_readable:
            return "missing_scope"
        closed = (one.what for one in channel.closed if one.touches(at, at))
        why = next((one for one in closed if one != "open again"), None)
        return why if method in ("chat.postMessage", "chat.update") else None

    def _note(self, what: str, **more: Any) -> None:
        self._log.write(json.dumps({"at": self._clock.at, "what": what} | more) + "\n")


async def _serve(server: SlackServer, port: Connection) -> None:
    async with server.running():
        port.send(server.port)
        await asyncio.Event().wait()


def main(year: tuple[int, float, int, int], folder: str, port: Connection) -> None:
    """Be Slack until killed; tells its port first."""
    asyncio.run(_serve(SlackServer(Year(*year), Path(folder)), port))
