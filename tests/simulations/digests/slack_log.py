"""The messages that Slack accepted in a play, read from its log."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.simulations.record import JsonLog

Blocks = list[dict[str, Any]]


@dataclass
class Message:
    """A message as it was posted, and as it was mended last."""

    at: float
    channel: str
    ts: str
    key: str
    thread: str | None
    first: Blocks
    last: Blocks

    @property
    def is_digest(self) -> bool:
        return self.key.startswith("digest/") and self.key.count("/") == 2

    @property
    def day(self) -> date:
        """The local day of a digest, or of a message in its thread."""
        return date.fromisoformat(self.key.split("/")[2])


class SlackLog:
    """All messages, by channel in order; `strange` are calls of methods that nobody foresaw."""

    def __init__(self, folder: Path) -> None:
        self.by_channel: dict[str, list[Message]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.strange: set[str] = set()
        standing: dict[tuple[str, str], Message] = {}
        for one in JsonLog(folder / "slack.jsonl").new():
            match one["what"]:
                case "fault":
                    self.counts[f"calls that fail: {one['fault']}"] += 1
                case "unknown":
                    self.strange.add(one["method"])
                case "posted":
                    made = _message(one)
                    standing[made.channel, made.ts] = made
                    self.by_channel[made.channel].append(made)
                    self.counts["messages"] += 1
                case "updated":
                    standing[one["channel"], one["ts"]].last = one["sent"].get("blocks") or []
                    self.counts["messages mended"] += 1

    @property
    def all(self) -> Iterator[Message]:
        for messages in self.by_channel.values():
            yield from messages


def _message(one: dict[str, Any]) -> Message:
    sent = one["sent"]
    payload = (sent.get("metadata") or {}).get("event_payload") or {}
    blocks, thread = sent.get("blocks") or [], sent.get("thread_ts")
    key = str(payload.get("key", ""))
    return Message(one["at"], one["channel"], one["ts"], key, thread, blocks, blocks)


def texts(blocks: Iterable[dict[str, Any]]) -> list[str]:
    """The texts of blocks, one by one."""
    found = []
    for block in blocks:
        parts = [block.get("text"), *block.get("elements", ())]
        of_parts = [one.get("text") for one in parts if one]
        of_buttons = [one.get("text") for one in of_parts if isinstance(one, dict)]
        found += [one for one in (*of_parts, *of_buttons) if isinstance(one, str)]
    return found
