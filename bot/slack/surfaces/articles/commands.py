"""The slash command /article, and the buttons under articles.

The command reads an article from its address, or finds a known article, and shows its claims. It
also sets whether a channel unfurls links.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.worker import kept_lease
from bot.errors import NotFoundError, SlackError, StoppingError
from bot.ingest.fetch import addresses
from bot.model import viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.newsroom.articles.overview import Overview
from bot.slack.gate import scopes
from bot.slack.gate.people import is_admin, is_reviewer, needs_review
from bot.slack.parts import Message, markup_message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, match_value, pressed_value, viewer_of
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.buttons import parse_page_value
from bot.slack.surfaces.answers.commands import HELP_WORDS, typed_words
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles.failure_blocks import read_failure_message
from bot.slack.surfaces.articles.withdrawal import reword_not_found
from bot.slack.threads import to_slow_thread
from bot.words import say

log = logging.getLogger(__name__)

TYPED_ADDRESS = re.compile(
    r"<?((?:https?://|(?=[\w-]+(?:\.[\w-]+)+/))[^\s<>|]+)(?:\|[^>]*)?>?", re.IGNORECASE
)
"""A web address as typed, with or without its scheme, or as Slack writes it."""
ADDRESS_VALUE = re.compile(r"https?://[^\s<>|]+", re.IGNORECASE)
TURN_CHECK_SECONDS = 0.5
"""How often to check whether it is a request's turn."""
LINK_SCOPES = ("links:read", "links:write")
PAGE_ACTIONS = re.compile(r"article_(?:next|previous)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /article and the buttons under articles."""

    @app.command("/article")
    @acknowledge_first
    async def article(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        text = typed_words(body)
        words = text.casefold().split()
        if text.casefold() in HELP_WORDS:
            await respond_with(reply, blocks.help_message("article"))
        elif words[0] == "unfurl" and len(words) < 3:
            if words[1:] == ["on"]:
                await _require_reviewer(newsroom, client, body["user_id"])
                await _require_link_scopes(client)
            await respond_with(reply, await asyncio.to_thread(_unfurl, newsroom, body, words[1:]))
        elif url := parse_address(text):
            await _read(newsroom, client, reply, body["team_id"], url)
        else:
            may_withdraw = await _may_withdraw(newsroom, client, body["user_id"])
            viewer = viewer_of(body)
            message = await asyncio.to_thread(
                _find, newsroom, text, viewer, may_withdraw=may_withdraw
            )
            await respond_with(reply, message)

    @app.action("article_anyway")
    @acknowledge_first
    async def read_anyway(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        url = match_value(ADDRESS_VALUE, pressed_value(body), "gone.button")[0]
        log.info("%s has %s read anyway", reply.person, addresses.for_display(url))
        await _read(newsroom, client, reply, body["team_id"], url, anyway=True)

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def show_page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id, offset = parse_page_value(pressed_value(body))
        viewer = viewer_of(body)
        await _show(newsroom, client, reply, article_id, offset, viewer=viewer, replace=True)

    @app.action("article_open")
    @acknowledge_first
    async def open_article(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id, viewer = pressed_value(body), viewer_of(body)
        reply.prefers_thread = bool(reply.thread_ts)
        await _show(newsroom, client, reply, article_id, 0, viewer=viewer, replace=False)

    @app.action("article_sources")
    @acknowledge_first
    async def show_sources(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id, viewer = pressed_value(body), viewer_of(body)
        overview = await asyncio.to_thread(_overview, newsroom, article_id, viewer)
        await respond_with(reply, article_blocks.sources_message(overview))


async def _read(
    newsroom: Newsroom,
    client: AsyncWebClient,
    reply: Reply,
    team: str,
    url: str,
    *,
    anyway: bool = False,
) -> None:
    """Read the article at an address and show the outcome.

    With `anyway`, in place of the refusal whose button was pressed.
    """
    address = addresses.for_display(url)
    await respond_with(reply, notice(say("feeds.reading", address=address)), replace=anyway)
    viewer = viewer_key(team, str(reply.person))
    is_for_review = await needs_review(newsroom, client, str(reply.person))
    try:
        result = await _read_in_turn(
            newsroom, reply, team, url, needs_review=is_for_review, anyway=anyway
        )
    except (asyncio.CancelledError, StoppingError):
        await respond_with(reply, notice(say("articles.read_after_restart", address=address)))
        return
    may_withdraw = await _may_withdraw(newsroom, client, str(reply.person))
    message = await asyncio.to_thread(_outcome_message, newsroom, url, result, viewer, may_withdraw)
    await respond_with(reply, message, replace=True)


async def _read_in_turn(
    newsroom: Newsroom, reply: Reply, team: str, url: str, *, needs_review: bool, anyway: bool
) -> IngestResult:
    """Read an address when it is this person's turn, and say so if they have to wait."""
    requests = newsroom.intake.link_requests
    asked_by = {"team": team, "person": str(reply.person)}
    add = partial(requests.add, url, **asked_by, needs_review=needs_review, anyway=anyway)
    key, is_told = await asyncio.to_thread(add), False
    while (job := await asyncio.to_thread(requests.take, key)) is None:
        if not await asyncio.to_thread(requests.is_open, key):
            # A worker has done it. Reading it again shows the outcome.
            await asyncio.to_thread(add)
        if not is_told:
            waits = say("articles.waits_for_turn", address=addresses.for_display(url))
            await respond_with(reply, notice(waits))
            is_told = True
        await asyncio.sleep(TURN_CHECK_SECONDS)
    async with kept_lease(newsroom.delivery.jobs, job):
        try:
            return await to_slow_thread(requests.read, job)
        except asyncio.CancelledError:
            # The thread may go on for a while; what it still files is filed only once.
            await asyncio.to_thread(newsroom.delivery.jobs.release, job)
            raise


async def _show(
    newsroom: Newsroom,
    client: AsyncWebClient,
    reply: Reply,
    article_id: str,
    offset: int,
    *,
    viewer: str,
    replace: bool,
) -> None:
    """Show a page of an article's claims."""
    may_withdraw = await _may_withdraw(newsroom, client, str(reply.person))
    overview = await asyncio.to_thread(_overview, newsroom, article_id, viewer)
    if offset >= len(overview.claims):
        offset = 0  # there are fewer claims now than when the button was shown
    message = article_blocks.article_message(
        None, overview, offset=offset, may_withdraw=may_withdraw
    )
    await respond_with(reply, message, replace=replace)


def _overview(newsroom: Newsroom, article_id: str, viewer: str) -> Overview:
    with reword_not_found("gone.search_again"):
        return newsroom.articles.overviews.load(article_id, viewer)


def _find(newsroom: Newsroom, words: str, viewer: str, *, may_withdraw: bool) -> Message:
    """Show the article that matches the words, or a choice if there are several."""
    articles = newsroom.articles.overviews.find_by_text(words, viewer)
    if not articles:
        return article_blocks.no_article_message(words, newsroom.store.archive.coverage().articles)
    if len(articles) > 1:
        return article_blocks.choice_message(articles)
    overview = _overview(newsroom, articles[0].id, viewer)
    return article_blocks.article_message(None, overview, may_withdraw=may_withdraw)


def _unfurl(newsroom: Newsroom, command: Body, words: list[str]) -> Message:
    """Show or change whether a channel unfurls links; `words` may be "on" or "off"."""
    team, channel = command["team_id"], command["channel_id"]
    if channel.startswith("D"):
        return markup_message(say("unfurls.in_channels_only"))
    if words in (["on"], ["off"]):
        newsroom.store.channels.set_unfurls(team, channel, enabled=words == ["on"])
        return markup_message(say(f"unfurls.is_{words[0]}_now"))
    if words:
        return blocks.help_message("article")
    is_on = newsroom.store.channels.unfurls(team, channel)
    return markup_message(say("unfurls.is_on" if is_on else "unfurls.is_off"))


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, person: str) -> None:
    """Raise NotFoundError unless a person may decide what everybody in a channel sees."""
    if not await is_reviewer(newsroom, client, person, failure=say("unfurls.not_changed")):
        raise NotFoundError(say("unfurls.reviewers_only"))


async def _require_link_scopes(client: AsyncWebClient) -> None:
    """Raise NotFoundError if the bot may not see links, or show anything below them."""
    for scope in await scopes.find_missing(client):
        if scope in LINK_SCOPES:
            cause, remedy = say("scopes.why", scope=scope), say("scopes.remedy")
            raise NotFoundError(say("unfurls.not_changed"), cause=cause, remedy=remedy)


def parse_address(text: str) -> str | None:
    """Return the web address that somebody typed; None if the text is not one."""
    match = TYPED_ADDRESS.fullmatch(text)
    if not match:
        return None
    return match[1] if "://" in match[1] else f"https://{match[1]}"


async def _may_withdraw(newsroom: Newsroom, client: AsyncWebClient, person: str) -> bool:
    # If Slack does not say who they are, the article is shown without the button.
    with contextlib.suppress(SlackError):
        return await is_admin(newsroom, client, person, failure="")
    return False


def _outcome_message(
    newsroom: Newsroom, url: str, result: IngestResult, viewer: str, may_withdraw: bool
) -> Message:
    """Show what was read from an address or, if that failed, the article stored from it."""
    if not result.outcomes:
        if (article := newsroom.articles.overviews.find_by_url(url, viewer)) is None:
            return read_failure_message(result.errors, url)
        overview = _overview(newsroom, article.id, viewer)
        return article_blocks.stale_article_message(
            result.errors[0], overview, may_withdraw=may_withdraw
        )
    first_outcome, *other_outcomes = result.outcomes
    try:
        overview = newsroom.articles.overviews.load(first_outcome.id, viewer)
    except NotFoundError:
        return article_blocks.not_shown_message(addresses.for_display(url), first_outcome)
    return article_blocks.article_message(
        first_outcome, overview, more_articles=len(other_outcomes), may_withdraw=may_withdraw
    )
