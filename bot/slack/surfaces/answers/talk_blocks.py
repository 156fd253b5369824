"""Answers to messages, in channels and in conversations with one person, as Block Kit. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.model import Answer, CurrentClaim, Hit
from bot.slack import parts
from bot.slack.parts import Block, Message
from bot.store.delivery.payloads import AnswerPayload
from bot.wording import answers as wording
from bot.wording.passage import to_article, to_passage
from bot.wording.same_sentence import group_by_sentence, with_one_passage
from bot.words import say

CLAIMS = NEAREST = 3


def best_claims(answer: Answer) -> list[Hit]:
    """Return the claims of an answer to show: those of the best rows, or the best of each sentence
    of a passage."""
    if answer.sections:
        best = [one.hits[0] for one in answer.sections]
        return list({hit.claim.id: hit for hit in best}.values())[:CLAIMS]
    rows = {row.hits[0].claim.id: row.shown_hits[: 1 + parts.MOST_BESIDE] for row in answer.rows}
    return [one for hit in answer.hits[:CLAIMS] for one in rows.get(hit.claim.id, (hit,))]


def answer_payload(answer: Answer, query: str) -> AnswerPayload:
    """Return what the outbox stores of an answer, to render it now and when its claims change."""
    best = best_claims(answer)
    said = wording.summary_line(answer) if best else wording.nothing_found(answer)
    marks = {hit.claim.id: hit.text_matches for hit in best}
    places = {
        hit.claim.id: to_article(hit.passage.spans, hit.passage_matches)
        for hit in best
        if hit.passage
    }
    more = answer.length if answer.length > min(CLAIMS, len(answer.hits)) else 0
    meant = [hit.claim.id for hit in best if hit.by_meaning]
    return AnswerPayload(
        query=query,
        read=wording.query_line(answer),
        said=said,
        marks=marks,
        places=places,
        meant=tuple(meant),
        more=more,
        nearest=() if best else tuple(answer.alternatives[:NEAREST]),
    )


def answer_message(
    claims: Sequence[CurrentClaim], answer: AnswerPayload, *, value: str, is_seen: bool
) -> Message:
    """Render a stored answer with the current state of its claims.

    `value` is that of the button that shows all claims; `is_seen` adds that others see the answer.
    """
    if not claims:
        return _nothing(answer, value)
    read = [parts.note(answer.read)] if answer.read else []
    blocks: list[Block] = [parts.section(line) for line in read]
    texts = [*read]
    for row in _rows(claims):
        shown = _row(row, answer)
        texts.append(shown.text)
        blocks += [*shown.blocks, {"type": "divider"}]
    del blocks[-1]
    if more := answer.more:
        label = say("talk.all_of_them", n=more)
        blocks.append(parts.buttons(parts.button(label, "answer_all", value)))
    seen = f" · {say('talk.seen_by_all')}" if is_seen else ""
    summary = parts.note(f"{answer.said}{seen}")
    return Message("\n".join([*texts, summary]), [*blocks, parts.context(summary)])


def _nothing(answer: AnswerPayload, value: str) -> Message:
    """Say that nothing was found, with buttons for what would find something."""
    told = parts.notice(answer.said)
    change = parts.button(say("buttons.change_search"), "change_asked", value)
    if not (nearest := answer.nearest):
        return Message(told.text, [*told.blocks, parts.buttons(change)])
    found = [
        parts.button(query, f"asked_instead_{n}", f"{value}:{n}") for n, query in enumerate(nearest)
    ]
    suggested = say("answers.suggested")
    listed = parts.note(f"{suggested} {', '.join(nearest)}")
    below = [parts.section(suggested), parts.buttons(*found, change)]
    return Message(f"{told.text} {listed}", [*told.blocks, *below])


def _rows(claims: Sequence[CurrentClaim]) -> Iterator[list[CurrentClaim]]:
    """Yield the claims, grouped by sentence, each group with one passage."""
    for places in group_by_sentence([claim.hit for claim in claims]):
        row = [claims[at] for at in places]
        printed = with_one_passage([claim.hit for claim in row if claim.hit])
        if printed:
            row = [replace(one, hit=hit) for one, hit in zip(row, printed, strict=True)]
        yield row


def _row(claims: Sequence[CurrentClaim], answer: AnswerPayload) -> Message:
    shown = [_marked(claim.hit, claim, answer) for claim in claims if claim.hit]
    if not shown:
        why = parts.note(wording.gone_line(claims[0].gone))
        return Message(why, [parts.section(why)])
    hit, *beside = shown
    said = [say("claims.changed_since_posted")] if any(one.changed for one in claims) else []
    if not said and hit.claim.id in answer.meant:
        said.append(say("answers.by_meaning"))
    blocks = parts.hit_blocks(hit, said, may_share=False, beside=beside)
    return Message(parts.claim_text(hit, beside), blocks)


def _marked(hit: Hit, claim: CurrentClaim, answer: AnswerPayload) -> Hit:
    """Return a claim with what matched when it was posted, unless it has changed since."""
    if claim.changed:
        return hit
    matched, places = (marks.get(hit.claim.id, ()) for marks in (answer.marks, answer.places))
    printed = to_passage(hit.passage.spans, places) if hit.passage else ()
    return replace(hit, text_matches=matched, passage_matches=printed)


def help_message(*, is_alone: bool) -> Message:
    """Say what can be written to the bot, in a conversation or where others are."""
    return parts.markup_message(say("talk.help_alone" if is_alone else "talk.help"))


def greeting_message() -> Message:
    """Say what the bot is for, where somebody opens the assistant's pane."""
    return parts.markup_message(say("talk.greeting"))


def prompts() -> list[dict[str, str]]:
    """Return the prompts that the assistant's pane suggests."""
    return [
        {"title": say("talk.prompt_1"), "message": say("talk.ask_1")},
        {"title": say("talk.prompt_2"), "message": say("talk.ask_2")},
        {"title": say("talk.prompt_3"), "message": say("talk.ask_3")},
    ]
