"""Private answers, as Block Kit with a text that reads the same. Pure.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 50 blocks a message, 3000 characters
a section. Somewhere above 10,000 characters Slack refuses a message, so the text of each claim is
limited.
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
from bot.wording.notes import also_reported_line, notes
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import plain_text as printed
from bot.wording.runs import shorten
from bot.wording.same_sentence import sentence_rows
from bot.words import say

FEW_CLAIMS, SHORTER = 3, 250
"""On a page with more claims, passages are cut to this many characters."""
CLAIMS_A_SENTENCE, SENTENCES = 2, 3
"""The most that fit into a message."""
MOST_OPTIONS = 100
HEADLINE_ROOM = 400
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

    `answer_id` is the id of the stored query, which the buttons and the menu carry; `exact_id` is
    that of the query as typed, if typos were corrected. `offered` are (answer id, query) for other
    readings of the words, `holders` (answer id, name) for the people who have a role. If a passage
    was asked about, a page counts sentences instead of claims.
    """
    read = [parts.note(line) for line in (wording.query_line(answer),) if line]
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
    longest = MAX_LENGTH if len(answer.hits) <= FEW_CLAIMS else SHORTER
    for sentence, hits in _groups(answer):
        if texts[above:]:
            blocks.append({"type": "divider"})
        if sentence:
            heading = wording.pasted_sentence_line(sentence)
            heading = fitted(heading, (), length=len(heading), room=2 * wording.MAX_SENTENCE_LENGTH)
            texts.append(heading)
            blocks.append(parts.context(heading))
        for hit, *beside in hits:
            texts.append(parts.claim_text(hit, beside))
            row = rows.get(hit.claim.id)
            also = also_reported_line(row) if row else None
            said = notes(hit, row, with_outlets=False)
            blocks += parts.hit_blocks(
                hit, said, longest=longest, also=also, row=answer_id, beside=beside
            )
    steps = [*_paging(answer, answer_id, offset, page)]
    if exact_id:
        steps.append(parts.button(wording.exact_offer(answer), "exact", page_value(exact_id, 0)))
    if answer_id and (options := _filters(answer, answer_id)):
        steps.append(parts.menu(say("buttons.narrow"), "filter", options))
    if answer_id and not (answer.sections or answer.is_nearest_only):
        steps.append(_watch(answer_id))
    if steps:
        blocks.append(parts.buttons(*steps))
    summary = parts.note(wording.summary_line(answer, offset))
    blocks.append(parts.context(summary))
    return Message("\n".join([*texts, summary]), blocks)


def _groups(answer: Answer) -> list[tuple[str, Sequence[Sequence[Hit]]]]:
    """Return what is shown together: each sentence of a passage with its hits, or each row."""
    if answer.sections:
        shown = [(one.sentence, one.hits[:CLAIMS_A_SENTENCE]) for one in answer.sections]
        return [(sentence, sentence_rows(hits)) for sentence, hits in shown]
    rows = {row.hits[0].claim.id: row.shown_hits for row in answer.rows}
    return [("", [rows.get(hit.claim.id, [hit])]) for hit in answer.hits]


def _paging(answer: Answer, answer_id: str, offset: int, page: int) -> Iterator[Block]:
    if offset:
        earlier = page_value(answer_id, max(0, offset - page))
        yield parts.button(say("buttons.previous"), "previous", earlier)
    if offset + len(answer.sections or answer.hits) < answer.length:
        later = page_value(answer_id, offset + page)
        yield parts.button(say("buttons.next"), "next", later)


def _filters(answer: Answer, answer_id: str) -> list[Block]:
    """Return the options that narrow an answer down, if there are any."""
    options = [
        {
            "text": parts.plain(
                say(f"buttons.narrow_{name}", value=shorten(value, 50), n=claims), 75
            ),
            "value": f"{answer_id}:{name}:{facet_value_id(value)}",
        }
        for name, counts in (answer.facets.items() if answer.facets else ())
        for value, claims in counts
        if claims < answer.total
    ]
    return options[:MOST_OPTIONS]


def _watch(answer_id: str) -> Block:
    return parts.button(say("buttons.watch"), "watch_search", page_value(answer_id, 0))


def facet_value_id(value: str) -> str:
    """Return a short id for a facet's value, for the options of the menu."""
    return hashlib.sha256(value.encode()).hexdigest()[:8]


def page_value(answer_id: str, offset: int) -> str:
    """Return the value of a button that leads to a page of an answer."""
    return f"{answer_id}:{offset}"


def nothing_message(
    answer: Answer, suggested: Sequence[tuple[str, str]], *, answer_id: str
) -> Message:
    """Say that nothing was found; `suggested` are (answer id, query) that would find something.

    The query stored as `answer_id` can be changed and, unless it is a passage, watched.
    """
    message = parts.notice(wording.nothing_found(answer))
    change = parts.button(say("buttons.change_search"), "change_search", page_value(answer_id, 0))
    steps = (
        [change]
        if answer.unmatched_sentences or answer.is_nearest_only
        else [change, _watch(answer_id)]
    )
    if not suggested:
        return Message(message.text, [*message.blocks, parts.buttons(*steps)])
    text = f"{message.text} {_listed('answers.suggested', suggested)}"
    below = [parts.section(say("answers.suggested")), parts.buttons(*_queries(suggested), *steps)]
    return Message(text, [*message.blocks, *below])


def _queries(suggested: Sequence[tuple[str, str]], *, first: int = 0) -> list[Block]:
    """Return buttons that search for queries stored by id, numbered from `first`."""
    return [
        parts.button(query, f"suggest_{n}", page_value(suggested_id, 0))
        for n, (suggested_id, query) in enumerate(suggested, start=first)
    ]


def _listed(key: str, suggested: Sequence[tuple[str, str]]) -> str:
    """Return the queries as text, for where buttons are not shown."""
    return parts.note(f"{say(key)} {', '.join(query for _, query in suggested)}")


def with_articles(message: Message, answer: Answer) -> Message:
    """Put above an answer which articles its query is about, each with a button that opens it."""
    if not answer.articles:
        return message
    lines = [wording.headline_line(card) for card in answer.articles]
    rendered = [line(one, room=HEADLINE_ROOM) for one in lines]
    texts = [parts.note(printed(one)) for one in lines]
    heading = parts.note(wording.about_line(answer)) + (" " if len(lines) == 1 else "\n")
    rendered[0], texts[0] = heading + rendered[0], heading + texts[0]
    blocks = [
        parts.section(text, accessory=parts.button(say("articles.open"), "article_open", card.id))
        for text, card in zip(rendered, answer.articles, strict=True)
    ]
    divider = {"type": "divider"}
    return Message("\n".join([*texts, message.text]), [*blocks, divider, *message.blocks])


def help_message(command: str) -> Message:
    """Say what can be typed after a command: claim, digest, feed or article."""
    return parts.markup_message(say(f"help.{command}"))


def welcome() -> Message:
    """Say in the demo's channel what to try."""
    return parts.markup_message(say("help.welcome"))


def lines_message(lines: Sequence[str]) -> Message:
    """Show escaped lines; count those that do not fit into one message."""
    shown = [fitted(one, (), length=LINE_LENGTH, room=LINE_ROOM) for one in lines[:MOST_LINES]]
    if len(lines) > len(shown):
        shown.append(say("digests.rest", n=len(lines) - len(shown)))
    together = range(0, len(shown), LINES_TOGETHER)
    sections = ["\n".join(shown[start : start + LINES_TOGETHER]) for start in together]
    return Message("\n".join(shown), [parts.section(section) for section in sections])
