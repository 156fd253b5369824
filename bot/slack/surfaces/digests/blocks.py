"""A digest as messages: the one in the channel, and the details in its thread. Pure.

Slack accepts 50 blocks and refuses a message somewhere above 10,000 characters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model import Context, Digest, DigestRow, DigestSection
from bot.slack import parts
from bot.slack.mrkdwn import fitted, inert, line
from bot.slack.parts import Block, Message
from bot.wording import digests as wording
from bot.wording.answers import gone_line
from bot.wording.details import details_line
from bot.wording.digest_head import head_line, head_sentences
from bot.wording.hits import shown_passage
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import Run, plain_text
from bot.words import say

LENGTHS = (MAX_LENGTH, 220, 160, 110)
"""Characters of a passage: the first of these with which all rows fit into the message."""
MESSAGE_ROOM, MOST_BLOCKS = 9000, 50
TITLE_ROOM, HEAD_ROOM, WHO_ROOM, WHERE_ROOM = 300, 600, 400, 300
ELSEWHERE_LENGTH = 200
DETAILS = ((500, 3), (250, 1), (100, 0))
"""The length of a paragraph in the thread and the number of other wordings below it: the first pair
that fits into the message. New messages use the first pair."""
ROW_CHOICES = ("context", "share_thread", "cite", "wrong", "why")
"""The choices of a row's menu; an option's value is one of these, a colon and the claim's id."""


def digest_message(digest: Digest) -> Message:
    """Render a digest in sections, with as many rows as fit; the rest are counted."""
    digest = digest_that_fits(digest)
    lengths = (length for length in LENGTHS if fits(_blocks(digest, length)))
    blocks = _blocks(digest, next(lengths, LENGTHS[-1]))
    return Message("\n".join(map(inert, _texts(digest))), blocks)


def digest_that_fits(digest: Digest) -> Digest:
    """Return the digest with as many of its first rows as fit into one message.

    Passages are shortened before rows are left out.
    """
    while digest.sections and not fits(_blocks(digest, LENGTHS[-1])):
        *sections, last = digest.sections
        *rows, left_out = last.rows
        if rows:
            sections.append(replace(last, rows=tuple(rows)))
        own = 0 if last.kind == "changes" else left_out.statements
        digest = replace(digest, sections=tuple(sections), omitted_count=digest.omitted_count + own)
    return digest


def _texts(digest: Digest) -> Iterator[str]:
    """Yield the message as lines of text, for notifications and screen readers."""
    yield head_line(digest)
    yield from wording.notes(digest)
    for section in digest.sections:
        yield wording.section_title(section)
        for row in section.rows:
            for side in wording.sides(row, digest):
                printed, _ = shown_passage(side.hit)
                who, where = plain_text(side.who), plain_text(side.where)
                yield f"{who}: {' '.join(printed.split())} – {where}"
            if not row.current.hit:
                yield gone_line(row.current.gone, digest.language)
    if rest := wording.remaining_line(digest):
        yield rest


def fits(blocks: list[Block]) -> bool:
    """Tell whether blocks fit into one message."""
    return len(blocks) <= MOST_BLOCKS and sum(map(_characters, blocks)) <= MESSAGE_ROOM


def _characters(block: Block) -> int:
    if block["type"] == "actions":
        return 0
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(text["text"]) for text in texts)


def _blocks(digest: Digest, length: int) -> list[Block]:
    """Return a digest's blocks, with passages of at most `length` characters."""
    heading = wording.heading(digest)
    blocks = [_header(heading) if digest.claims else parts.section(inert(heading))]
    if sentences := head_sentences(digest):
        blocks.append(parts.section(" ".join(line(one, room=HEAD_ROOM) for one in sentences)))
    blocks += [parts.context(parts.note(note)) for note in wording.notes(digest)]
    for section in digest.sections:
        blocks += section_blocks(section, digest, length)
    if digest.omitted_count > 0:
        label = say("digests.show_rest", n=digest.omitted_count)
        blocks.append(parts.buttons(parts.button(label, "digest_rest", "0")))
    return blocks


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def section_blocks(
    section: DigestSection,
    digest: Digest,
    length: int,
    choices: Sequence[str] = ROW_CHOICES,
) -> list[Block]:
    """Return a section's title and rows, with passages of at most `length` characters; `choices`
    are those of a row's menu."""
    title = fitted(wording.section_title(section), (), length=TITLE_ROOM, room=TITLE_ROOM)
    rows = (_row(row, digest, section, length, choices) for row in section.rows)
    return [parts.context(f"*{title}*"), *(block for blocks in rows for block in blocks)]


