"""/check, its form, its shortcut, its buttons and files: a draft is checked, and nothing of it is
kept."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.slack.gate import people, scopes
from bot.slack.local import ALICE
from tests.desk.conftest import HARBOUR, file_article
from tests.outlet_site import OutletSite, Page
from tests.slack.desk import Json, read
from tests.slack.slack_stub import SlackStub

DRAFT = "“We found 40 cracks in three days, quoth Zebedee,” said Ingrid Solvane.\n"
WORD = "zebedee"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture
async def stub(reading: Newsroom, tmp_path: Path) -> AsyncIterator[SlackStub]:
    scopes.clear_cache()
    people.clear_cache()
    file_article(reading, tmp_path / "harbour.txt", HARBOUR)
    async with SlackStub().opened(reading) as opened:
        yield opened


async def test_a_typed_draft_is_checked_for_whoever_asked(stub: SlackStub) -> None:
    said = read(await stub.answer_to(stub.command(DRAFT, "/check")))
    assert "*1 quotation: 1 altered*" in said
    assert "*Altered: the figure is another in print*" in said
    assert "We found *40* cracks" in said
    assert "We found *14* cracks" in said
    assert "Searched: 1 article" in said


async def test_the_form_takes_a_pasted_draft(stub: SlackStub) -> None:
    view = await stub.view_opened_by(stub.command("", "/check"))
    assert view["callback_id"] == "check_form"
    assert view["blocks"][0]["element"]["max_length"] == 3000
    submitted = stub.submission(
        "check_form",
        private_metadata=view["private_metadata"],
        state={"values": {"draft": {"draft": {"value": DRAFT}}}},
    )
    assert "1 altered" in read(await stub.answer_to(submitted))


async def test_the_quotes_in_a_message_are_checked(stub: SlackStub) -> None:
    body = message_shortcut(stub)
    assert "1 altered" in read(await stub.answer_to(body))


async def test_a_link_is_read_and_not_filed(
    stub: SlackStub, reading: Newsroom, site: OutletSite
) -> None:
    site.pages["/draft"] = Page(f"The harbour\n\n{DRAFT}", headers=PLAIN)
    said = read(await stub.answer_to(stub.command(f"{site.url}/draft", "/check")))
    assert "1 altered" in said
    assert reading.store.archive.coverage().articles == 1


async def test_the_buttons_show_what_is_printed(stub: SlackStub) -> None:
    answer = await stub.answer_to(stub.command(DRAFT, "/check"))
    [buttons] = [block["elements"] for block in answer["blocks"] if block["type"] == "actions"]
    context, printed = buttons
    view = await stub.view_opened_by(stub.press("check_printed", printed["value"]))
    assert "We found *14* cracks" in read(view)
    view = await stub.view_opened_by(stub.press("context", context["value"]))
    assert "14 cracks" in read(view)
    assert WORD not in f"{printed['value']} {context['value']}".casefold()


@pytest.mark.parametrize("value", ["", "x:1:2-3", "abc:1:", "abc:1:9-2", "0" * 3000])
async def test_an_old_or_forged_button_says_so(stub: SlackStub, value: str) -> None:
    assert read(await stub.answer_to(stub.press("check_printed", value)))


async def test_nothing_of_a_draft_is_kept(
    stub: SlackStub, reading: Newsroom, site: OutletSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.pages["/draft"] = Page(f"The harbour\n\n{DRAFT}", headers=PLAIN)
    body = message_shortcut(stub)
    file = sent_file(stub, DRAFT)
    event = {"channel": "D9", "channel_type": "im", "user": ALICE, "ts": "7.1", "text": "check"}
    deliveries = (
        stub.command(DRAFT, "/check"),
        stub.command(f"{site.url}/draft", "/check"),
        body,
        stub.event("message", **event, subtype="file_share", files=[file]),
    )
    for delivery in deliveries:
        await stub.deliver(delivery)
        assert not kept(reading, caplog)
        await stub.wait_until_idle()
        assert not kept(reading, caplog)
    told = [read(one) for one in (*stub.shown, *stub.called("chat.postEphemeral"))]
    assert len([one for one in told if "1 altered" in one]) == len(deliveries)
    assert reading.search.find(WORD).total == 0
    assert reading.store.archive.coverage().articles == 1


def message_shortcut(stub: SlackStub) -> Json:
    body = stub.press("none") | {"type": "message_action", "callback_id": "check_quotes"}
    return body | {"message": {"text": DRAFT, "ts": "1.5"}}


def sent_file(stub: SlackStub, text: str) -> Json:
    stub.files["1"] = (200, "text/plain", f"The harbour\n\n{text}".encode())
    url = f"{stub.url}/files/1"
    return {"id": "F1", "name": "draft.txt", "mimetype": "text/plain", "url_private": url}


def kept(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return where a word of the draft is found: in files of the data folder, or in the log."""
    found = [str(path) for path in files_in(newsroom) if WORD in contents(path)]
    return found + [record.getMessage() for record in caplog.records if is_told(record)]


def files_in(newsroom: Newsroom) -> Iterator[Path]:
    yield from (path for path in newsroom.settings.data.rglob("*") if path.is_file())


def contents(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace").casefold()


def is_told(record: logging.LogRecord) -> bool:
    ours = record.name.partition(".")[0] == "bot"
    return ours and WORD in f"{record.getMessage()} {record.exc_text}".casefold()


@pytest.mark.parametrize(
    "draft",
    [
        "“We found 14 cracks <!channel> @here *bold* `code` <https://x.example|y>” said Ida Falk",
        "“" * 500,
        "“We found 14 cracks in three days \u202etxet\u202c” said Ingrid Solvane",
        "“We found 14 cracks in three days, said Ingrid Solvane",
        "".join(f"“We found {n} cracks in three days,” said Ingrid Solvane.\n" for n in range(40)),
    ],
)
async def test_a_hostile_draft_is_shown_inert(stub: SlackStub, draft: str) -> None:
    await stub.answer_to(stub.command(draft[:2900], "/check"))
    texts = [
        text
        for message in stub.shown
        for block in message["blocks"]
        for text in (block.get("text", {}), *block.get("elements", []))
    ]
    marked = " ".join(text["text"] for text in texts if text.get("type") == "mrkdwn")
    assert "<!channel>" not in marked
    assert "<https://x.example" not in marked
    assert "\u202e" not in str(stub.shown)


async def test_a_very_long_file_is_refused(stub: SlackStub, reading: Newsroom) -> None:
    file = sent_file(stub, "“We found 14 cracks,” she said. " * 30_000)
    event = {"channel": "D9", "channel_type": "im", "user": ALICE, "ts": "7.2", "text": "Check"}
    await stub.deliver(stub.event("message", **event, subtype="file_share", files=[file]))
    await stub.wait_until_idle()
    told = [read(one) for one in stub.called("chat.postEphemeral")]
    assert "characters. Check it in parts" in told[-1]
    assert reading.store.archive.coverage().articles == 1
