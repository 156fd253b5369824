"""The slash command /article, and the buttons under articles.

The command reads an article from its address, or finds a known article, and shows its claims. It
also sets whether a channel unfurls links.
"""

from __future__ import annotations

import asyncio
import contextlib
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.ingest.fetch import addresses
from bot.model import ANYONE
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.newsroom.articles.overview import Overview
from bot.slack.gate.people import is_admin, is_reviewer
from bot.slack.parts import Message, markup_message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, pressed_value, viewer_of
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.buttons import parse_page_value
from bot.slack.surfaces.answers.commands import HELP_WORDS, typed_words
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles.withdrawal import reword_not_found
from bot.slack.threads import to_slow_thread
from bot.words import say

TYPED_ADDRESS = re.compile(
    r"<?((?:https?://|(?=[\w-]+(?:\.[\w-]+)+/))[^\s<>|]+)(?:\|[^>]*)?>?", re.IGNORECASE
)
"""A web address as typed, with or without its scheme, or as Slack writes it."""
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
            await respond_with(reply, await asyncio.to_thread(_unfurl, newsroom, body, words[1:]))
        elif url := parse_address(text):
            await _read(newsroom, client, reply, url, viewer_of(body))
        else:
            may_withdraw = await _may_withdraw(newsroom, client, body["user_id"])
            viewer = viewer_of(body)
            message = await asyncio.to_thread(
                _find, newsroom, text, viewer, may_withdraw=may_withdraw
            )
            await respond_with(reply, message)

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
        await _show(newsroom, client, reply, article_id, 0, viewer=viewer, replace=False)

    @app.action("article_sources")
    @acknowledge_first
    async def show_sources(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article_id, viewer = pressed_value(body), viewer_of(body)
        overview = await asyncio.to_thread(_overview, newsroom, article_id, viewer)
        await respond_with(reply, article_blocks.sources_message(overview))


async def _read(
    newsroom: Newsroom, client: AsyncWebClient, reply: Reply, url: str, viewer: str
) -> None:
    """Read the article at an address and show the outcome."""
    await respond_with(reply, notice(say("feeds.reading", address=addresses.for_display(url))))
    needs_review = await _needs_review(newsroom, client, str(reply.person))
    brought_by = viewer if needs_review else ANYONE
    result = await to_slow_thread(newsroom.intake.links.ingest, url, brought_by=brought_by)
    may_withdraw = await _may_withdraw(newsroom, client, str(reply.person))
    message = await asyncio.to_thread(_outcome_message, newsroom, url, result, viewer, may_withdraw)
    await respond_with(reply, message, replace=True)


async def _needs_review(newsroom: Newsroom, client: AsyncWebClient, person: str) -> bool:
    """Tell whether what a person brings is shown to others only once it is accepted."""
    if not newsroom.settings.people.review_articles:
        return False
    # If Slack does not say who they are, somebody else decides.
    with contextlib.suppress(SlackError):
        return not await is_reviewer(newsroom, client, person, failure="")
    return True


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
            return article_blocks.read_failure_message(result.errors)
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
