"""Something that goes wrong again and again, of which admins are told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

IncidentKind = Literal[
    "signature",  # requests with a wrong signature
    "clock",  # requests with the right signature, but signed too long ago or in the future
    "unsigned",  # requests without a signature, or that are no HTTP
    "socket",  # a connection over Socket Mode cannot be opened
]


@dataclass(frozen=True, slots=True)
class Incident:
    """How often something has gone wrong, from `first_at` to `last_at`.

    `detail` is about the last time: for requests the seconds by which their timestamp is ahead of
    our clock, if known; for a socket why it cannot be opened.
    """

    kind: IncidentKind
    count: int
    detail: str
    first_at: datetime
    last_at: datetime
