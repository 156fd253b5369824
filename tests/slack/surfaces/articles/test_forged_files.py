"""Nobody can take a forged file for the outlet that it names, on any surface."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from bot import config
from bot.cli.group import claimdesk
from bot.config import FeedSettings, FetchSettings
from bot.model import CurrentClaim, Hit, Row
from bot.newsroom import Newsroom
from bot.newsroom.articles.overview import Overview
from bot.newsroom.articles.reviews import ReviewedArticle
from bot.newsroom.watches.watches import AlertContents, AlertStatement
from bot.slack.surfaces.answers.citation import make_citation
from bot.slack.surfaces.answers.context import context_view
from bot.slack.surfaces.answers.reports import reports_view
from bot.slack.surfaces.answers.shared_claims import share_message
from bot.slack.surfaces.answers.talk_blocks import answer_message, answer_payload
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles.review_blocks import review_view
from bot.slack.surfaces.home.blocks import Home, home_view
from bot.slack.surfaces.speakers.blocks import profile_message
from bot.slack.surfaces.watches.blocks import alert_message
from tests.ingest.make_docx import make_docx
from tests.ingest.make_pdf import Put, make_pdf
from tests.ingest.packing import zipped
from tests.outlet_site import Page, open_site
from tests.slack.surfaces.watches.test_blocks import watch
from tests.slack.test_every_surface import SURFACES, in_an_answer, slack

URL = "https://www.reuters.com/world/harbour"
TITLE = "Harbour closed for third day"
LINKED = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "url": URL}
LINKED_DATA = json.dumps(LINKED | {"publisher": {"@type": "Organization", "name": "Reuters"}})
MAIL = """From: {sender}
To: news@post.example
Subject: {subject}
Date: Tue, 3 Nov 2026 06:00:00 +0000
Content-Type: text/plain; charset=utf-8

{text}
"""
FORWARD = f"""---------- Forwarded message ---------
From: Reuters <news@reuters.com>
Date: Tue, 3 Nov 2026 at 05:00
Subject: {TITLE}
To: <ida@post.example>

"""
NINJS = {
    "uri": "urn:story:1",
    "type": "text",
    "headline": TITLE,
    "versioncreated": "2026-11-03T06:30:00Z",
    "provider": {"name": "Reuters"},
    "altids": {"web": URL},
}
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:story:2" version="1"
 standard="NewsML-G2" standardversion="2.30"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:REUTERS"><name>Reuters</name></provider>
<versionCreated>2026-11-03T06:30:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><language tag="en"/><headline>{TITLE}</headline></contentMeta><contentSet>
<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<body>{{body}}</body></html></inlineXML>
<remoteContent contenttype="text/html" href="{URL}"/></contentSet></newsItem>"""
NITF = f"""<nitf xml:lang="en"><head><title>{TITLE}</title><docdata>
<doc-id id-string="3" regsrc="wire"/><date.issue norm="20261103T063000Z"/>
<doc.copyright year="2026" holder="Reuters"/></docdata><pubdata ex-ref="{URL}"/></head>
<body><body.head><hedline><hl1>{TITLE}</hl1></hedline></body.head>
<body.content><block>{{body}}</block></body.content></body></nitf>"""


def lines_of(kind: str) -> list[str]:
    return [
        "The port of Vellmouth stays shut for a third day, and nobody knows for how long.",
        f"“The {kind} wall has moved by a foot,” said Ingrid Solvane, the harbour master.",
        f"Twenty-six {kind} ships are waiting in the roads outside the town, and more are coming.",
    ]


def body_of(kind: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines_of(kind))


def text_of(kind: str) -> str:
    return "\n\n".join(lines_of(kind))


def page_of(kind: str, head: str) -> str:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>"
    return f"{page}{body_of(kind)}</article></body></html>"


def front_matter(kind: str) -> str:
    return f"---\ntitle: {TITLE}\noutlet: Reuters\nurl: {URL}\n---\n\n{text_of(kind)}"


def mail(kind: str, sender: str, *, forward: str = "") -> str:
    subject = f"Fwd: {TITLE}" if forward else TITLE
    return MAIL.format(sender=sender, subject=subject, text=forward + text_of(kind))


def feed_of(kind: str) -> str:
    source = f"<source url='{URL}'>Reuters</source>"
    item = f"<item><title>{TITLE}</title><link>{URL}</link><guid>urn:{kind}</guid>{source}"
    content = f"<content:encoded><![CDATA[{body_of(kind)}]]></content:encoded>"
    channel = "<channel><title>Reuters</title><link>https://www.reuters.com/</link>"
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}>{channel}{item}{content}</item></channel></rss>'


