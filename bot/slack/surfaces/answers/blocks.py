"""Private answers, as Block Kit with a text that says the same. No I/O.

Limits are Slack's (docs.slack.dev/reference/block-kit/blocks): 50 blocks a message, 3000 characters
a section. Slack refuses messages somewhere above 10,000 characters, so the text of each claim is
limited.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from bot.model import Answer, Hit
from bot.slack import claim_parts, parts
from bot.slack.mrkdwn import escape_to_fit, render_line
from bot.slack.parts import Block, Message
from bot.wording import answers as wording
from bot.wording.notes import also_reported_line, notes
from bot.wording.passage import MAX_LENGTH
from bot.wording.runs import plain_text, shorten
from bot.wording.same_sentence import group_hits_by_sentence
from bot.words import say

MAX_FULL_LENGTH_CLAIMS = 3
"""On a page with more claims, their passages are cut to SHORT_PASSAGE_LENGTH characters."""
SHORT_PASSAGE_LENGTH = 250
MAX_SENTENCES, MAX_CLAIMS_PER_SENTENCE = 3, 2
"""How many sentences of a pasted passage fit into a message, and how many claims of each."""
MAX_OPTIONS = 100
"""Options that Slack allows in a menu."""
MAX_HEADLINE_LENGTH = 400
MAX_LINES, LINES_PER_SECTION = 40, 10
"""How many lines fit into a message of lines, and into each of its sections."""
MAX_LINE_LENGTH, MAX_ESCAPED_LINE_LENGTH = 200, 250


def answer_message(
    answer: Answer,
    *,
    answer_id: str,
    offset: int,
    page_size: int,
    exact_id: str = "",
    readings: Sequence[tuple[str, str]] = (),
) -> Message:
    """Show a page of hits with its buttons.

    `offset` statements come before the page, and at most `page_size` fit on it; if the query is a
    pasted passage, both count sentences instead. The buttons and the menu carry `answer_id`, the id
    of the stored query. `exact_id` is the id of the query as typed, if typos were corrected.
    `readings` are (answer id, query) for other readings of the words.
    """
    texts, blocks = _heading(answer, readings)
    rows_by_claim = {row.hits[0].claim.id: row for row in answer.rows}
    are_passages_cut = len(answer.hits) > MAX_FULL_LENGTH_CLAIMS
    for number, (sentence, sentence_hits) in enumerate(_groups(answer)):
        if number:
            blocks.append({"type": "divider"})
        if sentence:
            title = wording.pasted_sentence_line(sentence)
            title = escape_to_fit(
                title, max_length=len(title), max_escaped=2 * wording.MAX_SENTENCE_LENGTH
            )
            texts.append(title)
            blocks.append(parts.context(title))
        for hit, *same_sentence_hits in sentence_hits:
            row = rows_by_claim.get(hit.claim.id)
            texts.append(claim_parts.claim_text(hit, same_sentence_hits))
            blocks += claim_parts.hit_blocks(
                hit,
                notes(hit, row, with_outlets=False),
                max_length=SHORT_PASSAGE_LENGTH if are_passages_cut else MAX_LENGTH,
                other_reports=also_reported_line(row) if row else None,
                same_sentence_hits=same_sentence_hits,
            )
    if buttons := [*_answer_buttons(answer, answer_id, offset, page_size, exact_id)]:
        blocks.append(parts.actions(*buttons))
    summary = parts.escape_note(wording.summary_line(answer, offset))
    blocks.append(parts.context(summary))
    return Message("\n".join([*texts, summary]), blocks)


def _heading(answer: Answer, readings: Sequence[tuple[str, str]]) -> tuple[list[str], list[Block]]:
    """Return texts and blocks: how the query was read, the articles that it is about, and other
    readings."""
    texts: list[str] = []
    blocks: list[Block] = []
    if query_line := wording.query_line(answer):
        texts.append(parts.escape_note(query_line))
        blocks.append(parts.section(texts[0]))
    if answer.articles:
        article_texts, article_blocks = _about_articles(answer)
        texts += article_texts
        blocks += [*article_blocks, {"type": "divider"}]
    if readings:
        heading = say("answers.offered")
        texts.append(_query_list(heading, (query for _, query in readings)))
        blocks.append(parts.section(heading))
        blocks.append(parts.actions(*_query_buttons(readings)))
    return texts, blocks


def _groups(answer: Answer) -> list[tuple[str, Sequence[Sequence[Hit]]]]:
    """Return the hits grouped as they are shown, each group with its title.

    A group is a sentence of the pasted passage with its rows, or one row, which has no title. A row
    is a list of hits from one printed sentence.
    """
    if answer.sections:
        return [
            (section.sentence, group_hits_by_sentence(section.hits[:MAX_CLAIMS_PER_SENTENCE]))
            for section in answer.sections
        ]
    rows = [row.shown_hits for row in answer.rows]
    return [("", [hits]) for hits in rows or ([hit] for hit in answer.hits)]


def _answer_buttons(
    answer: Answer, answer_id: str, offset: int, page_size: int, exact_id: str
) -> Iterator[Block]:
    """Yield the buttons below an answer, and the menu that narrows it down."""
    value, end = partial(page_value, answer_id), offset + len(answer.sections or answer.hits)
    yield from parts.paging_buttons("", value, offset, page_size, answer.item_count, end=end)
    if exact_id:
        yield parts.button(wording.exact_search_label(answer), "exact", page_value(exact_id, 0))
    if answer_id and (options := _filter_options(answer, answer_id)):
        yield parts.menu(say("buttons.narrow"), "filter", options)
    if answer_id and not (answer.sections or answer.is_nearest_only):
        yield _watch_button(answer_id)


def _filter_options(answer: Answer, answer_id: str) -> list[Block]:
    """Return the options that narrow an answer down."""
    options = [
        parts.option(
            say(f"buttons.narrow_{facet}", value=shorten(value, 50), n=count),
            f"{answer_id}:{facet}:{facet_value_id(value)}",
        )
        for facet, counts in (answer.facets.items() if answer.facets else ())
        for value, count in counts
        if count < answer.total
    ]
    return options[:MAX_OPTIONS]


def _watch_button(answer_id: str) -> Block:
    return parts.button(say("buttons.watch"), "watch_search", page_value(answer_id, 0))


def facet_value_id(value: str) -> str:
    """Return a short id for a facet's value, for the options of the menu."""
    return hashlib.sha256(value.encode()).hexdigest()[:8]


