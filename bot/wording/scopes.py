"""Permissions that were not granted, in words: the same in the log, in doctor and in Slack."""

from __future__ import annotations

from bot.words import say


def missing_scope_line(scope: str) -> str:
    """Say what does not work without a scope."""
    return say("scopes.missing", scope=scope, lost=say(f"scopes.{scope.replace(':', '_')}"))
