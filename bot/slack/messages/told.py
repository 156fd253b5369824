"""What a person is told in a message that the outbox keeps as it stands."""

from __future__ import annotations

from bot.slack.parts import Message, link_channel, notice, section
from bot.store.delivery.payloads import ToldPayload


def notice_payload(message: Message) -> ToldPayload:
    """A message as the outbox keeps one that is sent as it stands."""
    return ToldPayload(message.text, tuple(message.blocks))


def channel_notice(channel: str, words: str) -> Message:
    """Say one thing in which a channel is named, as Slack links it."""
    shown = link_channel(channel, notice(words).text)
    return Message(shown, [section(shown)])
