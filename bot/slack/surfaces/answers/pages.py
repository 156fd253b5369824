"""One page of an answer, for commands and buttons alike."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import NotFoundError
from bot.model import viewer_key
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.answers import blocks
from bot.wording.holders import listed_holders
from bot.words import say

MAX_SUGGESTIONS = 5


def answer_page(
    newsroom: Newsroom,
    team: str,
    person: str,
    query: str,
    *,
    offset: int = 0,
    answer_id: str = "",
) -> Message:
    """Answer a query with the page that begins after `offset` rows, which only one person sees.

    The query is stored for the buttons; `answer_id` is its id, if it has been stored before.
    Raises QueryError if the query cannot be parsed.
    """

    def store(query: str) -> str:
        return newsroom.store.conversations.remember(team, person, query, newsroom.now())

    page_size, viewer = newsroom.settings.search.claims_per_answer, viewer_key(team, person)
    answer = newsroom.search.find_rows(query, limit=page_size, offset=offset, viewer=viewer)
    if offset and not answer.hits:
        # There are fewer rows now than when the button was shown.
        offset = 0
        answer = newsroom.search.find_rows(query, limit=page_size, viewer=viewer)
    if answer.sections:
        page_size = min(page_size, blocks.MAX_SENTENCES)
        answer = replace(answer, sections=answer.sections[:page_size])
    # The buttons watch, change and page through the query that was searched for.
    searched_query = answer.read_as if answer.is_question else query
    if not answer.hits:
        suggestions = [
            (store(suggestion), suggestion) for suggestion in answer.alternatives[:MAX_SUGGESTIONS]
        ]
        answer_id = answer_id or store(searched_query)
        message = blocks.nothing_found_message(answer, suggestions, answer_id=answer_id)
        return blocks.prepend_articles(message, answer)
    if not answer_id and (answer.item_count > page_size or not answer.sections):
        answer_id = store(searched_query)
    if answer.item_count > page_size:
        answer = replace(answer, facets=newsroom.search.facets(answer, viewer))
    message = blocks.answer_message(
        answer,
        answer_id=answer_id,
        offset=offset,
        page_size=page_size,
        exact_id=store(f"={query}") if answer.was_reinterpreted else "",
        readings=[(store(reading), reading) for reading in answer.replacements],
        holders=[
            (store(newsroom.search.narrow(answer, "speaker", holder.name)), holder.name)
            for holder in listed_holders(answer)
        ],
    )
    return blocks.prepend_articles(message, answer)


def narrowed_page(
    newsroom: Newsroom, team: str, person: str, query: str, *, facet: str, value_id: str
) -> Message:
    """Answer a query narrowed to the value of a facet with the id `value_id`.

    Raises NotFoundError if no hit has that value any more.
    """
    viewer = viewer_key(team, person)
    answer = newsroom.search.find(query, limit=1, viewer=viewer)
    for value, _ in dict(newsroom.search.facets(answer, viewer).items()).get(facet, ()):
        if blocks.facet_value_id(value) == value_id:
            narrowed_query = newsroom.search.narrow(answer, facet, value)
            return answer_page(newsroom, team, person, narrowed_query)
    raise NotFoundError(say("gone.value"), cause=say("gone.value_why"), remedy=say("gone.search"))
