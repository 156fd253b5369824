"""A check of a draft as Block Kit. No I/O.

Buttons hold ids of the archive and places in its articles, never words of the draft.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from bot.desk import lines
from bot.desk.check import Check
from bot.desk.rows import Row
from bot.model import Spans
from bot.slack import modals, parts
from bot.slack.claim_parts import MAX_ARTICLE_LINE_LENGTH
from bot.slack.mrkdwn import render_line
from bot.slack.parts import Block, Message
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.words import say

CALLBACK = "check_form"
ROWS_PER_MESSAGE, MAX_MESSAGES = 8, 4
"""A response_url takes five answers."""
MAX_PLACES = 20
PRINTED_VALUE = re.compile(r"([0-9a-f]{1,32}):(\d{1,9}):((?:\d{1,9}-\d{1,9},?){0,20})", re.ASCII)
"""The id of a claim, the version of its article, and the places of differences there."""


def form_view(origin: FormOrigin) -> Block:
    """Return the form into which a draft is pasted; Slack keeps what is typed there."""
    text = modals.text_input("desk.draft", modals.MAX_INPUT_LENGTH, multiline=True)
    return modals.modal(
        CALLBACK,
        [modals.field("draft", "desk.draft", text)],
        title="desk.title",
        submit="desk.submit",
        metadata=json.dumps(origin._asdict()),
    )


def check_messages(check: Check) -> list[Message]:
    """Return a check as messages, the worst rows first."""
    head = [parts.section(f"*{parts.escape_note(line)}*") for line in lines.sum_lines(check)]
    notes = [*lines.name_lines(check), lines.searched_line(check.searched)]
    head.append(parts.context(parts.escape_note("\n".join(notes))))
    shown = check.rows[: ROWS_PER_MESSAGE * MAX_MESSAGES]
    groups = [shown[n : n + ROWS_PER_MESSAGE] for n in range(0, len(shown), ROWS_PER_MESSAGE)]
    messages = []
    for group in groups or [()]:
        blocks = [block for row in group for block in _row_blocks(row, check.text)]
        messages.append(Message(parts.escape_note(lines.sum_lines(check)[0]), [*head, *blocks]))
        head = []
    if hidden := len(check.rows) - len(shown):
        messages[-1].blocks.append(parts.context(say("desk.more", n=hidden)))
    return messages


def _row_blocks(row: Row, draft: str) -> Iterator[Block]:
    finding = "\n".join(f"*{parts.escape_note(line)}*" for line in lines.finding_lines(row))
    yield from parts.quotation_blocks(finding, *lines.wording(row, "draft", draft))
    if row.gone or row.article is None:
        return
    where = render_line(lines.where_line(row), max_length=MAX_ARTICLE_LINE_LENGTH)
    if row.finding == "word_for_word":
        yield parts.context(where)
    else:
        printed = lines.wording(row, "printed", row.article.text.text)
        yield from parts.quotation_blocks(say("desk.printed"), *printed, last_line=where)
    if row.claim is None:
        yield parts.actions(
            parts.button(say("buttons.claim_article"), "article_open", row.article.card.id)
        )
        return
    places = [one.printed for one in row.differences] or [row.printed]
    marked = ",".join(f"{start}-{end}" for start, end in places[:MAX_PLACES])
    value = f"{row.claim.id}:{row.article.card.version}:{marked}"
    yield parts.actions(
        parts.button(say("buttons.context"), "context", row.claim.id),
        parts.button(say("desk.show_printed"), "check_printed", value),
    )


def printed_view(who: str, sections: Sequence[Block], where: str) -> Block:
    """Return the modal with a printed wording."""
    blocks = [parts.section(who), *sections, parts.context(where)]
    return modals.modal("check_printed", blocks, title="desk.printed_title", close="buttons.close")


def parse_places(text: str) -> Spans:
    """Return the places in a button's value."""
    pairs = (pair.split("-") for pair in text.split(",") if pair)
    return tuple((int(start), int(end)) for start, end in pairs)
