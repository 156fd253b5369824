"""Speakers' profiles, and the modals to merge and split names. No I/O."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from bot.model import NameRuling, Profile, SaidOnSubject
from bot.slack import claim_parts, modals, parts
from bot.slack.mrkdwn import escape, escape_to_fit, render_line
from bot.slack.parts import Block, Message
from bot.slack.surfaces.answers.blocks import page_value
from bot.wording.notes import notes
from bot.wording.runs import plain_text, shorten
from bot.wording.said_before import earlier_line, subject_line
from bot.wording.speakers import (
    alias_lines,
    corrected_name_lines,
    count_lines,
    description,
    ruling_line,
    ruling_names,
    shown_line,
)
from bot.words import say

MAX_HEADING_LENGTH, MAX_ESCAPED_HEADING_LENGTH = 150, 300
MAX_ESCAPED_DESCRIPTION_LENGTH = 500
MAX_RULINGS = 3
GROUP_SIZE, MAX_GROUPS = 10, 10
"""The number of checkboxes in an input, and the number of these inputs in a modal."""


def profile_message(
    profile: Profile, *, answer_id: str, offset: int, page_size: int, may_rule: bool
) -> Message:
    """Show a speaker's profile with the page of claims after the first `offset`.

    `answer_id` is the id under which the name is stored, for the buttons. `may_rule` adds buttons
    to merge and split names.
    """
    name = escape_to_fit(
        profile.name, max_length=MAX_HEADING_LENGTH, max_escaped=MAX_ESCAPED_HEADING_LENGTH
    )
    heading = [f"*{name}*", *map(parts.escape_note, alias_lines(profile.aliases))]
    description_runs = [description(text, card) for text, card in profile.descriptions]
    descriptions = [
        render_line(runs, max_length=MAX_ESCAPED_DESCRIPTION_LENGTH) for runs in description_runs
    ]
    blocks = [parts.section(parts.escape_note(line)) for line in corrected_name_lines(profile)]
    blocks += [
        parts.section("\n".join(heading)),
        parts.section("\n".join(descriptions or [escape(say("speakers.not_described"))])),
        parts.context(parts.escape_note("\n".join(count_lines(profile)))),
    ]
    for hit in profile.hits:
        blocks += [{"type": "divider"}, *claim_parts.hit_blocks(hit)]
    if buttons := list(_buttons(profile, answer_id, offset, page_size, may_rule=may_rule)):
        blocks.append(parts.actions(*buttons))
    for ruling in profile.rulings[-MAX_RULINGS:]:
        blocks.append(_ruling_block(ruling, may_undo=may_rule))
    summary = parts.escape_note(shown_line(profile, offset))
    blocks.append(parts.context(summary))
    texts = [
        *(escape(plain_text(runs)) for runs in description_runs),
        *map(claim_parts.claim_text, profile.hits),
    ]
    return Message("\n".join([name, *texts, summary]), blocks)


def subject_message(said: SaidOnSubject, *, answer_id: str, offset: int, page_size: int) -> Message:
    """Show what a speaker said on a subject, each statement with what they said before that
    opposes it.

    `answer_id` is the id under which the name and the subject are stored, for the buttons.
    """
    line = parts.escape_note(subject_line(said))
    blocks = [parts.section(line)]
    for row in said.rows:
        hit, earlier = row.hits[0], said.earlier.get(row.hits[0].claim.id)
        lines = [*notes(hit, row), *([earlier_line(earlier)] if earlier else [])]
        blocks += [{"type": "divider"}, *claim_parts.hit_blocks(hit, lines)]
    if buttons := list(_page_buttons(answer_id, offset, page_size, len(said.rows), said.total)):
        blocks.append(parts.actions(*buttons))
    texts = [claim_parts.claim_text(row.hits[0]) for row in said.rows]
    return Message("\n".join([line, *texts]), blocks)


def _page_buttons(
    answer_id: str, offset: int, page_size: int, shown: int, total: int
) -> Iterator[Block]:
    if offset:
        previous_page = page_value(answer_id, max(0, offset - page_size))
        yield parts.button(say("buttons.previous"), "speaker_previous", previous_page)
    if offset + shown < total:
        next_page = page_value(answer_id, offset + page_size)
        yield parts.button(say("buttons.next"), "speaker_next", next_page)


def _buttons(
    profile: Profile, answer_id: str, offset: int, page_size: int, *, may_rule: bool
) -> Iterator[Block]:
    total = profile.tally.total
    yield from _page_buttons(answer_id, offset, page_size, len(profile.hits), total)
    if may_rule:
        value = page_value(answer_id, 0)
        yield parts.button(say("speakers.merge"), "speaker_merge", value)
        if splittable_aliases(profile.aliases):
            yield parts.button(say("speakers.split"), "speaker_split", value)


def _ruling_block(ruling: NameRuling, *, may_undo: bool) -> Block:
    text = parts.escape_note(ruling_line(ruling))
    if not may_undo:
        return parts.context(text)
    return parts.section(text, accessory=_undo_button(ruling))


def _undo_button(ruling: NameRuling) -> Block:
    return parts.button(say("speakers.undo"), "speaker_undo", ruling.id)


def choice_message(reason: str, candidates: Sequence[tuple[str, str]]) -> Message:
    """Say why no speaker was found, with a button for each candidate.

    `candidates` are pairs of an answer id, under which a name is stored, and the name.
    """
    message = parts.notice(reason)
    if not candidates:
        return message
    buttons = [
        parts.button(name, f"speaker_{number}", page_value(answer_id, 0))
        for number, (answer_id, name) in enumerate(candidates)
    ]
    names = parts.escape_note(", ".join(name for _, name in candidates))
    return Message(f"{message.text} {names}", [*message.blocks, parts.actions(*buttons)])


def ruling_message(ruling: NameRuling) -> Message:
    """Confirm a ruling, with a button to undo it."""
    name, others = ruling_names(ruling)
    key = "speakers.merged_now" if ruling.kind == "merged" else "speakers.split_now"
    message = parts.notice(say(key, name=name, others=others))
    return Message(message.text, [*message.blocks, parts.actions(_undo_button(ruling))])


# -- modals


def merge_view(name: str, answer_id: str, answer_url: str) -> Block:
    """Return the modal that asks with which speaker to merge `name`; the answer goes to
    `answer_url`."""
    menu = {
        "type": "external_select",
        "action_id": "speaker_options",
        "placeholder": parts.plain_text(say("speakers.merge_type"), 150),
        "min_query_length": 2,
    }
    question = say("speakers.merge_which", name=shorten(name, 100))
    other = _input("other", question, say("speakers.merge_hint"), menu)
    return _view("merge", answer_id, answer_url, [other])


def splittable_aliases(aliases: Sequence[str]) -> list[str]:
    """Return the aliases of a speaker that fit into the modal to split them off."""
    fitting_aliases = (alias for alias in aliases if len(alias) <= parts.MAX_OPTION_LENGTH)
    return list(islice(fitting_aliases, GROUP_SIZE * MAX_GROUPS))


def split_view(name: str, aliases: Sequence[str], answer_id: str, answer_url: str) -> Block:
    """Return the modal that asks which aliases belong to another speaker.

    splittable_aliases() must return at least one of the aliases.
    """
    names = splittable_aliases(aliases)
    question = say("speakers.split_which", name=shorten(name, 100))
    hint = say("speakers.split_hint")
    groups = [names[start : start + GROUP_SIZE] for start in range(0, len(names), GROUP_SIZE)]
    inputs = [
        _input(f"names_{number}", question, hint, _checkboxes(group))
        for number, group in enumerate(groups)
    ]
    return _view("split", answer_id, answer_url, inputs)


def _checkboxes(names: Sequence[str]) -> Block:
    return {
        "type": "checkboxes",
        "action_id": "names",
        "options": [parts.option(name, name) for name in names],
    }


def _input(block_id: str, label: str, hint: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "optional": True,
        "label": parts.plain_text(label, 200),
        "hint": parts.plain_text(hint, 150),
        "element": element,
    }


def _view(kind: str, answer_id: str, answer_url: str, blocks: list[Block]) -> Block:
    return modals.modal(
        f"speaker_{kind}",
        blocks,
        title=f"speakers.{kind}_title",
        submit=f"speakers.{kind}_submit",
        metadata=json.dumps({"speaker": answer_id, "answer": answer_url}),
    )


def selected_names(view: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return the speaker's answer id, the response URL and the selected names of a submitted
    modal."""
    metadata = modals.parse_metadata(view, {"speaker": str, "answer": str})
    names = [
        str(option["value"])
        for block in view["state"]["values"].values()
        for element in block.values()
        for option in [element.get("selected_option"), *(element.get("selected_options") or ())]
        if option
    ]
    return metadata["speaker"], metadata["answer"], names
