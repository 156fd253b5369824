"""The parts that messages and modals are made of, as Block Kit. Pure.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 3000 characters a section, 75 a
button, 100 options a menu.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.model import FOREIGN_PARAGRAPH, ArticleCard, Claim, Hit, Spans
from bot.slack.mrkdwn import bold, fitted, has_markup, inert, line, quotation
from bot.wording import answers as wording
from bot.wording.hits import shown_passage, who_line
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import BIDI_CONTROLS, Run, shorten
from bot.wording.runs import plain_text as printed
from bot.wording.same_sentence import merge_hits
from bot.words import LANGUAGE, say

Block = dict[str, Any]

WHO_ROOM, ARTICLE_ROOM = 400, 600
OPTION_LENGTH = 75
"""Characters of an option's text and value."""
SECTION_ROOM = 3_000
MOST_BESIDE, MOST_CHOICES = 3, 5
"""Other claims of the same sentence, and choices of an overflow menu."""
LEAST_PASSAGE = 20
"""Characters of a passage that are always shown."""
NOTE_LENGTH, NOTE_ROOM, CLAIM_NOTES_ROOM = 400, 800, 400


class Message(NamedTuple):
    """A message: `text` is what notifications show and screen readers read."""

    text: str
    blocks: list[Block]


def mrkdwn(text: str) -> Block:
    """A text with markup. Verbatim: Slack does not look for links and names in it."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, **more: Any) -> Block:
    """A section of text with markup."""
    return {"type": "section", "text": mrkdwn(text), **more}


def context(text: str) -> Block:
    """A line or more in small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def note(text: str, room: int = NOTE_ROOM) -> str:
    """A remark, escaped and cut to fit."""
    return fitted(text, (), length=NOTE_LENGTH, room=room)


def link_channel(channel: str, shown: str) -> str:
    """Turn the mention of a channel in an escaped text back into a link."""
    mention = f"<#{channel}>"
    return shown.replace(inert(mention), mention)


def plain(text: str, length: int) -> Block:
    """A text without markup, cut to `length` characters."""
    return {
        "type": "plain_text",
        "text": shorten(text.translate(BIDI_CONTROLS), length),
        "emoji": False,
    }


def button(label: str, action: str, value: str) -> Block:
    """A button; Slack sends its `value` when it is pressed."""
    return {"type": "button", "text": plain(label, 75), "action_id": action, "value": value}


def buttons(*several: Block) -> Block:
    """A row of buttons, and menus."""
    return {"type": "actions", "elements": list(several)}


def option(text: str, value: str) -> Block:
    """An option of a menu."""
    return {"text": plain(text, OPTION_LENGTH), "value": value}


def menu(label: str, action: str, options: list[Block]) -> Block:
    """A menu of one choice."""
    # No option_groups: the local Slack shows none of theirs.
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(label, 150),
        "options": options,
    }


def notice(text: str) -> Message:
    """A message of one escaped text."""
    shown = fitted(text, (), length=1500, room=2900)
    return Message(shown, [section(shown)])


def markup_message(text: str) -> Message:
    """A message of one text of the catalogue, with `code` and *headings* in it."""
    return Message(re.sub("[`*]", "", text), [section(text)])


def channel_notice(channel: str, text: str) -> Message:
    """Say one thing that names a channel, as a link to it."""
    shown = link_channel(channel, notice(text).text)
    return Message(shown, [section(shown)])


# -- claims


def who(hit: Hit) -> str:
    """Who makes a claim, how firmly, and through whom."""
    return line(who_line(hit), room=WHO_ROOM)


def where(
    claim: Claim,
    article: ArticleCard,
    also: str | None = None,
    *,
    known: str = "",
    dates: str = LANGUAGE,
) -> Block:
    """The article of a claim, where it is `also` reported and whether people corrected it, below
    what else is `known`; `dates` is the language of the dates."""
    is_corrected = claim.corrected or article.corrected
    facts = [also, say("claims.corrected") if is_corrected else None]
    runs = (
        *wording.article_line(article, dates=dates),
        *(Run(f" · {fact}") for fact in facts if fact),
    )
    lines = [note(known)] if known else []
    return context("\n".join([*lines, line(runs, room=ARTICLE_ROOM)]))


def claim_blocks(hit: Hit, *, longest: int = MAX_LENGTH, also: str | None = None) -> list[Block]:
    """A claim: who makes it, its passage, its article and where it is `also` reported."""
    return [*quoted_claim(hit, longest=longest), where(hit.claim, hit.article, also)]


def quoted_claim(hit: Hit, *, longest: int = MAX_LENGTH) -> list[Block]:
    """Who makes a claim, above its passage."""
    return quoted(who(hit), *fitting_passage(hit, longest))


def fitting_passage(hit: Hit, longest: int) -> tuple[str, Spans]:
    """A claim's passage, cut until it takes at most twice `longest` characters when escaped: an
    escaped "&" takes five."""
    room = 2 * longest
    text, matched = shown_passage(hit, longest)
    while len(quotation(text, matched)) > room and longest > LEAST_PASSAGE:
        longest = longest * 2 // 3
        text, matched = shown_passage(hit, longest)
    return text, matched


