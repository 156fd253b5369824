"""What the bot answers in private, as Block Kit with a text that reads the same. Pure.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 50 blocks a message, 3000 characters
a section. A whole message is refused somewhere above 10,000 characters, which is why each claim
has its room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from bot.model import Answer, Hit
from bot.slack import parts
from bot.slack.mrkdwn import fitted, line
from bot.slack.parts import Block, Message
from bot.wording import answers as wording
from bot.wording.holders import holders_lines
from bot.wording.notes import elsewhere, notes
from bot.wording.passage import LONGEST
from bot.wording.runs import plain as printed
from bot.wording.runs import shorten
from bot.wording.together import in_rows
from bot.words import say

FEW_CLAIMS, SHORTER = 3, 250
"""On a page of more, passages are cut to so many characters."""
CLAIMS_A_SENTENCE, SENTENCES = 2, 3
"""With so many of each a message is full."""
MOST_OPTIONS = 100
MOST_LINES, LINES_TOGETHER, LINE_LENGTH, LINE_ROOM = 40, 10, 200, 250


def answer_message(
    answer: Answer,
    *,
    answer_id: str,
    offset: int,
    page: int,
    exact_id: str = "",
    offered: Sequence[tuple[str, str]] = (),
    holders: Sequence[tuple[str, str]] = (),
) -> Message:
    """Show the hits of the page of `page` claims that begins after `offset` others, with buttons.

    `answer_id` is what the query was remembered under: the paging buttons, the menu of filters and
    the button that watches it carry it. Under `exact_id` stands the query as it was typed, where
    slips were corrected. `offered` are (answer id, query) that read words otherwise, and `holders`
    (answer id, name) ask for one of those who have a role. Of a passage, sentences take the place
    of claims.
    """
    read = [parts.note(line) for line in (wording.reading_line(answer),) if line]
    blocks: list[Block] = [parts.section(line) for line in read]
    texts = [*read]
    if offered:
        texts.append(_listed("answers.offered", offered))
        blocks += [parts.section(say("answers.offered")), parts.buttons(*_queries(offered))]
    for held in holders_lines(answer):
        texts.append(printed(held))
        blocks.append(parts.section(line(held, room=parts.NOTE_ROOM)))
    if holders:
        blocks.append(parts.buttons(*_queries(holders, first=len(offered))))
    above = len(texts)
    rows = {row.hits[0].claim.id: row for row in answer.rows}
    longest = LONGEST if len(answer.hits) <= FEW_CLAIMS else SHORTER
    for sentence, hits in _parts(answer):
        if texts[above:]:
            blocks.append({"type": "divider"})
        if sentence:
            heading = wording.your_sentence(sentence)
            heading = fitted(heading, (), length=len(heading), room=2 * wording.LONGEST_SENTENCE)
            texts.append(heading)
            blocks.append(parts.context(heading))
        for hit, *beside in hits:
            texts.append(parts.claim_text(hit, beside))
            row = rows.get(hit.claim.id)
            also = elsewhere(row) if row else None
            said = notes(hit, row, with_outlets=False)
            blocks += parts.hit_blocks(
                hit, said, longest=longest, also=also, row=answer_id, beside=beside
            )
    steps = [*_paging(answer, answer_id, offset, page)]
    if exact_id:
        steps.append(parts.button(wording.exactly(answer), "exact", page_value(exact_id, 0)))
    if answer_id and (options := _filters(answer, answer_id)):
        steps.append(parts.menu(say("buttons.narrow"), "filter", options))
    if answer_id and not (answer.sections or answer.close):
        steps.append(_watch(answer_id))
    if steps:
        blocks.append(parts.buttons(*steps))
    summary = parts.note(wording.summary_line(answer, offset))
    blocks.append(parts.context(summary))
    return Message("\n".join([*texts, summary]), blocks)


def _parts(answer: Answer) -> list[tuple[str, Sequence[Sequence[Hit]]]]:
    """What is shown together: a passage's sentence with what is found of it, or each row."""
    if answer.sections:
        shown = [(one.sentence, one.hits[:CLAIMS_A_SENTENCE]) for one in answer.sections]
        return [(sentence, in_rows(hits)) for sentence, hits in shown]
    rows = {row.hits[0].claim.id: row.shown for row in answer.rows}
    return [("", [rows.get(hit.claim.id, [hit])]) for hit in answer.hits]


