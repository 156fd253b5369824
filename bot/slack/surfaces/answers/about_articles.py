"""The articles that a query is about, as they stand above its answer. Pure."""

from __future__ import annotations

from bot.model import Answer
from bot.slack import parts
from bot.slack.mrkdwn import line
from bot.slack.parts import Message
from bot.wording import answers as wording
from bot.wording.runs import plain
from bot.words import say

ROOM = 400


def with_articles(message: Message, answer: Answer) -> Message:
    """Put above an answer which articles its query is about, each with a button that opens it."""
    if not answer.articles:
        return message
    lines = [wording.headline_line(card) for card in answer.articles]
    rendered = [line(one, room=ROOM) for one in lines]
    texts = [parts.note(plain(one)) for one in lines]
    heading = parts.note(wording.about_line(answer)) + (" " if len(lines) == 1 else "\n")
    rendered[0], texts[0] = heading + rendered[0], heading + texts[0]
    blocks = [
        parts.section(text, accessory=parts.button(say("articles.open"), "article_open", card.id))
        for text, card in zip(rendered, answer.articles, strict=True)
    ]
    divider = {"type": "divider"}
    return Message("\n".join([*texts, message.text]), [*blocks, divider, *message.blocks])
