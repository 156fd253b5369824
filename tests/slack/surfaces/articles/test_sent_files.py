"""Files that somebody sends to the bot: read as articles, and theirs alone until accepted."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.config import IngestSettings
from bot.model import viewer_key
from bot.newsroom import Newsroom
from bot.slack.gate import people, scopes
from bot.slack.local import ALICE, BOB, TEAM
from tests.ingest.make_docx import make_docx, paragraph
from tests.ingest.make_pdf import column, make_pdf
from tests.ingest.packing import zipped
from tests.ingest.scrambled import STORY as SEEDS
from tests.ingest.scrambled import interleaved
from tests.reopen import reopen
from tests.slack import blockkit
from tests.slack.desk import PATIENCE, Json, read
from tests.slack.slack_stub import SlackStub, member

STORY = b"""Harbour wall has moved

The wall has moved by a hand's breadth, said Ingrid Solvane, the harbour master.

Officials denied that ships had left the roads outside the town on Monday evening.
"""
_numbers = itertools.count(1)


@pytest.fixture
async def stub(reading: Newsroom) -> AsyncIterator[SlackStub]:
    scopes.clear_cache()
    people.clear_cache()
    async with SlackStub().opened(reading) as opened:
        opened.answers["users.info"] = member(BOB)
        yield opened


def file(stub: SlackStub, name: str, contents: bytes = STORY, **more: Any) -> Json:
    """Return a file as Slack describes it in a message, and keep it at Slack."""
    number = next(_numbers)
    status, media_type = more.pop("status", 200), more.pop("media_type", "text/plain")
    stub.files[f"{number}"] = (status, media_type, contents)
    described = {"id": f"F{number}", "name": name, "mimetype": "text/plain"}
    url = f"{stub.url}/files/{number}"
    return {**described, "size": len(contents), "url_private": url, **more}


async def answer_to(stub: SlackStub, *files: Json, **more: Any) -> Json:
    """Send files to the bot in a direct message, and return its answer."""
    count = len(stub.called("chat.postMessage"))
    fields = {"channel": "D9BOB", "channel_type": "im", "user": BOB, "subtype": "file_share"}
    ts = f"7000.{next(_numbers)}"
    event = {**fields, "ts": ts, "text": "", "files": list(files), **more}
    await stub.deliver(stub.event("message", **event))
    async with asyncio.timeout(60):
        while len(stub.called("chat.postMessage")) == count:
            await asyncio.sleep(0.02)
    answer: Json = stub.called("chat.postMessage")[count]
    assert (answer["channel"], answer["thread_ts"]) == ("D9BOB", ts)
    assert blockkit.problems(answer["blocks"]) == []
    return answer


def found(newsroom: Newsroom, person: str) -> int:
    return newsroom.search.find("wall", viewer=viewer_key(TEAM, person)).total


async def test_a_sent_file_is_read_for_its_sender_alone(stub: SlackStub, reading: Newsroom) -> None:
    said = read(await answer_to(stub, file(stub, "harbour.txt")))
    assert "Harbour wall has moved" in said
    assert "2 claims · Not reviewed yet" in said
    assert stub.tokens == ["Bearer xoxb-1"]
    assert stub.called("assistant.threads.setStatus")[0]["status"] == "is reading …"
    assert (found(reading, BOB), found(reading, ALICE)) == (1, 0)
    [review] = reading.intake.reviews.pending(9)
    assert review.card.brought_by == (viewer_key(TEAM, BOB),)
    reading.intake.reviews.accept(review.card.id, by="the test")
    reading.updates.catch_up_if_free()
    assert found(reading, ALICE) == 1


async def test_a_scrambled_pdf_says_so_to_its_sender_and_reviewers(
    stub: SlackStub, reading: Newsroom
) -> None:
    lines = ["The wall has moved, said Ingrid Solvane.", "", *interleaved(SEEDS).splitlines()[:50]]
    scrambled = make_pdf([column(50, 780, lines)])
    said = read(await answer_to(stub, file(stub, "wall.pdf", scrambled)))
    mark = "May have been read wrongly: lines may be out of order"
    assert f"Not reviewed yet · {mark}" in said
    [review] = reading.intake.reviews.pending(9)
    assert review.card.review == ("unreviewed", "doubtful")
    [hit, *_] = reading.search.find("wall", viewer=viewer_key(TEAM, BOB)).hits
    assert hit.article.is_doubtful


async def test_what_a_reviewer_sends_is_everyones(stub: SlackStub, reading: Newsroom) -> None:
    stub.answers["users.info"] = member(ALICE)
    said = read(await answer_to(stub, file(stub, "harbour.txt"), user=ALICE))
    assert "Not reviewed yet" not in said
    assert found(reading, BOB) == 1


async def test_the_button_below_a_sent_file_shows_its_claims(stub: SlackStub) -> None:
    answer = await answer_to(stub, file(stub, "harbour.txt"))
    button = answer["blocks"][0]["accessory"]
    pressed = stub.press(button["action_id"], button["value"], user={"id": BOB, "team_id": TEAM})
    shown = read(await stub.answer_to(pressed))
    assert "hand's breadth" in shown
    assert "Officials" in shown
    in_thread = {"type": "message", "channel_id": "D9BOB", "message_ts": "8.2", "thread_ts": "8.1"}
    await stub.deliver(pressed | {"container": in_thread, "trigger_id": "another"})
    async with asyncio.timeout(PATIENCE):
        while not (told := stub.called("chat.postEphemeral")):
            await asyncio.sleep(0.02)
    assert told[0]["thread_ts"] == "8.1"


async def test_each_file_of_a_message_is_read(stub: SlackStub) -> None:
    files = [
        file(stub, "harbour.txt"),
        file(stub, "empty.md", b"   "),
        file(stub, "notes.yml", b"title: x"),
        file(stub, "song.mp3", b"ID3"),
    ]
    said = read(await answer_to(stub, *files)).splitlines()
    assert "Harbour wall has moved" in said[0]
    assert any(line.startswith("I couldn't read empty.md: ") for line in said)
    assert any(line.startswith("I couldn't read notes.yml: ") for line in said)
    assert any(line.startswith("I couldn't read song.mp3: ") for line in said)


@pytest.mark.parametrize("is_readable", [True, False])
async def test_each_part_that_was_not_read_is_named(stub: SlackStub, is_readable: bool) -> None:
    broken = {f"{number}.pdf": b"%PDF-1.7 broken" for number in range(11)}
    readable = {"wall.txt": STORY, "page.html": LOGIN} if is_readable else {}
    said = read(await answer_to(stub, file(stub, "week.zip", zipped(readable | broken))))
    assert ("Harbour wall has moved" in said) == is_readable
    assert ("page.html in week.zip: it shows a login" in said) == is_readable
    assert said.count(".pdf in week.zip: ") == 10 - is_readable
    assert f"I couldn't read {1 + is_readable} more of its parts" in said


async def test_comments_that_were_left_out_are_told(stub: SlackStub) -> None:
    comment = f'<w:comment w:id="0">{paragraph("Is that so?")}</w:comment>'
    release = make_docx(paragraph("It leaks, Roe said."), beside={"comments": comment})
    said = read(await answer_to(stub, file(stub, "release.docx", release)))
    assert "comments in release.docx: 1 comment is not part of the text" in said


async def test_a_file_that_breaks_its_reader_is_only_refused(stub: SlackStub) -> None:
    said = read(await answer_to(stub, file(stub, "report.pdf", b"%PDF-1.7 broken")))
    assert said.startswith("I couldn't read report.pdf: ")


@pytest.mark.parametrize(
    "url",
    [
        "https://files.slack.com/files-pri/T1-F1/harbour.txt",
        "http://127.0.0.1:1/files/1",
        "{url}.example.org/files/1",
        "{url}@example.org/files/1",
        "file:///etc/passwd",
        "https://[files.slack.com",
        "",
    ],
)
async def test_the_token_goes_to_slacks_file_host_alone(stub: SlackStub, url: str) -> None:
    sent = file(stub, "harbour.txt", url_private=url.format(url=stub.url))
    said = read(await answer_to(stub, sent))
    assert said == "I couldn't read harbour.txt: it isn't kept at Slack. Send the file itself."
    assert stub.tokens == []


@pytest.mark.parametrize("stated_size", [2_000_000, 10, None])
async def test_a_file_that_is_too_large_is_refused(
    stub: SlackStub, reading: Newsroom, stated_size: int | None
) -> None:
    reopen(reading, ingest=replace(IngestSettings(), max_megabytes=1))
    said = read(await answer_to(stub, file(stub, "long.txt", b"x" * 2_000_000, size=stated_size)))
    assert said == "I couldn't read long.txt: it has more than 1 MB. Send a smaller file."


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"status": 302}, "Slack didn't hand it over (HTTP 302)."),
        ({"status": 403}, "Slack didn't hand it over (HTTP 403)."),
        ({"media_type": "text/html"}, "I'm missing the permission files:read"),
    ],
)
async def test_a_file_that_slack_keeps_back_is_explained(
    stub: SlackStub, answer: Json, why: str
) -> None:
    said = read(await answer_to(stub, file(stub, "harbour.txt", b"<html>", **answer)))
    assert said.startswith(f"I couldn't read harbour.txt: {why}")


async def test_without_its_scope_no_file_is_fetched(stub: SlackStub, reading: Newsroom) -> None:
    stub.headers["X-OAuth-Scopes"] = "commands,chat:write,im:history"
    said = read(await answer_to(stub, file(stub, "harbour.txt")))
    assert "I'm missing the permission files:read in this workspace" in said
    assert stub.tokens == []
    assert found(reading, BOB) == 0


async def test_a_redelivered_message_is_read_once(stub: SlackStub) -> None:
    sent = file(stub, "harbour.txt")
    answer = await answer_to(stub, sent)
    await stub.wait_until_idle()
    event = stub.event(
        "message",
        **{"channel": "D9BOB", "channel_type": "im", "user": BOB, "subtype": "file_share"},
        **{"ts": answer["thread_ts"], "text": "", "files": [sent]},
    )
    await stub.deliver(event)
    await stub.wait_until_idle()
    assert len(stub.called("chat.postMessage")) == len(stub.tokens) == 1


async def test_only_so_many_files_of_a_message_are_read(stub: SlackStub) -> None:
    files = [file(stub, f"{number}.mp3", b"ID3") for number in range(11)]
    said = read(await answer_to(stub, *files))
    assert "I read 10 files of a message at most" in said
    assert len(stub.tokens) == 10


LOGIN = (
    b"<html><head><title>Log in - Tidewater Post</title></head><body><p>The wall has moved, "
    b"said Ingrid Solvane, the harbour master.</p>"
)


async def refusal(stub: SlackStub) -> tuple[Json, Json]:
    """Send a page that looks like a login, and return it and the button below its refusal."""
    page = file(stub, "login.html", LOGIN, mimetype="text/html", media_type="text/html")
    answer = await answer_to(stub, page)
    assert read(answer).startswith("I couldn't read login.html: it shows a login")
    [button] = answer["blocks"][-1]["elements"]
    stub.answers["files.info"] = {"ok": True, "file": {**page, "user": BOB}}
    return page, button


async def test_a_file_that_looks_like_no_article_is_read_anyway(
    stub: SlackStub, reading: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.slack.surfaces.articles")
    page, button = await refusal(stub)
    assert found(reading, BOB) == 0
    pressed = stub.press(button["action_id"], button["value"], user={"id": BOB, "team_id": TEAM})
    said = read(await stub.answer_to(pressed))
    assert stub.called("files.info")[0]["file"] == page["id"]
    assert f"{BOB} has file {page['id']} read anyway" in caplog.messages
    assert "Not reviewed yet" in said
    assert "the page looks like a front page, a login or a notice, not an article" in said
    assert (found(reading, BOB), found(reading, ALICE)) == (1, 0)


async def test_only_its_sender_has_a_file_read_anyway(stub: SlackStub, reading: Newsroom) -> None:
    _, button = await refusal(stub)
    downloads = len(stub.tokens)
    pressed = stub.press(button["action_id"], button["value"])  # by ALICE
    said = read(await stub.answer_to(pressed))
    assert said == "Only the person who sent the file can have it read."
    assert (len(stub.tokens), found(reading, ALICE)) == (downloads, 0)


async def test_whoever_shares_anothers_file_has_it_read_anyway(
    stub: SlackStub, reading: Newsroom
) -> None:
    page, button = await refusal(stub)
    shared = {**page, "user": ALICE, "ims": ["D9BOB"]}
    stub.answers["files.info"] = {"ok": True, "file": shared}
    fields = {"user": {"id": BOB, "team_id": TEAM}, "channel": {"id": "D9BOB"}}
    pressed = stub.press(button["action_id"], button["value"], **fields)
    assert "Not reviewed yet" in read(await stub.answer_to(pressed))
    assert found(reading, BOB) == 1


async def test_a_file_that_is_gone_is_not_read_anyway(stub: SlackStub) -> None:
    _, button = await refusal(stub)
    stub.answers["files.info"] = {"ok": False, "error": "file_not_found"}
    pressed = stub.press(button["action_id"], button["value"], user={"id": BOB, "team_id": TEAM})
    assert read(await stub.answer_to(pressed)).startswith("The file was not read")


@pytest.mark.parametrize("value", ["", "f1", "F1/../F2", "F" * 50])
async def test_a_forged_file_is_not_looked_up(stub: SlackStub, value: str) -> None:
    said = read(await stub.answer_to(stub.press("file_anyway", value)))
    assert "this button no longer works" in said.lower()
    assert stub.called("files.info") == []


async def test_an_empty_file_has_no_text(stub: SlackStub) -> None:
    answer = await answer_to(stub, file(stub, "empty.txt", b"", status=204))
    assert "has no text" in answer["text"]
