"""A digest as messages: the one that stands in the channel, and the details in its thread. Pure.

A whole message is refused somewhere above 10,000 characters, which is why a digest has its room,
and has to do with 50 blocks.
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
from bot.wording.digest_head import head, head_line
from bot.wording.hits import passage_shown
from bot.wording.passage import LONGEST
from bot.wording.runs import Run, plain
from bot.words import say

LENGTHS = (LONGEST, 220, 160, 110)
"""Characters of a passage: as many as a message with all of its rows has room for."""
MESSAGE_ROOM, MOST_BLOCKS = 9000, 50
TITLE_ROOM, HEAD_ROOM, WHO_ROOM, WHERE_ROOM = 300, 600, 400, 300
ELSEWHERE_LENGTH = 200
DETAILS = ((500, 3), (250, 1), (100, 0))
"""How long a paragraph is in the thread, and how many other wordings stand below it: as many as a
message with all of its rows has room for. A new one is made of the first."""
ROW_CHOICES = ("context", "share_thread", "cite", "wrong", "why")
"""What can be done with a row; an option's value is one of these, a colon and the claim's id."""


def digest_message(digest: Digest) -> Message:
    """A day's claims in sections: those of `digest_that_fits`, the rest counted."""
    digest = digest_that_fits(digest)
    lengths = (length for length in LENGTHS if fits(_blocks(digest, length)))
    blocks = _blocks(digest, next(lengths, LENGTHS[-1]))
    return Message("\n".join(map(inert, _texts(digest))), blocks)


def digest_that_fits(digest: Digest) -> Digest:
    """The digest with as many of its rows as one message has room for, from the first on.

    Contents are cut shorter before a row is left out.
    """
    while digest.sections and not fits(_blocks(digest, LENGTHS[-1])):
        *sections, last = digest.sections
        *rows, left_out = last.rows
        if rows:
            sections.append(replace(last, rows=tuple(rows)))
        own = 0 if last.kind == "changes" else left_out.statements
        digest = replace(digest, sections=tuple(sections), left_out=digest.left_out + own)
    return digest


def _texts(digest: Digest) -> Iterator[str]:
    """The message as lines of text, for notifications and screen readers."""
    yield head_line(digest)
    yield from wording.notes(digest)
    for section in digest.sections:
        yield wording.title(section)
        for row in section.rows:
            for side in wording.sides(row, digest):
                printed, _ = passage_shown(side.hit)
                yield f"{plain(side.who)}: {' '.join(printed.split())} – {plain(side.where)}"
            if not row.current.hit:
                yield gone_line(row.current.gone, digest.language)
    if rest := wording.rest(digest):
        yield rest


def fits(blocks: list[Block]) -> bool:
    """Whether one message has room for some blocks."""
    return len(blocks) <= MOST_BLOCKS and sum(map(_characters, blocks)) <= MESSAGE_ROOM


def _characters(block: Block) -> int:
    if block["type"] == "actions":
        return 0
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(text["text"]) for text in texts)


def _blocks(digest: Digest, length: int) -> list[Block]:
    """A digest's blocks, with contents of at most `length` characters."""
    heading = wording.heading(digest)
    blocks = [_header(heading) if digest.claims else parts.section(inert(heading))]
    if sentences := head(digest):
        blocks.append(parts.section(" ".join(line(one, room=HEAD_ROOM) for one in sentences)))
    blocks += [parts.context(parts.note(note)) for note in wording.notes(digest)]
    for section in digest.sections:
        blocks += section_blocks(section, digest, length)
    if digest.left_out > 0:
        label = say("digests.show_rest", n=digest.left_out)
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
    """A section's title and its rows, with contents of at most `length` characters; `choices` are
    what can be done with a row."""
    title = fitted(wording.title(section), (), length=TITLE_ROOM, room=TITLE_ROOM)
    rows = (_row(row, digest, section, length, choices) for row in section.rows)
    return [parts.context(f"*{title}*"), *(block for blocks in rows for block in blocks)]


def _row(
    row: DigestRow, digest: Digest, section: DigestSection, length: int, choices: Sequence[str]
) -> list[Block]:
    if not row.current.hit:
        return [parts.context(parts.note(gone_line(row.current.gone, digest.language)))]
    blocks = []
    for side in wording.sides(row, digest):
        facts = [wording.more_denials(row), wording.changed(row, section)]
        own = side.hit.claim.id == row.claim_id
        known = (*side.where, *(Run(f" · {fact}") for fact in facts if fact and own))
        text, spans = parts.printed_within(side.hit, length)
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


# -- what hangs below it


def detail_messages(
    digest: Digest, contexts: Mapping[str, Context], but: Collection[str] = ()
) -> list[tuple[list[str], Message]]:
    """What goes into a digest's thread: its claims `but` some at length, in their paragraphs (by
    claim), and how other outlets word them; one message, or as few more as they need.

    Each comes with the ids of its claims.
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


def mended_detail(
    digest: Digest, contexts: Mapping[str, Context], of: Collection[str]
) -> Message | None:
    """The one `of` these claims, which stands there already, as they are by now: those that have
    gone are said to be, and paragraphs are cut shorter before any is left out."""
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
        yield from parts.quoted(parts.who(hit), context.paragraph, context.marked)
    else:
        yield from parts.quoted(parts.who(hit), *parts.printed_within(hit, length))
    known = details_line(hit.claim, hit.article, dates=dates)
    yield parts.where(hit.claim, hit.article, known=known, dates=dates)
    yield from _elsewhere(row, elsewhere)


def _elsewhere(row: DigestRow, most: int) -> Iterable[Block]:
    lines = list(wording.wording_elsewhere(row))[:most]
    if lines:
        shown = "\n".join(parts.note(line, 2 * ELSEWHERE_LENGTH) for line in lines)
        yield parts.context(shown)
