"""The who-line, row by row of the bot's voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages.table import negation
from bot.model import ArticleCard, Claim, Hit, Passage
from bot.wording.details import details_line
from bot.wording.hits import who_line as line_of_hit
from bot.wording.passage import passage_of
from bot.wording.role import role_of
from bot.wording.runs import plain_text
from bot.wording.who_line import who_line

CLAIM = Claim(
    id="c1",
    article_id="a1",
    kind="attribution",
    text="the quay wall had moved",
    type="indirect",
    speaker="Ida Marsh",
    source="Ida Marsh",
    cue="said",
    source_kind="named",
    stance="said",
)
STATEMENT = Claim(id="s1", article_id="a1", kind="statement", text="The port is shut.")


def claim(**changes: Any) -> Claim:
    return replace(CLAIM, **changes)


def said(made: Claim, passage: Passage | None = None, outlet: str | None = None) -> str:
    """The who-line with its emphasis as *…*."""
    runs = who_line(made, passage, outlet=outlet)
    return "".join(f"*{run.text}*" if run.strong else run.text for run in runs)


ASKED = [
    # The role that was asked for, which the article gives elsewhere.
    ("Marsh", "Governor", "*Governor Ida Marsh* said"),
    ("Marsh", "governor of the bank", "*Ida Marsh*, governor of the bank, said"),
    ("She", "mayor", "*Ida Marsh* (“She”), mayor, said"),
    ("Captain Ida Marsh", "harbour master", "*Captain Ida Marsh*, harbour master, said"),
    ("Ida Marsh", "bank’s governor", "*Ida Marsh*, the bank’s governor, said"),
    ("Mayor Ida Marsh", "mayor", "*Mayor Ida Marsh* said"),
]


@pytest.mark.parametrize(("source", "role", "line"), ASKED)
def test_a_role_that_was_asked_for_is_shown(source: str, role: str, line: str) -> None:
    runs = who_line(claim(source=source), role=role)
    assert "".join(f"*{run.text}*" if run.strong else run.text for run in runs) == line


SOURCES = "*Unnamed sources at the yard* said"
ROWS = [
    # Named, with what the article prints in place of the name.
    (claim(), "*Ida Marsh* said"),
    (claim(speaker="Xi Jinping", source="He", cue="told Putin"), "*Xi Jinping* (“He”) told Putin"),
    (claim(speaker="Sun", source="She", known_as="Sun Yun"), "*Sun Yun* (“She”) said"),
    (claim(speaker="Corin Hallas", source="Mr Hallas"), "*Corin Hallas* said"),
    (claim(speaker="Rhys Fenner", source="The constable"), "*Rhys Fenner* (“The constable”) said"),
    (
        claim(speaker="a retired admiral", source="He", source_kind="unnamed"),
        "*A retired admiral* (unnamed, “He”) said",
    ),
    (claim(source="everybody except Marsh"), "*Everybody except Marsh* said"),
    # What no person is keeps no name back.
    (
        claim(speaker="the secretary of state's office", source=None, source_kind="described"),
        "*The secretary of state's office* said",
    ),
    (claim(speaker="the manual", source=None, source_kind="described"), "*The manual* said"),
    (claim(source="Sources at the yard", speaker=None, source_kind="unnamed"), SOURCES),
    # Held, as the article has it from nobody.
    (
        claim(
            speaker=None,
            source=None,
            source_kind="none",
            cue="is said",
            text="Ms Brand … to believe that the yard misled her",
        ),
        "*Ms Brand* is said to believe",
    ),
    (
        claim(cue="has refused", text="to rule out a strike", negative=True),
        "*Ida Marsh* has refused to rule out",
    ),
    # With a role that the article gives.
    (claim(source="harbour master Ida Marsh"), "*Ida Marsh*, harbour master, said"),
    (claim(source="Ida Marsh, the chairman,"), "*Ida Marsh*, chairman, said"),
    # "Its" is whose? A role keeps its owner, or is left out.
    (claim(source="Ida Marsh, its chairman,"), "*Ida Marsh* said"),
    (
        claim(source="the mayor’s spokeswoman, Ida Marsh,"),
        "*Ida Marsh*, the mayor’s spokeswoman, said",
    ),
    (claim(source="a spokeswoman, Ida Marsh,"), "*Ida Marsh* said"),
    (claim(source="Ms Ida Marsh"), "*Ida Marsh* said"),
    (
        claim(source="the regulator's deputy director, Ida Marsh,"),
        "*Ida Marsh*, the regulator's deputy director, said",
    ),
    (claim(source="the union official Ida Marsh, who"), "*Ida Marsh* said"),
    (claim(source="Ida Marsh, the union official who"), "*Ida Marsh*, union official, said"),
    # A title belongs to the name; what begins with a capital stands where it is printed.
    (claim(source="Dr Ida Marsh, a cardiologist,"), "*Dr Ida Marsh*, cardiologist, said"),
    (claim(source="the investigator, Dame Ida Marsh"), "*Dame Ida Marsh*, investigator, said"),
    (claim(source="Harbour master Ida Marsh"), "Harbour master *Ida Marsh* said"),
    # What stands beside a name need not be a role.
    (
        claim(source="a spokesman for Ida Marsh"),
        "*Ida Marsh* (“a spokesman for Ida Marsh”) said",
    ),
    (claim(source="Ida Marsh's office"), "*Ida Marsh* (“Ida Marsh's office”) said"),
    (claim(source="Ida Marsh, who denied any link,"), "*Ida Marsh* said"),
    (claim(source="Ida Marsh, who leads the union,"), "*Ida Marsh*, who leads the union, said"),
    (claim(source="Ida Marsh, 44,"), "*Ida Marsh* said"),
    # Described and unnamed.
    (
        claim(speaker="CCP policy advisers", source="CCP policy advisers", source_kind="described"),
        "*CCP policy advisers* (unnamed) said",
    ),
    (
        claim(speaker="CCP policy advisers", source="the advisers", source_kind="described"),
        "*CCP policy advisers* (unnamed, “the advisers”) said",
    ),
    (
        claim(speaker="the ministry", source="the ministry", source_kind="described"),
        "*The ministry* said",
    ),
    (
        claim(speaker="a source", source="a source", source_kind="unnamed"),
        "*An unnamed source* said",
    ),
    (
        claim(speaker="insiders", source="insiders", source_kind="unnamed", via=("The Journal",)),
        "*Unnamed insiders*, via *The Journal*",
    ),
    (
        claim(speaker="Three nurses", source="Three nurses", source_kind="unnamed"),
        "*Three nurses* (unnamed) said",
    ),
    (
        claim(speaker=None, source=None, cue="is said", source_kind="none"),
        "*Source not named* (“is said”)",
    ),
    (claim(speaker=None, source=None, cue=None, source_kind="none"), "*Source not named*"),
    # What says something are the documents, not who has seen them.
    (
        claim(
            speaker="the Courier",
            source="documents seen by the Courier",
            cue="show",
        ),
        "*Documents seen by the Courier* show",
    ),
    (
        claim(
            speaker="Minutes seen by the Courier",
            source="Minutes seen by the Courier",
            source_kind="described",
            cue="show",
        ),
        "*Minutes seen by the Courier* show",
    ),
    # Who told whom.
    (
        claim(via=("The harbour office", "The Times"), inside="c0"),
        "*Ida Marsh* said, according to *the harbour office*, via *The Times*",
    ),
    (
        claim(speaker="Xi", source="Xi", via=("people familiar with it",), inside="c0"),
        "*Xi* said, according to *people familiar with it* (unnamed)",
    ),
    (
        claim(source="Ida Marsh, the chairman,", via=("the Post",), inside="c0"),
        "*Ida Marsh*, chairman, said, according to *the Post*",
    ),
    (
        claim(cue="denied", stance="denied", via=("The Journal",)),
        "*Ida Marsh* denied, via *The Journal*",
    ),
    (
        claim(cue="had said", via=("the ministry",), inside="c0", outer_cue="denied"),
        "*Ida Marsh* had said, in what *the ministry* denied",
    ),
    (
        claim(speaker=None, source=None, cue="was told", via=("Marsh",), inside="c0"),
        "*Source not named* (“was told”), according to *Marsh*",
    ),
    (
        claim(
            speaker=None,
            source=None,
            cue="was told",
            via=("Marsh",),
            inside="c0",
            outer_cue="denied",
        ),
        "*Source not named* (“was told”), in what *Marsh* denied",
    ),
    (
        claim(speaker=None, source=None, cue="was never told", negative=True),
        "*Source not named* (“was never told”)",
    ),
    # The force of the verb.
    (claim(cue="denied", stance="denied"), "*Ida Marsh* denied"),
    (claim(cue="warned", stance="warned"), "*Ida Marsh* warned"),
    (claim(cue="doubted", stance="believes"), "*Ida Marsh* doubted"),
    (claim(cue="hopes", stance="believes"), "*Ida Marsh* is said to hope"),
    (
        claim(speaker="Corin Hallas", source="Hallas", cue="believes", stance="believes"),
        "*Corin Hallas* is said to believe",
    ),
    (claim(cue="thought", stance="believes"), "*Ida Marsh* thought"),
    (claim(cue="thought", act="thought"), "*Ida Marsh* is said to have thought"),
    (claim(cue="plans", act="thought"), "*Ida Marsh* is said to plan"),
    (claim(cue="worries", act="thought"), "*Ida Marsh* is said to worry"),
    (claim(cue="was confident", act="thought"), "*Ida Marsh* is said to have been confident"),
    (claim(cue="hopes of", act="thought"), "*Ida Marsh* is said to think so (“hopes of”)"),
    (claim(cue="hoped", act="thought", stance="said"), "*Ida Marsh* is said to have hoped"),
    (claim(cue="had long hoped", act="thought"), "*Ida Marsh* is said to have long hoped"),
    (claim(cue="is hoping", act="thought"), "*Ida Marsh* is said to be hoping"),
    (claim(cue="was afraid of", act="thought"), "*Ida Marsh* is said to have been afraid"),
    (
        claim(cue="is believed by", act="thought"),
        "*Ida Marsh* is said to think so (“is believed by”)",
    ),
    (
        claim(
            speaker="people familiar with the plan",
            source=None,
            source_kind="described",
            cue="feared",
            act="thought",
        ),
        "*People familiar with the plan* (unnamed) are said to have feared",
    ),
    (claim(cue="still believes", act="thought"), "*Ida Marsh* is said to still believe"),
    (claim(cue="hardly believes", act="thought"), "*Ida Marsh* hardly believes"),
    # Never a belief, if the article says that they do not hold it.
    (claim(cue="does not believe", act="thought"), "*Ida Marsh* does not believe"),
    (claim(cue="no longer believes", act="thought"), "*Ida Marsh* no longer believes"),
    (claim(cue="is not sure", act="thought"), "*Ida Marsh* is not sure"),
    (claim(cue="refuses to believe", act="thought"), "*Ida Marsh* refuses to believe"),
    (
        claim(speaker="China and Russia", source=None, cue="were confident", act="thought"),
        "*China and Russia* are said to have been confident",
    ),
    (
        claim(speaker="Marsh and Hallas", source=None, cue="feared", act="thought"),
        "*Marsh and Hallas* are said to have feared",
    ),
    (
        claim(speaker="Rovers", source=None, cue="were confident", act="thought"),
        "*Rovers* are said to have been confident",
    ),
    (
        claim(cue="refused", act="event"),
        "No longer a claim: nobody is reported to have said this"
        " (it was shown as: *Ida Marsh* refused)",
    ),
    (claim(cue="rubbished", via=("The Post",)), "*Ida Marsh* rubbished, via *The Post*"),
    (
        claim(source="Ida Marsh, the chairman,", cue="hopes", stance="believes"),
        "*Ida Marsh*, chairman, is said to hope",
    ),
    (
        claim(
            speaker="China and Russia", source="China and Russia", cue="believe", stance="believes"
        ),
        "*China and Russia* are said to believe",
    ),
    (claim(cue="declined to comment", negative=True), "*Ida Marsh* declined to comment"),
    (claim(text="to say when", cue="declined", negative=True), "*Ida Marsh* declined to say"),
    (
        claim(text="to comment on the leak", cue="refused", negative=True),
        "*Ida Marsh* refused to comment",
    ),
    (claim(cue="would not comment on", negative=True), "*Ida Marsh* would not comment"),
    (
        claim(text="to give evidence", cue="declined", negative=True),
        "*Ida Marsh* declined to give evidence",
    ),
    # Cues that stand before their source, or hang without whom was told.
    (claim(cue="According to"), "*Ida Marsh* said"),
    (claim(cue="has been criticized by"), "*Ida Marsh* criticized"),
    (claim(cue="was also told by"), "*Ida Marsh* said"),
    (claim(cue="Warned by"), "*Ida Marsh* warned"),
    (claim(cue="was written by"), "*Ida Marsh* (“was written by”)"),
    (claim(cue="in a statement"), "*Ida Marsh* (“in a statement”)"),
    (claim(cue="had told"), "*Ida Marsh* said"),
    (claim(cue="had told Putin"), "*Ida Marsh* had told Putin"),
    (claim(cue="was told"), "*Ida Marsh* was told"),
    # A cue reads well outside its sentence; its day stands elsewhere.
    (claim(cue="Asked"), "*Ida Marsh* asked"),
    (claim(cue="told reporters on Tuesday evening"), "*Ida Marsh* told reporters"),
    (claim(cue="said last night"), "*Ida Marsh* said"),
    (claim(cue="declaring"), "*Ida Marsh* declared"),
    (claim(cue="denying", stance="denied"), "*Ida Marsh* denied"),
    (claim(cue="added:"), "*Ida Marsh* added"),
    (claim(cue="ruling out", stance="denied"), "*Ida Marsh* ruled out"),
    (claim(cue="clarifying"), "*Ida Marsh* clarified"),
    # Not sure enough: the printed words, and who it probably is.
    (
        claim(speaker=None, guess="Norlink", source="The company", source_kind="described"),
        "*The company* (probably Norlink) said",
    ),
    (
        claim(speaker=None, source="She", cue="denied", stance="denied", source_kind="described"),
        "*She* denied",
    ),
    (
        claim(speaker=None, guess="Ida Falk", source=None, cue=None, source_kind="none"),
        "*Source not named* (probably Ida Falk)",
    ),
    (
        claim(speaker=None, guess="Ida Falk", source="Falk", source_kind="described"),
        "*Falk* (probably Ida Falk) said",
    ),
    (
        claim(speaker=None, guess="Ida Falk", source="Ida Falk", source_kind="described"),
        "*Ida Falk* (probably) said",
    ),
    (
        claim(speaker=None, source="he", cue="declined", negative=True, via=("the Post",)),
        "*He* declined, via *the Post*",
    ),
    # Only who the article names nowhere is unnamed.
    (
        claim(speaker="a neighbour", source="a neighbour", source_kind="described"),
        "*A neighbour* (unnamed) said",
    ),
    (
        claim(speaker="the minister", source="the minister", source_kind="described"),
        "*The minister* said",
    ),
    (
        claim(speaker="his lawyer", source="his lawyer", source_kind="described"),
        "*His lawyer* said",
    ),
    (STATEMENT, "In the article's own words"),
]


def test_who_did_not_say_it_is_not_named() -> None:
    text = "It was not Marsh who said that it leaked."
    passage = Passage(spans=((0, 41),), text=text, source=((17, 20),), cue=((21, 25),))
    assert said(claim(source="who"), passage) == "*Source not named* (“said”)"


@pytest.mark.parametrize(
    ("source", "introduction", "line"),
    [
        ("She", "Ida Marsh, chairman", "*Ida Marsh* (“She”), chairman, said"),
        ("Marsh", "Ida Marsh, the chairman", "*Ida Marsh*, chairman, said"),
        ("She", "Judge Ida Marsh", "*Judge Ida Marsh* (“She”) said"),
        ("She", "University president Ida Marsh", "University president *Ida Marsh* (“She”) said"),
        ("the chairman", "Ida Marsh, the chairman", "*Ida Marsh* (“the chairman”) said"),
        ("Ida Marsh, a lawyer", "Ida Marsh, the chairman", "*Ida Marsh*, lawyer, said"),
        ("She", "The league suspended its president, Ida Marsh", "*Ida Marsh* (“She”) said"),
    ],
)
def test_a_role_that_the_article_gives_elsewhere(source: str, introduction: str, line: str) -> None:
    passage = Passage(spans=(), text="", introduction=introduction)
    assert said(claim(source=source), passage) == line


@pytest.mark.parametrize(("made", "line"), ROWS, ids=[line for _, line in ROWS])
def test_each_row_of_the_voice(made: Claim, line: str) -> None:
    assert said(made) == line


def test_a_signature_has_no_comma_at_its_end() -> None:
    signed = claim(source="Ida Marsh, harbour master", cue="–", type="direct")
    assert said(signed) == "*Ida Marsh*, harbour master"


def test_the_articles_own_voice_names_its_outlet() -> None:
    assert said(STATEMENT, outlet="Vellmouth Courier") == "In *Vellmouth Courier*'s own words"


@pytest.mark.parametrize(
    ("sentence", "cue", "line"),
    [
        ("It did not dispute that some had been sealed.", "dispute", "did not dispute"),
        ("The ministry has not yet confirmed that.", "confirmed", "has not yet confirmed"),
        ("The ministry has not so far confirmed it.", "confirmed", "has not so far confirmed"),
        ("Ida Marsh never confirmed it.", "confirmed", "never confirmed"),
        ("The ministry declined to confirm it.", "confirm", "declined to confirm"),
        ("The ministry failed to say so.", "say", "failed to say"),
        ("She stopped short of saying so.", "saying", "stopped short of saying"),
        (
            "She spoke without confirming it.",
            "confirming",
            "did not say this (“without confirming”)",
        ),
        ("Nor has Ida Marsh confirmed it.", "confirmed", "did not say this (“Nor has confirmed”)"),
    ],
)
def test_negated_cues_never_read_as_said(sentence: str, cue: str, line: str) -> None:
    start = sentence.index(cue)
    places = {"content": ((len(sentence) - 3, len(sentence)),), "cue": ((start, start + len(cue)),)}
    at = sentence.find("Ida Marsh")
    source = ((at, at + 9),) if at >= 0 else ()
    passage = passage_of(sentence, ((0, len(sentence)),), source=source, **places)
    assert said(claim(cue=cue, negative=True), passage) == f"*Ida Marsh* {line}"
    # What people have corrected, or made elsewhere, has no passage to look in.
    assert "not" in said(claim(cue=cue, negative=True))


CUES = st.text(st.sampled_from("abdeinorst ,’'"), max_size=24) | st.sampled_from(
    ["confirmed", "was told by", "without saying", "declined to say", "according to", "denying"]
)


@given(CUES, st.sampled_from([(), ("the Post",)]), st.sampled_from([None, "c0"]), st.booleans())
def test_no_annotated_refusal_reads_as_said(
    cue: str, via: tuple[str, ...], inside: str | None, is_unresolved: bool
) -> None:
    who = {"speaker": None, "guess": "Jon Lund"} if is_unresolved else {}
    made = claim(cue=cue, negative=True, via=via, inside=inside, **who)
    line = said(made)
    assert "not" in line or negation.CUE_NEGATION.search(line)


def test_abandoned_beliefs_are_not_shown_as_held() -> None:
    text = "Ida Marsh no longer believes the wall is safe."
    places = {"source": ((0, 9),), "cue": ((20, 28),), "content": ((29, 45),)}
    passage = passage_of(text, ((0, len(text)),), **places)
    made = claim(cue="believes", stance="believes")
    assert said(made, passage) == "*Ida Marsh* no longer believes"


@pytest.mark.parametrize(
    ("language", "named"),
    [("fr", "French"), ("pt-BR", "Portuguese"), (None, "an unknown language")],
)
def test_what_nobody_has_read_says_so(language: str | None, named: str) -> None:
    made = claim(kind="passage", speaker=None, source=None, cue=None, source_kind="none")
    card = ArticleCard(
        **dict.fromkeys(("title", "outlet", "published", "published_on", "url")),
        id="a1",
        sample=False,
        opening="",
        language=language,
    )
    line = plain_text(line_of_hit(Hit(claim=made, article=card, score=0)))
    assert line == f"Text in {named}: I can't find claims in it"


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (claim(type="direct"), "quoted"),
        (
            claim(type="mixed", said_on=date(2022, 12, 14)),
            "partly quoted · said on 14 December 2022",
        ),
        (
            claim(said_on=date(2022, 2, 4), said_on_inferred=True),
            "reported, not quoted · said on 4 February (year inferred: 2022)",
        ),
        # "Quoted" would make something that was said of what was not.
        (claim(type="direct", cue="declined", negative=True), ""),
        (claim(type=None, corrected=True), "corrected by a person"),
    ],
)
def test_details_give_form_and_date(made: Claim, line: str) -> None:
    assert details_line(made) == line


@pytest.mark.parametrize(
    "source", ["a fourth, Una Marsh", "another, Una Marsh", "the other Una Marsh"]
)
def test_one_of_several_is_not_a_role(source: str) -> None:
    assert role_of(source, "Una Marsh") is None
