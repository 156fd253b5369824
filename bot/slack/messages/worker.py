"""The worker with all of its handlers: those of the newsroom, and those that need Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.worker import Handler, Worker
from bot.newsroom import Newsroom
from bot.newsroom.delivery.handlers import handlers
from bot.slack.messages.transport import dispatcher
from bot.slack.messages.updates import mend
from bot.slack.surfaces.digests.chart import post_chart
from bot.slack.surfaces.digests.details import ask_for_details
from bot.store import Job


def worker_of(newsroom: Newsroom, client: AsyncWebClient | None, team: str | None) -> Worker:
    """A worker for the jobs of one workspace and those that are nobody's; without a `client` only
    for those that need no Slack."""
    known = dict(handlers(newsroom))
    known["detail"] = lambda job: ask_for_details(newsroom, job)
    if client:
        known |= in_slack(newsroom, client)
    return Worker(newsroom.delivery.jobs, known, team)


def in_slack(newsroom: Newsroom, client: AsyncWebClient) -> Mapping[str, Handler]:
    """The handlers of jobs that need Slack."""

    def ask_due(job: Job) -> Awaitable[datetime | None]:
        team, channel = job.payload["team"], job.payload["channel"]
        return asyncio.to_thread(newsroom.digests.ask_due, team, channel)

    return {
        "digest": ask_due,
        "send": dispatcher(newsroom, client).deliver_due,
        "mend": lambda job: mend(newsroom, client, job),
        "chart": lambda job: post_chart(newsroom, client, job),
    }
