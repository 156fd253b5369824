"""Use cases of links: fetch the article at an address and file it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from bot.articles.identity import TRACKING
from bot.errors import FetchError, IngestError
from bot.model import Document
from bot.newsroom.articles.article_intake import ArticleIntake, IngestResult
from bot.newsroom.feeds.fetches import MAX_HOST_WAIT, Fetches, HostBusy, busy_error


@dataclass(eq=False, repr=False, kw_only=True)
class Links:
    """Read articles by their addresses."""

    fetches: Fetches
    articles: ArticleIntake
    _under_way: dict[tuple[str, bool, bool], Future[IngestResult]] = field(
        default_factory=dict, init=False
    )
    _looking: threading.Lock = field(default_factory=threading.Lock, init=False)

    def ingest(self, url: str, *, bulk: bool = False, reingest: bool = False) -> IngestResult:
        """Fetch what is at an address, file its articles and say what became of them.

        Whoever asks for an address while it is being read shares that reading. What failed is
        among the errors of what is returned. `bulk` and `reingest` are those of `ingest`.
        """
        url = _without_tracking(url.strip())
        key = (url, bulk, reingest)
        with self._looking:
            reading = self._under_way.get(key)
            if is_first := reading is None:
                reading = self._under_way[key] = Future()
        if not is_first:
            return reading.result()
        try:
            reading.set_result(self._read_link(url, bulk=bulk, reingest=reingest))
        except BaseException as error:
            reading.set_exception(error)
            raise
        finally:
            with self._looking:
                del self._under_way[key]
        return reading.result()

    def _read_link(self, url: str, *, bulk: bool, reingest: bool) -> IngestResult:
        try:
            fetched = self.fetches.fetch(url, max_wait=MAX_HOST_WAIT)
        except FetchError as error:
            return IngestResult(url, errors=(error,))
        except HostBusy:
            return IngestResult(url, errors=(busy_error(url),))
        read = list(self.fetches.read_documents(fetched))
        documents = [one for one in read if isinstance(one, Document)]
        outcomes = self.articles.ingest(documents, bulk=bulk, reingest=reingest)
        errors = tuple(one for one in read if isinstance(one, IngestError))
        return IngestResult(url, outcomes=tuple(outcomes), errors=errors)


def _without_tracking(url: str) -> str:
    """An address without what only says where its reader came from."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # the door says what is wrong with it
    pairs = [pair for pair in parts.query.split("&") if not _is_tracking(pair)]
    return urlunsplit(parts._replace(query="&".join(pairs), fragment=""))


def _is_tracking(pair: str) -> bool:
    return TRACKING.fullmatch(pair.partition("=")[0]) is not None


def is_url(text: str) -> bool:
    """Whether a text is meant as a web address, not as a file."""
    return text.lower().startswith(("http://", "https://"))
