"""How well copies are found, on pairs made from our own texts and, where there, from a corpus."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles import copies
from tests.articles.near_pairs import FOOTER, LOCAL, judged, pairs
from tests.soak import examples

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared/attribution/polnear-dev.tar.xz"
PRECISION, RECALL = 0.98, 0.9

texts = st.text(st.sampled_from("abc “”-\n"), max_size=300)


def found(one: str, other: str) -> bool:
    """Whether the store finds one text a copy of the other: it asks for a band in common first."""
    bands = set(copies.bands(one)) & set(copies.bands(other))
    return bool(bands) and copies.is_near_duplicate(one, other)


def own_texts() -> list[str]:
    files = [*(ROOT / "seeds").iterdir(), *(ROOT / "tests/extract/annotated").iterdir()]
    read = (file.read_text() for file in sorted(files) if file.suffix in (".txt", ".md"))
    return [re.sub(r"\A---\n.*?---\n", "", text, flags=re.DOTALL) for text in read]


def corpus_texts() -> list[str]:
    if not CORPUS.exists():
        pytest.skip("skipped: no corpus")
    with tarfile.open(CORPUS) as tar:
        members = sorted((one for one in tar if one.name.endswith(".txt")), key=lambda m: m.name)
        files = (tar.extractfile(member) for member in members[::2])
        return [file.read().decode() for file in files if file]


@pytest.mark.parametrize("read", [own_texts, corpus_texts])
def test_copies_are_found_and_little_else(read) -> None:
    made = pairs(read())
    assert len(made) > 350
    precision, recall = judged(found, made)
    assert precision >= PRECISION, [pair.made for pair in made if found(*pair[:2]) > pair.near]
    assert recall >= RECALL, [pair.made for pair in made if found(*pair[:2]) < pair.near]


def test_a_short_text_must_be_the_same_word_by_word() -> None:
    text = "The port stays shut, the harbour master said on Tuesday."
    assert found(text, "THE PORT stays shut — the harbour master said, on Tuesday!")
    assert not found(text, text.replace("Tuesday", "Wednesday"))


def test_a_text_that_only_quotes_another_is_no_copy() -> None:
    assert not copies.is_near_duplicate(
        LOCAL, f"{FOOTER} {LOCAL} {FOOTER[::-1]} {FOOTER[5::2]}" * 2
    )


def test_texts_without_spaces_are_compared_by_characters() -> None:
    text = (
        "港口当局星期二表示，在检查完码头西侧的墙之前，任何船只都不得靠岸。数十艘船正在外海等候。"
    )
    assert found(text, f"本报讯 {text}记者将继续关注。")
    assert not found(
        text, "法院星期五裁定，市议会关于停车费的决定无效，并要求其在三十天之内重新表决。"
    )


def test_of_a_huge_text_the_beginning_is_looked_at() -> None:
    text = " ".join(f"w{n}" for n in range(copies.MAX_CHARACTERS))
    begun = text[: copies.MAX_CHARACTERS]
    assert copies.bands(text) == copies.bands(begun) != copies.bands(begun[: len(begun) // 4])
    assert copies.is_near_duplicate(text, f"{begun} and little more")


@pytest.mark.parametrize("text", ["", " \n", "…", "\ud800"])
def test_a_text_without_words_is_nothings_copy(text: str) -> None:
    assert copies.bands(text) == []
    assert not copies.is_near_duplicate(text, text)


@settings(max_examples=examples(60))
@given(texts, texts)
def test_near_duplicates_are_symmetric(one: str, other: str) -> None:
    assert copies.is_near_duplicate(one, other) == copies.is_near_duplicate(other, one)
    assert found(one, one) == bool(copies.bands(one))
    assert all(-(2**63) <= band < 2**63 for band in copies.bands(one))
