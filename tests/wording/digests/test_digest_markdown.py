"""A digest as Markdown: all of it is there, and no article's text becomes markup."""

from __future__ import annotations

from hypothesis import given, settings

from bot.model import CurrentClaim, Digest, DigestRow, DigestSection, Gone, Hit
from bot.wording.digests.digest_head import head_sentences
from bot.wording.digests.digest_markdown import to_markdown
from tests.samples import card, claim, denied_by, digest, hit, hits, row
from tests.soak import examples


def a_day(shown: Hit) -> Digest:
    gone = CurrentClaim(gone=Gone(reason="withdrawn", on=digest().day, outlet="The Post"))
    denies = {"speaker": "Jon Lund", "source": "Jon Lund", "cue": "denied", "stance": "denied"}
    denial = hit(claim(id="d", text="the quay wall stood still", **denies), card(id="a2"))
    first = DigestSection(kind="disputed", rows=(row(shown, disputes=denied_by(denial)),))
    last = DigestSection(kind="changes", rows=(DigestRow(claim_id="g", current=gone),))
    return digest(sections=(first, last), claims=41, articles=17, omitted_count=39)


def test_it_has_heading_sections_rows_and_the_rest() -> None:
    made = to_markdown(a_day(hit(article=card(url="https://example.org/a?b=1&c=2"))))
    for words in (
        "Tuesday 24 November: 41 claims in 17 articles",
        "Disputed, unclear which came first · Ida Marsh said",
        "the quay wall had moved",
        "the quay wall stood still",
        "Jon Lund denied",
        "This claim was withdrawn by The Post on 24 Nov 2026",
        "and 39 more, not shown",
    ):
        assert words in made.replace("**", "")
    assert "[The Tidewater Post](<https://example.org/a?b=1&c=2>)" in made
    assert "**Ida Marsh** said" in made


@settings(max_examples=examples(40))
@given(hits())
def test_article_text_never_becomes_markup(found: Hit) -> None:
    paragraphs = [
        len(to_markdown(one).split("\n\n")) - len(head_sentences(one))
        for one in (a_day(found), a_day(hit()))
    ]
    assert paragraphs[0] == paragraphs[1]


def test_markdown_of_an_article_is_shown_as_it_is() -> None:
    made = to_markdown(a_day(hit(claim(text="# *Not* [a](link) <b>\n\n- list"))))
    assert r"\# \*Not\* \[a\]\(link\) \<b\> \- list" in made
