"""A digest as messages: the one that stands in the channel, and the details in its thread. Pure.

A whole message is refused somewhere above 10,000 characters, which is why a digest has its room,
and has to do with 50 blocks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from bot.model import Context, Digest, DigestRow, DigestSection
from bot.slack import digest_wording as wording
from bot.slack import parts
from bot.slack.mrkdwn import fitted, inert, line
from bot.slack.parts import Block, Message
from bot.slack.wording import gone_line
from bot.wording.details import details_line
from bot.wording.hits import passage_shown
from bot.wording.passage import LONGEST
from bot.wording.runs import plain
from bot.words import say

LENGTHS = (LONGEST, 220, 160, 110)
"""Characters of a passage: as many as a message with all of its rows has room for."""
MESSAGE_ROOM, MOST_BLOCKS = 9000, 50
TITLE_ROOM, LINE_ROOM, DENIAL_ROOM = 300, 600, 300
ELSEWHERE_LENGTH = 200
DETAILS = ((500, 3), (250, 1), (100, 0))
"""How long a paragraph is in the thread, and how many other wordings stand below it: as many as a
message with all of its rows has room for. A new one is made of the first."""
ROW_CHOICES = ("context", "share_thread", "cite", "wrong", "why")
"""What can be done with a row; an option's value is one of these, a colon and the claim's id."""


def digest_message(digest: Digest) -> Message:
    """A day's claims in sections: those of `digest_that_fits`, the rest counted."""
    digest = digest_that_fits(digest)
    lengths = (length for length in LENGTHS if _fits(_blocks(digest, length)))
    blocks = _blocks(digest, next(lengths, LENGTHS[-1]))
    return Message("\n".join(map(inert, _texts(digest))), blocks)


def digest_that_fits(digest: Digest) -> Digest:
    """The digest with as many of its rows as one message has room for, from the first on.

    Contents are cut shorter before a row is left out.
    """
    while digest.sections and not _fits(_blocks(digest, LENGTHS[-1])):
        *sections, last = digest.sections
        *rows, left_out = last.rows
        if rows:
            sections.append(replace(last, rows=tuple(rows)))
        own = 0 if last.kind == "changes" else left_out.statements
        digest = replace(digest, sections=tuple(sections), left_out=digest.left_out + own)
    return digest


def _texts(digest: Digest) -> Iterator[str]:
    """The message as lines of text, for notifications and screen readers."""
    yield wording.heading(digest)
    yield from wording.notes(digest)
    for section in digest.sections:
        yield wording.title(section)
        for row in section.rows:
            if hit := row.stands.hit:
                printed, _ = passage_shown(hit)
                yield f"{plain(wording.row_line(hit, row, digest))}: {' '.join(printed.split())}"
            else:
                yield gone_line(row.stands.gone, digest.language)
    if rest := wording.rest(digest):
        yield rest


def _fits(blocks: list[Block]) -> bool:
    return len(blocks) <= MOST_BLOCKS and sum(map(_characters, blocks)) <= MESSAGE_ROOM


def _characters(block: Block) -> int:
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(text["text"]) for text in texts)


def _blocks(digest: Digest, length: int) -> list[Block]:
    """A digest's blocks, with contents of at most `length` characters."""
    heading = wording.heading(digest)
    blocks = [_header(heading) if digest.claims else parts.section(inert(heading))]
    blocks += [parts.context(parts.note(note)) for note in wording.notes(digest)]
    for section in digest.sections:
        blocks.append(_title(section))
        for row in section.rows:
            blocks += _row(row, digest, section, length)
    if rest := wording.rest(digest):
        blocks.append(parts.context(inert(rest)))
    return blocks


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _title(section: DigestSection) -> Block:
    title = fitted(wording.title(section), (), length=TITLE_ROOM, room=TITLE_ROOM)
    return parts.context(f"*{title}*")


def _row(row: DigestRow, digest: Digest, section: DigestSection, length: int) -> list[Block]:
    hit = row.stands.hit
    if not hit:
        return [parts.context(parts.note(gone_line(row.stands.gone, digest.language)))]
    said = line(wording.row_line(hit, row, digest), room=LINE_ROOM)
    if row.stands.changed:
        since = "shown" if section.kind == "changes" else "posted"
        said = f"{said} · {say(f'claims.changed_since_{since}')}"
    denied = "\n".join(parts.note(text, DENIAL_ROOM) for text in wording.denied_lines(row))
    text, spans = parts.printed_within(hit, length)
    return parts.quoted(said, text, spans, below=denied, accessory=_menu(row.claim_id))


def _menu(claim_id: str) -> Block:
    return {
        "type": "overflow",
        "action_id": "digest_row",
        "options": [
            {
                "text": parts.plain(say(f"digests.menu_{choice}"), 75),
                "value": f"{choice}:{claim_id}",
            }
            for choice in ROW_CHOICES
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
        if not row.stands.hit or row.claim_id in but:
            continue
        more = list(_details(row, contexts, digest.language, *DETAILS[0]))
        if not blocks or not _fits(blocks + more):
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
        if _fits(blocks):
            break
    return Message(say("digests.details"), blocks) if rows else None


def _details(
    row: DigestRow,
    contexts: Mapping[str, Context],
    dates: str,
    length: int,
    elsewhere: int,
) -> Iterator[Block]:
    if not (hit := row.stands.hit):
        yield parts.context(parts.note(gone_line(row.stands.gone, dates)))
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
