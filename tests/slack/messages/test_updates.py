"""What stands in a channel follows its claims: real store, local Slack; nothing new is posted."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.digest import COMPOSE_DELAY
from bot.model import Article, Claim, CurrentClaim, DigestPreferences, Gone, Share
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.local import ALICE, NEWSROOM, PLANNING, TEAM, LocalSlack
from bot.slack.messages.transport import make_dispatcher
from bot.slack.messages.worker import make_worker
from bot.slack.surfaces.answers import shared_claims as public
from bot.store import FiledArticle
from bot.wording import answers as wording
from tests.manual_clock import ManualClock
from tests.manual_digests import mark_posted, send_due
from tests.samples import hits, maybe
from tests.slack import blockkit
from tests.slack.desk import Desk, read, shown
from tests.slack.fake_slack import FakeSlack

MORNING = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
KEPT, KILLED = (
    Article(id="a", origin="a", text="Mills pay. Mills close."),
    Article(id="b", origin="b", text="Locks leak.", title="Locks", outlet="The Tidewater Post"),
)
PAY = Claim(id="c1", article_id="a", kind="statement", text="Mills pay.")
CLOSE = Claim(id="c2", article_id="a", kind="statement", text="Mills close.")
LEAK = Claim(id="c3", article_id="b", kind="statement", text="Locks leak.")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING - timedelta(hours=12))


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        filed = [FiledArticle(KEPT, [PAY, CLOSE]), FiledArticle(KILLED, [LEAK])]
        opened.store.archive.apply_steps(filed, arrival="single", now=clock)
        yield opened


@pytest.fixture(scope="module")
def quiet_slack(local_slack_folder: Path) -> Iterator[LocalSlack]:
    with LocalSlack(local_slack_folder) as running:
        yield running


@pytest.fixture
async def desk(quiet_slack: LocalSlack) -> AsyncIterator[Desk]:
    async with contextlib.AsyncExitStack() as stack:
        yield await stack.enter_async_context(Desk(quiet_slack).opened())


async def run_due(desk: Desk, newsroom: Newsroom) -> None:
    await make_worker(newsroom, make_client(desk.settings), TEAM).run_due()


async def share(desk: Desk, newsroom: Newsroom, claim_id: str) -> None:
    """What a press of a share button does."""
    pressed = Share(team=TEAM, channel=NEWSROOM, press="1.1", claim_id=claim_id, person=ALICE)
    key = newsroom.delivery.shares.request(pressed)
    assert key
    one = await make_dispatcher(newsroom, make_client(desk.settings)).deliver_now(
        TEAM, NEWSROOM, key
    )
    assert one
    assert one.state == "sent"


def lines_of(message: dict[str, Any]) -> list[str]:
    return [line for line in read(message).splitlines() if line]


def remove(newsroom: Newsroom, *article_ids: str) -> None:
    newsroom.store.archive.remove(
        article_ids, reason="a court", block_reimport=True, removed_at=newsroom.now()
    )


def change(newsroom: Newsroom, *claims: Claim) -> None:
    """The article comes in again with other claims."""
    ids = [claim.id for claim in claims if claim not in (PAY, CLOSE)]
    filed = FiledArticle(KEPT, list(claims), is_known=True, changed_claim_ids=ids)
    newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)


async def test_a_line_replaces_a_shared_claim_that_is_removed(
    desk: Desk, newsroom: Newsroom
) -> None:
    await share(desk, newsroom, "c3")
    remove(newsroom, "b")
    for _ in range(2):  # done twice, it shows the same
        await run_due(desk, newsroom)
        (message,) = await desk.messages(NEWSROOM)
        assert lines_of(message) == [
            "This claim was removed here, with its article, on 2 Nov 2026.",
            f"shared by <@{ALICE}>",
        ]
        assert "Locks" not in message["text"]
        assert blockkit.problems(message["blocks"]) == []
        with newsroom.store.database.write() as connection:
            newsroom.store.posted.schedule_updates(connection, ["c3"], newsroom.now())
    assert len(desk.called("chat.postMessage")) == 1


async def test_a_long_digest_fits_the_update_limit(newsroom: Newsroom, clock: ManualClock) -> None:
    for n in range(20):
        words = " ".join(f"word{n}x{k}" for k in range(30))
        article = Article(id=f"long{n}", origin="x", text=words, outlet=f"Outlet {n}")
        who: dict[str, Any] = {"speaker": f"Person {n}", "source": f"Person {n}", "cue": "said"}
        claim = Claim(id=f"long{n}", article_id=article.id, kind="attribution", text=words, **who)
        newsroom.store.archive.apply_steps(
            [FiledArticle(article, [claim])], arrival="single", now=clock
        )
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=ALICE,
        wants=DigestPreferences(claims=20),
    )  # fmt: skip
    clock.now = MORNING + COMPOSE_DELAY
    async with FakeSlack(now=clock).running() as slack:
        worker = make_worker(newsroom, make_client(slack.settings), TEAM)
        await worker.run_due()
        [posted] = slack.messages_in(PLANNING)
        shown = [n for n in range(20) if f"word{n}x0 " in str(posted.sent["blocks"])]
        assert len(shown) > 15
        assert str(posted.sent["text"]).endswith("…")
        remove(newsroom, f"long{shown[0]}")
        clock.now += timedelta(minutes=1)
        await worker.run_due()
        [mended] = slack.messages_in(PLANNING)
        assert f"word{shown[0]}x0 " not in str(mended.sent)
        assert f"word{shown[1]}x0 " in str(mended.sent["blocks"])


async def test_a_shared_claim_that_changes_says_so(desk: Desk, newsroom: Newsroom) -> None:
    await share(desk, newsroom, "c1")
    change(newsroom, replace(PAY, text="Mills must pay."), CLOSE)
    await run_due(desk, newsroom)
    (message,) = await desk.messages(NEWSROOM)
    assert "\n> Mills must pay." in read(message)
    assert read(message).rstrip().endswith(f"shared by <@{ALICE}> · changed since it was shared")


async def test_a_shared_claim_follows_corrections_and_their_undo(
    desk: Desk, newsroom: Newsroom
) -> None:
    await share(desk, newsroom, "c1")
    made = newsroom.corrections.correct(
        team=TEAM,
        press="V1",
        claim_id="c1",
        changes={"kind": "attribution", "speaker": "Mara Quill"},
        reason="it names her",
        person=ALICE,
        person_name="alice",
        is_accepted=True,
    )
    await run_due(desk, newsroom)
    (message,) = await desk.messages(NEWSROOM)
    assert "*Mara Quill*" in read(message)
    assert "corrected by a person" in read(message)
    assert read(message).rstrip().endswith(f"shared by <@{ALICE}> · changed since it was shared")
    newsroom.corrections.decide(made.id, "undone", person=ALICE, person_name="alice")
    await run_due(desk, newsroom)
    (message,) = await desk.messages(NEWSROOM)
    assert "Mara Quill" not in read(message)
    assert read(message).rstrip().endswith(f"shared by <@{ALICE}>")


async def test_a_digest_keeps_its_heading_and_order_when_updated(
    desk: Desk, newsroom: Newsroom, clock: ManualClock
) -> None:
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=ALICE
    )
    clock.now = MORNING + COMPOSE_DELAY
    await run_due(desk, newsroom)
    (before,) = await desk.messages(PLANNING)
    remove(newsroom, "b")
    change(newsroom, replace(PAY, text="Mills must pay."))
    await run_due(desk, newsroom)
    (after,) = await desk.messages(PLANNING)
    assert blockkit.problems(after["blocks"]) == []
    lines = lines_of(after)
    assert lines[0] == read(before).splitlines()[0] == "Tuesday 3 November: 3 claims in 2 articles"
    texts = {"> Mills pay.": "c1", "> Mills close.": "c2", "> Locks leak.": "c3"}
    order = [texts[line] for line in lines_of(before) if line in texts]
    told = {
        "c1": "> Mills must pay.",
        "c2": "This claim has not been in the article since 3 Nov 2026.",
        "c3": "This claim was removed here, with its article, on 3 Nov 2026.",
    }
    assert [line for line in lines if line in told.values()] == [told[one] for one in order]
    assert lines[lines.index("> Mills must pay.") + 1].endswith("changed since this was posted")
    menus = [block["accessory"]["options"] for block in after["blocks"] if "accessory" in block]
    assert [menu[0]["value"] for menu in menus] == ["context:c1"]
    assert len(desk.called("chat.postMessage")) == 1


COPY = Article(id="c", origin="c", text=KEPT.text, title="Mills")
COPIED = [replace(one, id=f"{one.id} copied", article_id="c") for one in (PAY, CLOSE)]


async def test_a_digest_drops_removed_copies(
    desk: Desk, newsroom: Newsroom, clock: ManualClock
) -> None:
    newsroom.store.archive.apply_steps([FiledArticle(COPY, COPIED)], arrival="single", now=clock)
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=ALICE
    )
    clock.now = MORNING + COMPOSE_DELAY
    await run_due(desk, newsroom)
    (before,) = await desk.messages(PLANNING)
    assert "also in Mills" in read(before)
    remove(newsroom, "c")
    await run_due(desk, newsroom)
    (after,) = await desk.messages(PLANNING)
    assert [line.partition(" · also in")[0] for line in lines_of(before)] == lines_of(after)
    assert "also in" not in read(after)


def test_a_digest_is_updated_when_a_copy_goes(newsroom: Newsroom, clock: ManualClock) -> None:
    newsroom.store.archive.apply_steps([FiledArticle(COPY, COPIED)], arrival="single", now=clock)
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel=PLANNING, at=time(8, 30), zone="UTC", person=ALICE
    )
    clock.now = MORNING + COMPOSE_DELAY
    sent = send_due(newsroom, TEAM, PLANNING)
    assert sent
    remove(newsroom, "c")
    mark_posted(newsroom, sent, "1.1")
    assert "mend" in {one.kind for one in newsroom.store.jobs.counts()}


@pytest.mark.parametrize("answer", ["message_not_found", "is_archived", "not_in_channel"])
async def test_an_inaccessible_message_is_left_alone(
    desk: Desk, newsroom: Newsroom, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    await share(desk, newsroom, "c3")
    remove(newsroom, "b")
    desk.faults["chat.update"] = answer
    await run_due(desk, newsroom)
    assert newsroom.store.jobs.counts() == []
    assert answer in caplog.text


@pytest.mark.parametrize("answer", ["fatal_error", "500"])
async def test_a_temporary_refusal_is_retried(
    desk: Desk, newsroom: Newsroom, clock: ManualClock, answer: str
) -> None:
    await share(desk, newsroom, "c3")
    remove(newsroom, "b")
    desk.faults["chat.update"] = answer
    await run_due(desk, newsroom)
    del desk.faults["chat.update"]
    (job,) = newsroom.store.jobs.failing()
    assert job.failure
    assert job.failure.startswith("A message was not updated: ")
    clock.now += timedelta(minutes=1)
    await run_due(desk, newsroom)
    assert newsroom.store.jobs.counts() == []
    (message,) = await desk.messages(NEWSROOM)
    assert "Locks" not in shown(message)


async def test_a_rate_limited_update_is_retried_later(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    async with FakeSlack(now=clock).running() as slack:
        client = make_client(slack.settings)
        key = newsroom.delivery.shares.request(
            Share(team=TEAM, channel=NEWSROOM, press="1.1", claim_id="c3", person=ALICE)
        )
        await make_dispatcher(newsroom, client).deliver_now(TEAM, NEWSROOM, str(key))
        remove(newsroom, "b")
        slack.retry_after = 77
        slack.fail("chat.update", "429")
        for seconds in (0, 60, 17):
            clock.now += timedelta(seconds=seconds)
            await make_worker(newsroom, client, TEAM).run_due()
            assert slack.calls["chat.update"] == (2 if seconds == 17 else 1)
        assert newsroom.store.jobs.failing() == []
        assert newsroom.store.jobs.counts() == []


def test_a_gone_claim_says_why() -> None:
    day = date(2026, 11, 3)
    lines = {
        wording.gone_line(Gone(reason="withdrawn", on=day, outlet="The Tidewater Post")),
        wording.gone_line(Gone(reason="withheld", on=day)),
        wording.gone_line(None),
    }
    assert lines == {
        "This claim was withdrawn by The Tidewater Post on 3 Nov 2026.",
        "This claim has been held back by its publisher since 3 Nov 2026.",
        "This claim is no longer here: its article was changed or removed.",
    }


gone = st.builds(
    Gone,
    reason=st.sampled_from(["changed", "withdrawn", "withheld", "removed"]),
    on=st.dates(),
    outlet=maybe,
)
restated = st.builds(CurrentClaim, hit=hits(), changed=st.booleans()) | st.builds(
    CurrentClaim, gone=st.none() | gone
)


@given(restated)
def test_slack_accepts_any_updated_message(one: CurrentClaim) -> None:
    message = public.share_message(one.hit, ALICE) if one.hit else public.gone_message(one, ALICE)
    assert blockkit.problems(message.blocks) == []
    assert "<!" not in message.text
