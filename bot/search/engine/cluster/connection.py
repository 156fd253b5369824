"""Talk to the cluster: every request has a time limit, and every failure is a SearchIndexError."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bot.errors import SearchIndexError, SearchIndexUnavailableError
from bot.search.engine.cluster.nodes import Node, Nodes
from bot.search.patience import Patience, current_patience

if TYPE_CHECKING:
    from opensearchpy.exceptions import OpenSearchException, TransportError

ANSWER_SECONDS, SECOND_ANSWER_SECONDS, PATIENT_SECONDS = 2.2, 0.6, 5.0
"""How long an answer may wait for the cluster altogether, however many requests it takes; how long
if the cluster has just failed to answer, so that two tries take less than three seconds; and how
long in a terminal."""
_FAILURE_SECONDS = 10.0
"""How long it counts as having just failed."""
WRITE_SECONDS = 60.0
_ATTEMPT_SECONDS, _ATTEMPT_SECONDS_OF_SEVERAL = 1.2, 0.7
"""How long a request of an answer waits for the only node, or for one of several; then it is sent
once more, to another one if there are several, and may take all the time that is left."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
"""Seconds before a request is sent again to a busy cluster: doubled each time."""
_COUNT_SECONDS = 1.0
"""How long a node has to answer before it counts as missing."""
_MAX_ROUNDS = 2
"""How often all nodes are tried if none can be reached."""
BUSY_STATUSES = frozenset((429, 502, 503, 504))
"""HTTP statuses that may pass: too many requests, no gateway, a shard that is moving."""

BLOCKED = "cluster_block_exception"
"""The error if an index is read-only, as when a disk is full: that does not pass soon."""
READ_ONLY = "the search index may only be read now, perhaps because a disk is full"

UNAVAILABLE_REMEDY = "Try again in a minute; nothing is lost, and what is filed meanwhile follows."


class MissingError(SearchIndexError):
    """An index or a document does not exist."""


class ConflictError(SearchIndexError):
    """Another process has written the document since it was read."""


