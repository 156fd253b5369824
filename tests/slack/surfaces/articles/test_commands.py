"""/article in the local Slack, in both modes, and the withdrawal of an article by an admin."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from dataclasses import replace
from typing import Any

import pytest

from bot.config import PeopleSettings
from bot.errors import NotFoundError
from bot.extract.budget import WorkBudget
from bot.extract.extractor import Extractor
from bot.model import Document, viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.slack.app import make_client
from bot.slack.local import ALICE, BOB, NEWSROOM, TEAM
from bot.slack.messages.worker import make_worker
from tests.outlet_site import PAGE, OutletSite, Page
from tests.slack.desk import PATIENCE, Desk, Json, controls, read

MOVED = "The wall has moved by a hand's breadth"
GONE = "This article is no longer here: it was withdrawn or removed. Nothing was changed."
TWO_VOICES = (
    '"The wall is safe," said Ingrid Solvane, the harbour master. "We have looked at it twice," '
    "Solvane said. Tomas Aldery said that the wall had moved.\n\n"
    '"We shall look again," Solvane said.'
)
CLAIMS = {"context", "share", "cite", "other", "correct_article"}
WIRE = {
    "uri": "urn:wire:1",
    "type": "text",
    "version": "1",
    "versioncreated": "2026-11-03T06:00:00Z",
    "headline": "Minister to resign",
    "body_text": "The minister will resign at noon, Ida Marsh said on Tuesday morning.",
    "language": "en",
}


@pytest.fixture
def newsroom(reading: Newsroom) -> Newsroom:
    return reading


@pytest.fixture
def url(site: OutletSite) -> str:
    return f"{site.url}/harbour"


def buttons(message: Json) -> set[str]:
    return {control.name for control in controls(message["blocks"])}


def last_line(message: Json) -> str:
    return [one for one in read(message).splitlines() if one][-1]


async def test_an_article_is_read_by_its_address(desk: Desk, url: str) -> None:
    answer = await desk.final_answer_to_command(f"/article {url}")
    first, who, claim, *_, last = filter(None, read(answer).splitlines())
    assert "Harbour closed" in first
    assert who == "*Ingrid Solvane*, harbour master, said"
    assert MOVED in claim
    assert last.startswith("just added · ")
    assert "claims" in last
    assert answer["ephemeral_to"] == ALICE
    assert buttons(answer) == {*CLAIMS, "withdraw"}
    again = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    assert last_line(again).startswith("already here, unchanged · ")
    assert buttons(again) == CLAIMS
    told = await desk.answer_to_click(again, "context", value="no-such-claim")
    assert "no longer here" in read(told)


async def test_a_second_article_of_a_person_waits_for_the_first(
    desk: Desk, newsroom: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end, links = threading.Event(), newsroom.intake.links
    ingest = links.ingest

    def held(asked: str, *, brought_by: str, anyway: bool) -> IngestResult:
        assert asked == url or may_end.wait(PATIENCE)
        return ingest(url, brought_by=brought_by)

    monkeypatch.setattr(links, "ingest", held)
    known = await desk.messages()
    await desk.answer_to_command(f"/article {url}/slow")
    told = await desk.final_answer_to_command(f"/article {url}")
    assert read(told).startswith("Your earlier article is still being read.")
    assert MOVED in read(await desk.final_answer_to_command(f"/article {url}", person=BOB))
    may_end.set()
    async with asyncio.timeout(PATIENCE):
        while len(answers := await shown_to(desk, ALICE, known, MOVED)) < 2:
            await asyncio.sleep(0.02)
    assert {last_line(answer).split(" · ")[0] for answer in answers} == {"already here, unchanged"}


async def shown_to(desk: Desk, person: str, known: list[Json], words: str) -> list[Json]:
    """Return the new messages that only this person sees and that have these words."""
    new = [message for message in await desk.messages() if message not in known]
    seen = [message for message in new if message.get("ephemeral_to") == person]
    return [message for message in seen if words in read(message)]


async def test_what_was_not_searched_is_said(desk: Desk, newsroom: Newsroom, url: str) -> None:
    newsroom.extractions.extractor = Extractor(threads=1, budget=WorkBudget(characters=200))
    answer = await desk.final_answer_to_command(f"/article {url}")
    unread = re.compile(
        r"Read to character \d+ of \d+; the rest was not searched for claims\.", re.MULTILINE
    )
    assert unread.search(read(answer))
    await desk.click(answer, "context")
    view = (await desk.call_of("views.open"))["view"]
    assert unread.search(read(view))


async def test_a_known_article_is_found_by_words(
    desk: Desk, newsroom: Newsroom, site: OutletSite, url: str
) -> None:
    none = await desk.answer_to_command("/article harbour closed")
    assert read(none).startswith("There are no articles to search yet.")
    await desk.final_answer_to_command(f"/article {url}")
    answer = await desk.answer_to_command("/article harbour CLOSED")
    assert MOVED in read(answer)
    assert "just added" not in read(answer)
    assert "withdraw" in buttons(answer)
    assert "withdraw" not in buttons(await desk.answer_to_command("/article ships", person=BOB))

    site.pages["/other"] = Page(PAGE.format(title="Harbour closed again").replace("six", "nine"))
    await desk.final_answer_to_command(f"/article {site.url}/other")
    which = await desk.answer_to_command("/article harbour closed")
    assert read(which).startswith("Which article do you mean?")
    opened = await desk.answer_to_click(which, "article_open")
    assert "Harbour closed" in read(opened)
    told = read(await desk.answer_to_click(which, "article_open", value="../../etc"))
    assert told.startswith("This article is no longer here")

    newsroom.intake.articles.ingest(
        [Document(text=TWO_VOICES, title="Quay", origin="https://post.example/1")]
    )
    answer = await desk.answer_to_command("/article quay")
    assert last_line(answer) == "4 claims · 1–3 shown · quotes 2 sources"
    later = await desk.answer_to_click(answer, "article_next")
    assert "4 shown" in last_line(later)
    sources = await desk.answer_to_click(later, "article_sources")
    assert "██████████ 3 · Ingrid Solvane" in read(sources)
    assert sources["ephemeral_to"] == ALICE


async def test_an_unreadable_page_is_answered_from_the_archive(
    desk: Desk, newsroom: Newsroom, site: OutletSite, url: str
) -> None:
    await desk.final_answer_to_command(f"/article {url}")
    site.pages["/harbour"] = Page("", 404)
    answer = await desk.final_answer_to_command(f"/article {url}/amp?utm_source=x#top")
    first, *rest = filter(None, read(answer).splitlines())
    assert re.fullmatch(
        r"I couldn't read the page today \(.+\); this is what I read on \d+ \w+ \d{4}:", first
    )
    assert MOVED in "".join(rest)
    assert buttons(answer) == {*CLAIMS, "withdraw"}
    [card] = newsroom.articles.overviews.find_by_text("harbour closed")
    newsroom.intake.articles.remove([card.id], reason="ours")
    gone = await desk.final_answer_to_command(f"/article {url}")
    assert read(gone).startswith("I couldn't read ")
    assert MOVED not in read(gone)


async def test_an_answer_begins_with_the_article_that_it_is_about(
    desk: Desk, newsroom: Newsroom
) -> None:
    titled = Document(
        text=TWO_VOICES, title="Quay shut", outlet="Post", origin="https://a.example/1"
    )
    silent = Document(text="Rain fell. More fell.", title="Quay wet", origin="https://a.example/2")
    newsroom.intake.articles.ingest([titled, silent])
    answer = await desk.answer_to_command("/claim quay shut wall")
    assert "about this" not in read(answer)  # its claims name the only article
    assert "The *wall* is safe" in read(answer)
    assert "*Quay" not in read(answer)
    empty = await desk.answer_to_command("/claim quay wet")
    assert read(empty).startswith("1 article is about this: Quay wet")
    assert "No claim matches quay wet in 2 articles" in read(empty)
    opened = await desk.answer_to_click(empty, "article_open")
    assert "Quay wet" in read(opened)
    both = await desk.answer_to_command("/claim quay")
    assert read(both).startswith("2 articles are about this:")


async def test_an_updated_article_mentions_its_versions(
    desk: Desk, site: OutletSite, url: str
) -> None:
    await desk.final_answer_to_command(f"/article {url}")
    page = PAGE.format(title="Harbour closed").replace("Twenty-six ships", "Twenty-seven ships")
    site.pages["/harbour"] = Page(page)
    answer = await desk.final_answer_to_command(f"/article {url}")
    assert "version 2" in read(answer)
    assert last_line(answer).startswith("changed since it was last read · ")
    assert last_line(answer).endswith(" · 2 versions; in the latest, 1 claim changed")


FRONT_PAGE = (
    "<html><head><title>Tidewater Post</title></head><body><p>“The wall has moved,” said Ingrid"
    " Solvane, the harbour master.</p>"
    + "".join(
        f'<h2><a href="/{n}">The wall of {n} harbours has moved again</a></h2>' for n in range(200)
    )
    + "</body></html>"
)


async def test_a_page_that_looks_like_no_article_is_read_anyway(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    site.pages["/"] = Page(FRONT_PAGE)
    refused = await desk.final_answer_to_command(f"/article {site.url}/", person=BOB)
    assert "a front page, a list or a search page?" in read(refused)
    assert buttons(refused) == {"article_anyway"}
    assert newsroom.search.find("wall", viewer=viewer_key(TEAM, BOB)).total == 0
    shown = await desk.final_answer_to_click(refused, "article_anyway", person=BOB)
    said = read(shown)
    assert "Not reviewed yet" in said
    assert "the page looks like a front page, a login or a notice, not an article" in said
    newsroom.updates.catch_up_if_free()
    assert newsroom.search.find("wall", viewer=viewer_key(TEAM, BOB)).total > 0
    assert newsroom.search.find("wall", viewer=viewer_key(TEAM, ALICE)).total == 0
    [review] = newsroom.intake.reviews.pending(9)
    assert review.card.doubt == "no_article"


@pytest.mark.parametrize("value", ["", "harbour", "ftp://a.example/x", "https://a.example/ x"])
async def test_a_forged_address_is_not_read_anyway(
    desk: Desk, site: OutletSite, value: str
) -> None:
    site.pages["/"] = Page(FRONT_PAGE)
    refused = await desk.final_answer_to_command(f"/article {site.url}/")
    told = await desk.answer_to_click(refused, "article_anyway", value=value)
    assert "this button no longer works" in read(told).lower()


async def test_a_failed_read_is_explained(desk: Desk, site: OutletSite) -> None:
    site.pages["/paid"] = Page("Subscribe", 402)
    answer = await desk.final_answer_to_command(f"/article {site.url}/paid?key=secret")
    assert read(answer).startswith(f"I couldn't read {site.url}/paid : it asks for payment.")
    assert "(ref" not in read(answer)
    inner = read(await desk.final_answer_to_command("/article http://169.254.169.254/latest"))
    assert inner.startswith("I couldn't read http://169.254.169.254/latest : that address")
    assert "bot.yml" not in inner
    for typed in ("/article", "/article help", "/article unfurl maybe"):
        told = read(await desk.answer_to_command(typed))
        assert "/article harbour closure" in told
        assert all(word in told for word in ("only admins can withdraw", "robots.txt", "paywall"))


async def test_an_unknown_person_gets_the_answer_without_the_button(
    desk: Desk, newsroom: Newsroom, url: str
) -> None:
    everyone = PeopleSettings(users=("everyone",))
    newsroom.settings = replace(newsroom.settings, people=everyone)
    desk.faults["users.info"] = "missing_scope"
    answer = await desk.final_answer_to_command(f"/article {url}")
    assert buttons(answer) == {"context"}  # perhaps not somebody who decides
    desk.faults["users.info"] = {"ok": True, "user": {"id": BOB, "is_owner": True}}
    answer = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    assert buttons(answer) == {*CLAIMS, "withdraw"}


async def withdrawable(desk: Desk, url: str) -> tuple[Json, str]:
    """Return the answer to an admin, and the id of its article."""
    answer = await desk.final_answer_to_command(f"/article {url}")
    (article_id,) = [one.value for one in controls(answer["blocks"]) if one.name == "withdraw"]
    return answer, article_id


async def test_an_admin_withdraws_an_article_and_it_is_found_nowhere(
    desk: Desk, newsroom: Newsroom, url: str
) -> None:
    answer, article_id = await withdrawable(desk, url)
    found = await desk.final_answer_to_command(f"/article {url}", person=BOB)
    shared = await desk.answer_to_post(answer, "share")
    assert MOVED in read(shared)
    await desk.click(answer, "withdraw")
    view = (await desk.call_of("views.open", 2))["view"]
    assert "Harbour closed" in read(view)
    assert "will no longer be found" in read(view)

    told = await desk.submit(reason="   ")
    assert told["errors"] == {"reason": "Give a reason: it is kept with the article."}
    assert newsroom.search.find("hand's breadth").hits
    done = await desk.answer_to_submission(reason="The outlet has retracted it")
    assert done["ts"] == answer["ts"]
    assert read(done).startswith("The article was withdrawn: its ")
    assert MOVED not in read(done)

    told = newsroom.articles.histories.load(article_id)
    assert (told.state, told.reason) == (
        "withdrawn",
        f"The outlet has retracted it – alice ({ALICE}) in Slack",
    )
    await make_worker(newsroom, make_client(desk.settings), TEAM).run_due()
    (public,) = [one for one in await desk.messages() if not one.get("ephemeral_to")]
    assert read(public).startswith("This claim was removed here, with its article, on ")
    await check_not_shown(desk, found, url)


async def check_not_shown(desk: Desk, old_answer: Json, url: str) -> None:
    """Check that no search, button or command shows the article."""
    gone = "This claim is no longer here: "
    for action in ("context", "share"):
        said = read(await desk.answer_to_click(old_answer, action, person=BOB))
        assert said.startswith(gone)
        assert MOVED not in said
    for typed in ("/claim hand's breadth", "/claim by:solvane", f"/article {url}"):
        said = read(await desk.final_answer_to_command(typed, person=BOB))
        assert MOVED not in said
        assert "Harbour closed" not in said
    assert said.startswith(f"The article at {url} was withdrawn, so I can't show it.")
    assert "retracted" not in said


async def test_only_admins_withdraw_articles(desk: Desk, newsroom: Newsroom, url: str) -> None:
    answer, article_id = await withdrawable(desk, url)
    refusal = "Only admins can withdraw an article. Ask one of them."
    told = await desk.answer_to_click(answer, "withdraw", person=BOB)
    assert read(told) == refusal
    assert not desk.called("views.open")
    told = await desk.answer_to_click(answer, "withdraw", value="../../etc")
    assert read(told) == GONE
    # Somebody else submits the modal of an admin; the person who submits is checked.
    await desk.click(answer, "withdraw")
    await desk.call_of("views.open")
    told = await desk.answer_to_submission(person=BOB, reason="because I can")
    assert read(told) == refusal
    assert newsroom.articles.overviews.load(article_id).hits


async def test_withdrawing_twice_does_no_harm(desk: Desk, newsroom: Newsroom, url: str) -> None:
    answer, article_id = await withdrawable(desk, url)
    for number in (1, 2):
        await desk.click(answer, "withdraw")
        await desk.call_of("views.open", number)
    await asyncio.gather(desk.submit(reason="once"), desk.submit(reason="once"))
    told = await withdrawn(desk)
    assert all("failed" not in read(one) for one in told)
    with pytest.raises(NotFoundError):
        newsroom.articles.overviews.load(article_id)
    again = await desk.answer_to_click(answer, "withdraw")
    assert read(again) == GONE
    assert "once" in str(newsroom.articles.histories.load(article_id).reason)


async def withdrawn(desk: Desk) -> list[Json]:
    """Wait until a message says that an article is withdrawn, and return all messages."""
    async with asyncio.timeout(PATIENCE):
        while True:
            told = await desk.messages()
            if any(read(one).startswith("The article was withdrawn") for one in told):
                return told
            await asyncio.sleep(0.02)


async def test_an_embargoed_article_is_not_described(
    desk: Desk, newsroom: Newsroom, site: OutletSite
) -> None:
    held: dict[str, Any] = WIRE | {"embargoed": "2099-01-01T00:00:00Z"}
    site.pages["/wire"] = Page(json.dumps(held), headers={"Content-Type": "application/json"})
    said = read(await desk.final_answer_to_command(f"/article {site.url}/wire"))
    assert said.startswith(f"The publisher is holding back the article at {site.url}/wire for now")
    assert "inister" not in said
    assert "2099" not in said
    assert read(await desk.answer_to_command("/claim minister resign")).startswith(
        "There are no articles to search yet. Send me one as a file"
    )
    assert all("inister will" not in one["text"] for one in await desk.messages(NEWSROOM))
    await asyncio.to_thread(newsroom.intake.articles.release_due)
    assert not newsroom.search.find("minister resign").hits