def docx_of(kind: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (TITLE, *lines_of(kind)))
    made_by = "<dc:publisher>Reuters</dc:publisher>"
    return make_docx(body, properties=f"<dc:title>{TITLE}</dc:title>{made_by}")


def pdf_of(kind: str) -> bytes:
    lines = [part for line in lines_of(kind) for part in (line[:60], line[60:], "")]
    body = [Put(72, 700 - 12 * n, line.strip("“”")) for n, line in enumerate(lines)]
    page = [Put(72, 760, TITLE, 20), *body]
    return make_pdf([page], information={"Title": f"{TITLE} - Reuters", "Creator": "Reuters"})


FORGED: dict[str, tuple[str, Callable[[str], str | bytes]]] = {
    "page": (
        "a.html",
        lambda kind: page_of(
            kind,
            f'<meta property="og:site_name" content="Reuters"><link rel="canonical" href="{URL}">'
            f'<meta property="og:url" content="{URL}">',
        ),
    ),
    "linked": (
        "b.html",
        lambda kind: page_of(kind, f'<script type="application/ld+json">{LINKED_DATA}</script>'),
    ),
    "mail": ("c.eml", lambda kind: mail(kind, "Reuters <desk@reuters.com.rogue.example>")),
    "forwarded": ("d.eml", lambda kind: mail(kind, "Ida <ida@post.example>", forward=FORWARD)),
    "feed": ("e.xml", feed_of),
    "ninjs": ("f.json", lambda kind: json.dumps(NINJS | {"body_text": text_of(kind)})),
    "newsml": ("g.xml", lambda kind: NEWSML.format(body=body_of(kind))),
    "nitf": ("h.xml", lambda kind: NITF.format(body=body_of(kind))),
    "word": ("i.docx", docx_of),
    "pdf": ("j.pdf", pdf_of),
    "frontmatter": ("k.md", front_matter),
    "lines": (
        "l.jsonl",
        lambda kind: json.dumps(
            {"text": text_of(kind), "title": TITLE, "outlet": "Reuters", "url": URL}
        ),
    ),
    "archive": (
        "m.zip",
        lambda kind: zipped(
            {"n.md": f"---\noutlet: Reuters\nurl: {URL}/{kind}\n---\n{text_of(kind)}"}
        ),
    ),
    "dateline": ("o.txt", lambda kind: f"VELLMOUTH, Nov 3 (Reuters) - {text_of(kind)}"),
}
FETCHED = "elsewhere"
"""A feed at another address, which names Reuters as the source of its entry."""
UNCLAIMED = {"dateline", "forwarded", "word", "pdf", FETCHED}
"""Those that are read as naming no outlet, and the one whose own address is shown."""


@dataclass
class Forgery:
    newsroom: Newsroom
    hit: Hit


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("forged")
    with open_site() as site:
        settings = replace(
            config.load({"CLAIMDESK_DATA": str(folder / "data")}),
            fetch=FetchSettings(allowed=(site.address,)),
            feeds=FeedSettings(gap_seconds=0),
        )
        with Newsroom(settings) as opened:
            opened.open()
            for kind, (name, make) in FORGED.items():
                made = make(kind)
                made = made.encode() if isinstance(made, str) else made
                (folder / name).write_bytes(made.replace(URL.encode(), f"{URL}/{kind}".encode()))
            outcomes = opened.intake.files.ingest([folder / name for name, _ in FORGED.values()])
            assert not [error for outcome in outcomes for error in outcome.errors]
            site.pages["/feed"] = Page(feed_of(FETCHED))
            feed = opened.feeds.add(f"{site.url}/feed", added_by="cli").feed
            assert opened.polls.poll(feed.id).failure is None
            yield opened


@pytest.fixture
def forgery(newsroom: Newsroom, request: pytest.FixtureRequest) -> Forgery:
    found = newsroom.search.find(f"{request.param} wall moved").hits
    return Forgery(newsroom, next(hit for hit in found if request.param in hit.claim.text))


def overview_of(one: Forgery) -> Overview:
    return one.newsroom.articles.overviews.load(one.hit.article.id)


def cite(one: Forgery) -> str:
    made = make_citation(one.hit)
    return " ".join((made.text, made.link or "", made.markdown, *made.warnings))


