"""A digest as messages: the digest in the channel, and the details in its thread. No I/O.

Slack accepts 50 blocks, and refuses messages with more than about 10,000 characters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model import Context, Digest, DigestRow, DigestSection
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape, escape_to_fit, render_line
from bot.slack.parts import Block, Message
from bot.wording.answers import gone_line
from bot.wording.details import details_line
from bot.wording.digests import digests as wording
from bot.wording.digests.digest_head import head_line, head_sentences
from bot.wording.hits import before_line, shown_passage, without_guess
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import Run, plain_text
from bot.words import say

PASSAGE_LENGTHS = (MAX_LENGTH, 220, 160, 110)
"""The maximum length of a passage: the first of these with which all rows fit into the message."""
MAX_BLOCKS = 50
MAX_MESSAGE_LENGTH = 9000
MAX_ESCAPED_TITLE_LENGTH = 300
MAX_ESCAPED_HEAD_LENGTH = 600
MAX_ESCAPED_WHO_LENGTH = 400
MAX_ESCAPED_WHERE_LENGTH = 300
MAX_OTHER_WORDING_LENGTH = 200
DETAIL_LIMITS = ((500, 3), (250, 1), (100, 0))
"""The maximum length of a paragraph in the thread, and how many other wordings are shown below it:
the first pair with which the message fits. New messages use the first pair."""
ROW_CHOICES = ("context", "share_thread", "cite", "wrong", "why")
"""The choices in a row's menu; an option's value is a choice, a colon and the claim's id."""


def digest_message(digest: Digest) -> Message:
    """Render a digest with as many rows as fit into a message; the others are counted."""
    digest = digest_that_fits(digest)
    versions = (_blocks(digest, length) for length in PASSAGE_LENGTHS)
    blocks = next(filter(fits, versions), None) or _blocks(digest, PASSAGE_LENGTHS[-1])
    return Message("\n".join(map(escape, _texts(digest))), blocks)


def digest_that_fits(digest: Digest) -> Digest:
    """Return the digest without the last rows, if they do not fit into one message even with the
    shortest passages."""
    while digest.sections and not fits(_blocks(digest, PASSAGE_LENGTHS[-1])):
        digest = drop_last_row(digest)
    return digest


def drop_last_row(digest: Digest) -> Digest:
    """Return the digest without its last row, and count the row's statements as omitted."""
    *sections, last_section = digest.sections
    *rows, last_row = last_section.rows
    if rows:
        sections.append(replace(last_section, rows=tuple(rows)))
    statements = 0 if last_section.kind == "changes" else last_row.statements
    return replace(
        digest, sections=tuple(sections), omitted_count=digest.omitted_count + statements
    )


def _texts(digest: Digest) -> Iterator[str]:
    """Yield the message as lines of text, for notifications and screen readers."""
    yield head_line(digest)
    yield from wording.notes(digest)
    for section in digest.sections:
        yield wording.section_title(section)
        for row in section.rows:
            for side in wording.sides(row, digest):
                passage, _ = shown_passage(side.hit)
                who, where = plain_text(side.who), plain_text(side.where)
                printed = f"{plain_text(before_line(side.hit))} {who}: {passage}"
                yield f"{' '.join(printed.split())} – {where}"
            if not row.current.hit:
                yield gone_line(row.current.gone)
    if remaining_line := wording.remaining_line(digest):
        yield remaining_line


def fits(blocks: list[Block]) -> bool:
    """Return whether blocks fit into one message."""
    return len(blocks) <= MAX_BLOCKS and sum(map(_text_length, blocks)) <= MAX_MESSAGE_LENGTH


def _text_length(block: Block) -> int:
    if block["type"] == "actions":
        return 0
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(text["text"]) for text in texts)


def _blocks(digest: Digest, max_length: int) -> list[Block]:
    """Return a digest's blocks, with passages of at most `max_length` characters."""
    heading = wording.heading(digest)
    blocks = [_header(heading) if digest.claims else parts.section(escape(heading))]
    if sentences := head_sentences(digest):
        lines = (
            render_line(sentence, max_length=MAX_ESCAPED_HEAD_LENGTH) for sentence in sentences
        )
        blocks.append(parts.section(" ".join(lines)))
    blocks += [parts.context(parts.escape_note(note)) for note in wording.notes(digest)]
    for section in digest.sections:
        blocks += section_blocks(section, digest, max_length)
    if digest.omitted_count > 0:
        label = say("digests.show_rest", n=digest.omitted_count)
        blocks.append(parts.actions(parts.button(label, "digest_rest", "0")))
    return blocks


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def section_blocks(
    section: DigestSection,
    digest: Digest,
    max_length: int,
    choices: Sequence[str] = ROW_CHOICES,
) -> list[Block]:
    """Return a section's title and rows, with passages of at most `max_length` characters;
    `choices` are the choices in each row's menu."""
    limit = MAX_ESCAPED_TITLE_LENGTH
    title = escape_to_fit(wording.section_title(section), max_length=limit, max_escaped=limit)
    rows = (_row_blocks(row, digest, section, max_length, choices) for row in section.rows)
    return [parts.context(f"*{title}*"), *(block for blocks in rows for block in blocks)]


