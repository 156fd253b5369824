"""The modals. Pure: model in, Block Kit out; what a person has written in one, read back."""

from __future__ import annotations

import json
from typing import Any

from bot.model import Context, Spans
from bot.newsroom import Overview
from bot.slack import parts, wording
from bot.slack.article_blocks import what_it_holds
from bot.slack.mrkdwn import fitted, line
from bot.slack.parts import Block

PARAGRAPH_LENGTH, PARAGRAPH_ROOM = 2400, 2900
REASON, LONGEST_REASON = "reason", 300
NO_REASON = "Say why: the reason is kept with the article."


def context_view(context: Context) -> Block:
    """A modal with the paragraph that a claim stands in, the claim in bold."""
    claim, article = context.hit.claim, context.hit.article
    text, marked = _around(context.paragraph, context.marked)
    paragraph = fitted(text, marked, length=PARAGRAPH_LENGTH, room=PARAGRAPH_ROOM)
    blocks = [parts.section(paragraph)]
    if context.before:
        blocks.insert(0, parts.context(parts.note(context.before)))
    if context.after:
        blocks.append(parts.context(parts.note(context.after)))
    said = parts.section(parts.attribution(claim, article.language))
    blocks += [said, parts.where(claim, article)]
    return {
        "type": "modal",
        "callback_id": "context",
        "title": {"type": "plain_text", "text": "Context"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }


def _around(paragraph: str, marked: Spans) -> tuple[str, Spans]:
    """A paragraph from its start, or if it is long from a little before what is marked in it."""
    first = marked[0][0] if marked else 0
    if len(paragraph) <= PARAGRAPH_LENGTH or first < PARAGRAPH_LENGTH // 2:
        return paragraph, marked
    cut = paragraph.rfind(" ", 0, first - PARAGRAPH_LENGTH // 4) + 1
    shift = cut - len("… ")
    return f"… {paragraph[cut:]}", tuple((s - shift, e - shift) for s, e in marked)


def withdraw_view(found: Overview, answer_url: str) -> Block:
    """A modal that asks for the reason to withdraw an article; what comes of it is told at
    `answer_url`."""
    label = line(wording.article_line(found.article), room=parts.ARTICLE_ROOM)
    blocks = [parts.section(label), parts.context(parts.note(_what_it_means(found)))]
    reason = {
        "type": "plain_text_input",
        "action_id": REASON,
        "max_length": LONGEST_REASON,
        "placeholder": parts.plain("The outlet has retracted it", 150),
    }
    hint = parts.plain("It is kept in the article's history with your name, not shown here.", 150)
    blocks.append(
        {
            "type": "input",
            "block_id": REASON,
            "label": parts.plain("Why?", 75),
            "hint": hint,
            "element": reason,
        }
    )
    return {
        "type": "modal",
        "callback_id": "withdraw",
        "private_metadata": json.dumps({"article": found.article.id, "answer": answer_url}),
        "title": {"type": "plain_text", "text": "Withdraw the article?"},
        "submit": {"type": "plain_text", "text": "Withdraw"},
        "close": {"type": "plain_text", "text": "Cancel"},
        "blocks": blocks,
    }


def _what_it_means(found: Overview) -> str:
    holds = what_it_holds(found)
    said = (
        f"{holds[0].upper()}{holds[1:]} will be found nowhere any more, and messages that show "
        "some of it will say so instead. The article stays out, whoever sends it again."
    )
    if not found.also_in:
        return said
    return f"{said} It is {wording.also_in(found.also_in)}: what is printed there stays."


def withdrawal_asked(view: dict[str, Any]) -> tuple[str, str, str]:
    """The article's id, the reason and where to answer, of the modal as it was sent."""
    known = json.loads(view["private_metadata"])
    written = view["state"]["values"][REASON][REASON].get("value") or ""
    return str(known["article"]), " ".join(written.split()), str(known["answer"])
