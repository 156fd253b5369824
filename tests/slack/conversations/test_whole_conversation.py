"""One long conversation in the local Slack.

Two people use every command, button, modal, shortcut and event, in public and private channels, a
thread and direct messages. Every delivery may be sent twice, and every button clicked twice. Each
step checks its outcome and who saw it; a failure names its step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.newsroom import Newsroom
from bot.slack.local import ALICE, BOB, NEWSROOM, PLANNING, LocalSlack
from bot.store import schema
from tests.outlet_site import OutletSite
from tests.slack.conversations.asking_parts import (
    correct_claims,
    name_speakers,
    search,
    share,
    use_form,
)
from tests.slack.conversations.long_talk import (
    SECRET_OF_ALICE,
    SECRET_OF_BOB,
    Talk,
    recorded,
)
from tests.slack.conversations.recording_proxy import BotOutput
from tests.slack.conversations.telling_parts import (
    check_access,
    manage_articles_and_feeds,
    schedule_digests,
    use_home,
    use_other_surfaces,
    watch,
)
from tests.soak import SOAK

PARTS: list[Callable[[Talk], Awaitable[None]]] = [
    search,
    use_form,
    share,
    correct_claims,
    name_speakers,
    watch,
    schedule_digests,
    manage_articles_and_feeds,
    use_other_surfaces,
    use_home,
    check_access,
]


MODES = ["socket", "http"] if SOAK else ["socket"]


@pytest.mark.parametrize("local_slack", MODES, indirect=True)
@pytest.mark.parametrize("doubled", [False, True] if SOAK else [True])
async def test_the_whole_conversation(
    talked_with: Newsroom, local_slack: LocalSlack, site: OutletSite, doubled: bool
) -> None:
    async with recorded(talked_with, local_slack, doubled=doubled) as desk:
        talk = Talk(desk, talked_with, site)
        for part in PARTS:
            await part(talk)
        await talk.run_jobs(later=timedelta(minutes=1))
        outputs = desk.outputs
    assert desk.refused == []
    assert len(talk.steps) >= 60
    assert (posted(outputs), rows(talked_with)) == (POSTED, ROWS)
    for secret, person in ((SECRET_OF_ALICE, ALICE), (SECRET_OF_BOB, BOB)):
        assert {output.person for output in outputs if secret in output.text} <= {person}


def posted(outputs: list[BotOutput]) -> Counter[str]:
    """Count the posted messages by channel or person."""
    # Without metadata, a message is only the private answer to a click.
    posts = (
        output
        for output in outputs
        if output.method == "chat.postMessage" and output.body.get("metadata")
    )
    return Counter(output.person or output.channel for output in posts)


def rows(newsroom: Newsroom) -> dict[str, int]:
    """Count the rows in the store by table, and the messages by kind and state."""
    counts = {}
    with newsroom.store.database.read() as connection:
        for name in ("corrections", "rulings", "name_rulings", "watches", "alerts", "channels"):
            counted = sa.select(sa.func.count()).select_from(schema.metadata.tables[name])
            counts[name] = connection.scalar(counted) or 0
        outbox = schema.metadata.tables["outbox"]
        kinds = sa.select(outbox.c.kind, outbox.c.state, sa.func.count())
        for kind, state, count in connection.execute(kinds.group_by(outbox.c.kind, outbox.c.state)):
            counts[f"{kind} {state}"] = count
    return counts


POSTED = Counter({NEWSROOM: 9, PLANNING: 1, ALICE: 4, BOB: 8})
ROWS = {
    "corrections": 7,
    "rulings": 11,
    "name_rulings": 2,
    "watches": 4,
    "alerts": 3,
    "channels": 6,
    "alert sent": 3,
    "cite sent": 1,
    "answer sent": 3,
    "correction sent": 3,
    "detail sent": 1,
    "digest sent": 1,
    "ruled sent": 4,
    "share sent": 4,
    "told sent": 2,
    "unfurl sent": 1,
}
