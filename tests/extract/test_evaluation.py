"""The floors of the extraction on the annotated articles, and tests of the scorer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.extract.extractor import Extractor
from bot.model import Attribution, Extraction, Unattributed
from tests.extract.annotations import Annotated, annotated_articles
from tests.extract.evaluate import FLOORS, annotated_scores
from tests.extract.scoring import MEASURES, Score, score


@pytest.fixture(scope="module")
def scores(extractor: Extractor) -> dict[str, Score]:
    return annotated_scores(extractor)


@pytest.mark.parametrize("measure", MEASURES)
def test_extraction_is_above_its_floor(scores, measure):
    result = scores[measure]
    assert result.f1 >= FLOORS[measure], "\n".join(result.wrong)


def test_annotated_articles_cover_every_phenomenon():
    articles = annotated_articles()
    asked = [expected for each in articles for expected in each.attributions]
    assert len(articles) > 10
    assert {stance for each in asked for stance in each.stances} == {
        *("said", "claimed", "denied", "confirmed", "warned", "believes", "ordered", "asked")
    }
    assert {kind for each in asked for kind in each.kinds} == {
        *("named", "described", "unnamed", "none")
    }
    for phenomenon in ("negative", "via", "inside", "said_on", "inferred"):
        assert any(getattr(each, phenomenon) for each in asked), phenomenon
    assert any(len(each.content) > 1 for each in asked)
    assert any(each.weak for each in articles)


# -- the scorer itself


def perfect(annotated: Annotated) -> Extraction:
    """Return the extraction that agrees with the annotation."""
    names = {expected: f"a{n}" for n, expected in enumerate(annotated.attributions)}
    attributions = tuple(
        Attribution(
            id=names[expected],
            source=expected.source,
            cue=expected.cue,
            content=expected.content,
            type="indirect",
            speaker=expected.speakers[0],
            source_kind=expected.kinds[0],
            stance=expected.stances[0],
            negative=expected.negative,
            via=tuple(names[0] for names in expected.via),
            inside=names[expected.inside] if expected.inside else None,
            said_on=expected.said_on,
            said_on_inferred=expected.inferred,
        )
        for expected in annotated.attributions
    )
    unattributed = tuple(
        Unattributed(content=(span,), checkable=checkable)
        for spans, checkable in ((annotated.statements, 0.9), (annotated.weak, 0.2))
        for span in spans
    )
    return Extraction(attributions=attributions, unattributed=unattributed)


def test_a_perfect_extraction_scores_one():
    articles = annotated_articles()
    result = score((annotated, perfect(annotated)) for annotated in articles)
    assert {name: one.f1 for name, one in result.items()} == dict.fromkeys(MEASURES, 1.0)
    assert not any(one.wrong for one in result.values())


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        ("who said what", {"source": ((0, 1),)}),
        ("content", {"content": ((0, 1),)}),
        ("speaker", {"speaker": "Nobody"}),
        ("source kind", {"source_kind": "none"}),
        ("stance", {"stance": "asked"}),
        ("negation", {"negative": True}),
        ("chain", {"via": ("Nobody",)}),
        ("inside", {"inside": "a1"}),
        ("date", {"said_on_inferred": True}),
    ],
)
def test_a_wrong_answer_lowers_the_score(measure, change):
    (bridge,) = (each for each in annotated_articles() if each.article.id == "bridge")
    right = perfect(bridge)
    at = next(n for n, a in enumerate(right.attributions) if a.said_on)
    wrong = list(right.attributions)
    wrong[at] = replace(wrong[at], **change)
    result = score([(bridge, replace(right, attributions=tuple(wrong)))])
    assert result[measure].f1 < 1
    assert result[measure].wrong


def test_extra_results_lower_the_score():
    (bridge,) = (each for each in annotated_articles() if each.article.id == "bridge")
    heading = ((0, bridge.article.text.index("\n")),)
    right = perfect(bridge)
    more = replace(right, unattributed=(*right.unattributed, Unattributed(content=heading)))
    result = score([(bridge, more)])
    assert result["statements"].precision < 1
    assert result["not claims"].f1 < 1
