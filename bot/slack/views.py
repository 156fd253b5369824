"""Modals that several surfaces use, and parsing of their input. No I/O."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.model import Context, Spans
from bot.newsroom.articles.overview import Overview
from bot.slack import modals, parts
from bot.slack.mrkdwn import render_line
from bot.slack.parts import Block
from bot.slack.surfaces.answers.citation import Citation
from bot.slack.surfaces.articles.blocks import contents_phrase
from bot.wording import answers as wording
from bot.wording.details import details_line
from bot.wording.runs import plain
from bot.words import say

MAX_SECTION_LENGTH, MAX_SECTIONS = 2400, 3
"""Characters of a paragraph in one section, and sections of a paragraph.

Three sections hold the longest claims and stay within Slack's limits.
"""
MAX_INPUT_LENGTH = 3_000
"""The most characters that Slack accepts in an input."""
MAX_WARNING_LENGTH = 290
"""Escaped characters of one warning about a citation; at most nine warnings share a section."""
REASON_INPUT = "reason"
MAX_REASON_LENGTH = 300


def context_view(
    context: Context,
    corrections: Sequence[Block] = (),
    *,
    other_reports: str | None = None,
    disputes: Sequence[str] = (),
) -> Block:
    """A modal with the paragraph of a claim, in which the claim is bold.

    Below the paragraph are its article, where else the claim is reported, what disputes it and how
    people corrected it.
    """
    claim, article = context.hit.claim, context.hit.article
    details = details_line(claim, article, nearby=True)
    blocks = [parts.section(parts.render_who_line(context.hit))]
    if context.before:
        blocks.append(parts.context(parts.note(context.before)))
    blocks += paragraph_sections(context.paragraph, context.marked)
    if context.after:
        blocks.append(parts.context(parts.note(context.after)))
    blocks.append(parts.article_context(claim, article, other_reports, details=details))
    if disputes:
        blocks.append(parts.context(parts.note("\n".join(disputes))))
    if other_reports:
        blocks.append(parts.buttons(parts.other_reports_button(other_reports, claim.id)))
    return modals.modal(
        "context",
        [*blocks, *corrections],
        title="sharing.context_title",
        close="buttons.close",
        metadata=claim.id,
    )


def paragraph_sections(paragraph: str, marked: Spans) -> Iterator[Block]:
    """Yield a paragraph as sections with the `marked` spans in bold.

    A long paragraph begins a little before the first marked span.
    """
    position, first_mark = 0, marked[0][0] if marked else 0
    if len(paragraph) > MAX_SECTION_LENGTH and first_mark > MAX_SECTION_LENGTH // 2:
        position = paragraph.rfind(" ", 0, first_mark - MAX_SECTION_LENGTH // 4) + 1
    for number in range(MAX_SECTIONS):
        rest = paragraph[position:]
        if not rest.strip():
            return
        length = len(rest) if number == MAX_SECTIONS - 1 else _section_length(rest)
        prefix = "… " if position and not number else ""
        shift, end = position - len(prefix), len(prefix) + length
        shifted = [(max(s - shift, len(prefix)), min(e - shift, end)) for s, e in marked]
        spans = tuple((start, stop) for start, stop in shifted if start < stop)
        yield parts.printed_section(f"{prefix}{rest[:length]}", spans)
        position += length


def _section_length(text: str) -> int:
    """Return the length of the first section of a text: up to the last word that fits."""
    if len(text) <= MAX_SECTION_LENGTH:
        return len(text)
    return text.rfind(" ", MAX_SECTION_LENGTH // 2, MAX_SECTION_LENGTH) + 1 or MAX_SECTION_LENGTH


def cite_view(citation: Citation, *, post_to: str | None = None, metadata: str = "") -> Block:
    """A modal with the texts of a claim to copy, below the warnings about them.

    When it is submitted, the first text is posted in the "thread" or the "channel", whichever
    `post_to` says; `metadata` has its id. If `post_to` is None, nothing is posted.
    """
    # The texts are in inputs: mrkdwn would add invisible characters to what is copied, and on a
    # phone only the text of an input can be selected with one touch.
    texts = {
        "as_news" if citation.is_sentence else "quotation": plain(citation.text),
        "link": citation.link or say("cite.no_link"),
        "markdown": citation.markdown,
    }
    notes = [] if citation.is_sentence else [parts.section(say("cite.no_sentence"))]
    if citation.warnings:
        # Each warning is cut on its own, so that a long one leaves space for the others.
        lines = (say("cite.know"), *citation.warnings)
        notes.append(
            parts.section("\n".join(parts.note(each, MAX_WARNING_LENGTH) for each in lines))
        )
    post_hint = say(f"cite.{post_to}_says" if post_to else "cite.nowhere")
    notes.append(parts.context(f"{say('cite.copy')} {post_hint}"))
    return modals.modal(
        "cite",
        [*notes, *(_copyable_input(name, text) for name, text in texts.items())],
        title="cite.title",
        submit=f"cite.post_in_{post_to}" if post_to else "cite.done",
        close="buttons.close",
        metadata=metadata,
    )


def _copyable_input(name: str, text: str) -> Block:
    """An input from which a text is copied."""
    element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": name != "link",
        "max_length": MAX_INPUT_LENGTH,
        "initial_value": text[:MAX_INPUT_LENGTH],
    }
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": parts.plain_text(say(f"cite.{name}"), 75),
        "element": element,
    }


def withdraw_view(overview: Overview, answer_url: str) -> Block:
    """A modal that asks why an article is withdrawn; the answer goes to `answer_url`."""
    article = overview.article
    article_line = render_line(
        wording.article_line(article), max_length=parts.MAX_ARTICLE_LINE_LENGTH
    )
    reason_input = {
        "type": "input",
        "block_id": REASON_INPUT,
        "label": parts.plain_text(say("withdrawal.why"), 75),
        "hint": parts.plain_text(say("withdrawal.hint"), 150),
        "element": {
            "type": "plain_text_input",
            "action_id": REASON_INPUT,
            "max_length": MAX_REASON_LENGTH,
            "placeholder": parts.plain_text(say("withdrawal.example"), 150),
        },
    }
    return modals.modal(
        "withdraw",
        [
            parts.section(article_line),
            parts.context(parts.note(_consequences(overview))),
            reason_input,
        ],
        title="withdrawal.title",
        submit="withdrawal.submit",
        metadata=json.dumps({"article": article.id, "answer": answer_url}),
    )


def _consequences(overview: Overview) -> str:
    """Say what is lost when an article is withdrawn, and which outlets have it too."""
    contents = contents_phrase(overview)
    consequences = say("withdrawal.means", holds=f"{contents[0].upper()}{contents[1:]}")
    if not overview.also_in:
        return consequences
    outlets = say("withdrawal.also_in", also_in=wording.also_in(overview.also_in))
    return f"{consequences} {outlets}"


def read_withdrawal(view: dict[str, Any]) -> tuple[str, str, str]:
    """Return the article's id, the reason and the URL for the answer from a submitted modal."""
    metadata = json.loads(view["private_metadata"])
    reason = view["state"]["values"][REASON_INPUT][REASON_INPUT].get("value") or ""
    return str(metadata["article"]), " ".join(reason.split()), str(metadata["answer"])


def notice_view(text: str) -> Block:
    """A modal with one notice."""
    blocks = parts.notice(text).blocks
    return modals.modal("told", blocks, title="access.title", close="buttons.close")


def notice_home(text: str) -> Block:
    """A Home tab with one notice."""
    return {"type": "home", "blocks": parts.notice(text).blocks}
