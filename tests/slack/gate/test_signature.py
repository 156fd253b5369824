"""Which requests Slack has signed."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.slack.gate.signature import refusal

NOW = 1_800_000_000.0
BODY = b"command=%2Fclaim&text=\xff"


def headers(timestamp: str, secret: str = "s", body: bytes = BODY) -> dict[str, str]:
    signed = b"v0:" + timestamp.encode() + b":" + body
    signature = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


@pytest.mark.parametrize("age", [0, 299, -299])
def test_a_fresh_signed_request_gets_in(age: int) -> None:
    assert refusal("s", headers(f"{NOW - age:.0f}"), BODY, now=NOW) is None


@pytest.mark.parametrize(
    ("sent", "kind", "skew"),
    [
        (headers("1800000000", secret="other"), "signature", 0),
        (headers("1799999000", secret="other"), "signature", -1000),
        (headers("1800000000", body=b"text=else"), "signature", 0),
        (headers("1799999000"), "clock", -1000),
        (headers("1800000301"), "clock", 301),
        (headers("yesterday"), "unsigned", None),
        (headers("1800000000.5"), "unsigned", None),
        (headers("-1800000000"), "unsigned", None),
        (headers("١٨٠٠٠٠٠٠٠٠"), "unsigned", None),
        (headers("9" * 5000), "unsigned", None),
        ({"X-Slack-Request-Timestamp": "1800000000"}, "unsigned", None),
        ({"X-Slack-Request-Timestamp": "1800000000", "X-Slack-Signature": "é"}, "signature", 0),
        ({}, "unsigned", None),
    ],
)
def test_any_other_request_is_refused(sent: dict[str, str], kind: str, skew: int | None) -> None:
    refused = refusal("s", sent, BODY, now=NOW)
    assert refused
    assert (refused.kind, refused.skew) == (kind, skew)
