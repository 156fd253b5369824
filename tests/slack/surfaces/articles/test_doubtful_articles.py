"""What may have been read wrongly says so wherever a claim is shown, in the local Slack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from tests.ingest.make_pdf import column, make_pdf
from tests.ingest.scrambled import STORY, interleaved
from tests.slack.desk import Desk, read

QUAY = "The quay has sunk by a hand's breadth, said Ingrid Solvane, the harbour master."
SUNK = "by a hand's breadth"
MARK = "May have been read wrongly: lines may be out of order"


@pytest.fixture
def newsroom(reading: Newsroom, tmp_path: Path) -> Newsroom:
    """A newsroom with a page of two columns that are drawn as one."""
    lines = [QUAY, "", *interleaved(STORY).splitlines()[:50]]
    path = tmp_path / "quay.pdf"
    path.write_bytes(make_pdf([column(50, 780, lines)]))
    reading.watches.add(team=TEAM, person=BOB, channel=NEWSROOM, zone="UTC", query="quay sunk")
    [result] = reading.intake.files.ingest([path])
    assert [outcome.review for outcome in result.outcomes] == [("doubtful",)]
    return reading


async def run_jobs(desk: Desk, newsroom: Newsroom) -> None:
    await make_worker(newsroom, make_client(desk.settings), TEAM).run_due()


async def test_everyone_sees_the_mark_until_a_reviewer_accepts_it(
    desk: Desk, newsroom: Newsroom
) -> None:
    await run_jobs(desk, newsroom)
    assert await desk.messages() == []  # the watch has nothing
    answer = await desk.answer_to_command("/claim quay sunk", person=BOB)
    assert SUNK in read(answer)
    assert MARK in read(answer)
    mentioned = await desk.final_answer_to_command("/article quay sunk", person=BOB)
    assert MARK in read(mentioned)

    shared = await desk.answer_to_post(answer, "share", person=BOB)
    assert SUNK in read(shared)
    assert MARK in read(shared)

    home = read(await desk.open_home(person=ALICE))
    assert "Articles to review" in home
    assert MARK in home
    [pending] = newsroom.intake.reviews.pending()
    await desk.press_at_home("review_open", pending.card.id, person=ALICE)
    assert MARK in read((await desk.call_of("views.open"))["view"])
    newsroom.intake.reviews.accept(pending.card.id, by="Alice")
    assert MARK not in read(await desk.answer_to_command("/claim quay sunk", person=BOB))

    await run_jobs(desk, newsroom)
    texts = {message["ts"]: read(message) for message in await desk.messages()}
    assert SUNK in texts[shared["ts"]]
    assert MARK not in texts[shared["ts"]]


async def test_the_context_of_a_claim_says_why(desk: Desk, newsroom: Newsroom) -> None:
    answer = await desk.answer_to_command("/claim quay sunk", person=BOB)
    await desk.click(answer, "context", person=BOB)
    assert MARK in read((await desk.call_of("views.open"))["view"])
