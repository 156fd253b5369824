"""What the bot shows, as Block Kit with a text that reads the same. Pure: model in, blocks out.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 50 blocks a message, 3000 characters
a section. A whole message is refused somewhere above 10,000 characters, which is why each claim
has its room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bot.model import (
    Answer,
    ArticleCard,
    Claim,
    Context,
    Digest,
    DigestSection,
    Gone,
    Hit,
    Restated,
    Spans,
)
from bot.slack import wording
from bot.slack.attributions import attribution_line
from bot.slack.mrkdwn import TURNING, fitted, inert, line
from bot.slack.notes import notes
from bot.slack.wording import shorten

Block = dict[str, Any]

DIGEST_LENGTHS = (280, 180, 110)
ATTRIBUTION_ROOM, ARTICLE_ROOM = 400, 600
PARAGRAPH_LENGTH, PARAGRAPH_ROOM = 2400, 2900
NOTE_LENGTH, NOTE_ROOM, CLAIM_NOTES_ROOM = 400, 800, 400
DIGEST_MESSAGE_ROOM, MOST_BLOCKS = 9000, 50


class Size(NamedTuple):
    """How many characters of a text are shown, and the room that they may take when set."""

    length: int
    room: int


CONTENT, SHORTER_CONTENT, SENTENCE_CONTENT = Size(600, 900), Size(300, 450), Size(220, 400)
FEW_CLAIMS = 3
"""On a page of more, contents are shorter."""
CLAIMS_A_SENTENCE, SENTENCES = 2, 3
"""With so many of each a message is full."""
MOST_OPTIONS = 100
MOST_LINES, LINES_TOGETHER, LINE_LENGTH, LINE_ROOM = 40, 10, 200, 250


class Message(NamedTuple):
    """A message: `text` is what notifications show and screen readers read."""

    text: str
    blocks: list[Block]


# -- parts


def _mrkdwn(text: str) -> Block:
    # Verbatim: Slack is not to look for links and names in what an article says.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _section(text: str, **more: Any) -> Block:
    return {"type": "section", "text": _mrkdwn(text), **more}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _note(text: str, room: int = NOTE_ROOM) -> str:
    return fitted(text, (), length=NOTE_LENGTH, room=room)


def _plain(text: str, length: int) -> Block:
    return {"type": "plain_text", "text": shorten(text.translate(TURNING), length), "emoji": False}


def _button(label: str, action: str, value: str) -> Block:
    return {"type": "button", "text": _plain(label, 75), "action_id": action, "value": value}


def _menu(label: str, action: str, options: list[Block]) -> Block:
    # No option_groups: the local Slack shows none of theirs.
    return {
        "type": "static_select",
        "action_id": action,
        "placeholder": _plain(label, 150),
        "options": options,
    }


def _buttons(*buttons: Block) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def _attribution(claim: Claim, language: str | None = None) -> str:
    return line(attribution_line(claim, language), room=ATTRIBUTION_ROOM)


def _where(claim: Claim, article: ArticleCard) -> Block:
    return _context(line(wording.article_line(article, claim.paragraph), room=ARTICLE_ROOM))


def _claim_blocks(
    claim: Claim, article: ArticleCard, matched: Spans = (), *, size: Size = CONTENT
) -> list[Block]:
    content = fitted(claim.text, matched, length=size.length, room=size.room)
    said = _attribution(claim, article.language)
    return [_section(f"{content}\n{said}"), _where(claim, article)]


def _claim_text(claim: Claim, article: ArticleCard) -> str:
    attribution = wording.plain(attribution_line(claim, article.language))
    where = wording.plain(wording.article_line(article, claim.paragraph))
    content = shorten(claim.text, DIGEST_LENGTHS[0])
    return inert(f"{content} – {shorten(attribution, 200)} – {shorten(where, 200)}")


# -- private answers


def told(text: str) -> Message:
    """Say one thing; whatever stands in it is shown as it is."""
    shown = fitted(text, (), length=1500, room=2900)
    return Message(shown, [_section(shown)])


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
    size = CONTENT if len(answer.hits) <= FEW_CLAIMS else SHORTER_CONTENT
    for sentence, hits in _parts(answer):
        if blocks:
            blocks.append({"type": "divider"})
        if sentence:
            heading = wording.your_sentence(sentence)
            heading = fitted(heading, (), length=len(heading), room=2 * wording.LONGEST_SENTENCE)
            texts.append(heading)
            blocks.append(_context(heading))
        for hit in hits:
            texts.append(_claim_text(hit.claim, hit.article))
            said = notes(hit, rows.get(hit.claim.id))
            blocks += _hit_blocks(hit, said, SENTENCE_CONTENT if sentence else size)
    steps = [*_paging(answer, answer_id, offset, page)]
    if exact_id:
        steps.append(_button(wording.exactly(answer), "exact", page_value(exact_id, 0)))
    if answer_id and (options := _filters(answer, answer_id)):
        steps.append(_menu("Narrow by …", "filter", options))
    if steps:
        blocks.append(_buttons(*steps))
    summary = _note(wording.summary_line(answer, offset))
    blocks.append(_context(summary))
    return Message("\n".join([*texts, summary]), blocks)


def _parts(answer: Answer) -> list[tuple[str, Sequence[Hit]]]:
    """What is shown together: a passage's sentence with what is found of it, or each hit."""
    if answer.sections:
        return [(one.sentence, one.hits[:CLAIMS_A_SENTENCE]) for one in answer.sections]
    return [("", [hit]) for hit in answer.hits]


