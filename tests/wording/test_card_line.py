"""The line above a claim's sentence, and the tags of what is not plain speech."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Dispute, Hit, Passage
from bot.wording.hits import card_line
from bot.wording.runs import plain_text
from tests.samples import CARD, STATEMENT, claim, hit

SAID = "Ida Marsh said the wall had moved."


def shown_line(sentence: str, cue: str, cut: int | None = None, **changes: Any) -> str:
    """Return the line and the tags of a claim whose source and cue stand in a sentence."""
    made = claim(**{"cue": cue, **changes})
    source = made.source or ""
    at, cue_at = max(sentence.find(source), 0), sentence.find(cue)
    passage = Passage(
        spans=((0, len(sentence)),),
        text=sentence,
        source=((at, at + len(source)),),
        cue=((cue_at, cue_at + len(cue)),),
    )
    return line(replace(hit(made), passage=passage), sentence[:cut])


def line(found: Hit, printed: str = "") -> str:
    who, tags = card_line(found, printed)
    return " · ".join([*([plain_text(who)] if who else []), *tags])


def test_the_name_stands_alone_where_the_sentence_goes_on() -> None:
    assert shown_line(SAID, "said") == "Ida Marsh"
    found = "Mayor Ida Marsh said so."
    assert shown_line(found, "said", source="Mayor Ida Marsh") == "Mayor Ida Marsh"
    group = {"speaker": "CCP advisers", "source": "CCP advisers", "source_kind": "unnamed"}
    assert shown_line("CCP advisers said so.", "said", **group) == "Unnamed CCP advisers"


@pytest.mark.parametrize(
    ("text", "cue", "changes", "shown"),
    [
        ("Ida Marsh denied it.", "denied", {"stance": "denied"}, "Ida Marsh · Denial"),
        ("Today Ida Marsh denied it.", "denied", {"stance": "denied"}, "Ida Marsh denied · Denial"),
        ("Ida Marsh believes it.", "believes", {"stance": "believes"}, "Ida Marsh · Belief"),
        ("Ida Marsh declined to say.", "declined", {"negative": True, "text": "to say"},
         "Ida Marsh declined to say · Refusal"),
        ("Ida Marsh did not deny it.", "did not deny", {"stance": "denied", "negative": True},
         "Ida Marsh did not deny"),
        ("Ida Marsh never said so.", "never said", {}, "Ida Marsh never said"),
        ("“It moved,” Ida Marsh said.", "said", {}, "Ida Marsh said"),
        (SAID, "said", {"corrected": True}, "Ida Marsh said"),
        ("She said so.", "said", {"source": "She"}, "Ida Marsh (“She”) said"),
        ("She said so.", "said", {"source": "She", "speaker": None, "guess": "Jon Lund"},
         "She (probably Jon Lund) said"),
        (SAID, "said", {"via": ("The Post",)}, "Ida Marsh, via The Post"),
        (SAID, "said", {"via": ("an aide",), "inside": "c0"},
         "Ida Marsh said, according to an aide (unnamed)"),
        (SAID, "said", {"via": ("the ministry",), "inside": "c0", "outer_cue": "denied"},
         "Ida Marsh said, in what the ministry denied"),
    ],
)  # fmt: skip
def test_the_line_says_what_the_sentence_does_not(
    text: str, cue: str, changes: dict[str, Any], shown: str
) -> None:
    assert shown_line(text, cue, **changes) == shown


def test_the_verb_stands_above_a_text_that_is_cut_before_it() -> None:
    assert shown_line(SAID, "said", cut=8) == "Ida Marsh said"
    assert shown_line(SAID, "said", cut=0) == "Ida Marsh said"


def test_own_words_and_disputes_are_tagged() -> None:
    own = hit(STATEMENT)
    assert line(own) == "The Tidewater Post · Article's own words"
    assert line(hit(STATEMENT, replace(CARD, outlet=None))) == "Article's own words"
    disputed = replace(hit(), disputes=(Dispute(hit=own, order="unknown", is_denial=True),))
    assert line(disputed) == "Ida Marsh said · Disputed"
    same_matter = replace(disputed.disputes[0], is_same_matter=True)
    assert line(replace(disputed, disputes=(same_matter,))) == "Ida Marsh said"


@given(
    cue=st.sampled_from(["denied", "rejected", "did not confirm", "disputed"]),
    source=st.sampled_from(["Ida Marsh", "She", "Mayor Ida Marsh", None]),
    start=st.sampled_from(["", "On Monday "]),
    changes=st.fixed_dictionaries(
        {},
        optional={
            "negative": st.booleans(),
            "corrected": st.booleans(),
            "guess": st.just("Jon Lund"),
            "via": st.just(("The Post",)),
            "inside": st.just("c0"),
            "act": st.sampled_from(["speech", "thought"]),
        },
    ),
    cut=st.integers(0, 60),
)
def test_a_denial_always_shows_its_verb_or_its_tag(
    cue: str, source: str | None, start: str, changes: dict[str, Any], cut: int
) -> None:
    text = f"{start}{source or 'It was'} {cue} that the wall had moved."
    shown = shown_line(text, cue, cut, source=source, stance="denied", **changes)
    assert "Denial" in shown or cue in shown
