from __future__ import annotations

from collections.abc import Collection

from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.cluster.term_counts import FieldTerm, TermCounter


class FakeCounter(TermCounter):
    """Counts each term twice, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(Connection(["http://127.0.0.1:9"]))
        self.asked: list[list[FieldTerm]] = []

    def count(self, index: str, terms: Collection[FieldTerm]) -> dict[FieldTerm, int]:
        self.asked.append([*terms])
        return dict.fromkeys(terms, 2)


def test_terms_are_counted_together_and_only_once() -> None:
    counter = FakeCounter()
    claims = ClusterSearcher(Connection(["http://127.0.0.1:9"]), "claims", counter, {})
    claims.load_doc_freqs([("text", "yuan"), ("who", "yuan"), ("text", "yuan")])
    assert (claims.doc_freq("text", "yuan"), claims.doc_freq("who", "yuan")) == (2, 2)
    claims.load_doc_freqs([("text", "yuan")])
    assert claims.doc_freq("title", "yuan") == 2
    assert counter.asked == [[("text", "yuan"), ("who", "yuan")], [("title", "yuan")]]
