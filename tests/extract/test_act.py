"""The act of an attribution: speech, a thought, or an event in which nobody spoke."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.act import read_act
from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import Draft
from bot.languages.en.extraction import acts

SPEECH, THOUGHT, EVENT = "speech", "thought", "event"
CASES = [
    (SPEECH, "The harbour board", "said", "the wall leaks"),
    (SPEECH, "A study", "found", "that ferries pollute more than cars"),
    (EVENT, "Divers", "found", "a crate of tools"),
    (SPEECH, "The inquest", "heard", "that the gate was open"),
    (EVENT, "Neighbours", "heard", "a loud bang"),
    (SPEECH, "The ministry", "denied", "any part in the sale"),
    (EVENT, "The ministry", "has denied", "a request for an extension"),
    (SPEECH, "The club", "rejected", "claims that it was bankrupt"),
    (EVENT, "The club", "rejected", "a bid of four million"),
    (SPEECH, "Ida Falk", "refused", "to comment on the wall"),
    (SPEECH, "Ida Falk", "declined to", "say when she would leave"),
    (EVENT, "Ida Falk", "refused", "to sign the lease"),
    (EVENT, "Ida Falk", "declined", "an honorary degree"),
    (EVENT, "The board", "did not respond", "to questions"),
    (SPEECH, "The board", "did not", "comment on the wall"),
    (SPEECH, "The board", "would not say", "whether fares will rise"),
    (EVENT, "The board", "will discuss", "the fares in June"),
    (EVENT, "The bridge", "is expected", "to open in May"),
    (EVENT, "The crew", "were allowed", "to rest for a night"),
    (THOUGHT, "The bridge", "is believed", "to be unsafe"),
    (SPEECH, "The owner", "is said", "to be leaving town"),
    (SPEECH, "Residents", "were told", "that the water was safe"),
    (SPEECH, "Residents", "were asked", "to boil their water"),
    (SPEECH, "The captain", "called", "the ruling a victory"),
    (SPEECH, "The captain", "has not ruled out", "a second trip"),
    (SPEECH, "The captain", "spoke out against", "the trip"),
    (SPEECH, "The captain", "put", "the cost of the rope at 40 pounds"),
    (EVENT, "The captain", "put", "the rope in the boat"),
    (THOUGHT, "The owner", "hopes", "to reopen by spring"),
    (THOUGHT, "The owner", "is confident", "that the roof will hold"),
    (THOUGHT, "The owner", "would like", "to see the plans"),
    (THOUGHT, "The owner", "plans", "to sell the boats"),
    (EVENT, "The union", "agreed", "to return to work"),
    (SPEECH, "The union", "agreed", "that the deal was fair"),
    (EVENT, "The captain", "makes the final call on", "the route"),
    (SPEECH, "The captain", "made clear", "that the route is closed"),
    (EVENT, "The captain", "discussed", "the route"),
    (SPEECH, "The captain", "wondered aloud", "whether the route was safe"),
    (EVENT, "The captain", "called", "a special meeting for Monday"),
    (SPEECH, "The captain", "called", "the plan a gamble"),
    (EVENT, "", "The diver was admitted", "to hospital"),
    (SPEECH, "", "The diver was reported", "to have left the boat"),
    (EVENT, "The deal", "promises", "90 jobs"),
    (SPEECH, "The board", "promises", "90 jobs"),
    (EVENT, "I", "think", "the wall is fine"),
]


def draft_of(source: str, cue: str, content: str) -> tuple[str, Draft]:
    text = f"{source} {cue} {content}."
    cue_start = len(source) + 1
    content_start = cue_start + len(cue) + 1
    return text, Draft(
        source=((0, len(source)),) if source else (),
        cue=((cue_start, cue_start + len(cue)),),
        content=((content_start, len(text) - 1),),
        confidence=0.9,
        is_guessed=False,
        paragraph=Paragraph(0, len(text), "text"),
    )


@pytest.mark.parametrize(("act", "source", "cue", "content"), CASES)
def test_cue_and_its_grammar_tell_the_act(act: str, source: str, cue: str, content: str) -> None:
    assert read_act(*draft_of(source, cue, content), "indirect").act == act


@pytest.mark.parametrize("cue", ["said", "expects", "is expected", "signed", "…"])
def test_a_whole_quotation_is_speech(cue: str) -> None:
    assert (
        read_act(*draft_of("Ida Falk", cue, "“The wall leaks and leaks”"), "direct").act == SPEECH
    )


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    st.sampled_from(["direct", "indirect", "mixed"]),
)
def test_any_words_have_an_act(cue: str, content: str, type_: str) -> None:
    guess = read_act(*draft_of("Falk", cue, content), type_)
    assert guess.act in (SPEECH, THOUGHT, EVENT)
    assert 0 < guess.probability <= 1


def test_no_word_is_in_two_lists() -> None:
    words = [word for name in acts.WORD_CLASSES for word in acts.LISTS[name]]
    assert sorted(words) == sorted(set(words))


def test_an_event_leaves_its_sentence_to_the_article(read) -> None:
    found = read("The new bridge over the river Aln is expected to open on 4 May 2027.")
    assert {one.act for one in found.attributions} <= {EVENT}
    assert len(found.stated) == 1


def test_a_thought_has_the_stance_of_a_belief(read) -> None:
    (found,) = read("Ida Falk plans to sell the boats in the old harbour.").attributions
    assert (found.act, found.stance) == (THOUGHT, "believes")
