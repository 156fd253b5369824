"""The texts of a claim to copy: they say what the article says, with warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Hit
from bot.slack.surfaces.answers.citation import MAX_TEXT_LENGTH, make_citation
from bot.slack.surfaces.answers.cite import MAX_INPUT_LENGTH, cite_blocks
from bot.slack.surfaces.answers.shared_claims import cite_message
from bot.slack.surfaces.answers.sharing import Posting, posting_view
from tests.samples import card, claim, hit, hits
from tests.slack import blockkit
from tests.slack.desk import Json, read
from tests.soak import examples

POSTING = Posting("c1", "C1", "1.5", None, "", "")
REPORTED = "The Tidewater Post reported on 3 November 2026"


def blocks_of(found: Hit) -> list[Json]:
    """Return what the modal of a claim shows; check it against Slack's limits."""
    made = make_citation(found)
    blocks = cite_blocks(made, cite_message(found, made, "cited by"), POSTING)
    assert blockkit.view_problems(posting_view("cite", blocks, {}, POSTING)) == []
    return blocks


@pytest.mark.parametrize(
    ("changes", "as_news"),
    [
        ({}, f"Ida Marsh said the quay wall had moved, {REPORTED}."),
        (
            {"speaker": "Sun Yun", "source": "Sun"},
            f"Sun said the quay wall had moved, {REPORTED}.",
        ),
        (
            {"speaker": None, "guess": "Norlink", "source": "The company"},
            f"The company said the quay wall had moved, {REPORTED}.",
        ),
        (
            {"text": "“The wall moved,”", "type": "direct", "cue": "said:"},
            f"Ida Marsh said: “The wall moved”, {REPORTED}.",
        ),
        (
            {"text": "“Has it moved?”", "type": "direct", "cue": "asked"},
            f"Ida Marsh asked: “Has it moved?”, {REPORTED}.",
        ),
        (
            {"text": "ties with the U.S.", "cue": "denied", "stance": "denied"},
            f"Ida Marsh denied ties with the U.S., {REPORTED}.",
        ),
        (
            {"cue": "declined", "negative": True, "text": "to comment on the leak"},
            f"Ida Marsh declined to comment on the leak, {REPORTED}.",
        ),
        (
            {"cue": "reported", "speaker": "the Halyard Agency", "source": "the Halyard Agency"},
            "The Halyard Agency reported the quay wall had moved, "
            "according to The Tidewater Post, 3 November 2026.",
        ),
        (
            {"kind": "statement", "speaker": None, "source": None, "text": "The port is shut."},
            f"The port is shut, {REPORTED}.",
        ),
    ],
)
def test_a_claim_as_news(changes: dict[str, Any], as_news: str) -> None:
    made = make_citation(hit(claim(**changes)))
    assert (made.text, made.is_sentence) == (as_news, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cue": "told"}, "Ida Marsh said"),
        ({"cue": None}, "Ida Marsh"),
        (
            {"speaker": "insiders", "source": "insiders", "via": ("The Journal",)},
            "Insiders, via The Journal",
        ),
        ({"speaker": None, "guess": "Norlink", "source": "she"}, "She said"),
        ({"speaker": None, "guess": "Ida Marsh"}, "Source not named (“said”)"),
        ({"cue": "is said", "speaker": None, "source": None}, "Source not named (“is said”)"),
    ],
)
def test_without_a_sentence_the_quotation_is_used(changes: dict[str, Any], said: str) -> None:
    made = make_citation(hit(claim(**changes)))
    where = "(The Tidewater Post, 3 November 2026)"
    assert made.text == f"the quay wall had moved\n– {said} {where}"
    shown = blocks_of(hit(claim(**changes)))
    assert "I can't make a sentence of this one" in read({"blocks": shown})
    [label] = [one["label"]["text"] for one in shown if one.get("block_id") == "quotation"]
    assert label == "Quote"


@pytest.mark.parametrize(
    ("known", "ends", "behind_the_verb"),
    [
        (
            {"published_on": None},
            "The Tidewater Post reported (date unknown).",
            "according to The Tidewater Post (date unknown).",
        ),
        (
            {"outlet": None},
            "an article published on 3 November 2026 reported (outlet unknown).",
            "according to an article published on 3 November 2026 (outlet unknown).",
        ),
        (
            {"outlet": None, "published_on": None},
            "an article reported (outlet and date unknown).",
            "according to an article (outlet and date unknown).",
        ),
    ],
)
def test_unknown_outlets_and_dates_are_called_unknown(
    known: dict[str, Any], ends: str, behind_the_verb: str
) -> None:
    said, reported = claim(cue="said"), claim(cue="reported")
    for made, end in ((said, ends), (reported, behind_the_verb)):
        assert make_citation(hit(made, card(**known))).text.endswith(f", {end}")


def test_a_link_is_only_a_web_address() -> None:
    assert make_citation(hit(article=card(url="https://a.org/x"))).link == "https://a.org/x"
    assert make_citation(hit(article=card(url="javascript:alert(1)"))).link is None
    (link,) = [block for block in blocks_of(hit()) if block.get("block_id") == "link"]
    assert link["element"]["initial_value"] == "no link: I didn't read this article on the web"


def test_a_claim_as_markdown_quotes_it_and_links_its_article() -> None:
    made = hit(claim(text="it *moved*\nby [two] inches"), card(url="https://a.org/x", sample=False))
    assert make_citation(made).markdown == (
        "**Ida Marsh** said\n\n"
        "> it \\*moved\\*\n>\n> by \\[two\\] inches\n\n"
        "The Tidewater Post · 3 Nov 2026 · [Harbour closure enters third day](<https://a.org/x>)"
    )


