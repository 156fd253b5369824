"""The bot's words for digests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

from bot.digest.statements import POINTS
from bot.model import (
    Dispute,
    DisputeOrder,
    Passage,
    Reason,
    ReasonKind,
)
from bot.wording.digests import digests as wording
from bot.wording.runs import plain_text
from tests.samples import card, claim, digest, hit, row


def test_a_quiet_day_is_two_honest_lines() -> None:
    quiet = digest(sections=(), claims=0, articles=0)
    assert wording.heading(quiet) == "No new claims since yesterday at 08:30."
    assert wording.notes(quiet) == ["I'm not reading any feeds."]
    check = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
    read = replace(quiet, feeds=12, next_check=check)
    assert wording.notes(read) == ["I'm reading 12 feeds; next check 09:05."]
    assert wording.notes(replace(quiet, feeds=1)) == ["I'm reading 1 feed."]
    assert wording.notes(digest()) == []
    longer = replace(quiet, since=datetime(2026, 11, 22, 8, 30, tzinfo=UTC))
    assert wording.heading(longer) == "No new claims since Sunday 22 November 08:30."


def test_a_digest_of_several_days_says_where_it_begins() -> None:
    weekend = digest(since=datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    assert wording.notes(weekend) == [
        "This digest covers everything since Friday 20 November 08:30."
    ]


def test_a_row_shows_speaker_outlet_and_other_outlets() -> None:
    fresh = card(sample=False, published_on=date(2026, 11, 23))
    wire, post = (hit(article=card(outlet=name)) for name in ("Halyard Wire", "The Post"))
    shown = hit(article=fresh)

    def said(*others: object, article: object = fresh) -> str:
        one = replace(shown, article=article)
        [side] = wording.sides(row(one, others=others), digest())
        assert plain_text(side.who) == "Ida Marsh said"
        return plain_text(side.where)

    by = "The Tidewater Post"
    assert said() == by
    assert said(hit(article=fresh)) == by
    assert said(wire) == f"{by} · also in Halyard Wire"
    assert said(wire, post, wire) == f"{by} · also in 2 outlets"
    assert said(article=card()) == f"SAMPLE · {by} · 3 Nov 2026"
    assert said(article=replace(fresh, published_on=None)) == by
    bare = replace(fresh, outlet=None)
    assert said(article=bare) == "Harbour closure enters third day"


def denial(name: str, order: DisputeOrder, day: int = 24, half: str | None = None) -> Dispute:
    by = claim(id=name, speaker=name, source=name, cue="denied", stance="denied")
    at = card(id=name, outlet=f"{name}'s paper", published_on=date(2026, 11, day), sample=False)
    return Dispute(hit=hit(by, at), is_denial=True, order=order, denied_part=half)


def told(*disputes: Dispute) -> list[str]:
    fresh = card(sample=False, published_on=date(2026, 11, 23))
    shown = row(hit(article=fresh), disputes=disputes)
    return [plain_text(side.who) for side in wording.sides(shown, digest())]


def test_of_a_dispute_the_newer_side_comes_first() -> None:
    own = "Ida Marsh said"
    assert told(denial("Lund", "later")) == ["Disputed · Lund denied", own]
    assert told(denial("Lund", "earlier")) == [f"Disputed · {own}", "Lund denied"]
    assert told(denial("Lund", "later", 24), denial("Noor", "later", 25)) == [
        "Disputed · Noor denied",
        "Lund denied",
        own,
    ]


def test_unknown_order_and_denied_part_are_shown() -> None:
    half = "nobody told us"
    assert told(denial("Lund", "unknown", half=half)) == [
        "Disputed, unclear which came first · Ida Marsh said",
        "Lund denied · denies only “nobody told us”",
    ]


def test_one_article_has_no_unknown_order_or_repeated_sentence() -> None:
    passage = Passage(spans=((0, 40),), text="Marsh said it had moved; Lund said no.")
    one = replace(hit(), passage=passage)
    other = replace(hit(claim(id="d", speaker="Lund", source="Lund")), passage=passage)
    dispute = Dispute(hit=other, is_denial=True, order="unknown")
    [side] = wording.sides(row(one, disputes=(dispute,)), digest())
    assert plain_text(side.who) == "Disputed · Ida Marsh said · Lund said"
    apart = replace(other, passage=replace(passage, text="Lund said no."))
    two = wording.sides(row(one, disputes=(replace(dispute, hit=apart),)), digest())
    assert [plain_text(side.who) for side in two] == ["Disputed · Ida Marsh said", "Lund said"]


def test_each_side_has_its_own_place() -> None:
    shown = row(hit(), disputes=(denial("Lund", "later"),))
    newer, older = wording.sides(shown, digest())
    assert plain_text(newer.where) == "Lund's paper"
    assert plain_text(older.where) == "SAMPLE · The Tidewater Post · 3 Nov 2026"


def test_denials_beyond_two_are_counted() -> None:
    four = tuple(denial(name, "later") for name in ("Lund", "Mara", "Noor", "Odd"))
    assert len(told(*four)) == 3
    shown = row(hit(), disputes=four)
    assert wording.more_denials(shown) == "2 more deny it"
    assert wording.more_denials(row(hit(), disputes=four[:3])) == "1 more denies it"
    assert wording.more_denials(row(hit(), disputes=four[:2])) is None


def why(*reasons: Reason) -> list[str]:
    return wording.reason_lines(row(hit(), reasons=reasons))


def test_reasons_are_explained_in_plain_words() -> None:
    assert why(
        Reason("lead", 2),
        Reason("outlets", 12, 5),
        Reason("denied", 6, "the transport ministry"),
        Reason("topic", 4, "harbour"),
        Reason("new_voice", 1, "Ana Duarte"),
        Reason("said", 2),
        Reason("fragment", -3),
    ) == [
        "5 outlets report it.",
        "The transport ministry denies it.",
        'It matches this channel\'s topic "harbour".',
        "It's near the top of the article.",
        "It's the first claim by Ana Duarte in what I've read.",
    ]


def test_every_reason_has_its_words_or_is_untold() -> None:
    kinds = get_args(ReasonKind)
    assert set(kinds) == {*POINTS, "outlets", "changed"}
    every = [Reason(kind, 1, 3 if kind == "outlets" else None) for kind in kinds]
    assert len(set(why(*every))) == len(kinds) - len(wording.UNEXPLAINED)
    assert why(Reason("fragment", -3)) == ["There was room for it."]
    assert why() == ["I didn't keep the reasons for this one."]
    assert why(Reason("denied", 6)) == ["Someone who isn't named denies it."]
    assert why(Reason("new_voice", 1)) == [
        "It's the first claim by this speaker in what I've read."
    ]
