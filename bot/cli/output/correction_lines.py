"""A correction as it is printed at a terminal: for a person, and as a JSON object."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from bot.cli.output.screen import print_words
from bot.corrections.claims import as_json
from bot.model import Correction
from bot.newsroom.corrections.corrections import state_text
from bot.wording.corrections import change_lines
from bot.words import say


def print_correction(out: Console, one: Correction) -> None:
    """Print what a correction changes, who suggested and who decided it, and why."""
    print_words(out, f"{one.id} · {'; '.join(change_lines(one))}", style="bold")
    on = f"{one.suggested_at.astimezone():%Y-%m-%d %H:%M}"
    of = f"article {one.article_id}" if one.is_of_article else f"claim {one.claim_id}"
    print_words(out, f"   {of} · {one.person_name}, {on}: {one.reason}")
    stands = f"{state_text(one)}; {say('corrections.waits')}" if one.is_pending else state_text(one)
    print_words(out, f"   {stands}", style="yellow" if one.is_pending else "dim")


def correction_line(one: Correction) -> dict[str, Any]:
    """A correction as a JSON object: what it changes, who suggested and who decided it, and why."""
    return {
        "id": one.id,
        "claim": None if one.is_of_article else one.claim_id,
        "others": one.others,
        "article": one.article_id,
        "state": one.state,
        "waits": one.is_pending,
        "changes": as_json(one.changes),
        "before": as_json(one.before),
        "reason": one.reason,
        "by": one.person_name,
        "suggested_at": one.suggested_at.isoformat(),
        "rulings": [
            {
                "ruling": ruled.ruling,
                "by": ruled.person_name,
                "at": ruled.at.isoformat(),
                "reason": ruled.reason,
            }
            for ruled in one.rulings
        ],
    }