def _paging(answer: Answer, answer_id: str, offset: int, page: int) -> Iterator[Block]:
    if offset:
        earlier = page_value(answer_id, max(0, offset - page))
        yield parts.button(say("buttons.previous"), "previous", earlier)
    if offset + len(answer.sections or answer.hits) < answer.length:
        later = page_value(answer_id, offset + page)
        yield parts.button(say("buttons.next"), "next", later)


def _filters(answer: Answer, answer_id: str) -> list[Block]:
    """The options of the values by which an answer can be narrowed down, if there are any."""
    options = [
        {
            "text": parts.plain(
                say(f"buttons.narrow_{name}", value=shorten(value, 50), n=claims), 75
            ),
            "value": f"{answer_id}:{name}:{choice(value)}",
        }
        for name, counts in (answer.facets.items() if answer.facets else ())
        for value, claims in counts
        if claims < answer.total
    ]
    return options[:MOST_OPTIONS]


def _watch(answer_id: str) -> Block:
    return parts.button(say("buttons.watch"), "watch_search", page_value(answer_id, 0))


def choice(value: str) -> str:
    """Name a facet's value in few characters, as the options of the menu do."""
    return hashlib.sha256(value.encode()).hexdigest()[:8]


def page_value(answer_id: str, offset: int) -> str:
    """The value of a button that leads to a page of an answer."""
    return f"{answer_id}:{offset}"


def nothing_message(
    answer: Answer, suggested: Sequence[tuple[str, str]], *, answer_id: str
) -> Message:
    """Say that nothing was found; `suggested` are (answer id, query) that would find something.
    What was remembered under `answer_id` can be changed, and watched if it is no passage."""
    message = parts.told(wording.nothing_found(answer))
    change = parts.button(say("buttons.change_search"), "change_search", page_value(answer_id, 0))
    steps = [change] if answer.unfound or answer.close else [change, _watch(answer_id)]
    if not suggested:
        return Message(message.text, [*message.blocks, parts.buttons(*steps)])
    text = f"{message.text} {_listed('answers.suggested', suggested)}"
    below = [parts.section(say("answers.suggested")), parts.buttons(*_queries(suggested), *steps)]
    return Message(text, [*message.blocks, *below])


def _queries(suggested: Sequence[tuple[str, str]], *, first: int = 0) -> list[Block]:
    """Buttons that search for queries, each with the id under which it was remembered, and with
    numbers from the `first` on."""
    return [
        parts.button(query, f"suggest_{n}", page_value(suggested_id, 0))
        for n, (suggested_id, query) in enumerate(suggested, start=first)
    ]


def _listed(key: str, suggested: Sequence[tuple[str, str]]) -> str:
    """The same where no buttons are shown."""
    return parts.note(f"{say(key)} {', '.join(query for _, query in suggested)}")


def help_message() -> Message:
    """Say what can be typed after /claim."""
    return parts.guide(say("help.claim"))


def digest_help_message() -> Message:
    """Say what can be typed after /digest."""
    return parts.guide(say("help.digest"))


def feed_help_message() -> Message:
    """Say what can be typed after /feed."""
    return parts.guide(say("help.feed"))


def article_help_message() -> Message:
    """Say what can be typed after /article."""
    return parts.guide(say("help.article"))


def welcome() -> Message:
    """What the demo's channel proposes to try."""
    return parts.guide(say("help.welcome"))


def lines_message(lines: Sequence[str]) -> Message:
    """Lines that are shown as they are; those that one message has no room for are counted."""
    shown = [fitted(one, (), length=LINE_LENGTH, room=LINE_ROOM) for one in lines[:MOST_LINES]]
    if len(lines) > len(shown):
        shown.append(say("digests.rest", n=len(lines) - len(shown)))
    together = range(0, len(shown), LINES_TOGETHER)
    sections = ["\n".join(shown[start : start + LINES_TOGETHER]) for start in together]
    return Message("\n".join(shown), [parts.section(section) for section in sections])
