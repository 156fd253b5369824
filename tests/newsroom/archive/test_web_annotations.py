from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.model import Article, Claim, pieces
from bot.newsroom.archive.web_annotations import annotation, quote_selector

repetitive = st.text(st.sampled_from("ab \n𝒳é“"), min_size=1, max_size=400)


@st.composite
def spans_in_texts(draw: st.DrawFn) -> tuple[str, tuple[int, int]]:
    text = draw(repetitive)
    start = draw(st.integers(0, len(text) - 1))
    return text, (start, draw(st.integers(start + 1, len(text))))


def places(selector: dict[str, str], text: str) -> list[tuple[int, int]]:
    """Return where a selector matches, as the standard defines it."""
    whole = selector["prefix"] + selector["exact"] + selector["suffix"]
    starts = [at for at in range(len(text)) if text.startswith(whole, at)]
    first = [at + len(selector["prefix"]) for at in starts]
    return [(start, start + len(selector["exact"])) for start in first]


@given(spans_in_texts())
@example(("a" * 400, (200, 201)))
@example(("no " * 100 + "yes " + "no " * 100, (300, 303)))
def test_a_quote_selector_finds_the_very_span(case: tuple[str, tuple[int, int]]) -> None:
    text, span = case
    selector = quote_selector(text, span)
    assert selector["exact"] == text[slice(*span)]
    assert places(selector, text) == [span]


def test_content_in_pieces_has_a_target_for_each() -> None:
    text = "“One,” she said, “and two.”"
    spans = ((0, 6), (17, 27))
    article = Article(id="a1", origin="x", text=text, url="https://post.example/1")
    claim = Claim(
        id="c1", article_id="a1", kind="attribution", text=pieces(text, spans), spans=spans,
        speaker="Ada", negative=True, via=("Post",),
    )  # fmt: skip
    made = annotation(article, claim)
    assert made["target"]["type"] == "Composite"
    targets = made["target"]["items"]
    assert [one["source"] for one in targets] == ["https://post.example/1"] * 2
    exact = [one["selector"][0]["exact"] for one in targets]
    assert exact == ["“One,”", "“and two.”"]
    at = [(one["selector"][1]["start"], one["selector"][1]["end"]) for one in targets]
    assert tuple(at) == spans
    assert made["body"]["claimdesk:negative"] is True
    assert made["body"]["claimdesk:via"] == ["Post"]
    assert "claimdesk:saidOn" not in made["body"]


def test_an_article_without_an_address_is_named_by_its_id() -> None:
    article = Article(id="a1", origin="x", text="So it is.")
    claim = Claim(id="c1", article_id="a1", kind="statement", text="So it is.", spans=((0, 9),))
    made = annotation(article, claim)
    assert made["target"]["source"] == "urn:claimdesk:article:a1"
    assert made["body"]["type"] == "claimdesk:Statement"
