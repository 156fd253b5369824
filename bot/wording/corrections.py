"""The words for a correction: what it changes. Pure. Callers must escape the text."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.corrections.articles import FIELDS
from bot.model import Correction
from bot.words import say
from bot.words.dates import short_date

SHOWN_FIELDS = ("speaker", "source", "cue", "content", "type", "stance", *FIELDS)
"""The fields to show, in order; derived fields are left out."""


def change_lines(correction: Correction, *, in_words: bool = True) -> list[str]:
    """Say what a correction changes, a line per field: 'speaker changed from "Putin" to "Xi"'.

    Without `in_words`, name only the fields.
    """
    changes, before = correction.changes, correction.before
    if changes.get("rejected"):
        if others := correction.others:
            return [say("corrections.not_a_claim_with", n=len(others))]
        return [say("corrections.not_a_claim")]
    lines = [say(f"corrections.now_{changes['kind']}")] if "kind" in changes else []
    told = [name for name in SHOWN_FIELDS if name in changes]
    if "speaker" in told and "source" in told:
        told.remove("source")
    if in_words:
        lines += [_change(name, before.get(name), changes[name]) for name in told]
    else:
        lines += [_named(name) for name in told]
    if "negative" in changes:
        lines.append(say(f"corrections.now_{'not_said' if changes['negative'] else 'said'}"))
    return lines


def _named(name: str) -> str:
    return say("corrections.changed_field", field=say(f"corrections.field_{name}"))


def _change(name: str, before: Any, after: Any) -> str:
    field = say(f"corrections.field_{name}")
    was, now = _shown(name, before), _shown(name, after)
    if was == now:  # a guess was confirmed, or the words were moved
        key = "corrections.confirmed" if name == "speaker" else "corrections.moved"
        return say(key, field=field, after=now)
    if not was:
        return say("corrections.added", field=field, after=now)
    if not now:
        return say("corrections.dropped", field=field, before=was)
    return say("corrections.changed", field=field, before=was, after=now)


def _shown(name: str, value: Any) -> str:
    if value and name in ("type", "stance"):
        return say(f"corrections.{name}_{value}")
    if value and name == "published":
        return short_date(date.fromisoformat(value))
    return str(value or "")
