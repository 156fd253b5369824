"""A store that a version before has left in the midst of its work goes on: no message is lost, none
comes twice, and what people have said still counts.

What is expected is what people see, in Slack and in the terminal, not how the store keeps it.
"""

from __future__ import annotations

from tests.older_store.old_store import Desk, Place


def digests(day: int, *channels: str) -> set[Place]:
    """The digests of a day in some channels."""
    return {(channel, f"digest/{channel}/2026-11-{day}") for channel in channels}


def threads(day: int, *channels: str) -> set[Place]:
    """What hangs below them."""
    return {(channel, f"{key}/detail/0") for channel, key in digests(day, *channels)}


PLANNED = ("C03PLANNED", "C04TAKEN", "C05ASKED", "C13NOW", "C20OTHER")
"""Where the digest of Tuesday was due and does not stand: refused, taken by a worker that died,
asked for by one that died, wanted at once, and that of another workspace."""
STANDING = ("C01POSTED", "C02DETAIL", "C06STANDS", "C12OFF", "C15THREAD")
"""Where it stands. Of two nobody has noted that, and of all but the first its thread is missing."""
LATER = ("C08UNCERTAIN", "C09MISSED")
"""Where it is due at nine."""


def came(desk: Desk, since: int = 0) -> list[Place]:
    """The digests, and messages below them, that were posted since so many messages."""
    places = [(one.channel, one.key) for one in desk.slack.new[since:]]
    return sorted(one for one in places if str(one[1]).startswith("digest/"))


async def test_each_digest_comes_once_and_says_which_did_not(desk: Desk) -> None:
    def says(channel: str, day: int) -> str:
        return desk.slack.text(channel, f"digest/{channel}/2026-11-{day}")

    async with desk.slack.running():
        await desk.works(hour=8, minute=35)
        expected = digests(24, *PLANNED) | threads(24, *PLANNED) | threads(24, *STANDING[1:])
        assert came(desk) == sorted(expected)
        morning = len(desk.slack.new)
        await desk.works(hour=9)
        await desk.works(hour=17)
        assert came(desk, morning) == sorted(digests(24, *LATER) | threads(24, *LATER))
        tuesday = len(desk.slack.new)
        for hour, minute in ((8, 30), (9, 0), (17, 0)):
            await desk.works(day=25, hour=hour, minute=minute)
        go_on = {*PLANNED, *STANDING, *LATER, "C07UNREAD"} - {"C12OFF"}
        assert {one for one in came(desk, tuesday) if one in digests(25, *go_on)} == digests(
            25, *go_on
        )
        assert set(came(desk, tuesday)) <= digests(25, *go_on) | threads(25, *go_on)
        wednesday = len(desk.slack.new)
        await desk.works(day=26, hour=8, minute=30)
        assert digests(26, "C07UNREAD", "C14PAUSED") <= set(came(desk, wednesday))
    assert set(desk.slack.where().values()) == {1}
    assert "Not posted in time: Monday 23 November" in says("C09MISSED", 24)
    assert "May not have been posted: Monday 23 November" in says("C08UNCERTAIN", 24)
    assert "May not have been posted: Tuesday 24 November" in says("C07UNREAD", 25)
    named = [says(*at) for at in (("C09MISSED", 25), ("C08UNCERTAIN", 25), ("C07UNREAD", 26))]
    quiet = [says(channel, 25) for channel in (*PLANNED, *STANDING[:3], "C15THREAD")]
    for text in (*named, *quiet):
        assert "Not posted in time" not in text
        assert "May not have been posted" not in text
