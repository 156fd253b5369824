"""The worker with its handlers: the newsroom's, and those that need Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.worker import Handler, Worker
from bot.newsroom import Newsroom
from bot.newsroom.delivery.handlers import handlers
from bot.slack.messages.transport import make_dispatcher
from bot.slack.messages.updates import update_message
from bot.slack.surfaces.digests.chart import post_chart
from bot.slack.surfaces.digests.details import queue_details
from bot.store import Job


def make_worker(newsroom: Newsroom, client: AsyncWebClient | None, team: str | None) -> Worker:
    """Return a worker for the jobs of one workspace and those of none; without a `client`, only for
    jobs that do not need Slack."""
    known = dict(handlers(newsroom))
    known["detail"] = lambda job: queue_details(newsroom, job)
    if client:
        known |= slack_handlers(newsroom, client)
    return Worker(newsroom.delivery.jobs, known, team)


def slack_handlers(newsroom: Newsroom, client: AsyncWebClient) -> Mapping[str, Handler]:
    """Return the handlers of jobs that need Slack."""

    def ask_due(job: Job) -> Awaitable[datetime | None]:
        team, channel = job.payload["team"], job.payload["channel"]
        return asyncio.to_thread(newsroom.digests.queue_due_message, team, channel)

    return {
        "digest": ask_due,
        "send": make_dispatcher(newsroom, client).deliver_due,
        "mend": lambda job: update_message(newsroom, client, job),
        "chart": lambda job: post_chart(newsroom, client, job),
    }
