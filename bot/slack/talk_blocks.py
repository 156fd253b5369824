"""What the bot answers where others see it, or in a conversation with one person, as Block Kit.
Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.model import Answer, Hit, Restated
from bot.slack import parts, wording
from bot.slack.parts import Block, Message
from bot.words import say

CLAIMS = 3


def best_of(answer: Answer) -> list[Hit]:
    """The claims of an answer that are shown: the best of all, or of each sentence of a passage."""
    best = [one.hits[0] for one in answer.sections] or list(answer.hits)
    return list({hit.claim.id: hit for hit in best}.values())[:CLAIMS]


def kept(answer: Answer, query: str) -> dict[str, Any]:
    """What is kept of an answer beside its claims, to show it now and again when these change."""
    best = best_of(answer)
    said = wording.summary_line(answer) if best else wording.nothing_found(answer)
    if not best and answer.nearest:
        said = f"{said} {say('answers.suggested')} {', '.join(answer.nearest[:CLAIMS])}"
    marks = {hit.claim.id: hit.matched for hit in best}
    printed = {hit.claim.id: hit.matched_in_passage for hit in best}
    more = answer.length if answer.length > len(best) else 0
    meant = [hit.claim.id for hit in best if hit.by_meaning]
    return {
        "query": query,
        "said": said,
        "marks": marks,
        "printed": printed,
        "meant": meant,
        "more": more,
    }


def answer_message(
    claims: Sequence[Restated], answer: Mapping[str, Any], *, value: str, is_seen: bool
) -> Message:
    """Show an answer by its claims as they stand by now and what was `kept` of it.

    The button that leads to all of it brings `value`; below what others see, that is said.
    """
    if not claims:
        return parts.told(answer["said"])
    blocks: list[Block] = []
    texts = []
    for claim in claims:
        shown = _claim(claim, answer)
        texts.append(shown.text)
        blocks += [*shown.blocks, {"type": "divider"}]
    del blocks[-1]
    if more := answer["more"]:
        label = say("talk.all_of_them", n=more)
        blocks.append(parts.buttons(parts.button(label, "answer_all", value)))
    seen = f" · {say('talk.seen_by_all')}" if is_seen else ""
    summary = parts.note(f"{answer['said']}{seen}")
    return Message("\n".join([*texts, summary]), [*blocks, parts.context(summary)])


def _claim(claim: Restated, answer: Mapping[str, Any]) -> Message:
    if (hit := claim.hit) is None:
        why = parts.note(wording.gone_line(claim.gone))
        return Message(why, [parts.section(why)])
    said = [say("claims.changed_since_posted")] if claim.changed else []
    if not claim.changed:
        said += [say("answers.by_meaning")] if hit.claim.id in answer.get("meant", ()) else []
        matched = tuple((start, end) for start, end in answer["marks"].get(hit.claim.id, ()))
        # What an earlier version has posted has no marks of the passage.
        marks = answer.get("printed", {}).get(hit.claim.id, ())
        printed = tuple((start, end) for start, end in marks)
        hit = replace(hit, matched=matched, matched_in_passage=printed)
    return Message(parts.claim_text(hit), parts.hit_blocks(hit, said, may_share=False))


def help_message(*, is_alone: bool) -> Message:
    """Say what can be written to the bot, in a conversation or where others are."""
    return parts.guide(say("talk.help_alone" if is_alone else "talk.help"))


def greeting_message() -> Message:
    """Say what the bot is for, where somebody opens the assistant's pane."""
    return parts.guide(say("talk.greeting"))


def prompts() -> list[dict[str, str]]:
    """What the assistant's pane proposes to ask."""
    return [
        {"title": say("talk.prompt_1"), "message": say("talk.ask_1")},
        {"title": say("talk.prompt_2"), "message": say("talk.ask_2")},
        {"title": say("talk.prompt_3"), "message": say("talk.ask_3")},
    ]
