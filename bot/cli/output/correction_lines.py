"""The output of a correction: text for people, and JSON."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from bot.cli.output.screen import local_time, print_text
from bot.corrections.claims import as_json
from bot.model import Correction
from bot.newsroom.corrections.corrections import state_text
from bot.wording.corrections import change_lines
from bot.words import say


def print_correction(console: Console, correction: Correction) -> None:
    """Print a correction's changes and reason, and who suggested and decided it."""
    print_text(console, f"{correction.id} · {'; '.join(change_lines(correction))}", style="bold")
    suggested_at = local_time(correction.suggested_at)
    subject = (
        f"article {correction.article_id}"
        if correction.is_of_article
        else f"claim {correction.claim_id}"
    )
    print_text(
        console, f"   {subject} · {correction.person_name}, {suggested_at}: {correction.reason}"
    )
    status = (
        f"{state_text(correction)}; {say('corrections.waits')}"
        if correction.is_pending
        else state_text(correction)
    )
    print_text(console, f"   {status}", style="yellow" if correction.is_pending else "dim")


def correction_json(correction: Correction) -> dict[str, Any]:
    """Return a correction as JSON: its changes and reason, and who suggested and decided it."""
    return {
        "id": correction.id,
        "claim": None if correction.is_of_article else correction.claim_id,
        "others": correction.others,
        "article": correction.article_id,
        "state": correction.state,
        "waits": correction.is_pending,
        "changes": as_json(correction.changes),
        "before": as_json(correction.before),
        "reason": correction.reason,
        "by": correction.person_name,
        "suggested_at": correction.suggested_at.isoformat(),
        "rulings": [
            {
                "ruling": ruling.ruling,
                "by": ruling.person_name,
                "at": ruling.at.isoformat(),
                "reason": ruling.reason,
            }
            for ruling in correction.rulings
        ],
    }