def test_corrections_are_marked_and_unprinted_names_mentioned() -> None:
    named = claim(speaker="Bogus Person", source="Bogus Person", corrected=True)
    mended = hit(named, card(sample=False))
    made = make_citation(mended, ["speaker"], "Bogus Person")
    assert made.markdown.endswith("third day · corrected by a person")
    told = 'Someone here has corrected this claim. "Bogus Person" doesn\'t appear in the article.'
    assert told in made.warnings
    assert made.text.endswith(", without naming Bogus Person.")
    assert "without naming" not in make_citation(mended).text
    assert not any("not printed" in one for one in make_citation(mended).warnings)
    assert not any("corrected" in one for one in make_citation(hit()).warnings)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("- it moved", "\\- it moved"),
        ("+\tit moved", "\\+ it moved"),
        ("1. FC Union won", "1\\. FC Union won"),
        ("2) it\tmoved", "2\\) it moved"),
        ("--- and moved", "\\--- and moved"),
        ("3.5 inches - or -4", "3.5 inches - or -4"),
        ("1 - 2. So", "1 - 2. So"),
        ("see https://a.org/x or WWW.a.org", "see https\\://a.org/x or WWW\\.a.org"),
        ("write to ann@a.org, mailto:x", "write to ann\\@a.org, mailto\\:x"),
        ("R&D at AT&amp;T: it moved", "R&D at AT\\&amp;T: it moved"),
    ],
)
def test_printed_text_is_escaped_in_markdown(text: str, quote: str) -> None:
    made = make_citation(hit(claim(text=text))).markdown
    assert made.splitlines()[2] == f"> {quote}"


SURE = hit(article=card(sample=False))


@pytest.mark.parametrize(
    ("changes", "known", "warning"),
    [
        (
            {"source_kind": "unnamed", "speaker": "a source"},
            {},
            "The article doesn't name the source.",
        ),
        (
            {"source_kind": "described", "speaker": "policy advisers"},
            {},
            "The article describes the source but doesn't name it.",
        ),
        ({"speaker": None, "source": None}, {}, "The article gives no source."),
        (
            {"speaker": None, "guess": "Norlink", "source": "The company"},
            {},
            "It isn't clear who said this: the article prints “The company”.",
        ),
        (
            {"source": "she"},
            {},
            "The article prints “she” here; I inferred that this is Ida Marsh.",
        ),
        (
            {"kind": "statement", "speaker": None, "source": None},
            {},
            "The article says this in its own words and gives no source.",
        ),
        (
            {"said_on": date(2022, 2, 4), "said_on_inferred": True},
            {},
            "It was said on 4 February; I inferred the year, 2022.",
        ),
        (
            {"text": "the wall would open on Tuesday"},
            {},
            "It says “Tuesday”: the article is dated 3 November 2026.",
        ),
        (
            {"text": "the wall moved yesterday"},
            {"published_on": None},
            "It says “yesterday”, but the article's date is unknown.",
        ),
        ({"corrected": True}, {}, "Someone here has corrected this claim."),
        ({}, {"sample": True}, "The article is a sample, made up to show how I work."),
        (
            {},
            {"review": ("doubtful",), "doubt": "order"},
            "May have been read wrongly: lines may be out of order."
            " Compare it with the article before you print it.",
        ),
        ({}, {"excerpt": True}, "I only have an excerpt of the article."),
        (
            {},
            {"version": 3},
            "This is version 3 of the article. Earlier ones may differ.",
        ),
        ({}, {"copy_of": "a0"}, "Much the same text appeared elsewhere first."),
        ({"text": "word " * 500}, {}, "The text is cut short here. Context shows all of it."),
    ],
)
def test_warnings(changes: dict[str, Any], known: dict[str, Any], warning: str) -> None:
    made = Hit(
        claim=replace(SURE.claim, **changes), article=replace(SURE.article, **known), score=1.0
    )
    assert make_citation(made).warnings == (warning,)


def test_a_long_warning_leaves_space_for_later_ones() -> None:
    said_on = {
        "corrected": True,
        "said_on": date(2022, 2, 4),
        "said_on_inferred": True,
        "text": "word " * 500,
    }
    known = {"sample": True, "excerpt": True, "version": 3, "copy_of": "a0"}
    unsure = {"source": "nobody " * 99, "speaker": None, "guess": "Ida"}
    found = hit(claim(**unsure, **said_on), card(**known))
    told = blocks_of(found)[2]["elements"][0]["text"].splitlines()
    assert len(told) == len(make_citation(found).warnings) == 8
    assert "The article is a sample, made up to show how I work." in told
    assert told[-1] == "The text is cut short here. Context shows all of it."


def test_a_named_source_gets_no_warning() -> None:
    assert make_citation(SURE).warnings == ()
    assert make_citation(replace(SURE, claim=claim(source="Marsh"))).warnings == ()
    body = claim(source_kind="described", speaker="the ministry", source="the ministry")
    assert make_citation(replace(SURE, claim=body)).warnings == ()


@settings(max_examples=examples(60))
@given(hits(), st.sets(st.sampled_from(["speaker", "source", "cue", "content"])))
def test_any_citation_fits_its_modal(found: Hit, corrected: set[str]) -> None:
    made = make_citation(found, corrected)
    assert len(made.text) <= MAX_INPUT_LENGTH
    assert len(made.markdown) <= MAX_TEXT_LENGTH
    blocks_of(found)