def _row_blocks(
    row: DigestRow, digest: Digest, section: DigestSection, max_length: int, choices: Sequence[str]
) -> Iterator[Block]:
    if not row.current.hit:
        yield parts.context(parts.escape_note(gone_line(row.current.gone)))
    for side in wording.sides(row, digest):
        claim_id, where = side.hit.claim.id, side.where
        if claim_id == row.claim_id:
            facts = (wording.more_denials(row), wording.changed_line(row, section))
            where = (*where, *(Run(f" · {fact}") for fact in facts if fact))
        text, spans = claim_parts.fitting_passage(side.hit, max_length)
        yield from claim_parts.small_lines(before_line(side.hit, max_length))
        yield from parts.quotation_blocks(
            render_line(side.who, max_length=MAX_ESCAPED_WHO_LENGTH),
            text,
            spans,
            last_line=render_line(where, max_length=MAX_ESCAPED_WHERE_LENGTH),
            accessory=_menu(claim_id, choices),
        )


def _menu(claim_id: str, choices: Sequence[str]) -> Block:
    options = [
        parts.option(say(f"digests.menu_{choice}"), f"{choice}:{claim_id}") for choice in choices
    ]
    return {"type": "overflow", "action_id": "digest_row", "options": options}


# -- the thread


def detail_messages(
    digest: Digest, contexts: Mapping[str, Context], exclude: Collection[str] = ()
) -> list[tuple[list[str], Message]]:
    """Return the messages for a digest's thread, as few as possible, each with its claims' ids.

    They show each claim in its paragraph, and how other outlets word it. `contexts` has the
    paragraphs by claim id. Claims whose ids are in `exclude` are left out.
    """
    messages: list[tuple[list[str], Message]] = []
    blocks: list[Block] = []
    for row in digest.rows:
        if not row.current.hit or row.claim_id in exclude:
            continue
        details = list(_details(row, contexts, *DETAIL_LIMITS[0]))
        if not blocks or not fits(blocks + details):
            blocks = []
            messages.append(([], Message(say("digests.details"), blocks)))
        messages[-1][0].append(row.claim_id)
        blocks += details
    return messages


def updated_detail(
    digest: Digest, contexts: Mapping[str, Context], claim_ids: Collection[str]
) -> Message | None:
    """Render a posted detail message with its claims in their current state.

    For a claim that is gone, the message says so. Paragraphs are shortened until all of them fit.
    """
    rows = [row for row in digest.rows if row.claim_id in claim_ids]
    blocks: list[Block] = []
    for limits in DETAIL_LIMITS:
        details = (_details(row, contexts, *limits) for row in rows)
        blocks = [block for row_details in details for block in row_details]
        if fits(blocks):
            break
    return Message(say("digests.details"), blocks) if rows else None


def _details(
    row: DigestRow,
    contexts: Mapping[str, Context],
    max_length: int,
    max_wordings: int,
) -> Iterator[Block]:
    if not (hit := row.current.hit):
        yield parts.context(parts.escape_note(gone_line(row.current.gone)))
        return
    hit, context = without_guess(hit), contexts.get(row.claim_id)
    if context and len(context.paragraph) <= max_length:
        # No bar: others may speak in the paragraph.
        yield parts.section(claim_parts.render_who_line(hit))
        yield parts.article_text_section(context.paragraph, context.claim_spans)
    else:
        yield from claim_parts.quoted_claim(hit, max_length=max_length)
    details = details_line(hit.claim, hit.article)
    yield claim_parts.article_context(hit, details=details)
    if wordings := list(wording.other_wordings(row))[:max_wordings]:
        max_escaped = 2 * MAX_OTHER_WORDING_LENGTH
        yield parts.context("\n".join(parts.escape_note(text, max_escaped) for text in wordings))
