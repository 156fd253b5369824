from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.errors import SearchIndexError
from bot.model import ClaimEntry
from bot.search import IndexState, Vectors
from bot.search.engine.embedded.generation import write_lock
from bot.search.meaning import vectors as vectors_module
from bot.search.meaning.codes import (
    DIMENSIONS,
    UnitVectors,
    cosines,
    first_half_distances,
    quantise,
    second_half_distances,
    sign_bits,
)
from tests.soak import examples

STORE = "store"


def directions(count: int, seed: int = 0) -> UnitVectors:
    numbers = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    unit: UnitVectors = numbers / np.linalg.norm(numbers, axis=1, keepdims=True)
    return unit


def entries(count: int, article: str = "a", text: str = "text") -> list[ClaimEntry]:
    return [ClaimEntry(f"{article}{n:08}", article, f"{text} {n}") for n in range(count)]


@pytest.fixture
def begun(tmp_path: Path) -> Vectors:
    vectors = Vectors(tmp_path / "vectors", "model")
    vectors.begin(IndexState(STORE, 0))
    return vectors


def test_the_nearest_come_first_with_their_cosines(begun: Vectors) -> None:
    made = directions(500)
    begun.add(entries(500), made)
    near = begun.find_nearest(made[7], 5)
    assert near[0].claim_id == "a00000007"
    exact = made @ made[7]
    assert [one.claim_id for one in near] == [f"a{n:08}" for n in np.argsort(-exact)[:5]]
    assert [one.cosine for one in near] == pytest.approx(sorted(exact)[::-1][:5], abs=0.01)


def test_the_nearest_claim_is_found_among_many_blocks(begun: Vectors) -> None:
    count = 3 * vectors_module.BLOCK + 5
    made = directions(count)
    begun.add(entries(count), made)
    sought = made[count - 1] + 0.5 * made[0]
    near = begun.find_nearest(sought / np.linalg.norm(sought), 2)
    assert [one.claim_id for one in near] == [f"a{count - 1:08}", "a00000000"]


def test_vectors_survive_a_restart_and_others_see_them(tmp_path: Path, begun: Vectors) -> None:
    other = Vectors(tmp_path / "vectors", "model")
    assert other.count() == 0
    made = directions(3)
    begun.add(entries(3), made)
    assert other.find_nearest(made[1], 1)[0].claim_id == "a00000001"
    assert Vectors(tmp_path / "vectors", "model").count() == 3


def test_vectors_of_another_model_are_not_used(tmp_path: Path, begun: Vectors) -> None:
    begun.add(entries(3), directions(3))
    assert Vectors(tmp_path / "vectors", "another").state is None
    assert Vectors(tmp_path / "vectors", "another").find_nearest(directions(1)[0], 3) == []


def test_find_missing_returns_claims_without_vectors(begun: Vectors) -> None:
    begun.add(entries(3), directions(3))
    assert begun.find_missing(entries(5)) == entries(5)[3:]
    changed = entries(3, text="other")
    assert begun.find_missing(changed) == changed


def test_a_claim_added_twice_is_stored_once(begun: Vectors) -> None:
    begun.add(entries(3), directions(3))
    begun.add(entries(4), directions(4, seed=1))
    assert begun.count() == 4
    assert begun.find_nearest(directions(3)[2], 1)[0].cosine == pytest.approx(1, abs=0.01)


def test_rows_of_removed_claims_are_reused(tmp_path: Path, begun: Vectors) -> None:
    made = directions(4)
    begun.add([*entries(2, "a"), *entries(2, "b")], made)
    begun.prune(["a"], entries(2, "a")[1:], IndexState(STORE, 9))
    assert begun.state == IndexState(STORE, 9)
    assert {one.claim_id for one in begun.find_nearest(made[0], 10)} == {
        "a00000001",
        "b00000000",
        "b00000001",
    }
    assert made[0].tobytes() not in (tmp_path / "vectors" / "bytes").read_bytes()
    assert not (tmp_path / "vectors" / "rows").read_bytes().count(b"a00000000")
    size = begun._current().count  # type: ignore[union-attr]
    begun.add(entries(1, "c"), made[:1])
    assert begun._current().count == size  # type: ignore[union-attr]
    assert begun.find_nearest(made[0], 1)[0].claim_id == "c00000000"


def test_prune_with_an_old_state_deletes_nothing(begun: Vectors) -> None:
    before, after = IndexState(STORE, 0), IndexState(STORE, 12)
    newer = entries(1, "a", text="as it is now")
    begun.add(newer, directions(1))
    assert begun.prune(["a"], newer, after, expected_state=before)
    assert not begun.prune(["a"], entries(1, "a"), IndexState(STORE, 11), expected_state=before)
    assert (begun.state, begun.count()) == (after, 1)


def test_vectors_are_unusable_before_begin(tmp_path: Path) -> None:
    vectors = Vectors(tmp_path, "model")
    assert vectors.state is None
    assert vectors.count() == 0
    assert vectors.find_nearest(directions(1)[0], 3) == []
    assert vectors.find_missing(entries(2)) == entries(2)
    with pytest.raises(SearchIndexError, match="run claimdesk vectors"):
        vectors.add(entries(1), directions(1))


@pytest.mark.parametrize("name", ["state.json", "rows", "signs", "bytes"])
@pytest.mark.parametrize("torn", [b"{}", b"{", b"", b"\xff", None])
def test_corrupt_files_are_unusable_until_begin(
    tmp_path: Path, begun: Vectors, name: str, torn: bytes | None
) -> None:
    begun.add(entries(3), directions(3))
    file = tmp_path / "vectors" / name
    if torn is None:
        file.unlink()
    else:
        file.write_bytes(torn)
    after = Vectors(tmp_path / "vectors", "model")
    assert (after.state, after.count()) == (None, 0)
    assert after.find_nearest(directions(3)[0], 3) == []
    after.begin(IndexState(STORE, 0))
    after.add(entries(3), directions(3))
    assert after.find_nearest(directions(3)[0], 1)[0].claim_id == "a00000000"


