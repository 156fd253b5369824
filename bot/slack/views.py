"""Modals of several surfaces, and how what was typed in them is read. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.model import Context, Spans
from bot.newsroom.articles.overview import Overview
from bot.slack import modals, parts
from bot.slack.mrkdwn import line
from bot.slack.parts import Block
from bot.slack.surfaces.answers.citation import Citation
from bot.slack.surfaces.articles.blocks import contents_phrase
from bot.wording import answers as wording
from bot.wording.details import details_line
from bot.wording.runs import plain as printed
from bot.words import say

SECTION_LENGTH, MOST_SECTIONS = 2400, 3
"""Characters of a paragraph in one section, and the number of sections: room for the longest
claims, within what Slack accepts."""
LONGEST_INPUT = 3_000
"""Characters in an input, of which Slack accepts 3,000."""
WARNING_ROOM = 290
"""Characters of a warning about a citation; there are nine at most."""
REASON, LONGEST_REASON = "reason", 300


def context_view(
    context: Context,
    corrections: Sequence[Block] = (),
    *,
    also: str | None = None,
    disputes: Sequence[str] = (),
) -> Block:
    """A modal with the paragraph of a claim, the claim in bold, and below it where it is `also`
    reported, what disputes it and what people corrected."""
    claim, article = context.hit.claim, context.hit.article
    blocks = [*paragraph_sections(context.paragraph, context.marked)]
    if context.before:
        blocks.insert(0, parts.context(parts.note(context.before)))
    if context.after:
        blocks.append(parts.context(parts.note(context.after)))
    blocks.insert(0, parts.section(parts.who(context.hit)))
    known = details_line(claim, article, nearby=True)
    blocks.append(parts.where(claim, article, also, known=known))
    blocks += [parts.context(parts.note("\n".join(disputes)))] if disputes else []
    blocks += [parts.buttons(parts.elsewhere_button(also, claim.id))] if also else []
    blocks += corrections
    return modals.modal(
        "context",
        blocks,
        title="sharing.context_title",
        close="buttons.close",
        metadata=claim.id,
    )


def paragraph_sections(paragraph: str, marked: Spans) -> Iterator[Block]:
    """Yield a paragraph as sections, from its start or, if it is long, from a little before what is
    marked in it."""
    at, first = 0, marked[0][0] if marked else 0
    if len(paragraph) > SECTION_LENGTH and first > SECTION_LENGTH // 2:
        at = paragraph.rfind(" ", 0, first - SECTION_LENGTH // 4) + 1
    for number in range(MOST_SECTIONS):
        rest = paragraph[at:]
        if not rest.strip():
            return
        cut = len(rest) if number == MOST_SECTIONS - 1 else _section_end(rest)
        ahead = "… " if at and not number else ""
        shift = at - len(ahead)
        shown = [(max(s - shift, len(ahead)), min(e - shift, len(ahead) + cut)) for s, e in marked]
        spans = tuple((start, end) for start, end in shown if start < end)
        yield parts.printed_section(f"{ahead}{rest[:cut]}", spans)
        at += cut


def _section_end(text: str) -> int:
    """Return where a section ends: at the last word that fits."""
    if len(text) <= SECTION_LENGTH:
        return len(text)
    return max(text.rfind(" ", SECTION_LENGTH // 2, SECTION_LENGTH) + 1, 0) or SECTION_LENGTH


def cite_view(made: Citation, *, posts: str | None = None, known: str = "") -> Block:
    """A modal with the texts of a claim to copy, below the warnings about them.

    Submitting it `posts` the first text in the "thread" or the "channel" that is `known`.
    """
    # Copied from markup, a text would contain the invisible characters that escape it; and on a
    # phone only the text of an input can be selected with one touch.
    texts = {
        "as_news" if made.is_sentence else "quotation": printed(made.as_news),
        "link": made.link or say("cite.no_link"),
        "markdown": made.markdown,
    }
    know = [] if made.is_sentence else [parts.section(say("cite.no_sentence"))]
    # Each is cut by itself, so that a long one leaves room for the others.
    warned = [parts.note(one, WARNING_ROOM) for one in (say("cite.know"), *made.warnings)]
    know += [parts.section("\n".join(warned))] if made.warnings else []
    posting = say(f"cite.{posts}_says" if posts else "cite.nowhere")
    know.append(parts.context(f"{say('cite.copy')} {posting}"))
    submit = f"cite.post_in_{posts}" if posts else "cite.done"
    return modals.modal(
        "cite",
        [*know, *(_to_copy(name, text) for name, text in texts.items())],
        title="cite.title",
        submit=submit,
        close="buttons.close",
        metadata=known,
    )


def _to_copy(name: str, text: str) -> Block:
    element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": name != "link",
        "max_length": LONGEST_INPUT,
        "initial_value": text[:LONGEST_INPUT],
    }
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": parts.plain(say(f"cite.{name}"), 75),
        "element": element,
    }


def withdraw_view(found: Overview, answer_url: str) -> Block:
    """A modal that asks why an article is withdrawn; the answer goes to `answer_url`."""
    label = line(wording.article_line(found.article), room=parts.ARTICLE_ROOM)
    blocks = [parts.section(label), parts.context(parts.note(_consequences(found)))]
    reason = {
        "type": "plain_text_input",
        "action_id": REASON,
        "max_length": LONGEST_REASON,
        "placeholder": parts.plain(say("withdrawal.example"), 150),
    }
    blocks.append(
        {
            "type": "input",
            "block_id": REASON,
            "label": parts.plain(say("withdrawal.why"), 75),
            "hint": parts.plain(say("withdrawal.hint"), 150),
            "element": reason,
        }
    )
    return modals.modal(
        "withdraw",
        blocks,
        title="withdrawal.title",
        submit="withdrawal.submit",
        metadata=json.dumps({"article": found.article.id, "answer": answer_url}),
    )


def _consequences(found: Overview) -> str:
    holds = contents_phrase(found)
    said = say("withdrawal.means", holds=f"{holds[0].upper()}{holds[1:]}")
    if not found.other_outlets:
        return said
    return f"{said} {say('withdrawal.also_in', also_in=wording.also_in(found.other_outlets))}"


def read_withdrawal(view: dict[str, Any]) -> tuple[str, str, str]:
    """Read the article's id, the reason and where to answer from a submitted modal."""
    known = json.loads(view["private_metadata"])
    written = view["state"]["values"][REASON][REASON].get("value") or ""
    return str(known["article"]), " ".join(written.split()), str(known["answer"])


def notice_view(text: str) -> Block:
    """A modal that says one thing."""
    return modals.modal(
        "told",
        parts.notice(text).blocks,
        title="access.title",
        close="buttons.close",
    )


def notice_home(text: str) -> Block:
    """A Home tab that says one thing."""
    return {"type": "home", "blocks": parts.notice(text).blocks}
