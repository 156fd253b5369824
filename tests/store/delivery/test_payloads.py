"""What the outbox keeps of its messages is read back as it was."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from bot.store.delivery.payloads import (
    PAYLOADS,
    AnswerPayload,
    CorrectionDecidedPayload,
    DigestHeading,
    DigestPayload,
    Payload,
    SharePayload,
    TextPayload,
    UnreadablePayload,
    payload_from_json,
    payload_to_json,
)

ANSWER = AnswerPayload(
    query="quay",
    said="quay · 1 claim",
    read=None,
    marks={"c1": ((1, 2), (4, 8))},
    places={},
    meant=("c2",),
    more=3,
    nearest=("wall",),
)

DIGEST = DigestPayload(
    date(2026, 11, 3),
    DigestHeading(
        zone="UTC",
        claims=41,
        articles=7,
        left_out=0,
        missed=("2026-11-02T08:30:00+00:00",),
        uncertain=(),
        feeds=0,
        next_check=None,
        topics=("quay",),
        outlets=("The Post",),
        limit=None,
    ),
)


@pytest.mark.parametrize(
    "payload",
    [
        ANSWER,
        DIGEST,
        DigestPayload(DIGEST.day),
        CorrectionDecidedPayload("r1", None),
        TextPayload("x", ({"type": "divider"},)),
        SharePayload("U"),
    ],
    ids=lambda payload: payload.kind,
)
def test_payloads_round_trip(payload: Payload) -> None:
    stored = json.loads(json.dumps(payload_to_json(payload)))
    assert stored["version"] == payload.version
    assert payload_from_json(payload.kind, stored) == payload


@pytest.mark.parametrize(
    ("kind", "stored", "reason"),
    [
        ("share", {"version": 1}, "lacks person"),
        (
            "share",
            {"version": 1, "person": "U1", "shown": "", "colour": "red"},
            "unknown fields: colour",
        ),
        ("share", {"version": 1, "person": 7, "shown": ""}, "a person of the wrong type"),
        ("share", {"version": 9, "person": "U1"}, "version 9"),
        ("share", {"version": "1", "person": "U1"}, "version '1'"),
        ("share", {"person": "U1"}, "version None"),
        ("share", ["U1"], "no JSON object"),
        ("detail", {"version": 1, "rows": "c1"}, "a rows of the wrong type"),
        ("detail", {"version": 1, "rows": [1]}, "a rows of the wrong type"),
        (
            "answer",
            payload_to_json(ANSWER) | {"marks": {"c1": [[1, 2, 3]]}},
            "a marks of the wrong type",
        ),
        ("digest", {"version": 1, "day": "noon", "heading": None}, "a day that is no date"),
        ("digest", {"version": 1, "day": "2026-11-03", "heading": {}}, "lacks articles, claims"),
        ("unheard of", {"version": 1}, "'unheard of' are not known"),
    ],
)
def test_an_unreadable_payload_has_a_reason(kind: str, stored: Any, reason: str) -> None:
    found = payload_from_json(kind, stored)
    assert isinstance(found, UnreadablePayload)
    assert reason in found.reason


def test_no_payload_field_is_called_version() -> None:
    assert not any(one.name == "version" for kind in PAYLOADS.values() for one in fields(kind))
