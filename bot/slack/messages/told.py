"""What a person is told in a message that the outbox keeps as it stands."""

from __future__ import annotations

from bot.slack.parts import Message, linking, section, told
from bot.store.delivery.payloads import TextPayload


def payload_told(message: Message) -> TextPayload:
    """A message as the outbox keeps one that is sent as it stands."""
    return TextPayload(message.text, tuple(message.blocks))


def told_in(channel: str, words: str) -> Message:
    """Say one thing in which a channel is named, as Slack links it."""
    shown = linking(channel, told(words).text)
    return Message(shown, [section(shown)])
