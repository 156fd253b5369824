"""What the bot answers in private, as Block Kit with a text that reads the same. Pure.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 50 blocks a message, 3000 characters
a section. A whole message is refused somewhere above 10,000 characters, which is why each claim
has its room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from bot.model import Answer, Hit
from bot.slack import parts, wording
from bot.slack.mrkdwn import fitted
from bot.slack.notes import notes
from bot.slack.parts import Block, Message
from bot.slack.wording import shorten

FEW_CLAIMS = 3
"""On a page of more, contents are shorter."""
CLAIMS_A_SENTENCE, SENTENCES = 2, 3
"""With so many of each a message is full."""
MOST_OPTIONS = 100
MOST_LINES, LINES_TOGETHER, LINE_LENGTH, LINE_ROOM = 40, 10, 200, 250


def answer_message(
    answer: Answer, *, answer_id: str, offset: int, page: int, exact_id: str = ""
) -> Message:
    """Show the hits of the page of `page` claims that begins after `offset` others, with buttons.

    `answer_id` is what the query was remembered under: the paging buttons and the menu of filters
    carry it. It may be empty where everything fits one page. Under `exact_id` stands the query as
    it was typed, where slips were corrected. Of a passage, sentences take the place of claims.
    """
    blocks: list[Block] = []
    texts = []
    rows = {row.hits[0].claim.id: row for row in answer.rows}
    size = parts.CONTENT if len(answer.hits) <= FEW_CLAIMS else parts.SHORTER_CONTENT
    for sentence, hits in _parts(answer):
        if blocks:
            blocks.append({"type": "divider"})
        if sentence:
            heading = wording.your_sentence(sentence)
            heading = fitted(heading, (), length=len(heading), room=2 * wording.LONGEST_SENTENCE)
            texts.append(heading)
            blocks.append(parts.context(heading))
        for hit in hits:
            texts.append(parts.claim_text(hit.claim, hit.article))
            said = notes(hit, rows.get(hit.claim.id))
            blocks += parts.hit_blocks(hit, said, parts.SENTENCE_CONTENT if sentence else size)
    steps = [*_paging(answer, answer_id, offset, page)]
    if exact_id:
        steps.append(parts.button(wording.exactly(answer), "exact", page_value(exact_id, 0)))
    if answer_id and (options := _filters(answer, answer_id)):
        steps.append(parts.menu("Narrow by …", "filter", options))
    if steps:
        blocks.append(parts.buttons(*steps))
    summary = parts.note(wording.summary_line(answer, offset))
    blocks.append(parts.context(summary))
    return Message("\n".join([*texts, summary]), blocks)


def _parts(answer: Answer) -> list[tuple[str, Sequence[Hit]]]:
    """What is shown together: a passage's sentence with what is found of it, or each hit."""
    if answer.sections:
        return [(one.sentence, one.hits[:CLAIMS_A_SENTENCE]) for one in answer.sections]
    return [("", [hit]) for hit in answer.hits]


def _paging(answer: Answer, answer_id: str, offset: int, page: int) -> Iterator[Block]:
    if offset:
        earlier = page_value(answer_id, max(0, offset - page))
        yield parts.button("Previous", "previous", earlier)
    if offset + len(answer.sections or answer.hits) < answer.length:
        yield parts.button("Next", "next", page_value(answer_id, offset + page))


def _filters(answer: Answer, answer_id: str) -> list[Block]:
    """The options of the values by which an answer can be narrowed down, if there are any."""
    options = [
        {
            "text": parts.plain(f"{name.capitalize()}: {shorten(value, 50)} ({claims:,})", 75),
            "value": f"{answer_id}:{name}:{choice(value)}",
        }
        for name, counts in (answer.facets.named() if answer.facets else ())
        for value, claims in counts
        if claims < answer.total
    ]
    return options[:MOST_OPTIONS]


def choice(value: str) -> str:
    """Name a facet's value in few characters, as the options of the menu do."""
    return hashlib.sha256(value.encode()).hexdigest()[:8]


def page_value(answer_id: str, offset: int) -> str:
    """The value of a button that leads to a page of an answer."""
    return f"{answer_id}:{offset}"


