"""Check that a request over HTTP was signed by Slack, before anything in it is parsed
(docs.slack.dev/authentication/verifying-requests-from-slack).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.model import IncidentKind

MAX_SKEW = 300
"""Seconds between a request's timestamp and our clock; an older request may be a replay."""
TIMESTAMP = re.compile(r"\d{1,12}", re.ASCII)


class Refusal(NamedTuple):
    """Why a request is refused; `skew` is how far its timestamp is ahead of our clock, in
    seconds."""

    kind: IncidentKind
    skew: int | None = None


def refusal(secret: str, headers: Mapping[str, str], body: bytes, *, now: float) -> Refusal | None:
    """Return why a request is refused; None if Slack has signed it, and recently."""
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not (signature and TIMESTAMP.fullmatch(timestamp)):
        return Refusal("unsigned")
    skew = int(timestamp) - round(now)
    signed = b"v0:%s:%s" % (timestamp.encode(), body)
    expected = f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        return Refusal("signature", skew)
    return Refusal("clock", skew) if abs(skew) > MAX_SKEW else None
