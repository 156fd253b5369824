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
    """A message as it was posted (`first`) and as it was last updated (`last`)."""

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
    """All messages in order, by channel; `unknown_methods` are those that the fake Slack lacks."""

    def __init__(self, folder: Path) -> None:
        self.by_channel: dict[str, list[Message]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.unknown_methods: set[str] = set()
        messages: dict[tuple[str, str], Message] = {}
        for entry in JsonLog(folder / "slack.jsonl").read_new():
            match entry["what"]:
                case "fault":
                    self.counts[f"calls that fail: {entry['fault']}"] += 1
                case "unknown":
                    self.unknown_methods.add(entry["method"])
                case "posted":
                    message = _message(entry)
                    messages[message.channel, message.ts] = message
                    self.by_channel[message.channel].append(message)
                    self.counts["messages"] += 1
                case "updated":
                    message = messages[entry["channel"], entry["ts"]]
                    message.last = entry["sent"].get("blocks") or []
                    self.counts["messages updated"] += 1

    @property
    def all(self) -> Iterator[Message]:
        for messages in self.by_channel.values():
            yield from messages


def _message(entry: dict[str, Any]) -> Message:
    sent = entry["sent"]
    payload = (sent.get("metadata") or {}).get("event_payload") or {}
    blocks, thread = sent.get("blocks") or [], sent.get("thread_ts")
    key = str(payload.get("key", ""))
    return Message(entry["at"], entry["channel"], entry["ts"], key, thread, blocks, blocks)


def texts(blocks: Iterable[dict[str, Any]]) -> list[str]:
    """Return all texts of blocks, including those of buttons."""
    strings = []
    for block in blocks:
        parts = [block.get("text"), *block.get("elements", ())]
        part_texts = [part.get("text") for part in parts if part]
        button_texts = [text.get("text") for text in part_texts if isinstance(text, dict)]
        strings += [text for text in (*part_texts, *button_texts) if isinstance(text, str)]
    return strings
