"""The words for a correction. No I/O. Callers must escape the text."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.corrections.articles import FIELDS
from bot.model import Correction
from bot.words import say
from bot.words.dates import short_date

SHOWN_FIELDS = ("speaker", "source", "cue", "content", "type", "stance", *FIELDS)
"""The fields to show, in order; fields derived from them are left out."""


def change_lines(correction: Correction, *, in_words: bool = True) -> list[str]:
    """Say what a correction changes, one line per field: 'speaker changed from "Putin" to "Xi"'.

    Without `in_words`, only the fields are named.
    """
    changes, before = correction.changes, correction.before
    if changes.get("rejected"):
        if others := correction.others:
            return [say("corrections.not_a_claim_with", n=len(others))]
        return [say("corrections.not_a_claim")]
    if not changes:
        return [say("corrections.erased")]
    lines = [say(f"corrections.now_{changes['kind']}")] if "kind" in changes else []
    names = [name for name in SHOWN_FIELDS if name in changes]
    if "speaker" in names and "source" in names:
        names.remove("source")
    if in_words:
        lines += [_describe_change(name, before.get(name), changes[name]) for name in names]
    else:
        fields = (say(f"corrections.field_{name}") for name in names)
        lines += [say("corrections.changed_field", field=field) for field in fields]
    if "negative" in changes:
        lines.append(say(f"corrections.now_{'not_said' if changes['negative'] else 'said'}"))
    return lines


def _describe_change(name: str, before: Any, after: Any) -> str:
    field = say(f"corrections.field_{name}")
    old, new = _format_value(name, before), _format_value(name, after)
    if old == new:  # a guess was confirmed, or other places have the same words
        key = "corrections.confirmed" if name == "speaker" else "corrections.moved"
        return say(key, field=field, after=new)
    if not old:
        return say("corrections.added", field=field, after=new)
    if not new:
        return say("corrections.dropped", field=field, before=old)
    return say("corrections.changed", field=field, before=old, after=new)


def _format_value(name: str, value: Any) -> str:
    if value and name in ("type", "stance"):
        return say(f"corrections.{name}_{value}")
    if value and name == "published":
        return short_date(date.fromisoformat(value))
    return str(value or "")
