"""One page of an answer, as commands and buttons both show it."""

from __future__ import annotations

from bot.newsroom import Newsroom
from bot.slack import blocks
from bot.slack.blocks import Message

SUGGESTIONS = 5


def page_of(
    newsroom: Newsroom,
    team: str,
    person: str,
    query: str,
    *,
    offset: int = 0,
    answer_id: str = "",
) -> Message:
    """Answer a query with the page that begins after `offset` hits.

    The query is remembered if there are further pages, unless `answer_id` says under what it was
    before.
    Raises QueryError where it cannot be read.
    """
    page = newsroom.settings.search.claims_per_answer
    answer = newsroom.find(query, limit=page, offset=offset)
    if offset and not answer.hits:
        # Fewer are found than when this page was promised.
        offset = 0
        answer = newsroom.find(query, limit=page)
    if not answer.hits:
        suggested = [(newsroom.remember(team, person, q), q) for q in answer.suggestions]
        return blocks.nothing_message(answer, suggested[:SUGGESTIONS])
    if answer.total > page and not answer_id:
        answer_id = newsroom.remember(team, person, query)
    return blocks.answer_message(answer, answer_id=answer_id, offset=offset, page=page)
