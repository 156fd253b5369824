"""Profiles and modals of speakers fit Slack's limits, whatever articles print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Count, NameRuling, Profile, Tally
from bot.slack import parts
from bot.slack.surfaces.speakers import blocks as speaker_blocks
from bot.wording import speakers
from tests.samples import hit
from tests.slack import blockkit

TEXT = st.text(max_size=300)
NAMES = st.text(min_size=1, max_size=200).filter(str.strip)
RULING = NameRuling(
    id="r1",
    team="T1",
    press="p",
    kind="merged",
    sides=(("Ida Falk", "Ida Brook"),),
    person="U1",
    person_name="Ada",
    ruled_at=datetime(2026, 11, 3, tzinfo=UTC),
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    some = st.integers(0, 10**7)
    first = draw(st.none() | st.dates())
    card = replace(hit().article, outlet=draw(st.none() | TEXT), url=draw(st.none() | TEXT))
    numbers = {name: draw(some) for name in ("direct", "mixed", "indirect", "denials", "articles")}
    sides = tuple(draw(st.lists(st.lists(NAMES, min_size=1).map(tuple), min_size=2, max_size=3)))
    merged = replace(RULING, sides=sides[:1], person_name=draw(TEXT))
    claim = replace(hit().claim, text=draw(TEXT), speaker=draw(TEXT))
    return Profile(
        name=draw(NAMES),
        aliases=tuple(draw(st.lists(NAMES, max_size=150, unique=True))),
        descriptions=tuple((draw(TEXT), card) for _ in range(draw(st.integers(0, 5)))),
        tally=Tally(total=draw(some), first=first, last=first and date.max, **numbers),
        topics=tuple(Count(word, n) for n, word in enumerate(draw(st.lists(TEXT, max_size=5)))),
        hits=tuple(replace(hit(), claim=claim) for _ in range(draw(st.integers(0, 3)))),
        rulings=(merged, replace(merged, kind="split", sides=sides)) * draw(st.integers(0, 3)),
        corrected_from=draw(st.none() | TEXT),
    )


@given(profiles(), st.integers(0, 999_999), st.booleans())
def test_any_profile_fits_a_message(profile: Profile, offset: int, may_rule: bool) -> None:
    message = speaker_blocks.profile_message(
        profile, answer_id="q1", offset=offset, page_size=3, may_rule=may_rule
    )
    assert blockkit.problems(message.blocks) == []
    assert "<!" not in message.text


@given(profiles())
def test_any_names_fit_the_modals(profile: Profile) -> None:
    assert blockkit.view_problems(speaker_blocks.merge_view(profile.name, "q1", "https://x")) == []
    fitting = any(len(name) <= parts.MAX_OPTION_LENGTH for name in profile.aliases)
    view = speaker_blocks.split_view(profile.name, profile.aliases, "q1", "https://x")
    assert blockkit.view_problems(view) == [] or not fitting
    for ruling in profile.rulings:
        assert blockkit.problems(speaker_blocks.ruling_message(ruling).blocks) == []
        assert blockkit.problems(parts.notice(speakers.undone_line(ruling)).blocks) == []


@given(TEXT, st.lists(NAMES, max_size=8))
def test_any_choice_fits_a_message(why: str, near: list[str]) -> None:
    message = speaker_blocks.choice_message(f"No: {why}", [("q1", name) for name in near])
    assert blockkit.problems(message.blocks) == []