@pytest.mark.parametrize("name", ["rows", "signs", "bytes"])
@pytest.mark.parametrize("is_deleted", [False, True])
def test_files_that_are_cut_while_open_are_unusable(
    tmp_path: Path, begun: Vectors, name: str, is_deleted: bool
) -> None:
    begun.add(entries(3), directions(3))
    assert begun.find_nearest(directions(3)[0], 3)
    file = tmp_path / "vectors" / name
    # With the file mapped beyond its end, the search would end the process with SIGBUS.
    file.unlink() if is_deleted else os.truncate(file, 100)
    assert begun.find_nearest(directions(3)[0], 3) == []
    assert (begun.state, begun.count()) == (None, 0)
    begun.begin(IndexState(STORE, 0))
    begun.add(entries(3), directions(3))
    assert begun.find_nearest(directions(3)[0], 1)[0].claim_id == "a00000000"


def test_begin_keeps_the_files_of_readers(begun: Vectors, tmp_path: Path) -> None:
    made = directions(3)
    begun.add(entries(3), made)
    before = begun._current()
    assert before
    Vectors(tmp_path / "vectors", "another").begin(IndexState(STORE, 0))
    # With the files emptied under it, this would end the process with SIGBUS.
    assert before.maps.rows["claim"][0] == b"a00000000"
    assert begun.state is None


def test_files_are_not_sparse(begun: Vectors, tmp_path: Path) -> None:
    begun.add(entries(1), directions(1))
    for name in ("rows", "signs", "bytes"):
        found = (tmp_path / "vectors" / name).stat()
        assert found.st_blocks * 512 >= found.st_size


def test_a_writer_that_does_not_wait_is_refused(tmp_path: Path, begun: Vectors) -> None:
    with (
        write_lock(tmp_path / "vectors"),
        pytest.raises(SearchIndexError, match="another process is writing"),
    ):
        begun.add(entries(1), directions(1), wait=False)


def test_an_unrecorded_row_is_written_again(tmp_path: Path, begun: Vectors) -> None:
    state = (tmp_path / "vectors" / "state.json").read_bytes()
    begun.add(entries(3), directions(3))
    (tmp_path / "vectors" / "state.json").write_bytes(state)  # killed before it was replaced
    after = Vectors(tmp_path / "vectors", "model")
    assert after.count() == 0
    assert after.find_missing(entries(3)) == entries(3)
    after.add(entries(3), directions(3))
    assert after.count() == 3


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=examples(30))
def test_quantising_keeps_the_direction(seed: int) -> None:
    made = directions(4, seed)
    assert cosines(quantise(made), made[0]) == pytest.approx(made @ made[0], abs=0.01)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=examples(30))
def test_distances_count_different_signs(seed: int) -> None:
    made = quantise(directions(6, seed))
    blocks = np.ascontiguousarray(sign_bits(made).reshape(2, 3, -1).transpose(0, 2, 1))
    wanted = sign_bits(made[:1])[0]
    half = first_half_distances(blocks, wanted).reshape(-1)
    other = second_half_distances(sign_bits(made)[:, 3:], wanted)
    differs = (made > 0) != (made[0] > 0)
    assert half.tolist() == differs[:, :192].sum(axis=1).tolist()
    assert other.tolist() == differs[:, 192:].sum(axis=1).tolist()


def test_search_finds_nearly_all_nearest_claims(
    begun: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors_module, "CANDIDATES", 200)
    topics = directions(100)
    made = np.repeat(topics, 40, axis=0) + 0.9 * directions(4000, seed=1)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    begun.add(entries(4000), made)
    found = 0
    for topic in topics[:20]:
        best = set(np.argsort(-(made @ topic))[:10].tolist())
        found += len(best & {int(one.claim_id[1:]) for one in begun.find_nearest(topic, 10)})
    assert found >= 0.98 * 200


class AnySequence(RuleBasedStateMachine):
    """Adding, removing and reopening in any order leaves exactly the right vectors."""

    folder: Callable[[], Path]

    def __init__(self) -> None:
        super().__init__()
        self.place = type(self).folder()
        self.vectors = Vectors(self.place, "model")
        self.vectors.begin(IndexState(STORE, 0))
        self.there: dict[str, set[str]] = {}

    @rule(article=st.sampled_from("abc"), count=st.integers(0, 5))
    def replace_article(self, article: str, count: int) -> None:
        wanted = entries(count, article)
        lacking = self.vectors.find_missing(wanted)
        self.vectors.add(lacking, directions(len(lacking), seed=ord(article)))
        self.vectors.prune([article], wanted, IndexState(STORE, 1))
        self.there[article] = {entry.claim_id for entry in wanted}

    @rule()
    def reopen(self) -> None:
        self.vectors = Vectors(self.place, "model")

    @invariant()
    def holds_what_it_should(self) -> None:
        expected = set().union(*self.there.values())
        found = [one.claim_id for one in self.vectors.find_nearest(directions(1)[0], 100)]
        assert sorted(found) == sorted(expected)
        assert self.vectors.count() == len(expected)


def test_any_sequence_of_changes_leaves_the_right_claims(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    AnySequence.folder = staticmethod(lambda: tmp_path_factory.mktemp("any"))
    machine = AnySequence.TestCase
    machine.settings = settings(max_examples=examples(15), stateful_step_count=15)
    machine().runTest()