class Connection:
    """A connection to the nodes at some addresses, opened when it is first used.

    Thread-safe. `close` closes it; the next request opens it again. Without a user, it does not
    sign in. `ca_file` has the certificates that vouch for the nodes', if not the system's.
    """

    def __init__(
        self, addresses: Sequence[str], *, user: str = "", password: str = "", ca_file: str = ""
    ) -> None:
        self.name = ", ".join(addresses)
        account = (user, password) if user else None
        self._nodes = Nodes([Node(address, account, ca_file) for address in addresses])
        self._failed_at = -math.inf

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: dict[str, Any] | None = None,
        message: str = "cannot search",
        is_read: bool = False,
    ) -> Any:
        """Send a request until it is answered, and return the decoded answer.

        `is_read` if it only reads shards: another node may be asked soon, and told which copies to
        use. Several searches in one body are pairs of a header and a query.

        Raises MissingError, ConflictError, or SearchIndexError if the cluster refuses, or does not
        answer for as long as this answer to a person may wait (anything else: `WRITE_SECONDS`).
        """
        from opensearchpy import exceptions

        attempts = _Attempts(current_patience())
        while True:
            seconds = self._remaining(attempts)
            if seconds <= 0:
                raise self._failure(attempts, message, "the search servers do not answer in time")
            node, preferred = self._nodes.next(), {}
            if is_read and (preference := self._nodes.preference()):
                preferred["preference"] = preference
            is_multiple = isinstance(body, list)
            try:
                with attempts.patience.measure():
                    answer = node.request(
                        method,
                        path,
                        body=_lines(body, preferred) if is_multiple else body,
                        params={**(params or {}), **({} if is_multiple else preferred)},
                        seconds=min(seconds, self._attempt_seconds(attempts, is_read=is_read)),
                    )
            except exceptions.OpenSearchException as error:
                self._recover(attempts, node, error, message)
                continue
            node.is_avoided = False
            self._failed_at = -math.inf
            return answer

    def count_nodes(self) -> tuple[int, int]:
        """How many of the nodes at the addresses answer now, and how many addresses there are."""
        self._nodes.check(_COUNT_SECONDS)
        return self._nodes.num_answering, len(self._nodes)

    def close(self) -> None:
        """Close the connection; the next request opens it again."""
        self._nodes.close()

    def _attempt_seconds(self, attempts: _Attempts, *, is_read: bool) -> float:
        if not (attempts.is_answer and is_read) or attempts.has_timed_out:
            return WRITE_SECONDS
        return _ATTEMPT_SECONDS if len(self._nodes) == 1 else _ATTEMPT_SECONDS_OF_SEVERAL

    def _remaining(self, attempts: _Attempts) -> float:
        if not attempts.is_answer:
            return WRITE_SECONDS - attempts.patience.seconds
        has_just_failed = time.monotonic() - self._failed_at < _FAILURE_SECONDS
        seconds = SECOND_ANSWER_SECONDS if has_just_failed else ANSWER_SECONDS
        seconds = PATIENT_SECONDS if attempts.patience.is_patient else seconds
        return seconds - attempts.patience.seconds

    def _recover(
        self, attempts: _Attempts, node: Node, error: OpenSearchException, message: str
    ) -> None:
        """Prepare for sending a request again after an error; raises SearchIndexError if that is
        of no use."""
        from opensearchpy import exceptions

        match error:
            case exceptions.NotFoundError():
                raise self._error(MissingError, message, "it is not there") from error
            case exceptions.ConflictError():
                raise self._error(ConflictError, message, "it has changed") from error
            case exceptions.SSLError():
                cause = "the certificate of a search server is not accepted"
                raise self._failure(attempts, message, cause) from error
            case exceptions.ConnectionTimeout():
                attempts.has_timed_out = True
                if len(self._nodes) > 1:
                    with attempts.patience.measure():
                        self._nodes.suspect()
            case exceptions.ConnectionError():
                self._nodes.avoid(node)
                attempts.num_refused += 1
                if attempts.num_refused >= _MAX_ROUNDS * len(self._nodes):
                    cause = "no search server can be reached"
                    raise self._failure(attempts, message, cause) from error
                if attempts.num_refused % len(self._nodes) == 0:
                    attempts.pause(self._remaining(attempts))
            case exceptions.TransportError() if error.status_code in BUSY_STATUSES:
                if error.error != BLOCKED:
                    attempts.pause(self._remaining(attempts))
                if error.error == BLOCKED or self._remaining(attempts) <= 0:
                    raise self._failure(attempts, message, _refusal(error)) from error
            case exceptions.TransportError():
                raise self._error(SearchIndexError, message, _refusal(error)) from error
            case _:
                cause = f"a search server's answer cannot be read: {type(error).__name__}"
                raise self._error(SearchIndexError, message, cause) from error

    def _failure(self, attempts: _Attempts, message: str, cause: str) -> SearchIndexError:
        """The error if the cluster fails; answers wait less for it for a while."""
        if attempts.is_answer:
            self._failed_at = time.monotonic()
        return self._error(SearchIndexUnavailableError, message, cause)

    def _error(self, kind: type[SearchIndexError], message: str, cause: str) -> SearchIndexError:
        return kind(message, subject=self.name, cause=cause, remedy=UNAVAILABLE_REMEDY)


class _Attempts:
    """The attempts to send one request: how long they, or the answer that they are for, have
    waited."""

    def __init__(self, patience: Patience | None) -> None:
        self.is_answer = patience is not None
        self.patience = patience or Patience()
        self.num_refused, self.has_timed_out = 0, False
        self._next_pause = _FIRST_PAUSE

    def pause(self, at_most: float) -> None:
        """Wait before the next attempt, longer each time."""
        with self.patience.measure():
            time.sleep(max(0.0, min(self._next_pause, at_most)))
        self._next_pause = min(_LONGEST_PAUSE, 2 * self._next_pause)


def _refusal(error: TransportError) -> str:
    if error.error == BLOCKED:
        return READ_ONLY
    return f"the search servers refuse: {error.status_code} {error.error}"[:300]


def _lines(searches: Iterable[tuple[dict[str, Any], Any]], preferred: dict[str, str]) -> str:
    return "".join(
        f"{json.dumps({**header, **preferred})}\n{json.dumps(query)}\n"
        for header, query in searches
    )