def _hit_blocks(hit: Hit, said: Sequence[str], size: Size) -> list[Block]:
    context = _button("Context", "context", hit.claim.id)
    buttons = _buttons(context, _button("Share", "share", hit.claim.id))
    shown = [_context(_note("\n".join(said), CLAIM_NOTES_ROOM))] if said else []
    return [*_claim_blocks(hit.claim, hit.article, hit.matched, size=size), *shown, buttons]


def _paging(answer: Answer, answer_id: str, offset: int, page: int) -> Iterator[Block]:
    if offset:
        earlier = page_value(answer_id, max(0, offset - page))
        yield _button("Previous", "previous", earlier)
    if offset + len(answer.sections or answer.hits) < answer.length:
        yield _button("Next", "next", page_value(answer_id, offset + page))


def _filters(answer: Answer, answer_id: str) -> list[Block]:
    """The options of the values by which an answer can be narrowed down, if there are any."""
    options = [
        {
            "text": _plain(f"{name.capitalize()}: {shorten(value, 50)} ({claims:,})", 75),
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
    message = told(wording.nothing_found(answer))
    if not suggested:
        return message
    buttons = [
        _button(query, f"suggest_{n}", page_value(answer_id, 0))
        for n, (answer_id, query) in enumerate(suggested)
    ]
    near = ", ".join(query for _, query in suggested)
    text = f"{message.text} {_note(f'{wording.SUGGESTED} {near}')}"
    return Message(text, [*message.blocks, _section(wording.SUGGESTED), _buttons(*buttons)])


def help_message() -> Message:
    """Say what can be typed after /claim."""
    return Message(CLAIM_HELP.replace("`", ""), [_section(CLAIM_HELP)])


def digest_help_message() -> Message:
    """Say what can be typed after /digest."""
    return Message(DIGEST_HELP.replace("`", ""), [_section(DIGEST_HELP)])


def feed_help_message() -> Message:
    """Say what can be typed after /feed."""
    return Message(FEED_HELP.replace("`", ""), [_section(FEED_HELP)])


def article_help_message() -> Message:
    """Say what can be typed after /article."""
    return Message(ARTICLE_HELP.replace("`", ""), [_section(ARTICLE_HELP)])


def lines_message(lines: Sequence[str]) -> Message:
    """Lines that are shown as they are; those that one message has no room for are counted."""
    shown = [fitted(one, (), length=LINE_LENGTH, room=LINE_ROOM) for one in lines[:MOST_LINES]]
    if len(lines) > len(shown):
        shown.append(f"and {len(lines) - len(shown)} more, not shown")
    together = range(0, len(shown), LINES_TOGETHER)
    sections = ["\n".join(shown[start : start + LINES_TOGETHER]) for start in together]
    return Message("\n".join(shown), [_section(section) for section in sections])


def article_message(hits: Sequence[Hit], summary: str) -> Message:
    """An article that was read: which it is, some of its claims, and what became of it."""
    where = _context(line(wording.article_line(hits[0].article), room=ARTICLE_ROOM))
    blocks = [where]
    for hit in hits:
        content, _where_too, buttons = _hit_blocks(hit, (), SHORTER_CONTENT)
        blocks += [content, buttons]
    blocks.append(_context(_note(summary)))
    texts = [_claim_text(hit.claim, hit.article) for hit in hits]
    return Message("\n".join([*texts, _note(summary)]), blocks)


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
`/feed add https://tidewaterpost.example/feed` reads a feed from now on: RSS, Atom or JSON Feed, \
or a page that names one. Whoever adds it hears if it breaks.
`/feed list` shows all feeds and how reading them goes.
`/feed pause`, `/feed resume` and `/feed remove`, each with the feed's address or name.
Only admins may change the feeds."""

ARTICLE_HELP = """\
`/article https://tidewaterpost.example/2026/harbour` reads the article at an address, files it \
and says what it claims. Only you see the answer."""

DIGEST_HELP = """\
`/digest on 08:30` posts each day's new claims in this channel, in your time zone.
`/digest off` ends that. `/digest` says what is set."""


# -- in the channel


def shared_message(hit: Hit, person: str) -> Message:
    """A claim as `person`, a Slack user's id, shares it in a channel."""
    return mended_share_message(Restated(hit=hit), person)


def mended_share_message(claim: Restated, person: str) -> Message:
    """A shared claim as it stands by now."""
    by = f"shared by <@{person}>"
    if not (hit := claim.hit):
        return Message(f"{_gone(claim.gone)} – {by}", [_section(_gone(claim.gone)), _context(by)])
    if claim.changed:
        by = f"{by} · {wording.CHANGED_SINCE_SHARED}"
    text = f"{_claim_text(hit.claim, hit.article)} – {by}"
    return Message(text, [*_claim_blocks(hit.claim, hit.article), _context(by)])


def digest_message(digest: Digest) -> Message:
    """A day's claims by article: those of `digest_that_fits`, the rest counted."""
    return _digest_of(digest, _in_order(digest_that_fits(digest)))


def mended_digest_message(digest: Digest, claims: Sequence[Restated]) -> Message:
    """A digest that has been posted, with its claims, in their order, as they stand by now."""
    while claims and not _fits(digest, claims, DIGEST_LENGTHS[-1]):
        claims = claims[:-1]
    return _digest_of(digest, claims)


def _digest_of(digest: Digest, claims: Sequence[Restated]) -> Message:
    texts = [wording.digest_heading(digest), *wording.digest_notes(digest)]
    for one in claims:
        hit = one.hit
        texts.append(_claim_text(hit.claim, hit.article) if hit else _gone(one.gone))
    if rest := wording.digest_rest(digest, len(claims)):
        texts.append(rest)
    lengths = (length for length in DIGEST_LENGTHS if _fits(digest, claims, length))
    blocks = _digest_blocks(digest, claims, next(lengths, DIGEST_LENGTHS[-1]))
    return Message("\n".join(texts), blocks)


def _in_order(digest: Digest) -> list[Restated]:
    return [
        Restated(hit=Hit(claim=claim, article=section.article, score=0.0))
        for section in digest.sections
        for claim in section.claims
    ]


def _gone(gone: Gone | None) -> str:
    return _note(wording.gone_line(gone))


def digest_that_fits(digest: Digest) -> Digest:
    """The digest with as many of its claims as one message has room for, from the first on.

    Contents are cut shorter before a claim is left out.
    """
    while digest.sections and not _fits(digest, _in_order(digest), DIGEST_LENGTHS[-1]):
        *sections, last = digest.sections
        if claims := last.claims[:-1]:
            sections.append(DigestSection(article=last.article, claims=claims))
        digest = replace(digest, sections=tuple(sections))
    return digest


def _fits(digest: Digest, claims: Sequence[Restated], length: int) -> bool:
    blocks = _digest_blocks(digest, claims, length)
    return len(blocks) <= MOST_BLOCKS and sum(map(_characters, blocks)) <= DIGEST_MESSAGE_ROOM


def _digest_blocks(digest: Digest, claims: Sequence[Restated], length: int) -> list[Block]:
    """A digest's blocks, with contents of at most `length` characters."""
    heading = wording.digest_heading(digest)
    blocks = [_header(heading) if digest.claims else _section(inert(heading))]
    blocks += [_context(_note(note)) for note in wording.digest_notes(digest)]
    under = ""
    for one in claims:
        if not (hit := one.hit):
            blocks.append(_context(_gone(one.gone)))
            continue
        if hit.article.id != under:
            under = hit.article.id
            where = wording.printed_line(hit.article, digest.copies)
            blocks.append(_context(line(where, room=ARTICLE_ROOM)))
        blocks.append(_digest_claim(hit.claim, length, changed=one.changed))
    if rest := wording.digest_rest(digest, len(claims)):
        blocks.append(_context(inert(rest)))
    return blocks


def _characters(block: Block) -> int:
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    return sum(len(text["text"]) for text in texts)


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _digest_claim(claim: Claim, length: int, *, changed: bool) -> Block:
    content = fitted(claim.text, (), length=length, room=2 * length)
    button = _button("Context", "context", claim.id)
    since = f" · {wording.CHANGED_SINCE_POSTED}" if changed else ""
    return _section(f"{content}\n{_attribution(claim)}{since}", accessory=button)


def welcome() -> Message:
    """What the demo's channel proposes to try."""
    return Message(WELCOME.replace("`", ""), [_section(WELCOME)])


WELCOME = """\
I find claims in articles, and who made them. Try:
`/claim yuan ruble` · `/claim yaun rubel` (slips are forgiven) · `/claim harbour`
`/claim by:ministry` · `/claim photosynthesis` · `/claim help`
`/digest on 08:30` posts each day's new claims here."""


# -- modals


def context_view(context: Context) -> Block:
    """A modal with the paragraph that a claim stands in, the claim in bold."""
    claim, article = context.hit.claim, context.hit.article
    text, marked = _around(context.paragraph, context.marked)
    paragraph = fitted(text, marked, length=PARAGRAPH_LENGTH, room=PARAGRAPH_ROOM)
    blocks = [_section(paragraph)]
    if context.before:
        blocks.insert(0, _context(_note(context.before)))
    if context.after:
        blocks.append(_context(_note(context.after)))
    blocks += [_section(_attribution(claim, article.language)), _where(claim, article)]
    return {
        "type": "modal",
        "callback_id": "context",
        "title": {"type": "plain_text", "text": "Context"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }


def _around(paragraph: str, marked: Spans) -> tuple[str, Spans]:
    """A paragraph from its start, or if it is long from a little before what is marked in it."""
    first = marked[0][0] if marked else 0
    if len(paragraph) <= PARAGRAPH_LENGTH or first < PARAGRAPH_LENGTH // 2:
        return paragraph, marked
    cut = paragraph.rfind(" ", 0, first - PARAGRAPH_LENGTH // 4) + 1
    shift = cut - len("… ")
    return f"… {paragraph[cut:]}", tuple((s - shift, e - shift) for s, e in marked)
