"""Speakers' profiles, and the modals to merge and split names. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bot.model import NameRuling, Profile
from bot.slack import modals, parts
from bot.slack.mrkdwn import fitted, inert, line
from bot.slack.parts import Block, Message
from bot.slack.surfaces.answers.blocks import page_value
from bot.wording.runs import plain_text, shorten
from bot.wording.speakers import (
    alias_lines,
    count_lines,
    description,
    ruling_line,
    ruling_names,
    undone_line,
)
from bot.words import say

NAME_LENGTH, NAME_ROOM = 150, 300
LINE_ROOM = 500
MOST_RULINGS = 3
GROUP_SIZE, MOST_GROUPS = 10, 10
"""Check boxes in one input, and such inputs in a modal."""
OTHER, NAMES = "other", "names"


def profile_message(
    profile: Profile, *, answer_id: str, offset: int, page: int, may_rule: bool
) -> Message:
    """Show a speaker's profile with the page of `page` claims that begins after `offset` others.

    `answer_id` is the id of the stored name, for the buttons; `may_rule` adds buttons to merge and
    split names.
    """
    name = _name_text(profile.name)
    heading = [f"*{name}*", *map(parts.note, alias_lines(profile.aliases))]
    blocks = [parts.section("\n".join(heading))]
    described = [line(description(*one), room=LINE_ROOM) for one in profile.descriptions]
    described = described or [inert(say("speakers.not_described"))]
    blocks.append(parts.section("\n".join(described)))
    blocks.append(parts.context(parts.note("\n".join(count_lines(profile)))))
    for hit in profile.hits:
        blocks += [{"type": "divider"}, *parts.hit_blocks(hit)]
    if steps := _steps(profile, answer_id, offset, page, may_rule=may_rule):
        blocks.append(parts.buttons(*steps))
    for ruling in profile.rulings[-MOST_RULINGS:]:
        blocks.append(_ruling(ruling, may_undo=may_rule))
    summary = parts.note(" · ".join(_summary(profile, offset)))
    blocks.append(parts.context(summary))
    texts = [inert(plain_text(description(*one))) for one in profile.descriptions]
    texts += [parts.claim_text(hit) for hit in profile.hits]
    return Message("\n".join([name, *texts, summary]), blocks)


def _name_text(name: str) -> str:
    return fitted(name, (), length=NAME_LENGTH, room=NAME_ROOM)


def _steps(
    profile: Profile, answer_id: str, offset: int, page: int, *, may_rule: bool
) -> list[Block]:
    steps = []
    if offset:
        before = page_value(answer_id, max(0, offset - page))
        steps.append(parts.button(say("buttons.previous"), "speaker_previous", before))
    if offset + len(profile.hits) < profile.tally.total:
        behind = page_value(answer_id, offset + page)
        steps.append(parts.button(say("buttons.next"), "speaker_next", behind))
    if may_rule:
        same = page_value(answer_id, 0)
        steps.append(parts.button(say("speakers.merge"), "speaker_merge", same))
        if splittable(profile.aliases):
            steps.append(parts.button(say("speakers.split"), "speaker_split", same))
    return steps


def _ruling(ruling: NameRuling, *, may_undo: bool) -> Block:
    text = parts.note(ruling_line(ruling))
    if not may_undo:
        return parts.context(text)
    return parts.section(text, accessory=undo_button(ruling))


def undo_button(ruling: NameRuling) -> Block:
    """Return the button that undoes a ruling."""
    return parts.button(say("speakers.undo"), "speaker_undo", ruling.id)


def _summary(profile: Profile, offset: int) -> Iterator[str]:
    if profile.corrected_from:
        yield say("speakers.read_as", typed=shorten(profile.corrected_from, 60), name=profile.name)
    first, last, total = offset + 1, offset + len(profile.hits), profile.tally.total
    if not profile.hits:
        yield say("speakers.shown_none", name=profile.name)
    elif first == last:
        yield say("speakers.shown_one", name=profile.name, last=last, total=total)
    else:
        yield say("speakers.shown", name=profile.name, first=first, last=last, total=total)
    yield say("speakers.not_merged")


def choice_message(why: str, near: Sequence[tuple[str, str]]) -> Message:
    """Say why no speaker was found; `near` are (answer id, name) of those who may be meant."""
    message = parts.notice(why)
    if not near:
        return message
    buttons = [
        parts.button(name, f"speaker_{number}", page_value(answer_id, 0))
        for number, (answer_id, name) in enumerate(near)
    ]
    names = parts.note(", ".join(name for _, name in near))
    return Message(f"{message.text} {names}", [*message.blocks, parts.buttons(*buttons)])


def help_message() -> Message:
    """Say what can be typed after /speaker."""
    text = say("speakers.help")
    return Message(text.replace("`", ""), [parts.section(text)])


def ruled_message(ruling: NameRuling) -> Message:
    """Confirm a ruling, with a button to undo it."""
    name, others = ruling_names(ruling)
    key = "speakers.merged_now" if ruling.kind == "merged" else "speakers.split_now"
    message = parts.notice(say(key, name=name, others=others))
    return Message(message.text, [*message.blocks, parts.buttons(undo_button(ruling))])


def undone_message(ruling: NameRuling) -> Message:
    """Say that a ruling was undone."""
    return parts.notice(undone_line(ruling))


# -- modals


def merge_view(name: str, answer_id: str, answer_url: str) -> Block:
    """A modal that asks with which speaker to merge; the answer goes to `answer_url`."""
    chosen = {
        "type": "external_select",
        "action_id": "speaker_options",
        "placeholder": parts.plain(say("speakers.merge_type"), 150),
        "min_query_length": 2,
    }
    asked = say("speakers.merge_which", name=shorten(name, 100))
    wanted = _input(OTHER, asked, say("speakers.merge_hint"), chosen)
    return _view("speaker_merge", "merge", answer_id, answer_url, [wanted])


def splittable(aliases: Sequence[str]) -> list[str]:
    """Return the aliases of a speaker that fit into the modal to split them off."""
    return [one for one in aliases if len(one) <= parts.OPTION_LENGTH][: GROUP_SIZE * MOST_GROUPS]


def split_view(name: str, aliases: Sequence[str], answer_id: str, answer_url: str) -> Block:
    """A modal that asks which aliases belong to somebody else; there is at least one."""
    names = splittable(aliases)
    asked = say("speakers.split_which", name=shorten(name, 100))
    together = [names[start : start + GROUP_SIZE] for start in range(0, len(names), GROUP_SIZE)]
    hint = say("speakers.split_hint")
    groups = [
        _input(f"{NAMES}_{number}", asked, hint, _boxes(some))
        for number, some in enumerate(together)
    ]
    return _view("speaker_split", "split", answer_id, answer_url, groups)


def _boxes(names: Sequence[str]) -> Block:
    return {
        "type": "checkboxes",
        "action_id": NAMES,
        "options": [parts.option(name, name) for name in names],
    }


def _input(block_id: str, label: str, hint: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "optional": True,
        "label": parts.plain(label, 200),
        "hint": parts.plain(hint, 150),
        "element": element,
    }


def _view(callback: str, kind: str, answer_id: str, answer_url: str, blocks: list[Block]) -> Block:
    return modals.modal(
        callback,
        blocks,
        title=f"speakers.{kind}_title",
        submit=f"speakers.{kind}_submit",
        metadata=json.dumps({"speaker": answer_id, "answer": answer_url}),
    )


def chosen_names(view: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Read the speaker's answer id, where to answer and the chosen names of a submitted modal."""
    known = json.loads(view["private_metadata"])
    names = [
        str(one["value"])
        for block in view["state"]["values"].values()
        for element in block.values()
        for one in [element.get("selected_option"), *(element.get("selected_options") or ())]
        if one
    ]
    return str(known["speaker"]), str(known["answer"]), names
