from __future__ import annotations

from bot.search.engine.cluster.translation import translate
from bot.search.engine.queries import Best, Constant, Term


def test_alternatives_that_score_alike_in_a_field_are_one() -> None:
    words = [Constant(Term("text", word), 0.5) for word in ("fault", "blame")]
    title, name = Constant(Term("title", "blame"), 0.25), Term("name", "blame")
    queries = translate(Best([*words, title, name]), 2.0)["dis_max"]["queries"]
    assert len(queries) == 3
    assert {"filter": {"terms": {"text": ["fault", "blame"]}}, "boost": 1.0} in [
        query.get("constant_score") for query in queries
    ]


def test_alternatives_are_kept_apart_if_a_share_of_each_counts() -> None:
    words = [Constant(Term("text", word), 0.5) for word in ("fault", "blame")]
    assert len(translate(Best(words, 0.5))["dis_max"]["queries"]) == 2
