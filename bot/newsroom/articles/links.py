"""Ingest the articles at a URL."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from bot.articles.identity import TRACKING_PARAMETER
from bot.articles.review import brought
from bot.errors import FetchError, IngestError
from bot.model import ANYONE, Document
from bot.newsroom.articles.article_intake import ArticleIntake, IngestResult
from bot.newsroom.feeds.fetches import MAX_HOST_WAIT, Fetches, HostBusy, busy_error


@dataclass(eq=False, repr=False, kw_only=True)
class Links:
    """Ingests articles by URL."""

    fetches: Fetches
    articles: ArticleIntake
    _pending: dict[tuple[str, bool, bool, bool, str], Future[IngestResult]] = field(
        default_factory=dict, init=False
    )
    _pending_lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def ingest(
        self,
        url: str,
        *,
        bulk: bool = False,
        reingest: bool = False,
        anyway: bool = False,
        brought_by: str = ANYONE,
    ) -> IngestResult:
        """Fetch a URL and file its articles.

        Only the viewer `brought_by`, if given, sees them until somebody accepts them. Concurrent
        calls for the same URL share one fetch. Failures are returned as errors of the result.
        `bulk` and `reingest` are as in `ArticleIntake.ingest`. With `anyway`, a page that does not
        look like an article is read too.
        """
        url = _without_tracking(url.strip())
        key = (url, bulk, reingest, anyway, brought_by)
        with self._pending_lock:
            future = self._pending.get(key)
            if is_first := future is None:
                future = self._pending[key] = Future()
        if not is_first:
            return future.result()
        try:
            future.set_result(
                self._ingest(
                    url, bulk=bulk, reingest=reingest, anyway=anyway, brought_by=brought_by
                )
            )
        except BaseException as error:
            future.set_exception(error)
            raise
        finally:
            with self._pending_lock:
                del self._pending[key]
        return future.result()

    def _ingest(
        self, url: str, *, bulk: bool, reingest: bool, anyway: bool, brought_by: str
    ) -> IngestResult:
        try:
            fetched = self.fetches.fetch(url, max_wait=MAX_HOST_WAIT)
        except FetchError as error:
            return IngestResult(url, errors=(error,))
        except HostBusy:
            return IngestResult(url, errors=(busy_error(url),))
        results = list(self.fetches.read_documents(fetched, anyway=anyway))
        documents = [result for result in results if isinstance(result, Document)]
        if brought_by:
            documents = [brought(document, brought_by) for document in documents]
        outcomes = self.articles.ingest(documents, bulk=bulk, reingest=reingest)
        errors = tuple(result for result in results if isinstance(result, IngestError))
        return IngestResult(url, outcomes=tuple(outcomes), errors=errors)


def _without_tracking(url: str) -> str:
    """Remove the fragment and tracking parameters from a URL."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # fetching it reports the error
    parameters = [
        parameter
        for parameter in parts.query.split("&")
        if not TRACKING_PARAMETER.fullmatch(parameter.partition("=")[0])
    ]
    return urlunsplit(parts._replace(query="&".join(parameters), fragment=""))


def is_url(text: str) -> bool:
    """Whether a text is a web address rather than a file name."""
    return text.lower().startswith(("http://", "https://"))
