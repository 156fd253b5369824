"""Incidents and missing permissions in words, the same in the log, in the terminal and in Slack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.model import Incident, IncidentKind
from bot.words import say

CLOSE_SECONDS = 5
"""Clocks that differ by less agree: a request also takes its time to arrive."""


def incident_line(kind: IncidentKind, count: int, detail: str) -> str:
    """Say what went wrong, how often, and what to check."""
    if kind == "socket":
        return say("incidents.socket", n=count, why=detail)
    line = say(f"incidents.{kind}", n=count)
    return f"{line} {_skew(int(detail))}" if detail else line


def _skew(seconds: int) -> str:
    """Compare a request's timestamp with our clock."""
    if abs(seconds) <= CLOSE_SECONDS:
        return say("incidents.equal")
    return say("incidents.ahead" if seconds > 0 else "incidents.behind", seconds=abs(seconds))


def dated_line(incident: Incident, moment: Callable[[datetime], str]) -> str:
    """Say also when it went wrong; `moment` words a point in time."""
    line = incident_line(incident.kind, incident.count, incident.detail)
    first, last = moment(incident.first_at), moment(incident.last_at)
    return say("incidents.period", line=line, first=first, last=last)


def missing_scope_line(scope: str) -> str:
    """Say what does not work without a scope that was not granted."""
    return say("scopes.missing", scope=scope, lost=say(f"scopes.{scope.replace(':', '_')}"))