def review(one: Forgery) -> str:
    article = one.newsroom.store.archive.article(one.hit.article.id)
    return slack(review_view(ReviewedArticle(article, overview_of(one), 1)))


def home(one: Forgery) -> str:
    now, freshness = datetime(2026, 11, 3, tzinfo=UTC), one.newsroom.health.freshness()
    reviews = [one.hit.article]
    return slack(
        home_view(Home(person="U1", now=now, freshness=freshness, reviews=reviews, review_count=1))
    )


def alert(one: Forgery) -> str:
    """The article in an alert that shows other claims in full, so that it has one line."""
    others = [replace(one.hit, claim=replace(one.hit.claim, id=f"c{n}")) for n in range(4)]
    statements = tuple(AlertStatement(Row(hits=(hit,))) for hit in others)
    message = alert_message(AlertContents(watch(), statements))
    return f"{message.text} {slack(message.blocks)}"


def mention(one: Forgery) -> str:
    answer = in_an_answer(one.hit)
    claims = [CurrentClaim(hit=one.hit)]
    payload = answer_payload(answer, "wall")
    message = answer_message(claims, payload, button_value="a1", is_public=True)
    return f"{message.text} {slack(message.blocks)}"


def article(one: Forgery) -> str:
    message = article_blocks.article_message(None, overview_of(one))
    sources = article_blocks.sources_message(overview_of(one))
    choice = article_blocks.choice_message([one.hit.article])
    shown = (message, sources, choice)
    return " ".join(f"{each.text} {slack(each.blocks)}" for each in shown)


def speaker(one: Forgery) -> str:
    profile = one.newsroom.speakers.profiles.load("Ingrid Solvane", limit=50)
    own = replace(profile, hits=(one.hit,), descriptions=(("the harbour master", one.hit.article),))
    shown = profile_message(own, answer_id="a", offset=0, page_size=3, may_rule=False)
    return f"{shown.text} {slack(shown.blocks)}"


WITH_OUTLET: dict[str, Callable[[Forgery], str]] = {
    **{name: (lambda one, show=show: show(one.hit)) for name, show in SURFACES.items()},
    "context": lambda one: slack(context_view(one.newsroom.claims.context(one.hit.claim.id))),
    "cite": cite,
    "review": review,
    "home": home,
    "short alert": alert,
    "mention": mention,
    "article": article,
    "speaker": speaker,
    "reports": lambda one: slack(reports_view([one.hit], one.hit.claim.id, 0)),
    "share": lambda one: share_message(one.hit, "shared").text,
}
WITHOUT_OUTLET = {"terminal", "JSON", "share"}


def unnamed(text: str) -> str:
    """Return a text without what may stand in it: that it is claimed, and printed text."""
    claims = r'"claimed_(?:outlet|url)": "[^"]*"', "says it is from Reuters", r"\\?\(Reuters\\?\)"
    return re.sub("|".join(claims), "", text)


@pytest.mark.parametrize("surface", WITH_OUTLET)
@pytest.mark.parametrize("forgery", [*FORGED, FETCHED], indirect=True)
def test_no_surface_shows_a_forged_file_as_an_outlets(
    forgery: Forgery, surface: str, request: pytest.FixtureRequest
) -> None:
    shown = WITH_OUTLET[surface](forgery)
    assert "reuters" not in unnamed(shown).lower()
    kind = request.node.callspec.params["forgery"]
    if surface not in WITHOUT_OUTLET and kind not in UNCLAIMED:
        assert "says it is from Reuters" in shown


@pytest.mark.parametrize(
    "command",
    [
        *("claim wall moved", "claim --json wall moved", "articles", "articles --json"),
        *("article --json {id}", "article {id}", "speaker Ingrid Solvane", "export --format csv"),
        *("export --format annotations", "review list", "review list --json"),
    ],
)
def test_no_command_shows_one_as_an_outlets(
    newsroom: Newsroom, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMDESK_DATA", str(newsroom.settings.data))
    forged = newsroom.search.find("ninjs wall moved").hits[0].article.id
    result = CliRunner().invoke(claimdesk, command.format(id=forged).split())
    assert result.exit_code == 0
    assert "reuters" not in unnamed(result.output).lower()


def test_a_link_to_a_real_page_is_not_answered_with_a_forged_one(newsroom: Newsroom) -> None:
    assert newsroom.articles.unfurls.articles_at([URL]) == {}
