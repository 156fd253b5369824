"""One page of an answer, as commands and buttons both show it."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.about_articles import with_articles
from bot.wording.holders import named_of_several
from bot.words import say

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
    """Answer a query with the page that begins after `offset` rows.

    The query is remembered for the buttons, unless `answer_id` says under what it was before.
    Raises QueryError where it cannot be read.
    """

    def remembered(asked: str) -> str:
        return newsroom.store.conversations.remember(team, person, asked, newsroom.now())

    page = newsroom.settings.search.claims_per_answer
    answer = newsroom.search.find_rows(query, limit=page, offset=offset)
    if offset and not answer.hits:
        # Fewer are found than when this page was promised.
        offset = 0
        answer = newsroom.search.find_rows(query, limit=page)
    if answer.sections:
        page = min(page, blocks.SENTENCES)
        answer = replace(answer, sections=answer.sections[:page])
    # What is watched, changed or paged through is what was searched for.
    kept = answer.read_as if answer.is_question else query
    if not answer.hits:
        suggested = [(remembered(q), q) for q in answer.alternatives[:SUGGESTIONS]]
        answer_id = answer_id or remembered(kept)
        message = blocks.nothing_message(answer, suggested, answer_id=answer_id)
        return with_articles(message, answer)
    if not answer_id and (answer.length > page or not answer.sections):
        answer_id = remembered(kept)
    if answer.length > page:
        answer = replace(answer, facets=newsroom.search.facets(answer))
    exact_id = remembered(f"={query}") if answer.was_reinterpreted else ""
    offered = [(remembered(q), q) for q in answer.offers]
    narrower = [
        (remembered(newsroom.search.narrowed(answer, "speaker", one.name)), one.name)
        for one in named_of_several(answer)
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
    return with_articles(message, answer)


def narrowed_page(
    newsroom: Newsroom, team: str, person: str, query: str, *, facet: str, chosen: str
) -> Message:
    """Answer a query for one value of a facet only: the one whose option has the value `chosen`.

    Raises NotFoundError where nothing that is found has it any more.
    """
    answer = newsroom.search.find(query, limit=1)
    counts = dict(newsroom.search.facets(answer).items()).get(facet, ())
    for value, _ in counts:
        if blocks.choice(value) == chosen:
            return page_of(newsroom, team, person, newsroom.search.narrowed(answer, facet, value))
    raise NotFoundError(say("gone.value"), cause=say("gone.value_why"), remedy=say("gone.search"))
