"""Build the parts of messages and modals as Block Kit. No I/O.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 3000 characters a section, 75 a
button, 100 options a menu.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.model import FOREIGN_PARAGRAPH, ArticleCard, Claim, Hit, Spans
from bot.slack.mrkdwn import bold_words, escape, escape_to_fit, has_markup, quotation, render_line
from bot.wording import answers as wording
from bot.wording.hits import shown_passage, who_line
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import BIDI_CONTROLS, Run, plain, shorten
from bot.wording.same_sentence import merge_hits
from bot.words import LANGUAGE, say

Block = dict[str, Any]

MAX_WHO_LINE_LENGTH, MAX_ARTICLE_LINE_LENGTH = 400, 600
MAX_OPTION_LENGTH = 75
"""Characters in the text or the value of a menu's option."""
MAX_SECTION_LENGTH = 3_000
MAX_SAME_SENTENCE_HITS = 3
"""Further claims from the sentence of a claim that are shown with it."""
MAX_MENU_CHOICES = 5
"""Choices that Slack allows in an overflow menu."""
MIN_PASSAGE_LENGTH = 20
"""Characters of a passage that are always shown."""
MAX_NOTE_LENGTH, MAX_ESCAPED_NOTE, MAX_ESCAPED_CLAIM_NOTES = 400, 800, 400


class Message(NamedTuple):
    """A message; notifications and screen readers use `text` in place of `blocks`."""

    text: str
    blocks: list[Block]


def mrkdwn(text: str) -> Block:
    """A text with markup; "verbatim" stops Slack from making links of addresses and names."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, **options: Any) -> Block:
    """A section of text with markup."""
    return {"type": "section", "text": mrkdwn(text), **options}


def context(text: str) -> Block:
    """One or more lines in small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def note(text: str, max_escaped: int = MAX_ESCAPED_NOTE) -> str:
    """A remark, escaped and cut to fit."""
    return escape_to_fit(text, (), max_length=MAX_NOTE_LENGTH, max_escaped=max_escaped)


def link_channel(channel: str, escaped: str) -> str:
    """Turn the mention of a channel in an escaped text back into a link."""
    mention = f"<#{channel}>"
    return escaped.replace(escape(mention), mention)


def plain_text(text: str, max_length: int) -> Block:
    """A text without markup, cut to `max_length` characters."""
    return {
        "type": "plain_text",
        "text": shorten(text.translate(BIDI_CONTROLS), max_length),
        "emoji": False,
    }


def button(label: str, action_id: str, value: str) -> Block:
    """A button; Slack sends its `value` when it is pressed."""
    return {"type": "button", "text": plain_text(label, 75), "action_id": action_id, "value": value}


def buttons(*elements: Block) -> Block:
    """A row of buttons and menus."""
    return {"type": "actions", "elements": list(elements)}


def option(text: str, value: str) -> Block:
    """An option of a menu."""
    return {"text": plain_text(text, MAX_OPTION_LENGTH), "value": value}


def menu(label: str, action_id: str, options: list[Block]) -> Block:
    """A menu from which one option is chosen."""
    # No option_groups: the local Slack does not show the options in them.
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(label, 150),
        "options": options,
    }


def notice(text: str) -> Message:
    """A message of one text, which is escaped."""
    escaped = escape_to_fit(text, (), max_length=1500, max_escaped=2900)
    return Message(escaped, [section(escaped)])


def markup_message(text: str) -> Message:
    """A message of one of our own texts, with `code` and *headings* in it."""
    return Message(re.sub("[`*]", "", text), [section(text)])


def channel_notice(channel: str, text: str) -> Message:
    """A message of one text in which the mention of a channel becomes a link."""
    linked = link_channel(channel, notice(text).text)
    return Message(linked, [section(linked)])


# -- claims


def render_who_line(hit: Hit) -> str:
    """Render who makes a claim, how firmly, and through whom."""
    return render_line(who_line(hit), max_length=MAX_WHO_LINE_LENGTH)


