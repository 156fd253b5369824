from __future__ import annotations

import io
from datetime import UTC, date, datetime

from rich.console import Console

from bot.cli import screen
from bot.model import ArticleCard, Claim, Digest, DigestSection
from bot.slack import blocks

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
        sections=(DigestSection(article=card, claims=tuple(made)),) if made else (),
        claims=max(number, claims),
        articles=1 if made else 0,
        missed=(MORNING.replace(day=24, hour=9),) if made else (),
    )


def printed(digest: Digest) -> list[str]:
    out = Console(file=io.StringIO(), width=200)
    screen.print_digest(out, digest)
    return out.file.getvalue().splitlines()


def test_a_quiet_digest_is_one_sentence_and_its_window() -> None:
    assert printed(a_digest(0)) == [
        "No new claims since yesterday 08:30.",
        "Tue 24 Nov 08:30 to Wed 25 Nov 08:30, Europe/London",
    ]


def test_a_full_digest_names_what_was_missed_and_counts_the_rest() -> None:
    lines = printed(a_digest(2, claims=33))
    assert lines[0] == "Claims of Wednesday 25 November · 33 from 1 article"
    assert lines[1].startswith("Missed: Tuesday 24 November 09:30")
    assert lines[2] == "Tue 24 Nov 08:30 to Wed 25 Nov 08:30, Europe/London"
    assert lines.count("·  The port is shut.") == 2
    assert lines[-1] == "and 31 more, not shown"


def test_the_terminal_shows_the_claims_that_slack_would_show() -> None:
    whole = a_digest(20, text="&" * 900)
    made = blocks.digest_message(whole).blocks
    lines = printed(whole)
    assert sum("accessory" in block for block in made) == sum(
        line.startswith("·") for line in lines
    )
    assert lines[-1].endswith("more, not shown")
    assert lines[-1] == made[-1]["elements"][0]["text"]
