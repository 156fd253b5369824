from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

from rich.console import Console

from bot.cli.output import screen
from bot.model import ArticleCard, Claim, CurrentClaim, Digest, DigestRow, DigestSection, Hit
from bot.slack.surfaces.digests.blocks import digest_message
from bot.slack_commands import print_as_posted

MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def a_digest(number: int, claims: int = 0, text: str = "The port is shut.") -> Digest:
    """A digest that shows a number of claims of one article, of `claims` in all."""
    card = ArticleCard(
        id="a",
        title="Harbour shut",
        outlet=None,
        published=None,
        published_on=None,
        url=None,
        sample=False,
        opening="",
    )
    made = [
        Claim(id=f"c{n}", article_id="a", kind="attribution", text=text, source=text)
        for n in range(number)
    ]
    return Digest(
        day=date(2026, 11, 25),
        since=MORNING.replace(day=24),
        until=MORNING,
        zone="Europe/London",
        sections=(a_section(card, made),) if made else (),
        claims=max(number, claims),
        omitted_count=max(number, claims) - number,
        articles=1 if made else 0,
        missed=(MORNING.replace(day=24, hour=9),) if made else (),
    )


def a_section(card: ArticleCard, claims: list[Claim]) -> DigestSection:
    hits = (Hit(claim=claim, article=card, score=0.0) for claim in claims)
    rows = (DigestRow(claim_id=hit.claim.id, current=CurrentClaim(hit=hit)) for hit in hits)
    return DigestSection(kind="more", rows=tuple(rows))


def first_hit(digest: Digest) -> Hit:
    hit = digest.rows[0].current.hit
    assert hit
    return hit


def printed(digest: Digest) -> list[str]:
    out = Console(file=io.StringIO(), width=200)
    print_as_posted(out, digest)
    return out.file.getvalue().splitlines()


def test_a_quiet_digest_is_one_sentence_and_its_window() -> None:
    assert printed(a_digest(0)) == [
        "No new claims since yesterday at 08:30.",
        "I'm not reading any feeds.",
        "Tue 24 Nov 08:30 to Wed 25 Nov 08:30, Europe/London",
    ]


def test_a_full_digest_lists_missed_ones_and_counts_the_rest() -> None:
    lines = printed(a_digest(2, claims=33))
    assert lines[0] == "Wednesday 25 November: 33 claims in 1 article"
    assert lines[1].startswith("Not posted in time: Tuesday 24 November 09:30")
    assert lines[2] == "Tue 24 Nov 08:30 to Wed 25 Nov 08:30, Europe/London"
    assert lines.count("   The port is shut.") == 2
    assert lines[-1] == "and 31 more, not shown"


def test_the_terminal_shows_the_claims_that_slack_would_show() -> None:
    whole = a_digest(20, text="&" * 900)
    made = digest_message(whole).blocks
    lines = printed(whole)
    assert sum("accessory" in block for block in made) == sum(
        line.startswith("·") for line in lines
    )
    left_out = made[-1]["elements"][0]["text"]["text"].split()[1]
    assert lines[-1] == f"and {left_out} more, not shown"


def test_the_terminal_says_force_and_chain_in_slacks_words() -> None:
    whole = a_digest(5)
    told = [row.current.hit.claim for row in whole.rows if row.current.hit]
    chain = {"speaker": "insiders", "source_kind": "unnamed", "via": ("The Post",)}
    changes = [
        {"cue": "fears", "stance": "believes", "type": "indirect"},
        {"text": "to comment", "cue": "declined", "negative": True},
        {"cue": "said", "type": "direct", "said_on": date(2026, 5, 4), "said_on_inferred": True},
        {"cue": "said", "type": "mixed", "source": "insiders", **chain},
        {"speaker": None, "guess": "Jon Lund", "source": "He", "cue": "said"},
    ]
    made = [
        replace(claim, **{"source": "Ida Marsh", **change})
        for claim, change in zip(told, changes, strict=True)
    ]
    section = a_section(first_hit(whole).article, made)
    lines = printed(replace(whole, sections=(section,)))
    for words in (
        "Ida Marsh is said to fear",
        "Ida Marsh declined to comment",
        "Ida Marsh said",
        "Unnamed insiders, via The Post",
        "He said",
    ):
        assert f"·  {words}" in lines
    assert lines.count("   Harbour shut") == len(made)


def test_a_hit_by_meaning_is_explained_by_its_nearness() -> None:
    hit = replace(first_hit(a_digest(1)), score=0.613, by_meaning=True)
    for explain in (True, False):
        out = Console(file=io.StringIO(), width=200)
        screen._print_row(out, 1, [hit], None, explain=explain)
        assert ("by meaning: similarity 0.61\n" in out.file.getvalue()) is explain


def test_direction_controls_are_dropped_and_bold_kept() -> None:
    out = Console(file=io.StringIO(), width=200, force_terminal=True)
    text = "The \u202eport\u2066 is shut"
    claim = Claim(id="c", article_id="a", kind="attribution", text=text, source="Xi\u202e")
    hit = replace(first_hit(a_digest(1)), claim=claim, text_matches=((11, 13),))
    screen.print_claim(out, "1. ", hit)
    shown = out.file.getvalue()
    assert "The port \x1b[1mis\x1b[0m shut" in shown
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)
