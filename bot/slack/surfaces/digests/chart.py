"""The chart in the thread below a digest.

It is optional: a failed upload is only logged, and one that may have worked is not repeated.
"""

from __future__ import annotations

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.digest import chart
from bot.model import Trend
from bot.newsroom import Newsroom
from bot.slack.messages.post import without_retries
from bot.store import Job, MessageKey
from bot.wording.answers import with_one_full_stop
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import day_on_a_scale, short_day_of_year

log = logging.getLogger(__name__)

LONGEST_TITLE, LONGEST_NAMES = 60, 120


async def post_chart(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> None:
    """Upload the chart of a posted digest into its thread, at most once."""
    key = MessageKey(**job.payload)
    if job.interrupted:
        log.warning("the chart below %s in %s may or may not have been posted", key.ts, key.channel)
        return
    trend = await asyncio.to_thread(_trend, newsroom, key)
    if not trend:
        return
    try:
        picture = await asyncio.to_thread(draw, trend)
        client = without_retries(client)
        await client.files_upload_v2(
            filename="claims.png",
            content=picture,
            title=caption(trend),
            alt_txt=alt_text(trend),
            channel=key.channel,
            thread_ts=key.ts,
        )
    except Exception as error:  # noqa: BLE001  the digest stands without it
        log.warning("no chart below %s in %s: %s", key.ts, key.channel, type(error).__name__)
    else:
        log.info("chart posted below %s in %s", key.ts, key.channel)


def _trend(newsroom: Newsroom, key: MessageKey) -> Trend | None:
    digest = newsroom.delivery.messages.posted_digest(key)
    return newsroom.speakers.trends.for_digest(digest) if digest else None


def draw(trend: Trend) -> bytes:
    """Return the chart as PNG."""
    title = shorten(say("charts.claims_of", speakers=_names(trend)), LONGEST_TITLE)
    if not chart.can_draw(title):
        title = say("charts.claims_a_day")
    days = [(day_on_a_scale(day, trend.language), number) for day, number in trend.days]
    return chart.bars(title, days)


def caption(trend: Trend) -> str:
    """Return what Slack prints above the chart."""
    first, last = (short_day_of_year(trend.days[n][0], trend.language) for n in (0, -1))
    return say("charts.caption", first=first, last=last, speakers=_names(trend))


def alt_text(trend: Trend) -> str:
    """Describe the chart for those who cannot see it."""
    busiest, most = max(trend.days, key=lambda one: one[1])
    (first, _), (last, last_day) = trend.days[0], trend.days[-1]
    said = say(
        "charts.described",
        n=sum(number for _, number in trend.days),
        speakers=_names(trend),
        first=short_day_of_year(first, trend.language),
        last=short_day_of_year(last, trend.language),
        most=most,
        busiest=short_day_of_year(busiest, trend.language),
        last_day=last_day,
    )
    return with_one_full_stop(said)


def _names(trend: Trend) -> str:
    return shorten(", ".join(trend.speakers), LONGEST_NAMES)
