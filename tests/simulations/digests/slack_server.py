"""A fake Slack in a separate process, which outlives the workers and logs what it accepts.

Its outages and closed channels are those of the year."""

from __future__ import annotations

import asyncio
import json
import struct
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.simulations.clock import VirtualClock
from tests.simulations.digests.year import Year
from tests.slack.fake_slack import ANSWERS, FakeSlack, Fault, Json, RandomFaults

FAULT_RATE = 0.05
"""The share of calls that fail."""
FAULTS_OF_OUTAGES: dict[str, Fault] = {"500": "500", "unheard": "unheard", "429": "429"}


class CallCounter:
    """Counts the calls of Slack in eight bytes of a file, for the process that kills workers."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)

    @property
    def calls(self) -> int:
        self._file.seek(0)
        read = self._file.read(8)
        return int(struct.unpack("q", read)[0]) if len(read) == 8 else 0

    def increment(self) -> None:
        calls = self.calls + 1
        self._file.seek(0)
        self._file.write(struct.pack("q", calls))


class SlackServer(FakeSlack):
    """The Slack of a year."""

    def __init__(self, year: Year, folder: Path) -> None:
        self._clock = VirtualClock(folder / "clock")
        super().__init__(
            now=self._clock, random_faults=RandomFaults(FAULT_RATE, year.seed, tuple(ANSWERS))
        )
        self._year, self._counter = year, CallCounter(folder / "calls")
        self._log = (folder / "slack.jsonl").open("a", buffering=1)
        self._channels = {channel.id: channel for channel in year.channels}

    def _fault(self, method: str) -> Fault | None:
        self._counter.increment()
        at = self._clock.seconds
        if at > self._year.end:
            return None
        kind = next((outage.kind for outage in self._year.outages if outage.overlaps(at, at)), None)
        fault = FAULTS_OF_OUTAGES.get(kind or "") or super()._fault(method)
        if fault:
            self._note("fault", method=method, fault=fault)
        return fault

    def _respond(self, method: str, sent: Json) -> Json:
        if method not in ANSWERS:
            self._note("unknown", method=method)
            return {"ok": False, "error": "unknown_method"}
        if error := self._error(method, sent):
            return {"ok": False, "error": error}
        answer = super()._respond(method, sent)
        if method == "chat.postMessage":
            self._note("posted", channel=answer["channel"], ts=answer["ts"], sent=sent)
        if method == "chat.update":
            self._note("updated", channel=sent["channel"], ts=sent["ts"], sent=sent)
        return answer

    def _error(self, method: str, sent: Json) -> str | None:
        at, channel = self._clock.seconds, self._channels.get(str(sent.get("channel")))
        if any(outage.kind == "token" and outage.overlaps(at, at) for outage in self._year.outages):
            return "invalid_auth"
        if channel is None:
            return None
        if method in ("conversations.history", "conversations.replies") and not channel.is_readable:
            return "missing_scope"
        closures = (outage.kind for outage in channel.closed if outage.overlaps(at, at))
        error = next((kind for kind in closures if kind != "reopened"), None)
        return error if method in ("chat.postMessage", "chat.update") else None

    def _note(self, what: str, **fields: Any) -> None:
        self._log.write(json.dumps({"at": self._clock.seconds, "what": what} | fields) + "\n")


async def _serve(server: SlackServer, port: Connection) -> None:
    async with server.running():
        port.send(server.port)
        await asyncio.Event().wait()


def main(year: tuple[int, float, int, int], folder: str, port: Connection) -> None:
    """Send the port, then serve until killed."""
    asyncio.run(_serve(SlackServer(Year(*year), Path(folder)), port))
