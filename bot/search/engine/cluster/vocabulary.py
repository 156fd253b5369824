"""The words of a cluster's claims, for corrections: read once, then only those of new claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.generations import Generation
from bot.search.engine.cluster.translation import Json
from bot.search.spelling.vocabulary import Lexicon, Vocabulary, can_be_mistyped

_PAGE = 10_000
_MAX_ADDED = 10_000
"""When so many words are new, all are read again."""


class ClusterVocabulary:
    """The vocabulary of the current generation; thread-safe.

    Words of removed claims stay until all are read again; counts are as of then. `more_words` are
    correct, too.
    """

    def __init__(self, connection: Connection, more_words: Iterable[str]) -> None:
        self._connection, self._more_words = connection, frozenset(more_words)
        self._lock = Lock()
        self._commit: tuple[str, int] | None = None
        self._seq = 0
        self._lexicon = Lexicon.build({})
        self._added_words: frozenset[str] = frozenset()
        self._vocabulary = Vocabulary(self._lexicon)

    def at(self, generation: Generation) -> Vocabulary:
        """The vocabulary with the words of all claims of a generation.

        Raises SearchIndexError if the cluster does not answer.
        """
        with self._lock:
            if self._commit != generation.commit:
                self._update(generation)
            return self._vocabulary

    def _update(self, generation: Generation) -> None:
        seq = generation.state.seq if generation.state else 0
        is_same = self._commit is not None and self._commit[0] == generation.commit[0]
        if is_same:
            # Claims of the change that was read last may have been written again since.
            words = self._read(generation, {"range": {"seq": {"gte": self._seq}}})
            added = self._added_words.union(word for word in words if word not in self._lexicon)
        if not is_same or len(added) > _MAX_ADDED:
            counts = self._read(generation, {"match_all": {}})
            lexicon, added = Lexicon.build(counts), frozenset()
        else:
            lexicon = self._lexicon
        if lexicon is not self._lexicon or added != self._added_words or self._commit is None:
            self._vocabulary = Vocabulary(lexicon, added | self._more_words)
        self._lexicon, self._added_words = lexicon, added
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
