"""Build the worker, with the newsroom's handlers and those that need Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.worker import Handler, Worker
from bot.monitoring.metrics import Metrics
from bot.newsroom import Newsroom
from bot.newsroom.delivery.handlers import handlers
from bot.slack.messages.transport import make_dispatcher
from bot.slack.messages.updates import delete_message, update_message
from bot.slack.surfaces.digests.chart import post_chart
from bot.slack.surfaces.digests.details import queue_details
from bot.store import Job


def make_worker(
    newsroom: Newsroom,
    client: AsyncWebClient | None,
    team: str | None,
    metrics: Metrics | None = None,
) -> Worker:
    """Return a worker for the jobs of one workspace and those without a workspace.

    Without a `client`, it runs only jobs that do not need Slack.
    """
    all_handlers = dict(handlers(newsroom))
    all_handlers["detail"] = lambda job: queue_details(newsroom, job)
    if client:
        all_handlers |= slack_handlers(newsroom, client)
    return Worker(newsroom.delivery.jobs, all_handlers, team, metrics=metrics)


def slack_handlers(newsroom: Newsroom, client: AsyncWebClient) -> Mapping[str, Handler]:
    """Return the handlers of jobs that need Slack."""

    def queue_due_digest(job: Job) -> Awaitable[datetime | None]:
        team, channel = job.payload["team"], job.payload["channel"]
        return asyncio.to_thread(newsroom.digests.queue_due_message, team, channel)

    return {
        "digest": queue_due_digest,
        "send": make_dispatcher(newsroom, client).deliver_due,
        "mend": lambda job: update_message(newsroom, client, job),
        "withdraw": lambda job: delete_message(newsroom, client, **job.payload),
        "chart": lambda job: post_chart(newsroom, client, job),
    }