def article_context(
    claim: Claim,
    article: ArticleCard,
    other_reports: str | None = None,
    *,
    details: str = "",
    date_language: str = LANGUAGE,
) -> Block:
    """The line about a claim's article, where else it is reported, and whether it was corrected.

    `details` go on a line above.
    """
    is_corrected = claim.corrected or article.corrected
    facts = [other_reports, say("claims.corrected") if is_corrected else None]
    runs = (
        *wording.article_line(article, dates=date_language),
        *(Run(f" · {fact}") for fact in facts if fact),
    )
    lines = [note(details)] if details else []
    return context("\n".join([*lines, render_line(runs, max_length=MAX_ARTICLE_LINE_LENGTH)]))


def claim_blocks(
    hit: Hit, *, max_length: int = MAX_LENGTH, other_reports: str | None = None
) -> list[Block]:
    """A claim: who makes it, its passage, its article and where else it is reported."""
    return [
        *quoted_claim(hit, max_length=max_length),
        article_context(hit.claim, hit.article, other_reports),
    ]


def quoted_claim(hit: Hit, *, max_length: int = MAX_LENGTH) -> list[Block]:
    """Who makes a claim, above its passage."""
    return quotation_blocks(render_who_line(hit), *fitting_passage(hit, max_length))


def fitting_passage(hit: Hit, max_length: int) -> tuple[str, Spans]:
    """Return a claim's passage and the spans that matched, cut to `max_length` characters.

    It is cut further until its escaped form takes at most twice as many: "&" takes five.
    """
    max_escaped = 2 * max_length
    text, matched = shown_passage(hit, max_length)
    while len(quotation(text, matched)) > max_escaped and max_length > MIN_PASSAGE_LENGTH:
        max_length = max_length * 2 // 3
        text, matched = shown_passage(hit, max_length)
    return text, matched


def quotation_blocks(
    first_line: str, text: str, spans: Spans = (), *, last_line: str = "", **options: Any
) -> list[Block]:
    """A printed text as a quotation with `spans` in bold, between two lines of ours.

    A text in which Slack would read markup is shown as plain text instead. `options` are those of
    the first section.
    """
    if not has_markup(text):
        lines = (first_line, quotation(text, spans), last_line)
        return [section("\n".join(filter(None, lines)), **options)]
    last = [context(last_line)] if last_line else []
    return [section(first_line, **options), printed_section(text), *last]


def quotation_block(text: str, spans: Spans = ()) -> Block:
    """A printed text as a quotation with `spans` in bold, or as plain text if it has markup."""
    return printed_section(text) if has_markup(text) else section(quotation(text, spans))


def printed_section(text: str, spans: Spans = ()) -> Block:
    """A printed text with `spans` in bold, or as plain text if it has markup or is too long."""
    if not has_markup(text) and len(rendered := bold_words(text, spans)) <= MAX_SECTION_LENGTH:
        return section(rendered)
    return {"type": "section", "text": plain_text(text, MAX_SECTION_LENGTH)}


def claim_text(hit: Hit, same_sentence_hits: Sequence[Hit] = ()) -> str:
    """A claim as one line of text, for notifications and screen readers."""
    text, _ = shown_passage(merge_hits([hit, *same_sentence_hits]), MAX_LENGTH)
    hits = (hit, *same_sentence_hits[:MAX_SAME_SENTENCE_HITS])
    speakers = "; ".join(plain(who_line(each)) for each in hits)
    article = plain(wording.article_line(hit.article))
    return escape(f"{shorten(speakers, 200)}: {' '.join(text.split())} – {shorten(article, 200)}")


