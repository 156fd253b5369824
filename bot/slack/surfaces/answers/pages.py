"""One page of an answer, for commands and buttons alike."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from bot.errors import NotFoundError, SlackError, StoreError
from bot.log_limit import LogLimit
from bot.newsroom import Newsroom
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import blocks
from bot.slack.threads import page_threads
from bot.store import Conversation
from bot.words import say

MAX_SUGGESTIONS = 5

_saving_tasks: set[asyncio.Task[None]] = set()
"""Keeps the tasks from being garbage-collected."""
_unsaved_answers = LogLimit(logging.getLogger(__name__))


async def show_page(
    newsroom: Newsroom,
    body: Body,
    reply: Reply,
    make_page: Callable[[Conversation], Message],
    *,
    replace: bool = False,
) -> None:
    """Show an answer, which `make_page` makes in another thread; then store the queries that its
    buttons refer to. If that fails, say that the buttons will not work.

    With `replace`, the answer takes the place of the message whose button was pressed. Raises
    SlackError if it cannot be shown.
    """
    person = str(reply.person)
    conversation = newsroom.store.conversations.begin(body["team_id"], person, newsroom.now())
    loop = asyncio.get_running_loop()
    message = await loop.run_in_executor(page_threads, make_page, conversation)
    await respond_with(reply, message, replace=replace)
    # In a task of its own: the answer is shown, so stopping the bot need not wait for the rest.
    task = asyncio.create_task(_tell_if_unsaved(conversation.save(), reply))
    _saving_tasks.add(task)
    task.add_done_callback(_saving_tasks.discard)


async def _tell_if_unsaved(saving: Future[None], reply: Reply) -> None:
    """Wait until an answer's queries are stored; if that fails, say so."""
    try:
        # Cancelling this task must not drop queries that wait to be stored.
        await asyncio.shield(asyncio.wrap_future(saving))
    except StoreError as error:
        _unsaved_answers.warning("the buttons of an answer will not work: %s", error)
        with contextlib.suppress(SlackError):
            await respond_with(reply, notice(say("answers.not_saved")))


def answer_page(
    newsroom: Newsroom,
    conversation: Conversation,
    query: str,
    *,
    offset: int = 0,
    answer_id: str = "",
) -> Message:
    """Answer a query with the page that begins after `offset` rows, which only one person sees.

    The buttons refer to queries of the `conversation`; `answer_id` is the id of this query, if it
    has one already. Raises QueryError if the query cannot be parsed.
    """
    remember, viewer = conversation.remember, conversation.viewer
    page_size = newsroom.settings.search.claims_per_answer
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
            (remember(suggestion), suggestion)
            for suggestion in answer.alternatives[:MAX_SUGGESTIONS]
        ]
        answer_id = answer_id or remember(searched_query)
        return blocks.nothing_found_message(answer, suggestions, answer_id=answer_id)
    if not answer_id and (answer.item_count > page_size or not answer.sections):
        answer_id = remember(searched_query)
    if answer.item_count > page_size:
        answer = replace(answer, facets=newsroom.search.facets(answer, viewer))
    return blocks.answer_message(
        answer,
        answer_id=answer_id,
        offset=offset,
        page_size=page_size,
        exact_id=remember(f"={query}") if answer.was_reinterpreted else "",
        readings=[(remember(reading), reading) for reading in answer.replacements],
    )


def narrowed_page(
    newsroom: Newsroom, conversation: Conversation, query: str, *, facet: str, value_id: str
) -> Message:
    """Answer a query narrowed to the value of a facet with the id `value_id`.

    Raises NotFoundError if no hit has that value any more.
    """
    viewer = conversation.viewer
    answer = newsroom.search.find(query, limit=1, viewer=viewer)
    for value, _ in dict(newsroom.search.facets(answer, viewer).items()).get(facet, ()):
        if blocks.facet_value_id(value) == value_id:
            narrowed_query = newsroom.search.narrow(answer, facet, value)
            return answer_page(newsroom, conversation, narrowed_query)
    raise NotFoundError(say("gone.value"), cause=say("gone.value_why"), remedy=say("gone.search"))
