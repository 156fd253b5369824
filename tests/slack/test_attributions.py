"""What the bot says of a claim, row by row of its voice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from samples import STATEMENT, claim, claims

from bot.model import Claim, Near
from bot.slack.attributions import attribution_line
from bot.wording.runs import plain


def said(claim: Claim) -> str:
    """The attribution line with its emphasis as *…*."""
    return "".join(f"*{r.text}*" if r.strong else r.text for r in attribution_line(claim))


ROWS = [
    (
        claim(speaker="Xi Jinping", source="He", cue="told Putin", type="direct"),
        '*Xi Jinping* (printed: "He") told Putin · quoted',
    ),
    (claim(speaker="Sun Yun", source="Sun Yun"), "*Sun Yun* said · in the article's words"),
    (
        claim(speaker="Sun", source="She", known_as="Sun Yun"),
        '*Sun* (elsewhere: Sun Yun; printed: "She") said · in the article\'s words',
    ),
    (
        claim(
            speaker="the CCP and Russia",
            source="The CCP and Russia",
            cue="declared",
            type="mixed",
            said_on=date(2022, 2, 4),
            said_on_inferred=True,
        ),
        "*the CCP and Russia* declared · partly quoted · 4 February (year inferred: 2022)",
    ),
    (
        claim(speaker="CCP policy advisers", source="CCP policy advisers", source_kind="described"),
        "*CCP policy advisers* (not named) said · in the article's words",
    ),
    (
        claim(speaker="the ministry", source="the ministry", source_kind="described"),
        "*the ministry* said · in the article's words",
    ),
    (
        claim(
            speaker="a spokesman for the ministry",
            source="a spokesman for the ministry",
            source_kind="described",
        ),
        "*a spokesman for the ministry* (not named) said · in the article's words",
    ),
    (
        claim(speaker="a source", source="a source", cue="pointed out", source_kind="unnamed"),
        "*a source* (unnamed) pointed out · in the article's words",
    ),
    (
        claim(speaker=None, source=None, cue="is said", source_kind="none"),
        'no source given ("is said")',
    ),
    (
        claim(
            speaker="insiders",
            source="insiders",
            source_kind="unnamed",
            via=("The Wall Street Journal",),
        ),
        "*insiders* (unnamed), quoted by *The Wall Street Journal* · in the article's words",
    ),
    (
        claim(
            speaker="Xi Jinping",
            source="Xi Jinping",
            cue="criticized",
            via=("people familiar with the matter",),
            inside="c0",
        ),
        "*Xi Jinping* criticized, according to *people familiar with the matter* (unnamed)",
    ),
    (
        claim(
            speaker="China and Russia",
            source="China and Russia",
            cue="believe",
            stance="believes",
        ),
        "*China and Russia* believe, as the article puts it",
    ),
    (
        claim(speaker="the ministry", source="The ministry", cue="denied", stance="denied"),
        "*the ministry* denied · in the article's words",
    ),
    (
        claim(
            speaker="the ministry", source="the ministry", cue="declined to comment", negative=True
        ),
        "*the ministry* declined to comment on …",
    ),
    (
        claim(
            speaker="the officials", source="the officials", source_kind="described", unsure=True
        ),
        'unsure who said this; nearest in the text: "the officials"',
    ),
    (STATEMENT, "no source: the article's own words"),
]


ROWS += [
    (
        claim(cue="hopes", stance="believes", type="direct"),
        "*Ida Marsh* hopes, as the article puts it · quoted",
    ),
    (claim(cue="warned", stance="warned"), "*Ida Marsh* warned · in the article's words"),
    (claim(cue="did not say", negative=True), "*Ida Marsh* did not say …"),
    (
        claim(text="to comment on the leak", cue="declined", negative=True),
        "*Ida Marsh* declined to comment on …",
    ),
    (
        claim(text="to say who would pay", cue="refused", negative=True),
        "*Ida Marsh* refused to say …",
    ),
    (
        claim(cue="has not ruled out", stance="denied", negative=True, type="direct"),
        "*Ida Marsh* has not ruled out …",
    ),
    (
        claim(
            text="this",
            cue="denied",
            stance="denied",
            near=Near(speaker="two dockers", text="the quay wall had moved"),
        ),
        "*Ida Marsh* denied · in the article's words · "
        "nearby: *two dockers*: the quay wall had moved",
    ),
]


@pytest.mark.parametrize(("made", "line"), ROWS, ids=[line for _, line in ROWS])
def test_each_row_of_the_voice(made: Claim, line: str) -> None:
    assert said(made) == line


def test_a_statement_names_whom_it_stands_near_and_in_whose_report() -> None:
    near = Near(speaker="CCP policy advisers", text="…", report="The Wall Street Journal")
    made = Claim(id="s", article_id="a", kind="statement", text="It fell.", near=near)
    assert said(made) == (
        "no source: the article's own words · nearby: *CCP policy advisers*, "
        "in The Wall Street Journal's report"
    )


def test_a_resolved_description_shows_both_what_is_missing_and_what_is_printed() -> None:
    made = claim(speaker="CCP policy advisers", source="the advisers", source_kind="described")
    assert said(made).startswith('*CCP policy advisers* (not named; printed: "the advisers") said')


def test_a_source_that_holds_the_whole_name_needs_no_remark() -> None:
    assert "printed" not in said(claim(speaker="Sun Yun", source="Sun Yun, a director at Stimson"))
    assert 'printed: "Sun"' in said(claim(speaker="Sun Yun", source="Sun"))


def test_according_to_stands_before_its_source() -> None:
    assert said(claim(cue="according to")) == "according to *Ida Marsh* · in the article's words"


@pytest.mark.parametrize("cue", ["has been criticized by", "by", "in the words of", "per"])
def test_cues_that_lead_to_their_source_stand_before_it(cue: str) -> None:
    assert said(claim(cue=cue, type="direct")) == f"{cue} *Ida Marsh* · quoted"


def test_a_leading_cue_stands_before_its_source_inside_what_another_said() -> None:
    made = claim(cue="according to", via=("the agency",), inside="c0")
    assert said(made) == "according to *Ida Marsh*, according to *the agency*"


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("declaring", "declared"),
        ("accusing", "accused"),
        ("denying", "denied"),
        ("saying", "said"),
        ("added:", "added"),
        ("is asking", "is asking"),
    ],
)
def test_a_cue_reads_well_outside_its_sentence(printed: str, shown: str) -> None:
    assert said(claim(cue=printed)) == f"*Ida Marsh* {shown} · in the article's words"


def test_a_cue_that_began_its_sentence_does_not_shout() -> None:
    assert said(claim(cue="According to")).startswith("according to *Ida Marsh*")


@given(claims)
def test_what_was_not_said_never_reads_as_if_it_had_been(made: Claim) -> None:
    denied = replace(made, kind="attribution", unsure=False, negative=True, near=None)
    line = plain(attribution_line(denied))
    assert "…" in line or not (denied.speaker or denied.source)
    assert "in the article's words" not in line


@pytest.mark.parametrize("cue", ["told", "had told", "informed", "has assured"])
def test_who_told_nobody_that_is_known_said_so(cue: str) -> None:
    assert said(claim(cue=cue, type="direct")) == f'*Ida Marsh* said ("{cue}") · quoted'
    assert said(claim(cue=f"{cue} Putin", type="direct")) == f"*Ida Marsh* {cue} Putin · quoted"


def test_who_was_told_did_not_say_it() -> None:
    assert said(claim(cue="was told", type="direct")) == "*Ida Marsh* was told · quoted"


def test_what_was_not_told_keeps_its_cue() -> None:
    assert said(claim(cue="has not told", negative=True)) == "*Ida Marsh* has not told …"


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({"cue": "denied", "stance": "denied"}, 'unsure who said this ("denied")'),
        ({"cue": "declined", "negative": True}, 'unsure who did not say this ("declined")'),
        ({"cue": "believe", "stance": "believes"}, 'unsure who said this ("believe")'),
        ({"cue": "said", "stance": "said"}, "unsure who said this"),
    ],
)
def test_an_unsure_line_keeps_the_word_that_turns_the_content(
    known: dict[str, Any], line: str
) -> None:
    made = claim(speaker="the port", source="officials", type="indirect", unsure=True, **known)
    assert said(made) == f'{line}; nearest in the text: "officials"'


@pytest.mark.parametrize(
    ("inside", "chain"),
    [("c0", ", according to *Sun Yun*, quoted by *the Post*"), (None, ", quoted by *Sun Yun*")],
)
def test_an_unsure_line_keeps_who_passed_it_on(inside: str | None, chain: str) -> None:
    via = ("Sun Yun", "the Post") if inside else ("Sun Yun",)
    made = claim(speaker="Xi", source="he", type="indirect", unsure=True, via=via, inside=inside)
    assert said(made) == f'unsure who said this; nearest in the text: "he"{chain}'


def test_an_unsure_quotation_still_says_that_it_is_one() -> None:
    made = claim(speaker="Xi Jinping", source="he", type="direct", unsure=True)
    assert said(made) == 'unsure who said this; nearest in the text: "he" · quoted'


def test_a_quotation_without_source_still_says_that_it_is_one() -> None:
    made = claim(speaker=None, source=None, cue=None, type="direct", source_kind="none")
    assert said(made) == "no source given · quoted"


def test_a_date_whose_year_is_known_is_whole() -> None:
    assert said(claim(said_on=date(2022, 12, 14))).endswith(" · 14 December 2022")


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("fr", "French"),
        ("pt-BR", "Portuguese"),
        ("qu", "the language qu"),
        (None, "a language that is not known"),
    ],
)
def test_a_passage_says_that_nobody_has_read_it(language: str | None, named: str) -> None:
    made = claim(kind="passage", speaker=None, source=None, cue=None, source_kind="none")
    line = f"text in {named}: not read for claims"
    assert plain(attribution_line(made, language)) == line
