"""The picture in the thread below a digest, where it says more than words.

It is only a picture: that it can't be uploaded is logged and told nobody, and what may have been
uploaded is not uploaded again.
"""

from __future__ import annotations

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.digest import chart
from bot.model import Trend
from bot.newsroom import Newsroom
from bot.slack.messages.post import unhurried
from bot.store import Job, MessageKey
from bot.wording.answers import closed
from bot.wording.runs import shorten
from bot.words import say
from bot.words.dates import day_on_a_scale, short_day_of_year

log = logging.getLogger(__name__)

LONGEST_TITLE, LONGEST_NAMES = 60, 120


async def post_chart(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> None:
    """Upload the picture of the digest of a message into its thread, at most once."""
    key = MessageKey(**job.payload)
    if job.interrupted:
        log.warning("the chart below %s in %s may or may not have been posted", key.ts, key.channel)
        return
    trend = await asyncio.to_thread(_trend, newsroom, key)
    if not trend:
        return
    try:
        picture = await asyncio.to_thread(drawn, trend)
        client = unhurried(client)
        await client.files_upload_v2(
            filename="claims.png",
            content=picture,
            title=caption(trend),
            alt_txt=described(trend),
            channel=key.channel,
            thread_ts=key.ts,
        )
    except Exception as error:  # noqa: BLE001  the digest stands without it
        log.warning("no chart below %s in %s: %s", key.ts, key.channel, type(error).__name__)
    else:
        log.info("chart posted below %s in %s", key.ts, key.channel)


def _trend(newsroom: Newsroom, key: MessageKey) -> Trend | None:
    digest = newsroom.delivery.messages.posted_digest(key)
    return newsroom.speakers.trends.of(digest) if digest else None


def drawn(trend: Trend) -> bytes:
    """The picture as PNG."""
    title = shorten(say("charts.claims_of", speakers=_names(trend)), LONGEST_TITLE)
    if not chart.can_draw(title):
        title = say("charts.claims_a_day")
    days = [(day_on_a_scale(day, trend.language), number) for day, number in trend.days]
    return chart.bars(title, days)


def caption(trend: Trend) -> str:
    """What Slack prints above the picture."""
    first, last = (short_day_of_year(trend.days[n][0], trend.language) for n in (0, -1))
    return say("charts.caption", first=first, last=last, speakers=_names(trend))


def described(trend: Trend) -> str:
    """What the picture shows, for those who do not see it."""
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
    return closed(said)


def _names(trend: Trend) -> str:
    return shorten(", ".join(trend.speakers), LONGEST_NAMES)
