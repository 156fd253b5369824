"""Answers to messages in channels and direct messages, as Block Kit. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model import Answer, CurrentClaim, Hit, Row
from bot.slack import claim_parts, parts
from bot.slack.parts import Block, Message
from bot.slack.surfaces.answers.blocks import nothing_found_text, suggestions_message
from bot.store.delivery.payloads import AnswerPayload
from bot.wording import answers as wording
from bot.wording.hits import without_guess
from bot.wording.notes import also_reported_line, dispute_lines, notes
from bot.wording.passage import to_article_spans, to_passage_offsets
from bot.wording.same_sentence import group_by_sentence, with_one_passage
from bot.words import say

MAX_CLAIMS = 3
MAX_SUGGESTIONS = 3


def best_claims(answer: Answer) -> list[Hit]:
    """Return the claims of an answer to show.

    These are the claims of the best rows or, if the query is a passage, the best claim of each
    sentence.
    """
    if answer.sections:
        best_hits = [section.hits[0] for section in answer.sections]
        return list({hit.claim.id: hit for hit in best_hits}.values())[:MAX_CLAIMS]
    max_shown = 1 + claim_parts.MAX_SAME_SENTENCE_HITS
    rows = [row.shown_hits[:max_shown] for row in answer.rows] or [(hit,) for hit in answer.hits]
    return [hit for hits in rows[:MAX_CLAIMS] for hit in hits]


def answer_payload(answer: Answer, query: str) -> AnswerPayload:
    """Return what the outbox stores of an answer, to render it now and when its claims change."""
    hits = best_claims(answer)
    return AnswerPayload(
        query=query,
        read=wording.query_line(answer),
        said=wording.summary_line(answer) if hits else nothing_found_text(answer),
        marks={hit.claim.id: hit.text_matches for hit in hits},
        places={
            hit.claim.id: to_article_spans(hit.passage.spans, hit.passage_matches)
            for hit in hits
            if hit.passage
        },
        meant=tuple(hit.claim.id for hit in hits if hit.by_meaning),
        more=answer.item_count if answer.item_count > len(answer.hits) else 0,
        nearest=() if hits else tuple(answer.alternatives[:MAX_SUGGESTIONS]),
    )


def answer_message(
    claims: Sequence[CurrentClaim],
    answer: AnswerPayload,
    *,
    button_value: str,
    is_public: bool,
    rows: Mapping[str, Row | None] = {},
) -> Message:
    """Render a stored answer with the current state of its claims.

    `button_value` is the value of the button that shows all claims. If the answer `is_public`, a
    remark says that others see it. `rows` say who else reports a claim, by its id.
    """
    if not claims:
        return _nothing_message(answer, button_value)
    texts = [parts.escape_note(answer.read)] if answer.read else []
    blocks: list[Block] = [parts.section(text) for text in texts]
    if is_public:
        claims = [replace(one, hit=one.hit and without_guess(one.hit)) for one in claims]
    for number, row in enumerate(_by_sentence(claims)):
        text, row_blocks = _row_message(row, answer, rows)
        texts.append(text)
        blocks += [*([{"type": "divider"}] if number else []), *row_blocks]
    if answer.more:
        label = say("talk.all_of_them", n=answer.more)
        blocks.append(parts.actions(parts.button(label, "answer_all", button_value)))
    remark = f" · {say('talk.seen_by_all')}" if is_public else ""
    summary = parts.escape_note(f"{answer.said}{remark}")
    return Message("\n".join([*texts, summary]), [*blocks, parts.context(summary)])


def _nothing_message(answer: AnswerPayload, button_value: str) -> Message:
    """Say that nothing was found, with buttons for queries that would find something."""
    buttons = [
        parts.button(query, f"asked_instead_{number}", f"{button_value}:{number}")
        for number, query in enumerate(answer.nearest)
    ]
    change = parts.button(say("buttons.change_search"), "change_asked", button_value)
    return suggestions_message(answer.said, answer.nearest, [*buttons, change])


def _by_sentence(claims: Sequence[CurrentClaim]) -> Iterator[list[CurrentClaim]]:
    """Yield the claims grouped by sentence; the claims of a group share one passage."""
    for indices in group_by_sentence([claim.hit for claim in claims]):
        row = [claims[index] for index in indices]
        if hits := with_one_passage([claim.hit for claim in row if claim.hit]):
            row = [replace(claim, hit=hit) for claim, hit in zip(row, hits, strict=True)]
        yield row


def _row_message(
    claims: Sequence[CurrentClaim], answer: AnswerPayload, rows: Mapping[str, Row | None]
) -> Message:
    """Render the claims of one sentence."""
    hits = [_with_marks(claim.hit, claim, answer) for claim in claims if claim.hit]
    if not hits:
        reason = parts.escape_note(wording.gone_line(claims[0].gone))
        return Message(reason, [parts.section(reason)])
    hit, *same_sentence_hits = hits
    row = rows.get(hit.claim.id)
    has_changed = any(claim.changed for claim in claims)
    hit = replace(hit, by_meaning=hit.claim.id in answer.meant and not has_changed)
    row = row and replace(row, hits=(hit, *row.hits[1:]))
    changed = [say("claims.changed_since_posted")] if has_changed else []
    disputes = [line for shown in same_sentence_hits for line in dispute_lines(shown)]
    blocks = claim_parts.hit_blocks(
        hit,
        [*changed, *notes(hit, row, with_outlets=False), *disputes],
        other_reports=also_reported_line(row) if row else None,
        may_share=False,
        same_sentence_hits=same_sentence_hits,
    )
    return Message(claim_parts.claim_text(hit, same_sentence_hits), blocks)


def _with_marks(hit: Hit, claim: CurrentClaim, answer: AnswerPayload) -> Hit:
    """Mark the matches that a claim had when the answer was posted, unless it has changed."""
    if claim.changed:
        return hit
    text_matches = answer.marks.get(hit.claim.id, ())
    article_matches = answer.places.get(hit.claim.id, ())
    passage_matches = to_passage_offsets(hit.passage.spans, article_matches) if hit.passage else ()
    return replace(hit, text_matches=text_matches, passage_matches=passage_matches)


def help_message(*, is_direct_message: bool) -> Message:
    """Say what can be written to the bot, in a direct message or in a channel."""
    return parts.markup_message(say("talk.help_alone" if is_direct_message else "talk.help"))


def greeting_message(*, is_archive_empty: bool) -> Message:
    """Say what the bot is for, to people who open the conversation with it, and where to begin."""
    greeting = say("talk.greeting")
    if is_archive_empty:
        greeting = f"{greeting}\n{say('talk.greeting_empty')}"
    return parts.markup_message(greeting)


def prompts() -> list[dict[str, str]]:
    """Return the prompts that the conversation with the bot suggests, as in the manifest."""
    return [
        {"title": say(f"talk.prompt_{number}"), "message": say(f"talk.ask_{number}")}
        for number in (1, 2, 3)
    ]
