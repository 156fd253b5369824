"""Count the calls of Slack's Web API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.monitoring.metrics import Metrics, bounded_label


class CallCounter(AsyncRetryHandler):
    """Counts each attempt at a call, and never asks for another one.

    Bolt copies the client for each delivery; of what we could hand it, the copies keep only the
    retry handlers.
    """

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._calls = metrics.slack_calls

    async def can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Count an attempt; slack_sdk calls this after each one."""
        self._calls.labels(_method(request.url), _outcome(response, error)).inc()
        return False


def _method(url: str) -> str:
    """Return the method that is called; an upload's address has no method, but a secret."""
    api, _, method = urlsplit(url).path.rpartition("/")
    return bounded_label(method) if api.endswith("/api") else "other"


def _outcome(response: HttpResponse | None, error: Exception | None) -> str:
    if response is None:
        return type(error).__name__
    if response.status_code == 429:
        return "ratelimited"
    if response.status_code >= 400:
        return f"http_{response.status_code}"
    body: Any = response.body
    if isinstance(body, dict) and not body.get("ok"):
        return bounded_label(body.get("error"))
    return "ok"
