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
from bot.wording.runs import plain as printed
from bot.wording.same_sentence import merge_hits
from bot.words import LANGUAGE, say

Block = dict[str, Any]

WHO_ROOM, ARTICLE_ROOM = 400, 600
SECTION = 3_000
MOST_BESIDE, MOST_CHOICES = 3, 5
"""Claims that are shown beside another one, and choices of an overflow menu."""
LEAST = 20
"""Characters of a passage that are shown in any case."""
NOTE_LENGTH, NOTE_ROOM, CLAIM_NOTES_ROOM = 400, 800, 400


class Message(NamedTuple):
    """A message: `text` is what notifications show and screen readers read."""

    text: str
    blocks: list[Block]


def mrkdwn(text: str) -> Block:
    """A text with markup. Verbatim: Slack is not to look for links and names in it."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str, **more: Any) -> Block:
    """A section of text with markup."""
    return {"type": "section", "text": mrkdwn(text), **more}


def context(text: str) -> Block:
    """A line or more in small print."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def note(text: str, room: int = NOTE_ROOM) -> str:
    """A remark as it is shown, whatever stands in it."""
    return fitted(text, (), length=NOTE_LENGTH, room=room)


def linking(channel: str, shown: str) -> str:
    """Let Slack link a channel where a text that is shown as it is names it."""
    mention = f"<#{channel}>"
    return shown.replace(inert(mention), mention)


def plain(text: str, length: int) -> Block:
    """A text without markup, cut to so many characters."""
    return {
        "type": "plain_text",
        "text": shorten(text.translate(BIDI_CONTROLS), length),
        "emoji": False,
    }


def button(label: str, action: str, value: str) -> Block:
    """A button; `value` is what its press brings."""
    return {"type": "button", "text": plain(label, 75), "action_id": action, "value": value}


def buttons(*several: Block) -> Block:
    """A row of buttons, and menus."""
    return {"type": "actions", "elements": list(several)}


def option(text: str, value: str) -> Block:
    """What can be chosen in a menu."""
    return {"text": plain(text, 75), "value": value}


def menu(label: str, action: str, options: list[Block]) -> Block:
    """A menu of one choice."""
    # No option_groups: the local Slack shows none of theirs.
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain(label, 150),
        "options": options,
    }


def typed(key: str, longest: int, value: str = "", **more: Any) -> Block:
    """What at most so many characters are typed in, with `value` in it; the text of `key`_example
    shows what."""
    example = plain(say(f"{key}_example"), 150)
    element = {"type": "plain_text_input", "max_length": longest, "placeholder": example, **more}
    return element | ({"initial_value": value[:longest]} if value else {})


def field(
    name: str, key: str, element: Block, *, hint: str = "", optional: bool = False, **more: Any
) -> Block:
    """A modal's input, whose element has its name too: the text of `key` is its label, that of
    `key`_hint or another `hint` explains it."""
    return {
        "type": "input",
        "block_id": name,
        "optional": optional,
        "label": plain(say(key), 75),
        "hint": plain(hint or say(f"{key}_hint"), 150),
        "element": {"action_id": name, **element},
        **more,
    }


def told(text: str) -> Message:
    """Say one thing; whatever stands in it is shown as it is."""
    shown = fitted(text, (), length=1500, room=2900)
    return Message(shown, [section(shown)])


def guide(text: str) -> Message:
    """Say what can be typed: a text of the catalogue, with `code` and *headings* in it."""
    return Message(re.sub("[`*]", "", text), [section(text)])


# -- claims


def who(hit: Hit) -> str:
    """Who says a claim, with which force, through whom."""
    return line(who_line(hit), room=WHO_ROOM)


def where(
    claim: Claim,
    article: ArticleCard,
    also: str | None = None,
    *,
    known: str = "",
    dates: str = LANGUAGE,
) -> Block:
    """In which article a claim stands, where `also`, and whether people have mended what was found,
    behind what else is `known`; `dates` is the language of its dates."""
    is_corrected = claim.corrected or article.corrected
    facts = [also, say("claims.corrected") if is_corrected else None]
    runs = (
        *wording.article_line(article, dates=dates),
        *(Run(f" · {fact}") for fact in facts if fact),
    )
    lines = [note(known)] if known else []
    return context("\n".join([*lines, line(runs, room=ARTICLE_ROOM)]))


def claim_blocks(hit: Hit, *, longest: int = MAX_LENGTH, also: str | None = None) -> list[Block]:
    """A claim: who says it, the passage that it stands in, where, and where `also`."""
    return [*said_blocks(hit, longest=longest), where(hit.claim, hit.article, also)]


