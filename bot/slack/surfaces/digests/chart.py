"""The chart in the thread below a digest.

It is optional: a failed upload is only logged, and an interrupted upload is not retried.
"""

from __future__ import annotations

import asyncio
import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.digest import chart
from bot.model import Trend
from bot.newsroom import Newsroom
from bot.slack.gate.scopes import scope_needed_by
from bot.slack.messages.post import without_retries
from bot.store import Job, MessageKey
from bot.wording.answers import with_one_full_stop
from bot.wording.incidents import missing_scope_line
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import short_day_of_year

log = logging.getLogger(__name__)

MAX_TITLE_LENGTH = 60
MAX_NAMES_LENGTH = 120


async def post_chart(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> None:
    """Upload the chart of a posted digest into its thread, at most once."""
    key = MessageKey(**job.payload)
    if job.was_interrupted:
        log.warning("the chart below %s in %s may or may not have been posted", key.ts, key.channel)
        return
    trend = await asyncio.to_thread(_find_trend, newsroom, key)
    if not trend:
        return
    try:
        image = await asyncio.to_thread(draw, trend)
        client = without_retries(client)
        await client.files_upload_v2(
            filename="claims.png",
            content=image,
            title=caption(trend),
            alt_txt=alt_text(trend),
            channel=key.channel,
            thread_ts=key.ts,
        )
    except Exception as error:  # noqa: BLE001  the digest is complete without its chart
        scope = scope_needed_by(error) if isinstance(error, SlackApiError) else None
        reason = missing_scope_line(scope) if scope else type(error).__name__
        log.warning("no chart below %s in %s: %s", key.ts, key.channel, reason)
    else:
        log.info("chart posted below %s in %s", key.ts, key.channel)


def _find_trend(newsroom: Newsroom, key: MessageKey) -> Trend | None:
    digest = newsroom.delivery.messages.posted_digest(key)
    return newsroom.speakers.trends.trend_of_digest(digest) if digest else None


def draw(trend: Trend) -> bytes:
    """Return the chart as PNG."""
    title = shorten(say("charts.claims_of", speakers=_names(trend)), MAX_TITLE_LENGTH)
    if not chart.can_draw(title):
        title = say("charts.claims_a_day")
    days = [(short_day_of_year(day), number) for day, number in trend.days]
    return chart.draw_bars(title, days)


def caption(trend: Trend) -> str:
    """Return the title that Slack shows above the chart."""
    first, last = (short_day_of_year(trend.days[n][0]) for n in (0, -1))
    return say("charts.caption", first=first, last=last, speakers=_names(trend))


def alt_text(trend: Trend) -> str:
    """Describe the chart for people who cannot see it."""
    busiest_day, max_number = max(trend.days, key=lambda day_and_number: day_and_number[1])
    (first_day, _), (last_day, last_number) = trend.days[0], trend.days[-1]
    text = say(
        "charts.described",
        n=sum(number for _, number in trend.days),
        speakers=_names(trend),
        first=short_day_of_year(first_day),
        last=short_day_of_year(last_day),
        most=max_number,
        busiest=short_day_of_year(busiest_day),
        last_day=last_number,
    )
    return with_one_full_stop(text)


def _names(trend: Trend) -> str:
    return shorten(", ".join(trend.speakers), MAX_NAMES_LENGTH)
