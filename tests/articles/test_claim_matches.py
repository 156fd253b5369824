"""Which claim of a new version is which of the one before."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.claim_matches import ClaimMatch, match_by_id, match_claims, with_stable_ids
from bot.model import Claim
from tests.soak import examples

WORDS = st.sampled_from(["the", "wall", "port", "is", "safe", "shut", "nine", "ships", "left"])
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def a_claim(text: str, id_: str = "c", at: int = 0, **more: object) -> Claim:
    values = {"kind": "attribution", "speaker": "Mara Quill", "cue": "said", "stance": "said"}
    spans = ((at, at + len(text)),)
    return Claim(id=id_, article_id="a", text=text, spans=spans, **values | more)


@st.composite
def versions(draw: st.DrawFn, prefix: str) -> list[Claim]:
    texts = draw(st.lists(TEXTS, max_size=7))
    return [
        a_claim(
            text,
            f"{prefix}{n}",
            n * 100,
            kind=draw(st.sampled_from(["attribution", "statement"])),
            speaker=draw(st.sampled_from(["Mara Quill", "Ada Brook", None])),
        )
        for n, text in enumerate(texts)
    ]


def pairs(matched: list[ClaimMatch]) -> set[tuple[str, str | None, str | None]]:
    return {(m.kind, m.old and m.old.id, m.new and m.new.id) for m in matched}


@settings(max_examples=examples(60))
@given(versions("o"), versions("n"), st.randoms(use_true_random=False))
def test_every_claim_is_matched_once_whatever_the_order(
    old: list[Claim], new: list[Claim], rng: random.Random
) -> None:
    matched = match_claims(old, new)
    assert sorted(m.old.id for m in matched if m.old) == sorted(claim.id for claim in old)
    assert [m.new.id for m in matched if m.new] == [claim.id for claim in new]
    for one in matched:
        assert {"gone": one.new is None, "new": one.old is None}.get(one.kind, True)
    shuffled = match_claims(rng.sample(old, len(old)), rng.sample(new, len(new)))
    assert shuffled == matched


@settings(max_examples=examples(60))
@given(versions("o"), versions("o"), st.sets(st.sampled_from([f"o{n}" for n in range(7)])))
def test_ids_are_kept_and_never_given_twice(
    old: list[Claim], new: list[Claim], gone: set[str]
) -> None:
    gone -= {claim.id for claim in old}
    matched = match_claims(old, new)  # the new ones may well have ids that others had
    lasting = with_stable_ids(matched, gone)
    ids = [claim.id for claim in lasting]
    assert len(set(ids)) == len(ids)
    assert not gone & set(ids)
    assert [replace(claim, id="") for claim in lasting] == [replace(c, id="") for c in new]
    kept = {m.old.id for m in matched if m.old and m.new}
    assert set(ids) & {claim.id for claim in old} == kept
    assert pairs(match_by_id(old, lasting)) == {
        (m.kind, m.old and m.old.id, m.new and lasting[new.index(m.new)].id) for m in matched
    }


@settings(max_examples=examples(60))
@given(versions("o"), versions("n"), versions("e"), versions("e"))
def test_only_identical_claims_get_their_old_id_back(
    old: list[Claim], new: list[Claim], first: list[Claim], second: list[Claim]
) -> None:
    lasting = with_stable_ids(match_claims(old, new), (), [*old, *first, *second])
    assert len({claim.id for claim in lasting}) == len(lasting)
    latest = {claim.id: claim for claim in [*first, *second]}
    for claim in lasting:
        if claim.id in latest:
            gone = latest[claim.id]
            assert (claim.kind, claim.text) == (gone.kind, gone.text)
    matched = {claim.id for claim in old} | set(latest)
    fresh = {
        (claim.kind, claim.text, claim.speaker) for claim in lasting if claim.id not in matched
    }
    left = [one for one in latest.values() if one.id not in {claim.id for claim in lasting}]
    assert not fresh & {(one.kind, one.text, one.speaker) for one in left}


def test_repeated_claims_return_in_order() -> None:
    twice = [a_claim("The wall is safe"), a_claim("The wall is safe")]
    earlier, new = (
        [replace(c, id=f"{kind}{n}", spans=((9 * n, 9 * n + 5),)) for n, c in enumerate(twice)]
        for kind in "en"
    )
    assert [c.id for c in with_stable_ids(match_claims([], new), (), earlier)] == ["e0", "e1"]


@given(versions("o"))
def test_a_version_is_all_unchanged_from_itself(old: list[Claim]) -> None:
    moved = [replace(c, id=f"x{c.id}", spans=((c.spans[0][0] + 7, 999),)) for c in old]
    assert {m.kind for m in match_claims(old, moved)} <= {"unchanged"}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (a_claim("The wall is safe"), a_claim("The wall is quite safe"), "changed"),
        (a_claim("26 ships are waiting"), a_claim("27 ships are waiting"), "changed"),
        (a_claim("The wall is safe"), a_claim("The wall is safe", stance="denied"), "changed"),
        (
            a_claim("The wall is safe", source="She"),
            a_claim("The wall is safe", speaker="Ada Brook", source="Brook"),
            "changed",
        ),
        (a_claim("The wall is safe"), a_claim("Nobody was hurt in the harbour"), "new"),
        (
            a_claim("The wall is safe now", source="She"),
            a_claim("The wall is shut", speaker="Ada Brook", source="Brook"),
            "new",
        ),
        (a_claim("The wall is safe"), a_claim("The wall is safe", kind="statement"), "new"),
    ],
)
def test_what_counts_as_the_same_claim(old: Claim, new: Claim, kind: str) -> None:
    assert match_claims([old], [new])[0].kind == kind


def test_the_likest_is_taken_and_of_equals_the_nearest() -> None:
    old = [a_claim("The wall is safe", "o0"), a_claim("The wall is safe", "o1", 100)]
    new = [
        a_claim("Good news", "n0"),
        a_claim("The wall is safe", "n1", 50),
        a_claim("The wall is safer", "n2", 150),
    ]
    assert pairs(match_claims(old, new)) == {
        ("new", None, "n0"),
        ("unchanged", "o0", "n1"),
        ("changed", "o1", "n2"),
    }


def test_inner_claims_stay_inside() -> None:
    old = [a_claim("They think it holds", "o0"), a_claim("it holds", "o1", 11, inside="o0")]
    new = [
        a_claim("All is well, they said", "o0"),
        a_claim("They think it holds", "n1", 50),
        a_claim("it holds", "n2", 61, inside="n1"),
    ]
    first, outer, inner = with_stable_ids(match_claims(old, new), ())
    assert (outer.id, inner.id, inner.inside) == ("o0", "o1", "o0")
    assert first.id not in ("o0", "o1")