def said_blocks(hit: Hit, *, longest: int = MAX_LENGTH) -> list[Block]:
    """Who says a claim, above the passage that it stands in."""
    return quoted(who(hit), *printed_within(hit, longest))


def printed_within(hit: Hit, longest: int) -> tuple[str, Spans]:
    """A claim's passage as it is shown, cut further where it would take twice as many characters
    when it is set: an escaped "&" takes five."""
    room = 2 * longest
    text, matched = shown_passage(hit, longest)
    while len(quotation(text, matched)) > room and longest > LEAST:
        longest = longest * 2 // 3
        text, matched = shown_passage(hit, longest)
    return text, matched


def quoted(
    above: str, text: str, spans: Spans = (), *, below: str = "", **more: Any
) -> list[Block]:
    """A line, below it a printed text as a quotation, with `spans` in bold, and what is said below
    that; a text in which Slack would read markup stands as it is."""
    if not has_markup(text):
        lines = (above, quotation(text, spans), below)
        return [section("\n".join(filter(None, lines)), **more)]
    last = [context(below)] if below else []
    return [section(above, **more), printed_section(text), *last]


def printed_block(text: str, spans: Spans = ()) -> Block:
    """A printed text as a quotation, with `spans` in bold; one in which Slack would read markup as
    it stands."""
    return printed_section(text) if has_markup(text) else section(quotation(text, spans))


def printed_section(text: str, spans: Spans = ()) -> Block:
    """A printed text, with `spans` in bold; one in which Slack would read markup as it stands."""
    if not has_markup(text) and len(shown := bold(text, spans)) <= SECTION:
        return section(shown)
    verbatim = shorten(text.translate(BIDI_CONTROLS), SECTION)
    return {"type": "section", "text": {"type": "plain_text", "text": verbatim, "emoji": False}}


def claim_text(hit: Hit, beside: Sequence[Hit] = ()) -> str:
    """The same as one line of text, for notifications and screen readers."""
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
    """A claim that was found, with where it is `also` printed, what else is `said` of it, and its
    buttons; under `row` its answer is remembered, in which it is one of several reports. Claims
    `beside` it, out of the same sentence, have a line and a menu each."""
    if left := beside[MOST_BESIDE:]:
        said = [*said, say("answers.more_in_sentence", n=len(left))]
    shown = [context(note("\n".join(said), CLAIM_NOTES_ROOM))] if said else []
    whole = merge_hits([hit, *beside])
    buttons_ = claim_buttons(
        hit.claim, is_cut=is_cut(whole, longest), also=also, row=row, may_share=may_share
    )
    quotation_ = said_blocks(hit, longest=longest)
    if beside:
        quotation_ = [
            section(who(hit)),
            *map(_line_and_menu, beside[:MOST_BESIDE]),
            printed_block(*printed_within(whole, longest)),
        ]
    return [*quotation_, where(hit.claim, hit.article, also), *shown, buttons_]


def _line_and_menu(hit: Hit) -> Block:
    """Who says a claim whose passage stands below that of another, and what can be done with it."""
    names = ["alone", *(name for name in _names(hit.claim) if name != "article")]
    return section(who(hit), accessory=_overflow(hit.claim.id, names[:MOST_CHOICES]))


def is_cut(hit: Hit, longest: int = MAX_LENGTH) -> bool:
    """Whether a claim's passage is longer than what is shown of it."""
    return len(hit.passage.text if hit.passage else hit.claim.text) > longest


def elsewhere_button(also: str, row: str) -> Block:
    """The button that opens where a claim is `also` reported; it brings the claim's id, or that and
    what its answer was remembered under."""
    return button(f"{also[:1].upper()}{also[1:]}", "elsewhere", row)


def claim_buttons(
    claim: Claim,
    *,
    is_cut: bool = False,
    also: str | None = None,
    row: str = "",
    may_share: bool = True,
) -> Block:
    """What can be done with a claim; of one that `is_cut`, the first button shows it whole, and
    where it is `also` reported another opens. Where others see it already it is not shared once
    more."""
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
    """A menu of what else can be done; a choice's value is its name, a colon and the claim's id,
    or what is `known` for it: the id, behind which stands under what its answer was remembered."""
    choices = [
        option(say(f"buttons.claim_{name}"), f"{name}:{(known or {}).get(name, claim_id)}")
        for name in names
    ]
    return {"type": "overflow", "action_id": "claim_menu", "options": choices}


def _names(claim: Claim) -> list[str]:
    """What else can be done with a claim."""
    names = ["article"]
    if claim.speaker and not claim.unsure:
        names.insert(0, "by")
    if claim.kind != FOREIGN_PARAGRAPH:
        names = ["speaker" if claim.speaker else "somebody", "rejected", "wrong", *names]
    return names
