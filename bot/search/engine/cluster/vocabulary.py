"""The words of a cluster's claims, for corrections: read once, then only those of new claims."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable
from threading import Event, Lock, Thread

from bot.errors import SearchIndexError
from bot.log_limit import LogLimit
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.generations import Generation
from bot.search.engine.cluster.translation import Json
from bot.search.patience import current_patience
from bot.search.spelling.vocabulary import Lexicon, Vocabulary, can_be_mistyped

WAIT_SECONDS = 0.8
"""How long answers wait for words that are being read, from when reading began."""
LONG_WAIT_SECONDS = 60.0
"""How long those wait that would rather wait than be answered as typed."""
_PAGE = 10_000
_MAX_ADDED = 10_000
"""When so many words are new, all are read again."""

log = logging.getLogger(__name__)


class _Reading:
    def __init__(self) -> None:
        self.started_at = time.monotonic()
        self.has_ended = Event()


class ClusterVocabulary:
    """The vocabulary of the current generation; thread-safe.

    Reading all words of a large index takes longer than an answer may wait, so a thread does it.
    Until it has, answers have the words that were read before, or none. Words of removed claims
    stay until all are read again; counts are as of then. `more_words` are correct, too.
    """

    def __init__(self, connection: Connection, more_words: Iterable[str]) -> None:
        self._connection, self._more_words = connection, frozenset(more_words)
        self._failures = LogLimit(log)
        self._lock = Lock()
        self._reading: _Reading | None = None
        self._commit: tuple[str, int] | None = None
        self._seq = 0
        self._lexicon = Lexicon.build({})
        self._added_words: frozenset[str] = frozenset()
        self._vocabulary = Vocabulary(self._lexicon)

    def at(self, generation: Generation) -> Vocabulary:
        """The vocabulary with the words of all claims of a generation, or of those so far."""
        if reading := self.begin(generation):
            self._wait(reading)
        return self._vocabulary

    def begin(self, generation: Generation) -> _Reading | None:
        """Begin to read the words of a generation, unless they are known or being read."""
        with self._lock:
            if self._commit == generation.commit:
                return None
            if self._reading is None:
                self._reading = _Reading()
                Thread(
                    target=self._read_in_thread,
                    args=(generation, self._reading),
                    daemon=True,
                    name="index vocabulary",
                ).start()
            return self._reading

    def _wait(self, reading: _Reading) -> None:
        patience = current_patience()
        if patience and patience.is_patient:
            reading.has_ended.wait(LONG_WAIT_SECONDS)
            return
        seconds = WAIT_SECONDS - (time.monotonic() - reading.started_at)
        if seconds > 0 and patience:
            with patience.measure():
                reading.has_ended.wait(seconds)

    def _read_in_thread(self, generation: Generation, reading: _Reading) -> None:
        try:
            self._update(generation)
        except SearchIndexError as error:
            self._failures.warning("queries are not corrected by the newest words: %s", error)
        finally:
            with self._lock:
                self._reading = None
            reading.has_ended.set()

    def _update(self, generation: Generation) -> None:
        """Read the words of a generation; only one thread does at a time."""
        seq = generation.state.seq if generation.state else 0
        is_same = self._commit is not None and self._commit[0] == generation.commit[0]
        if is_same:
            # Claims of the change that was read last may have been written again since.
            words = self._read(generation, {"range": {"seq": {"gte": self._seq}}})
            added = self._added_words.union(words.keys() - self._lexicon.positions(words).keys())
        if not is_same or len(added) > _MAX_ADDED:
            counts = self._read(generation, {"match_all": {}})
            lexicon, added = Lexicon.build(counts), frozenset()
        else:
            lexicon = self._lexicon
        if lexicon is not self._lexicon or added != self._added_words or self._commit is None:
            self._vocabulary = Vocabulary(lexicon, added | self._more_words)
        self._lexicon, self._added_words = lexicon, added
        with self._lock:
            self._commit, self._seq = generation.commit, seq

    def _read(self, generation: Generation, query: Json) -> Counter[str]:
        """The words of the claims that match, with the number of claims that have each."""
        counts: Counter[str] = Counter()
        source = [{"word": {"terms": {"field": "vocabulary"}}}]
        composite: Json = {"size": _PAGE, "sources": source}
        while True:
            answer = self._connection.request(
                "POST",
                f"/{generation.claims}/_search",
                {"query": query, "size": 0, "aggs": {"words": {"composite": composite}}},
                params={"ignore_unavailable": "true", "allow_partial_search_results": "false"},
                is_read=True,
            )
            words = answer.get("aggregations", {}).get("words", {"buckets": []})
            counts.update(
                {
                    bucket["key"]["word"]: bucket["doc_count"]
                    for bucket in words["buckets"]
                    if can_be_mistyped(bucket["key"]["word"])
                }
            )
            if len(words["buckets"]) < _PAGE:
                return counts
            composite["after"] = words["after_key"]
