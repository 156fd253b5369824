from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.model import (
    Article,
    Attribution,
    Claim,
    Extraction,
    NearbyAttribution,
    Unattributed,
    pieces,
)
from bot.newsroom.articles.claims import make_claims

TEXT = (
    "The Post reported that the wall moved.\n\n  \n"
    "It will stay shut, officials said.\n"
    "Ships wait outside. Grain is stored.\n"
)


def span(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def an_attribution(id_: str, source: str, cue: str, content: str, **more: object) -> Attribution:
    values = {
        "id": id_,
        "source": span(source),
        "cue": span(cue),
        "content": span(content),
        "type": "indirect",
        "speaker": source,
        "source_kind": "named",
    }
    return Attribution(**values | more)


REPORT = an_attribution("a1", "The Post", "reported", "the wall moved")
SAID = an_attribution("a2", "officials", "said", "It will stay shut", source_kind="unnamed")
ARTICLE = Article(id="art", origin="x", text=TEXT)
PARAGRAPHS = tuple(
    (TEXT.index(line), TEXT.index(line) + len(line)) for line in TEXT.split("\n") if line.strip()
)


def claims(*attributions: Attribution, near: str | None = None, outlets=()) -> list[Claim]:
    sentence = Unattributed(content=span("Ships wait outside."), near=near)
    found = Extraction(attributions=attributions, unattributed=(sentence,), paragraphs=PARAGRAPHS)
    return make_claims(ARTICLE, found, outlets)


def test_claims_are_in_reading_order_with_words_and_paragraphs() -> None:
    found = claims(REPORT, SAID)
    assert [(c.kind, c.text, c.paragraph) for c in found] == [
        ("attribution", "the wall moved", 1),
        ("attribution", "It will stay shut", 2),
        ("statement", "Ships wait outside.", 3),
    ]
    assert (found[1].speaker, found[1].source, found[1].cue) == ("officials", "officials", "said")
    assert found[2].speaker is None


def test_ids_follow_from_article_kind_and_spans_alone() -> None:
    first = claims(REPORT, SAID)
    second = claims(
        an_attribution("x", "The Post", "reported", "the wall moved", speaker="Other"), SAID
    )
    assert [c.id for c in first] == [c.id for c in second]
    assert len({c.id for c in first}) == 3
    other = make_claims(
        Article(id="art2", origin="x", text=TEXT), Extraction(attributions=(REPORT,)), ()
    )
    assert other[0].id != first[0].id


def test_two_attributions_of_the_same_content_have_different_ids() -> None:
    found = claims(REPORT, an_attribution("a2", "officials", "said", "the wall moved"))
    assert len({c.id for c in found}) == 3


@pytest.mark.parametrize(
    ("text", "content", "shown"),
    [
        ("Falk said that it leaks.", "that it leaks", "it leaks"),
        ("Falk said that was wrong.", "that was wrong", "that was wrong"),
        ("Falk asked whether it leaks.", "whether it leaks", "whether it leaks"),
        ("Falk denied that.", "that", "that"),
    ],
)
def test_a_claim_begins_behind_its_that(text: str, content: str, shown: str) -> None:
    where = ((text.index(content), text.index(content) + len(content)),)
    found = replace(REPORT, content=where, source=(), cue=())
    article = Article(id="art", origin="x", text=text)
    (claim,) = make_claims(article, Extraction(attributions=(found,)), ())
    assert (claim.text, pieces(text, claim.spans)) == (shown, shown)


def test_self_quotation_is_not_a_separate_claim() -> None:
    inner = an_attribution("a9", "wall", "moved", "moved", inside="a1", speaker=REPORT.speaker)
    assert [c.text for c in claims(REPORT, inner)] == [c.text for c in claims(REPORT)]


def test_nested_attribution_refers_to_the_outer_claim() -> None:
    inner = an_attribution("a9", "wall", "moved", "moved", inside="a1", via=("The Post",))
    found = {c.text: c for c in claims(REPORT, inner)}
    assert found["moved"].inside == found["the wall moved"].id
    assert found["moved"].via == ("The Post",)


def test_unattributed_sentence_has_nearby_attribution_and_outlet() -> None:
    near = claims(REPORT, SAID, near="a2", outlets=["the post"])[-1].near
    assert near == NearbyAttribution(
        speaker="officials", text="It will stay shut", report="The Post"
    )


@pytest.mark.parametrize(
    ("report", "said", "outlets"),
    [
        (REPORT, SAID, ["The Herald"]),
        (REPORT, replace(SAID, source_kind="named"), ["The Post"]),
        (replace(REPORT, negative=True), SAID, ["The Post"]),
        (replace(REPORT, cue=span("moved")), SAID, ["The Post"]),  # it spoke for itself
        (replace(REPORT, speaker="Ada Brook"), SAID, ["The Post"]),
    ],
)
def test_outlet_is_not_named_without_its_report(
    report: Attribution, said: Attribution, outlets: list[str]
) -> None:
    near = claims(report, said, near="a2", outlets=outlets)[-1].near
    assert near == NearbyAttribution(speaker="officials", text="It will stay shut")


def test_outlet_is_not_named_across_speakers_or_distant_paragraphs() -> None:
    between = an_attribution("a3", "The Post", "reported", "moved", speaker="Ada Brook")
    assert claims(REPORT, between, SAID, near="a2", outlets=["The Post"])[-1].near.report is None
    far = replace(SAID, content=span("Grain is stored"))
    found = claims(REPORT, far, near="a2", outlets=["The Post"])
    assert [c.near.report for c in found if c.near] == [None]


def test_attribution_without_source_is_not_context() -> None:
    nobody = replace(SAID, source=(), speaker=None)
    assert claims(nobody, near="a2")[-1].near is None


def test_claim_keeps_checkability() -> None:
    sentence = Unattributed(content=span("Ships wait outside."), checkable=0.4)
    found = Extraction(unattributed=(sentence,), paragraphs=PARAGRAPHS)
    assert make_claims(ARTICLE, found, [])[0].checkable == 0.4


def told_claim(text: str, content: str, source: str = "Falk") -> Claim:
    """Return a claim whose cue is the first form of "tell" in the text."""
    cue = re.search(r"(?:has )?told|telling", text)
    assert cue
    values = {
        name: ((text.index(words), text.index(words) + len(words)),)
        for name, words in (("content", content), ("source", source))
    }
    made = replace(REPORT, cue=(cue.span(),), speaker="Falk", **values)
    return make_claims(
        Article(id="art", origin="x", text=text), Extraction(attributions=(made,)), ()
    )[0]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Falk has told two ships in private that [it leaks].", "has told two ships in private"),
        ("[“It leaks,”] Falk told Putin. Nobody moved.", "told Putin"),
        ("Falk told reporters: [“It leaks.”]", "told reporters"),
        ("[“It leaks,”] Falk told the Post, adding nothing.", "told the Post"),
        ("Falk told him [to keep quiet].", "told him"),
        ("Falk told, in private, all that [it leaks].", "told"),
        ("Falk told a man whom nobody had seen in years that [it leaks].", "told"),
        ("[“It leaks,”] Falk told Mr. Lund.", "told"),
        ("[“It leaks,”] told Falk.", "told"),
        ("[“It leaks,”] Falk told\n\nHarbour news in brief", "told"),
    ],
)  # fmt: skip
def test_telling_cue_includes_the_recipient(text: str, cue: str) -> None:
    content = text[text.index("[") + 1 : text.index("]")]
    found = told_claim(text.replace("[", "").replace("]", ""), content)
    assert (found.cue, found.text) == (cue, content.removeprefix("that "))
