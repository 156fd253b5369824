"""What corrections make of claims: of the claims as found and of the corrections that stand, and of
nothing else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corrections.claims import (
    ExtractedClaims,
    apply_corrections,
    as_json,
    from_json,
    locate,
    merge_changes,
)
from bot.model import Claim, Correction, MarkedWords, NearbyAttribution, Ruling, Spans, pieces
from tests.soak import examples

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = [f"w{n}" for n in range(60)]
TEXT = " ".join(WORDS)
PARAGRAPHS: Spans = ((0, len(" ".join(WORDS[:30]))), (len(" ".join(WORDS[:30])) + 1, len(TEXT)))


def place(first: int, last: int, text: str = TEXT) -> tuple[int, int]:
    """Where the words from one number to another stand."""
    end = text.index(WORDS[last] + " ") if last + 1 < len(WORDS) else text.index(WORDS[last])
    return text.index(WORDS[first] + " "), end + len(WORDS[last])


def a_claim(number: int, first: int, last: int, **more: Any) -> Claim:
    spans = (place(first, last),)
    known = {"kind": "attribution", "speaker": "Roe", "source": "He", "cue": "said"} | more
    known |= {"type": "indirect", "stance": "said", "source_kind": "named"} | more
    return Claim(
        id=f"c{number}", article_id="a", text=pieces(TEXT, spans), spans=spans, paragraph=1, **known
    )


OUTER = a_claim(0, 2, 9, guess="Ida Roe", confidence=0.4)
INNER = a_claim(1, 5, 9, speaker="Lund", via=("Roe", "The Post"), inside="c0")
NEARBY = Claim(
    id="c2",
    article_id="a",
    kind="statement",
    text=pieces(TEXT, (place(12, 15),)),
    spans=(place(12, 15),),
    paragraph=1,
    near=NearbyAttribution(speaker="Roe", text=OUTER.text, report="The Post"),
    checkable=0.5,
)
ELSEWHERE = a_claim(3, 40, 45, speaker="Quill")
FOUND = ExtractedClaims(TEXT, PARAGRAPHS, list(enumerate([OUTER, INNER, NEARBY, ELSEWHERE])))


def marked(*spans: tuple[int, int], text: str = TEXT) -> MarkedWords:
    return MarkedWords(spans, tuple(text[start:end] for start, end in spans))


def correction(number: int, claim: str, **changes: Any) -> Correction:
    return Correction(
        id=f"k{number}",
        team="T1",
        press=f"p{number}",
        claim_id=claim,
        article_id="a",
        changes=changes,
        before={},
        reason="heard it",
        person="U1",
        person_name="Ann",
        suggested_at=NOON,
        state="accepted",
        number=number,
        rulings=(Ruling(ruling="accepted", person="U2", person_name="Bo", at=NOON),),
    )


def reads(*corrections: Correction, found: ExtractedClaims = FOUND) -> dict[str, Claim]:
    return {claim.id: claim for _, claim in apply_corrections(found, corrections).claims}


def test_a_speaker_is_mended_and_sure_and_those_near_follow() -> None:
    now = reads(correction(1, "c0", speaker="Xi Jinping", source=None, source_kind="named"))
    assert now["c0"] == replace(
        OUTER,
        speaker="Xi Jinping",
        source=None,
        guess=None,
        confidence=1.0,
        speaker_confidence=1.0,
        corrected=True,
    )
    assert now["c1"] == replace(INNER, via=("Xi Jinping", "The Post"), corrected=True)
    assert now["c2"].near == NearbyAttribution(
        speaker="Xi Jinping", text=OUTER.text, report="The Post"
    )
    assert now["c2"].corrected, "its name nearby is not as it was found"
    assert now["c3"] == ELSEWHERE


def test_unaffected_claims_are_not_marked() -> None:
    now = reads(correction(1, "c0", stance="denied"))
    assert now["c0"].corrected
    assert (now["c1"], now["c2"].corrected) == (INNER, False)


def test_words_are_mended_with_text_and_paragraph() -> None:
    now = reads(correction(1, "c0", content=marked(place(2, 4), place(31, 33)), type="mixed"))
    assert (now["c0"].text, now["c0"].type) == ("w2 w3 w4 … w31 w32 w33", "mixed")
    assert now["c0"].paragraph == 1
    assert now["c2"].near == NearbyAttribution(
        speaker="Roe", text=now["c0"].text, report="The Post"
    )
    assert reads(correction(1, "c3", content=marked(place(31, 33))))["c3"].paragraph == 2
    assert now["c0"].guess, "who said it was not looked at"


def test_a_claim_made_unattributed_loses_its_source() -> None:
    now = reads(correction(1, "c0", kind="statement"))
    assert now["c0"] == Claim(
        id="c0",
        article_id="a",
        kind="statement",
        text=OUTER.text,
        spans=OUTER.spans,
        paragraph=1,
        corrected=True,
    )
    assert (now["c1"].via, now["c1"].inside) == (("The Post",), None)
    assert now["c2"].near is None


def test_a_sentence_made_an_attribution_gets_a_speaker() -> None:
    said = {"speaker": "Lund", "cue": marked(place(16, 16)), "source_kind": "named"}
    now = reads(correction(1, "c2", kind="attribution", type="indirect", **said))["c2"]
    assert (now.speaker, now.cue, now.stance, now.near) == ("Lund", "w16", "said", None)


def test_rejected_claims_are_removed_and_inner_ones_kept() -> None:
    laid = apply_corrections(FOUND, [said := correction(1, "c0", rejected=True)])
    now = {claim.id: claim for _, claim in laid.claims}
    assert laid.rejected == {"c0": said}
    assert "c0" not in now
    assert (now["c1"].via, now["c1"].inside) == (("The Post",), None)
    assert {claim.id for _, claim in laid.originals} == {"c0", "c1", "c2"}
    assert [at for at, _ in laid.claims] == [1, 2, 3], "its place is kept for it"


def test_claims_inside_each_other_end() -> None:
    circle = [replace(OUTER, inside="c1"), INNER]
    assert reads(
        correction(1, "c0", speaker="Xi"), found=replace(FOUND, claims=list(enumerate(circle)))
    )


def test_of_two_the_later_counts_field_by_field() -> None:
    first = correction(1, "c0", speaker="Xi", stance="denied")
    second = correction(2, "c0", speaker="Putin")
    for both in ([first, second], [second, first]):
        now = reads(*both)["c0"]
        assert (now.speaker, now.stance) == ("Putin", "denied")


def test_words_are_found_again_where_the_text_has_moved() -> None:
    text = f"CORRECTED. {TEXT.replace('w20', 'w20 and more')}"
    claims = [(0, replace(OUTER, spans=(place(2, 9, text),)))]
    mend = correction(1, "c0", content=marked(place(3, 4), place(31, 33)))
    laid = apply_corrections(ExtractedClaims(text, ((0, len(text)),), claims), [mend])
    assert laid.claims[0][1].text == "w3 w4 … w31 w32 w33"
    assert laid.claims[0][1].spans == (place(3, 4, text), place(31, 33, text))


def test_corrections_with_missing_words_are_pending() -> None:
    found = ExtractedClaims(TEXT.replace("w4 ", ""), PARAGRAPHS, [(0, OUTER)])
    mends = [correction(1, "c0", content=marked(place(3, 4)), speaker="Xi")]
    mends.append(correction(2, "c0", stance="denied"))
    laid = apply_corrections(found, mends)
    assert laid.pending_ids == {"k1"}
    (_, now), *_ = laid.claims
    assert (now.speaker, now.stance, now.text) == ("Roe", "denied", OUTER.text)
    assert apply_corrections(found, mends[:1]).claims == [(0, OUTER)]
    assert apply_corrections(found, mends[:1]).originals == []


@pytest.mark.parametrize(
    ("text", "words", "near", "spans"),
    [
        ("he said. The mayor: he said", ("he",), 20, ((20, 22),)),
        ("he said. The mayor: he said", ("he",), 2, ((0, 2),)),
        ("she left", ("he",), 0, None),
        ("Obama: yes", (":",), 0, ((5, 6),)),
        ("a b a c", ("a", "c"), 0, ((0, 1), (6, 7))),
        ("c a", ("a", "c"), 0, None),
        (f"{'x ' * 2000}he", ("he",), 0, None),
    ],
)
def test_words_are_looked_for_whole_in_order_and_not_far(
    text: str, words: tuple[str, ...], near: int, spans: Spans | None
) -> None:
    gone = tuple((9_000 + n, 9_001 + n) for n in range(len(words)))
    assert locate(text, MarkedWords(gone, words), near) == spans


NAMES = st.sampled_from(["Xi", "Putin", "Lund", None])
RANGES = st.tuples(st.integers(0, 50), st.integers(0, 8)).map(lambda r: place(r[0], r[0] + r[1]))
CHANGES = st.one_of(
    st.builds(lambda name: {"speaker": name, "source_kind": "named"}, NAMES),
    st.builds(lambda span: {"content": marked(span)}, RANGES),
    st.builds(lambda span: {"cue": marked(span)}, RANGES),
    st.builds(lambda span: {"source": marked(span)}, RANGES),
    st.sampled_from([{"stance": "denied"}, {"kind": "statement"}, {"rejected": True}]),
)
SAID = st.lists(st.tuples(st.sampled_from(["c0", "c1", "c2", "c3"]), CHANGES), max_size=8)


@given(SAID, st.randoms(use_true_random=False), st.sets(st.integers(0, 7)))
@settings(max_examples=examples(300))
def test_only_the_final_corrections_count(
    said: list[tuple[str, dict[str, Any]]], order: random.Random, undone: set[int]
) -> None:
    corrections = [correction(n, claim, **changes) for n, (claim, changes) in enumerate(said)]
    standing = [one for one in corrections if one.number not in undone]
    shuffled = order.sample(standing, len(standing))
    laid = apply_corrections(FOUND, shuffled)
    assert laid == apply_corrections(FOUND, standing)
    now = {claim.id: claim for _, claim in laid.claims}
    for at, claim in FOUND.claims:
        assert_reads_as_told(
            claim, now.get(claim.id), [o for o in standing if o.claim_id == claim.id]
        )
        kept = {c.id: (p, c) for p, c in laid.originals}.get(claim.id)
        assert kept == (None if now.get(claim.id) == claim else (at, claim))


def assert_reads_as_told(claim: Claim, now: Claim | None, said: Sequence[Correction]) -> None:
    """By hand: one after the other, each over what was there."""
    fields: dict[str, Any] = {}
    for one in said:
        fields.update(one.changes)
    if fields.get("rejected"):
        assert now is None
        return
    assert now is not None
    # One that nobody corrected is marked where it takes a name from one that somebody did.
    takes_a_name = now.near not in (claim.near, None) or not set(now.via) <= set(claim.via)
    assert now.corrected == (bool(said) or takes_a_name)
    content = fields.get("content") or marked(*claim.spans)
    assert (now.text, now.spans) == (str(content), content.spans)
    if fields.get("kind") == "statement" or claim.kind == "statement":
        assert now.kind == "statement" or "kind" not in fields
        return
    assert now.speaker == fields.get("speaker", claim.speaker)
    assert now.cue == str(fields.get("cue") or claim.cue)
    assert now.stance == fields.get("stance", claim.stance)


@given(CHANGES)
def test_changes_come_back_from_json(changes: dict[str, Any]) -> None:
    assert from_json(as_json(changes)) == changes


def test_places_are_those_of_the_text_at_hand() -> None:
    text = f"Since then. {TEXT}"
    said = [correction(1, "c0", cue=marked(place(2, 3)))]
    fields = merge_changes(text, replace(OUTER, spans=(place(2, 9, text),)), said)
    assert fields["cue"].spans == (place(2, 3, text),)
