"""Chains of speakers: only an outlet relays what others said."""

from __future__ import annotations

import pytest

from bot.model import pieces


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("The Norton Echo quoted engineers and reported that {}.", "engineers", "The Norton Echo"),
        ("The Norton Echo quoted engineers as saying that {}.", "engineers", "The Norton Echo"),
        ("The Norton Echo, citing engineers, reported that {}.", "engineers", "The Norton Echo"),
        ("According to The Norton Echo, citing engineers, {}.", "engineers", "The Norton Echo"),
        ("The agency reported, citing engineers, that {}.", "engineers", "the agency"),
        ("Reuters reported, citing U.S. officials, that {}.", "U.S. officials", "Reuters"),
        ("{}, Reuters reported, citing two officials.", "two officials", "Reuters"),
        ("Reuters quoted Ida Falk as saying {}.", "Ida Falk", "Reuters"),
        ("Ida Falk, quoted by the Norton Echo, said {}.", "Ida Falk", "the Norton Echo"),
        ("{}, Ida Falk said, as quoted by the Norton Echo.", "Ida Falk", "the Norton Echo"),
        ("Ida Falk was quoted by Reuters as saying that {}.", "Ida Falk", "Reuters"),
        ("The minister was quoted by Reuters as saying that {}.", "the minister", "Reuters"),
    ],
)
def test_a_chain_has_speaker_and_relay(read, text, speaker, via):
    content = "the dam had moved two centimetres"
    found = read(text.format(content))
    assert found.claims == [(speaker, content)]
    (only,) = found.attributions
    assert only.via == (via,)
    # The source is the words that name who said it, not those that name the outlet.
    assert pieces(found.text, only.source).lower() == speaker.lower()


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("“We will win,” said Omar Tallis, who cited Lund in his speech.", "Omar Tallis", "“We"),
        ("“Nobody was hurt,” said Omar Tallis, citing health reasons.", "Omar Tallis", "“Nobody"),
        ("The minister cited a lack of money and said the lock leaks.", "the minister", "the lock"),
        ("“We are done,” Tallis told the BBC, quoting his father.", "Tallis", "“We are"),
        ("Omar Tallis quoted Ana Lund and said that the lock leaks.", "Omar Tallis", "the lock"),
        ("The driver, who was cited by police for speeding, said it leaks.", "the driver", "it le"),
        ("Ida Falk, who was quoted by police in court, said it leaks.", "Ida Falk", "it leaks"),
        ("“It leaks,” said Ida Falk, whose firm was cited by regulators.", "Ida Falk", "“It leaks"),
        ("The Pentagon, citing security concerns, said it leaks.", "The Pentagon", "it leaks"),
        ("The news agency cited low water and said the lock leaks.", "the news agency", "the lock"),
    ],
)
def test_people_who_cite_others_remain_the_speaker(read, text, speaker, content):
    found = read(text).one(content)
    assert (found.speaker, found.via, found.unsure) == (speaker, (), False)


@pytest.mark.parametrize("did", ["was read by police", "told the mayor the dam had moved"])
def test_an_action_according_to_somebody_is_their_claim(read, did):
    found = read(f"Ida Falk, according to the council, {did}.")
    assert found.claims[0] == ("the council", f"Ida Falk … {did}")


def test_a_quoted_report_is_not_a_speaker(read):
    found = read("Reports that the bank had failed were quoted by the council as proof.")
    assert {speaker for speaker, _ in found.claims} == {"the council"}


def test_naming_the_quoted_person_is_not_a_claim(read):
    found = read("The Norton Echo reported that the dam had moved, citing two dockers.")
    assert found.contents == ["the dam had moved"]


def test_a_quotation_in_a_clause_is_not_a_speaker(read):
    found = read("Ida Falk said the “old” lock keeper said nothing, the mayor told the court.")
    assert "lock keeper" not in [speaker for speaker, _ in found.claims]
