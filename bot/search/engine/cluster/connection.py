"""Talk to the cluster: every request has a time limit, and every failure is a SearchIndexError."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.errors import SearchIndexError, SettingsError

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

ANSWER_SECONDS, SECOND_ANSWER_SECONDS = 2.2, 0.6
"""How long an answer may wait for the cluster altogether, however many requests it takes; and how
long if the cluster has just failed to answer, so that two tries take less than three seconds."""
_FAILURE_SECONDS = 10.0
"""How long it counts as having just failed."""
WRITE_SECONDS = 60.0
_ATTEMPT_SECONDS = 1.2
"""How long a request of an answer waits for one node; then another is tried, if time is left."""

UNAVAILABLE_REMEDY = "Try again in a minute; nothing is lost, and what is filed meanwhile follows."


class MissingError(SearchIndexError):
    """An index or a document does not exist."""


class ConflictError(SearchIndexError):
    """Another process has written the document since it was read."""


class Deadline:
    """When an answer must be given."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._end = clock, clock() + seconds

    def remaining(self) -> float:
        """Seconds that are left; 0 if none."""
        return max(0.0, self._end - self._clock())


class Connection:
    """A connection to the nodes at some addresses, opened when it is first used.

    Thread-safe. `close` closes it; the next request opens it again. Without a user, it does not
    sign in.
    """

    def __init__(self, addresses: Sequence[str], *, user: str = "", password: str = "") -> None:
        self._addresses = tuple(addresses)
        self._account = (user, password) if user else None
        self._client: OpenSearch | None = None
        self._failed_at = -math.inf
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The addresses."""
        return ", ".join(self._addresses)

    def answer_deadline(self) -> Deadline:
        """The deadline of an answer that begins now."""
        has_just_failed = time.monotonic() - self._failed_at < _FAILURE_SECONDS
        return Deadline(SECOND_ANSWER_SECONDS if has_just_failed else ANSWER_SECONDS)

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: dict[str, Any] | None = None,
        deadline: Deadline | None = None,
        message: str = "cannot search",
    ) -> Any:
        """Send a request, and return the decoded answer.

        Raises MissingError, ConflictError, or SearchIndexError if there is no answer until the
        deadline (without one, in `WRITE_SECONDS`) or the cluster refuses.
        """
        from opensearchpy import exceptions

        limit = deadline or Deadline(WRITE_SECONDS)
        attempt_seconds = _ATTEMPT_SECONDS if deadline else WRITE_SECONDS
        while True:
            # A tenth of a second still lets a near node answer.
            seconds = min(attempt_seconds, max(0.1, limit.remaining()))
            try:
                answer = self._open().transport.perform_request(
                    method,
                    path,
                    params={**(params or {}), "request_timeout": seconds},
                    body=body,
                )
            except exceptions.NotFoundError as error:
                raise self._error(MissingError, message, "it is not there", error) from error
            except exceptions.ConflictError as error:
                raise self._error(ConflictError, message, "it has changed", error) from error
            except exceptions.ConnectionTimeout as error:
                if limit.remaining():
                    continue
                self._failed_at = time.monotonic()
                raise self._error(
                    SearchIndexError, message, "the cluster does not answer in time", error
                ) from error
            except exceptions.ConnectionError as error:
                raise self._error(
                    SearchIndexError, message, "the cluster cannot be reached", error
                ) from error
            except exceptions.TransportError as error:
                cause = f"the cluster refuses: {error.status_code} {error.error}"
                raise self._error(SearchIndexError, message, cause[:300], error) from error
            except exceptions.OpenSearchException as error:
                cause = f"the cluster's answer cannot be read: {type(error).__name__}"
                raise self._error(SearchIndexError, message, cause, error) from error
            self._failed_at = -math.inf
            return answer

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def _open(self) -> OpenSearch:
        with self._lock:
            if self._client is None:
                try:
                    from opensearchpy import OpenSearch
                except ModuleNotFoundError as error:
                    raise SettingsError(
                        "cannot search a cluster",
                        subject="search.url in bot.yml",
                        cause="opensearch-py is not installed",
                        remedy="Install claimdesk[opensearch].",
                    ) from error
                # Each failure is told to whoever asked; the client would log it once more.
                logging.getLogger("opensearch").setLevel(logging.CRITICAL)
                # A node that does not answer is left alone for a minute, so that one slow answer
                # is enough; a closed client cannot be used again.
                self._client = OpenSearch(
                    list(self._addresses),
                    http_auth=self._account,
                    max_retries=len(self._addresses) - 1,
                    retry_on_timeout=False,
                    maxsize=16,
                )
            return self._client

    def _error(
        self, kind: type[SearchIndexError], message: str, cause: str, _: Exception
    ) -> SearchIndexError:
        return kind(message, subject=self.name, cause=cause, remedy=UNAVAILABLE_REMEDY)
