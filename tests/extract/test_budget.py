"""The work budget of an article: how far it is read, and what is said of the rest."""

from __future__ import annotations

import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.errors import StoppingError
from bot.extract import budget as budget_
from bot.extract.budget import WorkBudget
from bot.extract.extractor import Extractor
from bot.model import Article

LEAK = "Ida Falk said that the lower lock leaks at night.\n"
TEN = Article(id="ten", origin="test", text=LEAK * 10)


def an_extractor(**limits: float) -> Extractor:
    return Extractor(threads=1, budget=replace(WorkBudget(), **limits))  # type: ignore[arg-type]


def test_an_article_within_its_budget_is_read_whole(extractor):
    found = extractor.extract(TEN)
    assert len(found.attributions) == 10
    assert found.read_to is None


def test_the_characters_of_the_budget_are_read_as_if_there_were_no_more(extractor):
    found = an_extractor(characters=3 * len(LEAK) + 7).extract(TEN)
    beginning = extractor.extract(replace(TEN, text=LEAK * 3))
    assert found.read_to == 3 * len(LEAK)
    assert found == replace(beginning, read_to=found.read_to)


def test_the_windows_of_the_budget_are_read_as_if_there_were_no_more(extractor):
    found = an_extractor(windows=4).extract(TEN)
    assert found.read_to == 4 * len(LEAK)
    assert len(found.attributions) == 4
    assert all(a.content[-1][1] <= found.read_to for a in found.attributions)


def test_windows_for_nested_attributions_are_in_the_budget(extractor):
    outer = "Omar Tallis said that Ida Falk had warned that the lower lock leaks at night.\n"
    article = replace(TEN, text=outer * 6)
    whole = extractor.extract(article)
    assert sum(a.inside is not None for a in whole.attributions) == 6
    found = an_extractor(windows=9).extract(article)
    assert found.read_to == 3 * len(outer)
    assert [a.id for a in found.attributions] == [a.id for a in whole.attributions[:6]]


def test_what_one_paragraph_takes_is_counted_in_windows():
    long = "the harbour wall has moved and nobody knows why " * 200
    found = an_extractor(windows=5).extract(replace(TEN, text=f"{LEAK}{long}\n{LEAK}"))
    assert found.read_to == len(LEAK)
    assert len(found.attributions) == 1


def test_a_text_without_a_place_to_cut_is_cut_anywhere():
    found = an_extractor(characters=1_000).extract(replace(TEN, text="a" * 5_000))
    assert found.read_to == 1_000
    assert found.paragraphs == ((0, 1_000),)


def test_an_article_that_runs_out_of_time_is_tried_once_more(monkeypatch):
    extractor = an_extractor()
    seconds = iter([0, 700, 0])  # the first try begins, and is late; the second one begins
    clock = SimpleNamespace(monotonic=lambda: next(seconds, 1))
    monkeypatch.setattr(budget_, "time", clock)
    found = extractor.extract(TEN)
    assert next(seconds, None) is None
    assert len(found.attributions) == 10
    assert found.read_to is None


def test_an_article_that_always_runs_out_of_time_has_no_claims():
    found = an_extractor(seconds=-1).extract(TEN)
    assert found.attributions == found.unattributed == ()
    assert found.read_to == 0
    assert len(found.paragraphs) == 10


def test_stopping_ends_an_extraction(monkeypatch):
    extractor, has_begun = an_extractor(), threading.Event()
    check = budget_.Work.check

    def note_and_check(work: budget_.Work) -> None:
        has_begun.set()
        check(work)

    monkeypatch.setattr(budget_.Work, "check", note_and_check)
    result = extractor.submit(replace(TEN, text=LEAK * 5_000))
    assert has_begun.wait(30)
    extractor.stop()
    with pytest.raises(StoppingError):
        result.result(30)
    with pytest.raises(StoppingError):
        extractor.extract(TEN)


def test_the_articles_of_a_source_do_not_wait_for_those_of_another(monkeypatch):
    extractor, may_end = an_extractor(), threading.Event()
    extract = extractor._extract

    def held(article: Article) -> object:
        if article.id == "held":
            assert may_end.wait(30)
        return extract(article)

    monkeypatch.setattr(extractor, "_extract", held)
    many = extractor.submit_together([replace(TEN, id="held")] * 20)
    (one,) = extractor.submit_together([TEN])
    try:
        assert one.result(30).attributions
        assert not any(future.done() for future in many)
    finally:
        may_end.set()
    assert [len(future.result(30).attributions) for future in many] == [10] * 20
