"""One page of an answer, for commands and buttons alike."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.answers import blocks
from bot.wording.holders import listed_holders
from bot.words import say

SUGGESTIONS = 5


def answer_page(
    newsroom: Newsroom,
    team: str,
    person: str,
    query: str,
    *,
    offset: int = 0,
    answer_id: str = "",
) -> Message:
    """Answer a query with the page that begins after `offset` rows.

    The query is stored for the buttons, unless it already is, as `answer_id`. Raises QueryError if
    it cannot be read.
    """

    def remembered(asked: str) -> str:
        return newsroom.store.conversations.remember(team, person, asked, newsroom.now())

    page = newsroom.settings.search.claims_per_answer
    answer = newsroom.search.find_rows(query, limit=page, offset=offset)
    if offset and not answer.hits:
        # There are fewer now than when the button was shown.
        offset = 0
        answer = newsroom.search.find_rows(query, limit=page)
    if answer.sections:
        page = min(page, blocks.SENTENCES)
        answer = replace(answer, sections=answer.sections[:page])
    # Buttons watch, change and page through the query that was searched for.
    kept = answer.read_as if answer.is_question else query
    if not answer.hits:
        suggested = [(remembered(q), q) for q in answer.alternatives[:SUGGESTIONS]]
        answer_id = answer_id or remembered(kept)
        message = blocks.nothing_message(answer, suggested, answer_id=answer_id)
        return blocks.with_articles(message, answer)
    if not answer_id and (answer.length > page or not answer.sections):
        answer_id = remembered(kept)
    if answer.length > page:
        answer = replace(answer, facets=newsroom.search.facets(answer))
    exact_id = remembered(f"={query}") if answer.was_reinterpreted else ""
    offered = [(remembered(q), q) for q in answer.offers]
    narrower = [
        (remembered(newsroom.search.narrow(answer, "speaker", one.name)), one.name)
        for one in listed_holders(answer)
    ]
    message = blocks.answer_message(
        answer,
        answer_id=answer_id,
        offset=offset,
        page=page,
        exact_id=exact_id,
        offered=offered,
        holders=narrower,
    )
    return blocks.with_articles(message, answer)


def narrowed_page(
    newsroom: Newsroom, team: str, person: str, query: str, *, facet: str, chosen: str
) -> Message:
    """Answer a query narrowed to the value of a facet that has the id `chosen`.

    Raises NotFoundError if no hit has that value any more.
    """
    answer = newsroom.search.find(query, limit=1)
    counts = dict(newsroom.search.facets(answer).items()).get(facet, ())
    for value, _ in counts:
        if blocks.facet_value_id(value) == chosen:
            return answer_page(newsroom, team, person, newsroom.search.narrow(answer, facet, value))
    raise NotFoundError(say("gone.value"), cause=say("gone.value_why"), remedy=say("gone.search"))