def hit_blocks(
    hit: Hit,
    notes: Sequence[str] = (),
    *,
    max_length: int = MAX_LENGTH,
    other_reports: str | None = None,
    answer_id: str = "",
    may_share: bool = True,
    same_sentence_hits: Sequence[Hit] = (),
) -> list[Block]:
    """A claim with its buttons, where else it is reported, and `notes` about it.

    `answer_id` is the answer that shows the claim, if the answer has other reports of it. Each of
    `same_sentence_hits` gets a line and a menu of its own.
    """
    if hidden := same_sentence_hits[MAX_SAME_SENTENCE_HITS:]:
        notes = [*notes, say("answers.more_in_sentence", n=len(hidden))]
    merged = merge_hits([hit, *same_sentence_hits])
    quoted = quoted_claim(hit, max_length=max_length)
    if same_sentence_hits:
        quoted = [
            section(render_who_line(hit)),
            *map(_same_sentence_line, same_sentence_hits[:MAX_SAME_SENTENCE_HITS]),
            quotation_block(*fitting_passage(merged, max_length)),
        ]
    return [
        *quoted,
        article_context(hit.claim, hit.article, other_reports),
        *([context(note("\n".join(notes), MAX_ESCAPED_CLAIM_NOTES))] if notes else []),
        claim_buttons(
            hit.claim,
            is_cut=is_cut(merged, max_length),
            other_reports=other_reports,
            answer_id=answer_id,
            may_share=may_share,
        ),
    ]


def _same_sentence_line(hit: Hit) -> Block:
    """Who makes a claim whose passage is shown with another claim, and the claim's menu."""
    choices = ["alone", *(choice for choice in _menu_choices(hit.claim) if choice != "article")]
    return section(
        render_who_line(hit), accessory=_overflow_menu(hit.claim.id, choices[:MAX_MENU_CHOICES])
    )


def is_cut(hit: Hit, max_length: int = MAX_LENGTH) -> bool:
    """Tell whether a claim's passage is too long to be shown whole."""
    return len(hit.passage.text if hit.passage else hit.claim.text) > max_length


def other_reports_button(other_reports: str, value: str) -> Block:
    """The button that opens the other reports of a claim, labelled with the note about them.

    `value` is the claim's id, followed by ":" and the answer's id if there is one.
    """
    return button(f"{other_reports[:1].upper()}{other_reports[1:]}", "elsewhere", value)


def claim_buttons(
    claim: Claim,
    *,
    is_cut: bool = False,
    other_reports: str | None = None,
    answer_id: str = "",
    may_share: bool = True,
) -> Block:
    """The buttons of a claim.

    The first shows the context, or the whole passage if it `is_cut`. There is no button to share a
    claim that others can see already (`may_share` is False).
    """
    row_value = f"{claim.id}:{answer_id}" if answer_id and other_reports else claim.id
    elements = [
        button(say("buttons.more" if is_cut else "buttons.context"), "context", claim.id),
        *([button(say("buttons.share"), "share", claim.id)] if may_share else []),
        button(say("buttons.cite"), "cite", claim.id),
        *([other_reports_button(other_reports, row_value)] if other_reports else []),
    ]
    choices = _menu_choices(claim)
    if len(choices) > 1:  # Slack requires at least two
        elements.append(_overflow_menu(claim.id, choices, {"rejected": row_value}))
    return buttons(*elements)


def _overflow_menu(
    claim_id: str, choices: Sequence[str], values: Mapping[str, str] | None = None
) -> Block:
    """A menu of what can be done with a claim.

    The value of an option is the choice, a colon and the claim's id or, for a choice in `values`,
    that value.
    """
    options = [
        option(say(f"buttons.claim_{choice}"), f"{choice}:{(values or {}).get(choice, claim_id)}")
        for choice in choices
    ]
    return {"type": "overflow", "action_id": "claim_menu", "options": options}


def _menu_choices(claim: Claim) -> list[str]:
    choices = ["article"]
    if claim.speaker and not claim.unsure:
        choices.insert(0, "by")
    if claim.kind != FOREIGN_PARAGRAPH:
        choices = ["speaker" if claim.speaker else "somebody", "rejected", "wrong", *choices]
    return choices