def page_value(answer_id: str, offset: int) -> str:
    """Return the value of a button that leads to a page of an answer."""
    return f"{answer_id}:{offset}"


def nothing_found_message(
    answer: Answer, suggestions: Sequence[tuple[str, str]], *, answer_id: str
) -> Message:
    """Say that nothing was found; `suggestions` are (answer id, query) that would find something.

    The query stored as `answer_id` can be changed and, unless it is a passage, watched.
    """
    buttons = []
    if answer.searched.articles:
        change = parts.button(
            say("buttons.change_search"), "change_search", page_value(answer_id, 0)
        )
        buttons.append(change)
    if not (answer.unmatched_sentences or answer.is_nearest_only):
        buttons.append(_watch_button(answer_id))
    queries = [query for _, query in suggestions]
    buttons = [*_query_buttons(suggestions), *buttons]
    message = suggestions_message(nothing_found_text(answer), queries, buttons)
    if not answer.articles:
        return message
    texts, blocks = _about_articles(answer)
    return Message(
        "\n".join([*texts, message.text]), [*blocks, {"type": "divider"}, *message.blocks]
    )


def nothing_found_text(answer: Answer) -> str:
    """Say that nothing was found or, if there is nothing to search, how to add articles."""
    text = wording.nothing_found(answer)
    return text if answer.searched.articles else f"{text} {say('answers.add_articles')}"


def suggestions_message(text: str, queries: Sequence[str], buttons: Sequence[Block]) -> Message:
    """Say that nothing was found, list `queries` that would find something, and show buttons.

    The list is only in the text of the message: in its blocks the queries are among the buttons.
    """
    text, blocks = parts.notice(text)
    if queries:
        heading = say("answers.suggested")
        text = f"{text} {_query_list(heading, queries)}"
        blocks = [*blocks, parts.section(heading)]
    return Message(text, [*blocks, parts.actions(*buttons)] if buttons else blocks)


def _query_buttons(queries: Sequence[tuple[str, str]]) -> list[Block]:
    """Return buttons that search for stored queries (answer id, query); their ids are numbered."""
    return [
        parts.button(query, f"suggest_{number}", page_value(answer_id, 0))
        for number, (answer_id, query) in enumerate(queries)
    ]


def _query_list(heading: str, queries: Iterable[str]) -> str:
    """Return queries as text, for clients that do not show buttons."""
    return parts.escape_note(f"{heading} {', '.join(queries)}")


def _about_articles(answer: Answer) -> tuple[list[str], list[Block]]:
    """Return texts and blocks of the articles that a query is about, each with a button to open
    it."""
    if not (articles := wording.articles_above(answer)):
        return [], []
    lines = [wording.headline_line(article) for article in articles]
    rendered_lines = [render_line(line, max_length=MAX_HEADLINE_LENGTH) for line in lines]
    texts = [parts.escape_note(plain_text(line)) for line in lines]
    heading = parts.escape_note(wording.about_line(answer)) + (" " if len(lines) == 1 else "\n")
    rendered_lines[0], texts[0] = heading + rendered_lines[0], heading + texts[0]
    blocks = [
        parts.section(
            line, accessory=parts.button(say("articles.open"), "article_open", article.id)
        )
        for line, article in zip(rendered_lines, articles, strict=True)
    ]
    return texts, blocks


def help_message(command: str) -> Message:
    """Say what can be typed after a command: claim, digest, feed or article."""
    return parts.markup_message(say(f"help.{command}"))


def welcome_message() -> Message:
    """Say in the demo's channel what to try."""
    return parts.markup_message(say("help.welcome"))


def lines_message(lines: Sequence[str]) -> Message:
    """Show lines, escaped; say how many do not fit into one message."""
    rendered_lines = [
        escape_to_fit(line, max_length=MAX_LINE_LENGTH, max_escaped=MAX_ESCAPED_LINE_LENGTH)
        for line in lines[:MAX_LINES]
    ]
    if len(lines) > len(rendered_lines):
        rendered_lines.append(say("digests.rest", n=len(lines) - len(rendered_lines)))
    sections = [
        parts.section("\n".join(rendered_lines[start : start + LINES_PER_SECTION]))
        for start in range(0, len(rendered_lines), LINES_PER_SECTION)
    ]
    return Message("\n".join(rendered_lines), sections)