def _row(
    row: DigestRow, digest: Digest, section: DigestSection, length: int, choices: Sequence[str]
) -> list[Block]:
    if not row.current.hit:
        return [parts.context(parts.note(gone_line(row.current.gone, digest.language)))]
    blocks = []
    for side in wording.sides(row, digest):
        facts = [wording.more_denials(row), wording.changed_line(row, section)]
        own = side.hit.claim.id == row.claim_id
        known = (*side.where, *(Run(f" · {fact}") for fact in facts if fact and own))
        text, spans = parts.fitting_passage(side.hit, length)
        blocks += parts.quoted(
            line(side.who, room=WHO_ROOM),
            text,
            spans,
            below=line(known, room=WHERE_ROOM),
            accessory=_menu(side.hit.claim.id, choices),
        )
    return blocks


def _menu(claim_id: str, choices: Sequence[str]) -> Block:
    return {
        "type": "overflow",
        "action_id": "digest_row",
        "options": [
            {
                "text": parts.plain(say(f"digests.menu_{choice}"), 75),
                "value": f"{choice}:{claim_id}",
            }
            for choice in choices
        ],
    }


# -- the thread


def detail_messages(
    digest: Digest, contexts: Mapping[str, Context], but: Collection[str] = ()
) -> list[tuple[list[str], Message]]:
    """Return the messages for a digest's thread, each with the ids of its claims.

    They show all claims `but` some in their paragraphs (`contexts`, by claim), and how other
    outlets word them, in as few messages as possible.
    """
    made: list[tuple[list[str], Message]] = []
    blocks: list[Block] = []
    for row in digest.rows:
        if not row.current.hit or row.claim_id in but:
            continue
        more = list(_details(row, contexts, digest.language, *DETAILS[0]))
        if not blocks or not fits(blocks + more):
            blocks = []
            made.append(([], Message(say("digests.details"), blocks)))
        made[-1][0].append(row.claim_id)
        blocks += more
    return made


def updated_detail(
    digest: Digest, contexts: Mapping[str, Context], of: Collection[str]
) -> Message | None:
    """Render the posted detail message `of` these claims in their current state.

    Claims that are gone are named as such; paragraphs are shortened until all fit.
    """
    rows = [row for row in digest.rows if row.claim_id in of]
    blocks: list[Block] = []
    for size in DETAILS:
        made = (_details(row, contexts, digest.language, *size) for row in rows)
        blocks = [block for several in made for block in several]
        if fits(blocks):
            break
    return Message(say("digests.details"), blocks) if rows else None


def _details(
    row: DigestRow,
    contexts: Mapping[str, Context],
    dates: str,
    length: int,
    elsewhere: int,
) -> Iterator[Block]:
    if not (hit := row.current.hit):
        yield parts.context(parts.note(gone_line(row.current.gone, dates)))
        return
    context = contexts.get(row.claim_id)
    if context and len(context.paragraph) <= length:
        yield from parts.quoted(parts.who(hit), context.paragraph, context.claim_spans)
    else:
        yield from parts.quoted(parts.who(hit), *parts.fitting_passage(hit, length))
    known = details_line(hit.claim, hit.article, dates=dates)
    yield parts.where(hit.claim, hit.article, known=known, dates=dates)
    yield from _elsewhere(row, elsewhere)


def _elsewhere(row: DigestRow, most: int) -> Iterable[Block]:
    lines = list(wording.other_wordings(row))[:most]
    if lines:
        shown = "\n".join(parts.note(line, 2 * ELSEWHERE_LENGTH) for line in lines)
        yield parts.context(shown)