def quoted(
    above: str, text: str, spans: Spans = (), *, below: str = "", **more: Any
) -> list[Block]:
    """A line, then a printed text as a quotation with `spans` in bold, then a line `below`.

    A text in which Slack would read markup is shown plain.
    """
    if not has_markup(text):
        lines = (above, quotation(text, spans), below)
        return [section("\n".join(filter(None, lines)), **more)]
    last = [context(below)] if below else []
    return [section(above, **more), printed_section(text), *last]


def printed_block(text: str, spans: Spans = ()) -> Block:
    """A printed text quoted with `spans` in bold; plain if Slack would read markup in it."""
    return printed_section(text) if has_markup(text) else section(quotation(text, spans))


def printed_section(text: str, spans: Spans = ()) -> Block:
    """A printed text with `spans` in bold; plain if Slack would read markup in it."""
    if not has_markup(text) and len(shown := bold(text, spans)) <= SECTION_ROOM:
        return section(shown)
    verbatim = shorten(text.translate(BIDI_CONTROLS), SECTION_ROOM)
    return {"type": "section", "text": {"type": "plain_text", "text": verbatim, "emoji": False}}


def claim_text(hit: Hit, beside: Sequence[Hit] = ()) -> str:
    """A claim as one line of text, for notifications and screen readers."""
    text, _ = shown_passage(merge_hits([hit, *beside]), MAX_LENGTH)
    said = "; ".join(printed(who_line(one)) for one in (hit, *beside[:MOST_BESIDE]))
    place = printed(wording.article_line(hit.article))
    return inert(f"{shorten(said, 200)}: {' '.join(text.split())} – {shorten(place, 200)}")


def hit_blocks(
    hit: Hit,
    said: Sequence[str] = (),
    *,
    longest: int = MAX_LENGTH,
    also: str | None = None,
    row: str = "",
    may_share: bool = True,
    beside: Sequence[Hit] = (),
) -> list[Block]:
    """A claim with its buttons, where it is `also` reported, and the notes `said` about it.

    `row` is the id of the answer in which it is one of several reports. Claims `beside` it, from
    the same sentence, get a line and a menu each.
    """
    if left := beside[MOST_BESIDE:]:
        said = [*said, say("answers.more_in_sentence", n=len(left))]
    shown = [context(note("\n".join(said), CLAIM_NOTES_ROOM))] if said else []
    whole = merge_hits([hit, *beside])
    buttons_ = claim_buttons(
        hit.claim, is_cut=is_cut(whole, longest), also=also, row=row, may_share=may_share
    )
    quotation_ = quoted_claim(hit, longest=longest)
    if beside:
        quotation_ = [
            section(who(hit)),
            *map(_line_and_menu, beside[:MOST_BESIDE]),
            printed_block(*fitting_passage(whole, longest)),
        ]
    return [*quotation_, where(hit.claim, hit.article, also), *shown, buttons_]


def _line_and_menu(hit: Hit) -> Block:
    """Who makes a claim that shares another's passage, with a menu of what can be done with it."""
    names = ["alone", *(name for name in _names(hit.claim) if name != "article")]
    return section(who(hit), accessory=_overflow(hit.claim.id, names[:MOST_CHOICES]))


def is_cut(hit: Hit, longest: int = MAX_LENGTH) -> bool:
    """Tell whether a claim's passage is longer than what is shown."""
    return len(hit.passage.text if hit.passage else hit.claim.text) > longest


def elsewhere_button(also: str, row: str) -> Block:
    """The button that opens where a claim is `also` reported; its value is the claim's id, with the
    answer's id if there is one."""
    return button(f"{also[:1].upper()}{also[1:]}", "elsewhere", row)


def claim_buttons(
    claim: Claim,
    *,
    is_cut: bool = False,
    also: str | None = None,
    row: str = "",
    may_share: bool = True,
) -> Block:
    """The buttons of a claim.

    If it `is_cut`, the first shows it whole; another opens where it is `also` reported. Unless it
    `may_share`, because others already see it, there is no button to share it.
    """
    in_row = f"{claim.id}:{row}" if row and also else claim.id
    elements = [
        button(say("buttons.more" if is_cut else "buttons.context"), "context", claim.id),
        *([button(say("buttons.share"), "share", claim.id)] if may_share else []),
        button(say("buttons.cite"), "cite", claim.id),
        *([elsewhere_button(also, in_row)] if also else []),
    ]
    if (names := _names(claim))[1:]:  # Slack wants two at least
        elements.append(_overflow(claim.id, names, {"rejected": in_row}))
    return buttons(*elements)


def _overflow(claim_id: str, names: Sequence[str], known: Mapping[str, str] | None = None) -> Block:
    """A menu of what else can be done. A choice's value is its name, a colon, and the claim's id
    or what is `known` for the choice: that id and the answer's."""
    choices = [
        option(say(f"buttons.claim_{name}"), f"{name}:{(known or {}).get(name, claim_id)}")
        for name in names
    ]
    return {"type": "overflow", "action_id": "claim_menu", "options": choices}


def _names(claim: Claim) -> list[str]:
    """Return the choices of a claim's menu."""
    names = ["article"]
    if claim.speaker and not claim.unsure:
        names.insert(0, "by")
    if claim.kind != FOREIGN_PARAGRAPH:
        names = ["speaker" if claim.speaker else "somebody", "rejected", "wrong", *names]
    return names
