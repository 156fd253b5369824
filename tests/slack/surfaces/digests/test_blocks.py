"""A digest's messages: Slack's limits, and their contents."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import CurrentClaim, Digest, DigestKind, DigestRow, DigestSection, Gone, Hit
from bot.slack.parts import Message
from bot.slack.surfaces.digests.blocks import (
    PASSAGE_LENGTHS,
    detail_messages,
    digest_message,
    digest_that_fits,
    updated_detail,
)
from tests.samples import (
    card,
    claim,
    denied_by,
    digest,
    hit,
    hits,
    live,
    maybe,
    row,
    section,
    texts,
)
from tests.slack import blockkit
from tests.soak import examples

gone = st.builds(
    Gone,
    reason=st.sampled_from(["changed", "withdrawn", "withheld", "removed"]),
    on=st.dates(),
    outlet=maybe,
)


GONE = Gone(reason="withdrawn", on=date(2026, 11, 24), outlet="The Post")


def random_digest(chance: random.Random, found: list[Hit], gone: Gone | None, topic: str) -> Digest:
    """Return a large digest of a few claims; drawing many claims would take too long."""

    def random_row() -> DigestRow:
        stands = CurrentClaim(hit=chance.choice(found), changed=chance.random() < 0.5)
        return DigestRow(
            claim_id="c" * 32,
            current=stands if chance.random() < 0.8 else CurrentClaim(gone=gone),
            others=tuple(chance.choices(found, k=chance.randint(0, 3))),
            disputes=denied_by(*chance.choices(found, k=chance.randint(0, 3))),
        )

    return digest(
        sections=tuple(
            DigestSection(
                kind=chance.choice(get_args(DigestKind)),
                topic=topic,
                rows=tuple(random_row() for _ in range(chance.randint(1, 4))),
            )
            for _ in range(chance.randint(0, 12))
        ),
        claims=99,
        omitted_count=40,
    )


days = st.builds(
    random_digest,
    st.integers(0, 2**32).map(random.Random),
    st.lists(hits(), min_size=1, max_size=2),
    st.none() | gone,
    texts,
)


def check_limits(message: Message) -> None:
    assert blockkit.problems(message.blocks) == []
    for text in (message.text, *live(message.blocks)):
        assert "<!" not in text
        assert "<@" not in text
        assert "@here" not in text


@settings(max_examples=examples(16))
@given(days)
def test_any_digest_fits_slacks_limits(whole: Digest) -> None:
    check_limits(digest_message(whole))
    for _, message in detail_messages(whole, {}):
        check_limits(message)


@pytest.mark.parametrize("long", ["x" * 900, "&" * 900, "*" * 900, "word " * 200])
def test_the_longest_digest_fits_slacks_limits(long: str) -> None:
    made = claim(id="c" * 32, text=long, speaker=long, source=long[1:], cue=long, via=(long,))
    where = card(title=long, outlet=long, url="https://example.org/" + "&" * 280)
    one = row(hit(made, where), others=(hit(made),) * 9, disputes=denied_by(hit(made, where)) * 9)
    kinds = [*get_args(DigestKind), *("topic",) * 12]
    full = tuple(DigestSection(kind=kind, topic=long, rows=(one,)) for kind in kinds)
    check_limits(digest_message(digest(sections=full, claims=999, omitted_count=979)))
    for _, message in detail_messages(digest(sections=full), {}):
        check_limits(message)


def test_a_digest_after_a_long_pause_fits() -> None:
    long_ago = digest().since - timedelta(days=300)
    shown = hit(claim(said_on=long_ago.date()))
    rows = (
        tuple(map(row, (shown, hit()))),
        (DigestRow(claim_id="g", current=CurrentClaim(gone=GONE)),),
    )
    sections = tuple(DigestSection(kind="more", rows=several) for several in rows)
    made = digest(sections=sections, claims=99_999, articles=99_999)
    made = replace(made, since=long_ago, missed=(long_ago,) * 60, uncertain=(long_ago,) * 60)
    check_limits(digest_message(made))
    check_limits(digest_message(replace(made, claims=0, sections=())))
    for _, message in detail_messages(made, {}):
        check_limits(message)


def full(number: int, **changes: Any) -> Digest:
    made = [hit(claim(id=f"c{n}", **changes), card(published_on=None)) for n in range(number)]
    half = number // 2
    parts = section(*made[:half], kind="numbers"), section(*made[half:])
    return digest(sections=parts, claims=number + 31, articles=7, omitted_count=31)


def test_long_claims_are_cut_shorter_before_one_is_left_out() -> None:
    whole = full(20, text="They moved the quay wall " * 20, cue="said " * 20)
    _, made = digest_message(whole)
    assert digest_that_fits(whole) == whole
    contents = [block["text"]["text"].split("\n")[1] for block in made if "accessory" in block]
    assert len(contents) == 20
    assert all(
        PASSAGE_LENGTHS[-1] / 2 < len(content) <= PASSAGE_LENGTHS[0] + 2 for content in contents
    )


def test_the_details_of_many_claims_are_a_few_messages() -> None:
    many = section(*(hit(claim(id=f"c{n}", text="word " * 120)) for n in range(20)))
    whole = digest(sections=(many,))
    made = detail_messages(whole, {})
    assert 1 < len(made) <= 3
    assert [name for ids, _ in made for name in ids] == [row.claim_id for row in whole.rows]
    assert [updated_detail(whole, {}, ids) for ids, _ in made] == [one for _, one in made]
    first, *others = made
    assert detail_messages(whole, {}, exclude=first[0]) == others


@pytest.mark.parametrize("words", [30, 200])
def test_a_detail_that_grew_still_shows_all_claims(words: int) -> None:
    other = hit(claim(id="o", text="the wall of the quay moved"), card(outlet="Halyard Wire"))
    rows = [row(hit(claim(id=f"c{n}", text=f"n{n} " + "word " * words))) for n in range(24)]
    grown = tuple(replace(one, others=(other,)) for one in rows)
    whole = digest(sections=(DigestSection(kind="more", rows=grown),))
    message = updated_detail(whole, {}, [one.claim_id for one in rows])
    assert message
    shown = str(message.blocks)
    assert all(f"n{n} word" in shown for n in range(24))
    check_limits(message)


def test_words_of_an_article_are_inert_in_a_digest() -> None:
    bad = hit(claim(text="<!channel> *b* <@U1>", speaker="@here"), card(outlet="<!here>"))
    one = row(
        bad, disputes=denied_by(bad), others=(Hit(claim=bad.claim, article=bad.article, score=0.0),)
    )
    part = DigestSection(kind="topic", topic="<!channel>", rows=(one,))
    check_limits(digest_message(digest(sections=(part,))))
