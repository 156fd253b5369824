"""Buttons that an older version posted still work after the update."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_bolt.authorization import AuthorizeResult

from tests.outlet_site import open_site
from tests.slack import slack_stub
from tests.slack.slack_stub import Json, SlackStub, member
from tests.store.older_store.old_store import BOB, KNOWN, TEAM, Desk, opened


@pytest.fixture
def desk(database_url: str, tmp_path: Path, migrated: None) -> Iterator[Desk]:
    with open_site() as site, opened(tmp_path / "data", database_url, site) as desk:
        yield desk


@pytest.fixture(autouse=True)
def _is_the_old_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"bot_user_id": "UBOT", "bot_id": "B1", "bot_token": "xoxb-1"}
    ours = AuthorizeResult(enterprise_id=None, team_id=TEAM, **known)
    monkeypatch.setattr(slack_stub, "ME", ours)


def posted_message(key: str) -> Json:
    """Return the first posted message whose key begins with `key`."""
    every: list[Json] = KNOWN["stands"]
    keys = [one["sent"]["metadata"]["event_payload"]["key"] for one in every]
    return next(one for one, its in zip(every, keys, strict=True) if its.startswith(key))


def press_old(stub: SlackStub, message: Json, action: str, choice: str = "") -> Json:
    """Return what Slack sends when Bob presses a button of an old message or uses its menu."""
    element = next(one for one in _elements(message) if _leads_to(one, action, choice))
    channel, ts = message["channel"], message["ts"]
    press = stub.press(
        action,
        element.get("value", ""),
        team={"id": TEAM},
        user={"id": BOB, "team_id": TEAM},
        channel={"id": channel},
        container={"type": "message", "message_ts": ts, "channel_id": channel},
        message={"ts": ts, "blocks": message["sent"]["blocks"]},
    )
    if choice:
        press["actions"][0] |= {"type": element["type"], "selected_option": {"value": choice}}
    return press


def _elements(message: Json) -> Iterator[Json]:
    for block in message["sent"]["blocks"]:
        yield from block.get("elements", ())
        yield block.get("accessory", {})


def _leads_to(element: Json, action: str, choice: str) -> bool:
    values = [one["value"] for one in element.get("options", ())]
    return element.get("action_id") == action and (not choice or choice in values)


async def test_buttons_of_older_versions_still_work(desk: Desk) -> None:
    [school] = desk.newsroom.search.find("danger to the school").hits
    digest, alert = posted_message("digest/C01POSTED/2026-11-23"), posted_message("alert/")
    async with SlackStub().opened(desk.newsroom) as stub:
        stub.answers["users.info"] = member(BOB, team_id=TEAM)
        rest = await stub.answer_to(press_old(stub, digest, "digest_rest"))
        assert rest["text"].startswith("Left out of the digest for Monday 23 November: 1–")
        why = press_old(stub, digest, "digest_row", f"why:{school.claim.id}")
        assert "It's a direct quote." in (await stub.answer_to(why))["text"]
        context = press_old(stub, digest, "digest_row", f"context:{school.claim.id}")
        assert "Planners refused" in str(await stub.view_opened_by(context))
        change = press_old(stub, posted_message("answer/C30SENT/1700000000.000200"), "change_asked")
        assert "zeppelin" in str(await stub.view_opened_by(change))
        await stub.answer_to(press_old(stub, alert, "watch_pause"))
        assert "Disputed" in str(await stub.view_opened_by(press_old(stub, alert, "context")))
    states = {one["query"]: one["state"] for one in desk.runs("watches", "--json").lines}
    assert states["harbour"] == "paused"
