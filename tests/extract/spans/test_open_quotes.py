"""Paragraphs of quotations only, which belong to the speaker of the paragraph before."""

from __future__ import annotations

import pytest

QUOTATION = "“We waited nine weeks for an answer.”"


@pytest.mark.parametrize(
    "before",
    [
        "Omar Tallis says the rules for the harbour are clear.",
        "The ferry did not run on Monday. Omar Tallis, who owns the kiosk, said nobody called.",
        "Omar Tallis praised the crew, saying they had saved the pier.",
        "The council had promised a reply by May, Omar Tallis told reporters.",
        "Omar Tallis denied that the rules for the harbour had been broken.",
        "Omar Tallis did not say when the ferry would run again.",
        "The kiosk has stood there for years. Omar Tallis refused a request to move it.",
    ],
)
def test_reported_speech_is_followed_by_its_speaker_s_words(read, before):
    found = read(f"{before}\n\n{QUOTATION}\n\nThe ferry runs twice a day.")
    (quoted,) = (a for a in found.attributions if "We waited" in found.content(a))
    assert (quoted.speaker, quoted.unsure) == ("Omar Tallis", False)


@pytest.mark.parametrize(
    "before",
    ["The kiosk was built by Omar Tallis in 1990.", "## Omar Tallis says the rules are clear"],
)
def test_other_paragraphs_give_a_quotation_no_speaker(read, before):
    found = read(f"{before}\n\n{QUOTATION}\n\nThe ferry runs twice a day.")
    assert not [a for a in found.attributions if "We waited" in found.content(a)]


def test_the_words_of_the_outer_speaker_follow(read):
    found = read(
        "Omar Tallis said that Ida Falk had warned the council about the pier.\n\n" + QUOTATION
    )
    (quoted,) = (a for a in found.attributions if "We waited" in found.content(a))
    assert quoted.speaker == "Omar Tallis"


def test_several_quotations_in_a_paragraph_are_joined(read):
    found = read(
        "Omar Tallis said the pier was safe.\n\n“We looked at every beam.” “None was cracked.”"
    )
    assert [speaker for speaker, content in found.claims if "None was cracked" in content] == [
        "Omar Tallis"
    ]


def test_words_that_follow_a_report_are_a_claim_of_their_own(read):
    found = read(f"Omar Tallis says the rules for the harbour are clear.\n\n{QUOTATION}")
    assert [found.content(a) for a in found.attributions] == [
        "the rules for the harbour are clear",
        QUOTATION,
    ]


def test_a_quotation_that_was_closed_does_not_go_on_in_the_next_paragraph(read):
    found = read(f"“The pier is safe,” said Omar Tallis.\n\n{QUOTATION}")
    assert found.claims == [("Omar Tallis", "“The pier is safe,”"), ("Omar Tallis", QUOTATION)]


def test_a_speaker_from_an_earlier_sentence_is_unsure(read):
    found = read(
        "Omar Tallis says the rules are clear. The kiosk was built by Ida Falk in 1990.\n\n"
        + QUOTATION
    )
    (quoted,) = (a for a in found.attributions if "We waited" in found.content(a))
    assert (quoted.speaker, quoted.unsure) == ("Omar Tallis", True)


def test_denial_before_a_quotation_does_not_deny_it(read):
    found = read(f"Omar Tallis denied that the rules had been broken.\n\n{QUOTATION}")
    assert found.one("“We waited").stance == "said"
