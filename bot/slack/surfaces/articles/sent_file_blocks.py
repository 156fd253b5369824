"""The answer to files that somebody sent: what was read, and what was not. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import IngestError
from bot.newsroom.articles.overview import Overview
from bot.slack import claim_parts, parts
from bot.slack.parts import Block, Message
from bot.slack.surfaces.articles.failure_blocks import join_remedy
from bot.wording import answers as wording
from bot.wording.answers import with_noun
from bot.wording.runs import plain_text, shorten
from bot.words import say

MAX_ARTICLES, MAX_FAILURES = 3, 10
"""How many articles of a file are listed, and how many parts of it that were not read."""
MAX_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that was sent: the articles of it that its sender may see, and what was not read.

    `id` is Slack's. `has_articles` tells whether it has any, even if its sender may not see them.
    """

    id: str
    name: str
    overviews: Sequence[Overview]
    errors: Sequence[IngestError]
    has_articles: bool


def sent_files_message(files: Sequence[SentFile], max_files: int = 0) -> Message:
    """Say what was read of each file; `max_files` is set if there were more."""
    messages = [message for file in files for message in _file_messages(file)]
    if max_files:
        messages.append(parts.notice(say("files.too_many", n=max_files)))
    blocks = [block for message in messages for block in message.blocks]
    return Message("\n".join(message.text for message in messages if message.text), blocks)


def _file_messages(file: SentFile) -> Iterator[Message]:
    for overview in file.overviews[:MAX_ARTICLES]:
        yield _article_message(overview)
    if (hidden_count := len(file.overviews) - MAX_ARTICLES) > 0:
        yield parts.notice(say("files.more", n=hidden_count))
    if failures := _failures(file):
        yield parts.notice("\n".join(failures))
    if any(error.can_force for error in file.errors):
        anyway = parts.button(say("articles.read_anyway"), "file_anyway", file.id)
        yield Message("", [parts.actions(anyway)])


def _article_message(overview: Overview) -> Message:
    """Name an article, with the number of its claims and a button that shows them."""
    article, count = overview.article, with_noun(len(overview.claims), "claim")
    only_you = say("review.only_you") if article.is_unreviewed else ""
    facts = filter(None, (count, wording.review_note(article, []), only_you))
    summary = parts.escape_note(" · ".join(facts))
    show = parts.button(say("files.show"), "article_open", article.id)
    blocks: list[Block] = [
        parts.section(claim_parts.render_article_line(article), accessory=show),
        parts.context(summary),
    ]
    if unread := claim_parts.unread_note(article):
        blocks.append(parts.context(unread))
    title = parts.escape_note(plain_text(wording.article_line(article)))
    return Message(f"{title}\n{summary}", blocks)


def _failures(file: SentFile) -> list[str]:
    """Say why nothing of a file is shown, or which parts of it were not read, and why."""
    errors = sorted(file.errors, key=lambda one: one.is_skipped)
    if file.has_articles and not file.overviews:
        errors.insert(0, IngestError("", cause=say("files.withdrawn")))
    lines = []
    for error in errors[:MAX_FAILURES]:
        names = [shorten(one, MAX_NAME_LENGTH) for one in (error.location, file.name) if one]
        name, why = say("files.part_joint").join(names), join_remedy(error.cause, error.remedy)
        lines.append(say("files.not_read", name=name, why=why))
    hidden_count = len(errors) - MAX_FAILURES
    return [*lines, say("files.more_not_read", n=hidden_count)] if hidden_count > 0 else lines