def nothing_message(answer: Answer, suggested: Sequence[tuple[str, str]]) -> Message:
    """Say that nothing was found; `suggested` are (answer id, query) that would find something."""
    message = parts.told(wording.nothing_found(answer))
    if not suggested:
        return message
    buttons = [
        parts.button(query, f"suggest_{n}", page_value(answer_id, 0))
        for n, (answer_id, query) in enumerate(suggested)
    ]
    near = ", ".join(query for _, query in suggested)
    text = f"{message.text} {parts.note(f'{wording.SUGGESTED} {near}')}"
    below = [parts.section(wording.SUGGESTED), parts.buttons(*buttons)]
    return Message(text, [*message.blocks, *below])


def help_message() -> Message:
    """Say what can be typed after /claim."""
    return Message(CLAIM_HELP.replace("`", ""), [parts.section(CLAIM_HELP)])


def digest_help_message() -> Message:
    """Say what can be typed after /digest."""
    return Message(DIGEST_HELP.replace("`", ""), [parts.section(DIGEST_HELP)])


def feed_help_message() -> Message:
    """Say what can be typed after /feed."""
    return Message(FEED_HELP.replace("`", ""), [parts.section(FEED_HELP)])


def article_help_message() -> Message:
    """Say what can be typed after /article."""
    return Message(ARTICLE_HELP.replace("`", ""), [parts.section(ARTICLE_HELP)])


def lines_message(lines: Sequence[str]) -> Message:
    """Lines that are shown as they are; those that one message has no room for are counted."""
    shown = [fitted(one, (), length=LINE_LENGTH, room=LINE_ROOM) for one in lines[:MOST_LINES]]
    if len(lines) > len(shown):
        shown.append(f"and {len(lines) - len(shown)} more, not shown")
    together = range(0, len(shown), LINES_TOGETHER)
    sections = ["\n".join(shown[start : start + LINES_TOGETHER]) for start in together]
    return Message("\n".join(shown), [parts.section(section) for section in sections])


CLAIM_HELP = """\
`/claim yuan ruble` finds claims with these words, and who made them.
`/claim "no limits"` finds these words in this order, `/claim yuan OR euro` either of them; \
`/claim port -crane` leaves a word out. A pasted passage is searched sentence by sentence.
`by:ministry` who said it · `via:journal` who passed it on · `about:putin` a name in the claim
`in:post` the outlet · `after:2026-11-04` `before:yesterday` `on:2026-11` the date
`type:direct` (or indirect, mixed, statement, passage) · `stance:denied` (or said, warned, …) · \
`named:yes` (or described, no) · `lang:en` · `port sort:new` (or first, best)
Slips are forgiven where nothing is found as typed; `=harbour` is taken exactly.
Only you see the answer, until you share a claim."""

FEED_HELP = """\
`/feed add tidewaterpost.example/feed` reads a feed from now on: RSS, Atom or JSON Feed, \
or a page that names one. Whoever adds it hears if it breaks.
`/feed list` shows all feeds and how reading them goes, `/feed list tidewater` those with that word.
`/feed pause`, `/feed resume` and `/feed remove`, each with the feed's address or name.
Only admins may change the feeds."""

ARTICLE_HELP = """\
`/article tidewaterpost.example/2026/harbour` reads the article at an address, files it \
and says what it claims. Only you see the answer; its button Withdraw is for admins.
What a site's robots.txt keeps robots from is not read, and Claimdesk has no subscription: \
of an article behind a paywall there is what the site shows to everybody, or nothing."""

DIGEST_HELP = """\
`/digest on 08:30` posts each day's new claims in this channel, in your time zone.
`/digest off` ends that. `/digest` says what is set."""


def welcome() -> Message:
    """What the demo's channel proposes to try."""
    return Message(WELCOME.replace("`", ""), [parts.section(WELCOME)])


WELCOME = """\
I find claims in articles, and who made them. Try:
`/claim yuan ruble` · `/claim yaun rubel` (slips are forgiven) · `/claim harbour`
`/claim by:ministry` · `/claim photosynthesis` · `/claim help`
`/digest on 08:30` posts each day's new claims here."""
